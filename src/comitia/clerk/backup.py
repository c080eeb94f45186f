"""Backups: a federation's whole folder copied while it is at work, and set up again from the copy.

The record is copied act by act and compared with its last signed checkpoint on the way: a damaged record gives no
backup. The copy of the record is always one SQLite file, wherever the record itself lies. ``SHA256SUMS`` names every
file (``sha256sum --check SHA256SUMS`` reads it).

Choices of a secret ballot that is still open are left out unless asked for: of two backups made one vote apart,
the one more choice would belong to the one more voter's mark.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite

from comitia.clerk import stores
from comitia.clerk.clerk import Clerk
from comitia.clerk.home import Home
from comitia.record import blobs as blob_names, checkpoint, merkle, mirror, note, store_sqlite, waiting
from comitia.record.mirror import Mirror, NotWritten
from comitia.record.store import Choice, Store
from comitia.record.store_faults import BlobMissing, StoreTorn

Progress = Callable[[str, int, int], None]
SUMS = "SHA256SUMS"
RECORD = "record.sqlite3"
_AT_ONCE = 1000
# Logs and indexes of open SQLite files; the record itself, which is copied act by act.
_LEFT = ("-wal", "-shm", "-journal", ".partial")


class NotRestored(Exception):
    """A backup does not hold, or does not fit; nothing was restored."""

    def __init__(self, where: Path, reason: str) -> None:
        self.where = where
        self.reason = reason
        super().__init__(f"{where}: {reason}; nothing was restored")


@dataclass(frozen=True, slots=True)
class Copied:
    """What a backup holds, or what was restored.

    Attributes:
        size: the number of acts.
        root: the root hash over them.
        open_ballots: the ballots whose waiting choices are not there, each with the number of votes that it lacks.
    """

    size: int
    root: bytes
    open_ballots: dict[str, int]


def back_up(home: Home, out: Path, *, with_choices: bool = False, progress: Progress | None = None) -> Copied:
    """Copy a federation's folder into a new one, readable by its owner alone, whole or not at all.

    Raises:
        NotWritten: the name is taken, or the disk refuses; nothing is left of it.
        StoreTorn: the record is damaged.
    """
    say = progress or (lambda _what, _done, _of: None)
    if os.path.lexists(out):
        raise NotWritten(out, "it exists already; choose another name or remove it first")
    partial = out.with_name(out.name + ".partial")
    try:
        partial.mkdir(mode=0o700)
    except FileExistsError:
        raise NotWritten(out, f"{partial.name} lies there from a broken backup; remove it first") from None
    try:
        # The record first: a name, a seed or an account that is newer than the last act copied does no harm.
        with stores.open(home) as source, store_sqlite.Store.open(partial / RECORD) as copy:
            copied = _copy_record(source, copy, with_choices=with_choices, say=say)
        for path in _files(home.path):
            _copy_file(path, partial / path.relative_to(home.path))
        (partial / SUMS).write_text("".join(f"{digest}  {name}\n" for name, digest in _sums(partial).items()))
        os.sync()
        partial.rename(out)
    except OSError as fault:
        shutil.rmtree(partial, ignore_errors=True)
        raise NotWritten(out, f"{fault.strerror}; nothing was written") from fault
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    return copied


def restore(
    backup: Path,
    home: Home,
    *,
    newer: Path | None = None,
    database: str | None = None,
    progress: Progress | None = None,
) -> Copied:
    """Set a federation up again from a backup, checked and replayed, whole or not at all.

    Args:
        backup: the folder that ``back_up`` wrote.
        home: where the federation will live; nothing may be there.
        newer: an export or a mirror with acts that came after the backup; they are recorded behind its acts.
        database: how to reach an empty PostgreSQL database that is to keep the record; None keeps it in the folder.
        progress: called with what is done, how much, of how much.

    Raises:
        NotRestored: the backup is damaged, or the mirror does not continue it.
        NoFederation | Refused: its acts do not hold.
    """
    say = progress or (lambda _what, _done, _of: None)
    if os.path.lexists(home.path):
        raise NotRestored(home.path, "it exists already; restore into a new folder")
    _check_sums(backup)
    partial = Home(home.path.with_name(home.path.name + ".partial"))
    try:
        shutil.copytree(backup, partial.path, ignore=shutil.ignore_patterns(SUMS))
    except FileExistsError:
        raise NotRestored(partial.path, "it lies there from a broken restoring; remove it first") from None
    try:
        partial.path.chmod(0o700)
        if newer is not None:
            say("reading the mirror", 0, 0)
            _roll_forward(partial, newer)
        if database is not None:
            _move(partial, database, say)
        say("replaying acts", 0, 0)
        with Clerk.open(partial.path) as clerk:
            state = clerk.federation.state
            lacking = {
                name: len(of.voted) - len(clerk.waiting(name))
                for name, of in state.ballots.items()
                if not of.published and len(of.voted) != len(clerk.waiting(name))
            }
            restored = Copied(state.size, clerk.root(), lacking)
        os.sync()
        partial.path.rename(home.path)
    except BaseException:
        shutil.rmtree(partial.path, ignore_errors=True)
        raise
    return restored


def _copy_record(source: Store, copy: Store, *, with_choices: bool, say: Progress) -> Copied:
    size, signed = source.size, source.checkpoint()
    hashes = bytearray()
    choices = [Choice(b, c) for b in sorted(source.ballots()) for c in source.choices(b)] if with_choices else []
    left = {} if with_choices else {name: len(source.choices(name)) for name in source.ballots()}
    for leaves in _batches(source, size):
        bodies = {}
        for name in blob_names.named_by(leaves):
            try:
                bodies[name] = source.blob(name)
            except BlobMissing:
                # spec/record.md, R21: the form alone promises no blob.
                continue
        done = copy.size
        last = done + len(leaves) == size
        copy.append(leaves, at=done, blobs=bodies, choices=choices if last else ())
        hashes += b"".join(merkle.leaf_hash(leaf) for leaf in leaves)
        say("copying acts", done + len(leaves), size)
    tree = merkle.tree_of_hashes(hashes)
    if signed is not None:
        head = checkpoint.parse(signed)
        if head.size > size or tree.root_hash(head.size) != head.root:
            raise StoreTorn(source.path, "its acts are not those of its last signed checkpoint", "Restore a backup.")
        copy.save_checkpoint(head.size, signed)
    return Copied(size, tree.root_hash(), left)


def _move(home: Home, database: str, say: Progress) -> None:
    """Move the record of a folder into a database."""
    stores.place(home, database)
    with store_sqlite.Store.open(home.record) as file, stores.open(home) as kept:
        if kept.size:
            raise NotRestored(kept.path, f"the database holds a record of {kept.size} acts; choose an empty one")
        _copy_record(file, kept, with_choices=True, say=say)
    for path in home.path.glob(RECORD + "*"):
        path.unlink()


def _batches(source: Store, size: int) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    for index, leaf in enumerate(source.acts()):
        # Acts that came meanwhile are for the next backup.
        if index == size:
            break
        batch.append(leaf)
        if len(batch) == _AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _files(home: Path) -> Iterator[Path]:
    """Yield every file of a home but where its record lies, keys of waiting choices, and open SQLite files' logs."""
    for path in sorted(home.rglob("*")):
        kept = path.name.endswith(_LEFT) or path.name.startswith(waiting.PREFIX)
        if path.is_file() and not kept and path not in (home / RECORD, Home(home).database):
            yield path


