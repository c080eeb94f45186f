"""The how-to for a teller: every command in it is run on the papers in it, and says what stands there."""

import re
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from comitia.cli.count import count

HOW_TO = (Path(__file__).parents[2] / "docs" / "how-to" / "count-a-ballot-file.md").read_text("utf-8")
PAPERS = re.findall(r"^```\n(\d.*?)^```", HOW_TO, re.MULTILINE | re.DOTALL)
COMMANDS = re.findall(r"^```console\n\$ comitia count (.*?)\n(.*?)^```", HOW_TO, re.MULTILINE | re.DOTALL)
APP = typer.Typer()
APP.command()(count)


def test_the_how_to_has_papers_and_six_commands() -> None:
    assert (len(PAPERS), len(COMMANDS)) == (1, 6)


@pytest.mark.parametrize(("words", "said"), COMMANDS, ids=[words for words, _ in COMMANDS])
def test_a_command_of_the_how_to_says_what_stands_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("delegates.blt").write_text(PAPERS[0], encoding="utf-8")
    done = CliRunner().invoke(APP, words.split(), env={"COLUMNS": "400"})

    assert done.exit_code == 0, done.output
    assert said in done.stdout
    assert Path("sheet.html").exists() is Path("delegates.abif").exists() is ("--html" in words)
