"""Seconds to read and count the 112 Scottish wards of 2017 and 2022, gzipped files as they stand.

Run: .venv/bin/python bench/count_scotland.py [FOLDER]; FOLDER holds official.jsonl and the ballot files.
"""

import gzip
import json
import platform
import sys
import time
from pathlib import Path

from comitia.decide import ballot_file, ties
from comitia.decide.count import stv_scottish

HERE = Path(__file__).parents[1] / ".." / "shared" / "data" / "count" / "scotland"


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    if not folder.exists():
        print(f"{folder} is absent: give the folder of the Scottish wards")
        return
    wards = [json.loads(line) for line in (folder / "official.jsonl").read_text(encoding="utf-8").splitlines()]
    reading = counting = 0.0
    papers = winners = 0
    for ward in wards:
        begun = time.perf_counter()
        found = ballot_file.parse(gzip.decompress((folder / ward["ballots"]).read_bytes()))
        read = time.perf_counter()
        counted = stv_scottish.count(found.profile, seats=ward["seats"], lot=ties.Lot(b""))
        reading += read - begun
        counting += time.perf_counter() - read
        papers += counted.valid
        winners += sorted(c + 1 for c in counted.winners) == ward["winners"]
    print(f"{len(wards)} wards, {papers} valid papers, {winners} wards with the official winners")
    print(f"{reading:.2f} s reading, {counting:.2f} s counting, {reading + counting:.2f} s together")
    print(f"Python {platform.python_version()}, one core")


if __name__ == "__main__":
    main()
