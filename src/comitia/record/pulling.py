"""Pull a mirror: bring a folder to the checkpoint that a record's source shows, and check every byte before it is kept.

Reads a C2SP tlog-tiles record wherever it lies: behind a web server, in a folder, on a stick. What is new is gathered
in ``NAME.partial`` beside the folder and put in its place at once; whoever is killed in between loses nothing, and the
next pull goes on from there. Only leaf hashes, bundles and blobs are fetched: the tiles above are derived.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from comitia.record import blobs, canonical, checkpoint, merkle, mirror, note, policy as policies, tiles
from comitia.record.checkpoint import Checkpoint
from comitia.record.merkle import HASH_BYTES, Tree
from comitia.record.mirror import Torn

Progress = Callable[[str, int, int], None]
LARGEST_BUNDLE = tiles.WIDTH * (2 + tiles.LARGEST_ENTRY)
LARGEST_BLOB = 1 << 30


class NotPulled(Exception):
    """Nothing was pulled; the mirror is as it was."""

    def __init__(self, where: str, reason: str) -> None:
        self.where = where
        self.reason = reason
        super().__init__(f"{where}: {reason}; the mirror is as it was")


class SplitView(Exception):
    """A source shows another record than the mirror holds, under the same name and signed by the same key.

    Attributes:
        evidence: the file in which the source's checkpoint is kept; with the mirror's own it proves that two were
            signed.
    """

    def __init__(self, origin: str, evidence: Path, reason: str) -> None:
        self.origin = origin
        self.evidence = evidence
        super().__init__(
            f"SPLIT VIEW of {origin}: {reason}. The mirror is as it was; the other checkpoint is kept in "
            f"{evidence.name}: show both to the witnesses and the members"
        )


class Source(Protocol):
    """Where a record is read from."""

    def fetch(self, path: str, largest: int) -> bytes | None:
        """Return the bytes of a file of the record, None if there is no such file.

        Raises:
            NotPulled: the source cannot be asked, or the file has more than ``largest`` bytes.
        """


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a pull brought: the mirror's size before and after, the root, the log's key, and who cosigned when."""

    old_size: int
    size: int
    root: bytes
    vkey: str
    cosigned: Mapping[str, int]
    fetched: int
    trusted: bool


@dataclass
class _Pull:
    """One pull under way: its source, the folder, what was fetched and which blobs acts name."""

    source: Source
    out: Path
    head: Checkpoint
    say: Progress
    fetched: int = 0
    named: set[str] = field(default_factory=set)
    kept: set[str] = field(default_factory=set)

    @property
    def partial(self) -> Path:
        return self.out.with_name(self.out.name + ".partial")

    def fetch(self, path: str, largest: int) -> bytes | None:
        self.fetched += 1
        return self.source.fetch(path, largest)

    def lying(self, path: str) -> Iterator[bytes]:
        """Yield what lies at a path already: from a pull that was broken off, then in the mirror."""
        for folder in (self.partial, self.out):
            if (folder / path).is_file():
                yield (folder / path).read_bytes()

    def keep(self, path: str, body: bytes) -> None:
        self.kept.add(path)
        target = self.partial / path
        target.parent.mkdir(parents=True, exist_ok=True)
        have = self.out / path
        if not target.exists() and have.is_file() and have.read_bytes() == body:
            os.link(have, target)
        elif not target.exists() or target.read_bytes() != body:
            # A mirror's files are linked, never written into.
            target.unlink(missing_ok=True)
            written = target.with_name(target.name + ".new")
            written.write_bytes(body)
            written.rename(target)


