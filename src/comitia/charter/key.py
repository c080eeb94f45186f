"""What a key of the charter language is: its name, the form of its value, and when it belongs to its table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, assert_never

MOST = 1_000_000_000
"""The largest number of people that a charter may name."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words for people; ``empty`` says whether there may be none."""

    empty: bool = False


@dataclass(frozen=True, slots=True)
class Id:
    """The id of something declared; ``empty`` says whether "" may stand for none."""

    empty: bool = False


@dataclass(frozen=True, slots=True)
class Texts:
    """A list of texts, each once."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from ``least`` to ``most``: no number without an end, for seats are counted and days added up."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Yes:
    """True or false."""


@dataclass(frozen=True, slots=True)
class Share:
    """An exact share between 0 and 1, as text."""


@dataclass(frozen=True, slots=True)
class Shares:
    """A list of shares, at least one, each larger than the one before."""


@dataclass(frozen=True, slots=True)
class ShareOrPeople:
    """A share, or a whole number of people."""


@dataclass(frozen=True, slots=True)
class Word:
    """One of a closed list of words; ``empty`` says whether "" may stand for none of them."""

    words: tuple[str, ...]
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Inner:
    """A table within the table: its form by the value of the key ``on`` beside it ("" where there is one form)."""

    on: str
    forms: Mapping[str, "TableForm"]


Value = Text | Id | Texts | Whole | Yes | Share | Shares | ShareOrPeople | Word | Inner


@dataclass(frozen=True, slots=True)
class Where:
    """A key belongs to its table only where the key ``on`` is as it says.

    Attributes:
        test: ``is`` one of ``among``, ``is not`` or ``is text but not`` one of them; it ``stands``, or ``is absent``.
    """

    on: str
    test: Literal["is", "is not", "is text but not", "stands", "is absent"]
    among: tuple[str | int, ...] = ()

    def holds(self, values: Mapping[str, object]) -> bool:
        """Return whether the condition is met in a table of these values."""
        if self.on not in values:
            return self.test == "is absent"
        value = values[self.on]
        match self.test:
            case "is":
                return value in self.among
            case "is not":
                return value not in self.among
            case "is text but not":
                return isinstance(value, str) and value not in self.among
            case "stands":
                return True
            case "is absent":
                return False
            case _:
                assert_never(self.test)


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a table.

    Attributes:
        group: keys of one group are rivals: where they belong, exactly one of them stands.
        where: all must hold for the key to belong; then it is demanded, unless ``optional``.
        idle: it may stand, without meaning, where it does not belong.
    """

    name: str
    value: Value
    optional: bool = False
    group: str = ""
    where: tuple[Where, ...] = ()
    idle: bool = False


@dataclass(frozen=True, slots=True)
class TableForm:
    """The keys of one sort of table, and where a table of it may take further keys from.

    Attributes:
        shared: the key that names a shared table whose keys it takes, "" where it takes none.
        partial: a shared table itself: it may hold any of the keys, and lacks what its takers say themselves.
    """

    keys: tuple[Key, ...]
    shared: str = ""
    partial: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all its keys."""
        return tuple(key.name for key in self.keys)


def in_words(value: Value) -> str:
    """Return what a value must be, for an error."""
    match value:
        case Text(empty):
            return "a text" if empty else "a text that is not empty"
        case Id():
            return "an id of small letters, digits and hyphens"
        case Texts():
            return "a list of texts"
        case Whole(least, most):
            return f"a whole number from {least} to {most:,}"
        case Yes():
            return "true or false"
        case Share():
            return 'a share between 0 and 1 written as text, for instance "1/2"'
        case Shares():
            return 'a list of shares that rise, for instance ["2/3", "3/4"]'
        case ShareOrPeople():
            return 'a share written as text, for instance "1/2", or a whole number of people'
        case Word(words):
            return "one of " + ", ".join(words)
        case Inner():
            return "a table, for instance { … = … }"
        case _:
            assert_never(value)
