"""The store of the one writer: acts, blobs, checkpoints, and the choices that wait in secret, in one SQLite file.

Opened by the clerk alone. Append-only: triggers refuse UPDATE, DELETE and REPLACE of acts, blobs and checkpoints.
Durable: write-ahead log, ``synchronous=FULL``, one transaction for all that ``append`` is given.

Choices of a secret ballot (spec/record.md, R40 to R46) lie in an erasable table without member or moment. Every change
rewrites that table in the order of its random keys and then empties the write-ahead log, so that neither the order of
bytes on a page nor the frames of the log tell which choice came with which act; ``wipe`` leaves zeros.
"""

import secrets
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pysqlite3 import dbapi2 as sqlite

from comitia.record import blobs as blob_names
from comitia.record.store import PATIENCE_SECONDS, RESTORE, Blobs, Choice
from comitia.record.store_faults import BlobMissing, StoreFault, StoreFull, StoreLocked, StoreMoved, StoreTorn

# "COMI", and the version of the tables below.
APPLICATION_ID = 0x434F4D49
TABLES_VERSION = 1
_ACTS_AT_ONCE = 1000

_TABLES = """
CREATE TABLE acts (idx INTEGER PRIMARY KEY, leaf BLOB NOT NULL) STRICT;
CREATE TABLE blobs (hash TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE checkpoints (size INTEGER PRIMARY KEY, note BLOB NOT NULL) STRICT;
CREATE TABLE choices (key BLOB PRIMARY KEY, ballot TEXT NOT NULL, choice BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TRIGGER acts_in_order BEFORE INSERT ON acts WHEN NEW.idx IS NOT (SELECT coalesce(max(idx), -1) + 1 FROM acts)
    BEGIN SELECT RAISE(ABORT, 'an act is appended after the last one and never replaced'); END;
"""
_APPEND_ONLY = """
CREATE TRIGGER {table}_never_updated BEFORE UPDATE ON {table}
    BEGIN SELECT RAISE(ABORT, '{table} are never updated'); END;
CREATE TRIGGER {table}_never_deleted BEFORE DELETE ON {table}
    BEGIN SELECT RAISE(ABORT, '{table} are never deleted'); END;
CREATE TRIGGER {table}_never_replaced BEFORE INSERT ON {table}
    WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})
    BEGIN SELECT RAISE(ABORT, '{table} are never replaced'); END;
"""
_KEYED = (("acts", "idx"), ("blobs", "hash"), ("checkpoints", "size"))


