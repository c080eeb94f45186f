"""Plan economies in which labour is the only scarce factor, beside HiGHS on the same arrays.

Run: .venv/bin/python bench/plan_labour.py [--slow] [--peers SECONDS]; --slow adds a million products. Each size prints
seconds (wall, and of the processor: on a shared machine the first is longer) from the arrays to a proven plan, the gap
and the largest violation; then HiGHS by simplex and by interior point with a limit of time, and how many times as long
it took; at the end the growth exponent.
"""

import os
import platform
import sys
import time
from itertools import pairwise
from math import log

import highspy
import numpy as np
from highspy._core import _Highs

from comitia.plan import highs
from comitia.plan.large import bound, solver
from comitia.plan.large.programme import Programme
from comitia.plan.large.random_labour import TECHNIQUES, labour_economy

SIZES = (1_000, 10_000, 100_000)
SLOW = (1_000_000,)
# Larger sizes are ours alone.
LARGEST_FOR_PEERS = 10_000
TOLERANCES = (1e-4, 1e-6)
SEED = 1
PEER_SECONDS = 120.0


def peer(of: Programme, method: str, limit: float) -> tuple[float, str]:
    """Return the processor seconds that HiGHS took by a method, and what it reached."""
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = of.matrix.shape
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = of.cost, np.zeros(len(of.cost)), of.upper
    lp.row_lower_, lp.row_upper_ = of.right, np.full(len(of.right), highspy.kHighsInf)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_ = of.matrix.indptr, of.matrix.indices
    lp.a_matrix_.value_ = of.matrix.data
    solving = _Highs()
    for option, value in (("output_flag", False), ("solver", method), ("time_limit", limit)):
        solving.setOptionValue(option, value)
    solving.passModel(lp)
    begun = time.process_time()
    solving.run()
    taken = time.process_time() - begun
    status = solving.modelStatusToString(solving.getModelStatus())
    found = solving.getSolution()
    if not found.value_valid:
        return taken, f"{status}, no values"
    missing, turnover = bound.violations(of, np.clip(np.array(found.col_value), 0.0, of.upper))
    share = float((missing / turnover).max())
    return taken, f"{status}, value {solving.getInfo().objective_function_value:.9g}, rows miss {share:.0e} at most"


def measure(products: int, limit: float) -> float:
    """Print one size and return the processor seconds to the wider gap."""
    of = labour_economy(products, SEED)
    print(f"\n{products} products, {TECHNIQUES * products} techniques, {of.matrix.nnz} nonzeros")
    first = 0.0
    for tolerance in TOLERANCES:
        wall, processor = time.perf_counter(), time.process_time()
        found = solver.solve(of, tolerance=tolerance)
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
        first = first or processor
        print(
            f"  ours to {tolerance:g}: {wall:.2f} s (processor {processor:.2f} s), value {found.proof.value:.9g}, "
            f"gap {found.proof.gap:.1e}, largest violation {found.proof.violation:g}",
            flush=True,
        )
    for method in ("simplex", "ipm") if limit and products <= LARGEST_FOR_PEERS else ():
        taken, reached = peer(of, method, limit)
        times = f"{taken / first:.0f} times ours to {TOLERANCES[0]:g}"
        print(f"  HiGHS {method}: processor {taken:.2f} s, {times}: {reached}", flush=True)
    return first


def main() -> None:
    arguments = sys.argv[1:]
    limit = float(arguments[arguments.index("--peers") + 1]) if "--peers" in arguments else PEER_SECONDS
    solver.solve(labour_economy(100, SEED), tolerance=1e-2)  # Compiles, or reads what was compiled before.
    sizes = SIZES + (SLOW if "--slow" in arguments else ())
    taken = {n: measure(n, limit) for n in sizes}
    print()
    for small, large in pairwise(sizes):
        grown = log(taken[large] / taken[small]) / log(large / small)
        print(f"{small} to {large} products: seconds of processor grow as size^{grown:.2f}")
    print(f"Python {platform.python_version()}, {highs.NAME}, {platform.machine()}, {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
