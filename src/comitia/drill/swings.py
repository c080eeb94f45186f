"""Swings counted exactly: how many coalitions of the others, by their number, one member makes win.

Three ways of counting, all in whole numbers; the third is ``halves.py``:

- ``by_kinds``: members with equal weights are interchangeable; a coalition is how many of each kind it holds, and
  stands for a product of binomials. For games with few different weights, of however many members.
- ``by_sums``: a table c[s, x...] of how many coalitions of s members have these sums, sums beyond a quota counted as
  the quota. Let G(s, q) be how many coalitions of s members reach all quotas q. Without member i they are

      G_i(s, q) = G(s, q) - G(s-1, q-w) + G(s-2, q-2w) - ...

  since a coalition of s that reaches q either leaves i out, or is i and s-1 others that reach q - w. So one table
  answers for every member.

The table is kept as residues: modulo 2^64, where numpy's whole numbers wrap round by themselves, and beyond 63 members
modulo primes below 2^61 too, put together by the Chinese remainder theorem. Nothing overflows unseen.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import prod

import numpy as np
from numpy.typing import NDArray

from comitia.drill import game as games, halves
from comitia.drill.game import Game, Way

Weights = tuple[int, ...]
Whole = NDArray[np.uint64]

# The largest primes below 2^61.
_PRIMES = tuple(2**61 - c for c in (1, 31, 45, 229, 259, 283, 339, 391, 403, 465, 531, 579, 675, 759, 799, 819, 829))
_WRAP = 2**64

MOST_MEMBERS = 60 * len(_PRIMES) + 62
"""Of a table: there are primes for no more."""


class TooLarge(Exception):
    """The exact count would take too many steps."""

    def __init__(self, members: int, steps: int) -> None:
        self.members, self.steps = members, steps
        super().__init__(
            f"{members} members and {steps:.1e} steps are too many to count exactly; divide quota and weights by what "
            "they have in common, or reckon in floating point"
        )


@dataclass(frozen=True, slots=True)
class Swings:
    """The winning coalitions of a game, and each kind of member's swings by the number of the others."""

    winning: int
    by_size: dict[Weights, list[int]]


def count(game: Game, *, most_steps: int) -> Swings:
    """Count in the quickest of the three ways.

    Raises:
        TooLarge: the quickest would take more than so many steps of the table.
    """
    n = game.members
    ways = [way for _, way in games.signed(game)]
    # Weighed against one step of the table: a coalition by kinds takes about 100, a bisection about 5.
    kinds = 100 * prod(number + 1 for number in games.alike(game).values())
    split = 5 * sum(halves.steps(way) for way in ways) if n <= halves.MOST_MEMBERS else most_steps + 1
    table = sum(prod(t.quota + 1 for t in way) for way in ways)
    sums = n * n * len(moduli(n)) * table if n <= MOST_MEMBERS else most_steps + 1
    fewest = min(kinds, split, sums)
    if fewest > most_steps or any(sum(t.weights) >= 2**62 for way in game.ways for t in way):
        raise TooLarge(n, fewest)
    if fewest == kinds:
        return by_kinds(game)
    return by_halves(game) if fewest == split else by_sums(game)


def by_kinds(game: Game) -> Swings:
    """Count by how many members of each kind a coalition holds."""
    kinds = games.alike(game)
    held = np.indices([number + 1 for number in kinds.values()])
    won = _won(game, list(kinds), held)
    ways = [_binomials(number) for number in kinds.values()]
    total: NDArray[np.object_] = won.astype(object)
    for binomials in reversed(ways):
        total = total @ binomials
    found: dict[Weights, list[int]] = {}
    for axis, (weights, number) in enumerate(kinds.items()):
        turned = np.argwhere(np.diff(won.astype(np.int8), axis=axis))
        others = list(ways)
        others[axis] = _binomials(number - 1)
        sizes = [0] * game.members
        for place in turned:
            sizes[int(place.sum())] += prod(row[k] for row, k in zip(others, place, strict=True))
        found[weights] = sizes
    return Swings(int(total), found)


