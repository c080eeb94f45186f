"""Lots that anyone can draw again, and ties that an earlier stage decides."""

import hashlib
from collections import Counter
from fractions import Fraction

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
