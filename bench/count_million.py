"""Seconds and memory from a BLT file of 10^6 papers x 10 candidates to the winners, ours and the peers' in one run.

    .venv/bin/python bench/count_million.py [--papers N] [--without-peers]

The papers are drawn anew with a fixed seed: Plackett-Luce rankings cut at a length from 1 to 10, one paper a line.
Each engine runs in a process of its own; seconds are CPU seconds of that process, the quickest of three for ours;
compiled loops are warm. The limit is what it takes to read the bytes alone. Peers get the papers as lists, equal ones
put together: reading the file is not in their time, making their profile is. No peer's Meek is asked: that of
pref_voting takes
minutes for 20,000 papers.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from comitia.decide import ballot_file

sys.path.insert(0, str(Path(__file__).parents[1] / "requirements"))
import peers

CANDIDATES, SEATS = 10, 3
RULES = {"scottish": SEATS, "meek": SEATS, "wigm": SEATS, "instant_runoff": 1, "schulze": 1}
OURS = """
import json, resource, sys, time
from pathlib import Path
from comitia.decide import ties
from comitia.decide.rules import RULES
{parse}
seats = json.loads(sys.argv[2])
warm = parse(b"2 1\\n1 1 0\\n1 2 1 0\\n0\\nA\\nB\\n").profile
for rule in seats:
    RULES[rule](warm, seats=1, lot=ties.Lot(b""))
seconds = {{}}
winners = {{}}
def note(name, begun):
    seconds[name] = min(seconds.get(name, 1e9), time.process_time() - begun)
for _ in range(3):
    begun = time.process_time()
    raw = Path(sys.argv[1]).read_bytes()
    note("the bytes alone", begun)
    profile = parse(raw).profile
    del raw
    note("reading", begun)
    for rule, places in seats.items():
        begun = time.process_time()
        winners[rule] = sorted(RULES[rule](profile, seats=places, lot=ties.Lot(b"")).winners)
        note(rule, begun)
    del profile
print(json.dumps([seconds, winners, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""
PARSE = {
    "pure Python": "from comitia.decide.ballot_file import parse",
    "accelerated": "from comitia.decide.accelerated.reading import parse",
}
PEER = """
import json, resource, sys, time
{imports}
case = json.load(sys.stdin)
rankings, weights = case["rankings"], case["weights"]
begun = time.process_time()
found = {count}
seconds = time.process_time() - begun
print(json.dumps([seconds, sorted(int(c) for c in found), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""
PREF_VOTING = """
from pref_voting.profiles_with_ties import ProfileWithTies
from pref_voting.proportional_methods import stv_scottish
from pref_voting.margin_based_methods import beat_path
def profile():
    ranked = [{c: n for n, c in enumerate(ranking)} for ranking in rankings]
    made = ProfileWithTies(ranked, rcounts=weights, candidates=list(range(case["candidates"])))
    made.use_extended_strict_preference()
    return made
"""
VOTELIB = """
from votelib.evaluate.condorcet import Schulze
from votelib.convert import RankedToCondorcetVotes
"""
PEERS = [
    ("scottish", "pref_voting", PREF_VOTING, f"stv_scottish(profile(), num_seats={SEATS})"),
    ("schulze", "pref_voting", PREF_VOTING, "beat_path(profile())"),
    ("schulze", "votelib", VOTELIB,
     "Schulze().evaluate(RankedToCondorcetVotes().convert(dict(zip(map(tuple, rankings), weights))), 1)"),
]  # fmt: skip


def written(papers: int, folder: Path) -> Path:
    """Write the ballot file and return its path."""
    luck = np.random.default_rng(1)
    strength = luck.random(CANDIDATES) + 0.2
    lines = ["10 3\n"]
    for start in range(0, papers, 100_000):
        size = min(100_000, papers - start)
        order = (luck.exponential(size=(size, CANDIDATES)) / strength).argsort(axis=1) + 1
        lengths = luck.integers(1, CANDIDATES + 1, size=size)
        for ranked, length in zip(order.tolist(), lengths.tolist(), strict=True):
            lines.append(f"1 {' '.join(map(str, ranked[:length]))} 0\n")
    lines.append("0\n" + "".join(f'"c{n}"\n' for n in range(CANDIDATES)) + '"drawn"\n')
    path = folder / "papers.blt"
    path.write_text("".join(lines), encoding="ascii")
    return path


def ours(path: Path) -> tuple[dict[str, dict[str, float]], dict[str, list[int]]]:
    """Run our engines, print what they took, and return seconds by engine and rule, reading included, and winners."""
    took: dict[str, dict[str, float]] = {}
    winners: dict[str, list[int]] = {}
    for engine, parse in PARSE.items():
        done = subprocess.run(
            [sys.executable, "-c", OURS.format(parse=parse), str(path), json.dumps(RULES)],
            stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
        seconds, found, memory = json.loads(done.stdout)
        if winners and found != winners:
            sys.exit(f"the engines differ: {winners} and {found}")
        winners = found
        if not took:
            print(f"limit, the bytes read alone: {seconds['the bytes alone']:.3f} s")
        reading = seconds["reading"]
        counts = ", ".join(f"{rule} {seconds[rule]:.3f} s" for rule in RULES)
        print(f"{engine}: reading {reading:.3f} s; then {counts}; {memory:.0f} MB")
        print(f"  from the raw file to the winners of scottish: {reading + seconds['scottish']:.3f} s")
        took[engine] = {rule: reading + seconds[rule] for rule in RULES}
    return took, winners


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--papers", type=int, default=1_000_000)
    asked.add_argument("--without-peers", action="store_true")
    wanted = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = written(wanted.papers, Path(folder))
        print(f"{wanted.papers} papers x {CANDIDATES} candidates, {path.stat().st_size / 1e6:.1f} MB")
        took, winners = ours(path)
        if wanted.without_peers:
            return
        profile = ballot_file.parse(path.read_bytes()).profile
    ballots = [(weight, list(ranking)) for weight, ranking in profile.ballots if ranking]
    case: dict[str, Any] = {
        "candidates": CANDIDATES, "rankings": [r for _, r in ballots], "weights": [w for w, _ in ballots]
    }  # fmt: skip
    for rule, name, imports, count in PEERS:
        try:
            seconds, found, memory = peers.answer(PEER.format(imports=imports, count=count), case)
        except peers.NotInstalled as why:
            print(why)
            return
        same = "the same" if found == winners[rule] else f"others: {found}"
        ratios = ", ".join(f"{seconds / took[engine][rule]:.0f} / {engine}" for engine in PARSE)
        print(f"{name}, {rule}: {seconds:.1f} s, {memory:.0f} MB, {same} elected; ratio {ratios} with its reading")


if __name__ == "__main__":
    main()
