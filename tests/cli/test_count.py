"""``comitia count`` at the door: formats by content, machine-readable answers, and what wrong use gets."""

import gzip
import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from comitia.cli import count

RUN = CliRunner()
APP = typer.Typer()
APP.command()(count.count)
BLT = '3 1\n3 1 2 0\n2 2 0\n2 3 0\n0\n"Vera [x]"\n"Karl"\n"Ada"\n"Committee"\n'


@pytest.fixture
def ballots(tmp_path: Path) -> Path:
    file = tmp_path / "ballots.txt"
    file.write_text(BLT, encoding="utf-8")
    return file


def test_the_json_answer_has_the_fixed_shape(ballots: Path) -> None:
    done = RUN.invoke(APP, [str(ballots), "--rule", "plurality", "--json", "--home", "somewhere"])
    assert (done.exit_code, json.loads(done.stdout)) == (
        0,
        {
            "rule": "plurality",
            "seats": 1,
            "winners": ["Vera [x]"],
            "winner_numbers": [1],
            "quota": None,
            "stages": [
                {"totals": ["3", "2", "2"], "elected": [1], "excluded": [], "transfers": [], "lost": "0", "tie": None}
            ],
        },
    )


def test_a_gzipped_file_is_counted_whatever_its_name(tmp_path: Path, ballots: Path) -> None:
    packed = tmp_path / "ballots.bin"
    packed.write_bytes(gzip.compress(BLT.encode()))
    plain, unpacked = (
        RUN.invoke(APP, [str(file), "--rule", "scottish", "--seed", "00", "--json"]) for file in (ballots, packed)
    )
    assert (plain.exit_code, plain.stdout) == (unpacked.exit_code, unpacked.stdout)


def test_the_sheet_shows_every_stage_with_its_sentence_and_its_lot(ballots: Path) -> None:
    done = RUN.invoke(APP, [str(ballots), "--rule", "scottish", "--seats", "2"], env={"COLUMNS": "200"})
    assert done.exit_code == 0
    assert "Committee" in done.stdout
    assert "Seats in the file: 1; counted for 2 as asked." in done.stdout
    assert "Stage 1: 7 valid papers are counted by first preference, the quota is 3; Vera [x] reaches" in done.stdout
    assert "Stage 2: Karl and Ada tied; the lot falls on" in done.stdout
    assert "No --seed was given" in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["--rule", "fair"],
            "There is no counting rule fair: expected one of scottish, meek, wigm, ers97, instant_runoff,",
        ),
        (["--rule", "scottish", "--seats", "0"], "cannot fill 0 seats: it needs 1 or more"),
        (["--rule", "instant_runoff", "--seats", "2"], "needs exactly 1"),
        (["--rule", "scottish", "--seed", "xyz"], "--seed xyz is not hexadecimal"),
    ],
)
def test_wrong_use_says_what_was_expected_and_exits_2(ballots: Path, words: list[str], said: str) -> None:
    done = RUN.invoke(APP, [str(ballots), *words])
    assert (done.exit_code, said in done.output) == (2, True)


