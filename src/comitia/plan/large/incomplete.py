"""Incomplete triangular factors of the pivot columns, small entries dropped (Saad's ILUT, column by column).

The rows are scaled so that every pivot is 1; production networks then lose little by dropping: what a product uses of
another, and that of a third, dies away.
"""

import heapq
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from comitia.plan.large.kernels import Counts, Indices, Vector

# What a pivot may shrink to before it is held.
SMALLEST = 1e-3


class Factors(NamedTuple):
    """Lower and upper factors by columns, in the order of elimination; ``row`` is the row that stands at each place."""

    row: NDArray[np.int64]
    scale: Vector
    pivot: Vector
    lower: tuple[Counts, Indices, Vector]
    upper: tuple[Counts, Indices, Vector]


@njit(cache=True)
def order(starts: Counts, index: Indices) -> NDArray[np.int64]:
    """Return the order of elimination: what has nobody else in its row or column first, then the least used first.

    Args:
        starts: of each pivot's column.
        index: rows of the entries, the pivot's own left out.
    """
    n = len(starts) - 1
    in_row = np.zeros(n, np.int64)
    in_column = np.zeros(n, np.int64)
    for i in range(n):
        in_column[i] = np.int64(starts[i + 1] - starts[i])
        for k in range(starts[i], starts[i + 1]):
            in_row[index[k]] += 1
    by_row_starts = np.zeros(n + 1, np.int64)
    for i in range(n):
        by_row_starts[i + 1] = by_row_starts[i] + in_row[i]
    fill = by_row_starts.copy()
    by_row = np.empty(len(index), np.int64)
    for i in range(n):
        for k in range(starts[i], starts[i + 1]):
            by_row[fill[index[k]]] = i
            fill[index[k]] += 1
    used = in_row.copy()
    found = np.empty(n, np.int64)
    done = np.zeros(n, np.bool_)
    last = 0
    for i in range(n):
        if in_row[i] == 0 or in_column[i] == 0:
            found[last] = i
            done[i] = True
            last += 1
    at = 0
    while at < last:
        i = found[at]
        at += 1
        for k in range(starts[i], starts[i + 1]):
            r = np.int64(index[k])
            in_row[r] -= 1
            if in_row[r] == 0 and not done[r]:
                found[last] = r
                done[r] = True
                last += 1
        for q in range(by_row_starts[i], by_row_starts[i + 1]):
            c = by_row[q]
            in_column[c] -= 1
            if in_column[c] == 0 and not done[c]:
                found[last] = c
                done[c] = True
                last += 1
    rest = np.flatnonzero(~done)
    found[last:] = rest[np.argsort(in_row[rest] * (1.0 + 1e-9 * used[rest]), kind="mergesort")]
    return found


@njit(cache=True)
def factor(columns, drop, room):  # type: ignore[no-untyped-def]
    """Return the incomplete factors of columns in their order of elimination, the pivots 1; None when out of room.

    One long loop, because the column being worked on lives in its variables.

    Args:
        columns: starts, places and values of the entries of each column, the pivots left out.
        drop: entries below it are left out.
        room: how many entries each factor may have.
    """
    starts, index, value = columns
    n = len(starts) - 1
    ls, us = np.zeros(n + 1, np.uint64), np.zeros(n + 1, np.uint64)
    li, ui = np.empty(room, np.uint32), np.empty(room, np.uint32)
    lv, uv = np.empty(room), np.empty(room)
    pivot = np.ones(n)
    work = np.zeros(n)
    here = np.zeros(n, np.bool_)
    below = np.empty(n, np.int64)
    a, b = 0, 0
    heap = [np.int64(0)]
    for j in range(n):
        heap.clear()
        count = 0
        work[j] = 1.0
        here[j] = True
        for k in range(starts[j], starts[j + 1]):
            i = np.int64(index[k])
            work[i] = value[k]
            here[i] = True
            if i < j:
                heapq.heappush(heap, i)
            else:
                below[count] = i
                count += 1
        while len(heap):
            p = heapq.heappop(heap)
            x = work[p]
            work[p] = 0.0
            here[p] = False
            if abs(x) < drop:
                continue
            if b == room:
                return None
            ui[b], uv[b] = p, x
            b += 1
            for k in range(ls[p], ls[p + 1]):
                i = np.int64(li[k])
                if not here[i]:
                    here[i] = True
                    work[i] = 0.0
                    if i < j:
                        heapq.heappush(heap, i)
                    else:
                        below[count] = i
                        count += 1
                work[i] -= lv[k] * x
        d = work[j]
        if abs(d) < SMALLEST:
            d = SMALLEST if d >= 0 else -SMALLEST
        pivot[j] = d
        work[j] = 0.0
        here[j] = False
        for q in range(count):
            i = below[q]
            x = work[i] / d
            work[i] = 0.0
            here[i] = False
            if abs(x) >= drop:
                if a == room:
                    return None
                li[a], lv[a] = i, x
                a += 1
        ls[j + 1], us[j + 1] = a, b
    return pivot, (ls, li[:a].copy(), lv[:a].copy()), (us, ui[:b].copy(), uv[:b].copy())


@njit(cache=True)
def precondition(f: Factors, r: Vector, out: Vector) -> None:
    """Write the solution of (B B') out = r, B the pivot columns, as far as their incomplete factors know it."""
    n = len(f.row)
    x = np.empty(n)
    ls, li, lv = f.lower
    us, ui, uv = f.upper
    for p in range(n):
        x[p] = r[f.row[p]] * f.scale[f.row[p]]
    for p in range(n):
        a = x[p]
        if a != 0.0:
            for k in range(ls[p], ls[p + 1]):
                x[li[k]] -= lv[k] * a
    for p in range(n - 1, -1, -1):
        a = x[p] / f.pivot[p]
        x[p] = a
        for k in range(us[p], us[p + 1]):
            x[ui[k]] -= uv[k] * a
    for p in range(n):
        a = x[p]
        for k in range(us[p], us[p + 1]):
            a -= uv[k] * x[ui[k]]
        x[p] = a / f.pivot[p]
    for p in range(n - 1, -1, -1):
        a = x[p]
        for k in range(ls[p], ls[p + 1]):
            a -= lv[k] * x[li[k]]
        x[p] = a
    for p in range(n):
        out[f.row[p]] = x[p] * f.scale[f.row[p]]
