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
ONE = WOMEN + "least = 1\nmost = 1\n"


@pytest.fixture
def ballots(tmp_path: Path) -> Path:
    file = tmp_path / "four.blt"
    file.write_text(BLT, encoding="utf-8")
    return file


def said(ballots: Path, rule: str, terms: str, *words: str) -> tuple[int, str]:
    file = ballots.parent / "terms.toml"
    file.write_text(terms, encoding="utf-8")
    done = RUN.invoke(APP, [str(ballots), "--rule", rule, "--terms", str(file), *words], env={"COLUMNS": "400"})
    return done.exit_code, " ".join(done.output.split())


@pytest.mark.parametrize(
    ("rule", "terms", "elected"),
    [
        ("wigm", "", "A and B."),
        ("scottish", ONE, "A and "),
        ("debian", 'default = 4\nquorum = 3\n[ratios]\n2 = "3"\n', "A."),
        ("debian", 'default = "A"\n', "A."),
        ("scottish", "vacated = 1\n", "nobody; 1 vacant."),
        ("wigm", 'vacated = "B"\nconsenting = [3, "D"]\n', "nobody; 1 vacant."),
        ("scottish", "by_hand = [4]\n", "A and B."),
        ("plurality", "reopening = 2\n", "A; 1 vacant."),
    ],
)
def test_a_count_under_terms_says_who_is_elected(ballots: Path, rule: str, terms: str, elected: str) -> None:
    code, output = said(ballots, rule, terms, "--seed", "00")
    assert code == 0, output
    assert f"Elected, in this order: {elected}" in output


@pytest.mark.parametrize(
    ("rule", "terms", "reason"),
    [
        ("scottish", "by_hand = []\n", "candidates 3, 4 tie and 0 choices by hand are given"),
        ("scottish", "by_hand = [1]\n", "choice 1 by hand is candidate 1, expected one of those tied: 3, 4"),
        ("wigm", 'by_hand = ["D"]\n', "by_hand has more choices than there are ties; leave out the last"),
        ("wigm", 'by_hand = ["x"]\n', "there is no candidate x: expected a name of the ballot file (A, B, C, D) or"),
        ("debian", "", "the rule debian needs the default option: give default in --terms"),
        ("debian", "default = 9\n", "there is no candidate 9"),
        ("debian", 'default = 4\nratios = {2 = "x"}\n', "ratios of 2: expected S as in S:1"),
        ("wigm", "quorum = 4\n", "the rule wigm knows no default, quorum or ratios"),
        ("wigm", "consenting = [3]\n", "give vacated too"),
        ("wigm", "vacated = 3\n", "vacated: C was not elected"),
        ("wigm", "vacated = 1\nconsenting = [2]\n", "consenting: expected candidates who stood and were not elected"),
        ("meek", "vacated = 1\n", "expected --rule scottish or wigm"),
        ("scottish", "vacated = 1\nconsenting = []\n", "nobody who was not elected consents"),
        ("borda", ONE, "the rule borda keeps no quotas for groups"),
        ("meek", WOMEN + "least = 3\n", "women need 3 and only 2 stand"),
        ("meek", WOMEN.replace('"D"', '"Z"'), "there is no candidate Z"),
        ("meek", WOMEN + 'least = "1"\n', "Expected `int`, got `str` - at `$.dimension[0].group[0].least`"),
        ("meek", WOMEN.replace('["C", "D"]', '"C"'), "Expected `array`, got `str`"),
        ("meek", "within = 3\n", "Object contains unknown field `within`"),
        ("meek", "vacated\n", "says no terms of a count"),
        ("meek", "reopening = 7\n", "there is no candidate 7"),
        ("meek", '[marks]\nskipped = "often"\n', "Invalid enum value 'often' - at `$.marks.skipped`"),
    ],
)
def test_terms_that_do_not_fit_are_refused_with_2(ballots: Path, rule: str, terms: str, reason: str) -> None:
    code, output = said(ballots, rule, terms)
    assert code == 2
    assert reason in output


def test_terms_that_are_not_there_are_refused_with_2(ballots: Path) -> None:
    done = RUN.invoke(APP, [str(ballots), "--rule", "meek", "--terms", str(ballots.parent / "absent.toml")])
    assert (done.exit_code, "absent.toml cannot be read" in done.output) == (2, True)


def test_quotas_hold_in_a_countback_too(ballots: Path) -> None:
    code, output = said(ballots, "scottish", "vacated = 1\nconsenting = [2]\n" + ONE, "--seed", "00")
    assert code == 0 and "Elected, in this order: B." in output


def test_marks_are_read_as_the_terms_say(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("Anna,Bela\n1,1\n1,2\n,2\n", encoding="utf-8")
    assert RUN.invoke(APP, [str(file), "--rule", "meek", "--seats", "1"]).exit_code == 2
    code, output = said(
        file, "meek", '[marks]\novervoted = "spoilt"\nskipped = "skip"\n', "--seats", "1", "--seed", "00"
    )
    assert (code, "2 valid papers, 0 blank, 1 spoilt" in output) == (0, True)


@pytest.mark.parametrize("words", [["--why", "C"], ["--margin"], ["--ballot", "2"], ["--compare", "meek"]])
def test_a_vacancy_is_not_asked_what_an_election_is(ballots: Path, words: list[str]) -> None:
    code, output = said(ballots, "scottish", "vacated = 1\n", *words)
    assert (code, "ask about an election, and vacated about a vacancy" in output) == (2, True)
