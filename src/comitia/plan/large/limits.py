"""Limits that the rows imply: what cannot run at all, and how far a variable without its own limit can go.

A row says that what it takes in is at most what its other side can bring: -a x <= sum of a U over what helps, less r.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from comitia.plan.large.programme import Programme, Vector

ROUNDS = 50
# Below this share of what turns over in a row, what a row leaves is the last digit of a subtraction.
NOTHING = 1e-13
# A price is raised by a little more than need be.
SURELY = 1 + 1e-9
LOOSE = 2.0


@dataclass(frozen=True)
class Reduced:
    """A programme of what is left to decide: the ``columns`` and ``rows`` of the whole that are kept.

    ``fixed`` is what the other columns are, 0 in those kept; ``upper`` the limits of all, their own or implied.
    ``tight`` are the rows that hold only when all that helps them is full, in the order in which they were found;
    ``spare`` is what each row can have to spare at most.
    """

    programme: Programme
    columns: NDArray[np.int64]
    rows: NDArray[np.int64]
    fixed: Vector
    upper: Vector
    tight: tuple[NDArray[np.int64], ...]
    spare: Vector


def reduce(of: Programme) -> Reduced:
    """Return the programme without what stands still, and without rows that hold only when all that helps is full."""
    fixed = np.zeros(len(of.cost))
    left = of
    upper, _ = implied(of)
    helps = of.matrix.maximum(0.0).tocsr()
    found: list[NDArray[np.int64]] = []
    for _ in range(ROUNDS):
        limits, spare = implied(left)
        tight = (spare <= 0).astype(float)
        full = (helps.T @ tight > 0) & (limits > 0)
        if not full.any():
            break
        found.append(np.flatnonzero((spare <= 0) & (helps @ full.astype(float) > 0)))
        fixed[full] = limits[full]
        limits = np.where(full, 0.0, limits)
        left = replace(left, right=of.right - of.matrix @ fixed, upper=limits)
    columns = np.flatnonzero(limits > 0)
    matrix = of.matrix[:, columns]
    rows = np.flatnonzero(np.diff(matrix.indptr) > 0)
    # An implied limit is given room, so that no price comes to stand on it instead of on the rows that imply it.
    most = np.where(np.isinf(of.upper), LOOSE * limits, limits)[columns]
    smaller = Programme(of.cost[columns], matrix[rows], left.right[rows], most, int(np.searchsorted(rows, of.products)))
    return Reduced(smaller, columns, rows, fixed, upper, tuple(found), spare)


def tight_prices(of: Programme, reduced: Reduced, prices: Vector) -> Vector:
    """Return prices with those of the tight rows: high enough that all that helps is worth being full."""
    helps = of.matrix.maximum(0.0).tocsr()
    found = prices.copy()
    for rows in reversed(reduced.tight):
        dear = of.cost - of.matrix.T @ found
        part = helps[rows]
        owner = np.repeat(rows, np.diff(part.indptr))
        full = reduced.fixed[part.indices] > 0
        np.maximum.at(found, owner[full], (dear[part.indices] / part.data)[full])
    return found


def blocked_prices(of: Programme, reduced: Reduced, prices: Vector) -> Vector:
    """Return prices, some raised, at which nothing pays that cannot run; ``of`` with the limits of a proof.

    What cannot run takes from a row that has nothing to spare; raising the price of that row costs nothing. That may
    make others pay, so it is done over and over, a while.
    """
    kept = np.zeros(len(of.cost), np.bool_)
    kept[reduced.columns] = True
    blocked = np.flatnonzero((of.upper > 0) & (reduced.fixed <= 0) & ~kept)
    columns = of.matrix.T.tocsr()[blocked]
    owner = np.repeat(np.arange(len(blocked)), np.diff(columns.indptr))
    blocks = np.flatnonzero((columns.data < 0) & (reduced.spare[columns.indices] <= 0))
    owner, first = np.unique(owner[blocks], return_index=True)
    row, figure = columns.indices[blocks[first]], columns.data[blocks[first]]
    found = prices.copy()
    for _ in range(ROUNDS):
        pays = (columns @ found - of.cost[blocked])[owner]
        pays = np.where(pays > NOTHING * (abs(columns) @ found)[owner], pays, 0.0)
        if not pays.any():
            break
        np.maximum.at(found, row, found[row] + SURELY * pays / -figure)
    return found


def implied(of: Programme) -> tuple[Vector, Vector]:
    """Return the largest value of each variable, its own limit or what rows imply, and what each row has to spare.

    Limits that a row implies replace only limits that are infinite, or become 0: others are the row's own business.
    """
    helps = of.matrix.maximum(0.0).tocsr()
    takes = (-of.matrix).maximum(0.0).tocsr()
    by_column = takes.T.tocsr()
    owner = np.repeat(np.arange(of.matrix.shape[1]), np.diff(by_column.indptr))
    limits = of.upper.copy()
    turnover = abs(of.matrix) @ np.where(np.isinf(limits), 0.0, limits) + np.abs(of.right)
    for _ in range(ROUNDS):
        without = np.isinf(limits)
        brought = helps @ np.where(without, 0.0, limits)
        blocked = (helps @ without.astype(float)) > 0
        left = brought - of.right
        left[np.abs(left) <= NOTHING * (turnover + brought)] = 0.0
        room = np.where(blocked, np.inf, np.maximum(left, 0.0))
        most = np.full(len(limits), np.inf)
        np.minimum.at(most, owner, room[by_column.indices] / by_column.data)
        new = np.where(without, most, np.where(most <= 0, 0.0, limits))
        if (new == limits).all():
            break
        limits = new
    return limits, room
