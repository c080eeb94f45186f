"""How few changed papers could elect somebody else, from below: numbers that are proved, rule by rule.

To change a paper is to replace a valid one by another valid one. A tie counts as a change.

1  Instant runoff: the greater of two bounds. Cary's (2011) eliminates a group at once where its papers together are
   fewer than those of whoever is next, along the widest path. The other goes through all orders of elimination that end
   with another winner (Magrino and others 2011, Blom and others 2016): at each round whoever goes out must have no more
   papers than anybody who is left, and a paper changes the difference of two by 2.
2  Scottish and WIGM rule: fewer changed papers change no decision of the count that matters. Lay the values of papers
   with and without the change side by side: k changed papers differ by 2k together. An exclusion moves values and
   changes none. A surplus moves them at 1 - quota/votes, and what that factor differs by weighs no more than what the
   votes differ by, so the sum of all differences never grows, but for 0.00001 for each paper that the Scottish rule
   rounds. A gap between two candidates stands while 2k and that rounding are less, one to the quota while k is.
3  Those excluded one after another, nobody being elected in between, go out in any order and leave the same papers
   behind, if all of them together have fewer votes than whoever stays, and would lift nobody who stays to the quota. So
   gaps within such a group do not count; the stages are grouped so that the narrowest gap that counts is widest.
4  Rules that elect a Condorcet winner: she is one as long as each of her majorities stands; a paper changes one by 2.
"""

from collections.abc import Sequence
from fractions import Fraction
from heapq import heappop, heappush
from itertools import accumulate
from math import ceil

from comitia.decide import pairwise, papers as piles, profile as profiles, rules, sheet
from comitia.decide.explanation import course
from comitia.decide.explanation.course import Moment

# What the Scottish rule cuts off a value at most.
CUT = Fraction(1, 10**5)


def lower_bound(profile: profiles.Profile, counted: sheet.Sheet, sets: int = 2000) -> int:
    """Return a number of changed papers below which nobody else is elected, 0 where nothing is proved (3 to 5).

    Args:
        sets: how many sets of candidates are looked at for each of the bounds of 3.
    """
    if len(counted.winners) < min(counted.seats, len(profiles.standing(profile))):
        # Some other term of the election left seats vacant.
        return 0
    if counted.rule == "instant_runoff":
        return max(_eliminations(profile, sets), _orders(profile, counted.winners[0], sets))
    if counted.rule in ("scottish", "wigm"):
        return _decisions(profile, counted)
    if "condorcet" in rules.PROPERTIES.get(counted.rule, ()) and counted.seats == 1:
        preferred, winner = pairwise.preferences(profile), counted.winners[0]
        return min(
            max(0, ceil(Fraction(preferred[winner][c] - preferred[c][winner], 2)))
            for c in profiles.standing(profile)
            if c != winner
        )
    return 0


def _votes_among(papers: piles.Papers, standing: frozenset[int]) -> dict[int, int]:
    """Return how many papers prefer each candidate of some to the others of them."""
    votes = dict.fromkeys(standing, 0)
    for to, pile in piles.by_next_preference(papers, piles.all_papers(papers), standing):
        if to is not None:
            votes[to] = pile.number
    return votes


def _eliminations(profile: profiles.Profile, sets: int) -> int:
    """Return Cary's bound (3): how few papers break each way of eliminating all but the winner in sure steps."""
    papers = piles.sort(profile)
    reached = {frozenset(profiles.standing(profile)): papers.valid}
    done: set[frozenset[int]] = set()
    for _ in range(sets):
        left = max((s for s in reached if s not in done), key=lambda s: (reached[s], sorted(s)), default=None)
        if left is None:
            break
        if len(left) == 1:
            return reached[left]
        done.add(left)
        votes = _votes_among(papers, left)
        order = sorted(left, key=lambda c: (votes[c], c))
        for place, together in enumerate(accumulate(votes[c] for c in order[:-1]), start=1):
            rest = frozenset(order[place:])
            wide = min(reached[left], ceil(Fraction(votes[order[place]] - together, 2)))
            if wide > reached.get(rest, 0):
                reached[rest] = wide
    return 0


