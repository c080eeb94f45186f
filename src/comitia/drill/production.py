"""Power over production: the fewest workplaces whose refusal leaves essential needs shorter; what each refusal costs.

A plan that meets the essential tier as well as can be uses some workplaces; whoever refuses must be among those of
every such plan. So the fewest who refuse are a smallest hitting set, found by turns (implicit hitting sets, Moreno-
Centeno and Karp 2013): the fewest who meet all plans known so far refuse; if the rest can still make a plan as good, it
is one more to meet; if not, these are the fewest there are. Solver: HiGHS, for the plans and for the sets.

Tolerance: a need counts as shorter when worth unmet grows by more than ``SHORT`` of the worth of all essential needs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from comitia.plan import highs, variants
from comitia.plan.economy import Economy
from comitia.plan.model import Model

SHORT = 1e-6
_USED = 1e-9

Floats = NDArray[np.float64]


class Unsettled(Exception):
    """The fewest were not settled in so many turns."""

    def __init__(self, turns: int, bound: int) -> None:
        self.turns, self.bound = turns, bound
        super().__init__(f"not settled in {turns} turns: no fewer than {bound} workplaces leave essential needs short")


@dataclass(frozen=True, slots=True)
class Refusal:
    """The fewest workplaces whose refusal leaves essential needs shorter than they must be.

    Attributes:
        workplaces: who refuses; empty when nobody's refusal does.
        worth_short, worth_anyway: the worth of essential needs unmet with the refusal, and without it.
        plans: so many plans had to be met; no smaller set meets them all.
    """

    workplaces: tuple[str, ...]
    worth_short: float
    worth_anyway: float
    plans: int


def fewest(economy: Economy, *, turns: int) -> Refusal:
    """Return the fewest workplaces whose refusal leaves essential needs shorter.

    Raises:
        Unsettled: more than so many turns were needed.
    """
    posed = variants.pose(economy, "fullest")
    built = posed.built
    of = {v.key[0]: economy.activities[v.key[0]].workplace for v in built.variables if v.kind == "runs"}
    names = sorted(set(of.values()))
    # Closing stocks come first in fullest, then the essential tier.
    essential = {at: float(cost) for at, cost in posed.aims[1].cost.items()}
    whole = sum(float(n.worth * n.quantity) for n in economy.needs.values() if n.tier == 1)
    anyway, _ = _least(economy, built, essential, frozenset())
    plans: list[frozenset[str]] = []
    refusing: frozenset[str] = frozenset()
    for _ in range(turns):
        short, runs = _least(economy, built, essential, refusing)
        if short > anyway + SHORT * whole:
            return Refusal(tuple(sorted(refusing)), short, anyway, len(plans))
        used = frozenset(of[activity] for activity, number in runs.items() if number > _USED)
        if not used:
            return Refusal((), anyway, anyway, len(plans))
        plans.append(used)
        refusing = _meeting(plans, names)
    raise Unsettled(turns, len(refusing))


def losses(economy: Economy) -> dict[str, float]:
    """Return by workplace how much more worth goes unmet, over all tiers and closing stocks, when it alone refuses."""
    posed = variants.pose(economy, "fullest")
    built = posed.built
    # The last level of fullest is hours: all before it are what goes unmet.
    unmet = {at: float(cost) for aim in posed.aims[:-1] for at, cost in aim.cost.items()}
    anyway, _ = _least(economy, built, unmet, frozenset())
    workplaces = sorted({activity.workplace for activity in economy.activities.values()})
    return {one: max(0.0, _least(economy, built, unmet, frozenset({one}))[0] - anyway) for one in workplaces}


def _least(
    economy: Economy, built: Model, unmet: Mapping[int, float], refusing: frozenset[str]
) -> tuple[float, dict[str, float]]:
    """Return the least worth unmet when some refuse, and the runs of a plan that has it."""
    width = len(built.variables)
    cost = np.zeros(width)
    cost[list(unmet)] = list(unmet.values())
    upper = np.array([inf if v.upper is None else float(v.upper) for v in built.variables])
    for at, variable in enumerate(built.variables):
        if variable.kind == "runs" and economy.activities[variable.key[0]].workplace in refusing:
            upper[at] = 0.0
    entries = [(r, c, float(v)) for r, row in enumerate(built.rows) for c, v in row.coefficients.items()]
    matrix = csr_array(
        ([e[2] for e in entries], ([e[0] for e in entries], [e[1] for e in entries])), shape=(len(built.rows), width)
    )
    right = np.array([float(row.rhs) for row in built.rows])
    z, _ = highs.least(highs.Programme(cost, matrix, right, upper))
    runs = {v.key[0]: float(z[at]) for at, v in enumerate(built.variables) if v.kind == "runs"}
    return float(cost @ z), runs


def _meeting(plans: list[frozenset[str]], names: list[str]) -> frozenset[str]:
    """Return a smallest set with somebody of every plan."""
    matrix = np.array([[float(name in plan) for name in names] for plan in plans])
    solved = milp(
        np.ones(len(names)),
        integrality=np.ones(len(names), dtype=np.int64),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, 1, inf),
    )
    assert solved.x is not None
    return frozenset(name for name, chosen in zip(names, solved.x, strict=True) if chosen > 0.5)