class Store:
    """One SQLite file; safe to share between threads."""

    def __init__(self, path: Path, connection: Any) -> None:
        """Use ``Store.open``."""
        self.path = path
        self._connection = connection
        self._lock = threading.RLock()
        self._choices_came = False

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the record in a file; make it if there is none.

        Raises:
            StoreLocked: another process holds it.
            StoreFull: there is no space to make it.
            StoreTorn: damaged, or no record.
            StoreFault: the folder is missing, or reading or writing is not allowed.
        """
        with _told(path):
            connection = sqlite.connect(
                str(path), timeout=PATIENCE_SECONDS, isolation_level=None, check_same_thread=False
            )
        store = cls(path, connection)
        try:
            with _told(path):
                store._prepare()
        except BaseException:
            connection.close()
            raise
        return store

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what was appended is on disk already."""
        with self._lock:
            self._connection.close()

    @property
    def size(self) -> int:
        """The number of acts, those of other processes included."""
        with self._asked():
            return self._size()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Keep every other writer out while acts are judged and appended; commit at the end, all of it or nothing.

        Raises:
            StoreLocked | StoreFull | StoreTorn | StoreFault: nothing was recorded.
        """
        with self._asked(), self._transaction():
            yield

    def append(
        self,
        leaves: Sequence[bytes],
        *,
        at: int,
        blobs: Mapping[str, bytes] | None = None,
        choices: Sequence[Choice] = (),
    ) -> None:
        """Append leaves, blobs and secret choices in one transaction, on disk when this returns.

        Args:
            leaves: canonical bytes of acts, in order.
            at: the index of the first of them, which is the number of acts that the caller has replayed.
            blobs: bodies by hash; one that is there already is left alone.
            choices: choices of secret ballots whose marks are among the leaves.

        Raises:
            StoreMoved: the store has not ``at`` acts; replay and try again.
            StoreLocked | StoreFull | StoreTorn | StoreFault: nothing was appended.
        """
        for hashed, body in (blobs or {}).items():
            if blob_names.hash_of(body) != hashed:
                raise StoreFault(self.path, f"the blob {hashed} has another hash", "Name it by its SHA-256.")
        with self._asked(), self._transaction():
            self._choices_came |= bool(choices)
            size = self._size()
            if size != at:
                raise StoreMoved(
                    self.path, f"it holds {size} acts, not {at}", "Another process recorded acts: replay and try again."
                )
            self._connection.executemany("INSERT INTO acts VALUES (?, ?)", list(enumerate(leaves, at)))
            self._connection.executemany(
                "INSERT INTO blobs SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM blobs WHERE hash = ?1)",
                list((blobs or {}).items()),
            )
            if choices:
                waiting = self._connection.execute("SELECT key, ballot, choice FROM choices").fetchall()
                new = [(secrets.token_bytes(16), each.ballot, each.choice) for each in choices]
                self._rewrite_choices([*waiting, *new])

    def acts(self, since: int = 0) -> Iterator[bytes]:
        """Yield the leaves from an index on.

        Raises:
            StoreTorn: an act cannot be read, or is missing.
        """
        expected = since
        while True:
            with self._asked():
                rows = self._connection.execute(
                    "SELECT idx, leaf FROM acts WHERE idx >= ? ORDER BY idx LIMIT ?", (expected, _ACTS_AT_ONCE)
                ).fetchall()
            for idx, leaf in rows:
                if idx != expected:
                    raise StoreTorn(self.path, f"act {expected} is missing", RESTORE)
                expected += 1
                yield leaf
            if len(rows) < _ACTS_AT_ONCE:
                return

    def leaf(self, index: int) -> bytes:
        """Return one act.

        Raises:
            IndexError: there is no such act.
        """
        with self._asked():
            row = self._connection.execute("SELECT leaf FROM acts WHERE idx = ?", (index,)).fetchone()
        if row is None:
            raise IndexError(f"the record has no act {index}")
        return bytes(row[0])

    def blob(self, hashed: str) -> bytes:
        """Return the body of a blob.

        Raises:
            BlobMissing: there is none of this hash.
            StoreTorn: its bytes have another hash.
        """
        with self._asked():
            row = self._connection.execute("SELECT body FROM blobs WHERE hash = ?", (hashed,)).fetchone()
        if row is None:
            raise BlobMissing(self.path, f"there is no blob {hashed}", "Give its body with the act that names it.")
        if blob_names.hash_of(row[0]) != hashed:
            raise StoreTorn(self.path, f"the blob {hashed} is damaged", RESTORE)
        return bytes(row[0])

    def blob_hashes(self) -> list[str]:
        """Return the names of all blobs, sorted."""
        with self._asked():
            return [row[0] for row in self._connection.execute("SELECT hash FROM blobs ORDER BY hash")]

    def blobs(self) -> "Blobs":
        """Return the blobs as a mapping that reads each body when it is asked for."""
        return Blobs(self)

    def save_checkpoint(self, size: int, note: bytes) -> None:
        """Keep a checkpoint; the same one twice is kept once.

        Raises:
            StoreFault: another checkpoint of this size is kept already; a log never signs two.
        """
        with self._asked(), self._transaction():
            self._connection.execute(
                "INSERT INTO checkpoints SELECT ?1, ?2 WHERE NOT EXISTS "
                "(SELECT 1 FROM checkpoints WHERE size = ?1 AND note = ?2)",
                (size, note),
            )

    def checkpoint(self) -> bytes | None:
        """Return the note of the last checkpoint, None before the first."""
        with self._asked():
            row = self._connection.execute("SELECT note FROM checkpoints ORDER BY size DESC LIMIT 1").fetchone()
        return None if row is None else bytes(row[0])

    def choices(self, ballot: str) -> list[bytes]:
        """Return the waiting choices of a ballot sorted by bytes, the order in which they are published."""
        with self._asked():
            rows = self._connection.execute("SELECT choice FROM choices WHERE ballot = ?", (ballot,)).fetchall()
        return sorted(bytes(row[0]) for row in rows)

    def ballots(self) -> set[str]:
        """Return the ballots that have waiting choices; one that was published already is to be wiped."""
        with self._asked():
            return {row[0] for row in self._connection.execute("SELECT DISTINCT ballot FROM choices")}

    def wipe(self, ballot: str) -> None:
        """Erase the choices of a ballot; zeros are left of them, in the file and in its log.

        Raises:
            StoreLocked: another process keeps the write-ahead log from being emptied; call again.
        """
        with self._asked():
            with self._transaction():
                rest = self._connection.execute(
                    "SELECT key, ballot, choice FROM choices WHERE ballot <> ?", (ballot,)
                ).fetchall()
                self._rewrite_choices(rest)
            if not self._emptied_log():
                raise StoreLocked(
                    self.path,
                    "its log could not be emptied of choices: another process reads it, or the disk is full",
                    "See to that and wipe again; the choices are erased only then.",
                )

    def check(self) -> None:
        """Read the whole file and raise unless it is sound.

        Raises:
            StoreTorn: it is damaged.
        """
        with self._asked():
            found = [row[0] for row in self._connection.execute("PRAGMA integrity_check(1)")]
        if found != ["ok"]:
            raise StoreTorn(self.path, f"the file is damaged ({found[0]})", RESTORE)
        for hashed in self.blob_hashes():
            self.blob(hashed)
        for _ in self.acts():
            pass

    def _prepare(self) -> None:
        execute = self._connection.execute
        # In this order: another process may be making the tables and the mark, both at once.
        (tables,) = execute("SELECT count(*) FROM sqlite_schema").fetchone()
        (kind,) = execute("PRAGMA application_id").fetchone()
        if tables and kind != APPLICATION_ID:
            raise StoreTorn(self.path, "this SQLite file is not a record", "Is it the right file?")
        execute("PRAGMA secure_delete = ON")
        execute("PRAGMA temp_store = MEMORY")
        execute("PRAGMA journal_mode = WAL")
        execute("PRAGMA synchronous = FULL")
        with self._transaction():
            (tables,) = execute("SELECT count(*) FROM sqlite_schema").fetchone()
            if not tables:
                triggers = "".join(_APPEND_ONLY.format(table=table, key=key) for table, key in _KEYED)
                for statement in _statements(_TABLES + triggers):
                    execute(statement)
                execute(f"PRAGMA application_id = {APPLICATION_ID}")
                execute(f"PRAGMA user_version = {TABLES_VERSION}")
        (version,) = execute("PRAGMA user_version").fetchone()
        if version != TABLES_VERSION:
            raise StoreFault(self.path, f"its tables are of version {version}", "A newer program wrote it; use that.")
        (found,) = execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise StoreTorn(self.path, f"the file is damaged ({found})", RESTORE)
        # What a killed process left in the log; then the file has whole pages.
        (page_bytes,) = execute("PRAGMA page_size").fetchone()
        (pages,) = execute("PRAGMA page_count").fetchone()
        if self._emptied_log() and self.path.stat().st_size < pages * page_bytes:
            raise StoreTorn(self.path, "the file is shorter than it should be", RESTORE)

    def _size(self) -> int:
        (size,) = self._connection.execute("SELECT coalesce(max(idx), -1) + 1 FROM acts").fetchone()
        return int(size)

    def _rewrite_choices(self, rows: list[tuple[bytes, str, bytes]]) -> None:
        # A DELETE of the whole table frees and zeroes every page; a partial one would leave cells in page gaps.
        self._connection.execute("DELETE FROM choices")
        self._connection.executemany("INSERT INTO choices VALUES (?, ?, ?)", sorted(rows))

    def _emptied_log(self) -> bool:
        """Move the write-ahead log into the file; False if a reader or a full disk stands in the way.

        Never raises: what was committed before it is recorded, whatever comes of this.
        """
        try:
            with self._lock:
                busy, _, _ = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite.OperationalError:
            return False
        return not busy

    @contextmanager
    def _asked(self) -> Iterator[None]:
        with self._lock, _told(self.path):
            yield

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if self._connection.in_transaction:
            yield
            return
        self._choices_came = False
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            # A full disk may have ended the transaction already.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        if self._choices_came:
            # R44: the log's frames would show a choice beside its voter's mark. A reader may delay this; the next
            # choice, ``wipe`` and ``open`` do it again.
            self._emptied_log()


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if sqlite.complete_statement(statement):
            yield statement
            statement = ""


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn an error of SQLite into one that says what to do."""
    try:
        yield
    except sqlite.Error as fault:
        text = str(fault)
        lower = text.lower()
        if "locked" in lower or "busy" in lower:
            raise StoreLocked(
                path,
                f"another process has held the record for {PATIENCE_SECONDS:.0f} seconds",
                "Nothing was recorded. End that process, or wait, and try again.",
            ) from fault
        if "full" in lower or "disk i/o error" in lower:
            raise StoreFull(
                path, f"it could not be written ({text})", "Nothing was recorded. Free some disk space and try again."
            ) from fault
        if "malformed" in lower or "not a database" in lower or "corrupt" in lower:
            raise StoreTorn(path, f"the file is damaged ({text})", RESTORE) from fault
        if "unable to open" in lower:
            raise StoreFault(path, "it cannot be opened", "Is the folder there, and may you write in it?") from fault
        if "readonly" in lower:
            raise StoreFault(path, "it may not be written", "Give the user that runs the clerk the right.") from fault
        raise StoreFault(path, text, "Nothing was changed.") from fault
