"""The preconditioner: factors of one pivot column per row, taken from where the interior point stands.

With F = [G sqrt(theta), -sqrt(D)] the normal equations are F F' = G theta G' + D. The pivot columns B of F with the
largest product of sizes come near an optimal basis (A. R. L. Oliveira, D. C. Sorensen, A new class of preconditioners,
2005), and in an economy that basis is close to an M-matrix, so that incomplete factors of B lose little.

Notation: theta the weights of the columns, D those of the slacks, x/z and s/y of the interior point.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from comitia.plan.large import incomplete, kernels, pivots
from comitia.plan.large.incomplete import Factors
from comitia.plan.large.kernels import Counts, Indices, Lines, Vector
from comitia.plan.large.programme import Programme

# Entries that a factor may have, as a multiple of the pivot columns' own.
ROOM = 12
COARSER = 4.0


@dataclass(frozen=True)
class Network:
    """The matrix of a programme by rows and by columns, and the logarithms of its entries' sizes, by rows."""

    rows: Lines
    columns: Lines
    size: Vector

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self.rows.starts) - 1, len(self.columns.starts) - 1

    def times(self, x: Vector) -> Vector:
        """Return G x."""
        out = np.empty(self.shape[0])
        kernels.times(self.rows, x, out)
        return out

    def transposed_times(self, y: Vector) -> Vector:
        """Return G' y."""
        out = np.empty(self.shape[1])
        kernels.times(self.columns, y, out)
        return out


def network(of: Programme) -> Network:
    """Return the network of a programme, figures of 0 left out."""
    matrix = of.matrix.copy()
    matrix.sum_duplicates()
    matrix.eliminate_zeros()
    rows = kernels.lines(matrix)
    return Network(rows, kernels.lines(matrix.tocsc()), np.log(np.abs(rows.value)))


def factors(of: Network, theta: Vector, D: Vector, *, drop: float) -> Factors:
    """Return the incomplete factors of the pivot columns at a point of the interior.

    Args:
        of: the network.
        theta: weights of the columns, above 0.
        D: weights of the slacks, above 0.
        drop: what is left out of the factors, measured by the pivots.
    """
    chosen = pivots.choose(of.rows.starts, of.rows.at, of.size, (0.5 * np.log(theta), 0.5 * np.log(D)))
    scale, starts, index, value = _pivot_columns(chosen, of.columns, np.sqrt(theta), np.sqrt(D))
    while True:
        keep = np.abs(value) >= drop * 0.3
        kept = np.concatenate([[0], np.cumsum(keep)])[starts].astype(np.uint64)
        order = incomplete.order(kept, index[keep])
        columns = _placed(order, kept, index[keep], value[keep])
        found = incomplete.factor(columns, drop, ROOM * len(columns[1]) + 64)
        if found is not None:
            pivot, lower, upper = found
            return Factors(order, scale, pivot, lower, upper)
        drop *= COARSER


@njit(cache=True)
def _pivot_columns(
    chosen: NDArray[np.int64], columns: Lines, column_weight: Vector, slack_weight: Vector
) -> tuple[Vector, NDArray[np.int64], Indices, Vector]:
    """Return what scales each row so that its pivot is 1, and the scaled columns with their pivots left out."""
    rows, n = len(chosen), len(column_weight)
    scale = np.empty(rows)
    room = 0
    for i in range(rows):
        j = chosen[i]
        if j >= n:
            scale[i] = -1.0 / slack_weight[i]
            continue
        for k in range(columns.starts[j], columns.starts[j + 1]):
            room += 1
            if columns.at[k] == i:
                scale[i] = 1.0 / (columns.value[k] * column_weight[j])
    starts = np.zeros(rows + 1, np.int64)
    index = np.empty(room, np.uint32)
    value = np.empty(room)
    at = 0
    for i in range(rows):
        j = chosen[i]
        if j < n:
            for k in range(columns.starts[j], columns.starts[j + 1]):
                row = columns.at[k]
                if row != i:
                    index[at] = row
                    value[at] = columns.value[k] * column_weight[j] * scale[row]
                    at += 1
        starts[i + 1] = at
    return scale, starts, index[:at].copy(), value[:at].copy()


@njit(cache=True)
def _placed(order: NDArray[np.int64], starts: Counts, index: Indices, value: Vector) -> tuple[Counts, Indices, Vector]:
    """Return the columns in their order, their entries named by place instead of row."""
    n = len(order)
    place = np.empty(n, np.uint32)
    for p in range(n):
        place[order[p]] = p
    moved_starts, moved, figures = np.zeros(n + 1, np.uint64), np.empty_like(index), np.empty_like(value)
    at = 0
    for p in range(n):
        for k in range(starts[order[p]], starts[order[p] + 1]):
            moved[at] = place[index[k]]
            figures[at] = value[k]
            at += 1
        moved_starts[p + 1] = at
    return moved_starts, moved, figures