@pytest.mark.parametrize(
    "raw", [b"", b"nonsense\n", b"\x1f\x8b\x00", b"2 1\n1 1 1 0\n0\nA\nB\n", gzip.compress(b"x" * 999, mtime=0)[:-9]]
)
def test_a_file_that_cannot_be_read_exits_2_with_one_line(tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "wrong"
    file.write_bytes(raw)
    done = RUN.invoke(APP, [str(file), "--rule", "scottish"])
    assert (done.exit_code, done.output.startswith(str(file)), done.output.count("\n")) == (2, True, 1)


def test_a_missing_file_exits_2(tmp_path: Path) -> None:
    done = RUN.invoke(APP, [str(tmp_path / "none"), "--rule", "scottish"])
    assert (done.exit_code, "cannot be read" in done.output) == (2, True)


def test_what_is_asked_stands_after_the_stages(ballots: Path) -> None:
    words = ["--rule", "scottish", "--why", "3", "--why", "Karl", "--margin", "--ballot", "2", "--compare", "schulze"]
    done = RUN.invoke(APP, [str(ballots), *words, "--seed", "00"], env={"COLUMNS": "400"})
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    after = lines[lines.index(next(line for line in lines if line.startswith("Stage 3"))) + 1 :]
    assert after == [
        "Ada had 2 votes when stage 2 began, as many as Karl. Karl and Ada tied; the lot falls on Ada (stage 2 shows "
        "how). With 2 more papers naming her alone she would have been elected, with 1 not: both were counted.",
        "Karl had 2 votes when stage 3 began; Vera [x], next above her, had 1 more. The lowest went out. With 2 more "
        "papers naming her alone she would have been elected, with 1 not: both were counted.",
        "Closest margin: 1 paper, exact. So many changed papers can elect others, fewer cannot. Counted: 1 that prefer "
        "Vera [x] to Karl, changed to name Karl alone, elect Karl instead of Vera [x].",
        "The same papers by the rule schulze (Schulze (winning votes): Social Choice and Welfare 36 (2011)) elect the "
        "same: Vera [x].",
        "Paper on line 2 ranks Vera [x], then Karl.",
        "  Stage 1: 1 with Vera [x].",
        "Elected, in this order: Vera [x].",
    ]


def test_the_json_answer_holds_what_was_asked_and_nothing_else(ballots: Path) -> None:
    words = ["--rule", "plurality", "--json", "--why", "Ada", "--margin", "--ballot", "4", "--compare", "borda"]
    done = RUN.invoke(APP, [str(ballots), *words])
    found = json.loads(done.stdout)
    assert list(found) == [
        "rule", "seats", "winners", "winner_numbers", "quota", "stages", "why_not", "closest_margin", "travelled",
        "compared",
    ]  # fmt: skip
    assert found["why_not"][0]["sentence"] == (
        "Ada had 2 votes at the end (stage 1), 1 fewer than Vera [x], elected last. With 2 more papers naming her "
        "alone she would have been elected, with 1 not: both were counted."
    )
    assert found["travelled"] == {
        "paper": "on line 4", "ranks": [[3]],
        "steps": [{"stage": 1, "shares": [{"candidate": 3, "share": "1"}], "spent": "0", "lost": "0"}],
    }  # fmt: skip


def test_a_page_and_the_papers_are_written_and_count_the_same(ballots: Path, tmp_path: Path) -> None:
    sheet, papers = tmp_path / "sheet.html", tmp_path / "again.csv"
    words = ["--rule", "scottish", "--json", "--seed", "00"]
    done = RUN.invoke(APP, [str(ballots), *words, "--html", str(sheet), "--out", str(papers)])
    assert done.exit_code == 0
    assert "<h2>Why not me</h2>" in sheet.read_text("utf-8") and "<h2>How close it was</h2>" in sheet.read_text("utf-8")
    again = RUN.invoke(APP, [str(papers), *words])
    assert json.loads(again.stdout)["stages"] == json.loads(done.stdout)["stages"]


@pytest.mark.parametrize("rule", ["schulze", "meek", "pav"])
def test_a_page_is_written_for_rules_of_every_kind(ballots: Path, tmp_path: Path, rule: str) -> None:
    sheet = tmp_path / "sheet.html"
    done = RUN.invoke(APP, [str(ballots), "--rule", rule, "--html", str(sheet)])
    assert (done.exit_code, "<h2>Two by two</h2>" in sheet.read_text("utf-8")) == (0, rule == "schulze")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--why", "Zoe"], "there is no candidate Zoe: expected a name of the ballot file (Vera [x], Karl, Ada)"),
        (["--why", "1"], "--why Vera [x]: she was elected; expected somebody who stood in vain"),
        (["--ballot", "1"], "--ballot 1: expected the number of a line that holds papers, or the id of a paper"),
        (["--ballot", "x"], "--ballot x: expected the number of a line"),
        (["--compare", "fair"], "--compare fair: expected one of scottish, meek"),
        (
            ["--out", "papers.txt"],
            "--out papers.txt: no format with the suffix '.txt' is written; expected .blt, .abif",
        ),
        (["--html", "nowhere/sheet.html"], "nowhere/sheet.html cannot be written"),
    ],
)
def test_what_cannot_be_told_says_why_and_exits_2(ballots: Path, words: list[str], said: str) -> None:
    done = RUN.invoke(APP, [str(ballots), "--rule", "plurality", *words])
    assert (done.exit_code, said in " ".join(done.output.split())) == (2, True), done.output


def test_who_withdrew_is_not_told_why_she_lost(tmp_path: Path) -> None:
    file = tmp_path / "ballots.blt"
    file.write_text(BLT.replace("3 1\n", "3 1\n-2\n", 1), encoding="utf-8")
    done = RUN.invoke(APP, [str(file), "--rule", "plurality", "--why", "Karl"])
    assert (done.exit_code, "--why Karl: she had withdrawn" in done.output) == (2, True)


def test_what_the_file_notes_is_said(tmp_path: Path) -> None:
    file = tmp_path / "ballots.blt"
    file.write_text(BLT.replace("3 1\n", "3 1\n[tie 3 2 1]\n", 1).replace("2 2 0", "2.5 2 0"), encoding="utf-8")
    done = RUN.invoke(APP, [str(file), "--rule", "plurality"], env={"COLUMNS": "400"})
    assert "The file has an order for ties" in done.output
    assert "Weights in the file have decimals: 2 papers are counted for each." in done.output
