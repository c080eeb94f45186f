"""Sorted ballot papers read as a trie: a pile of papers that agree so far is a range, and splitting it costs little.

A pile is (first, end, depth): the papers ``first`` to ``end`` (excluded) of the sorted list share their first ``depth``
preferences. Papers thus move between candidates without being touched one by one.
"""

from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from comitia.decide import profile as profiles

Pile = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Papers:
    """Valid papers, sorted: ``rankings`` (distinct), and ``before[i]`` papers that lie before ranking i."""

    rankings: Sequence[Sequence[int]]
    before: Sequence[int]
    blank: int

    @property
    def valid(self) -> int:
        """The number of papers with at least one preference for a candidate who stands."""
        return self.before[-1]


def sort(profile: profiles.Profile) -> Papers:
    """Return the papers of a profile, equal ones together, blank ones apart.

    Raises:
        ProfileWrong: a paper that no rule can count.
    """
    ballots = profiles.merged(profile)
    blank = 0
    if ballots and not ballots[0][1]:
        blank, ballots = ballots[0][0], ballots[1:]
    weights = [weight for weight, _ in ballots]
    rankings = [ranking for _, ranking in ballots]
    return Papers(rankings, (0, *accumulate(weights)), blank)


def number(papers: Papers, pile: Pile) -> int:
    """Return how many papers lie in a pile."""
    return papers.before[pile[1]] - papers.before[pile[0]]


def all_papers(papers: Papers) -> Pile:
    """Return the pile of all valid papers, none of whose preferences has been read."""
    return (0, len(papers.rankings), 0)


def by_next_preference(papers: Papers, pile: Pile, continuing: Container[int]) -> Iterator[tuple[int | None, Pile]]:
    """Yield a pile's parts, each with the next preferred continuing candidate, or None where there is none.

    Preferences for candidates who no longer continue are passed over. A candidate may come up more than once.
    """
    waiting = [pile]
    while waiting:
        first, end, depth = waiting.pop()
        # Sorted order puts the paper that ends here, if any, before those that go on.
        if first < end and len(papers.rankings[first]) == depth:
            yield None, (first, first + 1, depth)
            first += 1
        while first < end:
            candidate = papers.rankings[first][depth]
            split = bisect_left(papers.rankings, candidate + 1, first, end, key=lambda ranking: ranking[depth])
            part = (first, split, depth + 1)
            if candidate in continuing:
                yield candidate, part
            else:
                waiting.append(part)
            first = split
