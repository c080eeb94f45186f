"""The count sheet of an election as its page shows it: the same sections as ``comitia count --html``, with names.

A page is made while everybody else waits, so that further counts are spent only where papers are few, and their answers
are kept. One paper is followed only where the electors are many enough that it does not point at whose it is.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe

from comitia.charter.structure import CountingRule
from comitia.decide import pairwise, rules, sheet, ties
from comitia.decide.explanation import comparison, course, journey, margins, page, why_not
from comitia.decide.explanation.account import Account, Travelled
from comitia.decide.explanation.margins import Margin
from comitia.decide.explanation.why_not import WhyNot
from comitia.decide.profile import Profile, Ranking
from comitia.federation import ballots, candidacy
from comitia.federation.state import Election, Motion, State
from comitia.web import names
from comitia.web.templatetags.comitia import named

# Below so many electors a single paper may show whose it is.
FEW = 10
# So many different papers are counted again for a page, and so often.
MOST_PAPERS, TRIES = 2000, 80
# What a page counts at once: proportional approval is a search that may take its time.
_RANKING = tuple(rule for rule in rules.RULES if rule not in rules.NAMING)
_NAMING = tuple(rule for rule in rules.RULES if rule in rules.NAMING and rule != "pav")


@dataclass(frozen=True, slots=True)
class Told:
    """What an election's page shows of its count.

    Attributes:
        sections: HTML.
        papers: what may be followed: number, how many alike, and what they rank; nobody's where electors are few.
        others: rules under which the same papers may be counted.
        few: the electors are too few to follow one paper.
    """

    sections: SafeString
    papers: tuple[tuple[int, str], ...] = ()
    others: tuple[str, ...] = ()
    few: bool = False


def _with_names(counted: sheet.Sheet, called: tuple[str, ...]) -> sheet.Sheet:
    stages = tuple(replace(stage, sentence=named(stage.sentence)) for stage in counted.stages)
    return replace(counted, candidates=called, stages=stages)


def of_choice(of: Motion, titles: Mapping[str, str]) -> SafeString:
    """Return the sections on the choice between the texts of a motion, "" where none was made."""
    if of.choice_sheet is None:
        return SafeString()
    called = tuple(titles.get(name, name) for name in of.choice_sheet.candidates)
    return mark_safe(page.sections(Account(of.title, _with_names(of.choice_sheet, called))))


def of_election(state: State, of: Election, *, paper: str, rule: str) -> Told | None:
    """Return the count of an election with its answers; None before it is counted.

    Args:
        paper: the number of a published paper to follow, from 1; "" for none.
        rule: another rule to count the same papers by; "" for none.
    """
    if of.sheet is None:
        return None
    counted = _with_names(of.sheet, tuple(names.said(c) for c in of.sheet.candidates))
    given, ballot = candidacy.kind_of(of).rule, state.ballots[of.ballot]
    if given is None or given == "list":
        return Told(mark_safe(page.sections(Account("", counted))))
    profile, lot = _profile(state, of, counted.candidates), ties.Lot(ballot.seed.encode())
    few = len(ballot.electorate) < FEW
    others = tuple(r for r in (_NAMING if given in rules.NAMING else _RANKING) if r != given)
    others = tuple(r for r in others if r != "instant_runoff" or counted.seats == 1)
    whys, margin = _answers(given, counted, profile, lot, further=len(profile.ballots) <= MOST_PAPERS)
    account = Account("", counted, why_not=whys, margin=margin)
    if given in course.COMPARING:
        account = replace(account, preferred=pairwise.preferences(profile))
    if rule in others:
        other = rules.RULES[rule](profile, seats=counted.seats, lot=lot)
        account = replace(account, compared=comparison.compare(counted, other))
    if not few and paper.isdecimal() and 1 <= int(paper) <= len(profile.ballots):
        account = replace(account, travelled=_followed(given, counted, profile, int(paper)))
    papers = () if few else tuple((n, _said(counted, *one)) for n, one in enumerate(profile.ballots, start=1))
    return Told(mark_safe(page.sections(account)), papers, others, few)


def _said(counted: sheet.Sheet, weight: int, ranking: Ranking) -> str:
    return f"{weight}: {page.ranked(tuple((c,) for c in ranking), counted.candidates)}"


def _profile(state: State, of: Election, called: tuple[str, ...]) -> Profile:
    """Return the published papers, candidates by the names that the page shows."""
    ballot = state.ballots[of.ballot]
    place = {name: number for number, name in enumerate(ballots.names(state, ballot))}
    papers: dict[Ranking, int] = {}
    for line in state.blobs[ballot.published].splitlines():
        ranking = tuple(place[c] for c in json.loads(line))
        papers[ranking] = papers.get(ranking, 0) + 1
    return Profile(called, tuple((weight, ranking) for ranking, weight in sorted(papers.items())))


def _count(rule: CountingRule, seats: int) -> course.Count:
    return lambda profile, lot: rules.RULES[rule](profile, seats=seats, lot=lot)


@lru_cache(maxsize=64)
def _answers(
    rule: CountingRule, counted: sheet.Sheet, profile: Profile, lot: ties.Lot, *, further: bool
) -> tuple[tuple[WhyNot, ...], Margin | None]:
    count = _count(rule, counted.seats)
    losers = why_not.losers(counted, profile.withdrawn)
    needed = {c: why_not.further_papers(profile, count, c, lot) if further else None for c in losers}
    margin = margins.closest(profile, counted, count, lot, tries=TRIES) if further else None
    return tuple(why_not.why_not(profile, counted, c, needed[c]) for c in losers), margin


def _followed(rule: CountingRule, counted: sheet.Sheet, profile: Profile, number: int) -> Travelled:
    ranks = tuple((c,) for c in profile.ballots[number - 1][1])
    steps = journey.journey(profile, counted, ranks, _count(rule, counted.seats))
    return Travelled(str(number), ranks, steps)
