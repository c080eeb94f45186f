"""A page of a sealed ballot offers no form of the server: it says how to vote elsewhere, and how the ballot stands."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def seen(what: str, home: Path) -> object:
    paths = os.pathsep.join(
        str(ROOT / room) for room in ("spec", "tests/federation", "tests/web", "tests/clerk", "tests/record")
    )
    ran = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "web" / "sealed_pages.py"), what, str(home)],
        env={**os.environ, "PYTHONPATH": paths}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout.splitlines()[-1])


def test_while_it_runs_a_sealed_ballot_tells_each_what_is_hers_to_do(tmp_path: Path) -> None:
    assert seen("running", tmp_path / "home") == {
        "no form": True, "waits for keys": True, "posted": 409, "asked to ask": True, "waits for issuers": True,
        "told to cast": True, "no count": True, "owed": True,
    }  # fmt: skip


def test_after_the_close_a_sealed_ballot_waits_for_tellers_and_is_then_counted(tmp_path: Path) -> None:
    assert seen("closed", tmp_path / "home") == {
        "waits for tellers": True, "countable": True, "counted": 302, "choices": True, "recall": True,
    }  # fmt: skip
