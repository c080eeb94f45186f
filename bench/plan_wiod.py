"""Seconds to plan an economy: WIOD's USA and the Valley example, beside scipy's HiGHS on the same programme.

Run: .venv/bin/python bench/plan_wiod.py [FOLDER]; FOLDER holds the WIOD files. The peer solves the bare programme once;
ours also reads prices, rounds exactly, allocates, certifies; the check afterwards needs no solver.
"""

import platform
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from statistics import median

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from comitia.plan import certificate, folder, highs, model, solve, variants
from comitia.plan.economy import Economy
from comitia.plan.tables import inputoutput, wiod

ROOT = Path(__file__).parents[1]
HERE = ROOT / ".." / "shared" / "data" / "plan"
ROUNDS = 5


def seconds(of: Callable[[], object]) -> float:
    """Return the median of several runs."""
    taken = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        of()
        taken.append(time.perf_counter() - begun)
    return median(taken)


def peer(economy: Economy) -> tuple[float, float]:
    """Return scipy's objective and seconds for the programme of the lightest plan, the matrix built beforehand."""
    built = model.build(economy)
    cost = variants.pose(economy, "lightest").aims[0].cost
    entries = [(r, i, float(a)) for r, row in enumerate(built.rows) for i, a in row.coefficients.items()]
    rows, columns, values = zip(*entries, strict=True)
    matrix = csr_array((values, (rows, columns)), shape=(len(built.rows), len(built.variables)))
    c = np.array([float(cost.get(i, 0)) for i in range(len(built.variables))])
    right = np.array([float(row.rhs) for row in built.rows])
    bounds = [(0.0, None if v.upper is None else float(v.upper)) for v in built.variables]

    def run() -> float:
        found = linprog(c, A_ub=-matrix, b_ub=-right, bounds=bounds, method="highs")
        if found.status != 0:
            raise SystemExit(f"the peer found no optimum: {found.message}")
        return float(found.fun)

    return run(), seconds(run)


def measure(name: str, economy: Economy) -> None:
    plan = solve.solve(economy, "lightest")
    ours = seconds(lambda: solve.solve(economy, "lightest"))
    checking = seconds(lambda: certificate.check(economy, plan))
    objective, theirs = peer(economy)
    value = float(plan.certificate.levels[0].value)
    size = f"{len(economy.products)} products, {len(economy.activities)} activities"
    print(f"{name}: {size}, {plan.certificate.nonzeros} nonzeros")
    print(f"  plan, rounded and certified {ours:.3f} s; check without a solver {checking:.3f} s")
    print(f"  peer, the bare programme {theirs:.3f} s; ours takes {ours / theirs:.1f} times as long")
    print(f"  objective {value:.9g}, peer {objective:.9g}; gap proven {float(plan.certificate.gap):.1e}")


def main() -> None:
    here = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    measure("Valley", folder.read_economy(ROOT / "examples" / "valley" / "economy"))
    iot, sea = here / "wiod2016_usa_iot_2000_2014.csv.gz", here / "wiod2016_usa_sea_2000_2014.csv.gz"
    if iot.exists():
        table = wiod.read(iot, sea, year=2014)
        more = {"Q": Fraction(6, 5), "P85": Fraction(6, 5)}
        measure("WIOD USA 2014, 5 % spare", inputoutput.economy_of(table, spare=Fraction(1, 20), more=more).economy)
    else:
        print(f"{here} has no WIOD files: give their folder")
    print(f"Python {platform.python_version()}, {highs.NAME}, median of {ROUNDS}")


if __name__ == "__main__":
    main()
