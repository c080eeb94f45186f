"""Plan random capacitated economies with the large solver, beside HiGHS on the same arrays.

Run: .venv/bin/python bench/plan_large.py [--slow] [--peers SECONDS]; --slow adds 100,000 products. Each size prints the
seconds (wall, and of the processor: a shared machine makes the first longer), the gap proven without the solver, the
largest violation, iterations and conjugate gradient steps; then HiGHS (simplex, interior point, and PDLP after scaling
into value units) with a limit of time; at the end the growth exponent and the bytes moved per figure of the matrix.
"""

import os
import platform
import sys
import time
from dataclasses import dataclass
from itertools import pairwise
from math import log

import highspy
import numpy as np
from highspy._core import _Highs
from scipy.sparse import csr_array, diags_array

from comitia.plan import highs
from comitia.plan.large import basis, bound, incomplete, kernels, solver
from comitia.plan.large.programme import Programme, Vector
from comitia.plan.large.random_economy import random_economy

SIZES = (1_000, 3_000, 10_000)
SLOW = (30_000, 100_000)
TOLERANCES = (1e-4, 1e-6)
# From this size on only the wider gap: the closer one takes longer than 500 s.
ROUGHLY_ONLY = 100_000
SEED = 1
PEER_SECONDS = 60.0
# Figure and index, read once for each product with the normal equations.
BYTES_PER_FIGURE = 12
REPEATS = 20


@dataclass(frozen=True)
class Taken:
    """Seconds of the wall and of the processor."""

    wall: float
    processor: float


def ours(of: Programme, tolerance: float) -> tuple[Taken, solver.Answer]:
    """Solve and tell the time."""
    wall, processor = time.perf_counter(), time.process_time()
    found = solver.solve(of, tolerance=tolerance)
    return Taken(time.perf_counter() - wall, time.process_time() - processor), found


def in_values(of: Programme) -> tuple[Programme, Vector, Vector]:
    """Return the programme with rows and columns in value units, and the scales of rows and columns."""
    rows = np.ones(len(of.right))
    unmet = of.cost[-of.products :]
    rows[: of.products] = unmet / unmet.mean()
    scaled = diags_array(rows) @ of.matrix
    columns = 1.0 / np.maximum(abs(scaled).max(axis=0).toarray().ravel(), 1e-300)
    matrix = csr_array(scaled @ diags_array(columns))
    return Programme(of.cost * columns, matrix, of.right * rows, of.upper / columns, of.products), rows, columns


def peer(of: Programme, method: str, tolerance: float, seconds: float) -> str:
    """Return what HiGHS reaches by a method within the time: seconds, objective gap proven, rows violated."""
    asked, rows, columns = in_values(of) if method == "pdlp" else (of, np.ones(len(of.right)), np.ones(len(of.cost)))
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = asked.matrix.shape
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = asked.cost, np.zeros(len(asked.cost)), asked.upper
    lp.row_lower_, lp.row_upper_ = asked.right, np.full(len(asked.right), highspy.kHighsInf)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_ = asked.matrix.indptr, asked.matrix.indices
    lp.a_matrix_.value_ = asked.matrix.data
    solving = _Highs()
    for option, value in (("output_flag", False), ("solver", method), ("time_limit", seconds)):
        solving.setOptionValue(option, value)
    if method == "pdlp":
        solving.setOptionValue("pdlp_optimality_tolerance", tolerance)
    if method == "ipm":
        solving.setOptionValue("run_crossover", "off")
    solving.passModel(lp)
    begun = time.perf_counter()
    solving.run()
    taken = time.perf_counter() - begun
    status = solving.modelStatusToString(solving.getModelStatus())
    found = solving.getSolution()
    if not found.value_valid and not found.dual_valid:
        return f"{taken:8.2f} s, {status}, no values"
    values = np.clip(np.array(found.col_value) * columns, 0.0, of.upper)
    proof = bound.prove(of, values, np.maximum(np.array(found.row_dual) * rows, 0.0))
    missing, turnover = bound.violations(of, values)
    violated = float(np.mean(missing > 1e-6 * turnover))
    return f"{taken:8.2f} s, {status}, gap {proof.gap:.1e}, {violated:.0%} of rows missed beyond 1e-6 of their turnover"


def bytes_moved(of: Programme) -> str:
    """Return how fast one product with the normal equations goes, against reading the matrix once from memory."""
    network = basis.network(of)
    rows, columns = network.shape
    theta, slack, y, out = np.ones(columns), np.ones(rows), np.ones(rows), np.empty(rows)
    factors = basis.factors(network, theta, slack, drop=1e-3)
    best, solving = np.inf, np.inf
    for _ in range(REPEATS):
        begun = time.perf_counter()
        kernels.bent(network.columns, theta, slack, y, out)
        best = min(best, time.perf_counter() - begun)
        begun = time.perf_counter()
        incomplete.precondition(factors, y, out)
        solving = min(solving, time.perf_counter() - begun)
    large = np.ones(50_000_000)
    begun = time.perf_counter()
    large.copy()
    copying = 2 * large.nbytes / (time.perf_counter() - begun)
    figures = len(network.columns.value)
    moved = BYTES_PER_FIGURE * figures
    return (
        f"one product with the normal equations {best * 1e3:.2f} ms, {best / figures * 1e9:.2f} ns a figure, "
        f"{moved / best / 1e9:.1f} GB/s of the matrix ({copying / 1e9:.1f} GB/s is copying memory); "
        f"factors {solving * 1e3:.2f} ms"
    )


def measure(products: int, seconds: float) -> dict[float, Taken]:
    """Print one size and return the times taken to each gap."""
    of = random_economy(products, SEED)
    print(f"\n{products} products, {3 * products} activities, {of.matrix.nnz} nonzeros")
    found: dict[float, Taken] = {}
    for tolerance in TOLERANCES if products < ROUGHLY_ONLY else TOLERANCES[:1]:
        taken, answer = ours(of, tolerance)
        found[tolerance] = taken
        proof = answer.proof
        print(
            f"  ours to {tolerance:g}: {taken.wall:8.2f} s (processor {taken.processor:.2f} s), gap {proof.gap:.1e}, "
            f"largest violation {proof.violation:g}, {answer.iterations} iterations, {answer.steps} steps",
            flush=True,
        )
    print(f"  {bytes_moved(of)}")
    if seconds:
        print(f"  HiGHS, at most {seconds:g} s each:")
        for method, tolerance in (("simplex", 1e-6), ("ipm", 1e-6), ("pdlp", 1e-4), ("pdlp", 1e-6)):
            print(
                f"    {method} {tolerance if method == 'pdlp' else '':}: {peer(of, method, tolerance, seconds)}",
                flush=True,
            )
    return found


def main() -> None:
    arguments = sys.argv[1:]
    seconds = float(arguments[arguments.index("--peers") + 1]) if "--peers" in arguments else PEER_SECONDS
    solver.solve(random_economy(100, SEED), tolerance=1e-2)  # Compiles, or reads what was compiled before.
    sizes = SIZES + (SLOW if "--slow" in arguments else ())
    times = {n: measure(n, seconds if n <= max(SIZES) else 0.0) for n in sizes}
    for tolerance in TOLERANCES:
        for first, last in pairwise(n for n in sizes if tolerance in times[n]):
            grown = log(times[last][tolerance].processor / times[first][tolerance].processor) / log(last / first)
            print(f"to {tolerance:g}, {first} to {last} products: seconds of processor grow as size^{grown:.2f}")
    print(f"Python {platform.python_version()}, {highs.NAME}, {platform.machine()}, {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