def _copy_file(path: Path, to: Path) -> None:
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("rb") as file:
        is_sqlite = file.read(16) == b"SQLite format 3\0"
    if not is_sqlite:
        shutil.copy2(path, to)
        return
    one, other = sqlite.connect(str(path)), sqlite.connect(str(to))
    # All pages at once: in steps it begins anew whenever somebody writes.
    one.backup(other, pages=-1)
    other.close()
    one.close()
    to.chmod(0o600)


def _sums(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path != folder / SUMS
    }


def _check_sums(backup: Path) -> None:
    try:
        lines = (backup / SUMS).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise NotRestored(backup, f"this is no backup: {SUMS} cannot be read") from fault
    told = {line[66:]: line[:64] for line in lines}
    found = _sums(backup)
    for name in sorted(told.keys() | found.keys()):
        if name not in found:
            raise NotRestored(backup / name, "the file is missing from the backup")
        if name not in told:
            raise NotRestored(backup / name, f"the file is extra: {SUMS} does not name it")
        if told[name] != found[name]:
            raise NotRestored(backup / name, f"the file is not the one that was backed up ({SUMS} names another sum)")


def _roll_forward(home: Home, newer: Path) -> None:
    """Record the acts of a mirror that came after the backup."""
    key = note.parse_signing_key(home.log_key.read_text().strip())
    vkey = note.format_vkey(note.verifier_key(key))
    try:
        read: Mirror = mirror.read(newer, key=vkey)
    except mirror.Torn as torn:
        raise NotRestored(newer, f"the mirror does not hold: {torn}") from torn
    with store_sqlite.Store.open(home.record) as store:
        size = store.size
        if size > read.checkpoint.size or merkle.root_hash(store.acts()) != read.tree.root_hash(size):
            raise NotRestored(newer, f"the mirror does not continue the backup's {size} acts")
        for at in range(size, len(read.leaves), _AT_ONCE):
            leaves = read.leaves[at : at + _AT_ONCE]
            named = blob_names.named_by(leaves) & read.blobs.keys()
            store.append(leaves, at=at, blobs={name: read.blobs[name] for name in named})
        of_log = note.parse(read.note)
        store.save_checkpoint(read.checkpoint.size, note.format(note.Note(of_log.text, of_log.signatures[:1])))
