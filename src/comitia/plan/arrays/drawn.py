"""Random economies as the columns of an economy folder, of any size: for measuring and testing, never for planning."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from comitia.plan.arrays import figures, table
from comitia.plan.arrays.figures import Vector
from comitia.plan.arrays.table import Columns, Texts
from comitia.plan.large.programme import Programme
from comitia.plan.large.random_economy import random_economy

# As exactly as a workplace could ever know its own figures.
DIGITS = 9
COUNCILS = 100


def drawn(products: int, seed: int) -> dict[str, Columns]:
    """Return the columns of a random economy, figures of nine digits, each activity a workplace of its own."""
    return columns_of(random_economy(products, seed))


def columns_of(of: Programme) -> dict[str, Columns]:
    """Return the columns of the programme of a random economy: rows products and trades, columns runs and unmet."""
    products, activities = of.products, len(of.cost) - of.products
    trades = len(of.right) - products
    product, activity = _ids("p", products), _ids("a", activities)
    by_activity = of.matrix[:, :activities].tocsc()
    column = np.repeat(np.arange(activities), np.diff(by_activity.indptr))
    row, value = by_activity.indices, by_activity.data
    flow, work = row < products, row >= products
    council = _ids("c", COUNCILS)
    trade = _ids("t", trades)
    unmet = slice(activities, activities + products)
    return {
        "products": {"product": product, "unit": pa.array(["unit"] * products)},
        "activities": {
            "activity": activity,
            "workplace": _ids("w", activities),
            "runs": _limit(of.upper[:activities]),
        },
        "flows": {
            "activity": activity.take(pa.array(column[flow])),
            "product": product.take(pa.array(row[flow])),
            "quantity": _text(value[flow]),
        },
        "labour": {
            "activity": activity.take(pa.array(column[work])),
            "trade": trade.take(pa.array(row[work] - products)),
            "hours": _text(-value[work]),
        },
        "hours": {"trade": trade, "workplace": pa.array([""] * trades), "hours": _text(-of.right[products:])},
        "needs": {
            "council": council.take(pa.array(np.arange(products) % COUNCILS)),
            "product": product,
            "tier": pa.array(["2"] * products),
            "quantity": _text(of.upper[unmet]),
            "worth": _text(of.cost[unmet]),
        },
    }


def _text(values: Vector) -> Texts:
    return table.text(figures.with_digits(values, DIGITS))


def _limit(values: Vector) -> Texts:
    """Return the text of limits, empty where there is none."""
    limited = np.isfinite(values)
    return pc.if_else(pa.array(limited), _text(np.where(limited, values, 0.0)), "")


def _ids(letter: str, count: int) -> Texts:
    padded = pc.utf8_lpad(pc.cast(pa.array(np.arange(count)), pa.string()), len(str(count - 1)), "0")
    return pc.binary_join_element_wise(letter, padded, "")
