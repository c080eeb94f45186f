"""The certificate at every size: the promises of ``plan/certificate.py`` on arrays, with numpy alone.

A row is decided by floats whose error is known (N. Higham, Accuracy and Stability, section 3.1); what they leave
undecided is decided in whole numbers. The bound is computed in floats rounded down at every step, so it is a little
lower than the exact one and never higher; a certificate may claim that much or less.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import fsum, inf, nextafter

import numpy as np
from numpy.typing import NDArray

from comitia.plan.arrays import figures
from comitia.plan.arrays.figures import ERROR, UNIT, Figures, Vector
from comitia.plan.arrays.model import Model

# What both roundings of a product and the rounding of its size add to the errors of its two figures, and a little.
PER_TERM = (2 * ERROR + 4 * UNIT) / UNIT
SAFE = 1.01


class Violated(Exception):
    """What of the arrays does not hold: ``row`` or ``variable``, its number, by how much."""

    def __init__(self, what: str, at: int, missing: Fraction, reason: str) -> None:
        self.what, self.at, self.missing, self.reason = what, at, missing, reason
        super().__init__(f"{what} {at}: {reason}")


@dataclass(frozen=True)
class Proven:
    """The exact value, a bound below which no plan can go, and how many rows floats left undecided."""

    value: Fraction
    bound: Fraction
    undecided: int


@dataclass(frozen=True)
class Prices:
    """Exact prices, 0 or more: of the rows, and of the largest runs of activities."""

    rows: Figures
    runs: Figures


def check(model: Model, values: Figures, prices: Prices) -> Proven:
    """Return what values and prices prove, or raise with the first thing that does not hold.

    Args:
        model: of the economy.
        values: of all variables.
        prices: of rows and runs.

    Raises:
        Violated: a variable out of its limits or finer than its decimals, or a row that does not hold exactly.
    """
    check_limits(model, values)
    undecided = check_rows(model, values)
    value = figures.sum_of_products(model.cost.amount, values[model.cost.at])
    return Proven(value, bound(model, prices), undecided)


def check_limits(model: Model, values: Figures) -> None:
    """Raise unless every value is 0 or more, at most its limit, and keeps to its declared decimals.

    Raises:
        Violated: the first variable that does not.
    """
    for at in np.flatnonzero(values.whole < 0)[:1]:
        raise Violated("variable", int(at), -values.exact(at), "is below 0")
    fine = (model.decimals >= 0) & (values.places > model.decimals)
    for at in np.flatnonzero(fine)[:1]:
        raise Violated("variable", int(at), Fraction(0), f"is finer than the {model.decimals[at]} decimals declared")
    amount, most = values.floats(), model.limit.floats()
    near = model.limited & (amount > most * (1 - 4 * ERROR))
    same = (values.whole == model.limit.whole) & (values.places == model.limit.places)
    for at in np.flatnonzero(near & ~same).tolist():
        over = values.exact(at) - model.limit.exact(at)
        if over > 0:
            raise Violated("variable", at, over, "is above its limit")


def sums(model: Model, values: Figures) -> tuple[Vector, Vector]:
    """Return the sum of each row in floats, and how far it may be from the exact one."""
    entries = model.entries
    terms = np.append(values.floats(), 1.0)[entries.column]
    terms *= entries.figure.floats()
    total = np.bincount(entries.row, terms, model.height)
    np.abs(terms, out=terms)
    size = np.bincount(entries.row, terms, model.height)
    count = np.bincount(entries.row, minlength=model.height)
    return total.astype(np.float64), size * ((count + PER_TERM) * UNIT * SAFE)


def check_rows(model: Model, values: Figures) -> int:
    """Raise unless every row holds exactly; return how many floats left undecided.

    Raises:
        Violated: the row that misses most, with what it misses exactly.
    """
    total, error = sums(model, values)
    undecided = np.flatnonzero(total < error)
    missing = exactly_missing(model, values, undecided)
    worst = max(missing, key=lambda m: m[1], default=(0, Fraction(0)))
    if worst[1] > 0:
        raise Violated("row", worst[0], worst[1], "is violated")
    return len(undecided)


def exactly_missing(model: Model, values: Figures, rows: NDArray[np.intp]) -> list[tuple[int, Fraction]]:
    """Return what each of these rows misses, in whole numbers; 0 where it holds."""
    if not len(rows):
        return []
    entries = model.entries
    asked = np.zeros(model.height, np.bool_)
    asked[rows] = True
    at = np.flatnonzero(asked[entries.row])
    at = at[np.argsort(entries.row[at], kind="stable")]
    constant = Figures(np.append(values.whole, 1), np.append(values.places, np.int8(0)))
    amounts = constant[entries.column[at]]
    starts = np.searchsorted(entries.row[at], rows)
    ends = np.searchsorted(entries.row[at], rows, side="right")
    found = []
    for row, first, last in zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True):
        here = slice(first, last)
        total = _sum(entries.figure[at[here]], amounts[here])
        found.append((row, max(-total, Fraction(0))))
    return found


def _sum(one: Figures, other: Figures) -> Fraction:
    places = (one.places.astype(np.int64) + other.places).tolist()
    most = max(places, default=0)
    top = 0
    for a, b, k in zip(one.whole.tolist(), other.whole.tolist(), places, strict=True):
        top += a * b * 10 ** (most - k)
    return Fraction(top, 10**most)


def bound(model: Model, prices: Prices) -> Fraction:
    """Return r.p + sum min(0, c - G'p) U, rounded down at every step; 0 where the prices bound nothing.

    Raises:
        Violated: a price below 0.
    """
    for of in (prices.rows, prices.runs):
        for at in np.flatnonzero(of.whole < 0)[:1]:
            raise Violated("price", int(at), -of.exact(at), "is below 0")
    width = model.width
    price = prices.rows.floats()
    terms = price[model.entries.row]
    terms *= model.entries.figure.floats()
    taken = np.bincount(model.entries.column, terms, width + 1)
    np.abs(terms, out=terms)
    size = np.bincount(model.entries.column, terms, width + 1)
    count = np.bincount(model.entries.column, minlength=width + 1)
    constant = np.flatnonzero(model.entries.column == width)
    asked = price[model.entries.row[constant]] * model.entries.figure[constant].floats()
    own = model.cost.amount.floats()
    cost = np.bincount(model.cost.at, own, width)
    count[:width] += np.bincount(model.cost.at, minlength=width) + 2
    runs = np.zeros(width)
    runs[: len(prices.runs)] = prices.runs.floats()
    reduced = cost - taken[:width] + runs
    reduced -= (size[:width] + cost + runs) * ((count[:width] + PER_TERM) * UNIT * SAFE)
    most = np.where(model.limited, model.limit.floats(), inf)
    if (prices.runs.whole[~model.limited[: len(prices.runs)]] != 0).any():
        return Fraction(0)
    short = np.flatnonzero(reduced < 0)
    if np.isinf(most[short]).any():
        most = np.where(np.isinf(most), implied(model), most)
        if np.isinf(most[short]).any():
            return Fraction(0)
    priced = np.flatnonzero(runs > 0)
    parts = np.concatenate([-asked, reduced[short] * most[short], -runs[priced] * most[priced]])
    # Each part was rounded a few times, each within the error of figures; the sum once.
    total = fsum(parts) - fsum(np.abs(parts)) * (PER_TERM + 4) * UNIT
    return max(Fraction(nextafter(total, -inf)), Fraction(0)) if total > 0 else Fraction(0)


def implied(model: Model) -> Vector:
    """Return the largest runs that a row of hours, machines or limits alone implies, rounded up."""
    entries, width = model.entries, model.width
    first = model.rows["product"]
    last = model.height - model.rows["cash"]
    here = np.flatnonzero((entries.row >= first) & (entries.row < last))
    row, column, figure = entries.row[here], entries.column[here], entries.figure[here].floats()
    most = np.append(np.where(model.limited, model.limit.floats(), inf), 1.0)
    helps = (figure > 0) | (column == width)
    helped = np.bincount(row[helps], figure[helps] * most[column[helps]], model.height)
    uses = np.flatnonzero((figure < 0) & (column < width))
    found = np.full(width, inf)
    np.minimum.at(found, column[uses], helped[row[uses]] / -figure[uses])
    # Only runs are bounded so; a hair more covers the roundings, none of which cancels.
    found[model.part("runs").stop :] = inf
    terms = int(np.bincount(row[helps], minlength=1).max())
    return found * (1 + (terms + 2 * PER_TERM) * UNIT)
