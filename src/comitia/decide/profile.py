"""Ballot papers as the counting rules take them: candidates, and how many papers bear which ranking."""

from collections.abc import Sequence
from dataclasses import dataclass

Ranking = tuple[int, ...]
Ranks = tuple[tuple[int, ...], ...]


def ranks_text(ranks: Sequence[Sequence[int]]) -> str:
    """Return ranks as a ballot file writes them: ``1 2=3``, candidates from 1."""
    return " ".join("=".join(str(position + 1) for position in rank) for rank in ranks)


class ProfileWrong(Exception):
    """A paper that no rule can count: ``ranking`` and ``weight`` as given, ``reason`` in words."""

    def __init__(self, ranking: Sequence[int], weight: int, reason: str) -> None:
        shown = " ".join(str(position + 1) for position in ranking)
        super().__init__(f"a ballot paper with the ranking [{shown}] on {weight} papers cannot be counted: {reason}")
        self.ranking = tuple(ranking)
        self.weight = weight
        self.reason = reason


class EqualRanks(Exception):
    """A paper with equal ranks, put to a rule that takes strict rankings only: ``ranks`` and ``weight`` as given."""

    def __init__(self, ranks: Ranks, weight: int) -> None:
        super().__init__(
            f"a ballot paper with the ranking [{ranks_text(ranks)}] on {weight} papers ranks candidates equally, and "
            "this rule takes strict rankings only; choose a rule that takes equal ranks, or say how the file's equal "
            "ranks are to be read (skip, stop or spoilt)"
        )
        self.ranks = ranks
        self.weight = weight


@dataclass(frozen=True, slots=True)
class Profile:
    """All ballot papers of one election.

    Attributes:
        candidates: names, in the order of the ballot file; everything else speaks of a candidate by position from 0.
        ballots: (how many papers, ranking from the first preference on). An empty ranking is a blank paper. A tuple,
            or another sequence that compares equal to it (``packed.py``).
        withdrawn: positions of candidates who withdrew before the count; preferences for them are passed over.
        equal: (how many papers, ranks from the first on) of the papers that rank several candidates equally.
    """

    candidates: tuple[str, ...]
    ballots: Sequence[tuple[int, Ranking]]
    withdrawn: frozenset[int] = frozenset()
    equal: tuple[tuple[int, Ranks], ...] = ()


@dataclass(frozen=True, slots=True)
class BallotFile:
    """What a ballot file says.

    Attributes:
        profile: the papers.
        seats: to fill; None where the format has none.
        title: "" where there is none.
        spoilt: papers set apart because the marks on them were to be read so.
        scale: how many papers of the profile stand for one paper of the file, whose weights have decimals; 1 otherwise.
        notes: sentences on what the file says and no rule reads.
    """

    profile: Profile
    seats: int | None
    title: str
    spoilt: int = 0
    scale: int = 1
    notes: tuple[str, ...] = ()


def check_ranking(ranking: Sequence[int], *, candidates: int, weight: int) -> None:
    """Refuse a ranking that names somebody who does not stand, or somebody twice.

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


def merged_with_equal(profile: Profile) -> tuple[tuple[tuple[int, Ranking], ...], tuple[tuple[int, Ranks], ...]]:
    """Return the papers with strict rankings, then those with equal ranks, each merged, sorted, withdrawn passed over.

    A paper whose equal ranks were parted by a withdrawal is strict. Blank papers, and papers that name only withdrawn
    candidates, come first as the empty ranking. Candidates of one rank stand in the order of the file.

    Raises:
        ProfileWrong: a paper that no rule can count.
    """
    everybody = frozenset(range(len(profile.candidates)))
    papers: dict[Ranking, int] = {}
    for weight, ranking in profile.ballots:
        if weight < 1:
            raise ProfileWrong(ranking, weight, "the number of papers must be 1 or more")
        papers[ranking] = papers.get(ranking, 0) + weight
    for ranking, weight in papers.items():
        if len(set(ranking)) != len(ranking) or not everybody.issuperset(ranking):
            check_ranking(ranking, candidates=len(profile.candidates), weight=weight)
    if profile.withdrawn:
        left: dict[Ranking, int] = {}
        for ranking, weight in papers.items():
            kept = tuple(position for position in ranking if position not in profile.withdrawn)
            left[kept] = left.get(kept, 0) + weight
        papers = left
    equal: dict[Ranks, int] = {}
    for weight, given in profile.equal:
        check_ranking([c for rank in given for c in rank], candidates=len(profile.candidates), weight=weight)
        ranks = tuple(rank for rank in (tuple(sorted(set(rank) - profile.withdrawn)) for rank in given) if rank)
        if all(len(rank) == 1 for rank in ranks):
            strict = tuple(rank[0] for rank in ranks)
            papers[strict] = papers.get(strict, 0) + weight
        else:
            equal[ranks] = equal.get(ranks, 0) + weight
    return (
        tuple((weight, ranking) for ranking, weight in sorted(papers.items())),
        tuple((weight, ranks) for ranks, weight in sorted(equal.items())),
    )


def merged(profile: Profile) -> tuple[tuple[int, Ranking], ...]:
    """Return the papers with equal rankings put together, withdrawn candidates passed over, sorted by ranking.

    Blank papers, and papers that name only withdrawn candidates, come first as the empty ranking.

    Raises:
        ProfileWrong: a paper that no rule can count.
        EqualRanks: a paper that ranks several candidates equally.
    """
    strict, equal = merged_with_equal(profile)
    if equal:
        weight, ranks = equal[0]
        raise EqualRanks(ranks, weight)
    return strict


def standing(profile: Profile) -> tuple[int, ...]:
    """Return the positions of the candidates who have not withdrawn, in the order of the file."""
    return tuple(position for position in range(len(profile.candidates)) if position not in profile.withdrawn)
