"""The record's speed: acts appended one by one and in groups of 100, roots, proofs, and an export read back.

The peer of the store is a line appended to a file with one fsync for each act, which every store without group
commit must do at least. The peer of reading back is ``json.loads`` of every leaf, which any verifier must do at least.
Seconds are of the wall clock; on a shared machine the disk decides the first rows.

    .venv/bin/python bench/record_append.py [--acts 20000] [--folder DIR]
"""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from comitia.record import canonical, checkpoint, merkle, mirror, note, tiles
from comitia.record.checkpoint import Checkpoint
from comitia.record.store_sqlite import Store

KEY = note.SigningKey("bench.example/record", bytes(range(32)))


def leaf(number: int) -> bytes:
    """Return an act of usual size (about 200 bytes)."""
    return canonical.encode(
        {
            "act": "motion_moved",
            "v": 1,
            "at": "2026-05-01T10:00:00Z",
            "by": f"m-{number % 2000:04}",
            "body": "committee/mill",
            "motion": f"motion-{number}",
            "title": "More bread in winter",
            "text": "",
            "sigs": [{"kind": "server", "key": "", "sig": ""}],
        }
    )


def seconds(work: Callable[[], object]) -> float:
    """Return how long some work took."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def append(path: Path, leaves: list[bytes], group: int) -> None:
    """Append leaves to a new store in groups."""
    with Store.open(path) as store:
        for at in range(0, len(leaves), group):
            store.append(leaves[at : at + group], at=at)


def append_with_fsync(path: Path, leaves: list[bytes]) -> None:
    """Append leaves to a plain file, each with its own fsync."""
    with path.open("ab", buffering=0) as file:
        for each in leaves:
            file.write(each + b"\n")
            os.fsync(file.fileno())


def measure_appending(folder: Path, leaves: list[bytes]) -> None:
    """Print acts a second for one fsync for each act, for groups of 1 and of 100."""
    few = leaves[: max(200, len(leaves) // 20)]
    plain = len(few) / seconds(lambda: append_with_fsync(folder / "plain", few))
    print(f"{'one line, one fsync (peer)':40} {plain:>12,.0f} acts/s")
    for group, some in ((1, few), (100, leaves)):
        rate = len(some) / seconds(partial(append, folder / f"{group}.sqlite3", some, group))
        print(f"{f'store, group commit of {group}':40} {rate:>12,.0f} acts/s {rate / plain:>8.1f} x the peer")


def measure_tree(leaves: list[bytes]) -> merkle.Tree:
    """Print leaves and proofs a second; return the tree."""
    tree = merkle.Tree()
    grown = seconds(lambda: [tree.append(each) for each in leaves])
    print(f"{'leaves appended to the tree':40} {len(leaves) / grown:>12,.0f} /s")
    at_once = seconds(lambda: merkle.root_hash(leaves))
    print(f"{'leaves hashed to a root at once':40} {len(leaves) / at_once:>12,.0f} /s")
    roots = seconds(lambda: [tree.root_hash(size) for size in range(1, len(leaves), 7)])
    print(f"{'roots of earlier sizes':40} {len(range(1, len(leaves), 7)) / roots:>12,.0f} /s")
    proved = seconds(lambda: [tree.inclusion_proof(index) for index in range(0, len(leaves), 7)])
    print(f"{'inclusion proofs made':40} {len(range(0, len(leaves), 7)) / proved:>12,.0f} /s")
    return tree


def measure_reading(folder: Path, leaves: list[bytes], tree: merkle.Tree) -> None:
    """Print acts a second for writing an export, reading it back, and the peer."""
    signed = checkpoint.sign(Checkpoint(KEY.name, tree.size, tree.root_hash()), KEY)
    written = seconds(lambda: mirror.write(tiles.files(leaves, signed, {}), folder / "export"))
    print(f"{'acts exported to a folder':40} {len(leaves) / written:>12,.0f} acts/s")
    peer = len(leaves) / seconds(lambda: [json.loads(each) for each in leaves])
    print(f"{'json.loads of every leaf (peer)':40} {peer:>12,.0f} acts/s")
    key = note.format_vkey(note.verifier_key(KEY))
    rate = len(leaves) / seconds(lambda: mirror.read(folder / "export", key=key))
    print(f"{'acts read back, every byte checked':40} {rate:>12,.0f} acts/s {rate / peer:>8.2f} x the peer")


def main() -> None:
    """Print all figures side by side."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--acts", type=int, default=20_000)
    parser.add_argument("--folder", type=Path, help="where to write (the disk that is measured)")
    asked = parser.parse_args()
    leaves = [leaf(number) for number in range(asked.acts)]
    print(f"{len(leaves):,} acts of {len(leaves[0])} bytes")
    with tempfile.TemporaryDirectory(dir=asked.folder) as name:
        measure_appending(Path(name), leaves)
        measure_reading(Path(name), leaves, measure_tree(leaves))


if __name__ == "__main__":
    main()
