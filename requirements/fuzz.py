"""The fuzzer of the slow tests, installed on demand into ``.venv/fuzz``, apart from Comitia's own packages.

    .venv/bin/python requirements/fuzz.py        installs it if it is missing, prints the folder

Where it cannot be installed (no network, no wheel for this Python), a test says so in a line and skips.
Standard library only.
"""

import subprocess
import sys
from pathlib import Path

import peers

FOLDER = peers.ROOT / ".venv" / "fuzz"
WANTED = peers.ROOT / "requirements" / "fuzz.txt"


class NotInstalled(Exception):
    """The fuzzer could not be installed; the message is one line."""


def installed() -> Path:
    """Return the folder with the fuzzer's packages, after installing them if that is needed.

    Raises:
        NotInstalled: they could not be fetched.
    """
    stamp = FOLDER / "installed.txt"
    wanted = WANTED.read_text(encoding="ascii")
    if not (stamp.exists() and stamp.read_text(encoding="ascii") == wanted):
        done = subprocess.run(
            [sys.executable, "-m", "uv", "pip", "install", "--target", str(FOLDER), "--python", sys.executable,
             "--only-binary", ":all:", "--require-hashes", "-r", str(WANTED)],
            env=peers.environment_for_uv(), capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode != 0:
            said = (done.stderr.strip().splitlines() or ["nothing"])[-1].strip()
            raise NotInstalled(f"the fuzzer of requirements/fuzz.txt could not be installed: {said}")
        stamp.write_text(wanted, encoding="ascii")
    return FOLDER


if __name__ == "__main__":
    print(installed())
