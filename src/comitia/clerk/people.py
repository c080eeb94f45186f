"""Names, contacts and invitations: personal data that stays off the record and can be erased.

Members stand on the record by number with a salted commitment; this file joins number and name for those who run the
federation's pages. Erasing a row here leaves the record whole.
"""

import hashlib
import secrets
import threading
from dataclasses import dataclass
from pathlib import Path

import pysqlite3 as sqlite3


class InvitationFault(Exception):
    """A sign-in link that cannot be used."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"this link cannot be used: {reason}; ask whoever invited you for a new one")


@dataclass(frozen=True, slots=True)
class Person:
    """A member's name, contact (mail address or "") and the salt of her commitment on the record."""

    member: str
    name: str
    contact: str
    salt: str


def commitment(name: str, contact: str, salt: str) -> str:
    """Return the salted SHA-256 that stands on the record for a person."""
    return hashlib.sha256(f"{salt}\n{name}\n{contact}".encode()).hexdigest()


# Letters to members, how much mail each wants, the secret words of her calendar and her answers: see outbox.py.
OUTBOX = (
    "CREATE TABLE IF NOT EXISTS letter(key TEXT PRIMARY KEY, member TEXT NOT NULL, body TEXT NOT NULL, kind TEXT NOT "
    "NULL, subject TEXT NOT NULL, text TEXT NOT NULL, made TEXT NOT NULL, state TEXT NOT NULL, tries INTEGER NOT NULL, "
    "next TEXT NOT NULL, fault TEXT NOT NULL);"
    "CREATE INDEX IF NOT EXISTS letter_by_state ON letter(state, next);"
    "CREATE TABLE IF NOT EXISTS volume(member TEXT NOT NULL, body TEXT NOT NULL, level TEXT NOT NULL, "
    "PRIMARY KEY(member, body));"
    "CREATE TABLE IF NOT EXISTS feed(member TEXT PRIMARY KEY, word TEXT NOT NULL);"
    "CREATE TABLE IF NOT EXISTS answer(word TEXT PRIMARY KEY, member TEXT NOT NULL, words TEXT NOT NULL, "
    "until TEXT NOT NULL, UNIQUE(member, words));"
    "CREATE TABLE IF NOT EXISTS post(name TEXT PRIMARY KEY, value TEXT NOT NULL);"
)


class People:
    """The erasable table of names, in a file of its own."""

    def __init__(self, path: Path) -> None:
        """Open or create the file."""
        self._lock = threading.Lock()
        self._db = sqlite3.connect(str(path), check_same_thread=False, isolation_level=None)
        self._db.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA secure_delete=ON; PRAGMA busy_timeout=5000;"
            "CREATE TABLE IF NOT EXISTS person(member TEXT PRIMARY KEY, name TEXT NOT NULL, contact TEXT NOT "
            "NULL, salt TEXT NOT NULL);"
            "CREATE TABLE IF NOT EXISTS invitation(token TEXT PRIMARY KEY, member TEXT NOT NULL, until TEXT NOT "
            "NULL, used TEXT NOT NULL);" + OUTBOX
        )

    def add(self, member: str, name: str, contact: str = "") -> Person:
        """Enter a person and return her with the salt that her commitment uses."""
        return self.add_all([(member, name, contact)])[0]

    def add_all(self, rows: list[tuple[str, str, str]]) -> list[Person]:
        """Enter many people in one transaction: member, name, contact."""
        made = [Person(member, name, contact, secrets.token_hex(16)) for member, name, contact in rows]
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany(
                "INSERT OR REPLACE INTO person VALUES (?,?,?,?)", [(p.member, p.name, p.contact, p.salt) for p in made]
            )
            self._db.execute("COMMIT")
        return made

    def names(self) -> dict[str, str]:
        """Return all names by member number."""
        with self._lock:
            return dict(self._db.execute("SELECT member, name FROM person").fetchall())

    def name(self, member: str) -> str:
        """Return a member's name, or her number where the name was erased."""
        with self._lock:
            row = self._db.execute("SELECT name FROM person WHERE member=?", (member,)).fetchone()
        return str(row[0]) if row else member

    def person(self, member: str) -> Person | None:
        """Return what is kept of a member, or None."""
        with self._lock:
            row = self._db.execute(
                "SELECT member, name, contact, salt FROM person WHERE member=?", (member,)
            ).fetchone()
        return Person(*row) if row else None

    def erase(self, member: str) -> None:
        """Erase a member's name and contact."""
        with self._lock:
            self._db.execute("DELETE FROM person WHERE member=?", (member,))
            for table in ("invitation", "letter", "volume", "feed", "answer"):
                self._db.execute(f"DELETE FROM {table} WHERE member=?", (member,))
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def invite(self, member: str, *, until: str) -> str:
        """Return a new one-use token that signs this member in, valid until that moment; only its hash is kept."""
        return self.invite_all([member], until=until)[member]

    def invite_all(self, members: list[str], *, until: str) -> dict[str, str]:
        """Return one-use tokens for many members, by number."""
        made = {member: secrets.token_urlsafe(24) for member in members}
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany(
                "INSERT INTO invitation VALUES (?,?,?,'')",
                [(hashlib.sha256(t.encode()).hexdigest(), m, until) for m, t in made.items()],
            )
            self._db.execute("COMMIT")
        return made

    def redeem(self, token: str, *, at: str) -> str:
        """Return the member that a token signs in, and use it up.

        Raises:
            InvitationFault: the token is unknown, used, or too old.
        """
        hashed = hashlib.sha256(token.encode()).hexdigest()
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                row = self._db.execute("SELECT member, until, used FROM invitation WHERE token=?", (hashed,)).fetchone()
                if row is None:
                    raise InvitationFault("it is not known here")
                if row[2]:
                    raise InvitationFault(f"it was used at {row[2]}")
                if at > row[1]:
                    raise InvitationFault(f"it was valid until {row[1]}")
                self._db.execute("UPDATE invitation SET used=? WHERE token=?", (at, hashed))
            finally:
                self._db.execute("COMMIT")
        return str(row[0])

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()
