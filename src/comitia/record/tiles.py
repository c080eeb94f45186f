"""The files of an export: checkpoint, hash tiles, entry bundles, blobs.

C2SP tlog-tiles, https://c2sp.org/tlog-tiles, and blobs beside them (spec/record.md, R30 to R37). A pure function of the
leaves, the checkpoint's note and the blobs: two exports of one record are equal byte for byte.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from comitia.record import blobs as blob_names, merkle
from comitia.record.merkle import Tree

TILE_HEIGHT = 8
WIDTH = 1 << TILE_HEIGHT
LARGEST_ENTRY = 65_535


class EntryTooLarge(Exception):
    """An entry does not fit its two-byte length."""

    def __init__(self, act: int, length: int) -> None:
        self.act = act
        self.length = length
        super().__init__(f"act {act} has {length:,} bytes; an entry has at most {LARGEST_ENTRY:,}: use a blob")


def files(leaves: Sequence[bytes], note: bytes, blobs: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield every file of an export as path and bytes, in the order of spec/record.md, R30.

    Args:
        leaves: all leaves that the checkpoint counts, in order.
        note: the checkpoint's signed note, as it was signed.
        blobs: bodies of blobs by hash; those that no act names are left out.

    Raises:
        EntryTooLarge: a leaf of more than 65,535 bytes.
        NotCanonical: a leaf that names a blob is not canonical.
    """
    tree = merkle.tree_of(leaves)
    yield "checkpoint", note
    yield from hash_tiles(tree)
    for path, start, end in bundles(len(leaves)):
        yield path, entry_bundle(leaves[start:end], start)
    for hashed in sorted(blob_names.named_by(leaves)):
        if hashed in blobs:
            yield blob_path(hashed), blobs[hashed]


def hash_tiles(tree: Tree) -> Iterator[tuple[str, bytes]]:
    """Yield the hash tiles of a tree, level by level from the leaves."""
    for level in range(64 // TILE_HEIGHT):
        # The hashes of tile level l are the complete subtrees of 256^l leaves.
        count = tree.size >> (TILE_HEIGHT * level)
        for path, start, end in _spans(f"tile/{level}", count):
            yield path, tree.hashes(TILE_HEIGHT * level, start, end)


def tile_paths(folder: str, count: int) -> Iterator[str]:
    """Yield the paths of the tiles that hold so many hashes or entries."""
    for path, _, _ in _spans(folder, count):
        yield path


def bundles(size: int) -> Iterator[tuple[str, int, int]]:
    """Yield path, first act and end (excluded) of each entry bundle of a log."""
    yield from _spans("tile/entries", size)


def entry_bundle(leaves: Iterable[bytes], start: int) -> bytes:
    """Return leaves as one bundle: each after its length as big-endian uint16.

    Raises:
        EntryTooLarge: a leaf of more than 65,535 bytes.
    """
    parts = []
    for act, leaf in enumerate(leaves, start):
        if len(leaf) > LARGEST_ENTRY:
            raise EntryTooLarge(act, len(leaf))
        parts.append(len(leaf).to_bytes(2, "big") + leaf)
    return b"".join(parts)


def blob_path(hashed: str) -> str:
    """Return the path of a blob in an export."""
    return f"blob/sha256/{hashed[:2]}/{hashed}"


def tile_path(folder: str, number: int, width: int) -> str:
    """Return the path of a tile; ``width`` is 256 for a full one."""
    # C2SP tlog-tiles: groups of three digits, all but the last with an x before them.
    groups = [f"{number % 1000:03}"]
    while number := number // 1000:
        groups.insert(0, f"x{number % 1000:03}")
    return "/".join([folder, *groups]) + ("" if width == WIDTH else f".p/{width}")


def _spans(folder: str, count: int) -> Iterator[tuple[str, int, int]]:
    for number, start in enumerate(range(0, count, WIDTH)):
        end = min(start + WIDTH, count)
        yield tile_path(folder, number, end - start), start, end
