"""Tables of a charter file, read value by value with the place of each fault.

No value has a default here: what a charter does not say, it has not decided.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TypeVar

from comitia.charter import key as forms, lines

Choice = TypeVar("Choice", bound=str)

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Control characters, and those that turn the order of reading round: an article must read as it is carried out.
_HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
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
    """One table of the file: its path, its values, and the line of every key.

    ``above`` is the article of the table in which it stands, where it cites none itself.
    """

    file: str
    path: lines.Path
    values: Mapping[str, object]
    places: Mapping[lines.Path, int]
    above: str = ""

    @property
    def article(self) -> str:
        """The article that the table belongs to, "" when it names none."""
        own = self.values.get("article", self.path[1] if self.path[:1] == ("article",) else self.above)
        return own if isinstance(own, str) else ""

    @property
    def line(self) -> int:
        """The line of the table's header."""
        return self.places.get(self.path, 1)


def wrong(table: Table, key: str, *, expected: str, found: str) -> WrongCharter:
    """Return the error for one key of a table, with its line and article."""
    line = table.places.get((*table.path, key), table.line)
    dotted = ".".join((*table.path, key) if key else table.path)
    return WrongCharter(
        table.file,
        line,
        article=table.article,
        key=dotted,
        expected=expected,
        found=found,
    )


def missing(table: Table, key: str, wanted: str) -> WrongCharter:
    """Return the error for a key that is not there."""
    return wrong(table, key, expected=wanted, found="nothing: this key is missing, and it has no default")


def tables(root: Table, name: str, *, demanded: bool) -> dict[str, Table]:
    """Return the tables ``[name.ID]`` of the file by their id.

    Raises:
        WrongCharter: there is none though one is demanded, or an id is not well formed.
    """
    told = f"tables such as [{name}.{'1' if name == 'article' else 'some-id'}]"
    if name not in root.values:
        if demanded:
            raise wrong(root, name, expected=told, found="nothing: there is none")
        return {}
    group = root.values[name]
    if not isinstance(group, dict):
        raise wrong(root, name, expected=told, found=shown(group))
    found: dict[str, Table] = {}
    for key, values in group.items():
        here = Table(root.file, (name, key), values if isinstance(values, dict) else {}, root.places)
        if not isinstance(values, dict):
            raise wrong(here, "", expected=told, found=shown(values))
        if not _ID.fullmatch(key):
            raise wrong(here, "", expected="an id of small letters, digits and hyphens", found=f"“{key}”")
        found[key] = here
    return found


def rows(root: Table, name: str, *, demanded: bool) -> list[Table]:
    """Return the tables ``[[name]]`` of the file in order.

    Raises:
        WrongCharter: there is none though one is demanded, or it is something else.
    """
    if name not in root.values and not demanded:
        return []
    found = root.values.get(name)
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise wrong(root, name, expected=f"tables [[{name}]]", found=shown(found) if found else "nothing")
    return [Table(root.file, (name, str(at)), row, root.places) for at, row in enumerate(found)]


def inner(table: Table, key: str) -> Table:
    """Return the table that stands under a key of a table, or the one table ``[key]`` of the file."""
    value = _value(table, key, forms.in_words(forms.Inner("", {})))
    if not isinstance(value, dict):
        raise wrong(table, key, expected=forms.in_words(forms.Inner("", {})), found=shown(value))
    path = (*table.path, key)
    places = {**table.places, path: table.places.get(path, table.line)}
    return Table(table.file, path, value, places, table.article)


def _value(table: Table, key: str, wanted: str) -> object:
    if key not in table.values:
        raise missing(table, key, wanted)
    return table.values[key]


def text(table: Table, key: str, *, empty: bool = False) -> str:
    """Return a text; an empty one only where ``empty`` says so."""
    wanted = forms.in_words(forms.Text(empty))
    value = _value(table, key, wanted)
    if not isinstance(value, str) or not (empty or value.strip()):
        raise wrong(table, key, expected=wanted, found=shown(value))
    hidden = _HIDDEN.search(value)
    if hidden:
        found = f"the character U+{ord(hidden.group()):04X}, which nobody sees"
        raise wrong(table, key, expected="words as they are read aloud", found=found)
    return value


