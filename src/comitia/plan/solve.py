"""Compute a plan: HiGHS on the model, level by level, rounded so that every row holds, certified.

For economies below a few thousand products. The large solver comes beside this file, behind the same function.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import floor, inf

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from comitia.plan import allocation, certificate, highs, model as models, rounding
from comitia.plan.economy import Economy, economy_hash
from comitia.plan.model import ZERO, Model, Row
from comitia.plan.solution import Certificate, Level, Overtime, Plan, Price, Run, Trade, Unmet

Vector = NDArray[np.float64]
Progress = Callable[[str, float, float | None], None]
# What a missing unit of rounding margin costs against the largest cost of the level, and against giving a level up.
MARGIN_COST = 1e2
# Moving prices by their last digits: how often round, and to how many decimals.
FITTING_ROUNDS = 200
PRICE_DIGITS = 18


class NoPlan(Exception):
    """The solver found no plan, or none that rounds; says at which step."""

    def __init__(self, phase: str, reason: str) -> None:
        self.phase, self.reason = phase, reason
        super().__init__(f"no plan at the step {phase!r}: {reason}")


def solve(economy: Economy, variant: str, *, tolerance: float = 1e-6, progress: Progress | None = None) -> Plan:
    """Return a certified plan of a variant (``lightest`` or ``fullest``).

    Args:
        economy: as declared.
        variant: what the plan makes least; see ``model.VARIANTS``.
        tolerance: relative gap at which the solver may stop.
        progress: called with the phase, the share done, and the gap where known.

    Raises:
        UnknownVariant: this version has no such variant.
        NoPlan: the solver failed, or rounding left a row violated.
    """
    say = progress or (lambda _phase, _done, _gap: None)
    built = models.build(economy)
    costs = models.costs(economy, built, variant)
    if not built.variables:
        raise NoPlan("model", "the economy has no activity and no need; declare some first")
    prices: list[Price] = []
    parts = len(costs) * 2 + 1

    def level_done(done: int, what: str) -> None:
        say(what, done / parts, None)

    free = _Rows(built, [0.0] * len(built.rows), frozenset())
    z = _levels(free, costs, (variant, prices), level_done)
    try:
        values = _rounded(
            economy, built, costs, (variant, z), lambda n, what: level_done(len(costs) + n, f"rounding, {what}")
        )
    except certificate.DoesNotHold as fault:
        raise NoPlan("rounding", f"{fault}; declare more decimals for the activities concerned") from fault
    say("certificate", 1.0, None)
    return _certified(economy, built, costs, (variant, tolerance, values, prices, z))


def _matrix(rows: list[Row], width: int) -> csr_array:
    at = [(r, i, float(a)) for r, row in enumerate(rows) for i, a in row.coefficients.items()]
    shape = (len(rows), width)
    if not at:
        return csr_array(shape, dtype=np.float64)
    r, i, a = zip(*at, strict=True)
    return csr_array((np.array(a), (np.array(r), np.array(i))), shape=shape)


@dataclass(frozen=True)
class _Rows:
    """The rows to solve: the model's, each with a margin to round in, and the activities that stand still.

    ``step`` is, where given, the step of each variable (0: none) to count in whole numbers.
    """

    built: Model
    margins: list[float]
    still: frozenset[int]
    step: Vector | None = None


def _levels(
    of: _Rows, costs: tuple[dict[int, Fraction], ...], asked: tuple[str, list[Price]], done: Callable[[int, str], None]
) -> Vector:
    """Solve level after level, each keeping what the earlier ones reached; collect the prices of each."""
    variant, prices = asked
    rows = list(of.built.rows)
    z: Vector = np.zeros(len(of.built.variables))
    for level, cost in enumerate(costs):
        done(level, f"level {level + 1} of {len(costs)}: {models.VARIANTS[variant][level]}")
        z, dual = _solve_level(of, rows, cost)
        prices += _prices(level, of.built, rows, (cost, dual))
        # A hair of room, so that the next level is not infeasible by the last digit.
        kept = Fraction(float(sum(float(c) * z[i] for i, c in cost.items())) * (1 + 1e-9) + 1e-9)
        rows.append(Row("level", str(level), -kept, {i: -c for i, c in cost.items()}))
    return z


def _solve_level(of: _Rows, rows: list[Row], cost: dict[int, Fraction]) -> tuple[Vector, Vector]:
    """Solve one level; a margin that cannot be had is given up, dearly."""
    n = len(of.built.variables)
    wide = [r for r, width in enumerate(of.margins) if width]
    c = np.zeros(n + len(wide))
    for i, value in cost.items():
        c[i] = float(value)
    c[n:] = max(1.0, float(np.abs(c).max())) * MARGIN_COST
    wanted = np.array([float(row.rhs) for row in rows])
    wanted[wide] += np.array(of.margins)[wide]
    matrix = _matrix(rows, len(c))
    given_up = csr_array((np.ones(len(wide)), (np.array(wide, dtype=int), np.arange(n, len(c)))), shape=matrix.shape)
    limits = [inf if v.upper is None else float(v.upper) for v in of.built.variables]
    upper = np.array([*(0.0 if i in of.still else u for i, u in enumerate(limits)), *(of.margins[r] for r in wide)])
    asked = highs.Programme(c, csr_array(matrix + given_up), wanted, upper)
    try:
        z, dual = highs.least(asked) if of.step is None else _least_in_steps(asked, of.step)
    except highs.NotSolved as fault:
        raise NoPlan("solve", str(fault)) from fault
    return z[:n], dual


def _least_in_steps(asked: highs.Programme, step: Vector) -> tuple[Vector, Vector]:
    """Solve with the variables that have a step counted in whole steps."""
    whole = np.zeros(len(asked.cost), dtype=np.bool_)
    whole[: len(step)] = step > 0
    width = np.ones(len(asked.cost))
    width[whole] = step[whole[: len(step)]]
    upper = np.where(whole, np.floor(asked.upper / width + 1e-9), asked.upper)
    scaled = highs.Programme(
        asked.cost * width, csr_array(asked.matrix * width[np.newaxis, :]), asked.right, upper, whole
    )
    y, dual = highs.least(scaled)
    return np.where(whole, np.round(y), y) * width, dual


def _prices(level: int, built: Model, rows: list[Row], solved: tuple[dict[int, Fraction], Vector]) -> list[Price]:
    """Return the prices that are not 0: of the rows, and of the largest runs what is left of each."""
    cost, dual = solved
    found: list[Price] = []
    left = np.zeros(len(built.variables))
    for i, c in cost.items():
        left[i] += float(c)
    for row, p in zip(rows, dual, strict=True):
        price = _written(p)
        if price:
            found.append(Price(level, row.kind, row.key, price))
            for i, a in row.coefficients.items():
                left[i] -= float(price * a)
    for i, variable in enumerate(built.variables):
        rent = _written(-left[i])
        # Below the solver's own tolerance it is noise, not a rent.
        if variable.kind == "runs" and variable.upper is not None and rent > Fraction(1, 10**9):
            found.append(Price(level, "runs", variable.key[0], rent))
    return found


def _written(price: float) -> Fraction:
    # Twelve digits: the bound is computed from what is written, so nothing is lost that is not shown.
    return Fraction(f"{price:.12g}") if price > 1e-12 else ZERO


def _rounded(
    economy: Economy,
    built: Model,
    costs: tuple[dict[int, Fraction], ...],
    solved: tuple[str, Vector],
    done: Callable[[int, str], None],
) -> list[Fraction]:
    """Solve once more with room to round in every row, then round; the rows must hold exactly."""
    variant, z = solved
    plain = {i: float(v) for i, v in enumerate(z)}
    grid = rounding.steps(economy, built, plain)
    running = frozenset(i for i, g in grid.items() if g and plain[i] > float(g) / 100)
    still = frozenset(i for i, v in enumerate(built.variables) if v.kind == "runs" and i not in running)
    roomy = _Rows(built, rounding.margins(built, grid, running), still)
    moved = _levels(roomy, costs, (variant, []), done)
    roomed = rounding.exact(economy, built, {i: float(v) for i, v in enumerate(moved)}, grid)
    # Often the solution holds as it stands when merely rounded, and costs less than one with room in every row.
    near = rounding.exact(economy, built, plain, grid)
    raised = rounding.exact(economy, built, rounding.upwards(built, plain, grid), grid)
    holding = [values for values in (near, roomed, raised) if _holds(built, values)]
    if not holding:
        # Steps too coarse for any margin: look among whole numbers of steps; standing still always holds.
        steps = np.array([float(grid[i]) for i in range(len(built.variables))])
        whole = _levels(_Rows(built, _hair(built), frozenset(), steps), costs, (variant, []), done)
        found = rounding.exact(economy, built, {i: float(v) for i, v in enumerate(whole)}, grid)
        idle = rounding.exact(economy, built, dict.fromkeys(plain, 0.0), grid)
        holding = [values for values in (found, idle) if _holds(built, values)]
    if not holding:
        certificate.check_feasible(built, roomed)
    return min(
        holding,
        key=lambda values: (rounding.crumbs(built, values), *(models.total(cost, values) for cost in costs)),
    )


def _hair(built: Model) -> list[float]:
    # What the solver's own tolerance may leave violated, with room to spare.
    return [100 * highs.FEASIBILITY * max(1.0, abs(float(row.rhs))) for row in built.rows]


def _holds(built: Model, values: list[Fraction]) -> bool:
    try:
        certificate.check_feasible(built, values)
    except certificate.DoesNotHold:
        return False
    return True


def _certified(
    economy: Economy,
    built: Model,
    costs: tuple[dict[int, Fraction], ...],
    solved: tuple[str, float, list[Fraction], list[Price], Vector],
) -> Plan:
    variant, tolerance, values, prices, z = solved
    fitted = _fitted(built, costs, prices)
    pairs = certificate.bounds(economy, built, costs, (values, fitted))
    levels = tuple(Level(name, v, b) for name, (v, b) in zip(models.VARIANTS[variant], pairs, strict=True))
    solver_value = sum(float(c) * z[i] for i, c in costs[-1].items())
    rounding_cost = (float(levels[-1].value) - solver_value) / solver_value if solver_value > 0 else 0.0
    written = Certificate(
        variant=variant,
        economy=economy_hash(economy),
        levels=levels,
        gap=certificate.gap(levels),
        solver=highs.NAME,
        tolerance=f"{tolerance:g}",
        rounding=f"{rounding_cost:.3g}",
        products=len(economy.products),
        activities=len(economy.activities),
        nonzeros=built.nonzeros,
    )
    plan = _plan(built, values, fitted, written)
    return Plan(
        plan.runs,
        plan.unmet,
        plan.trade,
        plan.overtime,
        allocation.allocate(certificate.sides(economy, plan)),
        fitted,
        written,
    )


def _fitted(built: Model, costs: tuple[dict[int, Fraction], ...], prices: list[Price]) -> tuple[Price, ...]:
    """Move prices by their last digits, so that nothing without a limit has a reduced cost below 0."""
    by_level: list[dict[tuple[str, str], Fraction]] = [{} for _ in costs]
    for p in prices:
        by_level[p.level][p.kind, p.key] = p.price
    columns: dict[int, list[tuple[str, str, Fraction]]] = {}
    for i in range(len(built.variables)):
        if certificate.implied_upper(built, i) is None:
            columns[i] = []
    for row in built.rows:
        for i in row.coefficients.keys() & columns.keys():
            columns[i].append((row.kind, row.key, row.coefficients[i]))
    for level, price in enumerate(by_level):
        if not _fit(price, costs[level], columns):
            # Without prices the bound is 0: weak, but it holds.
            price.clear()
    return tuple(
        Price(level, kind, key, p) for level, of in enumerate(by_level) for (kind, key), p in sorted(of.items()) if p
    )


def _fit(
    price: dict[tuple[str, str], Fraction],
    cost: dict[int, Fraction],
    columns: dict[int, list[tuple[str, str, Fraction]]],
) -> bool:
    """Lower the price of what an unlimited column makes until its reduced cost is 0; say whether it came to rest."""
    for _ in range(FITTING_ROUNDS):
        at_rest = True
        for i, column in columns.items():
            reduced = cost.get(i, ZERO) - sum((a * price.get((kind, key), ZERO) for kind, key, a in column), ZERO)
            if reduced >= 0:
                continue
            at_rest = False
            made = [(kind, key, a) for kind, key, a in column if a > 0 and price.get((kind, key), ZERO)]
            kind, key, a = max(made, key=lambda m: m[2] * price[m[0], m[1]])
            lower = price[kind, key] + reduced / a
            price[kind, key] = max(Fraction(floor(lower * 10**PRICE_DIGITS), 10**PRICE_DIGITS), ZERO)
        if at_rest:
            return True
    return False


def _plan(built: Model, values: list[Fraction], prices: tuple[Price, ...], written: Certificate) -> Plan:
    runs, unmet, overtime = [], [], []
    trade: dict[str, list[Fraction]] = {}
    for variable, value in zip(built.variables, values, strict=True):
        if not value:
            continue
        match variable.kind:
            case "runs":
                runs.append(Run(variable.key[0], value))
            case "unmet":
                unmet.append(Unmet(variable.key[0], variable.key[1], int(variable.key[2]), value))
            case "closing":
                unmet.append(Unmet("", variable.key[0], 0, value))
            case "overtime":
                overtime.append(Overtime(variable.key[0], variable.key[1], value))
            case _:
                trade.setdefault(variable.key[0], [ZERO, ZERO])[variable.kind == "sold"] = value
    return Plan(
        tuple(sorted(runs, key=lambda r: r.activity)),
        tuple(sorted(unmet, key=lambda u: (u.council, u.product, u.tier))),
        tuple(Trade(p, b, s) for p, (b, s) in sorted(trade.items())),
        tuple(sorted(overtime, key=lambda o: (o.trade, o.workplace))),
        (),
        prices,
        written,
    )
