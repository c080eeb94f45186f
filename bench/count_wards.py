"""Seconds and memory to read and count 1,008 Scottish elections: 112 real wards, nine times over; ours and a peer's.

    .venv/bin/python bench/count_wards.py [FOLDER]

FOLDER holds official.jsonl and the gzipped ballot files; they are unpacked before the clock starts. Seconds are CPU
seconds of one process each, the quickest of three; compiled loops are warm. The limit is what it takes to read the
bytes alone. The peer, pref_voting, counts papers made ready for it: its reading is not in its time, and it counts each
ward once.
"""

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from comitia.decide import ballot_file

sys.path.insert(0, str(Path(__file__).parents[1] / "requirements"))
import peers

HERE = Path(__file__).parents[1] / ".." / "shared" / "data" / "count" / "scotland"
TIMES = 9
BEGIN = """
import gzip, json, resource, sys, time
from pathlib import Path
folder, times = Path(sys.argv[1]), int(sys.argv[2])
wards = [json.loads(line) for line in (folder / "official.jsonl").read_text(encoding="utf-8").splitlines()]
files = [gzip.decompress((folder / ward["ballots"]).read_bytes()) for ward in wards]
def timed(count):
    best = 1e9
    for _ in range(3):
        begun = time.process_time()
        for _ in range(times):
            found = [count(raw, ward["seats"]) for raw, ward in zip(files, wards)]
        best = min(best, time.process_time() - begun)
    right = sum(sorted(c + 1 for c in winners) == ward["winners"] for winners, ward in zip(found, wards))
    return [best, right, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]
"""
LIMIT = """
print(json.dumps(timed(lambda raw, seats: [] if raw.translate(None) is None else [])))
"""
PURE = """
from comitia.decide import ballot_file, ties
from comitia.decide.count import stv_scottish
def count(raw, seats):
    return stv_scottish.count(ballot_file.parse(raw).profile, seats=seats, lot=ties.Lot(b"")).winners
print(json.dumps(timed(count)))
"""
ACCELERATED = """
from comitia.decide.accelerated import reading, scottish
for raw in files[:3]:
    scottish.tally(reading.parse(raw).profile, seats=2)
print(json.dumps(timed(lambda raw, seats: scottish.tally(reading.parse(raw).profile, seats=seats).winners)))
"""
PEER = """
import json, resource, sys, time
from pref_voting.profiles_with_ties import ProfileWithTies
from pref_voting.proportional_methods import stv_scottish
seconds, found = 0.0, []
for case in json.load(sys.stdin):
    rankings = [{c: n for n, c in enumerate(ranking)} for _, ranking in case["papers"]]
    weights = [weight for weight, _ in case["papers"]]
    profile = ProfileWithTies(rankings, rcounts=weights, candidates=list(range(case["candidates"])))
    begun = time.process_time()
    found.append([int(c) + 1 for c in stv_scottish(profile, num_seats=case["seats"])])
    seconds += time.process_time() - begun
print(json.dumps([seconds, found, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


def ours(program: str, folder: Path) -> Any:
    """Return seconds, wards with the official winners, and megabytes of one of our programs in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", BEGIN + program, str(folder), str(TIMES)], stdout=subprocess.PIPE, text=True, check=True
    )
    return json.loads(done.stdout)


def peer(wards: list[dict[str, Any]], folder: Path) -> Any:
    """Return the same of the peer, seconds for as many elections as ours."""
    cases = []
    for ward in wards:
        profile = ballot_file.parse(gzip.decompress((folder / ward["ballots"]).read_bytes())).profile
        papers = [[weight, list(ranking)] for weight, ranking in profile.ballots if ranking]
        cases.append({"candidates": len(profile.candidates), "seats": ward["seats"], "papers": papers})
    seconds, found, memory = peers.answer(PEER, cases)
    right = sum(sorted(winners) == ward["winners"] for winners, ward in zip(found, wards, strict=True))
    return seconds * TIMES, right, memory


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    if not folder.exists():
        print(f"{folder} is absent: give the folder of the Scottish wards")
        return
    wards = [json.loads(line) for line in (folder / "official.jsonl").read_text(encoding="utf-8").splitlines()]
    print(f"{len(wards)} wards, {TIMES} times: {TIMES * len(wards)} elections, files read and counted (Scottish STV)")
    print(f"limit, the bytes read alone: {ours(LIMIT, folder)[0]:.3f} s")
    seconds = {}
    for name, program in (("pure Python, whole sheets", PURE), ("accelerated, tallies", ACCELERATED)):
        seconds[name], right, memory = ours(program, folder)
        print(f"{name}: {seconds[name]:.2f} s, {memory:.0f} MB, {right} of {len(wards)} with the official winners")
    try:
        theirs, right, memory = peer(wards, folder)
    except peers.NotInstalled as why:
        print(why)
        return
    print(f"pref_voting, reading apart: {theirs:.2f} s, {memory:.0f} MB, {right} of {len(wards)} with the same winners")
    for name, mine in seconds.items():
        print(f"ratio pref_voting / {name}: {theirs / mine:.1f}")


if __name__ == "__main__":
    main()
