"""Papers in batches, as rules of the last parcel hold them: all papers of one value that came in one transfer."""

from collections.abc import Container, Iterable
from dataclasses import dataclass

from comitia.decide import papers as piles


@dataclass(frozen=True, slots=True)
class Batch:
    """All papers of one value that came in one transfer (ERS97 6.1); the value in the rule's own units."""

    value: int
    papers: tuple[piles.Pile, ...]


def number(papers: piles.Papers, parcels: Iterable[piles.Pile]) -> int:
    """Return how many papers lie in some piles."""
    return sum(piles.number(papers, pile) for pile in parcels)


def by_next_preference(
    papers: piles.Papers, parcels: Iterable[piles.Pile], continuing: Container[int]
) -> dict[int | None, list[piles.Pile]]:
    """Return piles sorted by the next preference among those who continue; None: without one."""
    found: dict[int | None, list[piles.Pile]] = {}
    for pile in parcels:
        for to, part in piles.by_next_preference(papers, pile, continuing):
            found.setdefault(to, []).append(part)
    return found
