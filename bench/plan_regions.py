"""Plan a real detailed table times regions, with joint products and outside trade, proven to 1e-4.

Run: .venv/bin/python bench/plan_regions.py [FOLDER] [--slow]; FOLDER holds the United Kingdom's table of 2010 (127
products) as the package iotables exports it; --slow adds 80 regions, more than 10,000 products. Prints what
plan_large.py prints, without peers, and the growth exponent.
"""

import os
import platform
import sys
import time
from itertools import pairwise
from math import log
from pathlib import Path

import numpy as np

from comitia.plan.large import regions, solver
from comitia.plan.large.random_economy import random_economy
from comitia.plan.large.regions import Table
from comitia.plan.tables import inputoutput, matrix

HERE = Path(__file__).parents[1] / ".." / "shared" / "data" / "plan"
FILE = "ons_uk_2010_iot_127.csv"
REGIONS, SLOW = (5, 10, 20), (80,)
TOLERANCE, SEED = 1e-4, 1


def table_of(path: Path) -> Table:
    """Return the table in coefficients, industries without output or wages left out."""
    of = inputoutput.square(matrix.read(path))
    labour = of.primary[of.labour]
    kept = np.flatnonzero((of.output > 0) & (labour > 0))
    return Table(of.A[np.ix_(kept, kept)], labour[kept], of.output[kept])


def measure(table: Table, count: int) -> tuple[int, float]:
    """Print one size; return its products and the seconds of the processor."""
    of = regions.regional_economy(table, count, SEED)
    rows, columns = of.matrix.shape
    print(f"{count} regions: {of.products} products, {rows} rows, {columns} columns, {of.matrix.nnz} nonzeros")
    wall, processor = time.perf_counter(), time.process_time()
    found = solver.solve(of, tolerance=TOLERANCE)
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    print(
        f"  to {TOLERANCE:g}: {wall:.1f} s (processor {processor:.1f} s), gap {found.proof.gap:.1e}, "
        f"largest violation {found.proof.violation:g}, {found.iterations} iterations, {found.steps} steps",
        flush=True,
    )
    return of.products, processor


def main() -> None:
    arguments = [a for a in sys.argv[1:] if a != "--slow"]
    path = (Path(arguments[0]) if arguments else HERE) / FILE
    if not path.exists():
        raise SystemExit(f"{path} is not there: give the folder that holds {FILE}")
    table = table_of(path)
    solver.solve(random_economy(100, SEED), tolerance=1e-2)  # Compiles, or reads what was compiled before.
    found = [measure(table, count) for count in REGIONS + (SLOW if "--slow" in sys.argv else ())]
    for (small, before), (large, after) in pairwise(found):
        grown = log(after / before) / log(large / small)
        print(f"{small} to {large} products: seconds of processor grow as size^{grown:.2f}")
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
