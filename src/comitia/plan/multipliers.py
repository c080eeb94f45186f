"""Multipliers and linkages of a square table: what one unit of final use sets going, and who leans on whom.

Source: Miller and Blair, Input-Output Analysis (3rd ed. 2022), ch. 2, 6 and 12; Eurostat Manual of Supply, Use and
Input-Output Tables (2008), ch. 15. Notation: A, input coefficients; L = (1 - A)^-1, the Leontief inverse; x, outputs;
v, a primary input per unit of output.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comitia.plan.labour import NotProductive
from comitia.plan.unproductive import smallest_group

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]


def leontief_inverse(A: Matrix) -> Matrix:
    """Return L = (1 - A)^-1: L[i, j] is the output of i for one unit of final use of j.

    Raises:
        NotProductive: the spectral radius of ``A`` is 1 or more.

    Example:
        >>> leontief_inverse(np.array([[0.25, 0.4], [0.14, 0.12]])).round(4).tolist()
        [[1.457, 0.6623], [0.2318, 1.2417]]
    """
    check_productive(A)
    inverse: Matrix = np.asarray(np.linalg.solve(np.eye(len(A)) - A, np.eye(len(A))), dtype=np.float64)
    return inverse


def check_productive(A: Matrix) -> None:
    """Raise unless the table makes more than it uses up.

    Raises:
        NotProductive: with the smallest group of products that does not, along its heaviest cycle.
        ValueError: not square, or a coefficient below 0.
    """
    if A.ndim != 2 or A.shape[0] != A.shape[1] or (A < 0).any() or not np.isfinite(A).all():
        raise ValueError(f"A must be square and not negative; got {A.shape}, least {A.min() if A.size else 0}")
    group = smallest_group(A)
    if group is not None:
        raise NotProductive.of_group(group, tuple(f"product {i}" for i in range(len(A))))


def output_multipliers(L: Matrix) -> Vector:
    """Return the output of all products for one unit of final use of each: the column sums of L."""
    return np.asarray(L.sum(axis=0), dtype=np.float64)


def effects(L: Matrix, v: Vector) -> Vector:
    """Return vL: the primary input, direct and in what is used up, in one unit of final use of each product.

    The Office for National Statistics calls this the effect; the Eurostat manual calls it the multiplier.
    """
    return np.asarray(v @ L, dtype=np.float64)


def multipliers(L: Matrix, v: Vector) -> Vector:
    """Return vL / v: the whole primary input for each unit of the direct one; nan where there is none directly."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(v > 0, effects(L, v) / v, np.nan)


@dataclass(frozen=True)
class Linkages:
    """How strongly each product pulls on others and others on it, each as a share of the mean (1: as the mean does).

    ``backward``: Rasmussen's power of dispersion, column sums of L. ``forward``: row sums of Ghosh's inverse
    (1 - B)^-1, B[i, j] = what of i goes to j / output of i; None where the outputs are not known. ``sensitivity``:
    Rasmussen's sensitivity of dispersion, row sums of L.
    """

    backward: Vector
    forward: Vector | None
    sensitivity: Vector


def linkages(A: Matrix, x: Vector | None) -> Linkages:
    """Return the linkages of a table; ``x`` are the outputs.

    Raises:
        NotProductive: the spectral radius of ``A`` is 1 or more.
    """
    L = leontief_inverse(A)
    forward = None
    if x is not None:
        # Ghosh (1958): G = x^-1 L x, for B = x^-1 A x; a product without output passes nothing on.
        scale = np.where(x > 0, x, 1.0)
        forward = _relative(np.asarray((L * scale[np.newaxis, :] / scale[:, np.newaxis]).sum(axis=1)))
    return Linkages(_relative(L.sum(axis=0)), forward, _relative(L.sum(axis=1)))


def _relative(sums: Vector) -> Vector:
    return np.asarray(sums / sums.mean(), dtype=np.float64)
