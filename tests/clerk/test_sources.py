"""Mirrors pulled over HTTP from a served folder, by processes of their own that are killed on the way."""

import functools
import http.server
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from small import founded

from comitia.clerk import sources
from comitia.clerk.clerk import Clerk
from comitia.clerk.verification import verify
from comitia.federation import acts
from comitia.record import mirror, pulling
from comitia.record.pulling import NotPulled

AT = "2026-01-05T08:00:00Z"


def clerk_of(home: Path) -> Clerk:
    """Return a clerk with a founded federation of 24 members."""
    clerk = Clerk.create(home, "small.example/log", time=lambda: AT)
    small = founded(vkey=clerk.vkey)
    clerk.submit_all(small.done, blobs=small.blobs)
    return clerk


def more_acts(clerk: Clerk, number: int) -> None:
    """Record as many currents."""
    three = ("m-0001", "m-0002", "m-0003")
    first = clerk.federation.state.size
    clerk.submit_all(
        [
            acts.CurrentFormed(at=AT, by="m-0001", current=f"c-{first + n}", name="C", members=three)
            for n in range(number)
        ]
    )


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder; a request for what ``stop`` names waits for ever; a password is asked for where one is set."""

    protocol_version = "HTTP/1.1"
    stop = ""
    password = ""
    reached = threading.Event()
    go_on = threading.Event()

    def do_GET(self) -> None:
        if self.password and self.headers.get("Authorization") != self.password:
            self.send_error(401)
            return
        if self.stop and self.stop in self.path:
            self.reached.set()
            self.go_on.wait(60)
            return
        super().do_GET()

    def log_message(self, *said: object) -> None:
        pass


@contextmanager
def served(folder: Path, *, stop: str = "", password: str = "") -> Iterator[tuple[str, type[Handler]]]:
    """Serve a folder on loopback; yield its address and the handler."""
    events = {"reached": threading.Event(), "go_on": threading.Event()}
    handler = type("OneFolder", (Handler,), {"stop": stop, "password": password, **events})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", handler
        events["go_on"].set()
        server.shutdown()


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "comitia", *words], capture_output=True, text=True, check=False)


def everything(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_mirror_grows_with_the_record_over_http_and_verifies(tmp_path: Path) -> None:
    shown, copy = tmp_path / "shown", tmp_path / "copy"
    clerk = clerk_of(tmp_path / "home")
    clerk.close()
    assert run("mirror", "publish", str(shown), "--home", str(tmp_path / "home")).returncode == 0
    with served(shown) as (url, _):
        first = run("mirror", "pull", url, str(copy), "--json")
        with Clerk.open(tmp_path / "home", time=lambda: AT) as clerk:
            more_acts(clerk, 300)
            vkey, size, root = clerk.vkey, clerk.federation.state.size, clerk.root().hex()
        assert run("mirror", "publish", str(shown), "--home", str(tmp_path / "home")).returncode == 0
        second = run("mirror", "pull", url + "/", str(copy), "--key", vkey, "--json")

    assert json.loads(first.stdout)["trusted_key"] is False
    assert json.loads(second.stdout) == {
        "holds": True,
        "acts": size,
        "new": 300,
        "root": root,
        "key": vkey,
        "trusted_key": True,
    }
    assert everything(copy) == everything(shown)
    assert verify(copy, key=vkey).size == size


@pytest.mark.parametrize("stop", ["/tile/0/001", "/tile/entries/001", "/blob/"])
def test_a_pull_killed_in_the_middle_leaves_the_mirror_whole_and_the_next_one_completes_it(
    tmp_path: Path, stop: str
) -> None:
    shown, copy = tmp_path / "shown", tmp_path / "copy"
    with clerk_of(tmp_path / "home") as clerk:
        pulling.pull(sources.Files(dict(clerk.files())), copy)
        before = everything(copy)
        more_acts(clerk, 600)
        clerk.export(shown)
        if stop == "/blob/":
            (copy / "checkpoint").unlink()  # as before a first pull: the texts are fetched too
            for path in sorted(copy.rglob("*"), reverse=True):
                path.unlink() if path.is_file() else path.rmdir()
            copy.rmdir()
    with served(shown, stop=stop) as (url, handler):
        command = [sys.executable, "-m", "comitia", "mirror", "pull", url, str(copy)]
        pull = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        assert handler.reached.wait(60)
        os.kill(pull.pid, signal.SIGKILL)
        pull.wait()
    assert (everything(copy) if copy.exists() else before) == before
    assert (tmp_path / "copy.partial").exists()
    with served(shown) as (url, _):
        again = run("mirror", "pull", url, str(copy))

    assert again.returncode == 0, again.stderr
    assert everything(copy) == everything(shown)
    assert not (tmp_path / "copy.partial").exists()


def test_two_pulls_into_one_folder_do_not_disturb_each_other(tmp_path: Path) -> None:
    shown, copy = tmp_path / "shown", tmp_path / "copy"
    with clerk_of(tmp_path / "home") as clerk:
        clerk.export(shown)
    with served(shown, stop="/blob/") as (url, handler):
        first = subprocess.Popen([sys.executable, "-m", "comitia", "mirror", "pull", url, str(copy)])
        assert handler.reached.wait(60)
        second = run("mirror", "pull", url, str(copy))
        first.kill()
        first.wait()
    told = "copy.partial: another pull into this folder is at work; wait for it; the mirror is as it was"
    assert (second.returncode, second.stderr) == (1, f"comitia mirror: {told}\n")


def test_a_name_and_a_password_in_the_address_are_sent_and_never_shown(tmp_path: Path) -> None:
    with clerk_of(tmp_path / "home") as clerk:
        clerk.export(tmp_path / "shown")
    with served(tmp_path / "shown", password="Basic YW5uYTpzZWNyZXQgd29yZA==") as (url, _):
        named = url.replace("://", "://anna:secret%20word@")
        good = run("mirror", "pull", named, str(tmp_path / "copy"))
        bad = run("mirror", "pull", named.replace("secret", "wrong"), str(tmp_path / "other"))
    assert good.returncode == 0
    assert (bad.returncode, bad.stderr) == (
        1,
        f"comitia mirror: {url}/checkpoint: the server answered 401 Unauthorized; the mirror is as it was\n",
    )


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    for place, reason in [
        ("ftp://mill.example/record", "this is no address of a record"),
        (str(tmp_path / "nothing"), "there is no such folder"),
    ]:
        with pytest.raises(NotPulled, match=reason):
            sources.source(place)
    (tmp_path / "long").mkdir()
    (tmp_path / "long" / "checkpoint").write_bytes(bytes(2_000_000))
    with served(tmp_path / "long") as (url, _):
        for place in (url, str(tmp_path / "long")):
            with pytest.raises(NotPulled, match="more than the 1,000,000 bytes"):
                pulling.pull(sources.source(place), tmp_path / "copy")
        with pytest.raises(NotPulled, match="there is none; is this the address of a record"):
            pulling.pull(sources.source(url + "/elsewhere"), tmp_path / "copy")
    with pytest.raises(NotPulled, match="the server cannot be asked"):
        pulling.pull(sources.source(url), tmp_path / "copy")


def test_a_stick_is_a_source_like_any_other(tmp_path: Path) -> None:
    with clerk_of(tmp_path / "home") as clerk:
        clerk.export(tmp_path / "stick")
        key = clerk.vkey
    pulling.pull(sources.source(str(tmp_path / "stick")), tmp_path / "copy", key=key)

    assert mirror.read(tmp_path / "copy", key=key).blobs == mirror.read(tmp_path / "stick", key=key).blobs
