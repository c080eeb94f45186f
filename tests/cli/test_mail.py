"""``comitia mail`` as it is typed: a round, what waits, and the catcher that shows letters."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import sealed
from post_server import Post, reached
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


def test_who_serves_the_pages_sends_letters_too_and_no_longer_than_the_pages_are_served(tmp_path: Path) -> None:
    home = tmp_path / "home"
    begun(home)
    with Post() as post:
        (home / "mail.toml").write_text(
            f'host = "127.0.0.1"\nport = {post.port}\nsender = "c@x.example"\nsecurity = "none"\n'
        )
        for stop in (signal.SIGTERM, signal.SIGKILL):
            with Outbox(home / "people.sqlite3") as outbox:
                outbox._db.execute("DELETE FROM letter WHERE member='m-0003'")
            post.taken.clear()
            with socket.create_server(("127.0.0.1", 0)) as free:
                port = free.getsockname()[1]
            serving = subprocess.Popen(
                [sys.executable, "-m", "comitia", "serve", "--home", str(home), "--port", str(port)],
                env={k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}, start_new_session=True,
            )  # fmt: skip
            try:
                assert soon(lambda: bool(post.taken))
                assert postmen(home) == 1
                serving.send_signal(stop)
                serving.wait(timeout=60)
                assert soon(lambda: postmen(home) == 0)
            finally:
                # The process that answers pages is left where the one above it was killed.
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(serving.pid, signal.SIGKILL)

    assert {to for to, _ in post.taken} == {"ada@x.example"}


def soon(holds: Callable[[], bool]) -> bool:
    """Return whether something comes to hold within half a minute."""
    deadline = time.monotonic() + 30
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.1)
    return holds()


def postmen(home: Path) -> int:
    """Return how many processes go round for a federation."""
    found = 0
    for words in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            said = words.read_bytes().split(b"\0")
            found += b"mail" in said and b"run" in said and str(home).encode() in said
    return found
