"""Power over production: the fewest workplaces whose refusal leaves essential needs shorter; what each refusal costs.

A plan that meets the essential tier as well as can be uses some workplaces; whoever refuses must be among those of
every such plan. So the fewest who refuse are a smallest hitting set, found by turns (implicit hitting sets, Moreno-
Centeno and Karp 2013): the fewest who meet all plans known so far refuse; if the rest can still make a plan as good, it
is one more to meet; if not, these are the fewest there are. Each new plan is pared first: no workplace of it can be
left out, since a plan of few is hard to meet and so says more. Solver: HiGHS, for the plans and for the sets.

Tolerance: a need counts as shorter when worth unmet grows by more than ``SHORT`` of the worth of all essential needs.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from comitia.plan import highs, variants
from comitia.plan.economy import Economy
from comitia.plan.variants import Aim

SHORT = 1e-6
_USED = 1e-9

Floats = NDArray[np.float64]
Turn = Callable[[int, int, int], None]
"""Told before each turn: which it is, how many plans are to be met, and how many refuse at least."""


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
        plans: the proof: workplaces with which alone the needs are met as well as can be; no smaller set meets each.
    """

    workplaces: tuple[str, ...]
    worth_short: float
    worth_anyway: float
    plans: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Loss:
    """What goes unmet when one workplace alone refuses.

    Attributes:
        worth: over all tiers and closing stocks, more than without the refusal.
        councils: of that by council, in one of the best plans without the workplace; below 0 who has more in it.
    """

    workplace: str
    worth: float
    councils: Mapping[str, float]


class Shop:
    """An economy of which some workplaces refuse, planned again and again for the least worth unmet.

    Attributes:
        workplaces: all, sorted.
    """

    def __init__(self, economy: Economy, aims: Iterable[Aim]) -> None:
        built = variants.pose(economy, "fullest").built
        width = len(built.variables)
        self._cost = np.zeros(width)
        for aim in aims:
            for at, worth in aim.cost.items():
                self._cost[at] = float(worth)
        self._upper = np.array([inf if v.upper is None else float(v.upper) for v in built.variables])
        runs = [(at, v.key[0]) for at, v in enumerate(built.variables) if v.kind == "runs"]
        self._runs = np.array([at for at, _ in runs], dtype=np.int64)
        self.workplaces = tuple(sorted({economy.activities[name].workplace for _, name in runs}))
        number = {name: at for at, name in enumerate(self.workplaces)}
        self._whose = np.array([number[economy.activities[name].workplace] for _, name in runs], dtype=np.int64)
        self._unmet = [(at, v.key[0]) for at, v in enumerate(built.variables) if v.kind == "unmet"]
        entries = [(r, c, float(v)) for r, row in enumerate(built.rows) for c, v in row.coefficients.items()]
        matrix = csr_array(
            ([e[2] for e in entries], ([e[0] for e in entries], [e[1] for e in entries])),
            shape=(len(built.rows), width),
        )
        right = np.array([float(row.rhs) for row in built.rows])
        self._solver = highs.Moved(highs.Programme(self._cost, matrix, right, self._upper))

    def least(self, refusing: frozenset[str]) -> tuple[float, Floats]:
        """Return the least worth unmet when some refuse, and the values of a plan that has it."""
        closed = np.array([name in refusing for name in self.workplaces], dtype=np.bool_)
        upper = self._upper.copy()
        upper[self._runs[closed[self._whose]]] = 0.0
        z = self._solver.within(upper)
        return float(self._cost @ z), z

    def used(self, z: Floats) -> frozenset[str]:
        """Return the workplaces that run something in a plan."""
        runs = np.bincount(self._whose, weights=z[self._runs], minlength=len(self.workplaces))
        return frozenset(self.workplaces[at] for at in np.flatnonzero(runs > _USED))

    def unmet(self, z: Floats) -> dict[str, float]:
        """Return by council the worth of needs unmet in a plan."""
        found: dict[str, float] = {}
        for at, council in self._unmet:
            found[council] = found.get(council, 0.0) + float(self._cost[at] * z[at])
        return found


def _silent(turn: int, plans: int, bound: int) -> None:
    """Tell nobody."""


def fewest(economy: Economy, *, turns: int, told: Turn = _silent) -> Refusal:
    """Return the fewest workplaces whose refusal leaves essential needs shorter.

    Raises:
        Unsettled: more than so many turns were needed.
    """
    # Closing stocks come first in fullest, then the essential tier.
    shop = Shop(economy, variants.pose(economy, "fullest").aims[1:2])
    anyway, _ = shop.least(frozenset())
    enough = anyway + SHORT * sum(float(n.worth * n.quantity) for n in economy.needs.values() if n.tier == 1)
    plans: list[frozenset[str]] = []
    refusing: frozenset[str] = frozenset()
    for turn in range(turns):
        told(turn + 1, len(plans), len(refusing))
        short, z = shop.least(refusing)
        if short > enough:
            return Refusal(tuple(sorted(refusing)), short, anyway, tuple(plans))
        pared = _pared(shop, shop.used(z), enough=enough)
        if not pared:
            return Refusal((), anyway, anyway, tuple(plans))
        plans.append(pared)
        refusing = _meeting(plans, shop.workplaces)
    raise Unsettled(turns, len(refusing))


def _pared(shop: Shop, used: frozenset[str], *, enough: float) -> frozenset[str]:
    """Return workplaces among these of which none can be left out while so much at most stays unmet.

    Halves are tried before single ones: where many can be spared they go at once.
    """
    everybody = frozenset(shop.workplaces)
    waiting = [sorted(used)]
    while waiting:
        tried = [name for name in waiting.pop() if name in used]
        if not tried:
            continue
        short, z = shop.least(everybody - used | frozenset(tried))
        if short <= enough:
            used = shop.used(z)
        elif len(tried) > 1:
            half = len(tried) // 2
            waiting += [tried[:half], tried[half:]]
    return used


def losses(economy: Economy) -> tuple[Loss, ...]:
    """Return what goes unmet when each workplace alone refuses, most first."""
    # The last level of fullest is hours: all before it are what goes unmet.
    shop = Shop(economy, variants.pose(economy, "fullest").aims[:-1])
    anyway, z = shop.least(frozenset())
    before = shop.unmet(z)
    found = []
    for name in shop.workplaces:
        short, z = shop.least(frozenset({name}))
        after = shop.unmet(z)
        councils = {council: after[council] - before[council] for council in after}
        moved = {council: worth for council, worth in councils.items() if abs(worth) > SHORT}
        found.append(Loss(name, max(0.0, short - anyway), moved))
    return tuple(sorted(found, key=lambda loss: (-loss.worth, loss.workplace)))


def _meeting(plans: list[frozenset[str]], names: tuple[str, ...]) -> frozenset[str]:
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
