"""Activities that make one product each, gathered by what they make, and Gauss-Seidel sweeps over them.

Each sweep is cut into parts of the products, one for each core. A part sees its own figures change at once and those of
the others after the sweep, so that every machine counts alike.
"""

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from comitia.plan.large import kernels
from comitia.plan.large.kernels import PARTS, WORTH_A_THREAD, Counts, Indices, Vector
from comitia.plan.large.programme import Programme

Places = NDArray[np.int64]
Part = tuple[int, int]
NONE = -1
# Roundings of a term: in both figures, and in the sum.
FLOATS = 4 * 2.0**-53


class Techniques(NamedTuple):
    """Activities by the product that they make, per unit made.

    ``of`` (products + 1,) is where the techniques of each product begin, ``column`` their columns in the programme,
    ``made`` what one run makes, ``direct`` the cost of a unit; ``starts``, ``at`` and ``used`` what a unit uses up.
    """

    of: Counts
    column: Places
    made: Vector
    direct: Vector
    starts: Counts
    at: Indices
    used: Vector

    @property
    def parts(self) -> list[tuple[int, int]]:
        """The products of each core, first and last but one."""
        products = len(self.of) - 1
        count = PARTS if len(self.used) >= WORTH_A_THREAD else 1
        cuts = [products * k // count for k in range(count + 1)]
        return list(pairwise(cuts))


class Unmet(NamedTuple):
    """Columns that only help one product: their numbers, the products, and how much each unit helps."""

    column: Places
    product: Places
    helps: Vector


def gathered(of: Programme) -> tuple[Techniques, Unmet]:
    """Return the techniques of a programme, and the needs that may go unmet."""
    columns = of.matrix.tocsc()
    starts = columns.indptr.astype(np.uint64)
    matrix = (starts, columns.indices.astype(np.uint32), columns.data)
    makes, active, helps = _classified(matrix, of.upper, of.products)
    found = Techniques(*_gathered(matrix, of.cost, np.where(active, makes, NONE), of.products))
    unmet = np.flatnonzero((makes != NONE) & ~active)
    return found, Unmet(unmet, makes[unmet], helps[unmet])


def choose(of: Techniques, price: Vector, best: Places) -> float:
    """Write each product's cheapest technique and its price; return the largest relative move of a price."""
    return _swept(of, price, lambda p, part: _choose(of, p, best, part))


def sweep(of: Techniques, price: Vector, best: Places) -> float:
    """Write prices by the techniques chosen; return the largest relative move of a price."""
    return _swept(of, price, lambda p, part: _sweep(of, p, best, part))


def too_dear(of: Techniques, price: Vector) -> float:
    """Return by which share all prices must fall so that no technique surely costs less than what it makes."""
    return max(kernels.together([partial(_too_dear, of, price, part) for part in of.parts]))


def push(of: Techniques, best: Places, output: Vector, asked: list[Vector]) -> None:
    """Make what is asked for, and ask for what that uses up.

    Args:
        of: the techniques.
        best: the one chosen for each product.
        output: of each product so far; added to.
        asked: what is asked for, one vector for each part: of its own products, at the end of others.
    """
    parts = of.parts
    kernels.together([partial(_push, of, best, (output, asked[k]), parts[k]) for k in range(len(parts))])
    for k, (first, last) in enumerate(parts):
        for other in range(len(parts)):
            if other != k:
                asked[k][first:last] += asked[other][first:last]
                asked[other][first:last] = 0.0


def _swept(of: Techniques, price: Vector, work: Callable[[Vector, Part], float]) -> float:
    parts = of.parts
    own = [price] + [price.copy() for _ in parts[1:]]
    moved = kernels.together([partial(work, own[k], parts[k]) for k in range(len(parts))])
    for mine, (first, last) in zip(own[1:], parts[1:], strict=True):
        price[first:last] = mine[first:last]
    return max(moved)


@njit(cache=True)
def _classified(matrix, upper, products):  # type: ignore[no-untyped-def]
    """Return the product that each column alone makes (-1: none, or several), if it is an activity, what it makes."""
    starts, at, value = matrix
    n = len(upper)
    makes = np.full(n, NONE, np.int64)
    active = np.isinf(upper)
    made = np.zeros(n)
    for j in range(n):
        count = 0
        for k in range(starts[j], starts[j + 1]):
            if value[k] > 0:
                count += 1
                makes[j], made[j] = at[k], value[k]
            elif value[k] < 0:
                active[j] = True
        if count != 1 or makes[j] >= products or upper[j] <= 0:
            makes[j] = NONE
    return makes, active, made


@njit(cache=True)
def _gathered(matrix, cost, makes, products):  # type: ignore[no-untyped-def]
    starts, at, value = matrix
    of = np.zeros(products + 1, np.uint64)
    size = 0
    for j in range(len(makes)):
        if makes[j] != NONE:
            of[makes[j] + 1] += 1
            size += starts[j + 1] - starts[j]
    for i in range(products):
        of[i + 1] += of[i]
    count = np.int64(of[products])
    fill = of.copy()
    column = np.empty(count, np.int64)
    for j in range(len(makes)):
        if makes[j] != NONE:
            column[fill[makes[j]]] = j
            fill[makes[j]] += 1
    made, direct = np.empty(count), np.empty(count)
    first = np.zeros(count + 1, np.uint64)
    index, used = np.empty(size, np.uint32), np.empty(size)
    size = 0
    for t in range(count):
        j = column[t]
        for k in range(starts[j], starts[j + 1]):
            if value[k] > 0:
                made[t] = value[k]
        direct[t] = cost[j] / made[t]
        for k in range(starts[j], starts[j + 1]):
            if value[k] < 0 and at[k] < products:
                index[size] = at[k]
                used[size] = -value[k] / made[t]
                size += 1
        first[t + 1] = size
    return of, column, made, direct, first, index[:size].copy(), used[:size].copy()


@njit(nogil=True, cache=True)
def _spent(of, p, t):  # type: ignore[no-untyped-def]
    total = of.direct[t]
    for k in range(of.starts[t], of.starts[t + 1]):
        total += of.used[k] * p[of.at[k]]
    return total


@njit(nogil=True, cache=True)
def _choose(of: Techniques, p: Vector, best: Places, part: Part) -> float:
    most = 0.0
    for i in range(part[0], part[1]):
        least = np.inf
        for t in range(of.of[i], of.of[i + 1]):
            spent = _spent(of, p, t)
            if spent < least:
                least = spent
                best[i] = t
        if least < np.inf and least > 0.0:
            most = max(most, abs(least - p[i]) / least)
        p[i] = least
    return most


@njit(nogil=True, cache=True)
def _sweep(of: Techniques, p: Vector, best: Places, part: Part) -> float:
    most = 0.0
    for i in range(part[0], part[1]):
        if best[i] != NONE:
            spent = _spent(of, p, np.uint64(best[i]))
            if spent < np.inf and spent > 0.0:
                most = max(most, abs(spent - p[i]) / spent)
            p[i] = spent
    return most


@njit(nogil=True, cache=True)
def _too_dear(of: Techniques, p: Vector, part: Part) -> float:
    most = 0.0
    for i in range(part[0], part[1]):
        for t in range(of.of[i], of.of[i + 1]):
            spent = _spent(of, p, t)
            if spent < np.inf:
                over = p[i] - spent + FLOATS * (of.starts[t + 1] - of.starts[t] + 8.0) * (p[i] + spent)
                if over > 0.0:
                    most = max(most, over / (over + of.direct[t]))
    return most


@njit(nogil=True, cache=True)
def _push(of: Techniques, best: Places, plan: tuple[Vector, Vector], part: Part) -> None:
    output, asked = plan
    for i in range(part[0], part[1]):
        more = asked[i]
        if more != 0.0 and best[i] != NONE:
            asked[i] = 0.0
            output[i] += more
            t = best[i]
            for k in range(of.starts[t], of.starts[t + 1]):
                asked[of.at[k]] += of.used[k] * more
