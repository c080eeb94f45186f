"""What a round of the postman costs: two thousand members, forty workplaces that all elect, a mail server on loopback.

One run prints all figures side by side: CPU-seconds of a round in which everybody is told of the nominations, of one in
which nothing is new, of one in which everybody is reminded; and as the limit as many mails handed to the same server by
`smtplib` alone. The server runs in a process of its own and answers at once.

    .venv/bin/python bench/mail_round.py [--members 2000] [--workplaces 40]
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from comitia.clerk import mail, postman
from comitia.clerk.clerk import Clerk
from comitia.clerk.outbox import Outbox
from comitia.federation import acts, moment, standing

TRADES = ("growers", "bakers", "drivers", "carers", "smiths")
SERVER = """
import socket, sys
from aiosmtpd.controller import Controller
class Taking:
    async def handle_DATA(self, server, session, envelope):
        return "250 taken"
with socket.create_server(("127.0.0.1", 0)) as free:
    port = free.getsockname()[1]
running = Controller(Taking(), hostname="127.0.0.1", port=port)
running.start()
print(port, flush=True)
sys.stdin.read()
running.stop()
"""


def build(folder: Path, members: int, workplaces: int) -> Path:
    """Begin a federation from two tables and return its folder."""
    bodies = ["roll,id,name,within", "district,valley,Valley,", "locality,town,Town,district/valley"]
    bodies += [f"workplace,w-{n},Workplace {n},district/valley" for n in range(workplaces)]
    bodies += [f"trade,{trade},{trade.title()}," for trade in TRADES]
    people = ["name,contact,workplace,trade,locality"]
    people += [f"Person {n},p{n}@x.example,w-{n % workplaces},{TRADES[n % 5]},town" for n in range(members)]
    (folder / "bodies.csv").write_text("\n".join(bodies) + "\n")
    (folder / "members.csv").write_text("\n".join(people) + "\n")
    home = folder / "home"
    words = ["new", "--home", str(home), "--name", "Bench", "--charter", "co-op-federation", "--zone", "UTC"]
    words += ["--members", str(folder / "members.csv"), "--bodies", str(folder / "bodies.csv")]
    words += ["--founders", "m-0001,m-0002,m-0003", "--carry-over", "secretary:1=m-0004"]
    subprocess.run([sys.executable, "-m", "comitia", *words], check=True, stdout=subprocess.DEVNULL)
    return home


def open_elections(clerk: Clerk, workplaces: int, at: str) -> None:
    """Open the election of each workplace's committee."""
    for n in range(workplaces):
        electors = sorted(standing.electors(clerk.federation.state, f"assembly/w-{n}", at))
        clerk.submit(
            acts.ElectionOpened(
                at=at,
                by=electors[0],
                body=f"committee/w-{n}",
                election=f"e-{n}",
                constituency=f"assembly/w-{n}",
                vacant_only=False,
                nominations_until=moment.after(at, days=7),
                closes_at=moment.after(at, days=14),
                lot=clerk.lot(f"e-{n}"),
            )
        )


def measured(what: str, of: Callable[[], int]) -> None:
    """Print the letters, wall seconds, CPU-seconds and CPU-milliseconds for each letter of what is done."""
    wall, cpu = time.perf_counter(), time.process_time()
    letters = of()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    each = f"{1000 * cpu / letters:8.2f}" if letters else "       –"
    print(f"{what:34} {letters:8} {wall:8.1f} {cpu:8.1f} {each}")


def by_smtplib_alone(clerk: Clerk, number: int) -> int:
    """Hand so many mails of the same size to the server, and do nothing else."""
    server = mail.find_server(clerk.home)
    assert server is not None
    text = "Stand or support candidates for the committee.\n" * 8
    with mail.connected(server) as link:
        for n in range(number):
            link.send_message(mail.message(f"p{n}@x.example", "Committee", text, sender=server.sender))
    return number


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--members", type=int, default=2000)
    asked.add_argument("--workplaces", type=int, default=40)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = build(Path(folder), given.members, given.workplaces)
        serving = subprocess.Popen(
            [sys.executable, "-c", SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert serving.stdout is not None
        port = serving.stdout.readline().strip()
        (home / "mail.toml").write_text(
            f'host = "127.0.0.1"\nport = {port}\nsender = "Bench <post@x.example>"\nsecurity = "none"\n'
        )
        with Clerk.open(home) as clerk:
            at = clerk.now()
            open_elections(clerk, given.workplaces, at)
            last_day = moment.format(moment.parse(at) + timedelta(days=6, hours=1))
            with Outbox(clerk.home.people) as outbox:
                outbox.since(at)
            print(f"{'':34} {'letters':>8} {'wall s':>8} {'CPU s':>8} {'ms each':>8}")
            measured("a round that tells all", lambda: postman.go_round(clerk, at).sent)
            measured("a round with nothing new", lambda: postman.go_round(clerk, at).sent)
            measured("a round that reminds all", lambda: postman.go_round(clerk, last_day).sent)
            measured("smtplib alone", lambda: by_smtplib_alone(clerk, given.members))
        serving.communicate()


if __name__ == "__main__":
    main()
