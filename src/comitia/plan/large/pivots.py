"""A pivot for every row: the columns whose product of sizes is largest, by shortest augmenting paths.

Method: I. S. Duff, J. Koster, On algorithms for permuting large entries to the diagonal of a sparse matrix (2001), on
the matrix weighted by the interior point; each row may also take its own slack. Most products take the technique that
they make at the margin; a bottleneck, whose own techniques all stand at their limits, takes a user of it that has
a second technique.

Notation: u, v the duals of rows and columns, v <= 0; costs are minus the logarithms of sizes.
"""

import heapq

import numpy as np
from numba import njit
from numpy.typing import NDArray

from comitia.plan.large.kernels import Counts, Indices, Vector

Chosen = NDArray[np.int64]
NONE = -1


@njit(cache=True)
def choose(starts: Counts, index: Indices, size: Vector, weights: tuple[Vector, Vector]) -> Chosen:
    """Return the column chosen for each row; column count + row stands for the row's own slack.

    Args:
        starts: of each row, (rows + 1,).
        index: columns of the entries.
        size: logarithms of the entries' sizes.
        weights: logarithms of the weights of columns, (columns,), and of the slacks, (rows,).
    """
    column_weight, slack_weight = weights
    rows, columns = len(slack_weight), len(column_weight)
    chosen = np.full(rows, NONE, np.int64)
    taken = np.full(columns + rows, NONE, np.int64)
    u = np.empty(rows)
    v = np.zeros(columns + rows)
    for i in range(rows):
        best, at = -slack_weight[i], np.int64(columns + i)
        for k in range(starts[i], starts[i + 1]):
            cost = -size[k] - column_weight[index[k]]
            if cost < best:
                best, at = cost, np.int64(index[k])
        u[i] = best
        if taken[at] == NONE:
            taken[at] = i
            chosen[i] = at
    nearest = np.full(columns + rows, np.inf)
    before = np.full(columns + rows, NONE, np.int64)
    for first in range(rows):
        if chosen[first] == NONE:
            _augment(first, (starts, index, size), weights, (u, v), (chosen, taken, nearest, before))
    return chosen


@njit(cache=True)
def _augment(first, matrix, weights, duals, state):  # type: ignore[no-untyped-def]
    """Find the cheapest way to give a row a column, others moving on to other columns, and go it."""
    starts, index, size = matrix
    column_weight, slack_weight = weights
    u, v = duals
    chosen, taken, nearest, before = state
    columns = len(column_weight)
    heap = [(np.inf, np.int64(NONE))]
    touched = [np.int64(NONE)]
    scanned = [np.int64(NONE)]
    end, least = np.int64(NONE), np.inf
    i, here = np.int64(first), 0.0
    while True:
        for k in range(starts[i], starts[i + 1] + np.uint64(1)):
            if k < starts[i + 1]:
                j = np.int64(index[k])
                cost = -size[k] - column_weight[j]
            else:
                j = columns + i
                cost = -slack_weight[i]
            there = here + max(cost - u[i] - v[j], 0.0)
            if there >= least or there >= nearest[j]:
                continue
            if nearest[j] == np.inf:
                touched.append(j)
            nearest[j] = there
            before[j] = i
            if taken[j] == NONE:
                least, end = there, j
            else:
                heapq.heappush(heap, (there, j))
        here, j = heapq.heappop(heap)
        while j != NONE and here > nearest[j]:
            here, j = heapq.heappop(heap)
        if j == NONE or here >= least:
            break
        scanned.append(j)
        i = taken[j]
    u[first] += least
    for at in range(1, len(scanned)):
        j = scanned[at]
        v[j] -= least - nearest[j]
        u[taken[j]] += least - nearest[j]
    j = end
    while True:
        i = before[j]
        j, chosen[i] = chosen[i], j
        taken[chosen[i]] = i
        if i == first:
            break
    for at in range(1, len(touched)):
        nearest[touched[at]] = np.inf
