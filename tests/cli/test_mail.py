"""``comitia mail`` as it is typed: a round, what waits, and the catcher that shows letters."""

import json
import socket
import subprocess
import sys
import time
from pathlib import Path

import sealed
from post_server import reached
from small import CHARTER
from typer.testing import CliRunner

from comitia.clerk.clerk import Clerk
from comitia.clerk.outbox import Outbox
from comitia.cli.mail import app


def begun(home: Path) -> str:
    """Make a federation with one member who has an address and whom one thing awaits; return her number."""
    with Clerk.create(home, "small.example/log") as clerk:
        small = sealed.recalled(CHARTER, vkey=clerk.vkey)
        clerk.submit_all(small.done, blobs=small.blobs)
        clerk.people.add("m-0003", "Ada", "ada@x.example")
        with Outbox(clerk.home.people) as outbox:
            for member in small.state.members.keys() - {"m-0003"}:
                outbox.set_level(member, "", "none")
    return "m-0003"


def run(*words: str) -> tuple[int, str]:
    said = CliRunner().invoke(app, list(words))
    return said.exit_code, said.output


def test_letters_are_sent_to_the_catcher_which_shows_them(tmp_path: Path) -> None:
    home = tmp_path / "home"
    begun(home)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (home / "mail.toml").write_text(
        f'host = "127.0.0.1"\nport = {port}\nsender = "c@x.example"\nsecurity = "none"\nsite = "https://ours.example"\n'
    )
    code, said = run("send", "--home", str(home))
    assert code == 1
    assert "Connection refused" in said
    waiting = json.loads(run("list", "--home", str(home), "--json")[1])
    assert waiting["counts"]["waiting"] == len(waiting["letters"]) > 0
    with Outbox(home / "people.sqlite3") as outbox:
        outbox._db.execute("UPDATE letter SET next=made")

    catcher = subprocess.Popen(
        [sys.executable, "-u", "-m", "comitia", "mail", "catch", "--port", str(port), "--most", "1"],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    deadline = time.monotonic() + 20
    while not reached(port) and time.monotonic() < deadline:
        time.sleep(0.05)
    code, said = run("send", "--home", str(home))
    shown, _ = catcher.communicate(timeout=20)

    assert (code, said.split(",")[1]) == (0, f" {waiting['counts']['waiting']} sent")
    assert "--- to ada@x.example" in shown
    assert "https://ours.example/" in shown
    assert json.loads(run("list", "--home", str(home), "--json")[1])["letters"] == []


def test_settings_that_cannot_be_used_are_said_and_letters_wait(tmp_path: Path) -> None:
    home = tmp_path / "home"
    begun(home)
    (home / "mail.toml").write_text('host = "x"\n')
    said = subprocess.run(
        [sys.executable, "-m", "comitia", "mail", "send", "--home", str(home)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert said.returncode == 1
    assert said.stderr.strip() == f"comitia mail: {home / 'mail.toml'}: 'sender' is missing"
    assert json.loads(run("list", "--home", str(home), "--json")[1])["counts"]["waiting"] > 0
