"""The reference engine: every paper is taken in hand and its preferences are read from the first on.

Slow, and nothing to understand: the fast engine (``trie.py``) is held against it.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from comitia.decide import profile as profiles


@dataclass(frozen=True, slots=True)
class Heap:
    """Papers in hand: (how many alike, ranking, how many of its preferences have been read)."""

    papers: tuple[tuple[int, profiles.Ranking, int], ...]

    @property
    def number(self) -> int:
        return sum(weight for weight, _, _ in self.papers)


@dataclass(frozen=True, slots=True)
class OneByOne:
    """Valid papers as they stand."""

    ballots: tuple[tuple[int, profiles.Ranking], ...]
    blank: int
    candidates: int

    @property
    def valid(self) -> int:
        return sum(weight for weight, _ in self.ballots)

    def all_papers(self) -> Heap:
        return Heap(tuple((weight, ranking, 0) for weight, ranking in self.ballots))

    def by_next_preference(self, pile: Heap, continuing: Container[int]) -> Iterator[tuple[int | None, Heap]]:
        parts: dict[int | None, list[tuple[int, profiles.Ranking, int]]] = {}
        for weight, ranking, read in pile.papers:
            candidate: int | None = None
            while candidate is None and read < len(ranking):
                if ranking[read] in continuing:
                    candidate = ranking[read]
                read += 1
            parts.setdefault(candidate, []).append((weight, ranking, read))
        for candidate in sorted(parts, key=lambda c: (c is None, c)):
            yield candidate, Heap(tuple(parts[candidate]))

    def preferences(self, standing: Sequence[int]) -> list[list[int]]:
        found = [[0] * self.candidates for _ in range(self.candidates)]
        for weight, ranking in self.ballots:
            unranked = [c for c in standing if c not in ranking]
            for place, one in enumerate(ranking):
                for other in (*ranking[place + 1 :], *unranked):
                    found[one][other] += weight
        return found


def sort(ballots: Sequence[tuple[int, profiles.Ranking]], *, candidates: int) -> OneByOne:
    """Return merged papers, blank ones apart."""
    blank = sum(weight for weight, ranking in ballots if not ranking)
    return OneByOne(tuple((weight, ranking) for weight, ranking in ballots if ranking), blank, candidates)
