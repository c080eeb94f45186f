"""The large solver with its conjugate gradients on a graphics card, beside the same solver on the processor.

Run where CuPy and a CUDA card are: PYTHONPATH=src python3 bench/plan_gpu.py [PRODUCTS ...]; a size ending in + is
solved with the card alone. Only ``normal.solve`` is replaced, the rest of the method (pivots, factors, repair, proof)
stays on the processor. Printed for each size: seconds with and without the card, the ratio, the gap that each proves,
and for one step of conjugate gradients the milliseconds of its two halves.

The triangular sweeps are long chains of rows that wait one for another, which a card does badly. What a product needs
of another, and that of a third, dies away, so each is replaced by rounds in which all rows move at once; so few rounds
are enough that the steps of conjugate gradients stay nearly as many.
"""

import sys
import time
from typing import Any

import cupy  # type: ignore[import-not-found,unused-ignore]
import numpy as np
from cupyx.scipy.sparse import csc_matrix, csr_matrix  # type: ignore[import-not-found,unused-ignore]

from comitia.plan.large import basis, incomplete, kernels, normal, solver
from comitia.plan.large.basis import Network
from comitia.plan.large.incomplete import Factors
from comitia.plan.large.kernels import Lines, Vector
from comitia.plan.large.normal import Normal
from comitia.plan.large.random_economy import random_economy

SEED = 1
SIZES = (10_000, 30_000)
TOLERANCE = 1e-4
REPEATS = 20
ROUNDS = 10
LANES, THREADS = 8, 256
ROUND = r"""
extern "C" __global__ void one_round(const int n, const int* starts, const int* at, const double* value,
                                     const double* pivot, const double* b, const double* x, double* out) {
    const int p = (blockIdx.x * blockDim.x + threadIdx.x) / 8, lane = threadIdx.x % 8;
    if (p >= n) return;
    double sum = 0.0;
    for (int k = starts[p] + lane; k < starts[p + 1]; k += 8) sum += value[k] * x[at[k]];
    const unsigned ours = 0xffu << (threadIdx.x & 24);
    for (int half = 4; half; half >>= 1) sum += __shfl_down_sync(ours, sum, half);
    if (lane == 0) out[p] = (b[p] - sum) / pivot[p];
}
"""
_round = cupy.RawKernel(ROUND, "one_round")
_forward = cupy.ElementwiseKernel(
    "raw float64 r, raw float64 scale, int64 row", "float64 out", "out = r[row] * scale[row]", "gathered"
)
_back = cupy.ElementwiseKernel(
    "float64 x, raw float64 scale, int64 row", "raw float64 out", "out[row] = x * scale[row]", "scattered"
)
_advance = cupy.ElementwiseKernel(
    "float64 length, float64 way, float64 bent", "float64 y, float64 left", "y += length * way; left -= length * bent",
    "advanced",
)  # fmt: skip


class OnCard:
    """A system of normal equations on the card: the matrix both ways, weights, the factors by rows and by columns."""

    def __init__(self, matrices: tuple[Any, Any], of: Normal) -> None:
        self.rows, self.columns = matrices
        self.theta, self.D = cupy.asarray(of.theta), cupy.asarray(of.D)
        factors = of.factors
        n = len(factors.row)
        self.row, self.scale = cupy.asarray(factors.row), cupy.asarray(factors.scale)
        self.pivot, self.ones = cupy.asarray(factors.pivot), cupy.ones(n)
        by_columns = [
            (cupy.asarray(starts.astype(np.int32)), cupy.asarray(at.astype(np.int32)), cupy.asarray(value))
            for starts, at, value in (factors.lower, factors.upper)
        ]
        by_rows = []
        for starts, at, value in by_columns:
            turned = csc_matrix((value, at, starts), shape=(n, n)).tocsr()
            by_rows.append((turned.indptr, turned.indices, turned.data))
        self.sweeps = (
            (by_rows[0], self.ones),
            (by_rows[1], self.pivot),
            (by_columns[1], self.pivot),
            (by_columns[0], self.ones),
        )

    def times(self, y: Any) -> Any:
        """Return (G theta G' + D) y."""
        return self.rows @ (self.theta * (self.columns @ y)) + self.D * y

    def precondition(self, r: Any) -> Any:
        """Return the solution of (B B') out = r, as far as the incomplete factors of the pivot columns know it."""
        x = _forward(r, self.scale, self.row)
        n = len(x)
        blocks = (n * LANES + THREADS - 1) // THREADS
        for (starts, at, value), pivot in self.sweeps:
            b, x, other = x, x / pivot, cupy.empty(n)
            for _ in range(ROUNDS):
                _round((blocks,), (THREADS,), (np.int32(n), starts, at, value, pivot, b, x, other))
                x, other = other, x
        out = cupy.empty(n)
        _back(x, self.scale, self.row, out)
        return out


def matrices(network: Network) -> tuple[Any, Any]:
    """Return a network's matrix and its transpose on the card, both by rows."""

    def whole(m: Lines, width: int) -> Any:
        data, at, starts = m.value, m.at.astype(np.int32), m.starts.astype(np.int32)
        return csr_matrix(
            (cupy.asarray(data), cupy.asarray(at), cupy.asarray(starts)), shape=(len(m.starts) - 1, width)
        )

    rows, columns = network.shape
    return whole(network.rows, columns), whole(network.columns, rows)


_matrices: dict[int, tuple[Network, tuple[Any, Any]]] = {}