def pull(
    source: Source,
    out: Path,
    *,
    key: str | None = None,
    policy: policies.Policy | None = None,
    progress: Progress | None = None,
) -> Pulled:
    """Bring a mirror to the source's checkpoint, or leave it as it was.

    Args:
        source: where the record is.
        out: the mirror's folder; a first pull makes it.
        key: the log's verifier key. Without it the key of the mirror's founding act is taken, and on a first pull
            that of the source's.
        policy: the logs and witnesses whose quorum must vouch for the checkpoint.
        progress: called with what is done, how much, of how much.

    Raises:
        Torn: what the source gave does not hold: the file, the offset, the act.
        SplitView: the source shows another record than the mirror holds.
        NotPulled: the source cannot be read, or shows an older state; or another pull is at work.
        QuorumMissing: too few witnesses of the policy vouch for the checkpoint.
    """
    _recover(out)
    signed = source.fetch("checkpoint", note.LARGEST_NOTE)
    if signed is None:
        raise NotPulled("checkpoint", "there is none; is this the address of a record?")
    known = key if key is not None or not out.is_dir() else vkey_of(_first_leaf_of(out))
    head, cosigned = mirror.checked_head(signed, known, policy)
    work = _Pull(source, out, head, progress or (lambda _what, _done, _of: None))
    with _only_one(work.partial):
        tree = _hashes(work)
        old_size = _check_continues(work, signed, tree)
        first = _bundles(work, tree, old_size)
        vkey = known or vkey_of(first)
        if known is None:
            mirror.checked_head(signed, vkey, policy)
        for path, body in tiles.hash_tiles(tree):
            work.keep(path, body)
        _blobs(work)
        work.keep("checkpoint", signed)
        _sweep(work)
        os.sync()
        _exchange(out)
    trusted = key is not None or policy is not None
    return Pulled(old_size, head.size, head.root, vkey, cosigned, work.fetched, trusted)


def vkey_of(leaf: bytes) -> str:
    """Return the log's key that a founding act carries (spec/record.md, R26).

    Raises:
        Torn: it carries none.
    """
    try:
        act = canonical.decode(leaf)
        vkey = act.get("vkey") if isinstance(act, dict) else None
        note.parse_vkey(vkey if isinstance(vkey, str) else "")
    except (canonical.NotCanonical, note.NoteFault) as fault:
        raise Torn(
            "tile/entries/000", 2, act=0, reason=f"the founding act carries no key of the log: {fault}"
        ) from fault
    return str(vkey)


def _first_leaf_of(out: Path) -> bytes:
    for path in (out / "tile" / "entries" / "000", *sorted((out / "tile" / "entries").glob("000.p/*"))):
        if path.is_file():
            raw = path.read_bytes()
            return raw[2 : 2 + int.from_bytes(raw[:2], "big")]
    raise NotPulled(out.name, "the folder is no mirror: it holds no acts; name another folder")


def _hashes(work: _Pull) -> Tree:
    """Return the tree under the checkpoint, from the tiles that lie here; what is missing or wrong is fetched."""
    for trusting in (True, False):
        told, lay_here = bytearray(), False
        for number, (_, start, end) in enumerate(tiles.bundles(work.head.size)):
            path = tiles.tile_path("tile/0", number, end - start)
            lies = _lying_tile(work, path, end - start) if trusting else None
            lay_here |= lies is not None
            told += lies if lies is not None else _tile(work, path, end - start)
            work.say("reading hashes", end, work.head.size)
        tree = merkle.tree_of_hashes(told)
        if tree.root_hash() == work.head.root:
            return tree
        if not lay_here:
            break
    raise Torn("checkpoint", 0, reason="the root is not that of the hashes which the source gave")


def _lying_tile(work: _Pull, path: str, width: int) -> bytes | None:
    return next((body for body in work.lying(path) if len(body) == HASH_BYTES * width), None)


def _tile(work: _Pull, path: str, width: int) -> bytes:
    body = work.fetch(path, HASH_BYTES * width)
    if body is None or len(body) != HASH_BYTES * width:
        reason = "the file is missing" if body is None else f"it has {len(body)} bytes, not {HASH_BYTES * width}"
        raise Torn(path, 0, reason=f"{reason}; the checkpoint counts {work.head.size} acts")
    work.keep(path, body)
    return body


def _check_continues(work: _Pull, signed: bytes, tree: Tree) -> int:
    """Return the mirror's size after checking that the source continues it."""
    if not (work.out / "checkpoint").is_file():
        return 0
    before = checkpoint.parse((work.out / "checkpoint").read_bytes())
    if before.origin != work.head.origin:
        raise NotPulled("checkpoint", f"it is of {work.head.origin!r}, the mirror of {before.origin!r}")
    if before.size > work.head.size:
        own = merkle.tree_of_hashes(b"".join(_own_tiles(work.out, before.size)))
        if own.root_hash(work.head.size) == work.head.root:
            reason = (
                f"the source shows {work.head.size} acts and the mirror holds {before.size}: it is behind, or withholds"
            )
            raise NotPulled("checkpoint", reason)
        raise _split(work, signed, f"of the first {work.head.size} acts, the source shows others than the mirror holds")
    if tree.root_hash(before.size) != before.root:
        raise _split(work, signed, f"of the first {before.size} acts, the source shows others than the mirror holds")
    return before.size


