"""The course of a count, read from its sheet: who was still in it at each stage, and with how much that was decided."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from operator import sub

from comitia.decide import packed, profile as profiles, sheet, ties

Count = Callable[[profiles.Profile, ties.Breaking], sheet.Sheet]

# Rules in which papers move from one candidate to the next.
TRANSFERRING = frozenset({"scottish", "meek", "wigm", "ers97", "instant_runoff", "countback"})
# Rules that add up what each paper gives, whatever the others say.
ADDING = frozenset({"plurality", "block", "approval", "borda", "borda_modified"})
# Rules that compare candidates two by two.
COMPARING = frozenset({"schulze", "schulze_margins", "ranked_pairs", "debian"})
# What the totals of a sheet count, where it is not votes.
UNITS = {
    "borda": "points", "borda_modified": "points", "schulze": "candidates behind her",
    "schulze_margins": "candidates behind her", "ranked_pairs": "candidates behind her",
    "debian": "papers above the default option", "phragmen": "of a seat for each paper",
    "equal_shares_phragmen": "of the budget", "equal_shares_add_one": "of the budget",
    "equal_shares_utilitarian": "of the budget",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moment:
    """One stage as it was decided.

    Attributes:
        number: of the stage, from 1.
        before: the votes by which it was decided who is excluded or whose surplus goes on: those at the end of the
            stage before, or, by Meek's rule, those of the stage itself.
        continuing: who had been neither elected nor excluded when it began.
    """

    number: int
    stage: sheet.Stage
    before: tuple[Fraction, ...]
    continuing: frozenset[int]


def moments(counted: sheet.Sheet, withdrawn: frozenset[int] = frozenset()) -> Iterator[Moment]:
    """Yield the stages of a count."""
    continuing = frozenset(range(len(counted.candidates))) - withdrawn
    before: tuple[Fraction, ...] | None = None
    for number, stage in enumerate(counted.stages, start=1):
        at = stage.totals if before is None or counted.rule == "meek" else before
        yield Moment(number, stage, at, continuing)
        continuing -= {*stage.elected, *stage.excluded}
        before = stage.totals


def strict_papers(profile: profiles.Profile) -> dict[str, int]:
    """Return how many papers bear each strict ranking, packed, so that some may be changed and all counted again."""
    ballots = profile.ballots
    if isinstance(ballots, packed.Packed):
        return dict(zip(ballots.keys, map(sub, ballots.before[1:], ballots.before), strict=True))
    papers: dict[str, int] = {}
    for weight, ranking in ballots:
        papers[packed.key(ranking)] = papers.get(packed.key(ranking), 0) + weight
    return papers


def with_strict(profile: profiles.Profile, papers: Mapping[str, int]) -> profiles.Profile:
    """Return a profile with other strict rankings."""
    return replace(profile, ballots=packed.of(papers))


def unit(counted: sheet.Sheet) -> str:
    """Return what the totals of a sheet count."""
    return UNITS.get(counted.rule, "votes")
