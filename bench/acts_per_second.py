"""Acts applied and verified per second: taken in one by one, in batches, and replayed by a verifier.

One run prints all figures side by side. The limit of the first row is the disk: one commit, one fsync, an act. The
peer of the
replay is reading the same canonical bytes as JSON and doing nothing else (`json.loads`): what any verifier must at
least do.

    .venv/bin/python bench/acts_per_second.py [--members 2000]
"""

import argparse
import json
import tempfile
import time
from importlib.resources import files
from pathlib import Path

from comitia.clerk.clerk import Clerk, blob_hash
from comitia.clerk.verification import verify
from comitia.federation import acts

AT = "2026-01-05T08:00:00Z"
TRADES = ("growers", "bakers", "drivers")


def founding(vkey: str, members: int) -> tuple[list[acts.AnyAct], dict[str, bytes]]:
    """Return the acts of a federation with so many members in 40 workplaces."""
    charter = (files("comitia.charter") / "shipped" / "co-op-federation.toml").read_bytes()
    founders = ("m-1", "m-2", "m-3")
    made: list[acts.AnyAct] = [
        acts.FederationFounded(
            at=AT, by="m-1", name="Bench", zone="UTC", charter=blob_hash(charter), vkey=vkey, founders=founders
        )
    ]
    groups = [("workplace", f"w-{n}") for n in range(40)] + [("trade", t) for t in TRADES] + [("locality", "town")]
    made += [acts.GroupRegistered(at=AT, by="m-1", roll=r, group=g, name=g) for r, g in groups]
    for n in range(1, members + 1):
        placed = {"workplace": f"w-{n % 40}", "trade": TRADES[n % 3], "locality": "town"}
        made.append(acts.MemberJoined(at=AT, by="m-1", member=f"m-{n}", commitment="0" * 64, groups=placed))
    return made, {blob_hash(charter): charter}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=2000)
    members = parser.parse_args().members
    with tempfile.TemporaryDirectory() as folder:
        clerk = Clerk.create(Path(folder) / "home", "bench.example/log")
        made, blobs = founding(clerk.vkey, members)
        singles, rest = made[:200], made[200:]
        began = time.perf_counter()
        clerk.submit(singles[0], blobs=blobs)
        for act in singles[1:]:
            clerk.submit(act)
        one_by_one = len(singles) / (time.perf_counter() - began)
        began = time.perf_counter()
        for start in range(0, len(rest), 100):
            clerk.submit_all(rest[start : start + 100])
        batched = len(rest) / (time.perf_counter() - began)
        out = Path(folder) / "export"
        clerk.export(out)
        leaves = clerk.leaves()
        began = time.perf_counter()
        size = verify(out).size
        verified = size / (time.perf_counter() - began)
        began = time.perf_counter()
        for leaf in leaves:
            json.loads(leaf)
        parsed = size / (time.perf_counter() - began)
    print(f"{'taken in, one commit an act':34}{one_by_one:12,.0f} acts/s")
    print(
        f"{'taken in, one commit in 100 acts':34}{batched:12,.0f} acts/s   ratio to one by one "
        f"{batched / one_by_one:.1f}"
    )
    print(f"{'verified (bytes, tree, rule book)':34}{verified:12,.0f} acts/s   of {size} acts")
    print(f"{'peer: json.loads of the same acts':34}{parsed:12,.0f} acts/s   ratio to verified {parsed / verified:.1f}")


if __name__ == "__main__":
    main()
