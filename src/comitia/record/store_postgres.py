"""The store in PostgreSQL, which several processes share: one of them writes at a time.

The same words as ``store_sqlite``, and the same tests. An advisory lock of the database makes one sequencer at any
time: whoever holds it judges and appends, everyone else waits, and after ``PATIENCE_SECONDS`` is told who holds it. A
process that dies, or loses its connection, loses the lock with it, and nothing of its transaction is recorded.

Choices of a secret ballot are kept sealed (``waiting.py``): a database's logs cannot be emptied of them.
"""

import secrets
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg
from psycopg import errors

from comitia.record import blobs as blob_names
from comitia.record.store import PATIENCE_SECONDS, RESTORE, Blobs, Choice
from comitia.record.store_faults import (
    BlobMissing,
    StoreFault,
    StoreFull,
    StoreLocked,
    StoreLost,
    StoreMoved,
    StoreTorn,
)
from comitia.record.waiting import Keys, Unsealed

TABLES_VERSION = 1
_ACTS_AT_ONCE = 1000
_CONNECT_SECONDS = 10
_ADVICE_LOST = (
    "See that the database runs and can be reached, and look whether the act is recorded before you repeat it."
)

_TABLES = """
CREATE TABLE comitia_version (version integer NOT NULL);
CREATE TABLE acts (idx bigint PRIMARY KEY, leaf bytea NOT NULL);
CREATE TABLE blobs (hash text COLLATE "C" PRIMARY KEY, body bytea NOT NULL);
CREATE TABLE checkpoints (size bigint PRIMARY KEY, note bytea NOT NULL);
CREATE TABLE choices (key bytea PRIMARY KEY, ballot text NOT NULL, sealed bytea NOT NULL);
CREATE FUNCTION comitia_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% are never %', TG_TABLE_NAME, TG_ARGV[0]; END $$;
CREATE FUNCTION comitia_in_order() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE low bigint; high bigint; number bigint;
BEGIN
    SELECT min(idx), max(idx), count(*) INTO low, high, number FROM appended;
    IF number > 0 AND (high - low + 1 <> number OR low < 0
        OR (low > 0 AND NOT EXISTS (SELECT 1 FROM acts WHERE idx = low - 1))
        OR EXISTS (SELECT 1 FROM acts WHERE idx = high + 1)) THEN
        RAISE EXCEPTION 'an act is appended after the last one and never replaced';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER acts_in_order AFTER INSERT ON acts REFERENCING NEW TABLE AS appended
    FOR EACH STATEMENT EXECUTE FUNCTION comitia_in_order();
"""
_APPEND_ONLY = """
CREATE TRIGGER {table}_never_updated BEFORE UPDATE ON {table} EXECUTE FUNCTION comitia_append_only('updated');
CREATE TRIGGER {table}_never_deleted BEFORE DELETE ON {table} EXECUTE FUNCTION comitia_append_only('deleted');
CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table} EXECUTE FUNCTION comitia_append_only('deleted');
"""
# One lock for each schema: a database may hold the records of several federations.
_LOCK = "hashtextextended('comitia ' || current_schema(), 0)"
_HOLDER = f"""
SELECT a.pid, coalesce(host(a.client_addr), 'this machine'), a.application_name
FROM pg_locks l JOIN pg_stat_activity a USING (pid)
WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND l.database = (
    SELECT oid FROM pg_database WHERE datname = current_database())
  AND (l.classid::bigint << 32 | l.objid::bigint) = {_LOCK}
"""


