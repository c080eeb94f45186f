"""Where the interior point method begins when there is an old plan, made before some of the figures changed.

Values and prices are the old plan's, moved off their limits until every pair of complementary variables has the same
product. The farther from the limits, the longer the way; too near, and the first steps end at once at a limit that has
changed (we tried shares of the value from 0.3 to 0.0003: a tenth is best where more than a few figures changed).
"""

from dataclasses import dataclass

import numpy as np

from comitia.plan.large import start
from comitia.plan.large.basis import Network
from comitia.plan.large.kernels import dot
from comitia.plan.large.programme import Programme, Vector
from comitia.plan.large.start import Point

# Share of the old plan's value that all complementary pairs hold together.
SHARE = 0.1
# A pair leaves this share of a limit free on both sides at most.
FREE = 1.0 / 3.0
# What is nothing beside a limit, and the most that a row is given to spare beside what turns over in it.
NOTHING, SPARE = 1e-12, 1e-4


@dataclass(frozen=True)
class Old:
    """Values, (variables,), and prices, (rows,), of a plan for other figures of the same variables and rows."""

    values: Vector
    prices: Vector


def point(of: Programme, network: Network, old: Old) -> Point:
    """Return a point of the interior by an old plan: every pair of complementary variables has the same product.

    Args:
        of: the programme with the new figures.
        network: of the programme.
        old: values and prices of the programme's variables and rows.
    """
    limited = np.isfinite(of.upper)
    upper = np.where(limited, of.upper, 1.0)
    value = max(abs(dot(of.cost, old.values)), start.TINY)
    mu = SHARE * value / (len(of.right) + len(of.cost) + np.count_nonzero(limited))
    reduced = of.cost - network.transposed_times(old.prices)
    low, high = np.maximum(reduced, 0.0), np.where(limited, np.maximum(-reduced, 0.0), 0.0)
    least = mu / np.maximum(low, np.where(limited, mu / np.maximum(FREE * upper, start.TINY), start.TINY))
    free = mu / np.maximum(high, mu / np.maximum(FREE * upper, start.TINY))
    typical = float(np.median(old.values[old.values > 0])) if (old.values > 0).any() else 1.0
    x = np.maximum(np.minimum(old.values, of.upper), np.where(limited, least, np.minimum(least, typical)))
    room = np.where(limited, np.maximum(of.upper - x, free), 1.0)
    x = np.maximum(np.where(limited, of.upper - room, x), NOTHING * upper)
    turnover = abs(of.matrix) @ x + np.abs(of.right)
    y = np.maximum(old.prices, start.TINY)
    s = np.maximum(network.times(x) - of.right, np.minimum(mu / y, SPARE * turnover))
    s = np.maximum(s, start.TINY)
    y = np.maximum(y, mu / s)
    return Point(x, s, y, np.maximum(low, mu / x), np.where(limited, np.maximum(high, mu / room), 0.0), room)