def _binomials(n: int) -> NDArray[np.object_]:
    row = [1]
    for k in range(n):
        row.append(row[-1] * (n - k) // (k + 1))
    return np.array(row, dtype=object)


def _won(game: Game, kinds: list[Weights], held: NDArray[np.int64]) -> NDArray[np.bool_]:
    won = np.zeros(held.shape[1:], dtype=bool)
    at = 0
    for way in game.ways:
        all_met = np.ones_like(won)
        for threshold in way:
            all_met &= sum(weights[at] * number for weights, number in zip(kinds, held, strict=True)) >= threshold.quota
            at += 1
        won |= all_met
    return won


def by_sums(game: Game) -> Swings:
    """Count by the sums of weights."""
    return _by_parts(game, _joint)


def by_halves(game: Game) -> Swings:
    """Count each coalition of one half of the members against all of the other half."""
    return _by_parts(game, halves.swings)


def _by_parts(game: Game, swings_of: Callable[[Way], tuple[int, list[list[int]]]]) -> Swings:
    parts = [(factor, swings_of(way)) for factor, way in games.signed(game)]
    found: dict[Weights, list[int]] = {}
    for place, weights in enumerate(games.kinds(game)):
        if weights not in found:
            sizes = [(factor, swings[place]) for factor, (_, swings) in parts]
            found[weights] = [sum(f * row[s] for f, row in sizes) for s in range(game.members)]
    return Swings(sum(factor * winning for factor, (winning, _) in parts), found)


def _joint(way: Way) -> tuple[int, list[list[int]]]:
    """Return the winning coalitions of joint thresholds, and every member's swings by the number of the others."""
    weights = list(zip(*(threshold.weights for threshold in way), strict=True))
    quotas = tuple(threshold.quota for threshold in way)
    n = len(weights)
    reaching = [_reaching(weights, quotas, modulus) for modulus in moduli(n)]
    winning = sum(_whole([int(table[(s, *quotas)]) for table in reaching], n) for s in range(n + 1))
    by_weights = {w: _swings(reaching, quotas, w) for w in set(weights)}
    return winning, [by_weights[w] for w in weights]


def moduli(n: int) -> tuple[int, ...]:
    """Return moduli whose product is above 2^(n + 1): no count is as large."""
    extra = -(-max(0, n + 1 - 64) // 60)
    return (_WRAP, *_PRIMES[:extra])


def _reaching(weights: list[Weights], quotas: Weights, modulus: int) -> Whole:
    """Return how many coalitions of s members reach sums of at least x, by s and x, modulo ``modulus``."""
    counts = np.zeros((len(weights) + 1, *(quota + 1 for quota in quotas)), dtype=np.uint64)
    counts[(0,) * counts.ndim] = 1
    for done, one in enumerate(weights):
        before = counts[: done + 1].copy()
        # Sums beyond a quota count as the quota: the last places of each axis fall together.
        for axis, (weight, quota) in enumerate(zip(one, quotas, strict=True), start=1):
            before = _moved(before, axis, weight, quota, modulus)
        _add(counts[1 : done + 2], before, modulus)
    for axis in range(1, counts.ndim):
        counts = np.flip(_summed(np.flip(counts, axis), axis, modulus), axis)
    return counts


def _moved(counts: Whole, axis: int, weight: int, quota: int, modulus: int) -> Whole:
    if not weight:
        return counts
    along = np.moveaxis(counts, axis, 0)
    moved = np.zeros_like(along)
    weight = min(weight, quota)
    moved[weight:quota] = along[: quota - weight]
    beyond = along[quota - weight :]
    for row in beyond:
        _add(moved[quota], row, modulus)
    return np.moveaxis(moved, 0, axis)


def _summed(counts: Whole, axis: int, modulus: int) -> Whole:
    if modulus == _WRAP:
        return np.cumsum(counts, axis=axis, dtype=np.uint64)
    along = np.moveaxis(counts.copy(), axis, 0)
    for before, here in pairwise(along):
        _add(here, before, modulus)
    return np.moveaxis(along, 0, axis)


def _add(to: Whole, more: Whole, modulus: int) -> None:
    to += more
    if modulus != _WRAP:
        # Below the modulus, to - modulus wraps round to more than to: the smaller of the two is the residue.
        np.minimum(to, to - np.uint64(modulus), out=to)


def _swings(reaching: list[Whole], quotas: Weights, weights: Weights) -> list[int]:
    """Return the swings of a member with these weights by the number of the others: G_i(s, q - w) - G_i(s, q)."""
    n = len(reaching[0]) - 1
    points = [tuple(max(0, q - k * w) for q, w in zip(quotas, weights, strict=True)) for k in range(n + 1)]
    column = {
        point: [_whole([int(table[(s, *point)]) for table in reaching], n) for s in range(n)] for point in set(points)
    }
    reach = [column[point] for point in points]
    swings: list[int] = []
    for s in range(n):
        without = [(-1) ** k * reach[k][s - k] for k in range(s + 1)]
        lighter = [(-1) ** k * reach[k + 1][s - k] for k in range(s + 1)]
        swings.append(sum(lighter) - sum(without))
    return swings


def _whole(residues: list[int], n: int) -> int:
    """Return the number below 2^(n + 1) with these residues (Garner's way of putting residues together)."""
    number, product = residues[0], _WRAP
    for residue, prime in zip(residues[1:], moduli(n)[1:], strict=True):
        number += product * ((residue - number) * pow(product, -1, prime) % prime)
        product *= prime
    return number
