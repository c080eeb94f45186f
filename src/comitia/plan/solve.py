"""Compute a plan: HiGHS on the model, level by level, rounded so that every row holds, certified.

For economies below a few thousand products. The large solver comes beside this file, behind the same function.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from comitia.plan import allocation, certificate, fitting, highs, levels, model as models, rounding, variants
from comitia.plan.economy import Economy, economy_hash
from comitia.plan.levels import Ground, Levels
from comitia.plan.model import ZERO, Model
from comitia.plan.solution import Certificate, Overtime, Plan, Price, Run, Trade, Unmet
from comitia.plan.variants import Posed

Vector = NDArray[np.float64]
Progress = Callable[[str, float, float | None], None]
# Room in every row against the solver's own tolerance.
HAIR = 10 * highs.FEASIBILITY
# How much of what is left each step of progress takes: how many levels there are shows only on the way.
STEP = 1 / 8


class NoPlan(Exception):
    """The solver found no plan, or none that rounds; says at which step."""

    def __init__(self, phase: str, reason: str) -> None:
        self.phase, self.reason = phase, reason
        super().__init__(f"no plan at the step {phase!r}: {reason}")


def solve(economy: Economy, variant: str, *, tolerance: float = 1e-6, progress: Progress | None = None) -> Plan:
    """Return a certified plan of a variant.

    Args:
        economy: as declared.
        variant: what the plan makes least; see ``variants.VARIANTS``.
        tolerance: relative gap at which the solver may stop.
        progress: called with the phase, the share done, and the gap where known.

    Raises:
        UnknownVariant: there is no such variant.
        NoPlan: the solver failed, or rounding left a row violated.
    """
    variants.check(variant, economy)
    if not economy.activities and not economy.needs:
        raise NoPlan("model", "the economy has no activity and no need; declare some first")
    say = progress or (lambda _phase, _done, _gap: None)
    share = 0.0

    def done(what: str) -> None:
        nonlocal share
        say(what, share, None)
        share += (1 - share) * STEP

    try:
        found = levels.of_variant(economy, variant, done)
        values = _rounded(economy, found, done)
    except highs.NotSolved as fault:
        raise NoPlan("solve", f"{fault}{_without_end(variant)}") from fault
    except certificate.DoesNotHold as fault:
        raise NoPlan("rounding", f"{fault}; declare more decimals for the activities concerned") from fault
    say("certificate", 1.0, None)
    asked = found.values[-1]
    cost = (float(models.total(found.posed.aims[-1].cost, values)) - asked) / abs(asked) if asked else 0.0
    return published(economy, found.posed, values, (found.prices, highs.NAME, f"{tolerance:g}"), cost)


def _without_end(variant: str) -> str:
    return "; is there a need that no hours, capacity or stock limits?" if variant == "in-proportion" else ""


def _rounded(economy: Economy, found: Levels, done: Callable[[str], None]) -> list[Fraction]:
    """Solve once more with room to round in every row, then round; the rows must hold exactly."""
    posed, built = found.posed, found.posed.built
    plain = {i: float(v) for i, v in enumerate(found.z)}
    grid = rounding.steps(economy, built, plain)
    running = frozenset(i for i, g in grid.items() if g and plain[i] > float(g) / 100)
    still = frozenset(i for i, v in enumerate(built.variables) if v.kind == "runs" and i not in running)

    def again(ground: Ground) -> dict[int, float]:
        solved = levels.in_order(posed, ground, lambda what: done(f"rounding, {what}"))
        return {i: float(v) for i, v in enumerate(solved.z)}

    def exact(near: dict[int, float]) -> list[Fraction]:
        return variants.completed(economy, posed, rounding.exact(economy, built, near, grid))

    margins = rounding.margins(built, grid, running)
    roomed = exact(again(Ground(margins, still)))
    # Often the solution holds as it stands when merely rounded, and costs less than one with room in every row.
    near = exact(plain)
    raised = exact(rounding.upwards(built, plain, grid))
    holding = [values for values in (near, roomed, raised) if certificate.holds(built, values)]
    if all(rounding.crumbs(built, values) for values in holding):
        # Shortages of a solver's last digits: leave room for these too.
        wider = [max(*both) for both in zip(margins, _hair(built), strict=True)]
        holding += [values for values in (exact(again(Ground(wider, still))),) if certificate.holds(built, values)]
    if not holding:
        # Steps too coarse for any margin: look among whole numbers of steps; standing still always holds.
        steps = np.array([float(grid[i]) for i in range(len(built.variables))])
        whole = exact(again(Ground(_hair(built), frozenset(), steps)))
        idle = exact(dict.fromkeys(plain, 0.0))
        holding = [values for values in (whole, idle) if certificate.holds(built, values)]
    if not holding:
        certificate.check_feasible(built, roomed)
    return min(
        holding,
        key=lambda values: (rounding.crumbs(built, values), *(models.total(aim.cost, values) for aim in posed.aims)),
    )


def _hair(built: Model) -> list[float]:
    # What the solver's own tolerance may leave violated, with room to spare; shares follow exactly from the rest.
    derived = ("share", "above", "net_use")
    return [0.0 if row.kind in derived else HAIR * max(1.0, abs(float(row.rhs))) for row in built.rows]


def published(
    economy: Economy, posed: Posed, values: list[Fraction], found: tuple[Sequence[Price], str, str], cost: float = 0.0
) -> Plan:
    """Return exact values with their prices as a plan with its certificate and its allocation.

    Args:
        economy: as declared.
        posed: the variant.
        values: exact, of every variable; every row holds.
        found: the prices by level as a solver left them, the solver's name, the tolerance asked for.
        cost: what rounding cost, as a share.
    """
    built, (prices, solver, tolerance) = posed.built, found
    fitted = fitting.fitted(built, posed.aims, prices)
    reached = certificate.levels(posed, certificate.bounds(built, posed.aims, (values, fitted)))
    written = Certificate(
        variant=posed.variant,
        economy=economy_hash(economy),
        levels=reached,
        gap=certificate.gap(posed, values, reached),
        solver=solver,
        tolerance=tolerance,
        rounding=f"{cost:.3g}",
        products=len(economy.products),
        activities=len(economy.activities),
        nonzeros=built.nonzeros,
    )
    plan = _plan(economy, posed, values, (fitted, written))
    return replace(plan, allocation=allocation.allocate(certificate.sides(economy, plan)))


def _plan(
    economy: Economy, posed: Posed, values: list[Fraction], judged: tuple[tuple[Price, ...], Certificate]
) -> Plan:
    runs, unmet, overtime = [], [], []
    trade: dict[str, list[Fraction]] = {}
    for variable, value in zip(posed.built.variables, values, strict=True):
        if not value and variable.kind != "proportion":
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
            case "bought" | "sold":
                trade.setdefault(variable.key[0], [ZERO, ZERO])[variable.kind == "sold"] = value
            case "proportion":
                unmet += _out_of_proportion(economy, variable.key[0], value)
            case _:
                # What follows from the others: carried over, shares and their order, net use.
                pass
    return Plan(
        tuple(sorted(runs, key=lambda r: r.activity)),
        tuple(sorted(unmet, key=lambda u: (u.council, u.product, u.tier))),
        tuple(Trade(p, b, s) for p, (b, s) in sorted(trade.items())),
        tuple(sorted(overtime, key=lambda o: (o.trade, o.workplace))),
        (),
        *judged,
    )


def _out_of_proportion(economy: Economy, period: str, proportion: Fraction) -> list[Unmet]:
    """Return what is unmet of the needs of a period; below 0 where more than the need is delivered."""
    return [
        Unmet(n.council, n.product, n.tier, n.quantity * (1 - proportion))
        for n in economy.needs.values()
        if str(economy.products[n.product].period or "") == period and n.quantity and proportion != 1
    ]
