"""Plurality: the first preference is the vote, ties over the last seats go to the lot."""

import pytest

from comitia.decide import sheet, ties
from comitia.decide.count import plurality
from comitia.decide.profile import Profile

LOT = ties.Lot(bytes.fromhex("00"))


def test_the_most_first_preferences_win() -> None:
    profile = Profile(("Vera", "Karl", "Ada"), ((4, (0, 1)), (5, (1,)), (3, (2, 0)), (2, ())))
    assert sheet.answer(plurality.count(profile, seats=2, lot=LOT)) == {
        "rule": "plurality",
        "seats": 2,
        "winners": ["Vera", "Karl"],
        "winner_numbers": [1, 2],
        "quota": None,
        "stages": [
            {"totals": ["4", "5", "3"], "elected": [2, 1], "excluded": [], "transfers": [], "lost": "0", "tie": None}
        ],
    }


def test_a_tie_for_the_last_seats_is_drawn_and_reported() -> None:
    profile = Profile(("A", "B", "C", "D"), ((9, (0,)), (4, (1,)), (4, (2,)), (4, (3,))))
    counted = plurality.count(profile, seats=3, lot=LOT)
    tie = counted.stages[0].tie
    assert tie is not None
    assert (tie.over, tie.candidates, len(tie.chosen), tie.broken_by) == ("election", (1, 2, 3), 2, "lot")
    assert counted.winners == (0, *tie.chosen)


def test_a_tie_that_all_survive_is_none() -> None:
    counted = plurality.count(Profile(("A", "B"), ((4, (0,)), (4, (1,)))), seats=2, lot=LOT)
    assert (counted.stages[0].tie, counted.winners) == (None, (0, 1))


def test_a_vote_for_a_withdrawn_candidate_goes_to_the_next() -> None:
    profile = Profile(("A", "B", "C"), ((5, (0, 2)), (4, (1,))), frozenset({0}))
    assert plurality.count(profile, seats=1, lot=LOT).winners == (2,)


def test_no_seat_is_refused() -> None:
    with pytest.raises(sheet.SeatsWrong):
        plurality.count(Profile(("A",), ()), seats=0, lot=LOT)
