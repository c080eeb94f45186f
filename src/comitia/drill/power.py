"""A priori power in weighted voting, exactly: Banzhaf and Shapley-Shubik by counting coalitions.

Notation: n members with weights w_i, quota q; a coalition wins when its weight is at least q. A swing of i is a winning
coalition that loses without i. Banzhaf (1965) shares the swings, and as an absolute index divides them by 2^(n-1);
Shapley and Shubik (1954) count orders: the share of orders in which i turns losing into winning. Coleman (1971) calls
the share of winning coalitions the power of a body to act. Counting is by generating functions: c[s, x] is the number
of coalitions of s members with weight x.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import factorial

import numpy as np
from numpy.typing import NDArray

_LARGEST = 200_000_000
"""Steps of the count beyond which it is refused: minutes, not seconds."""


class TooLarge(Exception):
    """The exact count would take too many steps."""

    def __init__(self, members: int, quota: int) -> None:
        self.members, self.quota = members, quota
        super().__init__(
            f"{members} members with a quota of {quota} are too many steps to count exactly; "
            "divide quota and weights by what they have in common, or round them"
        )


class WrongWeights(Exception):
    """Weights or a quota with which nobody votes."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"{reason}; give a quota above 0 and at least one weight, none below 0")


@dataclass(frozen=True, slots=True)
class MemberPower:
    """The power of one member: her swings, and the indices that share them out."""

    swings: int
    banzhaf: Fraction
    banzhaf_absolute: Fraction
    shapley_shubik: Fraction


@dataclass(frozen=True, slots=True)
class Power:
    """The power in a weighted vote.

    Attributes:
        winning: how many of the 2^n coalitions win.
        act: their share.
        members: in the order of the weights.
    """

    winning: int
    act: Fraction
    members: tuple[MemberPower, ...]


def power(weights: tuple[int, ...], quota: int) -> Power:
    """Return the exact power of every member of a weighted vote.

    Raises:
        WrongWeights: no member, a weight below 0, or a quota of 0 or less.
        TooLarge: the count would take too many steps.
    """
    if not weights or min(weights) < 0 or quota <= 0:
        raise WrongWeights(f"the quota is {quota} and the weights are {', '.join(map(str, weights)) or 'none'}")
    n = len(weights)
    if len(set(weights)) * n * n * quota > _LARGEST:
        raise TooLarge(n, quota)
    # Members of equal weight have equal power: count once for each weight.
    by_size = {weight: _swings_by_size(weights, weight, quota=quota) for weight in set(weights)}
    swings = {weight: sum(sizes) for weight, sizes in by_size.items()}
    total = sum(swings[weight] for weight in weights)
    losing = sum(int(x) for x in _count(weights, quota).sum(axis=0))
    orders = {weight: _orders(sizes, n) for weight, sizes in by_size.items()}
    return Power(
        winning=2**n - losing,
        act=Fraction(2**n - losing, 2**n),
        members=tuple(
            MemberPower(
                swings=swings[weight],
                banzhaf=Fraction(swings[weight], total) if total else Fraction(0),
                banzhaf_absolute=Fraction(swings[weight], 2 ** (n - 1)),
                shapley_shubik=orders[weight],
            )
            for weight in weights
        ),
    )


def _count(weights: tuple[int, ...], quota: int) -> NDArray[np.generic]:
    """Return the number of coalitions by size and weight, weights below the quota only: (members + 1, quota)."""
    n = len(weights)
    # 2^62 coalitions fit into 64 bits; beyond that Python's own whole numbers count.
    counts = np.zeros((n + 1, quota), dtype=np.int64 if n <= 62 else object)
    counts[0, 0] = 1
    for weight in weights:
        if weight < quota:
            counts[1:, weight:] += counts[:-1, : quota - weight].copy()
    return counts


def _swings_by_size(weights: tuple[int, ...], weight: int, *, quota: int) -> list[int]:
    """Return, by the number of the others, how many losing coalitions of others a member of this weight makes win."""
    place = weights.index(weight)
    others = _count(weights[:place] + weights[place + 1 :], quota)
    return [int(row.sum()) for row in others[:, max(0, quota - weight) :]] if weight else [0] * len(weights)


def _orders(swings_by_size: list[int], n: int) -> Fraction:
    """Return the share of the n! orders in which a member with these swings is the one who turns the vote."""
    turning = sum(count * factorial(size) * factorial(n - size - 1) for size, count in enumerate(swings_by_size))
    return Fraction(turning, factorial(n))
