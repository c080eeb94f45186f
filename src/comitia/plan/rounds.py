"""Planning in rounds between two levels: committees keep their techniques, the centre combines what they propose.

The centre tells prices of products, of hours of the whole federation and of limits. Each committee answers with the
programme of its own workplace that is best at these prices, and tells of it only what goes in and out. The centre mixes
all programmes proposed so far (G. Dantzig and P. Wolfe, Decomposition principle, 1960; J. Kornai and T. Liptak,
Two-level planning, 1965). The plan of each round is feasible. What the best answers promise at the prices of a round
bounds every plan; the bound needs no technique either.

Value is counted as what a plan saves against standing still, in hours and worth (*lightest*): it never falls from round
to round, the bound never rises, and they meet at the central optimum.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import inf
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, eye_array, hstack, vstack

from comitia.plan import certificate, highs, levels, rounding, solve, variants
from comitia.plan.economy import Economy
from comitia.plan.model import ZERO, Model, total
from comitia.plan.solution import Plan, Price
from comitia.plan.variants import Posed

Vector = NDArray[np.float64]
Indices = NDArray[np.int64]
# Room in the rows that bind committees together, and in their own, for rounding to figures that hold exactly.
HAIR = 1e-8
# What a missing unit of that room costs, against the largest cost.
ROOM_COST = 1e2
# Below this share of the value of standing still, an answer improves nothing.
NOTHING = 1e-10


class Boundless(Exception):
    """An activity that nothing limits: at some prices its committee would promise without end."""

    def __init__(self, activity: str) -> None:
        self.activity = activity
        super().__init__(
            f"nothing limits the runs of {activity}; give it a largest number of runs, or hours or a machine it needs"
        )


@dataclass(frozen=True)
class Answer:
    """What a committee tells: cost, and what goes in and out by common row; its promise at the prices of the round."""

    cost: float
    common: Vector
    promise: float


@dataclass
class Committee:
    """A workplace with its techniques, which nobody else sees: its programme, and what it proposed so far."""

    workplace: str
    _cost: Vector
    _common: csr_array
    _own: csr_array
    _limits: tuple[Vector, Vector]
    _proposed: list[Vector] = field(default_factory=list)
    _prices: list[Vector] = field(default_factory=list)

    def answer(self, prices: Vector) -> Answer:
        """Return the programme that costs least at these prices of the common rows.

        Raises:
            NotSolved: the solver found none.
        """
        right, upper = self._limits
        spent = self._cost - self._common.T @ prices
        runs, own = highs.least(highs.Programme(spent, self._own, right, upper))
        # What a solver gives is a hair beyond its limits at most; the programme told keeps within them.
        runs = np.minimum(runs, upper) * (1 - HAIR)
        self._proposed.append(runs)
        self._prices.append(own)
        bound = float(own @ right + np.minimum(spent - self._own.T @ own, 0.0) @ upper)
        return Answer(float(self._cost @ runs), self._common @ runs, bound)

    def disturbed(self, steps: Vector) -> Vector:
        """Return how much of each common row is lost at most when its runs are cut down to whole steps.

        Args:
            steps: of its runs; 0 of its overtime.
        """
        ran = np.any(self._proposed, axis=0) if self._proposed else np.zeros(len(steps), dtype=np.bool_)
        return self._common.maximum(0.0) @ np.where(ran, steps, 0.0)

    def carried_out(self, shares: Vector) -> Vector:
        """Return the runs (and overtime) of its proposals, each in its share."""
        found: Vector = np.zeros(len(self._cost))
        for share, runs in zip(shares, self._proposed, strict=True):
            found += share * runs
        return found

    def own_prices(self, number: int) -> Vector:
        """Return the prices of its own rows at its answer of that number: for the proof only."""
        return self._prices[number]


@dataclass(frozen=True)
class Round:
    """One round: what the best plan so far saves against standing still, what no plan saves more than, and the plan.

    ``ended`` says that nobody can propose better: what is left of the gap is what figures in whole steps cost. Where a
    board moves the prices, ``imbalance`` is the largest at the prices of the round.
    """

    number: int
    value: Fraction
    bound: Fraction
    proposals: int
    plan: Plan
    ended: bool
    imbalance: float | None = None

    @property
    def gap(self) -> Fraction:
        """What may be missing, as a share of the bound."""
        return (self.bound - self.value) / self.bound if self.bound > 0 else ZERO


@dataclass(frozen=True)
class Division:
    """How the model is divided: rows in common and each committee's, columns of the centre and each committee's."""

    posed: Posed
    common: Indices
    centre: Indices
    rows: dict[str, Indices]
    columns: dict[str, Indices]


class Board(Protocol):
    """Who says the prices of the common rows instead of the master: it hears the answers and moves them."""

    @property
    def prices(self) -> Vector:
        """Return the prices of the common rows for this round."""

    def moved(self, answers: Sequence[Answer]) -> float:
        """Move the prices by the answers to them; return the largest imbalance of the round."""


def divided(economy: Economy) -> tuple[Division, list[Committee]]:
    """Return the model divided among the centre and the committees of the workplaces.

    Raises:
        Boundless: an activity without any limit.
    """
    posed = variants.pose(economy, "lightest")
    built = posed.built
    place = _row_places(economy, built)
    at = [_column_place(economy, built, i) for i in range(len(built.variables))]
    names = sorted({w for w in at if w})
    table = Division(
        posed,
        np.array([r for r, w in enumerate(place) if not w], dtype=np.int64),
        np.array([i for i, w in enumerate(at) if not w], dtype=np.int64),
        {name: np.array([r for r, w in enumerate(place) if w == name], dtype=np.int64) for name in names},
        {name: np.array([i for i, w in enumerate(at) if w == name], dtype=np.int64) for name in names},
    )
    whole = levels.matrix(built.rows, len(built.variables))
    right = np.array([float(row.rhs) for row in built.rows])
    cost, upper = _costs(posed), np.array([_limit(built, i) for i in range(len(built.variables))])
    committees = []
    for name in names:
        rows, columns = table.rows[name], table.columns[name]
        own = csr_array(whole[rows][:, columns])
        committees.append(
            Committee(
                name, cost[columns], csr_array(whole[table.common][:, columns]), own, (right[rows], upper[columns])
            )
        )
    return table, committees


def _row_places(economy: Economy, built: Model) -> list[str]:
    found = []
    for row in built.rows:
        match row.kind:
            case "hours":
                found.append(row.key.partition("|")[2])
            case "machine":
                found.append(economy.machines[row.key].workplace)
            case _:
                found.append("")
    # A machine that another workplace uses too, and hours where nobody works, are in common.
    for r, row in enumerate(built.rows):
        users = {_column_place(economy, built, i) for i in row.coefficients}
        if found[r] and users != {found[r]}:
            found[r] = ""
    return found


def _column_place(economy: Economy, built: Model, i: int) -> str:
    variable = built.variables[i]
    match variable.kind:
        case "runs":
            return economy.activities[variable.key[0]].workplace
        case "overtime":
            works = {economy.activities[a].workplace for a, t in economy.labour if t == variable.key[0]}
            return variable.key[1] if variable.key[1] in works else ""
        case _:
            return ""


def _limit(built: Model, i: int) -> float:
    if built.variables[i].kind != "runs":
        return inf if built.variables[i].upper is None else float(built.variables[i].upper or 0)
    implied = certificate.implied_upper(built, i)
    if implied is None:
        raise Boundless(built.variables[i].key[0])
    return float(implied)


def _costs(posed: Posed) -> Vector:
    cost = np.zeros(len(posed.built.variables))
    for i, c in posed.aims[0].cost.items():
        cost[i] = float(c)
    return cost


def rounds(
    economy: Economy,
    *,
    tolerance: float = 1e-6,
    most: int = 200,
    board: Callable[[Economy, Division], Board] | None = None,
) -> Iterator[Round]:
    """Yield round after round until value and bound have met within the tolerance, or nobody can propose better.

    Args:
        economy: as declared.
        tolerance: gap at which to stop.
        most: number of rounds after which to stop anyway.
        board: who says the prices; None: they follow from the mixture of the proposals.

    Raises:
        Boundless: an activity without any limit.
        NotSolved: the solver failed.
        DoesNotHold: not even standing still holds exactly.
    """
    table, committees = divided(economy)
    told: list[list[Answer]] = [[] for _ in committees]
    idle = _idle(table)
    best: Plan | None = None
    bound = -inf
    bounding: tuple[Price, ...] = ()
    costs = _costs(table.posed)
    still = Fraction(float(costs @ idle))
    pricing = board(economy, table) if board else None
    for number in range(1, most + 1):
        mixed, prices = _mixed(table, committees, told, 0.0)
        # Once more with room in every common row, for figures cut down to the declared decimals.
        roomed, _ = _mixed(table, committees, told, _disturbed(economy, table, committees, mixed))
        prices = pricing.prices if pricing else prices
        answers = [committee.answer(prices) for committee in committees]
        imbalance = pricing.moved(answers) if pricing else None
        promised = _promised(table, prices, answers)
        if promised > bound:
            bound, bounding = promised, _all_prices(table, committees, prices)
        best = _better(economy, table, ((mixed, roomed), bounding), best)
        level = best.certificate.levels[0]
        # What figures in whole steps cost, no further round can save.
        missing = min(float(level.value), float(costs @ mixed)) - float(level.bound)
        ended = missing <= tolerance * max(float(still - level.bound), NOTHING)
        yield Round(number, still - level.value, still - level.bound, sum(map(len, told)), best, ended, imbalance)
        if ended:
            return
        for mine, answer in zip(told, answers, strict=True):
            mine.append(answer)


def _idle(table: Division) -> Vector:
    """Return the values when everybody stands still: all needs unmet."""
    return np.array(
        [float(v.upper or 0) if v.kind in ("unmet", "closing") else 0.0 for v in table.posed.built.variables]
    )


def _mixed(
    table: Division, committees: Sequence[Committee], told: Sequence[Sequence[Answer]], margin: Vector | float
) -> tuple[Vector, Vector]:
    """Return the values of all variables when proposals are mixed at best, and the prices of the common rows."""
    prices, shares, centre = _combined(table, told, margin)
    z = np.zeros(len(table.posed.built.variables))
    z[table.centre] = centre
    for committee, part in zip(committees, shares, strict=True):
        z[table.columns[committee.workplace]] = committee.carried_out(part)
    return z, prices


def _disturbed(economy: Economy, table: Division, committees: Sequence[Committee], z: Vector) -> Vector:
    """Return how much of each common row is lost at most when runs are cut down to their steps, and trade rounded."""
    built = table.posed.built
    grid = rounding.steps(economy, built, {i: float(v) for i, v in enumerate(z)})
    steps = np.array([float(grid[i]) for i in range(len(z))])
    whole = levels.matrix(built.rows, len(built.variables))[table.common][:, table.centre]
    lost: Vector = abs(whole) @ steps[table.centre]
    for committee in committees:
        lost += committee.disturbed(steps[table.columns[committee.workplace]])
    return lost


def _combined(
    table: Division, told: Sequence[Sequence[Answer]], margin: Vector | float
) -> tuple[Vector, list[Vector], Vector]:
    """Return prices of the common rows, the share of every proposal, and the centre's own variables.

    Each committee's shares add up to 1 at most: the rest stands still. Every common row keeps the margin, if it can.
    """
    built = table.posed.built
    whole = levels.matrix(built.rows, len(built.variables))[table.common]
    right = np.array([float(built.rows[r].rhs) for r in table.common])
    cost = _costs(table.posed)[table.centre]
    limits = [built.variables[i].upper for i in table.centre]
    upper = np.array([inf if limit is None else float(limit) for limit in limits])
    answers = [answer for mine in told for answer in mine]
    owner = np.array([w for w, mine in enumerate(told) for _ in mine], dtype=np.int64)
    columns = csr_array(np.array([a.common for a in answers]).T.reshape(len(right), len(answers)))
    room = HAIR * np.maximum(1.0, np.abs(right)) + margin
    top = hstack([whole[:, table.centre], columns, eye_array(len(right))])
    sums = csr_array((-np.ones(len(owner)), (owner, np.arange(len(owner)))), shape=(len(told), len(owner)))
    nothing = csr_array((len(told), len(table.centre))), csr_array((len(told), len(right)))
    matrix = csr_array(vstack([top, hstack([nothing[0], sums, nothing[1]])], format="csr"))
    costs = np.concatenate(
        [cost, [a.cost for a in answers], np.full(len(right), ROOM_COST * max(1.0, cost.max(initial=0.0)))]
    )
    limits_ = np.concatenate([upper, np.ones(len(answers)), room])
    z, dual = highs.least(highs.Programme(costs, matrix, np.concatenate([right + room, -np.ones(len(told))]), limits_))
    n = len(table.centre)
    shares = [z[n : n + len(answers)][owner == w] for w in range(len(told))]
    return dual[: len(right)], shares, z[:n]


def _promised(table: Division, prices: Vector, answers: Sequence[Answer]) -> float:
    """Return what no plan costs less than: common rows at their prices, the centre's part, each committee's promise."""
    built = table.posed.built
    whole = levels.matrix(built.rows, len(built.variables))[table.common][:, table.centre]
    right = np.array([float(built.rows[r].rhs) for r in table.common])
    spent = np.minimum(_costs(table.posed)[table.centre] - whole.T @ prices, 0.0)
    limits = np.array([float(built.variables[i].upper or 0) for i in table.centre])
    return float(right @ prices + spent @ limits) + sum(a.promise for a in answers)


def _all_prices(table: Division, committees: Sequence[Committee], prices: Vector) -> tuple[Price, ...]:
    """Return the prices of every row at the last answers: with them anyone who has all figures can check the bound."""
    built = table.posed.built
    by_row = np.zeros(len(built.rows))
    by_row[table.common] = prices
    for committee in committees:
        by_row[table.rows[committee.workplace]] = committee.own_prices(-1)
    written = [(row, levels.written(p)) for row, p in zip(built.rows, by_row, strict=True)]
    return tuple(Price(0, row.kind, row.key, p) for row, p in written if p)


def _better(
    economy: Economy, table: Division, found: tuple[Sequence[Vector], tuple[Price, ...]], best: Plan | None
) -> Plan:
    """Return the plan of a round, or the one before where rounding makes that the better one, with the latest bound."""
    mixtures, prices = found
    posed = table.posed
    built = posed.built
    # Standing still is there to begin with.
    values = [variants.values(economy, posed, best)] if best else []
    for z in mixtures if best else (*mixtures, _idle(table)):
        plain = {i: float(v) for i, v in enumerate(z)}
        grid = rounding.steps(economy, built, plain)
        for near in (plain, rounding.upwards(built, plain, grid), rounding.downwards(built, plain, grid)):
            values.append(variants.completed(economy, posed, rounding.exact(economy, built, near, grid)))
    holding = [v for v in values if certificate.holds(built, v)]
    if not holding:
        certificate.check_feasible(built, values[-1])
    least = min(holding, key=lambda v: total(posed.aims[0].cost, v))
    return solve.published(economy, posed, least, (prices, "rounds of proposals", f"{0:g}"))
