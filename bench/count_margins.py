"""How close the 112 Scottish wards of 2017 and 2022 were: bounds on the papers that would have to differ, and seconds.

Run: .venv/bin/python bench/count_margins.py [RULE ...]; it reads ../shared/data/count/scotland.
"""

import gzip
import json
import platform
import statistics
import sys
import time
from pathlib import Path

from comitia.decide import ballot_file, profile as profiles, rules, sheet, ties
from comitia.decide.explanation import margins

HERE = Path(__file__).parents[1] / ".." / "shared" / "data" / "count" / "scotland"
LOT = ties.Lot(b"")
TRIES = 600


def main() -> None:
    folder = HERE
    if not folder.exists():
        print(f"{folder} is absent: the Scottish wards lie there")
        return
    lines = (folder / "official.jsonl").read_text(encoding="utf-8").splitlines()
    wards = [json.loads(line) for line in lines]
    print("rule            wards  exact  proved at least (median)  found at most (median, least)  seconds a ward")
    for rule in sys.argv[1:] or ("scottish", "instant_runoff", "plurality"):
        least, most, exact, spent = [], [], 0, 0.0
        for ward in wards:
            found = ballot_file.parse(gzip.decompress((folder / ward["ballots"]).read_bytes()))
            begun = time.perf_counter()
            margin = closest(rule, found.profile, 1 if rule == "instant_runoff" else ward["seats"])
            spent += time.perf_counter() - begun
            if margin is not None and margin.most is not None:
                least.append(margin.least)
                most.append(margin.most)
                exact += margin.exact
        print(
            f"{rule:<15} {len(most):>5} {exact:>6} {statistics.median(least):>25} {statistics.median(most):>23} "
            f"{min(most):>6} {spent / len(wards):>15.2f}",
            flush=True,
        )
    print(f"Python {platform.python_version()}, one core")


def closest(rule: str, papers: profiles.Profile, seats: int) -> margins.Margin | None:
    """Return the closest margin of a count by a rule."""

    def count(profile: profiles.Profile, lot: ties.Breaking) -> sheet.Sheet:
        return rules.RULES[rule](profile, seats=seats, lot=lot)

    return margins.closest(papers, count(papers, LOT), count, LOT, tries=TRIES)


if __name__ == "__main__":
    main()
