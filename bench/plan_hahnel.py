"""The published experiments of Hahnel's procedure: round counts and seconds, beside demplan on the same files.

    .venv/bin/python bench/plan_hahnel.py [FOLDER]

FOLDER holds the experiments (dep1ex01.clj.gz and so on). Seconds are of process time, reading included. The peer runs
in its own environment (requirements/peers.py), once for each of the three thresholds, as its procedure is made; without
it only ours is timed.
"""

import sys
import time
from pathlib import Path

from comitia.plan import hahnel
from comitia.plan.tables import pequod

sys.path.insert(0, str(Path(__file__).parents[1] / "requirements"))
import peers

HERE = Path(__file__).parents[2] / "shared" / "data" / "plan" / "pequod"
THRESHOLDS = (10, 5, 3)
PEER = """
import json, sys, time
from demplan import load_dep1ex
from demplan.iterate import iterate
from demplan.prefabs.hahnel.book_2021 import book_2021_rule
from demplan.prefabs.hahnel.councils import CouncilModel
case = json.load(sys.stdin)
reading, planning, found = 0.0, 0.0, []
for path in case["files"]:
    start = time.process_time()
    economy = load_dep1ex(path)
    read = time.process_time()
    counts = []
    for threshold in case["thresholds"]:
        model = CouncilModel(economy, float(threshold), book_2021_rule)
        begin = lambda: model.initial_state(700.0, None)
        counts.append(iterate(begin, model.step, model.converged, 250).rounds)
    found.append(counts)
    reading, planning = reading + read - start, planning + time.process_time() - read
print(json.dumps([reading, planning, found]))
"""


def main() -> None:
    """Print the counts of every experiment in the folder, then the seconds."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    files = sorted(folder.glob("dep1ex*.clj*"))
    if not files:
        raise SystemExit(f"{folder}: no experiments here (dep1ex01.clj.gz)")
    reading = planning = 0.0
    ours = []
    for path in files:
        start = time.process_time()
        councils = pequod.read(path)
        read = time.process_time()
        course = list(hahnel.rounds(councils))
        reading, planning = reading + read - start, planning + time.process_time() - read
        ours.append([hahnel.first_below(course, threshold / 100) for threshold in THRESHOLDS])
        print(f"{path.name}: {ours[-1]} rounds until every imbalance is below {THRESHOLDS} per cent")
    print(f"ours: {reading:.2f} s to read, {planning:.2f} s for the rounds")
    try:
        read, planned, theirs = peers.answer(PEER, {"files": [str(p) for p in files], "thresholds": list(THRESHOLDS)})
    except peers.NotInstalled as why:
        print(why)
        return
    counts = "the same counts" if theirs == ours else theirs
    print(f"demplan: {read:.2f} s to read, {planned:.2f} s for the rounds, {counts}")


if __name__ == "__main__":
    main()
