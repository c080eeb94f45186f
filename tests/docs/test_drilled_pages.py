"""Pages that show what the drill prints show what it prints.

``COMITIA_TRANSCRIPTS=write`` writes the examples anew.
"""

import os
import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from comitia.cli.drill import app

ROOT = Path(__file__).parents[2]
PAGES = ["docs/explanation/chance.md"]
BLOCK = re.compile(r"```console\n\$ comitia drill ([^\n]*)\n(.*?)```", re.DOTALL)


def printed(words: str) -> str:
    """Return what ``comitia drill`` prints for words, without the limits at its end."""
    found = CliRunner().invoke(app, shlex.split(words))
    assert found.exit_code == 0, found.output
    return found.stdout.rpartition("\n\n")[0].strip("\n") + "\n"


@pytest.mark.parametrize("name", PAGES)
def test_each_example_is_what_the_command_prints(name: str) -> None:
    path = ROOT / name
    page = path.read_text(encoding="utf-8")
    new = BLOCK.sub(lambda m: f"```console\n$ comitia drill {m[1]}\n{printed(m[1])}```", page)
    if os.environ.get("COMITIA_TRANSCRIPTS") == "write":
        path.write_text(new, encoding="utf-8")
        page = new

    assert len(BLOCK.findall(page)) > 0
    assert page == new
