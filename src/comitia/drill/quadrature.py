"""Both indices in floating point, for votes too large to count exactly.

Notation: f_i(p) is the chance that the vote hangs on i when every other member is for it with chance p, independently.
The absolute Banzhaf index is f_i(1/2) (Penrose), Shapley and Shubik's is the integral of f_i over p from 0 to 1
(Owen 1972). f_i is a polynomial of degree n - 1: n/2 of Gauss and Legendre's nodes integrate it exactly up to rounding,
and far fewer do when n is large, since f_i is smooth. That the indices add up to 1 checks the integral.

With c(x) the chance of weight x, blocks B_k the chance of a weight from q-(k+1)w up to q-kw, and r = p / (1-p):

    f_i(p) = (B_0 - r B_1 + r^2 B_2 - ...) / (1 - p)

which is stable for p <= 1/2. For larger p the dual game (quota W - q + 1) is asked at 1 - p: it hangs on i just as
often. Tolerance: the sum of the Shapley-Shubik indices differs from 1 by less than 1e-9, or ``Inexact`` is raised.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comitia.drill import game as games

Floats = NDArray[np.float64]

TOLERANCE = 1e-9
_NODES = 200


class Inexact(Exception):
    """The indices do not add up to 1 within the tolerance."""

    def __init__(self, total: float) -> None:
        self.total = total
        super().__init__(f"the Shapley-Shubik indices add up to {total!r}, not to 1; count exactly, or with more nodes")


@dataclass(frozen=True, slots=True)
class Estimate:
    """The indices of every member, in the order of the weights, and the chance that the vote is carried."""

    act: float
    banzhaf_absolute: Floats
    shapley_shubik: Floats

    @property
    def banzhaf(self) -> Floats:
        """Each member's share of all swings."""
        shares: Floats = self.banzhaf_absolute / self.banzhaf_absolute.sum()
        return shares


def banzhaf_absolute(weights: tuple[int, ...], quota: int) -> Floats:
    """Return the chance that the vote hangs on each member when all others vote by the toss of a coin.

    Raises:
        WrongWeights: no member, a weight below 0, or a quota of 0 or less.
    """
    games.weighted(weights, quota)
    lower = max(1, min(quota, sum(weights) - quota + 1))
    hanging: Floats = _hanging(weights, lower, np.array([0.5]))[0][0]
    return hanging


def estimate(weights: tuple[int, ...], quota: int) -> Estimate:
    """Return all indices of a vote with one quota.

    Raises:
        WrongWeights: no member, a weight below 0, a quota of 0 or less, or one that nobody reaches.
        Inexact: the indices do not add up.
    """
    games.weighted(weights, quota)
    dual = sum(weights) - quota + 1
    if dual <= 0:
        raise games.WrongWeights(f"the quota {quota} is above the sum of all weights, {sum(weights)}")
    nodes = min(_NODES, len(weights) // 2 + 1)
    at, share = np.polynomial.legendre.leggauss(nodes)
    p = (1 + at) / 2
    shapley = np.zeros(len(weights))
    for chances, factors, lower in ((p[p <= 0.5], share[p <= 0.5], quota), (1 - p[p > 0.5], share[p > 0.5], dual)):
        for part in range(0, len(chances), 16):
            hanging, _ = _hanging(weights, lower, chances[part : part + 16])
            shapley += factors[part : part + 16] @ hanging / 2
    if abs(shapley.sum() - 1) > TOLERANCE:
        raise Inexact(float(shapley.sum()))
    lower = min(quota, dual)
    half, below = _hanging(weights, lower, np.array([0.5]))
    return Estimate(float(1 - below[0] if lower == quota else below[0]), half[0], shapley)


def _hanging(weights: tuple[int, ...], quota: int, p: Floats) -> tuple[Floats, Floats]:
    """Return f_i(p) for p <= 1/2, (nodes, members), and the chance of a weight below the quota, (nodes,)."""
    chances = np.zeros((len(p), quota))
    chances[:, 0] = 1
    reached = 0
    for weight in sorted(weights):
        end = min(quota, reached + weight + 1)
        moved = chances[:, : max(0, end - weight)] * p[:, None]
        chances[:, :end] *= 1 - p[:, None]
        if weight < quota:
            chances[:, weight:end] += moved
        reached += weight
    of_weight = {weight: _hangs_on(chances, weight, p) for weight in set(weights)}
    return np.stack([of_weight[weight] for weight in weights], axis=1), chances.sum(axis=1)


def _hangs_on(chances: Floats, weight: int, p: Floats) -> Floats:
    if not weight:
        return np.zeros(len(p))
    downwards = chances[:, ::-1]
    blocks = np.add.reduceat(downwards, np.arange(0, chances.shape[1], weight), axis=1)
    signs = (-(p / (1 - p))[:, None]) ** np.arange(blocks.shape[1])
    hanging: Floats = (blocks * signs).sum(axis=1) / (1 - p)
    return hanging
