"""Full-text search over what members wrote and decided: an index that can be made again from the record at any time.

``search.sqlite3`` in the federation's folder (SQLite's FTS5). It reads the acts that came since it last looked, so a
page that searches pays for what is new alone. Names of members are not in it: the record has none.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from pysqlite3 import dbapi2 as sqlite

from comitia.clerk.clerk import Clerk
from comitia.federation import acts, standing, talking
from comitia.federation.state import State, Words
from comitia.record import blobs

Progress = Callable[[str, int, int], None]
VERSION = "2"
"""Of what is indexed, and how: an index of another version is made anew."""
BEGIN, END = "\x02", "\x03"
"""Stand around the words that were found, in a hit's excerpt."""
KINDS = {
    "motion": "motions and amendments",
    "decision": "decisions and their outcomes",
    "voice": "what was said beside things, reports, reasons, objections, advice",
    "election": "elections and recalls",
    "body": "bodies",
    "season": "seasons, orders, inspections",
    "article": "articles of the charter",
}
_WRITTEN = ("title", "name", "reason", "question", "remark", "answer", "text", "lines")
_ACTS = {
    "motion": ("motion_moved", "alternative_moved", "amendment_moved"),
    "decision": ("division_closed", "outcome_stated", "emergency_declared"),
    "voice": (
        "minority_report_filed", "report_given", "objection_raised", "position_taken", "advice_given",
        "platform_published", "correction_made", "words_said",
    ),
    "election": ("election_opened", "recall_petitioned", "candidate_screened"),
    "body": ("group_registered", "current_formed"),
    "season": (
        "season_opened", "order_declined", "hours_withdrawn", "inspection_demanded", "inspection_answered",
        "delivery_received",
    ),
}  # fmt: skip
_KIND_OF = {word: kind for kind, words in _ACTS.items() for word in words}
_PLACES = (
    ("words", "/talk/words/{}/"),
    ("recall", "/recalls/{}/"),
    ("election", "/elections/{}/"),
    ("motion", "/motions/{}/"),
    ("season", "/season/{}/"),
)
_LARGEST = 200_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found: what sort, its words, which body, when, by which act, on which page."""

    kind: str
    title: str
    text: str
    body: str
    at: str
    act: int
    path: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found, with an excerpt in which the words stand between ``BEGIN`` and ``END``."""

    kind: str
    title: str
    excerpt: str
    body: str
    at: str
    act: int
    path: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What is searched for: words or "a phrase", and what narrows it; empty texts narrow nothing."""

    words: str
    kind: str = ""
    body: str = ""
    since: str = ""
    until: str = ""


def entries(state: State, index: int, act: acts.AnyAct) -> Iterator[Entry]:
    """Yield what an act gives to be found."""
    word = acts.word(act)
    kind = _KIND_OF.get(word)
    if kind is None or (isinstance(act, acts.WordsSaid) and talking.is_folded(state.words[act.words])):
        return
    path = next((p.format(getattr(act, name)) for name, p in _PLACES if hasattr(act, name)), f"/record/{index}/")
    title = _title(state, act, word)
    text = "\n".join(_written(state, act))
    motion = state.motions.get(getattr(act, "motion", ""))
    if word == "division_closed" and motion is not None:
        text = "\n".join(
            d.verdict.sentence for d in motion.divisions if d.closed_act == index and d.verdict is not None
        )
    body = act.body or (motion.body if motion is not None else "")
    yield Entry(kind, title, text, body, act.at, index, path)


def _title(state: State, act: acts.AnyAct, word: str) -> str:
    motion = state.motions.get(getattr(act, "motion", ""))
    match act:
        case acts.MotionMoved() | acts.AlternativeMoved():
            return act.title
        case acts.ElectionOpened():
            found = standing.find_body(state, act.body)
            return f"Election: {found.name if found else act.body}"
        case acts.GroupRegistered() | acts.CurrentFormed() | acts.SeasonOpened():
            return act.name
        case acts.RecallPetitioned():
            return f"Recall from {act.seat}"
        case acts.ReportGiven():
            return f"Report: {act.seat}"
        case acts.WordsSaid():
            kind, _, about = act.about.partition("/")
            beside = state.motions.get(about) if kind == "motion" else None
            return f"Said beside {beside.title if beside is not None else act.about}"
        case _:
            said = word.replace("_", " ")
            return f"{said[:1].upper()}{said[1:]}" + (f": {motion.title}" if motion is not None else "")


def _written(state: State, act: acts.AnyAct) -> Iterator[str]:
    for name in _WRITTEN:
        value = getattr(act, name, None)
        if isinstance(value, tuple):
            yield from (str(line) for line in value)
        elif isinstance(value, str) and blobs.is_hash(value):
            body = state.blobs.get(value, b"")
            if len(body) <= _LARGEST:
                yield body.decode("utf-8", "replace")
        elif isinstance(value, str) and name not in ("title", "name"):
            yield value


def _articles(state: State) -> Iterator[Entry]:
    rules = standing.charter(state)
    since, act = state.charters[-1][1:]
    for number, article in rules.articles.items():
        title = f"Article {number}: {article.title}"
        yield Entry("article", title, article.text, "", since, act, f"/charter/#article-{number}")


class Finder:
    """The index of one federation."""

    def __init__(self, path: Path) -> None:
        """Open or make the index."""
        self._db = sqlite.connect(str(path), isolation_level=None, check_same_thread=False)
        self._db.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA busy_timeout=5000;"
            "CREATE TABLE IF NOT EXISTS told(name TEXT PRIMARY KEY, value TEXT NOT NULL);"
            "CREATE VIRTUAL TABLE IF NOT EXISTS entry USING fts5(title, text, kind UNINDEXED, body UNINDEXED, "
            "at UNINDEXED, act UNINDEXED, path UNINDEXED, tokenize='unicode61 remove_diacritics 2');"
        )

    def __enter__(self) -> Self:
        """Return it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._db.close()

    def catch_up(self, clerk: Clerk, *, anew: bool = False, progress: Progress | None = None) -> int:
        """Read the acts that are new, or all of them, and return how many were read."""
        state = clerk.federation.state
        known = dict(self._db.execute("SELECT name, value FROM told"))
        about = {"version": VERSION, "charter": state.charter_hash, "vkey": clerk.vkey}
        size = int(known.get("size", 0))
        if anew or any(known.get(name) != value for name, value in about.items()) or size > state.size:
            size = 0
        if size == state.size:
            return 0
        self._db.execute("BEGIN IMMEDIATE")
        try:
            if not size:
                self._db.execute("DELETE FROM entry")
                self._put(_articles(state))
            for index, leaf in enumerate(clerk.leaves(size), start=size):
                act = acts.decode(leaf)
                if isinstance(act, acts.WordsSetAside | acts.AppealVoted):
                    self._fold(clerk, state.words[act.words])
                self._put(entries(state, index, act))
                if progress is not None and index % 1000 == 0:
                    progress("reading acts", index, state.size)
            for name, value in {**about, "size": str(state.size)}.items():
                self._db.execute("INSERT OR REPLACE INTO told VALUES (?,?)", (name, value))
            self._db.execute("COMMIT")
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        return state.size - size

    def _put(self, found: Iterator[Entry]) -> None:
        rows = [(e.title, e.text, e.kind, e.body, e.at, e.act, e.path) for e in found]
        self._db.executemany("INSERT INTO entry VALUES (?,?,?,?,?,?,?)", rows)

    def _fold(self, clerk: Clerk, words: Words) -> None:
        """Take words that were set aside out, and put them in again where the appeal restored them."""
        self._db.execute("DELETE FROM entry WHERE act=?", (words.act,))
        self._put(entries(clerk.federation.state, words.act, acts.decode(clerk.leaf(words.act))))

    def find(self, asked: Asked, *, most: int = 20, skip: int = 0) -> tuple[int, list[Hit]]:
        """Return how many things were found, and some of them, best first; without words the newest first."""
        query = match_of(asked.words)
        narrowing = [("kind=?", asked.kind), ("body=?", asked.body), ("at>=?", asked.since), ("at<?", asked.until)]
        kept = [(clause, value) for clause, value in narrowing if value]
        clauses = [clause for clause, _ in kept] + (["entry MATCH ?"] if query else [])
        values = [value for _, value in kept] + ([query] if query else [])
        where = f"WHERE {' AND '.join(clauses)}" if clauses else ""
        total = int(self._db.execute(f"SELECT count(*) FROM entry {where}", values).fetchone()[0])
        # A word in a title weighs as much as ten in a text.
        order = "bm25(entry, 10.0, 1.0)" if query else "at DESC, act DESC"
        excerpt = f"snippet(entry, 1, '{BEGIN}', '{END}', ' … ', 24)" if query else "substr(text, 1, 160)"
        rows = self._db.execute(
            f"SELECT kind, title, {excerpt}, body, at, act, path FROM entry {where} ORDER BY {order} LIMIT ? OFFSET ?",
            [*values, most, skip],
        )
        return total, [Hit(*row) for row in rows]


def match_of(words: str) -> str:
    """Return words as a query of FTS5: each must be there, at least its beginning; quoted words must stand together."""
    found = []
    for phrase, word in re.findall(r'"([^"]*)"|([^\s"]+)', words):
        parts = re.findall(r"\w+", phrase or word)
        if parts:
            found.append('"' + " ".join(parts) + '"' + ("" if phrase else "*"))
    return " AND ".join(found)
