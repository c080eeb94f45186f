"""A mirror: an export in a folder or a .zip, written, and read back with every byte checked.

spec/record.md, R30 to R39. Nothing in an export is free: each file is derived again from the acts and compared.
"""

import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from comitia.record import blobs, canonical, checkpoint, merkle, note, policy as policies, tiles, zipped
from comitia.record.checkpoint import Checkpoint
from comitia.record.merkle import HASH_BYTES, NotConsistent, Tree


class Torn(Exception):
    """A mirror does not hold: the first file and byte that differ, and the act if the byte lies in one."""

    def __init__(self, file: str, offset: int, *, act: int | None = None, reason: str) -> None:
        self.file = file
        self.offset = offset
        self.act = act
        self.reason = reason
        which = "" if act is None else f", act {act}"
        super().__init__(f"{file}, byte {offset}{which}: {reason}")


class NotWritten(Exception):
    """An export could not be written; nothing is left of it."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"{path}: {reason}")


@dataclass(frozen=True)
class Mirror:
    """A record read from an export: its leaves, blobs by hash, checkpoint (as signed, and what it says), tree.

    ``cosigned`` says when the witnesses of a policy cosigned the checkpoint, by name; it is empty without a policy.
    """

    leaves: list[bytes]
    blobs: dict[str, bytes]
    note: bytes
    checkpoint: Checkpoint
    tree: Tree
    cosigned: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """The files of an export by path, from a folder or from a .zip."""

    paths: frozenset[str]
    fetch: Callable[[str], bytes]


def write(files: Iterable[tuple[str, bytes]], out: Path) -> None:
    """Write an export as a folder, or as one file if the name ends in ``.zip``.

    Args:
        files: what ``tiles.files`` yields.
        out: a path that does not exist yet.

    Raises:
        NotWritten: the path exists, or the disk refuses.
        TooLargeForZip: more than a plain .zip holds.
    """
    if os.path.lexists(out):
        raise NotWritten(out, "it exists already; choose another name or remove it first")
    partial = out.with_name(out.name + ".partial")
    try:
        if out.suffix == ".zip":
            with partial.open("xb") as file:
                file.writelines(zipped.pack(files))
        else:
            partial.mkdir()
            for path, body in files:
                target = partial / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(body)
        partial.rename(out)
    except FileExistsError:
        raise NotWritten(out, f"{partial.name} lies there from a broken export; remove it first") from None
    except OSError as fault:
        _remove(partial)
        raise NotWritten(out, f"{fault.strerror}; nothing was written") from fault
    except BaseException:
        _remove(partial)
        raise


def read(path: Path, *, key: str | None, policy: policies.Policy | None = None) -> Mirror:
    """Return the record in an export, every byte of it checked.

    Args:
        path: a folder, or a file ending in ``.zip``.
        key: the log's verifier key, ``name+hash+base64``. Without it (None) the signature is not checked: take the key
            from the founding act and call ``check_key``.
        policy: the logs and witnesses whose signatures make a checkpoint valid; without it cosignatures are unchecked.

    Raises:
        Torn: a byte, a missing or an extra file.
        NoteFault: the key is not a verifier key.
        QuorumMissing: too few witnesses of the policy vouch for the checkpoint.
    """
    if path.suffix != ".zip":
        return _read(folder_source(path), key, policy)
    try:
        raw = path.read_bytes()
        files = zipped.unpack(raw)
    except OSError as fault:
        raise Torn(path.name, 0, reason=f"it cannot be read: {fault.strerror}") from fault
    except zipped.BadZip as fault:
        raise Torn(path.name, fault.offset, reason=fault.reason) from fault
    mirror = _read(Source(frozenset(files), files.__getitem__), key, policy)
    # R38: the order of files, their sums and the directory: the .zip is written again and compared.
    again = b"".join(zipped.pack(tiles.files(mirror.leaves, mirror.note, mirror.blobs)))
    if again != raw:
        raise Torn(path.name, canonical.first_difference(again, raw), reason="the .zip is not packed as an export is")
    return mirror


def check_key(mirror: Mirror, key: str) -> None:
    """Raise unless a log's key has signed the checkpoint of a mirror.

    Raises:
        Torn: it has not.
        NoteFault: the key is not a verifier key.
    """
    checked_head(mirror.note, key, None)


def check_since(mirror: Mirror, old: bytes, *, key: str | None) -> None:
    """Raise unless the record continues the one under an older checkpoint.

    Args:
        mirror: a record that was read.
        old: the note of the older checkpoint.
        key: the log's verifier key; None trusts the older checkpoint as it is.

    Raises:
        NoteFault | CheckpointFault: the older checkpoint is not one of this log.
        NotConsistent: the record does not begin with the acts of the older one.
    """
    before = checkpoint.parse(old) if key is None else checkpoint.check(old, note.parse_vkey(key))
    after = mirror.checkpoint
    if before.origin != after.origin:
        raise checkpoint.CheckpointFault(
            f"the older checkpoint is of {before.origin!r}, the record of {after.origin!r}"
        )
    if before.size > after.size:
        raise NotConsistent(before.size, after.size, "the record is shorter than it was: acts are withheld")
    if mirror.tree.root_hash(before.size) != before.root:
        raise NotConsistent(before.size, after.size, f"one of the first {before.size} acts is not the one it was")


def _read(source: Source, key: str | None, policy: policies.Policy | None) -> Mirror:
    if "checkpoint" not in source.paths:
        raise Torn("checkpoint", 0, reason="the file is missing; is this an export?")
    signed = source.fetch("checkpoint")
    head, cosigned = checked_head(signed, key, policy)
    _check_paths(source.paths, head.size)
    hashes = bytearray()
    leaves: list[bytes] = []
    named: set[str] = set()
    for number, (path, start, end) in enumerate(tiles.bundles(head.size)):
        told = source.fetch(tiles.tile_path("tile/0", number, end - start))
        for leaf, offset in entries(source.fetch(path), path, start, end):
            act = len(leaves)
            hashed = merkle.leaf_hash(leaf)
            if hashed != told[HASH_BYTES * (act - start) : HASH_BYTES * (act - start + 1)]:
                raise _blamed(source, head, act, offset)
            named |= names_in(leaf, path, offset, act)
            hashes += hashed
            leaves.append(leaf)
    tree = merkle.tree_of_hashes(hashes)
    for path, body in tiles.hash_tiles(tree):
        found = source.fetch(path)
        if found != body:
            raise Torn(path, canonical.first_difference(body, found), reason="a hash is not that of the acts below it")
    if tree.root_hash() != head.root:
        offset = len(f"{head.origin}\n{head.size}\n".encode())
        raise Torn("checkpoint", offset, reason="the root is not that of the acts")
    return Mirror(leaves, _blobs(source, named), signed, head, tree, cosigned)


def checked_head(
    signed: bytes, key: str | None, policy: policies.Policy | None
) -> tuple[Checkpoint, Mapping[str, int]]:
    known = None if key is None else note.parse_vkey(key)
    try:
        head = checkpoint.parse(signed) if known is None else checkpoint.check(signed, known)
        lines = [(each.name, each.key_id) for each in note.parse(signed).signatures]
        # R33: the log's signature, then cosignatures in order, each key once.
        if lines[0][0] != head.origin or lines[1:] != sorted(set(lines[1:])) or lines[0] in lines[1:]:
            raise Torn("checkpoint", 0, reason="its signatures are not the log's, then those of witnesses in order")
        if policy is None:
            return head, {}
        witnessed = policies.check(signed, policy)
    except (note.NoteFault, checkpoint.CheckpointFault) as fault:
        raise Torn("checkpoint", 0, reason=fault.reason) from fault
    # R33: under a policy no line is free.
    named = {(log.key.name, log.key.key_id) for log in policy.logs}
    named |= {(each.key.name, each.key.key_id) for each in policy.witnesses}
    for name, key_id in lines:
        if (name, key_id) not in named:
            raise Torn("checkpoint", 0, reason=f"the signature by {name}+{key_id.hex()} is none of the policy's")
    return head, witnessed.at


def _check_paths(paths: frozenset[str], size: int) -> None:
    if size > tiles.WIDTH * len(paths):
        raise Torn("checkpoint", 0, reason=f"it counts {size} acts, more than {len(paths)} files can hold")
    expected = {"checkpoint"}
    for level in range(64 // tiles.TILE_HEIGHT):
        expected.update(tiles.tile_paths(f"tile/{level}", size >> (tiles.TILE_HEIGHT * level)))
    expected.update(tiles.tile_paths("tile/entries", size))
    for path in sorted(expected - paths):
        raise Torn(path, 0, reason=f"the file is missing; the checkpoint counts {size} acts")
    for path in sorted(paths - expected):
        hashed = path.rpartition("/")[2]
        if not blobs.is_hash(hashed) or path != tiles.blob_path(hashed):
            raise Torn(path, 0, reason="it is extra; no export of this record holds it")


def entries(raw: bytes, path: str, start: int, end: int) -> Iterable[tuple[bytes, int]]:
    """Yield each leaf of a bundle with the offset of its length."""
    offset = 0
    for act in range(start, end):
        length = int.from_bytes(raw[offset : offset + 2], "big")
        leaf = raw[offset + 2 : offset + 2 + length]
        if offset + 2 + length > len(raw):
            raise Torn(path, offset, act=act, reason="the file ends within the act")
        yield leaf, offset
        offset += 2 + length
    if offset != len(raw):
        raise Torn(path, offset, reason="bytes follow the last act")


def names_in(leaf: bytes, path: str, offset: int, act: int) -> set[str]:
    """Return the blob names in a leaf after checking its form."""
    try:
        value = canonical.decode(leaf)
    except canonical.NotCanonical as fault:
        raise Torn(path, offset + 2 + (fault.offset or 0), act=act, reason=str(fault)) from fault
    # R2: a leaf is an object that says its type and the version of the type.
    if not isinstance(value, dict) or type(value.get("act")) is not str or type(value.get("v")) is not int:
        raise Torn(path, offset + 2, act=act, reason="it is not an object with the text 'act' and the integer 'v'")
    return blobs.named_by((leaf,))


def _blamed(source: Source, head: Checkpoint, act: int, offset: int) -> Torn:
    """Say whether the act or its hash is at fault, by which of them fits the checkpoint."""
    spans = list(tiles.bundles(head.size))
    number, within = divmod(act, tiles.WIDTH)
    path, start, end = spans[number]
    tile = tiles.tile_path("tile/0", number, end - start)
    told = b"".join(
        source.fetch(tiles.tile_path("tile/0", each, last - at)) for each, (_, at, last) in enumerate(spans)
    )
    if len(told) == HASH_BYTES * head.size and merkle.tree_of_hashes(told).root_hash() == head.root:
        return Torn(path, offset, act=act, reason="the act is not the one in the tree under the checkpoint")
    derived = Tree()
    try:
        for bundle, first, last in spans:
            for leaf, _ in entries(source.fetch(bundle), bundle, first, last):
                derived.append(leaf)
    except Torn as torn:
        return torn
    if derived.root_hash() == head.root:
        right = derived.leaf_hash(act)
        wrong = source.fetch(tile)[HASH_BYTES * within : HASH_BYTES * (within + 1)]
        at = HASH_BYTES * within + canonical.first_difference(right, wrong)
        return Torn(tile, at, reason=f"the hash is not that of act {act}")
    return Torn(path, offset, act=act, reason=f"neither the act nor its hash in {tile} fits the checkpoint")


def _blobs(source: Source, named: set[str]) -> dict[str, bytes]:
    bodies = {}
    for path in sorted(path for path in source.paths if path.startswith("blob/")):
        hashed = path.rpartition("/")[2]
        # R37: a blob is in the export because an act names it.
        if hashed not in named:
            raise Torn(path, 0, reason="it is extra; no act names this blob")
        body = source.fetch(path)
        if blobs.hash_of(body) != hashed:
            raise Torn(path, 0, reason="the bytes have another SHA-256 than the name of the file")
        bodies[hashed] = body
    return bodies


def folder_source(path: Path) -> Source:
    if not path.is_dir():
        raise Torn(path.name, 0, reason="there is no such folder, and the name does not end in .zip")
    found: set[str] = set()
    for folder, folders, names in os.walk(path, onerror=_refuse_unread):
        here = Path(folder)
        for each in [*folders, *names]:
            inside = (here / each).relative_to(path).as_posix()
            if (here / each).is_symlink() or not ((here / each).is_dir() or (here / each).is_file()):
                raise Torn(inside, 0, reason="a link or a device is no part of an export")
        if not folders and not names and here != path:
            # With its last slash it is no path of a file, and so it is extra.
            found.add(here.relative_to(path).as_posix() + "/")
        found.update((here / name).relative_to(path).as_posix() for name in names)
    return Source(frozenset(found), lambda inside: _bytes_of(path, inside))


def _refuse_unread(fault: OSError) -> None:
    raise Torn(Path(fault.filename).name, 0, reason=f"the folder cannot be read: {fault.strerror}") from fault


def _bytes_of(path: Path, inside: str) -> bytes:
    try:
        return (path / inside).read_bytes()
    except OSError as fault:
        raise Torn(inside, 0, reason=f"it cannot be read: {fault.strerror}") from fault


def _remove(partial: Path) -> None:
    if partial.is_dir():
        shutil.rmtree(partial, ignore_errors=True)
    else:
        partial.unlink(missing_ok=True)
