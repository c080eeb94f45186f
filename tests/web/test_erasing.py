"""Who is erased stands in no file of the folder any more, is signed out, and the record is what it was."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_after_an_erasure_no_byte_of_the_folder_names_her_and_the_root_is_the_same(tmp_path: Path) -> None:
    paths = os.pathsep.join(str(ROOT / "tests" / room) for room in ("federation", "web", "clerk"))
    ran = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "web" / "erased.py"), str(tmp_path / "home")],
        env={**os.environ, "PYTHONPATH": paths}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr

    assert json.loads(ran.stdout.splitlines()[-1]) == {
        "signed in": 200, "before": True, "code": 0,
        "said": ["erased: name, address and salt; 1 letters; account and sessions"],
        "left": [], "signed in after": 302, "same root": True,
        "again": "comitia erase: there is no member m-0999 in HOME; nothing was erased\n",
    }  # fmt: skip
