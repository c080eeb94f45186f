"""The normal equations (G theta G' + D) dy = b, by conjugate gradients with the factors of a basis before them."""

from dataclasses import dataclass

import numpy as np

from comitia.plan.large import incomplete, kernels
from comitia.plan.large.basis import Network
from comitia.plan.large.incomplete import Factors
from comitia.plan.large.kernels import Vector


@dataclass(frozen=True)
class Normal:
    """The network, the weights of columns (theta) and of slacks (D), and the preconditioner."""

    network: Network
    theta: Vector
    D: Vector
    factors: Factors

    def times(self, y: Vector) -> Vector:
        """Return (G theta G' + D) y."""
        out = np.empty_like(y)
        kernels.bent(self.network.columns, self.theta, self.D, y, out)
        return out


def solve(of: Normal, b: Vector, *, weight: Vector, tolerance: float, most: int) -> tuple[Vector, int]:
    """Return a solution and the steps taken: until weight x what is left is within the tolerance in every row."""
    y = np.zeros_like(b)
    left = b.copy()
    z = np.empty_like(b)
    incomplete.precondition(of.factors, left, z)
    way = z.copy()
    size = kernels.dot(left, z)
    error = float(np.max(np.abs(left) * weight))
    for step in range(most):
        if size <= 0 or error <= tolerance:
            return y, step
        bent = of.times(way)
        curved = kernels.dot(way, bent)
        if curved <= 0:
            return y, step
        error = kernels.advance(y, left, (size / curved, way, bent), weight)
        incomplete.precondition(of.factors, left, z)
        before, size = size, kernels.dot(left, z)
        way *= size / before
        way += z
    return y, most
