"""The model as arrays: least c.z with Gz >= r and 0 <= z <= U, the product rows first.

Notation: G the matrix, c the cost, r the right side, U the largest values (DESIGN section 7).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from comitia.plan.model import Model

Vector = NDArray[np.float64]
# Beyond this a float has no digits left for the rest of its row.
ABSURD = 1e100


class BadFigure(Exception):
    """A figure of the arrays that no plan can be made of; says where it stands and what is expected."""

    def __init__(self, where: str, found: float, expected: str) -> None:
        self.where, self.found, self.expected = where, found, expected
        super().__init__(f"{where} is {found:g}; expected is {expected}")


@dataclass(frozen=True)
class Programme:
    """Cost, (variables,); matrix, (rows, variables); right side, (rows,); largest values, (variables,), inf: no limit.

    The first ``products`` rows are balances of products, the others capacities (hours, machines, limits, cash).
    """

    cost: Vector
    matrix: csr_array
    right: Vector
    upper: Vector
    products: int


def check(of: Programme) -> None:
    """Raise unless every figure is one that a plan can be made of.

    Raises:
        BadFigure: the first figure that is infinite, missing, absurdly large, or a limit below 0.
        ValueError: shapes that do not match.
    """
    rows, columns = of.matrix.shape
    if of.cost.shape != (columns,) or of.upper.shape != (columns,) or of.right.shape != (rows,):
        shapes = f"{of.cost.shape}, {of.upper.shape} and {of.right.shape}"
        raise ValueError(f"a matrix of {rows} rows and {columns} columns does not fit vectors of {shapes}")
    if not 0 <= of.products <= rows:
        raise ValueError(f"{of.products} product rows are said, the matrix has {rows}")
    entry = np.repeat(np.arange(rows), np.diff(of.matrix.indptr))
    _refuse(of.matrix.data, lambda k: f"the figure in row {entry[k]}, column {of.matrix.indices[k]}")
    _refuse(of.cost, lambda k: f"the cost of column {k}")
    _refuse(of.right, lambda k: f"the right side of row {k}")
    for k in np.flatnonzero(~(of.upper >= 0))[:1]:
        raise BadFigure(f"the limit of column {k}", float(of.upper[k]), "0 or more")
    for k in np.flatnonzero(of.cost < 0)[:1]:
        raise BadFigure(f"the cost of column {k}", float(of.cost[k]), "0 or more")


def _refuse(figures: Vector, where: Callable[[int], str]) -> None:
    for k in np.flatnonzero(~(np.abs(figures) < ABSURD))[:1]:
        raise BadFigure(where(int(k)), float(figures[k]), f"a figure below {ABSURD:g}")


def from_model(built: Model, cost: Mapping[int, Fraction]) -> Programme:
    """Return the programme of a model and of the costs of one level, in floats."""
    shape = (len(built.rows), len(built.variables))
    sizes = [len(row.coefficients) for row in built.rows]
    row = np.repeat(np.arange(shape[0]), sizes)
    column = np.array([i for r in built.rows for i in r.coefficients], dtype=np.int64)
    figure = np.array([float(a) for r in built.rows for a in r.coefficients.values()], dtype=np.float64)
    costs = np.zeros(len(built.variables))
    for i, c in cost.items():
        costs[i] = float(c)
    return Programme(
        cost=costs,
        matrix=csr_array(coo_array((figure, (row, column)), shape=shape)),
        right=np.array([float(r.rhs) for r in built.rows]),
        upper=np.array([np.inf if v.upper is None else float(v.upper) for v in built.variables]),
        products=sum(r.kind == "product" for r in built.rows),
    )
