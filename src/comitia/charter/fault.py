"""What a fault of a charter is, and the small questions that all searches for faults ask."""

from dataclasses import dataclass

from comitia.charter.structure import Charter, Kind


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a charter.

    Attributes:
        name: the sort of fault, for instance ``tie-blocks``; the list is in docs/reference/charter-language.md.
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


def roots(kind: Kind) -> tuple[str, ...]:
    """Return the kinds whose people fill the seats of a kind, or sit in it as houses."""
    return kind.houses if kind.form == "joint" else (kind.electors,) if kind.electors else ()


def electors_above(charter: Charter, kind: Kind) -> frozenset[str]:
    """Return every kind that is met going from a kind to its electors, to theirs, and so on."""
    met: set[str] = set()
    ahead = list(roots(kind))
    while ahead:
        name = ahead.pop()
        if name in met or name not in charter.kinds:
            continue
        met.add(name)
        ahead += roots(charter.kinds[name])
    return frozenset(met)


def is_seated(kind: Kind) -> bool:
    """Return whether holders of seats vote in it, rather than all members."""
    return kind.form != "all"


def quoted(names: tuple[str, ...]) -> str:
    """Return names for a sentence."""
    return ", ".join(f"“{name}”" for name in names)
