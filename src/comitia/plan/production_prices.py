"""Prices of production: one rate of profit in every branch.

Sources: Sraffa, Production of Commodities by Means of Commodities (1960), ch. 1-5; Pasinetti, Lectures on the Theory
of Production (1977), ch. 5; Ochoa, Values, prices, and wage-profit curves in the US economy, Cambridge Journal of
Economics 13 (1989). Notation: A, input coefficients; ell, labour per unit; b, what is consumed for one hour of labour;
p, prices; r, the rate of profit; R, the largest one, at a wage of 0; w, the wage.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comitia.plan.labour import NotProductive
from comitia.plan.unproductive import smallest_group, spectral_radius

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
ROUNDING = 1e-9


@dataclass(frozen=True)
class ProductionPrices:
    """The uniform rate of profit and the prices at which each branch earns it, (products,)."""

    rate: float
    prices: Vector


def of_wage_bundle(A: Matrix, ell: Vector, b: Vector, *, scale: Vector) -> ProductionPrices:
    """Return p = (1 + r) p (A + b ell): wages buy the bundle b and are advanced.

    Args:
        A: input coefficients, (products, products), not negative.
        ell: labour, (products,), hours per unit.
        b: what is consumed for one hour of labour, (products,).
        scale: prices are such that p . scale = 1 (Sraffa's standard commodity, the year's output, one good).

    Raises:
        NotProductive: with the wage bundle the branches use up more than they make.
    """
    if len(A) == 0:
        return ProductionPrices(0.0, np.zeros(0))
    M = A + np.outer(b, ell)
    # 1 / (1 + r) is the largest characteristic value of M, p its left vector (Perron-Frobenius).
    largest, p = _left_perron(M)
    # Rounding alone must not refuse an economy that just reproduces itself (Sraffa's first chapter).
    group = smallest_group(M) if largest > 1 + ROUNDING else None
    if group is not None:
        raise NotProductive.of_group(group, tuple(f"product {i}" for i in range(len(A))))
    return ProductionPrices(1 / largest - 1, np.asarray(p / (p @ scale), dtype=np.float64))


def largest_rate(A: Matrix) -> float:
    """Return R, the rate of profit at a wage of 0: the standard ratio; inf where nothing basic is used up."""
    largest = spectral_radius(A)
    return 1 / largest - 1 if largest > 0 else float("inf")


def at_rate(A: Matrix, ell: Vector, rate: float, *, scale: Vector) -> tuple[float, Vector]:
    """Return the wage and the prices at a rate of profit: p = (1 + r) pA + w ell with p . scale = 1, wage paid after.

    Raises:
        ValueError: the rate is below 0, or not below the largest one.
    """
    if not 0 <= rate < largest_rate(A):
        raise ValueError(f"a rate of profit from 0 to below {largest_rate(A):.6g} is expected; got {rate:.6g}")
    per_wage = np.linalg.solve(np.eye(len(A)) - (1 + rate) * A.T, ell)
    wage = 1 / float(per_wage @ scale)
    return wage, np.asarray(wage * per_wage, dtype=np.float64)


def standard_commodity(A: Matrix) -> Vector:
    """Return Sraffa's standard commodity: the composition q, q = (1 + R) A q, that is made in the proportions used up.

    Scaled to a sum of 1.
    """
    _, q = _left_perron(A.T)
    return np.asarray(q / q.sum(), dtype=np.float64)


def _left_perron(M: Matrix) -> tuple[float, Vector]:
    """Return the largest characteristic value and its left vector, not negative."""
    values, vectors = np.linalg.eig(M.T)
    at = int(np.real(values).argmax())
    vector = np.real(vectors[:, at])
    return float(np.real(values[at])), np.asarray(vector / vector.sum() if vector.sum() else np.abs(vector))
