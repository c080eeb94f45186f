"""What count can be told beside the rule, on a file small enough to count by hand."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from comitia.cli.count import count

APP = typer.Typer()
APP.command()(count)
RUN = CliRunner()
BLT = '4 2\n5 1 2 0\n4 2 1 0\n2 3 0\n2 4 3 0\n0\n"A"\n"B"\n"C"\n"D"\n"Four"\n'
WOMEN = '[[dimension]]\nname = "gender"\n[[dimension.group]]\nname = "women"\ncandidates = ["C", "D"]\n'


@pytest.fixture
def ballots(tmp_path: Path) -> Path:
    file = tmp_path / "four.blt"
    file.write_text(BLT, encoding="utf-8")
    (tmp_path / "women.toml").write_text(WOMEN + "least = 1\nmost = 1\n", encoding="utf-8")
    (tmp_path / "many.toml").write_text(WOMEN + "least = 3\n", encoding="utf-8")
    (tmp_path / "strange.toml").write_text(WOMEN.replace('"D"', '"Z"'), encoding="utf-8")
    (tmp_path / "text.toml").write_text(WOMEN + 'least = "1"\n', encoding="utf-8")
    (tmp_path / "flat.toml").write_text(WOMEN.replace('["C", "D"]', '"C"'), encoding="utf-8")
    (tmp_path / "empty.toml").write_text("", encoding="utf-8")
    return file


def said(ballots: Path, *words: str) -> tuple[int, str]:
    here = [str(ballots.parent / word) if word.endswith(".toml") else word for word in words]
    done = RUN.invoke(APP, [str(ballots), *here], env={"COLUMNS": "400"})
    return done.exit_code, " ".join(done.output.split())


@pytest.mark.parametrize(
    ("words", "elected"),
    [
        (["--rule", "wigm"], "A and B."),
        (["--rule", "scottish", "--within", "women.toml", "--seed", "00"], "A and "),
        (["--rule", "debian", "--default", "4", "--quorum", "3", "--ratio", "2=3"], "A."),
        (["--rule", "debian", "--default", "1"], "A."),
        (["--rule", "scottish", "--vacated", "1"], "nobody; 1 vacant."),
        (["--rule", "wigm", "--vacated", "2", "--consenting", "3,4"], "nobody; 1 vacant."),
        (["--rule", "scottish", "--by-hand", "4"], "A and B."),
        (["--rule", "plurality", "--reopening", "2"], "A; 1 vacant."),
    ],
)
def test_a_count_under_terms_says_who_is_elected(ballots: Path, words: list[str], elected: str) -> None:
    code, output = said(ballots, *words)
    assert code == 0, output
    assert f"Elected, in this order: {elected}" in output


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--rule", "scottish", "--by-hand", ""], "candidates 3, 4 tie and 0 choices by hand are given"),
        (["--rule", "scottish", "--by-hand", "1"], "choice 1 by hand is candidate 1, expected one of those tied: 3, 4"),
        (["--rule", "wigm", "--by-hand", "4"], "--by-hand 4: more choices than there are ties; leave out the last"),
        (["--rule", "wigm", "--by-hand", "x"], "--by-hand x: expected the numbers of candidates from 1"),
        (["--rule", "debian"], "the rule debian needs --default"),
        (["--rule", "debian", "--default", "9"], "the default option 9 is not one of the options that stand"),
        (["--rule", "debian", "--default", "4", "--ratio", "2"], "--ratio 2: expected an option and its ratio"),
        (["--rule", "wigm", "--quorum", "4"], "the rule wigm knows no --default, --quorum or --ratio"),
        (["--rule", "wigm", "--consenting", "3"], "give --vacated too"),
        (["--rule", "wigm", "--vacated", "3"], "--vacated 3: that candidate was not elected"),
        (["--rule", "wigm", "--vacated", "1", "--consenting", "2"], "--consenting 2: expected candidates who stood"),
        (["--rule", "meek", "--vacated", "1"], "expected --rule scottish or wigm"),
        (["--rule", "scottish", "--vacated", "1", "--consenting", ""], "nobody who was not elected consents"),
        (["--rule", "borda", "--within", "women.toml"], "the rule borda keeps no quotas for groups"),
        (["--rule", "meek", "--within", "many.toml"], "women need 3 and only 2 stand"),
        (["--rule", "meek", "--within", "strange.toml"], "Z does not stand"),
        (["--rule", "meek", "--within", "text.toml"], "least and most of women are no whole numbers"),
        (["--rule", "meek", "--within", "flat.toml"], "the candidates of women are no list of names"),
        (["--rule", "meek", "--within", "empty.toml"], "does not say quotas for groups: 'dimension'"),
        (["--rule", "meek", "--within", "absent.toml"], "absent.toml cannot be read"),
        (["--rule", "meek", "--reopening", "7"], "candidate 7 is not one of the 4 on the paper"),
    ],
)
def test_terms_that_do_not_fit_are_refused_with_2(ballots: Path, words: list[str], reason: str) -> None:
    code, output = said(ballots, *words)
    assert code == 2
    assert reason in output


def test_quotas_hold_in_a_countback_too(ballots: Path) -> None:
    code, output = said(
        ballots, "--rule", "scottish", "--within", "women.toml", "--vacated", "1", "--consenting", "2", "--seed", "00"
    )
    assert code == 0 and "Elected, in this order: B." in output
