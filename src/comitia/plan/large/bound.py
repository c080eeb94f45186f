"""What prices prove and what rows miss, in floats rounded so that what is said holds; no solver, no compiled code.

Weak duality: with p >= 0 no plan costs less than r.p + sum min(0, c - G'p) U (DESIGN section 7). Every sum is widened
by the largest error that floats can have made (N. Higham, Accuracy and Stability, section 3.1).
"""

from dataclasses import dataclass
from math import fsum, inf, nextafter

import numpy as np

from comitia.plan.large.programme import Programme, Vector

UNIT = 2.0**-53
# Share of what turns over in a row that floats cannot tell from nothing.
CRUMB = 1e-14


@dataclass(frozen=True)
class Proof:
    """What the plan costs at most, no plan costs less than, the relative gap, the largest violation and its row.

    ``violation`` is absolute, in the row's unit; ``relative`` the largest by row turnover, ``variable`` the most by
    which a variable leaves its limits.
    """

    value: float
    bound: float
    gap: float
    violation: float
    row: int
    relative: float
    variable: float


def prove(of: Programme, values: Vector, prices: Vector) -> Proof:
    """Return what holds of values and prices, every figure rounded to the side that claims less."""
    costs = of.cost * values
    value = _up(fsum(costs), float(np.abs(costs).sum()))
    bound = max(dual_bound(of, prices), 0.0) if (of.cost >= 0).all() else dual_bound(of, prices)
    missing, turnover = violations(of, values)
    row = int(np.argmax(missing)) if len(missing) else 0
    ratio = missing / np.maximum(turnover, 1e-300)
    outside = np.maximum(-values, np.where(np.isfinite(of.upper), values - of.upper, 0.0))
    return Proof(
        value=value,
        bound=bound,
        gap=nextafter((value - bound) / abs(value), inf) if value else (0.0 if bound >= 0 else inf),
        violation=float(missing[row]) if len(missing) else 0.0,
        row=row,
        relative=float(ratio.max(initial=0.0)),
        variable=float(np.maximum(outside, 0.0).max(initial=0.0)),
    )


def violations(of: Programme, values: Vector) -> tuple[Vector, Vector]:
    """Return by how much each row is missed at most, 0 where it surely holds, and what turns over in it."""
    size = abs(of.matrix)
    turnover = size @ np.abs(values) + np.abs(of.right)
    error = UNIT * (np.diff(of.matrix.indptr) + 4) * turnover
    return np.maximum(of.right - of.matrix @ values + error, 0.0), turnover


def dual_bound(of: Programme, prices: Vector) -> float:
    """Return a bound that no plan costs less than; -inf where a variable without limit has a reduced cost below 0."""
    count = np.bincount(of.matrix.indices, minlength=len(of.cost))
    error = UNIT * (count + 4) * (abs(of.matrix).T @ prices + np.abs(of.cost))
    reduced = np.minimum(of.cost - of.matrix.T @ prices - error, 0.0)
    short = reduced < 0
    if np.isinf(of.upper[short]).any():
        return -inf
    terms = np.concatenate([of.right * prices, reduced[short] * of.upper[short]])
    return -_up(-fsum(terms), float(np.abs(terms).sum()))


def _up(total: float, size: float) -> float:
    """Return an upper bound of an exact sum whose terms were each rounded once; their size was summed in floats."""
    return nextafter(total + 3 * UNIT * size, inf) if size else 0.0
