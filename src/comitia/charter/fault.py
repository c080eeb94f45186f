"""What a fault of a charter is, and the small questions that all searches for faults ask."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Protocol

from comitia.charter.structure import Article, Charter, Kind


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a charter.

    Attributes:
        name: the sort of fault, for instance ``tie-blocks``; the list is in docs/reference/charter-faults.md.
        line: of the table that is at fault, from 1.
        article: the article that the table cites, "" when there is none.
        reason: what is wrong, in a sentence.
        example: how it would harm, in a sentence.
        repair: what to change.
    """

    name: str
    line: int
    article: str
    reason: str
    example: str
    repair: str


class Place(Protocol):
    """A table of the charter: a kind, a matter, a recall, a permission."""

    @property
    def line(self) -> int:
        """The line on which it stands."""

    @property
    def article(self) -> str:
        """The article that it cites."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A line with an article, where no one table is at fault."""

    line: int
    article: str


def at(place: Place, name: str, *, reason: str, harm: str, repair: str) -> Fault:
    """Return a fault of the table that stands there."""
    return Fault(name, place.line, place.article, reason, harm, repair)


def at_article(article: Article, name: str, *, reason: str, harm: str, repair: str) -> Fault:
    """Return a fault of an article itself."""
    return at(Spot(article.line, article.number), name, reason=reason, harm=harm, repair=repair)


def roots(kind: Kind) -> tuple[str, ...]:
    """Return the kinds whose people fill the seats of a kind, or sit in it as houses."""
    match kind.form:
        case "joint":
            return kind.houses
        case "appointed":
            return kind.appointed_by
        case _:
            return (kind.electors,) if kind.electors else ()


def screens(kind: Kind) -> tuple[tuple[str, str], ...]:
    """Return the keys by which others decide who may stand for a kind, each with the kind that decides."""
    rule = kind.candidacy
    given = (("nominated_by", rule.nominated_by), ("gate", rule.gate)) if rule else ()
    return tuple((key, name) for key, name in given if name)


def electors_above(charter: Charter, kind: Kind) -> frozenset[str]:
    """Return every kind met going from a kind to those who fill its seats, to those who fill theirs, and so on."""
    return _closure(charter, kind, roots)


def choosers(kind: Kind) -> tuple[str, ...]:
    """Return the kinds that fill the seats of a kind, or decide who may stand for them."""
    return (*roots(kind), *(name for _, name in screens(kind)))


def choosers_above(charter: Charter, kind: Kind) -> frozenset[str]:
    """Return every kind met going from a kind to those who fill its seats or screen for them, and so on upwards."""
    return _closure(charter, kind, choosers)


def _closure(charter: Charter, kind: Kind, step: Callable[[Kind], tuple[str, ...]]) -> frozenset[str]:
    met: set[str] = set()
    ahead = list(step(kind))
    while ahead:
        name = ahead.pop()
        if name in met or name not in charter.kinds:
            continue
        met.add(name)
        ahead += step(charter.kinds[name])
    return frozenset(met)


def is_seated(kind: Kind) -> bool:
    """Return whether holders of seats vote in it, rather than all members."""
    return kind.form != "all"


def is_rooted(charter: Charter, kind: Kind) -> bool:
    """Return whether all members sit in it, or a chain of elections or appointments leads to it from where they do."""
    return not is_seated(kind) or any(charter.kinds[name].form == "all" for name in electors_above(charter, kind))


def is_cut_off(charter: Charter, kind: Kind) -> bool:
    """Return whether others fill its seats, and no chain of elections or appointments leads there from the members."""
    return bool(roots(kind)) and not is_rooted(charter, kind)


def gathered(charter: Charter, each: str) -> frozenset[str]:
    """Return the rolls whose groups lie in the groups of a roll, directly or through the tiers between."""
    met: set[str] = set()
    ahead = [each]
    while ahead:
        roll = charter.rolls.get(ahead.pop())
        below = [name for name in roll.gathers if name not in met] if roll else []
        met.update(below)
        ahead += below
    return frozenset(met)


def lies_above(charter: Charter, each: str, below: str) -> bool:
    """Return whether a body of this roll ("": the federation's) stands over the groups of another roll."""
    return not each or below in gathered(charter, each)


def seats_known(charter: Charter, kind: Kind) -> int | None:
    """Return how many seats a body of this kind has, where the charter alone says it."""
    if kind.form == "joint":
        # A joint body in a joint body is a fault of its own.
        sitting = [charter.kinds[h] for h in kind.houses if h in charter.kinds]
        houses = [seats_known(charter, house) for house in sitting if house.form != "joint"]
        return sum(n for n in houses if n is not None) if houses and None not in houses else None
    if kind.seats is None:
        return None
    if kind.seats.total is not None:
        return kind.seats.total
    return None if kind.constituencies else kind.seats.fixed


def electorate_known(charter: Charter, kind: Kind) -> int | None:
    """Return how many people fill a seat of this kind, where the charter alone says it."""
    electors = charter.kinds.get(kind.electors)
    # Several bodies vote as one where a body of the whole federation has no constituencies.
    if electors is None or not (kind.constituencies or kind.each == electors.each):
        return None
    return seats_known(charter, electors)


def needed(number: int, share: Fraction, *, strict: bool) -> int:
    """Return the least number of votes that is more than, or at least, a share of so many."""
    return floor(share * number) + 1 if strict else ceil(share * number)


def quoted(names: tuple[str, ...]) -> str:
    """Return names for a sentence."""
    return ", ".join(f"“{name}”" for name in names)
