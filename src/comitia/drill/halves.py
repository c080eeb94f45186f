"""Swings of a small game with any weights, exactly: every coalition of one half met with all of the other half at once.

Source: Horowitz and Sahni (1974) for knapsacks; here for counting. 2^(n/2) coalitions on each side; those of one side
are grouped by their number and by all sums but one, and sorted by that one, so that each coalition of the other side
finds by bisection how many of a group complete it. Counts stay below 2^53, where floating point is exact.
"""

from math import prod

import numpy as np
from numpy.typing import NDArray

from comitia.drill.game import Way

Matrix = NDArray[np.int64]

MOST_MEMBERS = 40


def steps(way: Way) -> int:
    """Return about how many bisections a way takes."""
    members = len(way[0].weights)
    half = 1 << (members + 1) // 2
    sums = sorted(min(sum(t.weights) // 2 + 1, half) for t in way if len(set(t.weights)) > 1)
    groups: int = (members // 2 + 1) * prod(sums[:-1])
    return 2 * half * min(groups, half)


def swings(way: Way) -> tuple[int, list[list[int]]]:
    """Return the winning coalitions of joint thresholds, and every member's swings by the number of the others."""
    weights = np.array([[*(t.weights[i] for t in way), 1] for i in range(len(way[0].weights))], dtype=np.int64)
    quotas = np.array([t.quota for t in way], dtype=np.int64)
    n = len(weights)
    left, right = _sums(weights[: n // 2]), _sums(weights[n // 2 :])
    from_left, from_right = _completions(left, right, quotas), _completions(right, left, quotas)
    with_member = np.concatenate([_by_member(left, from_left), _by_member(right, from_right)])
    winning = _by_sizes(left, from_left)
    by_size = [
        [int(inside[s + 1] - (winning[s] - inside[s])) for s in range(n)] for inside in with_member.astype(np.int64)
    ]
    return int(winning.sum()), by_size


def _sums(weights: Matrix) -> Matrix:
    """Return the sums of all coalitions, by the bits of their row: (2^h, thresholds and number)."""
    sums = np.zeros((1, weights.shape[1]), dtype=np.int64)
    for one in weights:
        sums = np.concatenate([sums, sums + one])
    return sums


def _completions(left: Matrix, right: Matrix, quotas: Matrix) -> NDArray[np.float64]:
    """Return how many coalitions of the right side, by their number, make each of the left side win."""
    # The sum with the most different values is bisected; a sum that is the number itself needs no group of its own.
    finest = int(np.argmax([len(np.unique(right[:, at])) for at in range(len(quotas))]))
    others = [at for at in range(len(quotas)) if at != finest]
    keys = right[:, [-1, *(at for at in others if not np.array_equal(right[:, at], right[:, -1]))]]
    order = np.lexsort((right[:, finest], *keys.T))
    ordered = right[order]
    starts = np.flatnonzero(np.r_[True, np.any(np.diff(keys[order], axis=0), axis=1)])
    found = np.zeros((len(left), int(right[:, -1].max()) + 1))
    asked = np.argsort(left[:, finest])
    wanted, reached = quotas[finest] - left[asked, finest], left[asked][:, others]
    values = ordered[:, finest].copy()
    for start, end in zip(starts, [*starts[1:], len(ordered)], strict=True):
        group = ordered[start]
        meets = np.flatnonzero(np.all(reached >= quotas[others] - group[others], axis=1)) if others else slice(None)
        found[asked[meets], group[-1]] += (end - start) - np.searchsorted(values[start:end], wanted[meets])
    return found


def _by_sizes(left: Matrix, completions: NDArray[np.float64]) -> Matrix:
    """Return the winning coalitions by the number of their members."""
    sizes = np.zeros(int(left[:, -1].max()) + completions.shape[1], dtype=np.int64)
    for size in range(int(left[:, -1].max()) + 1):
        sizes[size : size + completions.shape[1]] += completions[left[:, -1] == size].sum(axis=0).astype(np.int64)
    return sizes


def _by_member(left: Matrix, completions: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return for each member of the left side the winning coalitions with her, by the number of their members."""
    members = int(left[:, -1].max())
    bits = (np.arange(len(left))[:, None] >> np.arange(members) & 1).astype(np.float64)
    found = np.zeros((members, members + completions.shape[1]))
    for size in range(members + 1):
        here = left[:, -1] == size
        found[:, size : size + completions.shape[1]] += bits[here].T @ completions[here]
    return found
