"""Where the charter keeps membership in a current secret, no act, page or file of the home names who joined."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_who_joins_a_secret_current_is_named_nowhere_and_leaves_by_her_word(tmp_path: Path) -> None:
    paths = os.pathsep.join(str(ROOT / "tests" / room) for room in ("federation", "web", "clerk"))
    ran = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "web" / "secret_current.py"), str(tmp_path / "home")],
        env={**os.environ, "PYTHONPATH": paths}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr

    assert json.loads(ran.stdout.splitlines()[-1]) == {
        "by": "clerk", "named in the acts": False, "word on disk": [],
        "joined": 200, "cached": "private, no-store",
        "unnamed shown": True, "named again": 409, "stranger": 302, "wrong word": 409,
        "founder left in her own name": 302, "hidden before": 1, "left": 302,
        "hidden": 0, "members": ["m-0002"],
    }  # fmt: skip
