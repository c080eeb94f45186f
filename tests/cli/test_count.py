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
    "raw", [b"", b"nonsense\n", b"\x1f\x8b\x00", b"2 1\n1 1 1 0\n0\nA\nB\n", gzip.compress(b"x" * 999)[:-9]]
)
def test_a_file_that_cannot_be_read_exits_2_with_one_line(tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "wrong"
    file.write_bytes(raw)
    done = RUN.invoke(APP, [str(file), "--rule", "scottish"])
    assert (done.exit_code, done.output.startswith(str(file)), done.output.count("\n")) == (2, True, 1)


def test_a_missing_file_exits_2(tmp_path: Path) -> None:
    done = RUN.invoke(APP, [str(tmp_path / "none"), "--rule", "scottish"])
    assert (done.exit_code, "cannot be read" in done.output) == (2, True)
