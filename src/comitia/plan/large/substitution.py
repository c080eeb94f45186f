"""Plans in which labour is the only scarce factor: prices choose the techniques, whatever the needs are.

P. A. Samuelson, Abstract of a theorem concerning substitutability in open Leontief models (1951): where each activity
makes one product and nothing limits runs, every product has one best technique. The prices, p = the least over the
techniques of direct labour + what is used up at p, are found by policy iteration (R. A. Howard, 1960): sweeps with the
techniques chosen so far, then one over all techniques, which chooses again. The M-matrix of the chosen techniques is
solved by Gauss-Seidel sweeps, for prices and for how much is made.

Nothing of this need be believed: ``bound.py`` judges values and prices. Where limits bind they prove too little, and
the interior point method does the work.
"""

import numpy as np

from comitia.plan.large import repair, techniques
from comitia.plan.large.programme import Programme, Vector
from comitia.plan.large.techniques import NONE, Places, Techniques

# Sweeps with the same techniques end when prices move by this share of what choosing moved them by.
ENOUGH = 0.1
INNER, OUTER, PUSHES = 20, 60, 400
# Shares of the gap asked for: by which prices may be too low, and outputs too large.
PRICES, OUTPUTS = 0.05, 0.02
CLOSEST = 1e-13
# Outputs are known so well before it is said what room their rows need.
ROUGHLY = 1e-4


def find(of: Programme, tolerance: float, steps: Vector | None = None) -> tuple[Vector, Vector] | None:
    """Return values and prices of the plan that labour alone would choose, or None where anything else is in its way.

    Args:
        of: the programme, checked.
        tolerance: the relative gap to aim at.
        steps: by how much rounding will move each value (``repair.roomy``); None: not at all.
    """
    gathered, unmet = techniques.gathered(of)
    priced = _prices(gathered, max(PRICES * tolerance, CLOSEST)) if len(gathered.column) else None
    if priced is None:
        return None
    price, best = priced
    row, worth = unmet.product, of.cost[unmet.column] / unmet.helps
    # What nobody can make is worth what the dearest need for it is.
    unknown = ~np.isfinite(price)
    price[unknown] = 0.0
    here = unknown[row]
    np.maximum.at(price, row[here], worth[here])
    values = np.zeros(len(of.cost))
    values[unmet.column] = np.where(worth < price[row], of.upper[unmet.column], 0.0)
    wanted = of.right[: of.products] - np.bincount(row, unmet.helps * values[unmet.column], of.products)
    if not _made(of, (gathered, best), (values, wanted), (max(OUTPUTS * tolerance, CLOSEST), steps)):
        return None
    return values, np.concatenate([price, np.zeros(len(of.right) - of.products)])


def _prices(of: Techniques, within: float) -> tuple[Vector, Places] | None:
    """Return prices, none too high and none much too low, and the technique of each product; None: no end was seen."""
    price: Vector = np.where(np.diff(of.of.astype(np.int64)) > 0, 0.0, np.inf)
    best = np.full(len(price), NONE)
    for _ in range(OUTER):
        moved = techniques.choose(of, price, best)
        if moved <= within:
            dear = techniques.too_dear(of, price)
            if dear <= within:
                return price * (1.0 - dear), best
        aim = ENOUGH * max(min(moved, 1.0), within)
        for _ in range(INNER):
            if techniques.sweep(of, price, best) <= aim:
                break
    return None


def _made(
    of: Programme, by: tuple[Techniques, Places], plan: tuple[Vector, Vector], close: tuple[float, Vector | None]
) -> bool:
    """Write the runs that make what is wanted and what that uses up, with room in every row; say whether they do."""
    gathered, best = by
    values, wanted = plan
    share, steps = close
    parts = gathered.parts
    asked = [np.zeros(of.products) for _ in parts]
    for own, (first, last) in zip(asked, parts, strict=True):
        own[first:last] = wanted[first:last]
    output = np.zeros(of.products)
    maker = best != NONE
    column, per_run = gathered.column[best[maker]], gathered.made[best[maker]]
    within = None
    for _ in range(PUSHES):
        techniques.push(gathered, best, output, asked)
        left = np.sum(asked, axis=0)
        if (left[~maker] > (0.0 if within is None else within[~maker])).any() or not np.isfinite(output).all():
            return False
        if (np.abs(left[maker]) > (ROUGHLY * np.abs(output) if within is None else within)[maker]).any():
            continue
        values[column] = np.maximum(output[maker] / per_run, 0.0)
        if within is not None:
            return bool((values <= of.upper).all())
        if (values > of.upper).any():
            return False
        room = repair.roomy(of, values, steps).right - of.right
        turnover = abs(of.matrix) @ values + np.abs(of.right)
        within = np.maximum(room, share * turnover)[: of.products]
        for own, (first, last) in zip(asked, parts, strict=True):
            own[first:last] += 2 * within[first:last]
    return False
