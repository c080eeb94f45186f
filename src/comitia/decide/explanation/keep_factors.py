"""The keep factors of a Meek count, stage by stage, found again from the papers and from who was elected and defeated.

The sheet of a count does not say them, and without them nobody can follow a paper. They are reckoned by the clauses of
``count/meek.py`` (B.2a, B.2b, B.2f) until they give the votes that the sheet says, to the last of nine decimals.

Notation: as there, in units of 0.000000001.
"""

from collections.abc import Sequence
from fractions import Fraction

from comitia.decide import keeping, papers as piles, profile as profiles, sheet
from comitia.decide.count.meek import ONE, equal_shares

# Meek's iteration ends long before.
MOST = 10_000


class OtherPapers(Exception):
    """A sheet that these papers do not give: ``stage`` from 1 is the first whose votes no keep factors reach."""

    def __init__(self, stage: int) -> None:
        super().__init__(f"the votes of stage {stage} do not follow from these papers: was another file counted?")
        self.stage = stage


def shares(ranks: profiles.Ranks, keep: Sequence[int]) -> tuple[dict[int, int], int]:
    """Return what each candidate takes of one paper, and what is left when its preferences are spent."""
    weight = ONE
    taken: dict[int, int] = {}
    for rank in ranks:
        # B.2a, E
        for c, kept in zip(rank, equal_shares(weight, [keep[c] for c in rank]), strict=True):
            if kept:
                taken[c] = kept
        weight = ONE - sum(taken.values())
        if any(keep[c] == ONE for c in rank):
            break
    return taken, weight


def factors(profile: profiles.Profile, counted: sheet.Sheet) -> tuple[tuple[int, ...], ...]:
    """Return the keep factors of all candidates that give the votes of each stage.

    Raises:
        OtherPapers: the sheet is not that of a Meek count of these papers.
    """
    papers, equal = piles.sort_with_equal(profile)
    standing = set(profiles.standing(profile))
    lines = keeping.first_lines(papers, standing)
    keep = [ONE if c in standing else 0 for c in range(len(profile.candidates))]
    elected: list[int] = []
    found: list[tuple[int, ...]] = []
    for number, stage in enumerate(counted.stages, start=1):
        wanted = [int(total * ONE) for total in stage.totals]
        votes = _votes(lines, equal, keep)
        for _ in range(MOST):
            if votes == wanted:
                break
            _update(keep, elected, votes, counted.seats)
            votes = _votes(lines, equal, keep)
        else:
            raise OtherPapers(number)
        found.append(tuple(keep))
        for c in stage.elected:
            keeping.elect(lines, c)
        elected += stage.elected
        for c in stage.excluded:
            keeping.exclude(lines, c)
            keep[c] = 0
        if stage.elected:
            _update(keep, elected, votes, counted.seats)
    return tuple(found)


def _update(keep: list[int], elected: Sequence[int], votes: Sequence[int], seats: int) -> None:
    # B.2b, B.2f
    quota = sum(votes) // (seats + 1) + 1
    for c in elected:
        product = -(-keep[c] * quota // ONE)
        keep[c] = -(-product * ONE // votes[c]) if votes[c] else keep[c]


def _votes(lines: keeping.Lines, equal: tuple[tuple[int, profiles.Ranks], ...], keep: Sequence[int]) -> list[int]:
    votes = [0] * len(keep)
    for through, stops in keeping.numbers(lines):
        for stop, papers in stops.items():
            ranks = tuple((c,) for c in (*through, stop) if c is not None)
            for c, kept in shares(ranks, keep)[0].items():
                votes[c] += kept * papers
    for papers, given in equal:
        for c, kept in shares(given, keep)[0].items():
            votes[c] += kept * papers
    return votes


def as_votes(units: int) -> Fraction:
    """Return units as votes."""
    return Fraction(units, ONE)
