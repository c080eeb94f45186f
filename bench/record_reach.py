"""How far the record reaches: acts verified, acts appended durably, and members who cast at the same moment.

Verified is a record of members who join, and then join and leave a current; no act carries a member's signature. Three
rows on the same export: bytes and tree alone, everything on one core, everything on two. The peer is ``json.loads`` of
every leaf, which any verifier must do at least. Appending commits with synchronous=FULL on the disk that ``--folder``
names; the peer is a file with one fsync for each batch. Casting is as many threads as members, each with one secret
vote, released at once; every error counts. Seconds are of the wall clock; those of all processes' CPUs stand behind the
rows of verification, since on a shared machine the two differ.

    .venv/bin/python bench/record_reach.py [--acts 1000000] [--members 1000] [--postgresql CONNINFO]
"""

import argparse
import json
import os
import tempfile
import threading
import time
from pathlib import Path

from acts_per_second import AT, founding

from comitia.clerk.clerk import Clerk
from comitia.clerk.verification import verify
from comitia.federation import acts, moment
from comitia.record import checkpoint, merkle, mirror, note, store_sqlite, tiles
from comitia.record.store import Store

KEY = note.SigningKey("bench.example/log", bytes(range(32)))
GROUP = 1000


def record(size: int) -> tuple[list[bytes], dict[str, bytes]]:
    """Return the leaves of a lawful record and its blobs: one act in twenty brings a member in."""
    members = max(10, size // 20)
    made, blobs = founding(note.format_vkey(note.verifier_key(KEY)), members)
    made.append(acts.CurrentFormed(at=AT, by="m-1", current="c", name="C", members=("m-1", "m-2", "m-3")))
    leaves = [acts.encode(act) for act in made]
    number = 3
    while len(leaves) < size:
        number = number + 1 if number < members else 4
        for kind in (acts.CurrentJoined, acts.CurrentLeft):
            leaves.append(acts.encode(kind(at=AT, by=f"m-{number}", current="c")))
    return leaves[:size], blobs


def show(what: str, number: int, seconds: float, peer: float | None = None) -> None:
    """Print a row."""
    ratio = "" if peer is None else f"   {number / seconds / peer:6.2f} x the peer"
    print(f"{what:52}{seconds:9.2f} s {number / seconds:12,.0f} /s{ratio}", flush=True)


def cpu_seconds() -> float:
    """Return the CPU seconds of this process and of those it has waited for."""
    told = os.times()
    return told.user + told.system + told.children_user + told.children_system


def measure_verifying(folder: Path, size: int) -> None:
    """Print how long a record takes to be verified."""
    leaves, blobs = record(size)
    head = checkpoint.Checkpoint(KEY.name, size, merkle.root_hash(leaves))
    mirror.write(tiles.files(leaves, checkpoint.sign(head, KEY), blobs), folder / "export")
    began = time.perf_counter()
    for leaf in leaves:
        json.loads(leaf)
    peer = size / (seconds := time.perf_counter() - began)
    show("json.loads of every leaf (peer)", size, seconds)
    del leaves
    key = note.format_vkey(note.verifier_key(KEY))
    began, spent = time.perf_counter(), cpu_seconds()
    mirror.read(folder / "export", key=key)
    show("bytes, tree, signature", size, time.perf_counter() - began, peer)
    print(f"{'':52}{cpu_seconds() - spent:9.2f} CPU-s", flush=True)
    for processes in (1, 2):
        began, spent = time.perf_counter(), cpu_seconds()
        found = verify(folder / "export", key=key, processes=processes)
        show(f"verified whole, {processes} process(es)", found.size, time.perf_counter() - began, peer)
        print(f"{'':52}{cpu_seconds() - spent:9.2f} CPU-s", flush=True)
        del found


def measure_appending(store: Store, name: str, peer: float) -> None:
    """Print acts a second appended in groups, each on disk before the next."""
    leaves = [b'{"act":"noted","n":%d,"v":1}' % n + b" " * 170 for n in range(100_000)]
    with store:
        began = time.perf_counter()
        for at in range(0, len(leaves), GROUP):
            store.append(leaves[at : at + GROUP], at=at)
        show(f"appended durably, {name}, {GROUP} a commit", len(leaves), time.perf_counter() - began, peer)


def appended_plainly(folder: Path) -> float:
    """Return acts a second of a plain file with one fsync for each group."""
    began = time.perf_counter()
    with (folder / "plain").open("wb", buffering=0) as file:
        for _ in range(100):
            file.write(b"x" * 200 * GROUP)
            os.fsync(file.fileno())
    show(f"a plain file, one fsync for {GROUP} acts (peer)", 100_000, seconds := time.perf_counter() - began)
    return 100_000 / seconds


def measure_casting(home: Path, members: int, database: str | None) -> None:
    """Print how long it takes until the last of all members who cast at once is answered."""
    now = [AT]
    with Clerk.create(home, KEY.name, time=lambda: now[0], database=database) as clerk:
        made, blobs = founding(clerk.vkey, 40 * members)
        clerk.submit_all(made, blobs=blobs)
        nominations = moment.after(AT, days=7)
        clerk.submit(
            acts.ElectionOpened(
                at=AT, by="m-40", body="committee/w-0", election="e", constituency="assembly/w-0", vacant_only=False,
                nominations_until=nominations, closes_at=moment.after(nominations, days=7), lot=clerk.lot("e"),
            )
        )  # fmt: skip
        for candidate in ("m-40", "m-80"):
            clerk.submit(acts.CandidateNominated(at=AT, by=candidate, election="e", candidate=candidate))
        now[0] = nominations
        voters = sorted(clerk.federation.state.ballots["e"].electorate)
        errors, slowest = cast_at_once(clerk, voters)
        voted = len(clerk.federation.state.ballots["e"].voted)
    show(f"{len(voters)} members cast at once, {'PostgreSQL' if database else 'SQLite'}", voted, slowest)
    print(f"{'':52}{len(errors)} errors, {voted} votes recorded" + "".join(f"\n{e!r}" for e in errors[:3]), flush=True)


def cast_at_once(clerk: Clerk, voters: list[str]) -> tuple[list[Exception], float]:
    """Return what was raised, and the seconds until the last was answered."""
    errors: list[Exception] = []
    together = threading.Barrier(len(voters) + 1)

    def cast(member: str) -> None:
        together.wait()
        try:
            clerk.vote(acts.VoteTaken(at="", by=member, ballot="e", member=member), ["m-40", "m-80"])
        except Exception as fault:
            errors.append(fault)

    threads = [threading.Thread(target=cast, args=(member,)) for member in voters]
    for thread in threads:
        thread.start()
    together.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return errors, time.perf_counter() - began


def main() -> None:
    """Print all rows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--acts", type=int, default=1_000_000)
    parser.add_argument("--members", type=int, default=1000)
    parser.add_argument("--folder", type=Path, help="where to write (the disk that is measured)")
    parser.add_argument("--postgresql", help="how to reach an empty database, to measure it too")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as name:
        folder = Path(name)
        measure_casting(folder / "home", asked.members, None)
        peer = appended_plainly(folder)
        measure_appending(store_sqlite.Store.open(folder / "record.sqlite3"), "SQLite", peer)
        if asked.postgresql:
            measure_casting(folder / "served", asked.members, asked.postgresql)
        measure_verifying(folder, asked.acts)


if __name__ == "__main__":
    main()
