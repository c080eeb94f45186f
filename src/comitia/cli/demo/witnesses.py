"""The demo's witnesses: one of each house and one from outside, each a process and a folder of its own."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from comitia.clerk import witness_home, witnessing
from comitia.clerk.clerk import Clerk
from comitia.record import checkpoint, note, policy as policies

NAMES = ("committees-house", "unions-house", "neighbours")
START_SECONDS = 15.0


class NotStarted(Exception):
    """A witness of the demo did not answer; what it said is in ``log``."""

    def __init__(self, name: str, log: Path) -> None:
        self.name, self.log = name, log
        super().__init__(f"the witness {name} did not start within {START_SECONDS:.0f} seconds; see {log}")


@contextmanager
def running(clerk: Clerk, folder: Path) -> Iterator[policies.Policy]:
    """Start the three witnesses, write the federation's policy, and stop them at the end.

    The quorum is both houses: neither house, and nobody outside, vouches for the record alone.

    Raises:
        NotStarted: one of them does not answer.
    """
    log = note.parse_vkey(clerk.vkey)
    processes: list[subprocess.Popen[bytes]] = []
    witnesses = []
    try:
        for name in NAMES:
            here = folder / name
            if not (here / "key").exists():
                witness_home.make(here, f"{name}.valley.example/witness", "ed25519")
            witness_home.watch(here, log)
            with witness_home.WitnessHome(here) as opened:
                vkey = opened.vkey
            port = _free_port()
            with (here / "server.log").open("wb") as said:
                words = (sys.executable, "-m", "comitia", "witness", str(here), "--port", str(port))
                processes.append(subprocess.Popen(words, stdout=said, stderr=said))
            witnesses.append(f"witness {name} {vkey} http://127.0.0.1:{port}/")
        lines = (f"log {clerk.vkey}", *witnesses, "group houses all committees-house unions-house", "quorum houses")
        clerk.home.policy.write_text("".join(line + "\n" for line in lines))
        policy = policies.parse(clerk.home.policy.read_bytes())
        for each in policy.witnesses:
            _await(each, folder / each.name / "server.log")
        yield policy
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=START_SECONDS)


def forged(clerk: Clerk) -> bytes:
    """Return a checkpoint that the log's own key signs over another record of the same size, as a forger would."""
    head = checkpoint.parse(clerk.checkpoint())
    key = note.parse_signing_key(clerk.home.log_key.read_text().strip())
    return checkpoint.sign(checkpoint.Checkpoint(head.origin, head.size, bytes(32)), key)


def show_forged(clerk: Clerk, policy: policies.Policy) -> tuple[witnessing.Unwitnessed, ...]:
    """Show the witnesses another record of the same size, and return what they answer."""
    return witnessing.gather(forged(clerk), policy.witnesses, clerk.consistency_proof).unwitnessed


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def _await(witness: policies.Witness, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            urllib.request.urlopen(witness.url, timeout=1).close()
        except OSError:
            if time.monotonic() > until:
                raise NotStarted(witness.name, log) from None
            time.sleep(0.05)
        else:
            return
