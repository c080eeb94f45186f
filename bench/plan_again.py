"""Planning again after some capacities changed, from the last plan and from nothing, side by side.

Run: .venv/bin/python bench/plan_again.py [PRODUCTS ...]. One activity in a hundred, drawn by seed, gets another
capacity. Printed for each size and change: seconds, iterations and conjugate gradient steps of both, the gap that each
proves, the ratio, and in how many activities the runs change by more than a hundredth.
"""

import os
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from comitia.plan.large import solver
from comitia.plan.large.random_economy import TECHNIQUES, random_economy
from comitia.plan.large.solver import Answer
from comitia.plan.large.warm import Old

SIZES = (1_000, 3_000, 10_000)
SEED, SHARE, TOLERANCE = 1, 0.01, 1e-4
# By which part of itself a capacity changes at most.
CHANGES = (0.02, 0.1, 0.3)
SEEN = 0.01


def timed(name: str, work: Callable[[], Answer]) -> tuple[float, Answer]:
    """Do the work, print its seconds and return them with the answer."""
    begun = time.perf_counter()
    answer = work()
    taken = time.perf_counter() - begun
    print(
        f"    {name}: {taken:7.2f} s, {answer.iterations} iterations, {answer.steps} steps, "
        f"gap {answer.proof.gap:.1e}, largest violation {answer.proof.violation:g}",
        flush=True,
    )
    return taken, answer


def measure(products: int) -> None:
    """Print one size."""
    of = random_economy(products, SEED)
    activities = TECHNIQUES * products
    print(f"\n{products} products")
    _, last = timed("last plan", partial(solver.best, of, tolerance=TOLERANCE))
    for by in CHANGES:
        rng = np.random.default_rng(SEED)
        upper = of.upper.copy()
        some = rng.choice(activities, int(SHARE * activities), replace=False)
        upper[some] *= rng.uniform(1 - by, 1 + by, len(some))
        now = replace(of, upper=upper)
        print(f"  {len(some)} capacities changed by up to {by:.0%}")
        cold, _ = timed("from nothing", partial(solver.best, now, tolerance=TOLERANCE))
        old = Old(last.values, last.prices)
        warm, again = timed("from the last plan", partial(solver.best, now, tolerance=TOLERANCE, old=old))
        one, other = last.values[:activities], again.values[:activities]
        moved = np.abs(other - one) > SEEN * np.maximum(one, other)
        print(f"    ratio {cold / warm:.1f}; runs change by more than {SEEN:.0%} in {moved.sum()} of {activities}")


def main() -> None:
    """Measure the sizes asked for."""
    solver.solve(random_economy(100, SEED), tolerance=1e-2)  # Compiles, or reads what was compiled before.
    for products in [int(n) for n in sys.argv[1:]] or SIZES:
        measure(products)
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
