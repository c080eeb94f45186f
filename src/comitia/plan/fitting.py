"""Prices fitted so that they bound: a solver's last digits must not leave an unlimited variable a reduced cost below 0.

Whatever is moved here, the bound stays one: ``certificate.bounds`` computes it from the prices as written.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import floor

from comitia.plan import certificate
from comitia.plan.model import ZERO, Model
from comitia.plan.solution import Price
from comitia.plan.variants import Aim

Key = tuple[str, str]
# How often round, and to how many decimals.
ROUNDS = 200
DIGITS = 18


def fitted(built: Model, aims: Sequence[Aim], prices: Sequence[Price]) -> tuple[Price, ...]:
    """Return prices moved by their last digits, so that nothing without a limit has a reduced cost below 0."""
    by_level: list[dict[Key, Fraction]] = [{} for _ in aims]
    for p in prices:
        by_level[p.level][p.kind, p.key] = p.price
    columns = unlimited(built)
    for level, aim in enumerate(aims):
        for i in aim.cost.keys() & columns.keys():
            columns[i].append((("level", str(level)), -aim.cost[i]))
    for level, price in enumerate(by_level):
        cost = aims[level].cost
        wished = {i: column for i, column in columns.items() if cost.get(i, ZERO) < 0}
        unwished = {i: column for i, column in columns.items() if i not in wished}
        if not are_settled(price, cost, unwished, digits=DIGITS):
            # Without prices the bound is 0: weak, but it holds.
            price.clear()
        _raised(price, cost, wished)
    return tuple(
        Price(level, kind, key, p) for level, of in enumerate(by_level) for (kind, key), p in sorted(of.items()) if p
    )


def unlimited(built: Model) -> dict[int, list[tuple[Key, Fraction]]]:
    """Return the columns of the variables that nothing limits: row and coefficient of each entry."""
    found: dict[int, list[tuple[Key, Fraction]]] = {
        i: [] for i in range(len(built.variables)) if certificate.implied_upper(built, i) is None
    }
    for row in built.rows:
        for i in row.coefficients.keys() & found.keys():
            found[i].append(((row.kind, row.key), row.coefficients[i]))
    return found


def are_settled(
    price: dict[Key, Fraction],
    cost: Mapping[int, Fraction],
    columns: Mapping[int, Sequence[tuple[Key, Fraction]]],
    *,
    digits: int,
) -> bool:
    """Lower the price of what an unlimited column makes until its reduced cost is 0; say whether it came to rest.

    Args:
        price: by row; changed in place, to so many decimals.
        cost: of each variable.
        columns: as ``unlimited`` returns them.
        digits: decimals of the prices.
    """
    for _ in range(ROUNDS):
        at_rest = True
        for i, column in columns.items():
            reduced = cost.get(i, ZERO) - sum((a * price[key] for key, a in column if key in price), ZERO)
            if reduced >= 0:
                continue
            at_rest = False
            key, a = max(((k, a) for k, a in column if a > 0 and price.get(k)), key=lambda m: m[1] * price[m[0]])
            price[key] = max(Fraction(floor((price[key] + reduced / a) * 10**digits), 10**digits), ZERO)
        if at_rest:
            return True
    return False


def _raised(
    price: dict[Key, Fraction], cost: Mapping[int, Fraction], columns: Mapping[int, list[tuple[Key, Fraction]]]
) -> None:
    """Raise all prices of a level in one proportion, until what an unlimited column brings costs what it is worth.

    Columns without a cost keep a reduced cost of 0 or more under any such raise.
    """
    factor = Fraction(1)
    for i, column in columns.items():
        spent = -sum((a * price[key] for key, a in column if key in price), ZERO)
        if spent > 0:
            factor = max(factor, -cost[i] / spent)
    if factor > 1:
        for key, p in price.items():
            # Exactly, not to so many decimals: what is 0 stays 0 only in one proportion.
            price[key] = p * factor
