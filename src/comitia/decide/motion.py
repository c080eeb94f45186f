"""Motions as texts of numbered lines: amendments, the order in which they are voted, and what each does to the text."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Amendment:
    """Lines ``first`` to ``last`` of the text, from 1, are to be replaced by ``lines``.

    ``last`` = ``first`` - 1 inserts before ``first``; no ``lines`` strikes out. ``id`` names it.
    """

    id: str
    first: int
    last: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One line of a comparison: its number in the text before and after (None where it is not in it)."""

    kind: Literal["kept", "struck", "added"]
    before: int | None
    after: int | None
    text: str


class OutsideText(Exception):
    """An amendment to lines that the text has not."""

    def __init__(self, amendment: Amendment, lines: int) -> None:
        super().__init__(
            f"amendment {amendment.id} changes lines {amendment.first} to {amendment.last}, but the text has {lines} "
            f"lines: choose first from 1 to {lines + 1} and last from first - 1 to {lines}"
        )
        self.amendment = amendment
        self.lines = lines


class AmendmentsConflict(Exception):
    """Two amendments to the same lines; only one of them can be carried."""

    def __init__(self, first: Amendment, second: Amendment) -> None:
        super().__init__(
            f"amendments {first.id} (lines {first.first} to {first.last}) and {second.id} (lines {second.first} to "
            f"{second.last}) change the same place: carry one of them"
        )
        self.first = first
        self.second = second


def check_amendment(text: str, amendment: Amendment) -> None:
    """Refuse an amendment to lines that the text has not.

    Raises:
        OutsideText: the lines do not exist.
    """
    lines = text.count("\n") + 1
    fits = 1 <= amendment.first <= lines + 1 and amendment.first - 1 <= amendment.last <= lines
    if not fits:
        raise OutsideText(amendment, lines)


def is_conflict(one: Amendment, other: Amendment) -> bool:
    """Say whether two amendments change the same place: a line in common, or insertions at one place or inside."""
    early, late = sorted((one, other), key=lambda a: (a.first, a.last))
    inserts = late.last < late.first
    same_place = early.first == late.first and (early.last < early.first) == inserts
    return same_place or late.first <= early.last


def find_conflict(amendments: Sequence[Amendment]) -> tuple[Amendment, Amendment] | None:
    """Return the first two amendments, in the order given, that change the same place, if any do."""
    for place, one in enumerate(amendments):
        for other in amendments[place + 1 :]:
            if is_conflict(one, other):
                return one, other
    return None


def amended(text: str, amendments: Sequence[Amendment]) -> str:
    """Return the text with all these amendments, each of which names lines of the text as it stands before any.

    Raises:
        OutsideText: lines that the text has not.
        AmendmentsConflict: two amendments to the same place.
    """
    for amendment in amendments:
        check_amendment(text, amendment)
    conflict = find_conflict(amendments)
    if conflict is not None:
        raise AmendmentsConflict(*conflict)
    lines = text.split("\n")
    # From the end, so that the numbers of earlier lines still hold; an insertion lies before the line it names.
    for amendment in sorted(amendments, key=lambda a: (a.first, a.last), reverse=True):
        lines[amendment.first - 1 : amendment.last] = amendment.lines
    return "\n".join(lines)


def diff(before: str, after: str) -> tuple[DiffLine, ...]:
    """Return the whole text before and after, line by line, what is struck ahead of what is added."""
    old, new = before.split("\n"), after.split("\n")
    lines: list[DiffLine] = []
    for tag, i, i_end, j, j_end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            lines += [DiffLine("kept", i + k + 1, j + k + 1, old[i + k]) for k in range(i_end - i)]
            continue
        lines += [DiffLine("struck", k + 1, None, old[k]) for k in range(i, i_end)]
        lines += [DiffLine("added", None, k + 1, new[k]) for k in range(j, j_end)]
    return tuple(lines)


def distance(text: str, amendment: Amendment) -> int:
    """Return how far an amendment leads from the text: lines struck and lines added."""
    return sum(line.kind != "kept" for line in diff(text, amended(text, [amendment])))


def voting_order(
    text: str, amendments: Sequence[Amendment], order: Literal["furthest_first", "as_moved"]
) -> tuple[Amendment, ...]:
    """Return the amendments in the order in which they are voted; equally far ones as they were moved.

    Args:
        amendments: in the order in which they were moved.
        order: as the charter says.
    """
    if order == "as_moved":
        return tuple(amendments)
    return tuple(sorted(amendments, key=lambda amendment: -distance(text, amendment)))


def fallen(carried: Amendment, waiting: Sequence[Amendment]) -> tuple[Amendment, ...]:
    """Return which of the amendments still to be voted fall because the one that was carried changed their place."""
    return tuple(amendment for amendment in waiting if is_conflict(carried, amendment))
