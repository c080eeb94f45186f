"""R. Hahnel's iterative planning procedure: councils answer prices, a facilitation board moves them, until all is met.

Worker councils choose output, inputs and effort; consumer councils spend their income; the board lowers the price of
what is offered in excess and raises that of what is asked for in excess (R. Hahnel, Democratic Economic Planning,
2021, chapter 9; M. Szczepanczyk, pequod-cljs). Nobody combines the answers: there is no plan until every imbalance is
small, and no bound. ``rounds.py`` is our own procedure beside it.

Notation: good i at price p_i; worker council w makes Q_w of one good with inputs x and effort e,
Q = a e^c prod x_i^b_i, and chooses what makes p Q - sum p_i x_i - s e^k largest; consumer council h with income y and
exponents g spends of it the share g_i / sum g on good i. v_i is the imbalance 2 |supply - demand| / (supply + demand).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Vector = NDArray[np.float64]
Indices = NDArray[np.int64]
# The rule of the program, whose counts were published: w_k = max(0.001, min(v_{k-1}, 0.25) (1.05 - 0.5^{v_k})).
# The text of the book lets v_k stand in both places and has no floor; its counts come out lower. With the floor prices
# never rest: they end by stepping up and down by a thousandth, and imbalances below some thousandths are not reached.
LEAST, MOST, CEILING, BASE = 0.001, 0.25, 1.05, 0.5


class NoAnswer(Exception):
    """A worker council whose returns to scale are not falling: at some prices it would promise without end."""

    def __init__(self, council: int, returns: float) -> None:
        self.council, self.returns = council, returns
        super().__init__(
            f"worker council {council}: its exponents add up to {returns:.4g}, that of effort over that of disutility "
            "included; below 1 is expected, else no output is the best"
        )


@dataclass(frozen=True)
class Councils:
    """Goods with what nature and people offer of them; worker councils; consumer councils.

    Args:
        goods: a name each.
        endowment: what is there without production, (goods,).
        product: which good each worker council makes, (workers,).
        scale: a, (workers,).
        effort: exponents c of effort, (workers,).
        disutility: s and k of s e^k, (2, workers).
        inputs: exponents b, (workers, goods).
        income: y, (consumers,).
        tastes: exponents g, (consumers, goods). Of a public good every council pays its part of the price and all enjoy
            the whole: what they spend on it together is the same as if it were private, and so is this table.
    """

    goods: tuple[str, ...]
    endowment: Vector
    product: Indices
    scale: Vector
    effort: Vector
    disutility: Vector
    inputs: csr_array
    income: Vector
    tastes: Vector

    def __post_init__(self) -> None:
        """Refuse what has no best answer.

        Raises:
            NoAnswer: the first worker council of that kind.
        """
        returns = self.effort / self.disutility[1] + self.inputs.sum(axis=1)
        if np.any(returns >= 1):
            first = int(np.argmax(returns >= 1))
            raise NoAnswer(first + 1, float(returns[first]))


@dataclass(frozen=True)
class Round:
    """A round: the prices asked at, what was offered and asked for at them, the prices of the next round."""

    number: int
    prices: Vector
    supply: Vector
    demand: Vector
    following: Vector

    @property
    def imbalance(self) -> Vector:
        """2 |supply - demand| / (supply + demand) of each good."""
        return imbalances(self.supply, self.demand)


def imbalances(supply: Vector, demand: Vector) -> Vector:
    """Return 2 |supply - demand| / (supply + demand), 0 where there is neither."""
    both = supply + demand
    found: Vector = np.divide(np.abs(2 * (supply - demand)), both, out=np.zeros(len(both)), where=both > 0)
    return found


def rounds(of: Councils, *, price: float = 700.0, tolerance: float = 0.03, most: int = 200) -> Iterator[Round]:
    """Yield round after round until every imbalance is at most the tolerance, or so many rounds are over.

    Args:
        of: the councils.
        price: what every good costs in the first round; the published runs begin at 700.
        tolerance: largest imbalance at which to stop.
        most: number of rounds after which to stop anyway.
    """
    prices = np.full(len(of.goods), price)
    before = np.full(len(of.goods), MOST)
    for number in range(1, most + 1):
        supply, demand = answers(of, prices)
        following, before = moved(prices, (supply, demand), before)
        one = Round(number, prices, supply, demand, following)
        yield one
        if float(one.imbalance.max(initial=0.0)) <= tolerance:
            return
        prices = following


def answers(of: Councils, prices: Vector) -> tuple[Vector, Vector]:
    """Return supply and demand of every good at these prices, (goods,) each, all councils together."""
    made = np.exp(_log_output(of, prices))
    value = made * prices[of.product]
    # First order: p_i x_i = b_i p Q.
    used = (of.inputs.T @ value) / prices
    spent = (of.income / of.tastes.sum(axis=1)) @ of.tastes
    supply = of.endowment + np.bincount(of.product, made, len(of.goods))
    return supply, used + spent / prices


def _log_output(of: Councils, prices: Vector) -> Vector:
    """Return log Q: with x_i = b_i p Q / p_i and k s e^k = c p Q put into the production function."""
    own = np.log(prices[of.product])
    s, k = of.disutility
    share = of.effort / k
    exponents = of.inputs
    logs = csr_array((exponents.data * np.log(exponents.data), exponents.indices, exponents.indptr), exponents.shape)
    scale = exponents.sum(axis=1)
    bundle = logs.sum(axis=1) - exponents @ np.log(prices) + scale * own
    toil = share * (np.log(of.effort) + own - np.log(k * s))
    found: Vector = (np.log(of.scale) + bundle + toil) / (1 - scale - share)
    return found


def moved(prices: Vector, of: tuple[Vector, Vector], before: Vector) -> tuple[Vector, Vector]:
    """Return the next prices, and the imbalances that the next round multiplies by (``MOST`` each before the first).

    Args:
        prices: of this round.
        of: supply and demand at them.
        before: what the round before returned.
    """
    supply, demand = of
    v = imbalances(supply, demand)
    w = np.maximum(LEAST, before * (CEILING - BASE**v))
    return prices * (1 - w * np.sign(supply - demand)), np.minimum(v, MOST)


def first_below(course: Sequence[Round], threshold: float) -> int | None:
    """Return the first round in which every imbalance is below the threshold, None where there is none."""
    return next((one.number for one in course if float(one.imbalance.max(initial=0.0)) < threshold), None)