class Store:
    """One schema of a PostgreSQL database; safe to share between threads and processes."""

    def __init__(self, conninfo: str, keys: Path) -> None:
        """Use ``Store.open``."""
        self._conninfo = conninfo
        self._keys = Keys(keys)
        self._lock = threading.RLock()
        self._turn = False
        self.path = _named(conninfo)
        self._connection: psycopg.Connection[tuple[Any, ...]] | None = None

    @classmethod
    def open(cls, conninfo: str, *, keys: Path) -> Self:
        """Open the record in a database; make its tables if there are none.

        Args:
            conninfo: a libpq connection string or URI; ``options=-csearch_path=NAME`` chooses a schema.
            keys: the folder for the keys of ballots that are open.

        Raises:
            StoreLost: the database cannot be reached.
            StoreLocked: another process is writing.
            StoreFault: the database does not keep what it acknowledges, or may not be used.
        """
        store = cls(conninfo, keys)
        try:
            with store._asked():
                store._prepare()
        except BaseException:
            store.close()
            raise
        return store

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; what was appended is on disk already."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    @property
    def size(self) -> int:
        """The number of acts, those of other processes included."""
        with self._asked() as database:
            return _size(database)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """See ``store_sqlite.Store.turn``: here an advisory lock keeps every other process out.

        Raises:
            StoreLocked: another process has held the lock all the while; it is named.
            StoreLost: the connection was lost; what was under way may or may not be recorded.
        """
        with self._asked() as database:
            if self._turn:
                yield
                return
            with database.transaction():
                self._turn = True
                try:
                    database.execute(f"SET LOCAL lock_timeout = {round(PATIENCE_SECONDS * 1000)}")
                    database.execute(f"SELECT pg_advisory_xact_lock({_LOCK})")
                    yield
                finally:
                    self._turn = False

    def append(
        self,
        leaves: Sequence[bytes],
        *,
        at: int,
        blobs: Mapping[str, bytes] | None = None,
        choices: Sequence[Choice] = (),
    ) -> None:
        """See ``store_sqlite.Store.append``."""
        for hashed, body in (blobs or {}).items():
            if blob_names.hash_of(body) != hashed:
                raise StoreFault(self.path, f"the blob {hashed} has another hash", "Name it by its SHA-256.")
        with self._asked() as database, self.turn():
            size = _size(database)
            if size != at:
                raise StoreMoved(
                    self.path, f"it holds {size} acts, not {at}", "Another process recorded acts: replay and try again."
                )
            with database.cursor() as cursor:
                with cursor.copy("COPY acts (idx, leaf) FROM STDIN (FORMAT BINARY)") as rows:
                    rows.set_types(["int8", "bytea"])
                    for row in enumerate(leaves, at):
                        rows.write_row(row)
                cursor.executemany(
                    "INSERT INTO blobs SELECT %s, %s WHERE NOT EXISTS (SELECT 1 FROM blobs WHERE hash = %s)",
                    [(hashed, body, hashed) for hashed, body in (blobs or {}).items()],
                )
                sealed = [(secrets.token_bytes(16), c.ballot, self._keys.seal(c.ballot, c.choice)) for c in choices]
                cursor.executemany("INSERT INTO choices VALUES (%s, %s, %s)", sorted(sealed))

    def acts(self, since: int = 0) -> Iterator[bytes]:
        """See ``store_sqlite.Store.acts``."""
        expected = since
        while True:
            with self._asked() as database:
                rows = database.execute(
                    "SELECT idx, leaf FROM acts WHERE idx >= %s ORDER BY idx LIMIT %s",
                    (expected, _ACTS_AT_ONCE),
                    binary=True,
                ).fetchall()
            for idx, leaf in rows:
                if idx != expected:
                    raise StoreTorn(self.path, f"act {expected} is missing", RESTORE)
                expected += 1
                yield leaf
            if len(rows) < _ACTS_AT_ONCE:
                return

    def leaf(self, index: int) -> bytes:
        """See ``store_sqlite.Store.leaf``."""
        found = self._one("SELECT leaf FROM acts WHERE idx = %s", index)
        if found is None:
            raise IndexError(f"the record has no act {index}")
        return found

    def blob(self, hashed: str) -> bytes:
        """See ``store_sqlite.Store.blob``."""
        body = self._one("SELECT body FROM blobs WHERE hash = %s", hashed)
        if body is None:
            raise BlobMissing(self.path, f"there is no blob {hashed}", "Give its body with the act that names it.")
        if blob_names.hash_of(body) != hashed:
            raise StoreTorn(self.path, f"the blob {hashed} is damaged", RESTORE)
        return body

    def blob_hashes(self) -> list[str]:
        """Return the names of all blobs, sorted."""
        with self._asked() as database:
            return [row[0] for row in database.execute("SELECT hash FROM blobs ORDER BY hash")]

    def blobs(self) -> Blobs:
        """Return the blobs as a mapping that reads each body when it is asked for."""
        return Blobs(self)

    def save_checkpoint(self, size: int, note: bytes) -> None:
        """See ``store_sqlite.Store.save_checkpoint``."""
        with self._asked() as database, self.turn():
            kept = self._one("SELECT note FROM checkpoints WHERE size = %s", size)
            if kept is None:
                database.execute("INSERT INTO checkpoints VALUES (%s, %s)", (size, note))
            elif kept != note:
                raise StoreFault(self.path, "checkpoints are never replaced", "Nothing was changed.")

    def checkpoint(self) -> bytes | None:
        """Return the note of the last checkpoint, None before the first."""
        return self._one("SELECT note FROM checkpoints ORDER BY size DESC LIMIT 1")

    def choices(self, ballot: str) -> list[bytes]:
        """See ``store_sqlite.Store.choices``."""
        with self._asked() as database:
            rows = database.execute("SELECT sealed FROM choices WHERE ballot = %s", (ballot,)).fetchall()
        try:
            return sorted(self._keys.open(ballot, row[0]) for row in rows)
        except Unsealed as fault:
            raise StoreFault(self.path, str(fault), "Put the clerk's folder of keys in its place.") from fault

    def ballots(self) -> set[str]:
        """Return the ballots that have waiting choices; one that was published already is to be wiped."""
        with self._asked() as database:
            return {row[0] for row in database.execute("SELECT DISTINCT ballot FROM choices")}

    def wipe(self, ballot: str) -> None:
        """Erase the key of a ballot's choices, then them: what the database's logs keep of them opens no more."""
        self._keys.destroy(ballot)
        with self._asked() as database, self.turn():
            database.execute("DELETE FROM choices WHERE ballot = %s", (ballot,))

    def check(self) -> None:
        """Read everything and raise unless it is sound.

        Raises:
            StoreTorn: it is damaged.
        """
        for hashed in self.blob_hashes():
            self.blob(hashed)
        if sum(1 for _ in self.acts()) != self.size:
            raise StoreTorn(self.path, "acts are missing", RESTORE)

    def _prepare(self) -> None:
        assert self._connection is not None
        (fsync,) = self._connection.execute("SHOW fsync").fetchone() or ("",)
        if fsync != "on":
            raise StoreFault(
                self.path, "the server runs with fsync off: what it acknowledges can be lost", "Set fsync = on there."
            )
        with self.turn():
            (there,) = self._connection.execute("SELECT to_regclass('comitia_version')").fetchone() or (None,)
            if there is None:
                tables = "".join(_APPEND_ONLY.format(table=table) for table in ("acts", "blobs", "checkpoints"))
                self._connection.execute(_TABLES + tables)
                self._connection.execute(f"INSERT INTO comitia_version VALUES ({TABLES_VERSION})")
            (version,) = self._connection.execute("SELECT version FROM comitia_version").fetchone() or (0,)
        if version != TABLES_VERSION:
            raise StoreFault(self.path, f"its tables are of version {version}", "A newer program wrote it; use that.")

    def _one(self, query: str, *given: object) -> bytes | None:
        with self._asked() as database:
            row = database.execute(query, given).fetchone()
        return None if row is None else bytes(row[0])

    @contextmanager
    def _asked(self) -> Iterator["psycopg.Connection[tuple[Any, ...]]"]:
        """Yield the connection, a new one where the last was lost, and say faults in words."""
        with self._lock:
            try:
                if self._connection is None or (self._connection.closed and not self._turn):
                    self._connection = self._connected()
                yield self._connection
            except psycopg.Error as fault:
                raise self._told(fault) from fault

    def _connected(self) -> "psycopg.Connection[tuple[Any, ...]]":
        return psycopg.connect(
            self._conninfo,
            autocommit=True,
            connect_timeout=_CONNECT_SECONDS,
            application_name="comitia",
            # What the server acknowledges is on its disk, whatever its settings say.
            options=f"{_options(self._conninfo)} -c synchronous_commit=on".strip(),
        )

    def _told(self, fault: psycopg.Error) -> StoreFault:
        """Return an error of PostgreSQL as one that says what to do."""
        text = str(fault).strip().partition("\n")[0]
        match fault:
            case errors.LockNotAvailable():
                return StoreLocked(
                    self.path,
                    f"{self._holder()} has held the record for {PATIENCE_SECONDS:.0f} seconds",
                    "Nothing was recorded. End that process, or wait, and try again.",
                )
            case errors.DiskFull() | errors.OutOfMemory() | errors.ConfigurationLimitExceeded():
                return StoreFull(
                    self.path,
                    f"it could not be written ({text})",
                    "Nothing was recorded. Free some disk space and try again.",
                )
            case errors.DataCorrupted() | errors.IndexCorrupted():
                return StoreTorn(self.path, f"the database is damaged ({text})", RESTORE)
            case errors.UniqueViolation():
                return StoreMoved(
                    self.path, "it holds this act's number already", "Another process recorded acts: try again."
                )
            case errors.InsufficientPrivilege():
                return StoreFault(self.path, text, "Give the clerk's account the right.")
            case psycopg.OperationalError() if fault.sqlstate is None or self._is_lost():
                return StoreLost(self.path, f"the database cannot be reached ({text})", _ADVICE_LOST)
            case _:
                return StoreFault(self.path, text, "Nothing was changed.")

    def _is_lost(self) -> bool:
        return self._connection is None or self._connection.closed

    def _holder(self) -> str:
        """Return who holds the lock, in words."""
        try:
            with self._connected() as other:
                row = other.execute(_HOLDER).fetchone()
        except psycopg.Error:
            row = None
        return "another process" if row is None else f"another process ({row[2]}, backend {row[0]}, from {row[1]})"


def _size(database: "psycopg.Connection[tuple[Any, ...]]") -> int:
    (size,) = database.execute("SELECT coalesce(max(idx), -1) + 1 FROM acts").fetchone() or (0,)
    return int(size)


def _named(conninfo: str) -> Path:
    """Return what faults call the database; a password is no part of it."""
    try:
        told = psycopg.conninfo.conninfo_to_dict(conninfo)
    except psycopg.ProgrammingError as fault:
        raise StoreFault(
            Path("postgresql"), f"the connection string cannot be read ({fault})", "Correct it."
        ) from fault
    return Path(f"postgresql:{told.get('host') or ''}/{told.get('dbname') or ''}")


def _options(conninfo: str) -> str:
    return str(psycopg.conninfo.conninfo_to_dict(conninfo).get("options") or "")
