"""A square table: for each product one technique, what one unit of it uses up, the primary inputs, the output.

Notation: A, input coefficients, (products, products), column j is what one unit of j uses up; x, outputs; primary
inputs (hours, value added, imports) per unit of output, by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comitia.plan.economy import Economy

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Square:
    """A square table. ``units`` by product; ``output`` is that of the table's year, None where it says none.

    ``labour`` is the name of the primary input that is labour; empty where the table has none. ``households`` is what
    households consume, (products,), and ``wages`` the name of the primary input that pays for it, where known.
    """

    products: tuple[str, ...]
    units: tuple[str, ...]
    A: Matrix
    primary: Mapping[str, Vector]
    output: Vector | None = None
    labour: str = ""
    value_added: str = ""
    wages: str = ""
    households: Vector | None = None


class NotSquare(Exception):
    """An economy that has not just one technique for each product: which product or activity, and why."""

    def __init__(self, what: str, reason: str) -> None:
        self.what, self.reason = what, reason
        super().__init__(f"{what} {reason}")


def from_flows(flows: Matrix, output: Vector, primary: Mapping[str, Vector]) -> tuple[Matrix, dict[str, Vector]]:
    """Return input coefficients and primary inputs per unit; a product without output has none.

    Args:
        flows: (products, products), row i column j: what of i industry j uses up.
        output: (products,), in the unit of the flows.
        primary: by name, (products,).
    """
    scale = np.where(output > 0, output, 1.0)
    return flows / scale, {name: row / scale for name, row in primary.items()}


def of_economy(economy: Economy) -> Square:
    """Return the square table of an economy with one activity for each product that is made, one product for each.

    Products that nobody makes are left out: they count as given. What a product uses up of itself is netted off in an
    economy folder, so the diagonal is 0.

    Raises:
        NotSquare: a product with two activities, or an activity with two products.
    """
    maker: dict[str, str] = {}
    of: dict[str, str] = {}
    for (activity, product), quantity in economy.flows.items():
        if quantity <= 0:
            continue
        if product in maker:
            raise NotSquare(product, f"is made by {maker[product]} and by {activity}; one technique is expected")
        if activity in of:
            raise NotSquare(activity, f"makes {of[activity]} and {product}; one product is expected")
        maker[product], of[activity] = activity, product
    products = tuple(p for p in economy.products if p in maker)
    place = {p: i for i, p in enumerate(products)}
    made = {a: float(economy.flows[a, p]) for a, p in of.items()}
    A = np.zeros((len(products), len(products)))
    for (activity, product), quantity in economy.flows.items():
        if quantity < 0 and product in place and activity in of:
            A[place[product], place[of[activity]]] = float(-quantity) / made[activity]
    hours = np.zeros(len(products))
    for (activity, _), per_run in economy.labour.items():
        if activity in of:
            hours[place[of[activity]]] += float(per_run) / made[activity]
    units = tuple(economy.products[p].unit for p in products)
    return Square(products, units, A, {"hours": hours}, labour="hours")
