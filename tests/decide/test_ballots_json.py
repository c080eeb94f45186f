"""Ballots as JSON, read strictly, with the line of what is wrong."""

import pytest

from comitia.decide import ballot_file
from comitia.decide.gathering import BallotFileWrong
from comitia.decide.profile import BallotFile, Profile

FILE = """{"title": "Committee", "seats": 2, "candidates": ["Vera", "Karl"], "withdrawn": [2], "ballots": [
{"papers": "5", "ranking": [[1], [2]]},
{"papers": "1.5", "ranking": [[1, 2]]}]}
"""


def test_a_file_is_read_and_written_again() -> None:
    found = ballot_file.parse(FILE.encode())

    assert found == BallotFile(
        Profile(("Vera", "Karl"), ((10, (0, 1)),), frozenset({1}), ((3, ((0, 1),)),)), 2, "Committee", scale=2
    )
    assert ballot_file.format(found, ".json", seats=2) == FILE


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (
            FILE.replace('"1.5"', '"0"'),
            'line 3: expected papers above 0, and candidates from 1 to 2, found \'{"papers":"0"',
        ),
        (FILE.replace("[[1, 2]]", "[[3]]"), "line 3: expected papers above 0, and candidates from 1 to 2"),
        (
            FILE.replace("[[1, 2]]", '["1"]'),
            "line 3: expected ballots as docs/reference/ballot-files.md describes them",
        ),
        (FILE.replace("[[1, 2]]", "[[1], [1]]"), "line 3: expected a plain ranking (rank 2 names a candidate again"),
        (FILE.replace('"seats": 2', '"seats": 0'), "line 1: expected 1 seat or more, found '0'"),
        (FILE.replace('"seats": 2', '"places": 2'), "line 1: expected ballots as docs/reference/ballot-files.md"),
        (FILE.replace("[2],", "[3],"), "line 1: expected withdrawn candidates from 1 to 2, found '[3]'"),
        (FILE.replace("]}]}", "]}"), "line 4: expected JSON, found 'Input data was truncated'"),
        (FILE.replace("[[1, 2]]", "[[1; 2]]"), 'line 3: expected JSON, found "JSON is malformed'),
    ],
)
def test_a_malformed_file_gets_one_error_with_its_line(wrong: str, said: str) -> None:
    with pytest.raises(BallotFileWrong) as refused:
        ballot_file.parse(wrong.encode())
    assert str(refused.value).startswith(said)
