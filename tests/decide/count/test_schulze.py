"""The Schulze rule on the examples of its paper, against every path by hand, and under what must not matter."""

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings, strategies as st

from comitia.decide import beatpaths, pairwise, sheet, ties
from comitia.decide.count import schulze
from comitia.decide.profile import Profile

LOT = ties.Lot(bytes.fromhex("00ff17"))


def ranked(candidates: str, *papers: tuple[int, str]) -> Profile:
    """Return a profile of candidates named by letters, with rankings as words of those letters."""
    ballots = tuple((weight, tuple(candidates.index(name) for name in ranking)) for weight, ranking in papers)
    return Profile(tuple(candidates), ballots)


# Schulze 2011, section 3.1: 21 voters, N and P as printed there.
EXAMPLE_1 = ranked("ABCD", (8, "ACDB"), (2, "BADC"), (4, "CDBA"), (4, "DBAC"), (3, "DCBA"))


def test_the_first_example_of_the_paper_has_its_matrices_and_its_winner() -> None:
    preferred = pairwise.preferences(EXAMPLE_1)
    assert preferred == [[0, 8, 14, 10], [13, 0, 6, 2], [7, 15, 0, 12], [11, 19, 9, 0]]

    assert beatpaths.strongest_paths(schulze.links(preferred)) == [
        [0, 14, 14, 12],
        [13, 0, 13, 12],
        [13, 15, 0, 12],
        [13, 19, 13, 0],
    ]

    counted = schulze.count(EXAMPLE_1, seats=4, lot=LOT)
    assert "".join(counted.candidates[c] for c in counted.winners) == "DACB"
    assert counted.stages[0].sentence == (
        "Stage 1: D is elected, preferred by 11 to 10 over A, 19 to 2 over B, 9 to 12 over C; C is preferred to her "
        "directly, but the strongest path from D to C is 13, and back 12."
    )
    assert counted.stages[0].totals == (Fraction(2), Fraction(0), Fraction(1), Fraction(3))


def test_whom_a_paper_does_not_rank_stands_behind_whom_it_ranks() -> None:
    assert pairwise.preferences(ranked("ABC", (5, "A"), (2, ""))) == [[0, 5, 5], [0, 0, 0], [0, 0, 0]]


def test_a_tie_is_parted_by_a_lot_that_anyone_can_draw_again() -> None:
    counted = schulze.count(ranked("AB", (1, "AB"), (1, "BA")), seats=1, lot=LOT)

    tie = counted.stages[0].tie
    assert tie is not None
    assert (tie.candidates, tie.chosen, tie.broken_by) == ((0, 1), (ties.draw(LOT, [0, 1], number=0).chosen,), "lot")


def test_who_withdrew_is_neither_elected_nor_ahead() -> None:
    counted = schulze.count(Profile(("A", "B"), ((3, (0, 1)),), frozenset({0})), seats=2, lot=LOT)

    assert (counted.winners, counted.stages[0].sentence) == ((1,), "Stage 1: B is elected.")


def test_no_seat_cannot_be_filled() -> None:
    with pytest.raises(sheet.SeatsWrong, match="1 or more"):
        schulze.count(EXAMPLE_1, seats=0, lot=LOT)


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    number = draw(st.integers(1, 5))
    ranking = st.permutations(range(number)).flatmap(
        lambda order: st.integers(0, number).map(lambda depth: tuple(order[:depth]))
    )
    papers = draw(st.lists(st.tuples(st.integers(1, 9), ranking), max_size=10))
    return Profile(tuple("ABCDE"[:number]), tuple(papers))


@settings(max_examples=150, deadline=None)
@given(profiles())
def test_no_path_is_stronger_than_the_one_that_is_found(profile: Profile) -> None:
    preferred = pairwise.preferences(profile)
    size = len(preferred)
    links = [[preferred[a][b] if preferred[a][b] > preferred[b][a] else 0 for b in range(size)] for a in range(size)]

    for a in range(size):
        for b in range(size):
            between = [c for c in range(size) if c not in (a, b)]
            tried = [
                min(links[x][y] for x, y in zip((a, *way), (*way, b), strict=True))
                for n in range(len(between) + 1)
                for way in permutations(between, n)
            ]
            assert beatpaths.strongest_paths(schulze.links(preferred))[a][b] == (max(tried) if a != b else 0)


@settings(max_examples=150, deadline=None)
@given(profiles())
def test_whoever_beats_everybody_is_elected_and_whoever_loses_to_everybody_is_not(profile: Profile) -> None:
    preferred = pairwise.preferences(profile)
    size = range(len(preferred))
    winner = schulze.count(profile, seats=1, lot=LOT).winners[0]

    for a in size:
        others = [b for b in size if b != a]
        if others and all(preferred[a][b] > preferred[b][a] for b in others):
            assert winner == a
        if others and all(preferred[a][b] < preferred[b][a] for b in others):
            assert winner != a