def _own_tiles(out: Path, size: int) -> Iterator[bytes]:
    for number, (_, start, end) in enumerate(tiles.bundles(size)):
        yield (out / tiles.tile_path("tile/0", number, end - start)).read_bytes()


def _split(work: _Pull, signed: bytes, reason: str) -> SplitView:
    evidence = work.out.with_name(f"{work.out.name}.split-{work.head.size}")
    evidence.write_bytes(signed)
    return SplitView(work.head.origin, evidence, reason)


def _bundles(work: _Pull, tree: Tree, old_size: int) -> bytes:
    """Keep every bundle whose leaves have the tree's hashes; return the first leaf."""
    first = b""
    for path, start, end in tiles.bundles(work.head.size):
        for body in work.lying(path):
            if _held(body, path, (start, end), tree):
                break
        else:
            given = work.fetch(path, LARGEST_BUNDLE)
            if given is None:
                raise Torn(path, 0, reason=f"the file is missing; the checkpoint counts {work.head.size} acts")
            body = given
        for act, (leaf, offset) in enumerate(mirror.entries(body, path, start, end), start):
            if merkle.leaf_hash(leaf) != tree.leaf_hash(act):
                raise Torn(path, offset, act=act, reason="the act is not the one in the tree under the checkpoint")
            first = first or leaf
            # What the mirror held was read when it was pulled.
            if act >= old_size:
                work.named |= mirror.names_in(leaf, path, offset, act)
        work.keep(path, body)
        work.say("reading acts", end, work.head.size)
    return first


def _held(body: bytes, path: str, span: tuple[int, int], tree: Tree) -> bool:
    try:
        leaves = [leaf for leaf, _ in mirror.entries(body, path, *span)]
    except Torn:
        return False
    return all(merkle.leaf_hash(leaf) == tree.leaf_hash(act) for act, leaf in enumerate(leaves, span[0]))


def _blobs(work: _Pull) -> None:
    """Keep the blobs of the mirror, and those of the new acts that the source has."""
    held = {path.name for path in (work.out / "blob").rglob("*") if path.is_file()} if work.out.is_dir() else set()
    wanted = sorted(held | work.named)
    for done, hashed in enumerate(wanted):
        path = tiles.blob_path(hashed)
        body = next((each for each in work.lying(path) if blobs.hash_of(each) == hashed), None)
        if body is None:
            body = work.fetch(path, LARGEST_BLOB)
            if body is not None and blobs.hash_of(body) != hashed:
                raise Torn(path, 0, reason="the bytes have another SHA-256 than the name of the file")
        # spec/record.md, R21: many texts have the form of a name, and name nothing that exists.
        if body is not None:
            work.keep(path, body)
        work.say("reading texts and plans", done + 1, len(wanted))


def _sweep(work: _Pull) -> None:
    """Remove what an earlier, broken pull left and this checkpoint does not want."""
    for folder, _, names in os.walk(work.partial, topdown=False):
        for name in names:
            inside = (Path(folder) / name).relative_to(work.partial).as_posix()
            if inside not in work.kept:
                (work.partial / inside).unlink()
        if not os.listdir(folder):
            os.rmdir(folder)


def _exchange(out: Path) -> None:
    partial, old = out.with_name(out.name + ".partial"), out.with_name(out.name + ".old")
    if out.exists():
        out.rename(old)
    partial.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def _recover(out: Path) -> None:
    """Finish what a killed pull left between its two renames."""
    old = out.with_name(out.name + ".old")
    if old.exists():
        if out.exists():
            shutil.rmtree(old)
        else:
            old.rename(out)


@contextmanager
def _only_one(partial: Path) -> Iterator[None]:
    partial.mkdir(parents=True, exist_ok=True)
    held = os.open(partial, os.O_RDONLY)
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NotPulled(partial.name, "another pull into this folder is at work; wait for it") from None
        yield
    finally:
        os.close(held)
        if partial.is_dir() and not os.listdir(partial):
            partial.rmdir()
