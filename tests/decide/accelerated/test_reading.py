"""Files read into numbers say the same as files read as text."""

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from comitia.decide import ballot_file, ties
from comitia.decide.accelerated import digits, reading
from comitia.decide.count import instant_runoff, meek, schulze, stv_scottish, wigm
from comitia.decide.gathering import BallotFileWrong

SCOTLAND = Path(__file__).parents[4] / "shared" / "data" / "count" / "scotland"
LOT = ties.Lot(b"")
BLT = "12 2\n-3\n2 1 12 2 0\n1 2 1 0\n1 2 1 0\n1 0\n3 11 0\n0\n" + "".join(f'"c{n}"\n' for n in range(12)) + '"Title"\n'
DAT = "10 Hill Town\n2 12 3 9\n" + "".join(f"c{n}, Ind\n" for n in range(12))
DAT += "4 0 2 1 0 0 0 0 0 0 0 0 0\n3 12 11 10 9 8 7 6 5 4 3 2 1\n2 0 2 1 0 0 0 0 0 0 0 0 0\n"
WORDS = [
    b"0",
    b"1",
    b"13",
    b" ",
    b"\n",
    b"-",
    b"=",
    b"x",
    b"#",
    b"\r",
    b"\xff",
    b"\xa0",
    b"007",
    b"9" * 16,
    b"\n0\n",
    b"",
]


@pytest.mark.parametrize("text", [BLT, DAT, "1 1\n0\nA\n", "W\n1 1 0 0\nA\n", DAT + "\n\n"])
def test_plain_files_become_numbers(text: str) -> None:
    found = reading.parse(text.encode())

    assert isinstance(found.profile.ballots, digits.Digits)
    assert found == ballot_file.parse(text.encode())


@settings(max_examples=600, deadline=None)
@given(st.sampled_from([BLT, BLT.replace("-3\n", ""), DAT]), st.data())
def test_damaged_files_are_read_or_refused_alike(whole: str, data: st.DataObject) -> None:
    raw = bytearray(whole.encode())
    for _ in range(data.draw(st.integers(0, 4))):
        place = data.draw(st.integers(0, len(raw)))
        raw[place : place + data.draw(st.integers(0, 3))] = data.draw(st.sampled_from(WORDS))
    found: list[object] = []
    for parse in (ballot_file.parse, reading.parse):
        try:
            found.append(parse(bytes(raw)))
        except BallotFileWrong as refused:
            found.append(str(refused))
    assert found[0] == found[1]


def test_what_is_not_plain_is_left_to_the_readers_of_the_formats() -> None:
    many = "16 1\n1 16 0\n0\n" + "A\n" * 16
    for text in (many, BLT.replace("2 1 12", "2 1  12"), DAT.replace("4 0 2", "4 0  2"), "A,B\n1,2\n"):
        assert reading.parse(text.encode()) == ballot_file.parse(text.encode())


def test_a_dat_file_of_sixteen_candidates_is_read_by_the_reader_of_its_format() -> None:
    sixteen = "W\n1 16 1 3\n" + "".join(f"c{n}\n" for n in range(16)) + "3 1" + " 0" * 15 + "\n"

    found = reading.parse(sixteen.encode())
    assert not isinstance(found.profile.ballots, digits.Digits)
    assert found == ballot_file.parse(sixteen.encode())


@pytest.mark.parametrize("text", ["W\n1 2 0 0\nA\n", "W\n1 2 1 3\nA\n \n3 1 0\n"])
def test_a_dat_file_without_all_its_names_is_refused_in_the_same_words(text: str) -> None:
    refusals = []
    for parse in (ballot_file.parse, reading.parse):
        with pytest.raises(BallotFileWrong) as refused:
            parse(text.encode())
        refusals.append(str(refused.value))
    assert refusals[0] == refusals[1]


@pytest.mark.skipif(not SCOTLAND.exists(), reason="the Scottish wards are not beside this clone")
def test_every_scottish_ward_makes_the_same_sheets() -> None:
    for line in (SCOTLAND / "official.jsonl").read_text(encoding="utf-8").splitlines():
        ward = json.loads(line)
        raw = gzip.decompress((SCOTLAND / ward["ballots"]).read_bytes())
        text, numbers = ballot_file.parse(raw), reading.parse(raw)

        assert isinstance(numbers.profile.ballots, digits.Digits)
        assert numbers == text
        for rule in (stv_scottish, meek, wigm, schulze):
            expected = rule.count(text.profile, seats=ward["seats"], lot=LOT)
            assert rule.count(numbers.profile, seats=ward["seats"], lot=LOT) == expected
        expected = instant_runoff.count(text.profile, seats=1, lot=LOT)
        assert instant_runoff.count(numbers.profile, seats=1, lot=LOT) == expected


@pytest.mark.slow
@pytest.mark.skipif(not SCOTLAND.exists(), reason="the Scottish wards are not beside this clone")
def test_every_scottish_ward_makes_the_sheets_of_the_slow_reference() -> None:
    for line in (SCOTLAND / "official.jsonl").read_text(encoding="utf-8").splitlines():
        ward = json.loads(line)
        raw = gzip.decompress((SCOTLAND / ward["ballots"]).read_bytes())
        text, numbers = ballot_file.parse(raw).profile, reading.parse(raw).profile
        one_by_one = replace(text, ballots=tuple(text.ballots))
        for rule in (stv_scottish, meek, wigm, schulze, instant_runoff):
            seats = 1 if rule is instant_runoff else ward["seats"]
            expected = rule.count(one_by_one, seats=seats, lot=LOT)
            assert rule.count(text, seats=seats, lot=LOT) == expected
            assert rule.count(numbers, seats=seats, lot=LOT) == expected
