"""A large economy planned: solved in floats, published in exact figures, certified. Variant ``lightest``."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from scipy.sparse import coo_array, csr_array

from comitia.plan import certificate as certificates, highs
from comitia.plan.arrays import certificate, figures, model as models, rounding
from comitia.plan.arrays.certificate import Prices, Proven
from comitia.plan.arrays.figures import Figures, Vector
from comitia.plan.arrays.judging import LEVEL, VARIANT
from comitia.plan.arrays.model import Declared, Model
from comitia.plan.large import repair, solver
from comitia.plan.large.programme import Programme
from comitia.plan.large.solver import Published
from comitia.plan.large.warm import Old
from comitia.plan.solution import Certificate, Level

Progress = Callable[[str, float, float | None], None]

PRICE_DIGITS = 17
# A dearer price would not fit its digits; lower ones prove less, never too much.
DEAREST = 1e16
# Up to so many coefficients the simplex method is asked where our own ends short of the gap.
SIMPLEX_MOST = 50_000
# A rent below this share of the largest is noise of the method.
NOISE = 1e-12
# What is written of a bound is a hair lower, so that another machine's last digit does not refuse it.
HAIR = Fraction(1, 10**13)


@dataclass(frozen=True)
class Planned:
    """A plan of a large economy: exact values of the model's variables, exact prices, and what they claim."""

    model: Model
    values: Figures
    prices: Prices
    certificate: Certificate


def plan(
    of: Declared, *, tolerance: float, old: tuple[Figures, Prices] | None = None, progress: Progress | None = None
) -> Planned:
    """Return a certified plan, with whatever gap was reached.

    Args:
        of: the economy.
        tolerance: the relative gap at which to stop.
        old: values and prices of a plan of the same economy with some other figures, to go on from.
        progress: called with the phase, the share done, and the gap where known.

    Raises:
        BadFigure: a figure too large for floats.
        TooManyDigits: a value of the plan that does not fit eighteen digits.
    """
    say = progress or (lambda _phase, _done, _gap: None)
    say("model", 0.0, None)
    model = models.build(of)
    gone = _Way(tolerance)
    floats = programme(model)
    most = certificate.implied(model) if np.isinf(floats.upper).any() else floats.upper
    publish = Published(rounding.half_steps(model), np.where(np.isinf(floats.upper), most, floats.upper))
    answer = solver.best(
        floats,
        tolerance=tolerance,
        publish=publish,
        old=None if old is None else Old(old[0].floats(), old[1].rows.floats()),
        progress=lambda iteration, gap: say(f"iteration {iteration}", gone.share(gap), gap),
    )
    say("rounding and certificate", 0.9, answer.proof.gap)
    on = _Ground(of, model, floats, tolerance)
    found = _published(on, answer.values, answer.prices, solver.NAME)
    if found.certificate.gap > Fraction(tolerance) and model.nonzeros <= SIMPLEX_MOST:
        say("simplex", 0.95, float(found.certificate.gap))
        found = _by_simplex(on, publish, found)
    say("certificate", 1.0, float(found.certificate.gap))
    return found


@dataclass(frozen=True)
class _Ground:
    """The economy, its model exact and in floats, and the gap asked for."""

    of: Declared
    model: Model
    floats: Programme
    tolerance: float


def _published(on: _Ground, values: Vector, prices: Vector, by: str) -> Planned:
    """Return a solver's values and prices as exact figures with their certificate."""
    model = on.model
    exact, priced = rounding.publish(model, values), published_prices(model, on.floats, prices)
    proven = certificate.check(model, exact, priced)
    value = float(on.floats.cost @ values)
    cost = (float(proven.value) - value) / value if value > 0 else 0.0
    said = claimed(on.of, model, proven, (by, f"{on.tolerance:g}", f"{cost:.3g}"))
    return Planned(model, exact, priced, said)


def _by_simplex(on: _Ground, publish: Published, other: Planned) -> Planned:
    """Return the better of a plan and that of the simplex method, for degenerate economies that are not too large."""
    floats = on.floats
    try:
        z, _ = highs.least(highs.Programme(floats.cost, floats.matrix, floats.right, floats.upper))
        right = repair.roomy(floats, z, publish.steps).right
        try:
            z, prices = highs.least(highs.Programme(floats.cost, floats.matrix, right, floats.upper))
        except highs.NotSolved:
            _, prices = highs.least(highs.Programme(floats.cost, floats.matrix, floats.right, floats.upper))
    except highs.NotSolved:
        return other
    prices = repair.fit_prices(replace(floats, upper=publish.upper), prices)
    found = _published(on, z, prices, highs.NAME)
    return min(other, found, key=lambda p: p.certificate.gap)


@dataclass
class _Way:
    """How far the method has come: the gap falls about evenly on a logarithmic scale after a slow first third."""

    tolerance: float
    farthest: float = 0.0

    def share(self, gap: float) -> float:
        whole = np.log(max(self.tolerance, 1e-300))
        done = np.log(min(max(gap, 1e-300), 1.0)) / whole if whole < 0 else 1.0
        self.farthest = max(self.farthest, 0.9 * min(max(float(done), 0.0), 1.0))
        return self.farthest


def claimed(of: Declared, model: Model, proven: Proven, remarks: tuple[str, str, str]) -> Certificate:
    """Return the certificate of what was proven; the bound a hair lower than it was found."""
    solved_by, tolerance, cost = remarks
    bound = certificates.rounded_down(proven.bound * (1 - HAIR))
    levels = (Level(LEVEL, proven.value, bound),)
    return Certificate(
        variant=VARIANT,
        economy=of.hash,
        levels=levels,
        gap=certificates.widest((v.value, v.bound) for v in levels),
        solver=solved_by,
        tolerance=tolerance,
        rounding=cost,
        products=len(of.ids["products"]),
        activities=len(of.ids["activities"]),
        nonzeros=model.nonzeros,
    )


def programme(model: Model) -> Programme:
    """Return the model in floats, as the solver takes it."""
    entries, shape = model.entries, (model.height, model.width)
    figure = entries.figure.floats()
    inside = entries.column < model.width
    matrix = csr_array(coo_array((figure[inside], (entries.row[inside], entries.column[inside])), shape=shape))
    asked = ~inside
    return Programme(
        cost=models.floats_by(model.cost.at, model.cost.amount, model.width),
        matrix=matrix,
        right=-np.bincount(entries.row[asked], figure[asked], model.height).astype(np.float64),
        upper=np.where(model.limited, model.limit.floats(), np.inf),
        products=model.rows["product"],
    )


def published_prices(model: Model, of: Programme, prices: Vector) -> Prices:
    """Return prices as exact figures, and as prices of the largest runs what is left over for them."""
    rows = figures.with_digits(np.minimum(prices, DEAREST), PRICE_DIGITS)
    runs = model.part("runs")
    left = of.cost[runs] - (of.matrix.T @ rows.floats())[runs]
    worth = of.cost[runs] + (abs(of.matrix).T @ rows.floats())[runs]
    rent = np.where(model.limited[runs] & (left < -NOISE * worth), -left, 0.0)
    return Prices(rows, figures.with_digits(np.minimum(rent, DEAREST), PRICE_DIGITS))
