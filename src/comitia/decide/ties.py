"""Ties: every one is an event that says who tied, how it was broken, and, for a lot, how anyone can draw it again."""

import hashlib
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot drawn from a public seed that was committed before the ballot closed."""

    seed: bytes


@dataclass(frozen=True, slots=True)
class Draw:
    """One candidate drawn from those tied; ``next_draw`` numbers the draw that follows in the same count."""

    chosen: int
    next_draw: int
    derivation: str


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie and how it was broken.

    Attributes:
        over: what hung on it: whose surplus goes first, who is excluded, who is elected.
        candidates: positions of those who tied.
        chosen: positions of those whom it fell on (first to be transferred, excluded, or elected).
        broken_by: ``stage`` (unequal at an earlier stage), ``lot``, or ``fractions``: the totals differ, but by no
            more than the votes lost to fractions so far, so that exact arithmetic might have found a tie here.
        stage: the earlier stage that decided, from 1; None where it was another.
        derivation: how the lot was drawn, so that anyone can draw it again; "" without a lot.
    """

    over: Literal["surplus", "exclusion", "election"]
    candidates: tuple[int, ...]
    chosen: tuple[int, ...]
    broken_by: Literal["stage", "lot", "fractions"]
    stage: int | None
    derivation: str


def draw(lot: Lot, tied: Sequence[int], *, number: int) -> Draw:
    """Draw one of those tied, each with equal chance, from the seed and the number of the draw.

    The lot is SHA-256(seed || number as 8 bytes, big-endian) read as an integer h, modulo how many tied, which points
    into those tied in the order of the file. If h lies in the last, incomplete run of remainders, the next number is
    taken (chance below 2**-240), so no place is favoured.

    Args:
        tied: positions of candidates, at least one.
        number: of the draw within the count, from 0.
    """
    order = sorted(tied)
    number = next(n for n in itertools.count(number) if is_fair(_digest(lot, n), len(order)))
    digest = _digest(lot, number)
    place = int.from_bytes(digest, "big") % len(order)
    derivation = (
        f"SHA-256(seed {lot.seed.hex() or '(empty)'} || {number:016x}) = {digest.hex()}; "
        f"modulo {len(order)} = {place}; candidates {', '.join(str(c + 1) for c in order)} in this order, from 0"
    )
    return Draw(order[place], number + 1, derivation)


def _digest(lot: Lot, number: int) -> bytes:
    return hashlib.sha256(lot.seed + number.to_bytes(8, "big")).digest()


def is_fair(digest: bytes, places: int) -> bool:
    """Return whether a digest, read as an integer, lies below the last, incomplete run of remainders."""
    return int.from_bytes(digest, "big") < 2**256 - 2**256 % places


def last_difference(
    tied: Sequence[int], totals: Sequence[Sequence[Fraction]], *, want: Literal["highest", "lowest"]
) -> tuple[tuple[int, ...], int | None]:
    """Return who of those tied was highest (or lowest) at the latest stage where they differ, and that stage.

    Recursive for three and more: those who share the extreme there are compared again at the stages before it, until
    one is left or the first stage is passed.

    Args:
        tied: positions of candidates.
        totals: votes by stage from the first, then by position; the present stage may be among them.

    Returns:
        Those left (more than one: equal at every stage that could part them), and the number of the last stage, from
        1, that parted any of them (None: they were equal throughout).
    """
    left = tuple(tied)
    decided: int | None = None
    for number in range(len(totals), 0, -1):
        if len(left) == 1:
            break
        votes = [totals[number - 1][c] for c in left]
        extreme = max(votes) if want == "highest" else min(votes)
        nearest = tuple(c for c, v in zip(left, votes, strict=True) if v == extreme)
        if len(nearest) < len(left):
            left, decided = nearest, number
    return left, decided


def break_backwards(
    tied: Sequence[int],
    totals: Sequence[Sequence[Fraction]],
    *,
    over: Literal["surplus", "exclusion"],
    lot: Lot,
    number: int,
) -> tuple[Tie, int]:
    """Break a tie by the latest stage at which those tied differ, then by lot, and return the tie and the next draw.

    A surplus goes to the one who was highest there, an exclusion to the one who was lowest.
    """
    want: Literal["highest", "lowest"] = "highest" if over == "surplus" else "lowest"
    left, stage = last_difference(tied, totals, want=want)
    if len(left) == 1:
        return Tie(over, tuple(tied), left, "stage", stage, ""), number
    drawn = draw(lot, left, number=number)
    return Tie(over, tuple(tied), (drawn.chosen,), "lot", stage, drawn.derivation), drawn.next_draw


def draw_places(tied: Sequence[int], places: int, *, lot: Lot) -> Tie:
    """Draw so many of those tied for the last places, one after another.

    Args:
        tied: positions of candidates, more than ``places``.
        places: how many of them are elected, at least one.
    """
    left, chosen, derivations, number = list(tied), [], [], 0
    for _ in range(places):
        drawn = draw(lot, left, number=number)
        left.remove(drawn.chosen)
        chosen.append(drawn.chosen)
        derivations.append(drawn.derivation)
        number = drawn.next_draw
    return Tie("election", tuple(tied), tuple(chosen), "lot", None, "; then ".join(derivations))
