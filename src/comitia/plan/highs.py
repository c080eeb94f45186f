"""One linear programme for HiGHS: least c.z with Gz >= r and 0 <= z <= U; the values and the shadow prices."""

from dataclasses import dataclass, replace
from importlib.metadata import version

import highspy
import numpy as np
from highspy._core import _Highs
from numpy.typing import NDArray
from scipy.sparse import csr_array

Vector = NDArray[np.float64]
NAME = f"HiGHS {version('highspy')}"
FEASIBILITY = 1e-9
# Counted, not timed: every machine stops at the same place.
MOST_NODES = 2000


class NotSolved(Exception):
    """HiGHS stopped without an optimum; says in its own words how."""

    def __init__(self, status: str) -> None:
        self.status = status
        super().__init__(f"HiGHS stopped without an optimum: {status}")


@dataclass(frozen=True)
class Programme:
    """Cost c, (variables,); matrix G, (rows, variables); right side r, (rows,); largest values U, inf without limit.

    ``whole`` says which variables are whole numbers, None: none of them; there are no prices then. ``tight`` says which
    rows hold with equality; their prices may be below 0.
    """

    cost: Vector
    matrix: csr_array
    right: Vector
    upper: Vector
    whole: NDArray[np.bool_] | None = None
    tight: NDArray[np.bool_] | None = None


def least(of: Programme) -> tuple[Vector, Vector]:
    """Return the values of the variables and the price of each row (0 or more), by the simplex method.

    Tries the interior point method with crossover where simplex gives up.

    Raises:
        NotSolved: neither finds an optimum.
    """
    tight = _tight(of)
    said = "not started"
    for method in ("simplex", "ipm") if of.whole is None else ("choose",):
        highs = _passed(of, method)
        highs.run()
        status = highs.getModelStatus()
        found = highs.getSolution()
        if status == highspy.HighsModelStatus.kOptimal or (of.whole is not None and found.value_valid):
            dual = np.array(found.row_dual)
            return np.maximum(np.array(found.col_value), 0.0), np.where(tight, dual, np.maximum(dual, 0.0))
        said = str(highs.modelStatusToString(status))
    raise NotSolved(said)


class Moved:
    """One linear programme solved again and again, with a right side or largest values moved, from the last basis."""

    def __init__(self, of: Programme) -> None:
        self._of = of
        self._highs = _passed(of, "simplex")

    def least(self, row: int, right: float) -> tuple[float, float]:
        """Return the least value and the price of a row whose right side is moved; the row is put back afterwards.

        Raises:
            NotSolved: no optimum.
        """
        self._highs.changeRowBounds(row, right, highspy.kHighsInf)
        self._highs.run()
        found, status = self._highs.getSolution(), self._highs.getModelStatus()
        self._highs.changeRowBounds(row, float(self._of.right[row]), highspy.kHighsInf)
        if status != highspy.HighsModelStatus.kOptimal:
            # From the last basis it may fail where from none it does not.
            moved = self._of.right.copy()
            moved[row] = right
            z, price = least(replace(self._of, right=moved))
            return float(self._of.cost @ z), float(price[row])
        return float(self._of.cost @ np.array(found.col_value)), max(float(found.row_dual[row]), 0.0)

    def within(self, upper: Vector) -> Vector:
        """Return the values of the variables when these are their largest ones; they stay so afterwards.

        Raises:
            NotSolved: no optimum.
        """
        for at in np.flatnonzero(upper != self._of.upper):
            self._highs.changeColBounds(int(at), 0.0, float(upper[at]) if np.isfinite(upper[at]) else highspy.kHighsInf)
        self._of = replace(self._of, upper=upper)
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return least(self._of)[0]
        found: Vector = np.array(self._highs.getSolution().col_value)
        return np.maximum(found, 0.0)


def _tight(of: Programme) -> NDArray[np.bool_]:
    return np.zeros(len(of.right), dtype=np.bool_) if of.tight is None else of.tight


def _passed(of: Programme, method: str) -> _Highs:
    """Return a solver that holds a programme."""
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = of.matrix.shape
    lp.col_cost_ = of.cost
    lp.col_lower_ = np.zeros(len(of.cost))
    lp.col_upper_ = np.where(np.isinf(of.upper), highspy.kHighsInf, of.upper)
    lp.row_lower_ = of.right
    lp.row_upper_ = np.where(_tight(of), of.right, highspy.kHighsInf)
    if of.whole is not None:
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[bool(w)] for w in of.whole]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = of.matrix.indptr
    lp.a_matrix_.index_ = of.matrix.indices
    lp.a_matrix_.value_ = of.matrix.data
    # The class beneath highspy.Highs, which would print a banner into what a command prints for machines.
    highs = _Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("solver", method)
    highs.setOptionValue("primal_feasibility_tolerance", FEASIBILITY)
    highs.setOptionValue("dual_feasibility_tolerance", FEASIBILITY)
    highs.setOptionValue("mip_max_nodes", MOST_NODES)
    highs.passModel(lp)
    return highs
