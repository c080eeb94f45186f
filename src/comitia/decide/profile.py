"""Ballot papers as the counting rules take them: candidates, and how many papers bear which ranking."""

from collections.abc import Sequence
from dataclasses import dataclass

Ranking = tuple[int, ...]


class ProfileWrong(Exception):
    """A paper that no rule can count: ``ranking`` and ``weight`` as given, ``reason`` in words."""

    def __init__(self, ranking: Sequence[int], weight: int, reason: str) -> None:
        shown = " ".join(str(position + 1) for position in ranking)
        super().__init__(f"a ballot paper with the ranking [{shown}] on {weight} papers cannot be counted: {reason}")
        self.ranking = tuple(ranking)
        self.weight = weight
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Profile:
    """All ballot papers of one election.

    Attributes:
        candidates: names, in the order of the ballot file; everything else speaks of a candidate by position from 0.
        ballots: (how many papers, ranking from the first preference on). An empty ranking is a blank paper.
        withdrawn: positions of candidates who withdrew before the count; preferences for them are passed over.
    """

    candidates: tuple[str, ...]
    ballots: tuple[tuple[int, Ranking], ...]
    withdrawn: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class BallotFile:
    """What a ballot file says: the papers, the seats to fill (None where the format has none), and its title."""

    profile: Profile
    seats: int | None
    title: str


def check_ranking(ranking: Sequence[int], *, candidates: int, weight: int) -> None:
    """Refuse a ranking that names nobody, or somebody twice.

    Args:
        ranking: positions from 0, first preference first.
        candidates: how many candidates stand.
        weight: number of papers that bear the ranking.

    Raises:
        ProfileWrong: a position outside the list, a candidate named twice, or fewer than one paper.
    """
    if weight < 1:
        raise ProfileWrong(ranking, weight, "the number of papers must be 1 or more")
    if ranking and not (min(ranking) >= 0 and max(ranking) < candidates):
        raise ProfileWrong(ranking, weight, f"it names a candidate outside 1 to {candidates}")
    if len(set(ranking)) != len(ranking):
        raise ProfileWrong(ranking, weight, "it names a candidate twice")


def merged(profile: Profile) -> tuple[tuple[int, Ranking], ...]:
    """Return the papers with equal rankings put together, withdrawn candidates passed over, sorted by ranking.

    Blank papers, and papers that name only withdrawn candidates, come first as the empty ranking.

    Raises:
        ProfileWrong: a paper that no rule can count.
    """
    papers: dict[Ranking, int] = {}
    for weight, ranking in profile.ballots:
        if weight < 1:
            raise ProfileWrong(ranking, weight, "the number of papers must be 1 or more")
        papers[ranking] = papers.get(ranking, 0) + weight
    everybody = frozenset(range(len(profile.candidates)))
    for ranking, weight in papers.items():
        if len(set(ranking)) != len(ranking) or not everybody.issuperset(ranking):
            check_ranking(ranking, candidates=len(profile.candidates), weight=weight)
    if profile.withdrawn:
        standing: dict[Ranking, int] = {}
        for ranking, weight in papers.items():
            kept = tuple(position for position in ranking if position not in profile.withdrawn)
            standing[kept] = standing.get(kept, 0) + weight
        papers = standing
    return tuple((weight, ranking) for ranking, weight in sorted(papers.items()))


def standing(profile: Profile) -> tuple[int, ...]:
    """Return the positions of the candidates who have not withdrawn, in the order of the file."""
    return tuple(position for position in range(len(profile.candidates)) if position not in profile.withdrawn)
