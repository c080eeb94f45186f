"""Swings alone, exactly, for a vote of many members: the Banzhaf index without the orders of Shapley and Shubik.

Notation: c(x) is how many coalitions have weight x, C(q) how many weigh less than q. The product of (1 + z^w) over all
members is kept as one whole number, with n + 1 bits for each c(x): adding a member is one shift and one addition, and
nothing can overflow. Without member i those below q are

    C_i(q) = C(q) - C(q-w) + C(q-2w) - ...,    swings = C_i(q) - C_i(q-w) = 2 C_i(q) - C(q)

A game and its dual (quota W - q + 1, W the sum of all weights) have the same swings; the lower quota is counted.
"""

from dataclasses import dataclass
from itertools import accumulate

from comitia.drill import game as games


@dataclass(frozen=True, slots=True)
class Counted:
    """How many coalitions win, and each member's swings in the order of the weights."""

    winning: int
    swings: tuple[int, ...]


def count(weights: tuple[int, ...], quota: int) -> Counted:
    """Return the winning coalitions and the swings of a vote with one quota.

    Raises:
        WrongWeights: no member, a weight below 0, or a quota of 0 or less.
    """
    games.weighted(weights, quota)
    n, total = len(weights), sum(weights)
    if quota > total:
        return Counted(0, (0,) * n)
    lower = min(quota, total - quota + 1)
    below = [0, *accumulate(_coefficients(weights, lower))]
    swings = {weight: _swings(below, weight) for weight in set(weights)}
    winning = 2**n - below[lower] if lower == quota else below[lower]
    return Counted(winning, tuple(swings[weight] for weight in weights))


def _coefficients(weights: tuple[int, ...], quota: int) -> list[int]:
    """Return how many coalitions have each weight below the quota."""
    octets = len(weights) // 8 + 1
    packed, reached = 1, 0
    every = (1 << 8 * octets * quota) - 1
    for weight in sorted(weights):
        reached += weight
        packed += packed << 8 * octets * weight
        if reached >= quota:
            packed &= every
    octet = packed.to_bytes(octets * quota, "little")
    return [int.from_bytes(octet[at : at + octets], "little") for at in range(0, len(octet), octets)]


def _swings(below: list[int], weight: int) -> int:
    if not weight:
        return 0
    reached = below[::-1][::weight]
    return 2 * (sum(reached[::2]) - sum(reached[1::2])) - below[-1]
