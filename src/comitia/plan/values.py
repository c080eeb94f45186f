"""Everything that a square table says of its products at once: labour values, multipliers, linkages, production prices.

The functions over arrays stand in ``labour``, ``multipliers`` and ``production_prices``; here products have names.
"""

from dataclasses import dataclass

import numpy as np

from comitia.plan import multipliers, production_prices
from comitia.plan.labour import NotProductive, Vector
from comitia.plan.multipliers import Linkages
from comitia.plan.production_prices import ProductionPrices
from comitia.plan.table import Square
from comitia.plan.unproductive import smallest_group


@dataclass(frozen=True)
class Values:
    """Per product, in the order of ``square.products``; what the table cannot say is None.

    ``labour`` in the table's unit of labour per unit of product; ``output`` the output multiplier; ``effect`` and
    ``multiplier`` those of value added; ``largest_rate`` the rate of profit at a wage of 0.
    """

    square: Square
    labour: Vector | None
    output: Vector
    effect: Vector | None
    multiplier: Vector | None
    linkages: Linkages
    largest_rate: float
    production: ProductionPrices | None


class NoWageBundle(Exception):
    """A table that does not say what wages buy, so that it has no prices of production."""

    def __init__(self, missing: str) -> None:
        self.missing = missing
        super().__init__(f"prices of production need what wages buy, and the table has no {missing}")


def of_square(square: Square) -> Values:
    """Return the values of a square table.

    Raises:
        NotProductive: the table uses up as much as it makes; names the cycle of products.
    """
    check_productive(square)
    L = multipliers.leontief_inverse(square.A)
    added = square.primary.get(square.value_added)
    return Values(
        square=square,
        labour=multipliers.effects(L, square.primary[square.labour]) if square.labour else None,
        output=multipliers.output_multipliers(L),
        effect=None if added is None else multipliers.effects(L, added),
        multiplier=None if added is None else multipliers.multipliers(L, added),
        linkages=multipliers.linkages(square.A, square.output),
        largest_rate=production_prices.largest_rate(square.A),
        production=_production(square),
    )


def check_productive(square: Square) -> None:
    """Raise unless the table makes more than it uses up.

    Raises:
        NotProductive: with the names of the products of the smallest group that does not.
    """
    group = smallest_group(square.A)
    if group is not None:
        raise NotProductive.of_group(group, square.products)


def wage_bundle(square: Square) -> Vector:
    """Return what is bought for one unit of labour: what households consume, in its composition, worth all wages.

    Args:
        square: a table in money, with outputs, labour, wages and the consumption of households.

    Raises:
        NoWageBundle: the table lacks one of these.
    """
    needed = {"consumption of households": square.households, "output": square.output}
    missing = [name for name, given in needed.items() if given is None]
    missing += [name for name, given in (("labour", square.labour), ("wages", square.wages)) if not given]
    if missing or square.households is None or square.output is None:
        raise NoWageBundle(missing[0])
    bought = np.maximum(square.households, 0.0)
    paid = float(square.primary[square.wages] @ square.output)
    worked = float(square.primary[square.labour] @ square.output)
    if not bought.sum() or not worked:
        raise NoWageBundle("consumption of households above 0" if worked else "labour above 0")
    return np.asarray(bought * (paid / bought.sum() / worked), dtype=np.float64)


def _production(square: Square) -> ProductionPrices | None:
    """Return prices of production with wages as observed, scaled so that the year's output costs what it did."""
    try:
        bundle = wage_bundle(square)
    except NoWageBundle:
        return None
    output = square.output
    if output is None:
        return None
    try:
        return production_prices.of_wage_bundle(
            square.A, square.primary[square.labour], bundle, scale=output / output.sum()
        )
    except NotProductive:
        # Wages that buy more than the net product leave no profit; the rest of the table stands.
        return None
