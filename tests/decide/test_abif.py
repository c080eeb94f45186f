"""ABIF: short names, brackets, equal ranks, scores, what a file says of itself, and one error with its line."""

import pytest

from comitia.decide import ballot_file
from comitia.decide.gathering import BallotFileWrong
from comitia.decide.profile import BallotFile, Profile

FILE = """# a comment
{"title": "Committee", "seats": 2, "withdrawn": ["C"]}
=A:[Vera of the Turners]
=C: "Carl"
27: A > B = [Karl Lund]
3 * A/5>B/2
4:[Karl Lund]/0,A/5, B/2,"C"/5
2:
1.5: Vera-2, A
"""


def test_a_file_of_every_kind_of_line_is_read() -> None:
    names = ("Vera of the Turners", "Carl", "B", "Karl Lund", "Vera-2")
    assert ballot_file.parse(FILE.encode()) == BallotFile(
        Profile(
            names,
            ((4, ()), (6, (0, 2))),
            frozenset({1}),
            ((54, ((0,), (2, 3))), (8, ((0, 1), (2,), (3,))), (3, ((0, 4),))),
        ),
        2,
        "Committee",
        scale=2,
        notes=("scores beside an order (A/5 > B/2); the order counts",),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1:A\n=A\n", "line 2: expected a candidate as '=A:[full name]', found '=A'"),
        ("1:A\n=A:[Ada]\n", "line 2: expected a short name that no candidate has yet, and A has appeared above"),
        ('1:A\n{"seats": \n', "line 2: expected one JSON object on the line"),
        ("1:A\n{}]\n", "line 2: expected one JSON object on the line"),
        ('1:A\n{"seats": 0}\n', "line 1: expected a whole number of seats, 1 or more"),
        ('1:A\n{"withdrawn": ["B"]}\n', "line 1: expected a list of candidates who have withdrawn, found '[\"B\"]'"),
        ("1:A\n0:A\n", "line 2: expected papers as 'how many: A > B = C', found '0:A'"),
        ("1:A\nA>B\n", "line 2: expected papers as 'how many: A > B = C', found 'A>B'"),
        ("1:A > B > \n", "line 1: expected a candidate after the last '>', found '1:A > B >'"),
        ("1:A B\n", "line 1, column 5: expected candidates parted by '>', '=' or ',', found '1:A B'"),
        ("1:A/5,B\n", "line 1: expected a score after every candidate, or after none, found '1:A/5,B'"),
        ("1:A>B>A\n", "line 1: expected a plain ranking (rank 3 names a candidate again; say how"),
    ],
)
def test_a_malformed_file_gets_one_error_with_its_line(text: str, said: str) -> None:
    with pytest.raises(BallotFileWrong) as refused:
        ballot_file.parse(text.encode())
    assert str(refused.value).startswith(said)
