"""The outbox: letters wait here until a server has taken them; it survives restarts, and takes each letter once.

Lies in ``people.sqlite3`` with the names, so that whoever is erased there is erased here. Once a letter is gone its
text is forgotten and its key kept. Between the server's answer and our note of it a crash can come: the letter then
goes out again under the same Message-ID, which mail programs show once.
"""

import hashlib
import hmac
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal, Self
from zoneinfo import ZoneInfo

from pysqlite3 import dbapi2 as sqlite3

from comitia.clerk.letters import Letter
from comitia.clerk.people import OUTBOX
from comitia.federation import moment

Level = Literal["at_once", "usual", "asked", "daily", "none"]
LEVELS: dict[str, str] = {
    "at_once": "everything at once",
    "usual": "mine at once, the rest once a day",
    "asked": "only what is mine",
    "daily": "one letter a day, and reminders",
    "none": "nothing",
}
"""What a member may choose; hers is what awaits her, or answers or names her."""
DIGEST_HOUR = 7
"""From this hour of the federation's day on the daily letter goes out."""
STATES = {
    "waiting": "to be sent",
    "held": "for the daily letter",
    "put": "into a daily letter",
    "sent": "taken by the server",
    "failed": "refused for good, or for too long",
    "muted": "not wanted by its member",
    "unaddressed": "to a member without a mail address",
    "past": "withdrawn: it awaits its member no more, or was set aside",
}
PASSING = ("notice", "reminder", "answer", "words")
"""Letters that may be due no more: something awaits their member no longer, or the words were set aside."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
GIVEN_UP = timedelta(days=3)
ANSWERED = timedelta(days=30)
MOST = 500
"""How many letters are taken out at a time."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A letter that is to go out now."""

    key: str
    member: str
    body: str
    kind: str
    subject: str
    text: str
    made: str
    tries: int


