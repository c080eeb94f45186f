"""Other people's counting engines, installed on demand into ``.venv/peers``, apart from Comitia's own packages.

    .venv/bin/python requirements/peers.py        installs what is missing, prints the path of the peers' Python

Slow tests and scripts in bench/ import ``peers`` and give that Python a program to run; where the peers cannot be
installed (no network), they say so in a line and go on without. Standard library only.
"""

import fcntl
import hashlib
import json
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PEERS = ROOT / ".venv" / "peers"
WANTED = ROOT / "requirements" / "peers.txt"


class NotInstalled(Exception):
    """The peers could not be installed; the message is one line."""


def environment_for_uv() -> dict[str, str]:
    """Return the environment under which the start script runs uv."""
    loader = SourceFileLoader("comitia_start", str(ROOT / "comitia"))
    spec = spec_from_loader("comitia_start", loader)
    assert spec is not None
    start = module_from_spec(spec)
    loader.exec_module(start)
    environment: dict[str, str] = start.environment_for_uv()
    return environment


def python() -> Path:
    """Return the Python that knows the peers, after installing them if that is needed.

    Raises:
        NotInstalled: they could not be fetched.
    """
    found, stamp = PEERS / "bin" / "python", PEERS / "installed.txt"
    wanted = hashlib.sha256(WANTED.read_bytes()).hexdigest()
    # Two tests that ask at once install once.
    with WANTED.open(encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (stamp.exists() and stamp.read_text(encoding="ascii") == wanted):
            uv, environment = [sys.executable, "-m", "uv"], environment_for_uv()
            for step in (
                [*uv, "venv", "--clear", "--python", sys.executable, str(PEERS)],
                [*uv, "pip", "install", "--python", str(found), "--require-hashes", "-r", str(WANTED)],
            ):
                done = subprocess.run(step, env=environment, capture_output=True, text=True, check=False)
                if done.returncode != 0:
                    said = (done.stderr.strip().splitlines() or ["nothing"])[-1].strip()
                    raise NotInstalled(f"the peers of requirements/peers.txt could not be installed: {said}")
            stamp.write_text(wanted, encoding="ascii")
    return found


def answer(program: str, question: object) -> Any:
    """Return the JSON value that a peers' program prints last, given a JSON value on its standard input.

    Raises:
        NotInstalled: the peers could not be fetched.
        CalledProcessError: the program failed.
    """
    done = subprocess.run(
        [str(python()), "-W", "ignore", "-c", program],
        input=json.dumps(question), stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


if __name__ == "__main__":
    try:
        print(python())
    except NotInstalled as why:
        sys.exit(str(why))