def solve(of: Normal, b: Vector, *, weight: Vector, tolerance: float, most: int) -> tuple[Vector, int]:
    """Return what ``normal.solve`` returns, computed on the card."""
    key = id(of.network)
    if key not in _matrices:
        _matrices.clear()
        _matrices[key] = of.network, matrices(of.network)
    system = OnCard(_matrices[key][1], of)
    left, weights = cupy.asarray(b), cupy.asarray(weight)
    y = cupy.zeros_like(left)
    way = system.precondition(left)
    size = float(left @ way)
    error = float(cupy.abs(left * weights).max())
    for step in range(most):
        if size <= 0 or error <= tolerance:
            return cupy.asnumpy(y), step
        bent = system.times(way)
        curved = float(way @ bent)
        if curved <= 0:
            return cupy.asnumpy(y), step
        _advance(size / curved, way, bent, y, left)
        z = system.precondition(left)
        before = size
        size, error = (float(a) for a in cupy.asnumpy(cupy.stack([left @ z, cupy.abs(left * weights).max()])))
        way = z + way * (size / before)
    return cupy.asnumpy(y), most


def depth(factors: Factors) -> tuple[int, int]:
    """Return how many rows wait one after the other in the longest chain of the lower and of the upper factor."""
    found = []
    for (starts, at, _), forward in ((factors.lower, True), (factors.upper, False)):
        level = np.zeros(len(starts) - 1, np.int64)
        for p in range(len(level)) if forward else range(len(level) - 1, -1, -1):
            here = at[int(starts[p]) : int(starts[p + 1])]
            level[here] = np.maximum(level[here], level[p] + 1)
        found.append(int(level.max(initial=0)) + 1)
    return found[0], found[1]


def halves(of: Normal) -> None:
    """Print, for one system, the milliseconds of a product and of the four sweeps, here and on the card."""
    r = np.random.default_rng(SEED).normal(size=len(of.D))
    card, at = OnCard(matrices(of.network), of), cupy.asarray(r)
    z = np.empty_like(r)
    incomplete.precondition(of.factors, r, z)
    product = float(np.abs(cupy.asnumpy(card.times(at)) - of.times(r)).max() / np.abs(of.times(r)).max())
    sweeps = float(np.abs(cupy.asnumpy(card.precondition(at)) - z).max() / np.abs(z).max())

    def least(work: Any) -> float:
        taken = []
        for _ in range(REPEATS):
            cupy.cuda.Device().synchronize()
            begun = time.perf_counter()
            work()
            cupy.cuda.Device().synchronize()
            taken.append(time.perf_counter() - begun)
        return 1e3 * min(taken)

    here = least(lambda: of.times(r)), least(lambda: incomplete.precondition(of.factors, r, z))
    there = least(lambda: card.times(at)), least(lambda: card.precondition(at))
    figures = len(of.network.columns.value), len(of.factors.lower[1]) + len(of.factors.upper[1])
    print(f"  {figures[0]} figures, {figures[1]} in the factors, chains of {depth(of.factors)} rows in them")
    print(
        f"  the card's product differs by {product:.1e} of the largest figure, its rounds by {sweeps:.1e} from sweeps"
    )
    for name, a, b in (("product", here[0], there[0]), ("sweeps", here[1], there[1])):
        print(f"  {name}: processor {a:.3f} ms, card {b:.3f} ms, ratio {a / b:.1f}", flush=True)


def measure(products: int, *, beside: bool) -> None:
    """Print one size."""
    of = random_economy(products, SEED)
    print(f"\n{products} products, {of.matrix.nnz} figures", flush=True)
    last: list[Normal] = []
    on_processor = normal.solve

    def keeping(of: Normal, b: Vector, *, weight: Vector, tolerance: float, most: int) -> tuple[Vector, int]:
        last[:] = [of]
        return solve(of, b, weight=weight, tolerance=tolerance, most=most)

    normal.solve = keeping
    factors, spent = basis.factors, [0.0]

    def timed(of: Network, theta: Vector, D: Vector, *, drop: float) -> Factors:
        begun = time.perf_counter()
        found = factors(of, theta, D, drop=drop)
        spent[0] += time.perf_counter() - begun
        return found

    basis.factors = timed
    taken = {}
    for name in ("card", "processor") if beside else ("card",):
        spent[0] = 0.0
        begun = time.perf_counter()
        answer = solver.best(of, tolerance=TOLERANCE)
        taken[name] = time.perf_counter() - begun
        print(
            f"  {name}: {taken[name]:.2f} s, of them {spent[0]:.2f} s for factors, gap {answer.proof.gap:.1e}, largest "
            f"violation {answer.proof.violation:g}, {answer.iterations} iterations, {answer.steps} steps",
            flush=True,
        )
        normal.solve = on_processor
    basis.factors = factors
    if beside:
        print(f"  ratio {taken['processor'] / taken['card']:.1f}", flush=True)
    halves(last[0])


def main() -> None:
    """Measure the sizes asked for; a size ending in + is measured on the card alone."""
    asked = sys.argv[1:] or [str(n) for n in SIZES]
    solver.solve(random_economy(100, SEED), tolerance=1e-2)  # Compiles.
    card = cupy.cuda.runtime.getDeviceProperties(0)["name"].decode()
    print(f"{card}, CuPy {cupy.__version__}, {kernels.PARTS} threads of the processor for a product")
    for size in asked:
        measure(int(size.rstrip("+")), beside=not size.endswith("+"))


if __name__ == "__main__":
    main()
