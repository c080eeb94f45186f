"""Make every row hold: the smallest move, measured by the interior point's own weights, that brings what is missing.

Followed, where that does not suffice, by what a planner would do: leave more of the needs unmet.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from comitia.plan.large import basis, bound, normal
from comitia.plan.large.basis import Network
from comitia.plan.large.interior import Solved
from comitia.plan.large.kernels import dot
from comitia.plan.large.normal import Normal
from comitia.plan.large.programme import Programme, Vector

# What rounding to ten digits moves a figure by at most, and a little.
ROUNDED = 0.6e-9
ROUNDS = 12
DROP = 1e-4
MORE = 1.5
ROUGHLY, GIVEN = 0.25, 0.5
# Weight left to what stays at its limit.
STILL = 1e-20
# A variable is surely at a limit when its share of it is so much smaller than its price's share of its worth.
CRUMBS = 1e-3
MOST_STEPS = 500
FITTING_ROUNDS = 500
# Roundings of a price before it is judged: in its sum, and in being written as a decimal.
WRITTEN = 32


def hold(of: Programme, network: Network, at: Solved) -> Vector:
    """Return values near a point whose rows hold and whose limits are kept, as far as that can be had.

    What is surely at a limit goes there first, so that no crumbs of the method are left. Where rows leave no interior
    at all, what stands closer to a limit than to its own price goes to the limit.
    """
    point, everything = at.point, np.ones(len(at.point.x), np.bool_)
    x = np.clip(point.x, 0.0, of.upper)
    worth = abs(of.matrix).T @ point.y + of.cost
    limit = CRUMBS * np.where(np.isfinite(of.upper), of.upper, 0.0)
    swept = np.where(x * worth < limit * point.low, 0.0, np.where(point.room * worth < limit * point.high, of.upper, x))
    for begin in (swept, x):
        moved = _moved(of, network, (begin, at.theta, at.weights), everything)
        if _holds(of, moved):
            return moved
    empty, full = _at_limits(of, network, at)
    settled = np.where(empty, 0.0, np.where(full, of.upper, x))
    theta = np.where(empty | full, at.theta * STILL, at.theta)
    moved = _moved(of, network, (settled, theta, at.weights), ~(empty | full))
    return moved if _holds(of, moved) else _unmet(of, moved)


def _holds(of: Programme, x: Vector) -> bool:
    missing, turnover = bound.violations(of, x)
    return bool((missing <= bound.CRUMB * turnover).all())


def _at_limits(of: Programme, network: Network, at: Solved) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which variables the prices want at 0, and which at their largest value."""
    point = at.point
    worth = abs(of.matrix).T @ point.y + of.cost
    total = dot(of.cost, point.x) + dot(np.abs(of.right), point.y)
    share = worth * worth / max(total, 1e-300)
    return point.low > point.x * share, np.isfinite(of.upper) & (point.high > point.room * share)


def _moved(of: Programme, network: Network, point: tuple[Vector, Vector, Vector], free: NDArray[np.bool_]) -> Vector:
    """Return the values after the smallest moves, of what is free to move, that bring what rows miss."""
    x, theta, D = point
    system: Normal | None = None
    for _ in range(ROUNDS):
        missing, turnover = bound.violations(of, x)
        if (missing <= bound.CRUMB * turnover).all():
            break
        if system is None:
            system = Normal(network, theta, D, basis.factors(network, theta, D, drop=DROP))
        wanted = np.where(missing > 0, MORE * missing + 1e-15 * turnover, 0.0)
        # What is missing need come only roughly, and rows that hold may give half of what they have to spare.
        spare = np.maximum(of.matrix @ x - of.right, 0.0)
        error = np.where(missing > 0, ROUGHLY * wanted, GIVEN * spare + bound.CRUMB * turnover)
        y, _ = normal.solve(system, wanted, weight=1.0 / np.maximum(error, 1e-300), tolerance=1.0, most=MOST_STEPS)
        x = np.where(free, np.clip(x + theta * network.transposed_times(y), 0.0, of.upper), x)
    return x


def fit_prices(of: Programme, prices: Vector) -> Vector:
    """Return prices, some lowered, at which nothing without a limit has a reduced cost below 0.

    The price of what such a variable brings is lowered, that which counts most; prices only fall, and at 0 all is well.
    """
    endless = np.flatnonzero(np.isinf(of.upper))
    columns = of.matrix[:, endless].T.tocsr()
    size = abs(columns)
    owner = np.repeat(np.arange(len(endless)), np.diff(columns.indptr))
    cost = of.cost[endless]
    fitted = prices.copy()
    for _ in range(FITTING_ROUNDS):
        error = bound.UNIT * (np.diff(columns.indptr) + WRITTEN) * (size @ fitted + cost)
        reduced = cost - columns @ fitted - error
        worth = columns.data * fitted[columns.indices]
        order = np.lexsort((worth, owner))
        order = order[worth[order] > 0]
        # The last entry of each column in this order is the one that counts most.
        most = np.full(len(endless), -1)
        most[owner[order]] = order
        wrong = np.flatnonzero((reduced < 0) & (most >= 0))
        if not len(wrong):
            return fitted
        at = most[wrong]
        lower = fitted[columns.indices[at]] + (reduced[wrong] * (1 + 1e-9) - error[wrong]) / columns.data[at]
        np.minimum.at(fitted, columns.indices[at], np.maximum(lower, 0.0))
    return np.zeros_like(prices)


def _unmet(of: Programme, x: Vector) -> Vector:
    """Raise what only helps a single row (needs unmet, closing stocks missed, overtime) until the row holds."""
    columns = of.matrix.tocsc()
    single = np.flatnonzero(np.diff(columns.indptr) == 1)
    at = columns.indptr[single]
    single, at = single[columns.data[at] > 0], at[columns.data[at] > 0]
    missing, turnover = bound.violations(of, x)
    missing = np.where(missing > 0, missing * (1 + 1e-9) + 1e-15 * turnover, 0.0)
    for j, k in zip(single, at, strict=True):
        row = columns.indices[k]
        if missing[row] > 0:
            more = min(missing[row] / columns.data[k], of.upper[j] - x[j])
            x[j] += more
            missing[row] -= more * columns.data[k]
    return x


def roomy(of: Programme, x: Vector, steps: Vector | None) -> Programme:
    """Return the programme with room in every row for rounding: each variable by its step and a billionth of itself."""
    if steps is None:
        return of
    moved = np.where(x > 0, ROUNDED * np.minimum(x, of.upper), 0.0)
    moved[: len(steps)] += np.where(x[: len(steps)] > steps / 100, steps, 0.0)
    size = abs(of.matrix)
    floats = bound.UNIT * (np.diff(of.matrix.indptr) + 40) * (size @ np.minimum(x, of.upper) + np.abs(of.right))
    return replace(of, right=of.right + size @ moved + 2 * floats)
