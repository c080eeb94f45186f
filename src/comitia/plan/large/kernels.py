"""Compiled loops of the large solver: products with a sparse matrix, on all cores where it is large.

Indices are unsigned, because numba tests signed ones for counting from the end: half of the time of a product. Threads
that sleep while they wait, not OpenMP's that spin: a machine shared with others slows those tenfold.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import pairwise
from typing import NamedTuple, TypeVar

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array

T = TypeVar("T")
Vector = NDArray[np.float64]
Counts = NDArray[np.uint64]
Indices = NDArray[np.uint32]
# Into so many parts, and no more where there are more cores: every machine then adds in the same order.
PARTS = 2
# Below so many figures a second thread takes longer to wake than to work.
WORTH_A_THREAD = 1_000_000
_threads = ThreadPoolExecutor(PARTS - 1, thread_name_prefix="plan")


class Lines(NamedTuple):
    """A sparse matrix line by line: of rows, or of columns; ``parts`` are the lines at which each core's begins."""

    parts: Counts
    starts: Counts
    at: Indices
    value: Vector


def lines(of: csr_array | csc_array) -> Lines:
    """Return the lines of a matrix, cut into parts of equal work."""
    count = PARTS if of.nnz >= WORTH_A_THREAD else 1
    parts = np.searchsorted(of.indptr, np.linspace(0, of.indptr[-1], count + 1)).clip(0, len(of.indptr) - 1)
    parts[0], parts[-1] = 0, len(of.indptr) - 1
    return Lines(
        parts.astype(np.uint64),
        of.indptr.astype(np.uint64),
        of.indices.astype(np.uint32),
        np.ascontiguousarray(of.data, dtype=np.float64),
    )


def times(m: Lines, x: Vector, out: Vector) -> None:
    """Write the product of each line with x."""
    _on_cores(m, lambda first, last: _times(m, x, out, first, last))


def bent(columns: Lines, theta: Vector, diagonal: Vector, y: Vector, out: Vector) -> None:
    """Write (G theta G' + D) y in one reading of the columns: each is weighed against y and added back at once."""
    sums = [out] + [np.zeros_like(out) for _ in range(len(columns.parts) - 2)]
    np.multiply(diagonal, y, out=out)
    cuts = list(pairwise(columns.parts))
    together([partial(_bent, columns, theta, y, (sums[p], *cuts[p])) for p in range(len(cuts))])
    for other in sums[1:]:
        out += other


def together(works: Sequence[Callable[[], T]]) -> list[T]:
    """Do each of these on a core of its own, and return what they return."""
    others = [_threads.submit(work) for work in works[1:]]
    return [works[0](), *(other.result() for other in others)]


def _on_cores(m: Lines, work: Callable[[np.uint64, np.uint64], None]) -> None:
    together([partial(work, first, last) for first, last in pairwise(m.parts)])


@njit(nogil=True, cache=True)
def _times(m: Lines, x: Vector, out: Vector, first: np.uint64, last: np.uint64) -> None:
    for i in range(first, last):
        total = 0.0
        for k in range(m.starts[i], m.starts[i + 1]):
            total += m.value[k] * x[m.at[k]]
        out[i] = total


@njit(nogil=True, cache=True)
def _bent(m: Lines, theta: Vector, y: Vector, to: tuple[Vector, np.uint64, np.uint64]) -> None:
    out, first, last = to
    for j in range(first, last):
        total = 0.0
        for k in range(m.starts[j], m.starts[j + 1]):
            total += m.value[k] * y[m.at[k]]
        total *= theta[j]
        for k in range(m.starts[j], m.starts[j + 1]):
            out[m.at[k]] += m.value[k] * total


@njit(nogil=True, cache=True)
def dot(a: Vector, b: Vector) -> float:
    """Return a.b; not BLAS, whose threads spin for sums as short as these."""
    total = 0.0
    for i in range(len(a)):
        total += a[i] * b[i]
    return total


@njit(nogil=True, cache=True)
def advance(y: Vector, left: Vector, step: tuple[float, Vector, Vector], weight: Vector) -> float:
    """Go a length along the way, keep up what is left, and return the largest weighted figure of it."""
    length, way, bent_way = step
    largest = 0.0
    for i in range(len(y)):
        y[i] += length * way[i]
        left[i] -= length * bent_way[i]
        largest = max(largest, abs(left[i]) * weight[i])
    return largest