def name_of(table: Table, key: str, *, empty: bool = False) -> str:
    """Return the id of something the charter declares: small letters, digits and hyphens."""
    value = text(table, key, empty=empty)
    if value and not _ID.fullmatch(value):
        raise wrong(table, key, expected=forms.in_words(forms.Id()), found=shown(value))
    return value


def name_or_none(table: Table, key: str) -> str:
    """Return an id, or "" where the key is left out: nobody and nothing."""
    return name_of(table, key, empty=True) if key in table.values else ""


def texts(table: Table, key: str) -> tuple[str, ...]:
    """Return a list of texts, which may be empty but not hold one twice."""
    wanted = forms.in_words(forms.Texts())
    value = _value(table, key, wanted)
    if not isinstance(value, list) or not all(isinstance(entry, str) and entry for entry in value):
        raise wrong(table, key, expected=wanted, found=shown(value))
    if len(set(value)) < len(value):
        raise wrong(table, key, expected="each entry once", found=shown(value))
    return tuple(value)


def whole(table: Table, key: str, *, least: int = 0, most: int = forms.MOST) -> int:
    """Return a whole number of at least ``least`` and at most ``most``."""
    wanted = forms.in_words(forms.Whole(least, most))
    value = _value(table, key, wanted)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise wrong(table, key, expected=wanted, found=shown(value))
    return value


def whole_or_none(table: Table, key: str) -> int:
    """Return a whole number, or 0 where the key is left out."""
    return whole(table, key) if key in table.values else 0


def yes(table: Table, key: str) -> bool:
    """Return true or false."""
    wanted = forms.in_words(forms.Yes())
    value = _value(table, key, wanted)
    if not isinstance(value, bool):
        raise wrong(table, key, expected=wanted, found=shown(value))
    return value


def fraction(table: Table, key: str) -> Fraction:
    """Return an exact share between 0 and 1, written as text: "1/2", "0" or "1"."""
    wanted = forms.in_words(forms.Share())
    share = _share(_value(table, key, wanted))
    if share is None:
        raise wrong(table, key, expected=wanted, found=shown(table.values[key]))
    return share


def rising(table: Table, key: str) -> tuple[Fraction, ...]:
    """Return a list of shares of which each is larger than the one before."""
    wanted = forms.in_words(forms.Shares())
    value = _value(table, key, wanted)
    shares = [_share(entry) for entry in value] if isinstance(value, list) else []
    found = [share for share in shares if share is not None]
    if not found or len(found) < len(shares) or any(a >= b for a, b in pairwise(found)):
        raise wrong(table, key, expected=wanted, found=shown(value))
    return tuple(found)


def share_or_people(table: Table, key: str) -> Fraction | int:
    """Return a share, or a whole number of people."""
    wanted = forms.in_words(forms.ShareOrPeople())
    value = _value(table, key, wanted)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= forms.MOST:
        return value
    share = _share(value)
    if share is None:
        raise wrong(table, key, expected=wanted, found=shown(value))
    return share


def _share(value: object) -> Fraction | None:
    written = _FRACTION.fullmatch(value) if isinstance(value, str) else None
    if written is None or (written.group(2) and not int(written.group(2))):
        return None
    share = Fraction(written.group())
    return share if share <= 1 else None


def one_of(table: Table, key: str, choices: tuple[Choice, ...]) -> Choice:
    """Return one of a closed list of words."""
    wanted = "one of " + ", ".join(choice or '""' for choice in choices)
    value = _value(table, key, wanted)
    for choice in choices:
        if value == choice:
            return choice
    raise wrong(table, key, expected=wanted, found=shown(value))


def threshold(table: Table, prefix: str = "") -> tuple[Fraction, bool]:
    """Return the share that must be reached, and whether it must be exceeded (``more_than``) or met (``at_least``)."""
    strict = f"{prefix}more_than" in table.values
    return fraction(table, f"{prefix}more_than" if strict else f"{prefix}at_least"), strict


def shown(value: object) -> str:
    """Return a value as the reader of the file wrote it, cut short."""
    if isinstance(value, bool):
        return "true" if value else "false"
    written = f"“{value}”" if isinstance(value, str) else str(value)
    written = _HIDDEN.sub(lambda found: f"\\u{ord(found.group()):04x}", written)
    return written if len(written) <= 60 else written[:57] + "..."
