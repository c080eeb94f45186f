"""Piles of papers as the counting rules handle them: parted by the next preference, and counted.

Two engines stand behind the same few functions, and a rule cannot tell them apart: papers given as a plain tuple are
taken in hand one by one (``one_by_one.py``, the reference); packed papers (``packed.py``, what the readers of ballot
files give) are read as a trie (``trie.py``, fast). Tests compare the whole sheets of both.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol, runtime_checkable

from comitia.decide import one_by_one, packed, profile as profiles, trie


class Pile(Protocol):
    """Some papers; what else a pile is, only its engine knows."""

    @property
    def number(self) -> int:
        """How many papers."""


class Papers(Protocol):
    """The valid papers of a count."""

    @property
    def valid(self) -> int:
        """How many papers have at least one preference for a candidate who stands."""

    @property
    def blank(self) -> int:
        """How many have none."""

    def all_papers(self) -> Pile:
        """Return the pile of all valid papers, none of whose preferences has been read."""

    def by_next_preference(self, pile: Any, continuing: Container[int]) -> Iterator[tuple[int | None, Pile]]:
        """Yield the parts of one of this engine's own piles."""

    def preferences(self, standing: Sequence[int]) -> list[list[int]]:
        """Return N: N[a][b] papers prefer a (row) to b (column), as ``pairwise.py`` says."""


@runtime_checkable
class OwnEngine(Protocol):
    """Ballots of a profile that bring their own engine; no rule imports it (``accelerated/``)."""

    def sort(self, withdrawn: frozenset[int], *, candidates: int) -> Papers:
        """Return the papers, withdrawn candidates passed over, blank papers apart."""


def sort_with_equal(profile: profiles.Profile) -> tuple[Papers, tuple[tuple[int, profiles.Ranks], ...]]:
    """Return the papers with strict rankings, and beside them those with equal ranks, merged and sorted.

    Raises:
        ProfileWrong: a paper that no rule can count.
    """
    ballots, candidates = profile.ballots, len(profile.candidates)
    if not profile.equal:
        if isinstance(ballots, packed.Packed):
            return trie.sort(ballots, profile.withdrawn, candidates=candidates), ()
        if isinstance(ballots, OwnEngine):
            return ballots.sort(profile.withdrawn, candidates=candidates), ()
    strict, equal = profiles.merged_with_equal(profile)
    if isinstance(ballots, tuple):
        return one_by_one.sort(strict, candidates=candidates), equal
    left = packed.of({packed.key(ranking): weight for weight, ranking in strict})
    return trie.sort(left, frozenset(), candidates=candidates), equal


def sort(profile: profiles.Profile) -> Papers:
    """Return the papers of a profile, equal ones together, blank ones apart.

    Raises:
        ProfileWrong: a paper that no rule can count.
        EqualRanks: a paper that ranks several candidates equally.
    """
    papers, equal = sort_with_equal(profile)
    if equal:
        raise profiles.EqualRanks(equal[0][1], equal[0][0])
    return papers


def number(papers: Papers, pile: Pile) -> int:
    """Return how many papers lie in a pile."""
    return pile.number


def all_papers(papers: Papers) -> Pile:
    """Return the pile of all valid papers, none of whose preferences has been read."""
    return papers.all_papers()


def by_next_preference(papers: Papers, pile: Pile, continuing: Container[int]) -> Iterator[tuple[int | None, Pile]]:
    """Yield a pile's parts, each with the next preferred continuing candidate, or None where there is none.

    Preferences for candidates who no longer continue are passed over. Each candidate comes up at most once, in the
    order of the file, None last.
    """
    return papers.by_next_preference(pile, continuing)


@dataclass(frozen=True, slots=True)
class Valued:
    """Papers alike: the exact value of each, how many they are, and their whole ranking."""

    value: Fraction
    number: int
    ranking: profiles.Ranking


def valued(parcels: Iterable[tuple[Fraction, Pile]]) -> tuple[Valued, ...]:
    """Return the papers of piles of the reference engine, which keeps their rankings, each with its value."""
    found: list[Valued] = []
    for value, pile in parcels:
        assert isinstance(pile, one_by_one.Heap), "papers are given as a tuple"
        found += [Valued(value, number, ranking) for number, ranking, _ in pile.papers]
    return tuple(found)
