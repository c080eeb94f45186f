"""The closest margin: how few papers would have to differ for somebody else to be elected, exactly or between bounds.

To change a paper is to replace a valid one by another valid one, so that as many are counted as before. ``least`` is
proved: fewer changed papers elect nobody else. ``most`` is shown: so many changed papers, counted again, elect somebody
else. Where both are equal the margin is exact; where they are not, the exact number is not known here: to find it is
NP-hard for single transferable votes and ranked pairs (Xia 2012, Blom and others 2019).

1  A lot decided, and another lot elects others: 0, exact. All lots are tried.
2  Rules that add up what each paper gives: somebody enters when her sum reaches that of somebody elected. A paper
   changes the difference of two sums by what it gives now and what it gives with the one first and the other last; the
   fewest papers are those that give most. Exact, ties counted as a change.
3  Other rules: ``least`` from ``bounds.py``, 1 where it proves nothing.
4  ``most``: papers that prefer one candidate to another are changed to name the other alone, for all pairs in turn, and
   counted again; the number is halved as long as it still elects others.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from comitia.decide import packed, profile as profiles, sheet, ties
from comitia.decide.explanation import bounds, course
from comitia.decide.explanation.course import Count


@dataclass(frozen=True, slots=True)
class Change:
    """A change that elects others: so many papers preferring ``source`` to ``to`` name ``to`` alone instead."""

    papers: int
    source: int
    to: int
    winners: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Margin:
    """How few papers would have to differ for somebody else to be elected.

    Attributes:
        least: fewer than so many changed papers elect nobody else; proved.
        most: so many can; None where no change was found among those tried.
        change: what was counted to find ``most``; None for a lot, and for rules that add up.
    """

    least: int
    most: int | None
    change: Change | None

    @property
    def exact(self) -> bool:
        return self.least == self.most


def sentence(margin: Margin, counted: sheet.Sheet) -> str:
    """Say a margin in words."""
    if margin.most == 0:
        return "Closest margin: 0 papers. A lot decided, and another lot would have elected others."
    told = ""
    if margin.change:
        names, change = counted.candidates, margin.change
        inside = sheet.names_text(names, [c for c in change.winners if c not in counted.winners])
        out = sheet.names_text(names, [c for c in counted.winners if c not in change.winners])
        told = (
            f" Counted: {change.papers} that prefer {names[change.source]} to {names[change.to]}, changed to name "
            f"{names[change.to]} alone, elect {inside} instead of {out}."
        )
    if margin.exact:
        told = f" So many changed papers can elect others, fewer cannot.{told}"
        return f"Closest margin: {_papers(margin.least)}, exact.{told}"
    if margin.most is None:
        return (
            f"Closest margin: {_papers(margin.least)} or more. Fewer changed papers elect nobody else; no change that "
            "does was found among those tried."
        )
    if margin.least <= 1:
        return f"Closest margin: {_papers(margin.most)} or fewer; how many fewer is not proved for this count.{told}"
    return (
        f"Closest margin: between {margin.least} and {_papers(margin.most)}. Fewer changed papers than {margin.least} "
        f"elect nobody else, which is proved; the exact number is not computed for this rule.{told}"
    )


def _papers(number: int) -> str:
    return "1 paper" if number == 1 else f"{number} papers"


def closest(
    profile: profiles.Profile, counted: sheet.Sheet, count: Count, lot: ties.Breaking, *, tries: int
) -> Margin | None:
    """Return the closest margin of a count; None where everybody who stood is elected, whatever the papers say.

    Args:
        count: the same rule under the same terms, for any papers.
        tries: how many counts may be spent on each of the lots and the search (4).
    """
    if set(counted.winners) == set(profiles.standing(profile)):
        return None
    by_lot = _by_lot(profile, counted, count, tries)
    if by_lot:
        return Margin(0, 0, None)
    if counted.rule in course.ADDING and _by_sums(profile, counted):
        # 2
        number = _adding(profile, counted, count, lot)
        return Margin(number, number, None)
    found = _search(profile, counted, count, lot, tries)
    least = 0 if by_lot is None else max(1, bounds.lower_bound(profile, counted))
    return Margin(least, found.papers if found else None, found)


def _by_lot(profile: profiles.Profile, counted: sheet.Sheet, count: Count, tries: int) -> bool | None:
    """Return whether another lot elects others (1); None where there are more lots than tries."""
    if not any(stage.tie and stage.tie.broken_by in ("lot", "hand") for stage in counted.stages):
        return False
    waiting: list[tuple[int, ...]] = [()]
    for _ in range(tries):
        choices = waiting.pop()
        try:
            if set(count(profile, ties.Hand(choices)).winners) != set(counted.winners):
                return True
        except ties.HandNeeded as needed:
            waiting += [(*choices, c) for c in needed.tied]
        if not waiting:
            return False
    return None


def _by_sums(profile: profiles.Profile, counted: sheet.Sheet) -> bool:
    """Say whether the highest sums have all seats, some of those who stand have none, and no other term decided."""
    totals, standing = counted.stages[-1].totals, profiles.standing(profile)
    highest = sorted((totals[c] for c in standing), reverse=True)[: counted.seats]
    seated = sorted((totals[c] for c in counted.winners), reverse=True)
    return highest == seated and len(standing) > counted.seats


def _adding(profile: profiles.Profile, counted: sheet.Sheet, count: Count, lot: ties.Breaking) -> int:
    standing = profiles.standing(profile)
    totals, losers = counted.stages[-1].totals, [c for c in standing if c not in counted.winners]
    if counted.rule not in ("borda", "borda_modified"):
        # A vote for her and none for the other: there are as many such papers as votes lie between, and more.
        gap = min(totals[w] for w in counted.winners) - max(totals[c] for c in losers)
        return ceil(gap / 2)
    strict, equal = profiles.merged_with_equal(profile)
    gives = []
    for weight, ballots, ranked in (
        *((w, ((1, ranking),), ()) for w, ranking in strict if ranking),
        *((w, (), ((1, ranks),)) for w, ranks in equal),
    ):
        one = profiles.Profile(profile.candidates, ballots, profile.withdrawn, ranked)
        gives.append((weight, count(one, lot).stages[0].totals))
    widest = len(standing) - 1
    return min(
        _fewest([(gave[w] - gave[c] + widest, weight) for weight, gave in gives], totals[w] - totals[c])
        for w in counted.winners
        for c in losers
    )


def _fewest(gains: list[tuple[Fraction, int]], gap: Fraction) -> int:
    """Return how few papers close a gap, given (what one closes, how many such papers there are)."""
    left, number = sorted(gains), 0
    while gap > 0:
        gain, weight = left.pop()
        moved = min(weight, ceil(gap / gain))
        gap -= moved * gain
        number += moved
    return number


def _search(
    profile: profiles.Profile, counted: sheet.Sheet, count: Count, lot: ties.Breaking, tries: int
) -> Change | None:
    papers = course.strict_papers(profile)
    best: Change | None = None
    for source, to in _pairs(profile, counted):
        movable = _movable(papers, source, to)
        no, yes = 0, sum(papers[key] for key in movable)
        yes = yes if best is None else min(yes, best.papers - 1)
        # The most that may be changed first: most pairs elect nobody else, and are done with one count.
        while no < yes and tries:
            winners = count(course.with_strict(profile, _changed(papers, movable, to, yes)), lot).winners
            tries -= 1
            if set(winners) != set(counted.winners):
                best = Change(yes, source, to, winners)
            elif best is None or (best.source, best.to) != (source, to):
                break
            else:
                no = yes
            yes = (no + best.papers) // 2
    return best


def _pairs(profile: profiles.Profile, counted: sheet.Sheet) -> Iterator[tuple[int, int]]:
    """Yield (from whom, to whom), those first of which most is to be hoped: winners elected last, losers out last."""
    last = {c: m.number for m in course.moments(counted, profile.withdrawn) for c in m.continuing}
    losers = sorted((c for c in last if c not in counted.winners), key=lambda c: (-last[c], c))
    winners = list(reversed(counted.winners))
    yield from ((w, c) for c in losers for w in winners)
    yield from ((a, b) for b in (*losers, *winners) for a in losers if a != b)
    yield from ((a, b) for a in winners for b in winners if a != b)


def _movable(papers: dict[str, int], source: int, to: int) -> list[str]:
    """Return the papers that prefer the one to the other, those first that rank her highest."""
    one, other = packed.key((source,)), packed.key((to,))
    found = [(key.find(one), key) for key in papers if one in key and other not in key[: key.find(one)]]
    return [key for _, key in sorted(found)]


def _changed(papers: dict[str, int], movable: list[str], to: int, number: int) -> dict[str, int]:
    changed = dict(papers)
    for key in movable:
        if not number:
            break
        moved = min(number, papers[key])
        number -= moved
        changed[key] -= moved
        if not changed[key]:
            del changed[key]
        alone = packed.key((to,))
        changed[alone] = changed.get(alone, 0) + moved
    return changed
