"""Marks on a ballot paper that are no plain ranking, and how whoever reads the file says that they are to be read.

A paper may skip a rank, rank one candidate twice, or give one rank to several candidates. Statutes differ on what then
counts, and the difference can seat somebody else; so a reader of ballot files never chooses for itself. Each of the
three is either refused, with the line, or read by name:

    skip      the rank is passed over and the paper goes on (a repeated candidate counts where she is first named)
    stop      the paper counts up to there and is exhausted then
    spoilt    the whole paper is set apart and counted as spoilt
    equal     (several candidates at one rank) they are ranked equally, for rules that take equal ranks
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from comitia.decide import profile as profiles

Policy = Literal["skip", "stop", "spoilt"]
EqualPolicy = Literal["skip", "stop", "spoilt", "equal"]


@dataclass(frozen=True, slots=True)
class Reading:
    """How marks are read that are no plain ranking; None refuses them.

    Attributes:
        skipped: a rank without a mark, followed by one with a mark.
        repeated: a candidate named again.
        overvoted: several candidates at one rank.
    """

    skipped: Policy | None = None
    repeated: Policy | None = None
    overvoted: EqualPolicy | None = None

    def or_equal(self) -> "Reading":
        """Return this reading for a format that has a sign for equal ranks: they are read as it says."""
        return replace(self, overvoted=self.overvoted or "equal")


STRICT = Reading()


class MarksUnread(Exception):
    """Marks for which no reading was named: ``mark`` says which, ``choices`` how they may be read."""

    def __init__(self, mark: Literal["skipped", "repeated", "overvoted"], rank: int) -> None:
        said = {
            "skipped": f"rank {rank} is skipped",
            "repeated": f"rank {rank} names a candidate again",
            "overvoted": f"rank {rank} names several candidates",
        }[mark]
        choices = "skip, stop, spoilt" + (" or equal" if mark == "overvoted" else "")
        super().__init__(f"{said}; say how that is to be read: {mark} = {choices}")
        self.mark = mark
        self.rank = rank
        self.choices = choices


def ranks(marked: Sequence[Sequence[int]], reading: Reading) -> profiles.Ranks | None:
    """Return what a paper ranks, from the first preference on; None if it is spoilt.

    Args:
        marked: the candidates marked at each rank from the first on, by position; none where the rank is skipped.

    Raises:
        MarksUnread: marks for which the reading names nothing.
    """
    last = max((rank for rank, named in enumerate(marked, start=1) if named), default=0)
    found: list[tuple[int, ...]] = []
    seen: set[int] = set()
    for rank, named in enumerate(marked[:last], start=1):
        left = [candidate for candidate in dict.fromkeys(named) if candidate not in seen]
        policy: EqualPolicy | None = "equal"
        if not named:
            policy = _policy("skipped", reading.skipped, rank)
        elif len(left) < len(named):
            policy = _policy("repeated", reading.repeated, rank)
        if policy in ("skip", "equal") and len(left) > 1:
            policy = _policy("overvoted", reading.overvoted, rank)
            left = left if policy == "equal" else []
        if policy == "spoilt":
            return None
        if policy == "stop":
            break
        if left:
            found.append(tuple(left))
            seen.update(left)
    return tuple(found)


def _policy(mark: Literal["skipped", "repeated", "overvoted"], named: EqualPolicy | None, rank: int) -> EqualPolicy:
    if named is None:
        raise MarksUnread(mark, rank)
    return named
