"""From an economy folder to a judged plan folder: seconds of reading, solving, writing and checking.

Run: .venv/bin/python bench/plan_end_to_end.py [capacities|labour] [--slow]; a word runs one kind alone, --slow adds
100,000 products with capacities (minutes) and a million without. Each economy is drawn, written as Parquet, read,
planned, rounded until every row holds exactly, its plan written, read again and checked in exact arithmetic without a
solver. Then the hardest case of the exact check: the idle plan, every row of which floats leave undecided. Seconds of
the wall and, in brackets, of the processor.
"""

import os
import platform
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np

from comitia.plan import folder
from comitia.plan.arrays import certificate, drawn, judging, model as models, planning, rounding, writing
from comitia.plan.arrays.model import Declared
from comitia.plan.large.programme import Programme
from comitia.plan.large.random_economy import random_economy
from comitia.plan.large.random_labour import labour_economy

T = TypeVar("T")
CAPACITATED = ((3_000, 1e-6), (10_000, 1e-4), (10_000, 1e-6))
LABOUR = ((10_000, 1e-6), (100_000, 1e-6))
SLOW_CAPACITATED, SLOW_LABOUR = ((100_000, 1e-4),), ((1_000_000, 1e-6),)
SEED = 1


def timed(name: str, work: Callable[[], T]) -> T:
    """Do the work and print its seconds."""
    wall, processor = time.perf_counter(), time.process_time()
    found = work()
    print(f"  {name}: {time.perf_counter() - wall:.1f} s ({time.process_time() - processor:.1f} s)", flush=True)
    return found


def measure(kind: str, economy: Callable[[int, int], Programme], products: int, tolerance: float) -> None:
    """Print the seconds of one economy from folder to judged plan."""
    print(f"\n{kind}: {products} products, to {tolerance:g}")
    with tempfile.TemporaryDirectory() as place:
        source, target = Path(place) / "economy", Path(place) / "plan"
        folder.write_columns(drawn.columns_of(economy(products, SEED)), source, as_parquet=True)
        of = timed("read", lambda: folder.read_declared(source))
        plan = timed("solve, round, certify", lambda: planning.plan(of, tolerance=tolerance))

        def write() -> None:
            tables = writing.tables(of, plan.model, plan.values, plan.prices)
            folder.write_columns(tables, target, as_parquet=True)
            folder.write_certificate(plan.certificate, target)

        timed("write", write)

        def check() -> str:
            files, said = folder.read_columns(target)
            checked = judging.check(of, plan.model, writing.read(of, plan.model, files), said)
            return f"{checked.rows} rows hold exactly, {plan.model.nonzeros} nonzeros, gap {float(checked.gap):.1e}"

        print(f"  {timed('read the plan and check it', check)}; rounding cost {plan.certificate.rounding}")
    hardest(of)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"  memory so far at most {most:.1f} GB", flush=True)


def hardest(of: Declared) -> None:
    """Print the seconds of the exact check of the plan in which nobody works."""
    model = models.build(of)
    idle = rounding.publish(model, np.zeros(model.width))
    undecided = timed("check the idle plan", lambda: certificate.check_rows(model, idle))
    print(f"  of {model.height} rows floats left {undecided} undecided")


def main() -> None:
    slow, words = "--slow" in sys.argv[1:], {"capacities", "labour"} & set(sys.argv[1:])
    planning.plan(_compiled(), tolerance=1e-2)
    if words != {"labour"}:
        for products, tolerance in CAPACITATED + (SLOW_CAPACITATED if slow else ()):
            measure("capacities on every activity", random_economy, products, tolerance)
    if words != {"capacities"}:
        for products, tolerance in LABOUR + (SLOW_LABOUR if slow else ()):
            measure("labour the only scarce factor", labour_economy, products, tolerance)
    print(f"\nPython {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores")


def _compiled() -> Declared:
    """Return a small economy: planning it compiles what is compiled, or reads what was compiled before."""
    with tempfile.TemporaryDirectory() as place:
        folder.write_columns(drawn.drawn(50, SEED), Path(place) / "e")
        return folder.read_declared(Path(place) / "e")


if __name__ == "__main__":
    main()