class Outbox:
    """Letters, how much mail each member wants, and the secret words of calendars."""

    def __init__(self, path: Path) -> None:
        """Open the file of names."""
        self._db = sqlite3.connect(str(path), isolation_level=None, check_same_thread=False)
        self._db.executescript(f"PRAGMA journal_mode=WAL; PRAGMA secure_delete=ON; PRAGMA busy_timeout=5000;{OUTBOX}")

    def __enter__(self) -> Self:
        """Return it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._db.close()

    def since(self, at: str) -> str:
        """Return since when mail is sent: the first moment that it was asked."""
        return self._kept("since", at)

    def went_round(self, at: str) -> None:
        """Note when the postman last went round."""
        self._db.execute("INSERT OR REPLACE INTO post VALUES ('round', ?)", (at,))

    def last_round(self) -> str:
        """Return when the postman last went round; "" where he never did."""
        row = self._db.execute("SELECT value FROM post WHERE name='round'").fetchone()
        return str(row[0]) if row else ""

    def _kept(self, name: str, value: str) -> str:
        self._db.execute("INSERT OR IGNORE INTO post VALUES (?,?)", (name, value))
        return str(self._db.execute("SELECT value FROM post WHERE name=?", (name,)).fetchone()[0])

    def add(self, letters: Iterable[Letter], at: str) -> int:
        """Take letters that are not here yet, each as its member wants it, and return how many were new.

        One that was withdrawn and is due again comes in again.
        """
        levels = {(m, b): level for m, b, level in self._db.execute("SELECT member, body, level FROM volume")}
        rows = []
        for letter in letters:
            level = levels.get((letter.member, letter.body)) or levels.get((letter.member, ""), "usual")
            path = f"\n\n{{site}}{letter.path}"
            rows.append(
                (letter.key, letter.member, letter.body, letter.kind, letter.subject, letter.text + path, at,
                 _state(level, letter.kind), 0, at, "")
            )  # fmt: skip
        before = self._db.total_changes
        self._db.execute("BEGIN IMMEDIATE")
        self._db.executemany(
            "INSERT INTO letter VALUES (?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT(key) DO UPDATE SET "
            "subject=excluded.subject, text=excluded.text, made=excluded.made, state=excluded.state, tries=0, "
            "next=excluded.next, fault='' WHERE letter.state='past'",
            rows,
        )
        new = int(self._db.total_changes - before)
        self._db.execute("COMMIT")
        return new

    def withdraw_all_but(self, due: Collection[str]) -> None:
        """Withdraw what did not go out and is not due any more: who has voted is not reminded, folded words not told.

        Args:
            due: the keys of the letters that are due now.
        """
        kept = self._db.execute(
            "SELECT key FROM letter WHERE state IN ('waiting','held') AND kind IN (?,?,?,?)", PASSING
        )
        for key in [str(key) for (key,) in kept if key not in due]:
            self.withdraw(key)

    def withdraw(self, key: str) -> None:
        """Take a letter back that did not go out, and forget its text."""
        self._db.execute("UPDATE letter SET state='past', text='', fault='' WHERE key=?", (key,))

    def digest(self, at: str, zone: str) -> int:
        """Put what is held into one letter for each member, once a day from the hour on; return how many letters."""
        local = moment.parse(at).astimezone(ZoneInfo(zone))
        day = local.date().isoformat()
        if local.hour < DIGEST_HOUR or self._kept("digest", "") == day:
            return 0
        held: dict[str, list[tuple[str, str, str]]] = {}
        for key, member, subject, text in self._db.execute(
            "SELECT key, member, subject, text FROM letter WHERE state='held' ORDER BY made, key"
        ):
            held.setdefault(member, []).append((key, subject, text))
        self._db.execute("BEGIN IMMEDIATE")
        for member, parts in held.items():
            text = "\n\n".join(f"* {subject}\n\n{text}" for _, subject, text in parts)
            subject = parts[0][1] if len(parts) == 1 else f"{len(parts)} things of today"
            row = (f"digest/{day}/{member}", member, "", "digest", subject, text, at, "waiting", 0, at, "")
            self._db.execute("INSERT OR IGNORE INTO letter VALUES (?,?,?,?,?,?,?,?,?,?,?)", row)
            self._db.executemany("UPDATE letter SET state='put', text='' WHERE key=?", [(key,) for key, *_ in parts])
        self._db.execute("UPDATE post SET value=? WHERE name='digest'", (day,))
        self._db.execute("COMMIT")
        return len(held)

    def waiting(self, at: str, most: int = MOST) -> list[Waiting]:
        """Return letters whose turn has come, oldest first."""
        rows = self._db.execute(
            "SELECT key, member, body, kind, subject, text, made, tries FROM letter "
            "WHERE state='waiting' AND next<=? ORDER BY next, key LIMIT ?",
            (at, most),
        )
        return [Waiting(*row) for row in rows]

    def sent(self, key: str) -> None:
        """Note that a server has taken a letter, and forget its text."""
        self._db.execute("UPDATE letter SET state='sent', text='', fault='' WHERE key=?", (key,))

    def gave_up(self, key: str, why: str) -> None:
        """Note that a letter cannot be sent."""
        self._db.execute("UPDATE letter SET state='failed', text='', fault=? WHERE key=?", (why, key))

    def unaddressed(self, key: str) -> None:
        """Note that nobody knows where a letter is to go, and forget its text."""
        self._db.execute("UPDATE letter SET state='unaddressed', text='' WHERE key=?", (key,))

    def again(self, letter: Waiting, at: str, why: str) -> None:
        """Let a letter wait for its next try, each time twice as long; after three days it is given up."""
        if moment.parse(at) - moment.parse(letter.made) > GIVEN_UP:
            self.gave_up(letter.key, why)
            return
        pause = min(FIRST_PAUSE * 2**letter.tries, LONGEST_PAUSE)
        later = moment.format(moment.parse(at) + pause)
        self._db.execute("UPDATE letter SET tries=tries+1, next=?, fault=? WHERE key=?", (later, why, letter.key))

    def counts(self) -> dict[str, int]:
        """Return how many letters are in each state: see ``STATES``."""
        rows = self._db.execute("SELECT state, count(*) FROM letter GROUP BY state ORDER BY state")
        return {str(state): int(number) for state, number in rows}

    def listed(self, state: str, most: int = 100) -> list[tuple[str, str, str, str, str]]:
        """Return letters in a state: key, member, subject, next try, fault."""
        rows = self._db.execute(
            "SELECT key, member, subject, next, fault FROM letter WHERE state=? ORDER BY next, key LIMIT ?",
            (state, most),
        )
        return [(str(key), str(who), str(subject), str(later), str(fault)) for key, who, subject, later, fault in rows]

    def level(self, member: str, body: str = "") -> str:
        """Return how much mail a member wants from a body; "" where she has not said. The body "" stands for all."""
        row = self._db.execute("SELECT level FROM volume WHERE member=? AND body=?", (member, body)).fetchone()
        return str(row[0]) if row else ""

    def set_level(self, member: str, body: str, level: str) -> None:
        """Set how much mail a member wants from a body, or from all ("")."""
        if level:
            self._db.execute("INSERT OR REPLACE INTO volume VALUES (?,?,?)", (member, body, level))
        else:
            self._db.execute("DELETE FROM volume WHERE member=? AND body=?", (member, body))

    def calendar_word(self, member: str, *, fresh: bool = False) -> str:
        """Return the secret word of a member's calendar; a fresh one makes the old address useless."""
        if fresh:
            self._db.execute("DELETE FROM feed WHERE member=?", (member,))
        self._db.execute("INSERT OR IGNORE INTO feed VALUES (?,?)", (member, secrets.token_urlsafe(24)))
        return str(self._db.execute("SELECT word FROM feed WHERE member=?", (member,)).fetchone()[0])

    def whose_calendar(self, word: str) -> str:
        """Return whose calendar has this word; "" where nobody's has."""
        row = self._db.execute("SELECT member FROM feed WHERE word=?", (word,)).fetchone()
        return str(row[0]) if row else ""

    def answer_word(self, letter: Waiting, at: str) -> str:
        """Return what the address carries to which a member answers words by mail: it is hers, for these words alone.

        It holds for ``ANSWERED`` from the letter on, and is the same each time that the letter is sent.
        """
        words = letter.key.split("/")[1]
        until = moment.format(moment.parse(at) + ANSWERED)
        row = (secrets.token_hex(12), letter.member, words, until)
        self._db.execute("INSERT OR IGNORE INTO answer VALUES (?,?,?,?)", row)
        found = self._db.execute("SELECT word FROM answer WHERE member=? AND words=?", (letter.member, words))
        return str(found.fetchone()[0])

    def who_answers(self, word: str, at: str) -> tuple[str, str] | None:
        """Return the member and the words that she answers with such an address; None where it is unknown or old."""
        found = self._db.execute("SELECT member, words FROM answer WHERE word=? AND until>=?", (word, at)).fetchone()
        return (str(found[0]), str(found[1])) if found else None

    def stop_word(self, member: str, body: str) -> str:
        """Return what a link to unsubscribe carries: it can do that, and nothing else, without a sign-in."""
        key = self._kept("secret", secrets.token_hex(32)).encode()
        return hmac.new(key, f"{member}\n{body}".encode(), hashlib.sha256).hexdigest()[:32]

    def may_stop(self, member: str, body: str, word: str) -> bool:
        """Return whether a word is that of this member and body."""
        return hmac.compare_digest(self.stop_word(member, body).encode(), word.encode())


def _state(level: str, kind: str) -> str:
    """Return what becomes of a letter at a level: waiting, held for the daily letter, or muted."""
    match level, kind:
        case ("none", _) | ("asked", "outcome" | "words"):
            return "muted"
        case ("daily", "notice" | "outcome" | "answer" | "words") | ("usual", "outcome" | "words"):
            return "held"
        case _:
            return "waiting"
