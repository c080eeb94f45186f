"""Approval: everybody whom a paper names gets its vote."""

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from comitia.decide import sheet, ties
from comitia.decide.count import approval
from comitia.decide.profile import Profile

LOT = ties.Lot(b"")


def test_every_candidate_named_gets_a_vote_and_blank_papers_are_apart() -> None:
    counted = approval.count(Profile(("A", "B", "C"), ((3, (0, 2)), (2, (2, 1)), (1, ()))), seats=1, lot=LOT)
    assert (counted.stages[0].totals, counted.winners, counted.valid, counted.blank) == (
        (Fraction(3), Fraction(2), Fraction(5)), (2,), 5, 1,
    )  # fmt: skip


def test_52_against_8_papers_for_5_seats_tie_the_six_of_the_majority_and_say_so() -> None:
    # 52 approve six candidates for five seats: all six tie, the eight elect nobody.
    counted = approval.count(Profile(tuple("ABCDEFG"), ((52, (0, 1, 2, 3, 4, 5)), (8, (6,)))), seats=5, lot=LOT)
    tie = counted.stages[0].tie
    assert tie is not None
    assert (tie.candidates, len(tie.chosen), tie.broken_by) == ((0, 1, 2, 3, 4, 5), 5, "lot")


@given(st.permutations(range(4)))
def test_the_order_of_the_names_on_a_paper_is_not_read(order: list[int]) -> None:
    assert approval.count(Profile(tuple("ABCD"), ((1, tuple(order)), (1, (2,)))), seats=1, lot=LOT).winners == (2,)


def test_no_seat_cannot_be_filled() -> None:
    with pytest.raises(sheet.SeatsWrong, match="1 or more"):
        approval.count(Profile(("A",), ((1, (0,)),)), seats=0, lot=ties.Lot(b""))
