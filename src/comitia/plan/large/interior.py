"""The interior point method: least c.z with Gz >= r, 0 <= z <= U, and prices that prove how near it is.

S. Mehrotra, On the implementation of a primal-dual interior point method (1992), the steps computed by conjugate
gradients (``normal.py``) behind a preconditioner made for production networks (``basis.py``). What the conjugate
gradients leave over goes into the slacks, so that rows hold as well as steps are long, and only complementarity errs.

Notation: x variables, s slacks (Gx - s = r), y prices, low and high what x >= 0 and x <= U cost.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray

from comitia.plan.large import basis, normal, start
from comitia.plan.large.basis import Network
from comitia.plan.large.kernels import dot
from comitia.plan.large.normal import Normal
from comitia.plan.large.programme import Programme
from comitia.plan.large.start import Point

Vector = NDArray[np.float64]
Progress = Callable[[int, float], None]
MOST_ITERATIONS = 200
MOST_STEPS = 2000
# Conjugate gradients stop where complementarity errs by this share of its mean.
PREDICTOR, CORRECTOR = 0.3, 0.1
LEAST_CENTRING = 1e-3
# A predictor that gets no farther than this: go back to the middle first.
BLOCKED, BACK_TO_CENTRE = 0.1, 0.5
SHORT_OF_THE_WALL = 0.98
# Weights beyond it tell a float nothing.
EXTREME = 1e80
# More steps than this: keep more of the factors; fewer: keep less.
MANY_STEPS, FEW_STEPS = 60, 15
DROPS = (1e-5, 1e-3, 1e-2)
STALLED = 30


@dataclass(frozen=True)
class Solved:
    """The point reached, the weights of columns and slacks there, its gap, iterations and steps taken.

    ``stalled``: the method came to rest before the gap asked for.
    """

    point: Point
    theta: Vector
    weights: Vector
    gap: float
    iterations: int
    steps: int
    stalled: bool


@dataclass(frozen=True)
class Asked:
    """The gap to reach, relative to the value with what is ``fixed`` beforehand, but not to less than ``size``."""

    gap: float
    fixed: float
    size: float


@dataclass(frozen=True)
class _Step:
    """A direction in every variable, and the steps that conjugate gradients took to find it."""

    x: Vector
    s: Vector
    y: Vector
    low: Vector
    high: Vector
    steps: int


@dataclass(frozen=True)
class _Aim:
    """What the products of complementary variables shall be, and within which error."""

    centre: float
    x_low: Vector | float
    x_high: Vector | float
    s_y: Vector | float
    tolerance: float


def solve(
    of: Programme, network: Network, asked: Asked, *, begin: Point | None = None, progress: Progress | None = None
) -> Solved:
    """Return a point whose gap is within the tolerance, rows nearly held (``repair.py`` holds them).

    Args:
        of: the programme, every limit above 0.
        network: of the programme.
        asked: when to stop.
        begin: a point to go on from; it is moved.
        progress: called with the iteration and the gap.
    """
    point = begin or start.point(of, network)
    drop, steps, best, since, iteration = DROPS[1], 0, inf, 0, 0
    while True:
        value, gap = _gap(of, network, point)
        gap /= max(abs(value + asked.fixed), asked.size)
        if progress:
            progress(iteration, gap)
        theta, D = _weights(of, point)
        since = 0 if gap < 0.99 * best else since + 1
        best = min(best, gap)
        stalled = since == STALLED or iteration == MOST_ITERATIONS
        if gap <= asked.gap or stalled:
            return Solved(point, theta, D, gap, iteration, steps, stalled)
        system = Normal(network, theta, D, basis.factors(network, theta, D, drop=drop))
        taken = _iterate(of, system, point)
        steps += taken
        iteration += 1
        drop = _adapted(drop, taken)


def _adapted(drop: float, taken: int) -> float:
    if taken > 2 * MANY_STEPS:
        return max(drop / (8 if taken > 6 * MANY_STEPS else 2), DROPS[0])
    return min(drop * 2, DROPS[2]) if taken < 2 * FEW_STEPS else drop


def _gap(of: Programme, network: Network, point: Point) -> tuple[float, float]:
    """Return the value and the gap, what rows miss counted at their prices."""
    value = dot(of.cost, point.x)
    reduced = np.minimum(of.cost - network.transposed_times(point.y), 0.0)
    # Without a limit nothing bounds; what is missing of the reduced cost counts at the present value.
    bound = dot(of.right, point.y) + dot(reduced, np.where(np.isfinite(of.upper), of.upper, point.x))
    missing = dot(np.abs(of.right - network.times(point.x) + point.s), point.y)
    return value, abs(value - bound) + missing


def _weights(of: Programme, point: Point) -> tuple[Vector, Vector]:
    theta = 1.0 / (point.low / point.x + point.high / point.room)
    return np.clip(theta, 1 / EXTREME, EXTREME), np.clip(point.s / point.y, 1 / EXTREME, EXTREME)


def _iterate(of: Programme, system: Normal, point: Point) -> int:
    """Move the point by one step of predictor and corrector; return the steps of conjugate gradients."""
    limited = np.isfinite(of.upper)
    room = point.room
    count = len(point.s) + len(point.x) + int(limited.sum())
    mu = start.mean(point)
    free = _direction(of, system, point, _Aim(0.0, 0.0, 0.0, 0.0, PREDICTOR * mu))
    primal, dual = _lengths(point, free)
    after = (
        dot(point.x + primal * free.x, point.low + dual * free.low)
        + dot(room - primal * np.where(limited, free.x, 0.0), point.high + dual * free.high)
        + dot(point.s + primal * free.s, point.y + dual * free.y)
    )
    centring = max((max(after, 0.0) / count / mu) ** 3, LEAST_CENTRING)
    far = 1.0
    if min(primal, dual) < BLOCKED:
        # What the predictor foresees is of no use where it cannot go.
        far, centring = 0.0, max(centring, BACK_TO_CENTRE)
    aim = _Aim(
        centring * mu,
        far * free.x * free.low,
        -far * free.x * free.high,
        far * free.s * free.y,
        CORRECTOR * max(centring, 0.05) * mu,
    )
    step = _direction(of, system, point, aim)
    primal, dual = (min(1.0, SHORT_OF_THE_WALL * length) for length in _lengths(point, step))
    start.move(point, of.upper, (primal, step.x, step.s), (dual, step.y, step.low, step.high))
    return free.steps + step.steps


def _direction(of: Programme, system: Normal, point: Point, aim: _Aim) -> _Step:
    network, theta = system.network, system.theta
    limited = np.isfinite(of.upper)
    room = point.room
    rows = of.right - network.times(point.x) + point.s
    reduced = of.cost - network.transposed_times(point.y) - point.low + point.high
    low = aim.centre - point.x * point.low - aim.x_low
    high = np.where(limited, aim.centre - room * point.high - aim.x_high, 0.0)
    slack = aim.centre - point.s * point.y - aim.s_y
    h = low / point.x - high / room - reduced
    b = rows + slack / point.y - network.times(theta * h)
    y, steps = normal.solve(system, b, weight=point.y, tolerance=aim.tolerance, most=MOST_STEPS)
    x = theta * (network.transposed_times(y) + h)
    # What conjugate gradients left over goes into the slacks: the rows then hold exactly after a whole step.
    s = network.times(x) - rows
    return _Step(
        x, s, y, (low - point.low * x) / point.x, np.where(limited, (high + point.high * x) / room, 0.0), steps
    )


def _lengths(point: Point, step: _Step) -> tuple[float, float]:
    limited = point.high > 0
    primal = min(
        _to_the_wall(point.x, step.x),
        _to_the_wall(point.room[limited], -step.x[limited]),
        _to_the_wall(point.s, step.s),
    )
    dual = min(
        _to_the_wall(point.y, step.y),
        _to_the_wall(point.low, step.low),
        _to_the_wall(point.high[limited], step.high[limited]),
    )
    return primal, dual


def _to_the_wall(at: Vector, step: Vector) -> float:
    falls = step < 0
    return min(1.0, float(np.min(at[falls] / -step[falls]))) if falls.any() else 1.0
