"""Hahnel's facilitation board on an economy of linear recipes, to compare its prices with those of proposals.

The rule that moves prices is that of the published experiments (``hahnel.py``). What it meets here is another world:
with linear recipes a committee answers all or nothing, so that imbalances jump from round to round and need not become
small. The bound that follows from the answers at any prices holds all the same, and the centre can mix the programmes
told into a plan, as in ``rounds.py``; Hahnel's procedure itself has neither.

First prices: of a product its labour value (where nobody makes it, what it costs outside, or an hour); of an hour of
the whole federation one hour; of a limit a hundredth of the worth of all needs over its quantity; of cash one hour.
"""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array

from comitia.plan import hahnel, labour, levels
from comitia.plan.economy import Economy
from comitia.plan.rounds import Answer, Division, Vector

HUNDREDTH = 0.01
NEEDS = ("unmet", "closing")


class OnePeriod(Exception):
    """An economy of several periods: the board knows no storing, and so no prices of one product at two times."""

    def __init__(self) -> None:
        super().__init__("Hahnel's board plans one period; leave the columns of periods out, or plan by proposals")


class FacilitationBoard:
    """Prices of the common rows, moved against excess; needs are asked for where they are worth the price."""

    def __init__(self, economy: Economy, of: Division) -> None:
        """Begin with the first prices.

        Raises:
            OnePeriod: the economy has several.
            NotProductive: it has no labour values to begin with.
        """
        if economy.periods:
            raise OnePeriod
        built = of.posed.built
        rows = [built.rows[r] for r in of.common]
        variables = [built.variables[i] for i in of.centre]
        self._matrix = csr_array(levels.matrix(built.rows, len(built.variables))[of.common][:, of.centre])
        cost = of.posed.aims[0].cost
        self._cost = np.array([float(cost.get(int(i), 0)) for i in of.centre])
        # What is bought and sold answers the board's own way, below.
        self._upper = np.array([float(v.upper or 0) for v in variables])
        self._is_need = np.array([v.kind in NEEDS for v in variables])
        self._right = np.array([float(row.rhs) for row in rows])
        self._base = np.array([_base(economy, row.kind, row.key, float(row.rhs)) for row in rows])
        products = [economy.products[row.key] if row.kind == "product" else None for row in rows]
        self._buy, self._sell = (
            np.array([float(p.buy_price) if p and p.buy_price is not None else np.nan for p in products]),
            np.array([float(p.sell_price) if p and p.sell_price is not None else np.nan for p in products]),
        )
        self._cash = next((r for r, row in enumerate(rows) if row.kind == "cash"), None)
        self._prices = self._within(_first(economy, [(row.kind, row.key) for row in rows], self._base))
        self._before = np.full(len(rows), hahnel.MOST)

    @property
    def prices(self) -> Vector:
        """Return the prices of the common rows for this round."""
        return self._prices

    def moved(self, answers: Sequence[Answer]) -> float:
        """Move the prices by the answers to them; return the largest imbalance of the round."""
        supply, demand = self._sides(answers)
        worst = float(hahnel.imbalances(supply, demand).max(initial=0.0))
        prices, self._before = hahnel.moved(self._prices, (supply, demand), self._before)
        self._prices = self._within(prices)
        return worst

    def _within(self, prices: Vector) -> Vector:
        """Return prices of what is traded outside between what it brings and what it costs there."""
        if self._cash is None:
            return prices
        money = prices[self._cash]
        low, high = np.nan_to_num(self._sell * money, nan=0.0), np.nan_to_num(self._buy * money, nan=np.inf)
        return np.clip(prices, low, high)

    def _sides(self, answers: Sequence[Answer]) -> tuple[Vector, Vector]:
        """Return supply and demand of every common row at these prices."""
        own = np.where(self._cost - self._matrix.T @ self._prices < 0, self._upper, 0.0)
        over = self._matrix @ own - self._right + sum((a.common for a in answers), np.zeros(len(self._right)))
        # A need that is not asked for is no supply: it is demand that is not there.
        left_out = abs(self._matrix) @ np.where(self._is_need, own, 0.0)
        moved = abs(self._matrix) @ np.where(self._is_need, 0.0, own)
        both = self._base - left_out + moved + sum((abs(a.common) for a in answers), np.zeros(len(self._right)))
        if self._cash is not None:
            over, both = self._traded(over, both, self._cash)
        both = np.maximum(both, np.abs(over))
        return (both + over) / 2, (both - over) / 2

    def _traded(self, over: Vector, both: Vector, cash: int) -> tuple[Vector, Vector]:
        """Let be bought what is missing at the price outside, and sold what is left over at it."""
        money = self._prices[cash]
        dear = self._prices >= np.nan_to_num(self._buy * money, nan=np.inf)
        cheap = self._prices <= np.nan_to_num(self._sell * money, nan=-1.0)
        bought = np.where(dear, np.maximum(-over, 0.0), 0.0)
        sold = np.where(cheap, np.maximum(over, 0.0), 0.0)
        paid, earned = float(np.nan_to_num(self._buy) @ bought), float(np.nan_to_num(self._sell) @ sold)
        over, both = over + bought - sold, both + bought + sold
        over[cash] += earned - paid
        both[cash] += earned + paid
        return over, both


def _base(economy: Economy, kind: str, key: str, right: float) -> float:
    """Return supply and demand together that are there whatever the answers: stocks, needs, hours, limits."""
    if kind != "product":
        return abs(right)
    p = economy.products[key]
    # right = closing stock - stock + needs
    return right + 2 * float(p.stock)


def _first(economy: Economy, rows: Sequence[tuple[str, str]], base: Vector) -> Vector:
    """Return the first prices, in hours."""
    embodied = labour.of_economy(economy)
    worth = sum(float(n.worth * n.quantity) for n in economy.needs.values())
    found = np.ones(len(rows))
    for r, (kind, key) in enumerate(rows):
        if kind == "product" and key not in embodied.not_made:
            found[r] = embodied.hours[key]
        elif kind == "product":
            found[r] = float(economy.products[key].buy_price or 1)
        elif kind == "limit" and base[r]:
            found[r] = HUNDREDTH * worth / base[r]
    # A rule that multiplies never leaves 0.
    return np.maximum(found, np.finfo(float).tiny)
