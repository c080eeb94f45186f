"""Equal shares, exact, 20,000 papers x 100 candidates x 20 seats, beside abcvoting in fractions and in floats.

    .venv/bin/python bench/count_equal_shares.py

Seconds are of process time. The peer runs in its own environment (requirements/peers.py); without it only ours is
timed.
"""

import random
import sys
import time
from pathlib import Path

from comitia.decide import ties
from comitia.decide.count import equal_shares_add_one, equal_shares_phragmen, equal_shares_utilitarian
from comitia.decide.profile import Profile

sys.path.insert(0, str(Path(__file__).parents[1] / "requirements"))
import peers

PAPERS, CANDIDATES, SEATS = 20_000, 100, 20
PEER = """
import json, sys, time
from abcvoting import abcrules
from abcvoting.preferences import Profile
case = json.load(sys.stdin)
profile = Profile(case["candidates"])
for named in case["papers"]:
    profile.add_voter(named)
start = time.process_time()
found = abcrules.compute_equal_shares(profile, case["seats"], algorithm="float-fractions", resolute=True)
print(json.dumps([time.process_time() - start, sorted(found[0])]))
"""


def papers() -> list[tuple[int, ...]]:
    """Return papers that name each candidate with a chance of her own, a tenth of them on the average."""
    luck = random.Random(1)
    chance = [0.2 * (c + 1) / CANDIDATES for c in range(CANDIDATES)]
    found = [tuple(c for c in range(CANDIDATES) if luck.random() < chance[c]) for _ in range(PAPERS)]
    return [named or (luck.randrange(CANDIDATES),) for named in found]


def main() -> None:
    drawn = papers()
    profile = Profile(tuple(f"c{n}" for n in range(CANDIDATES)), tuple((1, named) for named in drawn))
    seconds = 0.0
    winners: list[int] = []
    for rule in (equal_shares_utilitarian, equal_shares_add_one, equal_shares_phragmen):
        start = time.process_time()
        winners = sorted(rule.count(profile, seats=SEATS, lot=ties.Lot(b"")).winners)
        seconds = time.process_time() - start
        print(f"{rule.RULE}: {seconds:.2f} s")
    try:
        theirs, elected = peers.answer(
            PEER, {"candidates": CANDIDATES, "seats": SEATS, "papers": [list(named) for named in drawn]}
        )
    except peers.NotInstalled as why:
        print(why)
        return
    same = "the same" if elected == winners else "others"
    print(f"abcvoting (floats, completed by Phragmen): {theirs:.2f} s, {same} elected; ratio {theirs / seconds:.1f}")


if __name__ == "__main__":
    main()
