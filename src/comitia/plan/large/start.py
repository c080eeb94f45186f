"""Where the interior point method begins: what meeting the needs takes, at prices of the labour it takes.

Both from a few sweeps through the production network, as in iterative input-output models.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comitia.plan.large.basis import Network
from comitia.plan.large.kernels import Vector, dot
from comitia.plan.large.programme import Programme

SWEEPS = 30
# Shares of a limit that a variable begins between.
LEAST_SHARE, MOST_SHARE = 0.02, 0.7
UNMET_SHARE = 0.25
FIRST_SLACK = 0.1
TINY = 1e-150
# Shares of the mean below which no product of complementary variables begins, and none may fall.
CENTRAL = 0.1
DEEPEST = 1e-5


@dataclass
class Point:
    """A point of the interior: variables, slacks, prices, what the lower and upper limits cost, room to the upper."""

    x: Vector
    s: Vector
    y: Vector
    low: Vector
    high: Vector
    room: Vector


def move(
    at: Point,
    upper: Vector,
    primal: tuple[float, Vector, Vector],
    dual: tuple[float, Vector, Vector, Vector],
) -> None:
    """Move a point by shares of the steps in variables and slacks, and in prices and what the limits cost."""
    length, x, s = primal
    limited = np.isfinite(upper)
    at.x = np.maximum(at.x + length * x, TINY)
    at.s = np.maximum(at.s + length * s, TINY)
    rough = np.where(limited, upper - at.x, 1.0)
    fine = np.where(limited, at.room - length * x, 1.0)
    # Near the limit the difference has no digits left; the room is carried along there.
    at.room = np.where(rough > 1e-6 * np.where(limited, upper, 1.0), rough, np.maximum(fine, TINY))
    length, y, low, high = dual
    at.y = np.maximum(at.y + length * y, TINY)
    at.low = np.maximum(at.low + length * low, TINY)
    at.high = np.where(limited, np.maximum(at.high + length * high, TINY), 0.0)
    least = DEEPEST * mean(at)
    at.s, at.y = _lifted(at.s, at.y, least)
    at.x, at.low = _lifted(at.x, at.low, least)


def _lifted(one: Vector, other: Vector, least: float) -> tuple[Vector, Vector]:
    """Return both raised alike where their product is below the least: pairs that both fall to 0 never rise again."""
    factor = np.sqrt(np.maximum(least / np.maximum(one * other, TINY), 1.0))
    return one * factor, other * factor


def mean(at: Point) -> float:
    """Return the mean of the products of complementary variables."""
    count = len(at.s) + len(at.x) + np.count_nonzero(at.high)
    return (dot(at.x, at.low) + dot(at.room, at.high) + dot(at.s, at.y)) / count


def point(of: Programme, network: Network) -> Point:
    """Return the point to begin at: every figure above 0, every reduced cost met where a limit allows."""
    rows = network.shape[0]
    maker, made = _made(of, network)
    y = _prices(of, network, maker, made)
    x = _levels(of, network, maker, made)
    limited = np.isfinite(of.upper)
    # A limit of 0 leaves no interior: such a variable is given the smallest room.
    turnover = abs(of.matrix) @ x + np.abs(of.right)
    floor = 1e-8 * float(turnover.max()) if rows else 1.0
    s = np.maximum(network.times(x) - of.right, np.maximum(FIRST_SLACK * turnover, floor))
    mu = dot(s, y) / rows if rows else 1.0
    s = np.maximum(s, CENTRAL * mu / y)
    reduced = of.cost - network.transposed_times(y)
    room = np.where(limited, of.upper - x, 1.0)
    low = mu / x + np.maximum(reduced, 0.0)
    high = np.where(limited, mu / room + np.maximum(-reduced, 0.0), 0.0)
    return Point(x, s, y, low, high, room)


def prices(of: Programme, network: Network) -> Vector:
    """Return the prices at which the method begins."""
    return _prices(of, network, *_made(of, network))


def _made(of: Programme, network: Network) -> tuple[NDArray[np.int64], Vector]:
    """Return the row of the largest positive figure of each column (-1: none) and the figure."""
    columns = network.columns
    n = network.shape[1]
    starts = columns.starts.astype(np.int64)
    sizes = starts[1:] - starts[:-1]
    owner = np.repeat(np.arange(n), sizes)
    positive = columns.value > 0
    order = np.lexsort((columns.value[positive], owner[positive]))
    maker, made = np.full(n, -1), np.ones(n)
    maker[owner[positive][order]] = columns.at[positive][order]
    made[owner[positive][order]] = columns.value[positive][order]
    return maker, made


def _prices(of: Programme, network: Network, maker: NDArray[np.int64], made: Vector) -> Vector:
    """Return a price above 0 for every row: the least that making one more unit costs, joint products for nothing."""
    rows = network.shape[0]
    price = np.zeros(rows)
    makes = maker >= 0
    for _ in range(SWEEPS):
        spent = of.cost - network.transposed_times(price)
        spent[makes] += made[makes] * price[maker[makes]]
        cheapest = np.full(rows, np.inf)
        np.minimum.at(cheapest, maker[makes], np.maximum(spent[makes], 0.0) / made[makes])
        price = np.where(np.isfinite(cheapest), cheapest, 0.0)
    known = price > 0
    typical = float(np.median(price[known])) if known.any() else 1.0
    hours = np.arange(rows) >= of.products
    return np.where(known, 1.5 * price, np.where(hours, 0.3, typical))


def _levels(of: Programme, network: Network, maker: NDArray[np.int64], made: Vector) -> Vector:
    """Return levels at which the needs would be met, the makers of a product sharing it, within their limits."""
    rows = network.shape[0]
    makes = maker >= 0
    sharing = np.maximum(np.bincount(maker[makes], minlength=rows), 1)
    x = np.zeros(network.shape[1])
    for _ in range(SWEEPS):
        missing = np.maximum(of.right - network.times(x), 0.0)
        wanted = np.where(makes, x + missing[maker] / (made * sharing[maker]), 0.0)
        x = np.minimum(wanted, MOST_SHARE * of.upper)
    limited = np.isfinite(of.upper)
    typical = float(np.median(x[x > 0])) if (x > 0).any() else 1.0
    least = np.where(limited, LEAST_SHARE * np.where(limited, of.upper, 0.0), 1e-3 * typical)
    return np.maximum(x, least)
