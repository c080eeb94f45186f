"""What one more, and one less, unit of a limit brings, and how far that holds: ranging that degeneracy cannot deceive.

The least value of a level as a function of one limit is convex and piecewise linear. Each solution gives a value and a
price, that is a supporting line; where two lines meet there is a breakpoint, or a lower piece between them (Eisner and
Severance, Mathematical Techniques for Efficient Record Segmentation in Large Shared Databases, Journal of the ACM 23,
1976). So both sides of the declared figure are known, also where its price is not unique.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from math import inf

import numpy as np
from scipy.sparse import csr_array, hstack

from comitia.plan import highs, model as models, variants
from comitia.plan.economy import Economy
from comitia.plan.highs import Moved, NotSolved, Programme
from comitia.plan.model import Model, Row
from comitia.plan.solution import Plan
from comitia.plan.variants import Posed

# A change of a limit, the least value there, and the slope of a line that supports it.
Point = tuple[float, float, float]
# Beyond this many nonzeros one solution takes too long to be asked for dozens of times.
MOST_NONZEROS = 30_000
SOLUTIONS = 40
TOLERANCE = 1e-7
# Pieces told on each side; what lies beyond seldom matters to who has to decide.
TOLD = 3


class TooLarge(Exception):
    """An economy too large to be solved again for every limit."""

    def __init__(self, nonzeros: int) -> None:
        self.nonzeros = nonzeros
        super().__init__(f"the model has {nonzeros} nonzeros; ranges are computed up to {MOST_NONZEROS}")


@dataclass(frozen=True, slots=True)
class Piece:
    """Between two changes of a limit (0: as declared) each unit is worth ``worth``."""

    from_: float
    to: float
    worth: float


@dataclass(frozen=True, slots=True)
class Range:
    """What a limit brings: pieces above the declared figure, nearest first, and below it, nearest first.

    ``floor`` is the change below which an earlier level of the variant could not be kept (or minus the figure itself).
    """

    kind: str
    key: str
    declared: float
    up: tuple[Piece, ...]
    down: tuple[Piece, ...]
    floor: float

    @property
    def more(self) -> float:
        """What one more unit brings."""
        return self.up[0].worth if self.up else 0.0

    @property
    def less(self) -> float:
        """What one unit less costs."""
        return self.down[0].worth if self.down else self.more


@dataclass(frozen=True)
class _Level:
    """A level of a variant, ready to be solved with one limit moved."""

    built: Model
    rows: tuple[Row, ...]
    programme: Programme
    moved: Moved


def ranges(economy: Economy, plan: Plan, level: int, limits: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Range]:
    """Return the range of every limit, by kind and key (those of the plan's prices: hours, machine, limit, runs ...).

    Args:
        economy: the plan's.
        plan: whose earlier levels are kept at their values.
        level: the level of the variant whose worth is meant.
        limits: kind and key of each limit.

    Raises:
        TooLarge: more than ``MOST_NONZEROS`` nonzeros.
    """
    levels = plan.certificate.levels
    posed = variants.pose(economy, plan.variant, [(v.tier, v.worst) for v in levels if v.worst])
    if posed.built.nonzeros > MOST_NONZEROS:
        raise TooLarge(posed.built.nonzeros)
    limits = list(dict.fromkeys(limits))
    of = _level(economy, posed, plan, (level, [key for kind, key in limits if kind == "runs"]))
    return {limit: _range(of, *limit) for limit in limits if _find(of, *limit) is not None}


def _level(economy: Economy, posed: Posed, plan: Plan, asked: tuple[int, list[str]]) -> _Level:
    (level, activities), built = asked, posed.built
    costs = [aim.cost for aim in posed.aims]
    z = variants.values(economy, posed, plan)
    rows = list(built.rows)
    upper = np.array([inf if v.upper is None else float(v.upper) for v in built.variables])
    for activity in activities:
        # A largest number of runs as a row, so that it can be moved like any other limit.
        at = built.index["runs", (activity,)]
        most = built.variables[at].upper
        if most is not None:
            rows.append(Row("runs", activity, -most, {at: Fraction(-1)}))
            upper[at] = inf
    for earlier, cost in enumerate(costs[:level]):
        value = models.total(cost, z)
        # A hair of room: the plan's own value is rounded, a solver's is not.
        kept = value + abs(value) / 10**9 + Fraction(1, 10**9)
        rows.append(Row("level", str(earlier), -kept, {i: -c for i, c in cost.items()}))
    c = np.zeros(len(built.variables))
    for i, amount in costs[level].items():
        c[i] = float(amount)
    entries = [(r, i, float(a)) for r, row in enumerate(rows) for i, a in row.coefficients.items()]
    shape = (len(rows), len(c))
    if entries:
        r, i_, a = zip(*entries, strict=True)
        matrix = csr_array((np.array(a), (np.array(r), np.array(i_))), shape=shape)
    else:
        matrix = csr_array(shape, dtype=np.float64)
    right = np.array([float(row.rhs) for row in rows])
    programme = Programme(c, matrix, right, upper)
    return _Level(built, tuple(rows), programme, Moved(programme))


def _find(of: _Level, kind: str, key: str) -> int | None:
    return next((n for n, row in enumerate(of.rows) if (row.kind, row.key) == (kind, key)), None)


def _range(of: _Level, kind: str, key: str) -> Range:
    at = _find(of, kind, key)
    if at is None:
        raise AssertionError("asked only for rows that are there")
    declared = _declared(of, at)

    def up(change: float) -> Point:
        value, price = of.moved.least(at, float(of.programme.right[at]) - change)
        return change, value, -price

    def down(change: float) -> Point:
        _, value, slope = up(-change)
        return change, value, -slope

    floor = _floor(of, at, declared)
    wide = declared if declared > 0 else _scale(of, at)
    above = tuple(Piece(a, b, _worth(slope)) for a, b, slope in _pieces(up, wide))
    below = tuple(Piece(-b, -a, _worth(-slope)) for a, b, slope in _pieces(down, -floor)) if floor < 0 else ()
    return Range(kind, key, declared, above, below, floor)


def _worth(slope: float) -> float:
    """Return what a unit brings, from the slope of the least value; a solver's last digit brings nothing."""
    return -slope if slope < -TOLERANCE else 0.0


def _declared(of: _Level, at: int) -> float:
    """Return the declared figure of a limit; of a product's row it is the balance that moves, by its stock."""
    row = of.rows[at]
    return 0.0 if row.kind == "product" else max(float(-row.rhs), 0.0)


def _scale(of: _Level, at: int) -> float:
    row = of.rows[at]
    return max(abs(float(row.rhs)), 1.0)


def _floor(of: _Level, at: int, declared: float) -> float:
    """Return the least change at which a plan keeps the earlier levels; minus the declared figure at most."""
    lowest = declared if declared > 0 else (_scale(of, at) if of.rows[at].kind == "product" else 0.0)
    if not lowest:
        return 0.0
    more = csr_array((np.ones(1), (np.array([at]), np.array([0]))), shape=(len(of.rows), 1))
    wide = csr_array(hstack([of.programme.matrix, more]))
    right = of.programme.right.copy()
    right[at] += lowest
    cost = np.zeros(len(of.programme.cost) + 1)
    cost[-1] = 1.0
    upper = np.append(of.programme.upper, lowest)
    try:
        z, _ = highs.least(Programme(cost, wide, right, upper))
    except NotSolved:
        return 0.0
    return -lowest + float(z[-1])


def _pieces(f: Callable[[float], Point], end: float) -> list[tuple[float, float, float]]:
    """Return the pieces of a convex function nearest to 0, at most ``TOLD``, out to an end: from, to, slope."""
    a, b = f(0.0), f(end)
    pieces: list[tuple[float, float, float]] = []
    last = a
    for point in chain(_breakpoints(f, a, b, [SOLUTIONS]), (b,)):
        (t, value, _), (u, other, _) = last, point
        if u - t <= TOLERANCE * end:
            continue
        slope = (other - value) / (u - t)
        if pieces and abs(pieces[-1][2] - slope) <= 1e-6 * (1 + abs(slope)):
            pieces[-1] = (pieces[-1][0], u, pieces[-1][2])
        elif len(pieces) == TOLD:
            break
        else:
            pieces.append((t, u, slope))
        last = point
    return pieces


def _breakpoints(f: Callable[[float], Point], a: Point, b: Point, left: list[int]) -> Iterator[Point]:
    """Yield the points between two at which the slope changes, nearest first; each is looked for when asked for."""
    (t, value, slope), (u, other, steep) = a, b
    slack = TOLERANCE * (1 + abs(value) + abs(other))
    if other - (value + slope * (u - t)) <= slack or value - (other + steep * (t - u)) <= slack or left[0] <= 0:
        return
    meet = (other - value + slope * t - steep * u) / (slope - steep)
    if not t < meet < u:
        return
    left[0] -= 1
    middle = f(meet)
    if middle[1] - (value + slope * (meet - t)) > slack:
        yield from _breakpoints(f, a, middle, left)
        yield middle
        yield from _breakpoints(f, middle, b, left)
    else:
        yield middle


def sentence(of: Range, unit: str) -> str:
    """Return what a range says, in words, with the figures that a body decides by."""
    if not of.up or of.more <= TOLERANCE:
        said = f"One more {unit} alone brings nothing"
    else:
        said = f"One more {unit} brings {of.more:.3g} hours of worth, up to {of.up[0].to:.6g} more"
    if len(of.up) > 1 and of.more > TOLERANCE:
        after = of.up[1]
        said += f", then {after.worth:.3g}" if after.worth > TOLERANCE else ", then nothing"
    if of.down:
        said += f"; one {unit} less costs {of.less:.3g}, down to {-of.down[0].from_:.6g} less"
    elif of.floor >= 0 and of.declared > 0:
        said += f"; with one {unit} less an earlier tier could not be kept"
    return f"{said}."
