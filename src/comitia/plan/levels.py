"""Level after level: each one linear programme, each keeping what the earlier ones reached, each with its prices.

After a simplex solution a level is kept by its optimal face: what has a reduced cost or a price other than 0 stays
where it is. So nothing of a level is given away to the next, not even by a last digit. Solutions in whole
steps show no face; there a row keeps the level's value, with a hair of room.

Notation: of level l the prices y_l, the reduced costs d_l = c_l - G'y_l, and q_l the price of keeping its value.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import inf

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from comitia.plan import highs, variants
from comitia.plan.economy import Economy
from comitia.plan.model import ZERO, Row
from comitia.plan.solution import Price
from comitia.plan.variants import Aim, Posed

Vector = NDArray[np.float64]
Mask = NDArray[np.bool_]
Say = Callable[[str], None]
# What a missing unit of rounding margin costs against the largest cost of the level, and against giving a level up.
MARGIN_COST = 1e2
# Room in a row that keeps a level's value, so that the next level is not infeasible by the last digit.
HAIR = 1e-9
# Prices and reduced costs below this share of what they are made of are a solver's last digits.
NOISE = 1e-9
# Shares that differ by less are of one block.
TIED = 1e-7


@dataclass(frozen=True)
class Ground:
    """What is asked of every level besides its aim: a margin in each row to round in, and activities standing still.

    ``step`` is, where given, the step of each variable (0: none) to count in whole numbers.
    """

    margins: Sequence[float] = ()
    still: frozenset[int] = frozenset()
    step: Vector | None = None


@dataclass(frozen=True)
class Solved:
    """A level as solved: the programme it was, its value, the solution, and the price of each row."""

    posed: Posed
    aim: Aim
    asked: highs.Programme
    value: float
    z: Vector
    dual: Vector


@dataclass(frozen=True)
class _Face:
    """The plans that are best at a level: variables that stay at 0 or at their limit, rows that stay tight."""

    at_zero: Mask
    at_limit: Mask
    tight: Mask
    prices: Vector
    reduced: Vector


@dataclass
class Levels:
    """Levels solved so far: the variant as posed, their values, the prices of each, and the last solution."""

    posed: Posed
    ground: Ground
    faces: list[_Face] = field(default_factory=list)
    kept: list[Row] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    prices: list[Price] = field(default_factory=list)
    z: Vector = field(default_factory=lambda: np.zeros(0))
    _turned: csr_array | None = None

    def solve(self, posed: Posed, aim: Aim) -> Solved:
        """Return the least value of an aim, earlier levels kept.

        Raises:
            NotSolved: the solver found none.
        """
        asked = self._programme(posed, aim)
        at_limit = np.zeros(len(asked.cost))
        free = asked.upper.copy()
        tight = np.zeros(len(asked.right), dtype=np.bool_)
        for face in self.faces:
            full = np.flatnonzero(face.at_limit)
            at_limit[full] = asked.upper[full]
            free[full] = free[np.flatnonzero(face.at_zero)] = 0.0
            tight[np.flatnonzero(face.tight)] = True
        right = asked.right - asked.matrix @ at_limit
        narrowed = highs.Programme(asked.cost, asked.matrix, right, free, tight=tight)
        step = self.ground.step
        z, dual = highs.least(narrowed) if step is None else _in_steps(narrowed, step)
        z, n = z + at_limit, len(posed.built.variables)
        return Solved(posed, aim, asked, float(asked.cost[:n] @ z[:n]), z, dual)

    def _programme(self, posed: Posed, aim: Aim) -> highs.Programme:
        """Return the programme of a level as if it were the first, with a margin in each row where one is asked for."""
        built = posed.built
        rows, n = [*built.rows, *self.kept], len(built.variables)
        margins = np.zeros(len(rows))
        margins[: len(self.ground.margins)] = self.ground.margins
        wide = np.flatnonzero(margins)
        cost = np.zeros(n + len(wide))
        for i, c in aim.cost.items():
            cost[i] = float(c)
        cost[n:] = max(1.0, float(np.abs(cost).max(initial=0.0))) * MARGIN_COST
        # A margin that cannot be had is given up, dearly.
        given_up = csr_array((np.ones(len(wide)), (wide, np.arange(n, len(cost)))), shape=(len(rows), len(cost)))
        limits = np.array([inf if v.upper is None else float(v.upper) for v in built.variables])
        limits[list(self.ground.still)] = 0.0
        right = np.array([float(row.rhs) for row in rows]) + margins
        matrix_ = csr_array(self._matrix(rows, len(cost)) + given_up)
        return highs.Programme(cost, matrix_, right, np.concatenate([limits, margins[wide]]))

    def _matrix(self, rows: Sequence[Row], width: int) -> csr_array:
        """Return the rows as a matrix; those that the model had at the beginning are turned once."""
        if self._turned is None:
            self._turned = matrix(self.posed.built.rows, width)
        size, turned = self._turned.shape[0], self._turned
        wider = csr_array((turned.data, turned.indices, turned.indptr), shape=(size, width))
        return csr_array(vstack([wider, matrix(rows[size:], width)], format="csr"))

    def keep(self, solved: Solved) -> None:
        """Enter a level as solved: its prices, and its face or a row that keeps its value."""
        n = len(solved.posed.built.variables)
        self.posed, self.z = solved.posed, solved.z[:n]
        level = len(self.values)
        self.values.append(solved.value)
        if self.ground.step is not None:
            room = HAIR * (1 + abs(solved.value))
            cost = {i: -c for i, c in solved.aim.cost.items()}
            self.kept.append(Row("level", str(level), Fraction(-solved.value - room), cost))
            return
        face = _face(solved, self.faces)
        self.prices += _prices(level, solved, [*self.faces, face])
        self.faces.append(face)


def _face(solved: Solved, earlier: Sequence[_Face]) -> _Face:
    asked, z = solved.asked, solved.z
    reduced = asked.cost - asked.matrix.T @ solved.dual
    noise = NOISE * (np.abs(asked.cost) + abs(asked.matrix).T @ np.abs(solved.dual))
    settled = np.zeros(len(z), dtype=np.bool_)
    tight = np.abs(solved.dual) > 0
    for face in earlier:
        settled[: len(face.at_zero)] |= face.at_zero | face.at_limit
        tight[: len(face.tight)] &= ~face.tight
    low = np.where(np.isinf(asked.upper), True, z <= asked.upper / 2)
    at_zero = (reduced > noise) & low & ~settled
    at_limit = (reduced < -noise) & ~low & ~settled
    return _Face(at_zero, at_limit, tight, solved.dual, reduced)


def _prices(level: int, solved: Solved, faces: Sequence[_Face]) -> list[Price]:
    """Return the prices of a level that are not 0: of rows, of earlier levels kept, and of the largest runs.

    The programme was solved on the faces of earlier levels, so that its own prices may be below 0 on rows that these
    hold tight, and reduced costs of the wrong sign on variables that they hold. Adding q_l times the prices of level l,
    and the price q_l for keeping its value, mends both: its own are of the right sign there, and 0 elsewhere.
    """
    built, own = solved.posed.built, faces[-1]
    prices, reduced = own.prices.copy(), own.reduced.copy()
    found: list[Price] = []
    for earlier in range(level - 1, -1, -1):
        face = faces[earlier]
        wrong = [
            -reduced[: len(face.reduced)][face.at_zero] / face.reduced[face.at_zero],
            -reduced[: len(face.reduced)][face.at_limit] / face.reduced[face.at_limit],
            -prices[: len(face.prices)][face.tight] / face.prices[face.tight],
        ]
        kept = max((float(ratio.max(initial=0.0)) for ratio in wrong), default=0.0)
        price = written(kept)
        if price:
            found.append(Price(level, "level", str(earlier), price))
            prices[: len(face.prices)] += float(price) * face.prices
            reduced[: len(face.reduced)] += float(price) * face.reduced
    for r in map(int, np.flatnonzero(prices[: len(built.rows)])):
        price = written(prices[r])
        if price:
            found.append(Price(level, built.rows[r].kind, built.rows[r].key, price))
    for i in map(int, np.flatnonzero(reduced[: len(built.variables)] < 0)):
        variable, rent = built.variables[i], written(-reduced[i])
        # Below the solver's own tolerance it is noise, not a rent.
        if variable.kind == "runs" and variable.upper is not None and rent > Fraction(1, 10**9):
            found.append(Price(level, "runs", variable.key[0], rent))
    return found


def of_variant(economy: Economy, variant: str, say: Say) -> Levels:
    """Solve the levels of a variant of an economy, in floats: nothing is rounded or certified yet.

    Raises:
        UnknownVariant: there is no such variant.
        NotSolved: the solver found no solution of a level.
    """
    if variant == "fairest":
        return fairest(economy, say)
    return in_order(variants.pose(economy, variant), Ground(), say)


def in_order(posed: Posed, ground: Ground, say: Say) -> Levels:
    """Solve the levels of a variant, all of them known.

    Raises:
        NotSolved: the solver found no solution of one.
    """
    found = Levels(posed, ground)
    for aim in posed.aims:
        say(aim.name)
        found.keep(found.solve(posed, aim))
    return found


def fairest(economy: Economy, say: Say) -> Levels:
    """Solve *fairest*, finding its levels on the way: per block of councils equally poor its first and its last.

    The levels between are implied: the sum of the k largest shares is concave in k.

    Raises:
        NotSolved: the solver found no solution of a level.
    """
    found = in_order(variants.opening(economy, "fairest"), Ground(), say)
    for tier in variants.TIERS:
        _tier(found, tier, say)
    ended = variants.with_hours(economy, found.posed)
    say("hours")
    found.keep(found.solve(ended, ended.aims[-1]))
    return found


def _tier(found: Levels, tier: int, say: Say) -> None:
    shares = variants.councils(found.posed.built, tier)
    done, reached = 0, 0.0

    def as_poor(z: Vector, share: float) -> int:
        return int(np.count_nonzero(z[shares] >= share - TIED))

    def tried(count: int) -> Solved:
        posed = variants.with_worst(found.posed, tier, count)
        say(posed.aims[-1].name)
        return found.solve(posed, posed.aims[-1])

    while done < len(shares):
        found.keep(tried(done + 1))
        share = found.values[-1] - reached
        if share <= TIED:
            # Nobody else goes short, and the level just kept holds them to it.
            return
        last = as_poor(found.z, share)
        while last > done + 1:
            block = tried(last)
            if block.value >= reached + (last - done) * share - TIED * last:
                found.keep(block)
                break
            # Not all of them need be as poor as that: fewer are, in this solution.
            last = min(as_poor(block.z, share), last - 1)
        done, reached = max(last, done + 1), found.values[-1]


def matrix(rows: Sequence[Row], width: int) -> csr_array:
    """Return rows of the model as a sparse matrix, (rows, width)."""
    sizes = [len(row.coefficients) for row in rows]
    column = np.array([i for row in rows for i in row.coefficients], dtype=np.int64)
    figure = np.array([float(a) for row in rows for a in row.coefficients.values()], dtype=np.float64)
    starts = np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])
    return csr_array((figure, column, starts), shape=(len(rows), width))


def _in_steps(asked: highs.Programme, step: Vector) -> tuple[Vector, Vector]:
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


def written(price: float) -> Fraction:
    """Return a price as it is written, 0 where it is a solver's last digits."""
    # Twelve digits: the bound is computed from what is written, so nothing is lost that is not shown.
    return Fraction(f"{price:.12g}") if price > 1e-12 else ZERO
