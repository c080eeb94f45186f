"""Papers gathered line by line from a ballot file of any format, and the one error that a malformed file gets."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm

from comitia.decide import marks, packed, profile as profiles

_WEIGHT = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,9})?")


class BallotFileWrong(Exception):
    """A line of a ballot file that cannot be read: ``line`` from 1, ``found``, ``expected``, ``column`` where known."""

    def __init__(self, line: int, found: str, expected: str, *, column: int | None = None) -> None:
        shown = found if len(found) <= 60 else found[:57] + "..."
        place = f"line {line}" if column is None else f"line {line}, column {column}"
        super().__init__(f"{place}: expected {expected}, found {shown!r}")
        self.line = line
        self.found = found
        self.expected = expected
        self.column = column


@dataclass(slots=True)
class Gathered:
    """Papers on the way from a file to a profile.

    Attributes:
        reading: how marks are read that are no plain ranking.
        wanted: the line, or the identity, of one paper that the reader asks for; ``paper`` is what it ranks.
        strict: papers by the string of their ranking (``packed.py``); whole numbers, or fractions where the file has
            decimals.
        equal: papers with equal ranks.
        plain: all papers, where the whole file was read in bulk (``plain_lines.py``).
    """

    reading: marks.Reading = marks.STRICT
    wanted: int | str | None = None
    paper: profiles.Ranks | None = None
    strict: dict[str, int | Fraction] = field(default_factory=dict)
    equal: dict[profiles.Ranks, int | Fraction] = field(default_factory=dict)
    spoilt: int | Fraction = 0
    plain: packed.Packed | None = None


class Unwritable(Exception):
    """Something that a format cannot hold: ``what``, and the ``format``."""

    def __init__(self, what: str, format: str) -> None:
        super().__init__(f"{format} cannot hold {what}; write another format, or change it first")
        self.what = what
        self.format = format


def check_one_line(name: str, format: str) -> None:
    """Refuse a name that would begin a new line of a file.

    Raises:
        Unwritable: a line break.
    """
    if "\n" in name or "\r" in name:
        raise Unwritable(f"the name {name!r}, which has a line break", format)


def text_of(raw: bytes) -> str:
    """Return a file's text: UTF-8, else Latin-1, in which older councils wrote."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def each_line(raw: bytes) -> Iterator[tuple[int, str]]:
    """Yield the lines of a file with their numbers, stripped, without the empty ones."""
    for number, line in enumerate(text_of(raw).split("\n"), start=1):
        stripped = line.strip()
        if stripped:
            yield number, stripped


def lines_of(raw: bytes) -> list[tuple[int, str]]:
    """Return the lines of a file with their numbers, stripped, without the empty ones."""
    return list(each_line(raw))


def weight_text(weight: int, scale: int) -> str:
    """Return a weight of a profile in papers of the file: with decimals, where the file has them."""
    whole, rest = divmod(weight, scale)
    return f"{whole}.{rest * 10**9 // scale:09d}".rstrip("0") if rest else str(whole)


def is_number(word: str) -> bool:
    """Say whether a word is a whole number or has decimals, so that what is wrong with it is its size."""
    return bool(_WEIGHT.fullmatch(word))


def weight_of(word: str) -> int | Fraction | None:
    """Return the number of papers that a word of a file gives, more than 0; None if it gives none."""
    if not _WEIGHT.fullmatch(word):
        return None
    number = Fraction(word)
    return None if number <= 0 else int(number) if number.denominator == 1 else number


def add(
    gathered: Gathered,
    line: tuple[int, str],
    marked: Sequence[Sequence[int]],
    *,
    weight: int | Fraction,
    identity: str = "",
) -> None:
    """Add papers as they are marked.

    Args:
        line: its number from 1, and its text.
        marked: candidates by rank, as for ``marks.ranks``.

    Raises:
        BallotFileWrong: marks that are no plain ranking, for which no reading was named.
    """
    try:
        ranks = marks.ranks(marked, gathered.reading)
    except marks.MarksUnread as unread:
        raise BallotFileWrong(line[0], line[1], f"a plain ranking ({unread})") from unread
    if gathered.wanted is not None and gathered.wanted in (line[0], identity):
        gathered.paper = () if ranks is None else ranks
    if ranks is None:
        gathered.spoilt += weight
    elif all(len(rank) == 1 for rank in ranks):
        key = packed.key([rank[0] for rank in ranks])
        gathered.strict[key] = gathered.strict.get(key, 0) + weight
    else:
        ordered = tuple(tuple(sorted(rank)) for rank in ranks)
        gathered.equal[ordered] = gathered.equal.get(ordered, 0) + weight


def ballot_file(
    gathered: Gathered,
    names: Sequence[str],
    *,
    seats: int | None,
    title: str = "",
    withdrawn: frozenset[int] = frozenset(),
    notes: Sequence[str] = (),
) -> profiles.BallotFile:
    """Return what a file says, once all its papers are gathered; decimal weights are scaled to whole numbers."""
    weights = (*gathered.strict.values(), *gathered.equal.values(), gathered.spoilt)
    fractions = [weight.denominator for weight in weights if isinstance(weight, Fraction)]
    scale = lcm(*fractions)
    profile = profiles.Profile(
        tuple(names),
        gathered.plain or packed.of({key: int(weight * scale) for key, weight in gathered.strict.items()}),
        withdrawn,
        tuple((int(weight * scale), ranks) for ranks, weight in sorted(gathered.equal.items())),
    )
    return profiles.BallotFile(profile, seats, title, int(gathered.spoilt * scale), scale, tuple(notes))
