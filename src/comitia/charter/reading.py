"""Tables of a charter file, read value by value with the place of each fault.

No value has a default here: what a charter does not say, it has not decided.
"""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from comitia.charter import lines

Choice = TypeVar("Choice", bound=str)

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FRACTION = re.compile(r"(\d{1,9})/(\d{1,9})|0|1")


class WrongCharter(Exception):
    """A charter file does not say what it must: the place, what was expected there, and what stands there.

    Attributes:
        file: the name under which the text was given.
        line: from 1; of the table when the key is missing.
        article: the article that the table belongs to, "" when it names none.
        key: the key with its table, for instance ``kind.committee.seats``.
    """

    def __init__(self, file: str, line: int, *, article: str, key: str, expected: str, found: str) -> None:
        self.file, self.line, self.article, self.key, self.expected, self.found = (
            file,
            line,
            article,
            key,
            expected,
            found,
        )
        place = f"{file}, line {line}" + (f", article {article}" if article else "") + (f", {key}" if key else "")
        super().__init__(f"{place}: expected {expected}, found {found}. Change this line and check the charter again.")


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the file: its path, its values, and the line of every key."""

    file: str
    path: lines.Path
    values: Mapping[str, object]
    places: Mapping[lines.Path, int]

    @property
    def line(self) -> int:
        """The line of the table's header."""
        return self.places.get(self.path, 1)


def wrong(table: Table, key: str, *, expected: str, found: str) -> WrongCharter:
    """Return the error for one key of a table, with its line and article."""
    article = table.values.get("article", table.path[1] if table.path[:1] == ("article",) else "")
    line = table.places.get((*table.path, key), table.line)
    dotted = ".".join((*table.path, key) if key else table.path)
    return WrongCharter(
        table.file,
        line,
        article=article if isinstance(article, str) else "",
        key=dotted,
        expected=expected,
        found=found,
    )


def check_keys(table: Table, known: tuple[str, ...]) -> None:
    """Refuse a key that the charter language does not have.

    Raises:
        WrongCharter: naming the nearest known key.
    """
    for key in table.values:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            expected = f"“{near[0]}”, the nearest known key" if near else "one of " + ", ".join(known)
            raise wrong(table, key, expected=expected, found=f"the unknown key “{key}”")


def _value(table: Table, key: str, expected: str) -> object:
    if key not in table.values:
        raise wrong(table, key, expected=expected, found="nothing: this key is missing, and it has no default")
    return table.values[key]


def text(table: Table, key: str, *, empty: bool = False) -> str:
    """Return a text; an empty one only where ``empty`` says so."""
    expected = "a text" if empty else "a text that is not empty"
    value = _value(table, key, expected)
    if not isinstance(value, str) or not (empty or value.strip()):
        raise wrong(table, key, expected=expected, found=shown(value))
    return value


def name_of(table: Table, key: str, *, empty: bool = False) -> str:
    """Return the id of something the charter declares: small letters, digits and hyphens."""
    value = text(table, key, empty=empty)
    if value and not _ID.fullmatch(value):
        raise wrong(table, key, expected="an id of small letters, digits and hyphens", found=shown(value))
    return value


def texts(table: Table, key: str) -> tuple[str, ...]:
    """Return a list of texts, which may be empty but not hold one twice."""
    value = _value(table, key, "a list of texts")
    if not isinstance(value, list) or not all(isinstance(entry, str) and entry for entry in value):
        raise wrong(table, key, expected="a list of texts", found=shown(value))
    if len(set(value)) < len(value):
        raise wrong(table, key, expected="each entry once", found=shown(value))
    return tuple(value)


def whole(table: Table, key: str, *, least: int) -> int:
    """Return a whole number of at least ``least``."""
    expected = f"a whole number of at least {least}"
    value = _value(table, key, expected)
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise wrong(table, key, expected=expected, found=shown(value))
    return value


def yes(table: Table, key: str) -> bool:
    """Return true or false."""
    value = _value(table, key, "true or false")
    if not isinstance(value, bool):
        raise wrong(table, key, expected="true or false", found=shown(value))
    return value


def fraction(table: Table, key: str) -> Fraction:
    """Return an exact share between 0 and 1, written as text: "1/2", "0" or "1"."""
    expected = 'a share between 0 and 1 written as text, for instance "1/2"'
    value = _value(table, key, expected)
    if not isinstance(value, str) or not _FRACTION.fullmatch(value) or value.endswith("/0"):
        raise wrong(table, key, expected=expected, found=shown(value))
    share = Fraction(value)
    if share > 1:
        raise wrong(table, key, expected=expected, found=shown(value))
    return share


def one_of(table: Table, key: str, choices: tuple[Choice, ...]) -> Choice:
    """Return one of a closed list of words."""
    expected = "one of " + ", ".join(choices)
    value = _value(table, key, expected)
    for choice in choices:
        if value == choice:
            return choice
    raise wrong(table, key, expected=expected, found=shown(value))


def threshold(table: Table) -> tuple[Fraction, bool]:
    """Return the share that must be reached and whether it must be exceeded (``more_than``) or met (``at_least``)."""
    given = [key for key in ("more_than", "at_least") if key in table.values]
    if len(given) != 1:
        raise wrong(
            table,
            given[0] if given else "more_than",
            expected="exactly one of more_than and at_least",
            found="both" if given else "neither",
        )
    return fraction(table, given[0]), given[0] == "more_than"


def shown(value: object) -> str:
    """Return a value as the reader of the file wrote it, cut short."""
    if isinstance(value, bool):
        return "true" if value else "false"
    written = f"“{value}”" if isinstance(value, str) else str(value)
    return written if len(written) <= 60 else written[:57] + "..."
