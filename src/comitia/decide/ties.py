"""Ties: every one is an event that says who tied, how it was broken, and, for a lot, how anyone can draw it again."""

import hashlib
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

Over = Literal["surplus", "exclusion", "election"]


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot drawn from a public seed that was committed before the ballot closed."""

    seed: bytes


@dataclass(frozen=True, slots=True)
class Hand:
    """Lots drawn by hand before witnesses: whom each fell on, in the order in which the count asks for them."""

    choices: tuple[int, ...]


Breaking = Lot | Hand


class HandNeeded(Exception):
    """The count waits for a choice by hand: ``tied`` by position, after so many choices as ``given``."""

    def __init__(self, tied: Sequence[int], given: int) -> None:
        shown = ", ".join(str(c + 1) for c in tied)
        super().__init__(
            f"candidates {shown} tie and {given} choices by hand are given: draw one of them before witnesses, add the "
            "choice, and count again"
        )
        self.tied = tuple(tied)
        self.given = given


class HandWrong(Exception):
    """A choice by hand that is not among those tied: ``choice`` and ``tied`` by position, ``number`` from 1."""

    def __init__(self, choice: int, tied: Sequence[int], number: int) -> None:
        shown = ", ".join(str(c + 1) for c in tied)
        super().__init__(f"choice {number} by hand is candidate {choice + 1}, expected one of those tied: {shown}")
        self.choice = choice
        self.tied = tuple(tied)
        self.number = number


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
        broken_by: ``stage`` (backwards: the latest stage at which they differ), ``first`` (forwards: the first),
            ``lot``, ``hand`` (drawn before witnesses), or ``fractions``: the totals differ, but by no more than the
            votes lost to fractions so far, so that exact arithmetic might have found a tie here.
        stage: the earlier stage that decided, or parted some of them before the lot, from 1; None where none did.
        derivation: how the lot was drawn, so that anyone can draw it again; "" without a lot.
    """

    over: Over
    candidates: tuple[int, ...]
    chosen: tuple[int, ...]
    broken_by: Literal["stage", "first", "lot", "hand", "fractions"]
    stage: int | None
    derivation: str


def draw(lot: Breaking, tied: Sequence[int], *, number: int) -> Draw:
    """Draw one of those tied, each with equal chance, from the seed and the number of the draw; or take the hand's
    choice.

    The lot is SHA-256(seed || number as 8 bytes, big-endian) read as an integer h, modulo how many tied, which points
    into those tied in the order of the file. If h lies in the last, incomplete run of remainders, the next number is
    taken (chance below 2**-240), so no place is favoured.

    Args:
        tied: positions of candidates, at least one.
        number: of the draw within the count, from 0.

    Raises:
        HandNeeded: by hand, and no choice is given for this draw.
        HandWrong: by hand, and the choice is not among those tied.
    """
    order = sorted(tied)
    if isinstance(lot, Hand):
        if number >= len(lot.choices):
            raise HandNeeded(order, len(lot.choices))
        if lot.choices[number] not in order:
            raise HandWrong(lot.choices[number], order, number + 1)
        return Draw(lot.choices[number], number + 1, f"choice {number + 1} by hand")
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


def by_draw(
    over: Over, tied: Sequence[int], *, lot: Breaking, number: int, among: Sequence[int] | None = None
) -> tuple[Tie, int]:
    """Break a tie by lot or by hand and return it with the number of the next draw.

    Args:
        among: those of the tied whom no earlier stage has parted; all of them where None.
    """
    drawn = draw(lot, tied if among is None else among, number=number)
    broken_by: Literal["lot", "hand"] = "hand" if isinstance(lot, Hand) else "lot"
    return Tie(over, tuple(tied), (drawn.chosen,), broken_by, None, drawn.derivation), drawn.next_draw


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
    return _difference(tied, totals, range(len(totals), 0, -1), want=want)


def first_difference(
    tied: Sequence[int], totals: Sequence[Sequence[Fraction]], *, want: Literal["highest", "lowest"]
) -> tuple[tuple[int, ...], int | None]:
    """Return the same from the first stage on: who was highest (or lowest) at the earliest stage where they differ."""
    return _difference(tied, totals, range(1, len(totals) + 1), want=want)


def _difference(
    tied: Sequence[int], totals: Sequence[Sequence[Fraction]], order: range, *, want: Literal["highest", "lowest"]
) -> tuple[tuple[int, ...], int | None]:
    left = tuple(tied)
    decided: int | None = None
    for number in order:
        if len(left) == 1:
            break
        votes = [totals[number - 1][c] for c in left]
        extreme = max(votes) if want == "highest" else min(votes)
        nearest = tuple(c for c, v in zip(left, votes, strict=True) if v == extreme)
        if len(nearest) < len(left):
            left, decided = nearest, number
    return left, decided


def break_backwards(
    tied: Sequence[int], totals: Sequence[Sequence[Fraction]], *, over: Over, lot: Breaking, number: int
) -> tuple[Tie, int]:
    """Break a tie by the latest stage at which those tied differ, then by lot, and return the tie and the next draw.

    A surplus, and a seat, go to the one who was highest there, an exclusion to the one who was lowest.
    """
    left, stage = last_difference(tied, totals, want="lowest" if over == "exclusion" else "highest")
    if len(left) == 1:
        return Tie(over, tuple(tied), left, "stage", stage, ""), number
    tie, number = by_draw(over, tied, lot=lot, number=number, among=left)
    return replace(tie, stage=stage), number


def break_forwards(
    tied: Sequence[int], totals: Sequence[Sequence[Fraction]], *, over: Over, lot: Breaking, number: int
) -> tuple[Tie, int]:
    """Break a tie by the first stage at which those tied differ, then by lot, and return the tie and the next draw."""
    left, stage = first_difference(tied, totals, want="lowest" if over == "exclusion" else "highest")
    if len(left) == 1:
        return Tie(over, tuple(tied), left, "first", stage, ""), number
    tie, number = by_draw(over, tied, lot=lot, number=number, among=left)
    return replace(tie, stage=stage), number


def draw_places(tied: Sequence[int], places: int, *, lot: Breaking, number: int = 0) -> Tie:
    """Draw so many of those tied for the last places, one after another.

    Args:
        tied: positions of candidates, more than ``places``.
        places: how many of them are elected, at least one.
        number: of the first draw within the count.
    """
    left, chosen, derivations = list(tied), [], []
    for _ in range(places):
        drawn = draw(lot, left, number=number)
        left.remove(drawn.chosen)
        chosen.append(drawn.chosen)
        derivations.append(drawn.derivation)
        number = drawn.next_draw
    broken_by: Literal["lot", "hand"] = "hand" if isinstance(lot, Hand) else "lot"
    return Tie("election", tuple(tied), tuple(chosen), broken_by, None, "; then ".join(derivations))
