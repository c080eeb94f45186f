"""BLT in its dialects, and one error with its line for each malformed file."""

import pytest
from hypothesis import given, strategies as st

from comitia.decide import blt
from comitia.decide.blt import BltWrong
from comitia.decide.profile import BallotFile, Profile

FILE = '3 2\n-3\n5 1 2 0\n1 2 - 1 0\n(a7) 2 0\n2 0\n0\n"Vera "V""\nKarl #2\n"Ada" # withdrew\n"Committee"\n'


def test_a_file_of_every_dialect_is_read() -> None:
    assert blt.parse(FILE.replace("\n", "\r\n")) == BallotFile(
        Profile(
            ('Vera "V"', "Karl #2", "Ada"), ((5, (0, 1)), (1, (1, 0)), (1, (1,)), (2, ())), frozenset({2})
        ),
        2,
        "Committee",
    )  # fmt: skip


def test_equal_lines_are_put_together_and_a_title_may_be_absent() -> None:
    assert blt.parse("2 1\n1 2 0\n1 2 0\n0\nA\nB\n") == BallotFile(Profile(("A", "B"), ((2, (1,)),)), 1, "")


def test_withdrawn_candidates_may_stand_on_one_line() -> None:
    assert blt.parse("3 1\n-1 -2\n1 3 0\n0\nA\nB\nC").profile.withdrawn == frozenset({0, 1})
    assert blt.parse("3 1\n[withdrawn 1 2]\n1 3 0\n0\nA\nB\nC").profile.withdrawn == frozenset({0, 1})


def test_the_closing_0_may_be_missing_before_quoted_names() -> None:
    assert blt.parse('1 1\n4 1 0\n"A"\n').profile == Profile(("A",), ((4, (0,)),))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1: expected the numbers of candidates and seats, found ''"),
        ("two 1\n", "line 1: expected the numbers of candidates and seats, found 'two 1'"),
        ("2 0\n", "line 1: expected at least one candidate and one seat, found '2 0'"),
        ("9 1\n", "line 1: expected no more candidates than the 2 lines of the file can name, found '9 1'"),
        ("2 1\n-3\n", "line 2: expected withdrawn candidates from 1 to 2, found '-3'"),
        ("2 1\n3 1 2\n0\nA\nB\n", "line 2: expected papers as 'how many, preferences, 0', found '3 1 2'"),
        ("2 1\n\n1 1=2 0\n", "line 3: expected papers as 'how many, preferences, 0' without equal ranks, "
                            "which no rule here counts, found '1 1=2 0'"),
        ("2 1\n1.5 1 0\n", "line 2: expected papers as 'how many, preferences, 0', found '1.5 1 0'"),
        ("2 1\n1 1 1 0\n", "line 2: expected each of the 2 candidates at most once (it names a candidate twice), "
                           "found '1 1 1 0'"),
        ("2 1\n1 3 0\n", "line 2: expected each of the 2 candidates at most once "
                         "(it names a candidate outside 1 to 2), found '1 3 0'"),
        ("2 1\n0 1 0\n", "line 2: expected each of the 2 candidates at most once "
                         "(the number of papers must be 1 or more), found '0 1 0'"),
        ("2 1\n[tie 1 2]\n", "line 2: expected papers as 'how many, preferences, 0', found '[tie 1 2]'"),
        ("2 1\n1 1 0\n", "line 3: expected a line '0' after the papers, then the names, found 'the end of the file'"),
        ("2 1\n1 1 0\n0\nA\n", "line 5: expected 2 names, then a title or nothing, found '1 lines'"),
        ("2 1\n1 1 0\n0\nA\nB\nT\nX\n", "line 7: expected 2 names, then a title or nothing, found '4 lines'"),
        ("9" * 5000 + " 1\n", "line 1: expected the numbers of candidates and seats, found '" + "9" * 57 + "...'"),
    ],
)  # fmt: skip
def test_a_malformed_file_gets_one_error_with_its_line(text: str, said: str) -> None:
    with pytest.raises(BltWrong) as refused:
        blt.parse(text)
    assert str(refused.value) == said


NAMES = st.lists(st.text("abc #0\"'", max_size=6).map(lambda name: f"x{name}x"), min_size=1, max_size=5, unique=True)


@given(NAMES, st.data())
def test_what_is_written_is_read_again(names: list[str], data: st.DataObject) -> None:
    rankings = st.permutations(range(len(names))).flatmap(
        lambda order: st.integers(0, len(names)).map(lambda length: tuple(order[:length]))
    )
    ballots = data.draw(st.dictionaries(rankings, st.integers(1, 10**6), max_size=6))
    profile = Profile(tuple(names), tuple((weight, ranking) for ranking, weight in ballots.items()))
    assert blt.parse(blt.format(profile, seats=2, title="T")) == BallotFile(profile, 2, "T")


def test_a_file_that_ends_after_its_withdrawn_candidates_is_refused_with_its_line() -> None:
    with pytest.raises(BltWrong, match="line 3"):
        blt.parse("3 1\n-1\n")
