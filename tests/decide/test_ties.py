"""Lots that anyone can draw again, and ties that an earlier stage decides."""

import hashlib
from collections import Counter
from fractions import Fraction

import pytest

from comitia.decide import ties


def rows(*stages: tuple[int, ...]) -> list[tuple[Fraction, ...]]:
    return [tuple(Fraction(total) for total in stage) for stage in stages]


def test_a_lot_can_be_drawn_again_by_hand() -> None:
    digest = hashlib.sha256(bytes.fromhex("00ff17") + bytes(8)).digest()
    place = int.from_bytes(digest, "big") % 3
    drawn = ties.draw(ties.Lot(bytes.fromhex("00ff17")), (5, 1, 3), number=0)
    assert drawn == ties.Draw(
        chosen=(1, 3, 5)[place],
        next_draw=1,
        derivation=(
            f"SHA-256(seed 00ff17 || 0000000000000000) = {digest.hex()}; modulo 3 = {place}; "
            "candidates 2, 4, 6 in this order, from 0"
        ),
    )


def test_a_lot_favours_nobody() -> None:
    drawn = Counter(ties.draw(ties.Lot(n.to_bytes(4, "big")), (0, 1, 2), number=0).chosen for n in range(3000))
    assert all(900 < times < 1100 for times in drawn.values())


def test_the_latest_stage_that_differs_decides() -> None:
    totals = rows((1, 9, 5), (4, 2, 5), (5, 5, 5))
    assert ties.last_difference((0, 1), totals, want="lowest") == ((1,), 2)
    assert ties.last_difference((0, 1), totals, want="highest") == ((0,), 2)


def test_those_who_share_the_extreme_are_compared_again_at_earlier_stages() -> None:
    assert ties.last_difference((0, 1, 2), rows((3, 2, 9), (4, 4, 6), (5, 5, 5)), want="lowest") == ((1,), 1)


def test_those_who_never_differ_stay_tied() -> None:
    assert ties.last_difference((0, 1, 2), rows((2, 2, 9), (5, 5, 5)), want="lowest") == ((0, 1), 1)
    assert ties.last_difference((0, 1), rows((2, 2), (5, 5)), want="lowest") == ((0, 1), None)


def test_several_places_are_drawn_one_after_another() -> None:
    tie = ties.draw_places((0, 1, 2, 3), 2, lot=ties.Lot(b"x"))
    assert len(set(tie.chosen)) == 2
    assert tie.derivation.count("; then ") == 1


def test_a_digest_in_the_last_incomplete_run_is_not_used() -> None:
    # 2**256 = 3k + 1: the last number would favour the first of three.
    assert ties.is_fair(b"\xff" * 31 + b"\xfe", 3)
    assert not ties.is_fair(b"\xff" * 32, 3)


def test_the_first_stage_that_differs_decides_forwards() -> None:
    totals = rows((5, 5, 5), (1, 9, 5), (4, 2, 5))
    assert ties.first_difference((0, 1), totals, want="lowest") == ((0,), 2)
    assert ties.first_difference((0, 1, 2), rows((3, 3, 9), (4, 5, 6)), want="lowest") == ((0,), 2)
    lot = ties.Lot(b"x")
    found, number = ties.break_forwards((0, 1), totals, over="surplus", lot=lot, number=4)
    assert (found, number) == (ties.Tie("surplus", (0, 1), (1,), "first", 2, ""), 4)
    found, number = ties.break_backwards((0, 1), totals, over="election", lot=lot, number=4)
    assert (found, number) == (ties.Tie("election", (0, 1), (0,), "stage", 3, ""), 4)


def test_a_lot_after_stages_is_drawn_among_those_whom_no_stage_has_parted() -> None:
    drawn, number = ties.break_forwards(
        (0, 1, 2), rows((2, 2, 9), (5, 5, 5)), over="exclusion", lot=ties.Hand((1,)), number=0
    )
    assert (drawn, number) == (ties.Tie("exclusion", (0, 1, 2), (1,), "hand", 1, "choice 1 by hand"), 1)


def test_a_hand_chooses_among_those_tied_and_says_when_another_choice_is_needed() -> None:
    hand = ties.Hand((2, 0))
    assert ties.draw(hand, (1, 2), number=0) == ties.Draw(2, 1, "choice 1 by hand")
    with pytest.raises(ties.HandWrong, match="choice 2 by hand is candidate 1, expected one of those tied: 2, 3"):
        ties.draw(hand, (2, 1), number=1)
    with pytest.raises(ties.HandNeeded, match="candidates 2, 3 tie and 2 choices by hand are given"):
        ties.draw(hand, (2, 1), number=2)
    assert ties.draw_places((0, 2), 2, lot=hand).broken_by == "hand"
