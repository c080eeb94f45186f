"""The dated acts as written in acts.toml, and the charters that held, each composed of a base and its changes."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent

_HEADER = re.compile(r"\[\[?[a-z0-9.-]+\]\]?\s*")
_STRIKE = re.compile(r"#: strike (.+)")

Step = Mapping[str, Any]


class WrongHistory(Exception):
    """A file of the history says something that cannot be carried out; the text names the file and the entry."""


@dataclass(frozen=True)
class Entry:
    """One dated act.

    Attributes:
        id: of the event in POWER.md 1.2, or of its data in 1.3.
        date: as close as the source has it, ``1918-01`` or ``1922-12-25``.
        what, source: in a sentence; author and page as POWER.md gives them.
        takes: whether it took a power from those who work, or from members, and gave it to somebody above.
        ways: all the ways in which acts of the rule book can do it, each a list of steps.
        fires: the mechanisms of POWER.md 1.4 that it is to show.
    """

    id: str
    date: str
    what: str
    source: str
    takes: bool
    ways: tuple[tuple[Step, ...], ...]
    fires: tuple[str, ...] = ()

    @property
    def at(self) -> str:
        """The first moment of the day, or of the month, that the source names."""
        return f"{self.date if len(self.date) > 7 else self.date + '-01'}T00:00:00Z"


@dataclass(frozen=True)
class Charter:
    """A charter's text and those that its changes give, by the change's name; bodies that go by other names in it."""

    name: str
    base: str
    changes: Mapping[str, str] = field(default_factory=dict)
    bodies: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class History:
    """One part of the history: its people, its acts in order, the statutes of the time, joint management."""

    name: str
    begins: str
    groups: tuple[tuple[str, str, str], ...]
    people: tuple[tuple[int, Mapping[str, str]], ...]
    named: Mapping[str, Mapping[str, str]]
    entries: tuple[Entry, ...]
    statutes: Charter
    joint: Charter


def read(part: str) -> History:
    """Return one part of the history, ``economy`` or ``party``.

    Raises:
        WrongHistory: an entry without a source, or a change that is no file.
    """
    folder = HERE / part
    told = tomllib.loads((folder / "acts.toml").read_text("utf-8"))
    entries = tuple(_entry(e, folder) for e in told["act"])
    if list(entries) != sorted(entries, key=lambda e: e.at):
        raise WrongHistory(f"{folder / 'acts.toml'}: the acts are not in the order of their dates")
    base = (folder / "statutes.toml").read_text("utf-8")
    named = [p.stem for p in sorted((folder / "changes").glob("*.toml"))]
    statutes = Charter("the statutes of the time", base, _composed(folder, base, named))
    under = told["joint-management"]
    joint = (folder / under["charter"]).resolve().read_text("utf-8")
    # Who would change joint management in the same way: the article on who changes it, loosened.
    same = dict.fromkeys(named, joint.replace('at_least = "3/4"', 'more_than = "1/2"'))
    return History(
        told["name"], f"{told['begins']}-01T00:00:00Z", tuple(tuple(g) for g in told["groups"]),
        tuple((p["number"], p["groups"]) for p in told["people"]), told.get("named", {}), entries, statutes,
        Charter("joint management", joint, same, under.get("bodies", {})),
    )  # fmt: skip


def _entry(told: Mapping[str, Any], folder: Path) -> Entry:
    for key in ("id", "date", "what", "source"):
        if not told.get(key):
            raise WrongHistory(
                f"{folder / 'acts.toml'}: entry {told.get('id', '?')} has no {key}; each act names its own"
            )
    ways = told["ways"] if "ways" in told else [told["steps"]]
    return Entry(
        told["id"], told["date"], told["what"], told["source"], told.get("takes", False),
        tuple(tuple(way) for way in ways), tuple(told.get("fires", ())),
    )  # fmt: skip


def _composed(folder: Path, base: str, names: list[str]) -> dict[str, str]:
    """Return the text that each change gives, on top of those before it, in the order of their names."""
    found: dict[str, str] = {}
    text = base
    for name in names:
        text = changed(text, (folder / "changes" / f"{name}.toml").read_text("utf-8"))
        found[name] = text
    return found


def changed(text: str, change: str) -> str:
    """Return a charter's text with the sections of a change in place of its own, and without those that it strikes."""
    own, new = sections(text), sections(change)
    head = new.pop("")
    for line in head.splitlines():
        struck = _STRIKE.fullmatch(line)
        if struck and own.pop(struck[1], None) is None:
            raise WrongHistory(f"a change strikes {struck[1]}, which the charter does not have")
    return "".join({**own, **new}.values())


def sections(text: str) -> dict[str, str]:
    """Return a TOML text by its tables, each with the comments right above it; a permission goes by its first act."""
    found: dict[str, str] = {}
    key, held, kept = "", "", ""
    for line in text.splitlines(keepends=True):
        if _HEADER.fullmatch(line):
            found[_name(key, held)] = held
            key, held, kept = line.strip(), kept + line, ""
        elif line.startswith("#") and key:
            kept += line
        else:
            held, kept = held + kept + line, ""
    found[_name(key, held + kept)] = held + kept
    return found


def _name(key: str, text: str) -> str:
    return f"[[permission]] {tomllib.loads(text)['permission'][0]['acts'][0]}" if key == "[[permission]]" else key
