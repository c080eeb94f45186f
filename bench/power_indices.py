"""Power indices against the peers `powerindex` and `power_bdd`, in one run, with ratios.

Both are packages of PyPI, kept apart from the project's own in the environment of the peers: where there is none, or a
peer is missing there, its line says so and the rest goes on. CPU seconds; Python's start is not counted.

    .venv/bin/python bench/power_indices.py [--peers DIR]
"""

import argparse
import json
import random
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from comitia.drill import banzhaf, game as games, power, quadrature, tiers
from comitia.drill.game import Threshold
from comitia.drill.tiers import Assembly, House

NICE = (29,) * 4 + (27,) * 2 + (14, 13) + (12,) * 5 + (10,) * 3 + (7,) * 5 + (4,) * 5 + (3,)
LISBON = (
    1135, 710, 1058, 575, 8252, 132, 478, 1077, 4653, 6699, 415, 6059, 85, 195, 285, 59, 980, 46, 1708, 877, 3797, 1031,
    1964, 207, 544, 550, 1000, 6581,
)  # fmt: skip
COLLEGE = (55, 38, 29, 29, 20, 20, 18, 16, 16, 15, 14, 13, 12, *(11,) * 4, *(10,) * 4, *(9,) * 3, 8, 8, *(7,) * 3,
           *(6,) * 6, *(5,) * 3, *(4,) * 5, *(3,) * 8)  # fmt: skip

POWERINDEX = """
import json, sys, time
import powerindex
weights, quota = json.load(sys.stdin)
begun = time.process_time()
game = powerindex.Game(quota, weights)
game.calc_banzhaf()
game.calc_shapley_shubik()
print(json.dumps([time.process_time() - begun, list(game.banzhaf), list(game.shapley_shubik)]))
"""

POWER_BDD = """
import json, sys, time
sys.setrecursionlimit(100000)
from power_bdd.bdd import BDD, WeightedGame
weights, quota = json.load(sys.stdin)
begun = time.process_time()
bdd = BDD(WeightedGame(quota, weights))
banzhaf, shapley = list(bdd.calc_banzhaf()), list(bdd.calc_shapley())
took = time.process_time() - begun
total = sum(banzhaf)
print(json.dumps([took, [one / total for one in banzhaf], shapley]))
"""


def timed(work: Callable[[], object]) -> tuple[float, object]:
    """Return the CPU seconds of the quickest of three runs, and what came of it."""
    best, found = float("inf"), None
    for _ in range(3):
        begun = time.process_time()
        found = work()
        best = min(best, time.process_time() - begun)
    return best, found


def peer(python: Path, script: str, weights: tuple[int, ...], quota: int) -> list[object] | str:
    """Return a peer's seconds and indices, or why there are none."""
    if not python.exists():
        return f"skipped: no environment of peers at {python.parent.parent}"
    try:
        done = subprocess.run(
            [python, "-c", script], input=json.dumps([weights, quota]), capture_output=True, text=True, timeout=60
        )
    except subprocess.TimeoutExpired:
        return "not finished in 60 s"
    if done.returncode:
        return f"skipped: {done.stderr.strip().splitlines()[-1]}"
    answer: list[object] = json.loads(done.stdout)
    return answer


def main() -> None:
    """Print a line for each game and peer."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--peers", type=Path, default=Path(".venv/peers"))
    python = parser.parse_args().peers / "bin" / "python"
    for name, weights, quota in [("Nice, 27", NICE, 255), ("Electoral College, 51", COLLEGE, 270)]:
        seconds, found = timed(lambda w=weights, q=quota: power.power(w, q))  # type: ignore[misc]
        assert isinstance(found, power.Power)
        print(f"{name}: exact, all indices: {1000 * seconds:.1f} ms")
        ours = [float(m.banzhaf) for m in found.members], [float(m.shapley_shubik) for m in found.members]
        for package, script in [("powerindex", POWERINDEX), ("power_bdd", POWER_BDD)]:
            answer = peer(python, script, weights, quota)
            if isinstance(answer, str):
                print(f"    {package}: {answer}")
                continue
            theirs, *indices = answer
            worst = max(abs(a - b) for x, y in zip(ours, indices, strict=True) for a, b in zip(x, y, strict=True))  # type: ignore[call-overload]
            print(f"    {package}: {1000 * theirs:.1f} ms, {theirs / seconds:.1f} times ours; differs by {worst:.1e}")  # type: ignore[operator]
    lisbon = games.game([[Threshold(33249, LISBON), Threshold(16, (1,) * 28)]])
    print(f"Lisbon, 28, two quotas: exact, all indices: {1000 * timed(lambda: power.power_in(lisbon))[0]:.1f} ms")
    chance = random.Random(1921)
    for most in (10, 100):
        many = tuple(chance.randint(1, most) for _ in range(1000))
        quota = sum(many) // 2 + 1
        exact, _ = timed(lambda w=many, q=quota: banzhaf.count(w, q))  # type: ignore[misc]
        floats, _ = timed(lambda w=many, q=quota: quadrature.banzhaf_absolute(w, q))  # type: ignore[misc]
        print(f"1,000 voters, weights to {most}: Banzhaf exact {exact:.3f} s, in floating point {floats:.3f} s")
    sizes = [chance.randint(50, 350) for _ in range(5000)]
    votes = tuple(-(-size // 50) for size in sizes)
    house = House(tuple(Assembly(size, size // 2 + 1) for size in sizes), votes, sum(votes) // 2 + 1)
    seconds, _ = timed(lambda: tiers.members(tiers.reach(house)))
    print(f"power of each of {sum(sizes)} members in 5,000 workplaces: {seconds:.2f} s")


if __name__ == "__main__":
    main()