def _orders(profile: profiles.Profile, winner: int, sets: int) -> int:
    """Return how few papers could make some order of elimination that ends with another winner (3).

    The sets of those who are left grow from each other winner backwards, that which costs least first; where too few
    sets are looked at, what the next would cost bounds the number all the same.
    """
    papers, everybody = piles.sort(profile), profiles.standing(profile)
    waiting: list[tuple[int, int, tuple[int, ...]]] = [(0, -1, (c,)) for c in everybody if c != winner]
    done: set[tuple[int, ...]] = set()
    while len(done) < sets:
        cost, size, inside = heappop(waiting)
        if -size == len(everybody):
            return cost
        if inside in done:
            continue
        done.add(inside)
        for c in everybody:
            if c not in inside:
                votes = _votes_among(papers, frozenset((*inside, c)))
                # c goes out first among them, which she does only if nobody has fewer.
                needed = ceil(Fraction(votes[c] - min(votes.values()), 2))
                heappush(waiting, (max(cost, needed), size - 1, tuple(sorted((*inside, c)))))
    return waiting[0][0]


def _decisions(profile: profiles.Profile, counted: sheet.Sheet) -> int:
    assert counted.quota is not None
    if any(" is guarded: " in stage.sentence or " is doomed " in stage.sentence for stage in counted.stages):
        # Quotas for groups decided too.
        return 0
    narrowest, drift = Fraction(counted.valid), Fraction(0)
    waiting: set[int] = set()
    run: list[tuple[Moment, Fraction]] = []
    for moment in course.moments(counted, profile.withdrawn):
        stage = moment.stage
        if stage.transfers and not stage.excluded:
            source = stage.transfers[0].source
            waiting.discard(source)
            gaps = ((moment.before[source] - moment.before[c] - drift) / 2 for c in waiting)
            narrowest = min(narrowest, min(gaps, default=narrowest))
            drift += (CUT if counted.rule == "scottish" else 0) * sum(t.papers for t in stage.transfers)
        at_end = _at_quota(counted, moment, drift)
        if stage.excluded:
            run.append((moment, at_end))
        else:
            narrowest = min(narrowest, at_end)
        if stage.elected:
            narrowest, run = min(narrowest, _grouped(counted, run, drift)), []
            waiting |= {c for c in stage.elected if stage.totals[c] >= counted.quota}
    return max(0, ceil(narrowest))


def _at_quota(counted: sheet.Sheet, moment: Moment, drift: Fraction) -> Fraction:
    """Return the narrowest gap to the quota at the end of a stage, of those for whom it decides."""
    assert counted.quota is not None
    quota, stage = counted.quota, moment.stage
    filled = sum(len(one.elected) for one in counted.stages[: moment.number])
    reached = {c for c in stage.elected if stage.totals[c] >= quota}
    # Whoever is seated without it, or stays out when all seats are filled, needs none.
    near = moment.continuing if filled < counted.seats else reached
    return min((abs(stage.totals[c] - quota) - drift for c in near.difference(stage.excluded)), default=quota)


def _grouped(counted: sheet.Sheet, run: Sequence[tuple[Moment, Fraction]], drift: Fraction) -> Fraction:
    """Return the widest narrowest gap of exclusions that follow one another, over all ways of grouping them (3).

    Args:
        run: the stages, each with its narrowest gap to the quota at its end.
    """
    assert counted.quota is not None
    best = [Fraction(counted.valid)]
    for last, (_, at_end) in enumerate(run):
        widest, out = Fraction(-1), set[int]()
        for first in range(last, -1, -1):
            begun = run[first][0]
            out.update(begun.stage.excluded)
            staying = [begun.before[c] for c in begun.continuing - out]
            together = sum((begun.before[c] for c in out), Fraction(0))
            gap = (min(staying) - together - drift) / 2
            if first < last:
                gap = min(gap, counted.quota - max(staying) - together - drift)
            widest = max(widest, min(best[first], gap, at_end))
        best.append(widest)
    return best[-1]
