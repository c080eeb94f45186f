"""Instant runoff on a published election and at its ends."""

from fractions import Fraction

import pytest

from comitia.decide import sheet, ties
from comitia.decide.count import instant_runoff
from comitia.decide.profile import Profile

LOT = ties.Lot(b"seed")
# Burlington, Vermont, mayor 2009, reduced to the three leaders: Montroll, Kiss, Wright. Its pairwise sums are the
# published ones (Montroll 4067 to 3477 over Kiss, 4597 to 3668 over Wright; Kiss 4314 to 4064 over Wright).
BURLINGTON = Profile(
    ("Montroll", "Kiss", "Wright"),
    (
        (1332, (0, 1, 2)), (767, (0, 2, 1)), (455, (0,)),
        (2043, (1, 0, 2)), (371, (1, 2, 0)), (568, (1,)),
        (1513, (2, 0, 1)), (495, (2, 1, 0)), (1289, (2,)),
    ),
)  # fmt: skip


def test_burlington_2009_elects_kiss_after_montroll_goes_out() -> None:
    counted = instant_runoff.count(BURLINGTON, seats=1, lot=LOT)
    assert [[int(total) for total in stage.totals] for stage in counted.stages] == [[2554, 2982, 3297], [0, 4314, 4064]]
    assert [stage.sentence for stage in counted.stages] == [
        "Stage 1: 8833 valid papers are counted by first preference.",
        "Stage 2: Montroll has the fewest votes, 2554, and is excluded; Kiss is elected with 4314 of 8378 that count.",
    ]
    assert counted.winners == (1,)


def test_a_majority_of_first_preferences_ends_the_count_at_once() -> None:
    counted = instant_runoff.count(Profile(("A", "B"), ((3, (0, 1)), (2, (1,)))), seats=1, lot=LOT)
    assert (counted.winners, len(counted.stages)) == ((0,), 1)


def test_two_with_equal_papers_are_parted_by_lot() -> None:
    counted = instant_runoff.count(Profile(("A", "B"), ((2, (0,)), (2, (1,)))), seats=1, lot=LOT)
    tie = counted.stages[1].tie
    assert tie is not None
    assert (tie.candidates, tie.broken_by, len(counted.winners)) == ((0, 1), "lot", 1)


def test_papers_without_a_further_preference_no_longer_count() -> None:
    profile = Profile(("A", "B", "C"), ((4, (0,)), (3, (1,)), (2, (2,))))
    counted = instant_runoff.count(profile, seats=1, lot=LOT)
    assert counted.stages[1].transfers == (sheet.Transfer(2, None, 2, Fraction(1), Fraction(2)),)
    assert counted.winners == (0,)


def test_several_seats_are_refused() -> None:
    with pytest.raises(sheet.SeatsWrong, match="exactly 1"):
        instant_runoff.count(BURLINGTON, seats=2, lot=LOT)


def test_transfers_stand_in_the_order_of_the_file_and_what_is_spent_last() -> None:
    papers = ((6, (0,)), (7, (1,)), (8, (2,)), (2, (3, 0)), (1, (3, 2)), (1, (3,)))
    counted = instant_runoff.count(Profile(("A", "B", "C", "D"), papers), seats=1, lot=LOT)
    one = Fraction(1)

    assert counted.stages[1].transfers == (
        sheet.Transfer(3, 0, 2, one, 2 * one), sheet.Transfer(3, 2, 1, one, one), sheet.Transfer(3, None, 1, one, one),
    )  # fmt: skip
