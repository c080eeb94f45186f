"""Why not me, for every loser, and the same papers by another rule."""

from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

from comitia.decide import constraints, rules, sheet, ties
from comitia.decide.count import debian
from comitia.decide.explanation import comparison, why_not
from comitia.decide.explanation.course import Count
from comitia.decide.profile import Profile

LOT = ties.Lot(bytes.fromhex("00ff17"))
PAPERS = Profile(tuple("ABCD"), ((9, (0, 1)), (6, (1, 0)), (3, (2, 1)), (2, (3, 2))))


def counting(rule: str, seats: int) -> Count:
    return lambda profile, lot: rules.RULES[rule](profile, seats=1 if rule == "instant_runoff" else seats, lot=lot)


def said(rule: str, seats: int, profile: Profile = PAPERS) -> list[str]:
    counted = counting(rule, seats)(profile, LOT)
    return [why_not.why_not(profile, counted, c).sentence for c in why_not.losers(counted, profile.withdrawn)]


@st.composite
def ranked(draw: st.DrawFn) -> Profile:
    number = draw(st.integers(2, 5))
    ranking = st.permutations(range(number)).flatmap(
        lambda order: st.integers(0, number).map(lambda depth: tuple(order[:depth]))
    )
    papers = draw(st.lists(st.tuples(st.integers(1, 40), ranking), min_size=1, max_size=9))
    withdrawn = draw(st.frozensets(st.integers(0, number - 1), max_size=1))
    return Profile(tuple("ABCDE"[:number]), tuple(papers), withdrawn)


@pytest.mark.parametrize("rule", rules.RULES)
@settings(max_examples=25, deadline=None)
@given(ranked(), st.integers(1, 3))
def test_every_loser_is_told_why_and_so_many_further_papers_elect_her(rule: str, profile: Profile, seats: int) -> None:
    count = counting(rule, seats)
    counted = count(profile, LOT)
    losers = why_not.losers(counted, profile.withdrawn)
    standing = set(range(len(profile.candidates))) - profile.withdrawn
    assert sorted(losers) == sorted(standing.difference(counted.winners))
    for c in losers[:2]:
        further = why_not.further_papers(profile, count, c, LOT)
        found = why_not.why_not(profile, counted, c, further)
        assert found.sentence.endswith(".") and profile.candidates[c] in found.sentence
        if further is not None:
            assert c in count(why_not.with_further(profile, c, further), LOT).winners
            assert further == 1 or c not in count(why_not.with_further(profile, c, further - 1), LOT).winners


def test_who_was_left_at_the_end_hears_who_was_elected_last() -> None:
    assert said("scottish", 2) == [
        "C had 3 votes at the end (stage 2), 4.99998 fewer than B, elected last.",
        "D had 2 votes at the end (stage 2), 5.99998 fewer than B, elected last.",
    ]
    assert said("plurality", 1)[0] == "B had 6 votes at the end (stage 1), 3 fewer than A, elected last."


def test_who_was_excluded_hears_who_was_next_above_her_and_how_a_tie_was_broken() -> None:
    assert said("instant_runoff", 1) == [
        "B had 9 votes when stage 4 began, as many as A. A and B tied; stage 2 decides, the latest at which they "
        "differ: B.",
        "C had 5 votes when stage 3 began; B, next above her, had 1 more. The lowest went out.",
        "D had 2 votes when stage 2 began; C, next above her, had 1 more. The lowest went out.",
    ]


def test_facts_stand_beside_the_sentence() -> None:
    counted = counting("instant_runoff", 1)(PAPERS, LOT)
    assert why_not.why_not(PAPERS, counted, 3) == why_not.WhyNot(
        3, 2, Fraction(2), (2,), Fraction(1), None,
        "D had 2 votes when stage 2 began; C, next above her, had 1 more. The lowest went out.",
    )  # fmt: skip


def test_who_is_compared_hears_the_papers_on_both_sides() -> None:
    assert said("schulze", 1)[1:] == [
        "C: against A 5 papers to 15.",
        "D: against A 2 papers to 15.",
    ]
    profile = Profile(("none of them", "A"), ((3, (0, 1)), (4, (1, 0))))
    counted = debian.count(profile, terms=debian.Terms(0, 5, {}), lot=LOT)
    assert why_not.why_not(profile, counted, 1).sentence == "A: against none of them 4 papers to 3."
    nobody = sheet.Sheet("debian", "", 1, ("A", "B"), 0, 0, None, counted.stages, ())
    assert why_not.why_not(PAPERS, nobody, 1).sentence == "B was not elected, and nobody was."


def test_where_seats_go_to_groups_the_names_on_papers_are_counted() -> None:
    assert said("pav", 1)[0] == (
        "A is named on 15 papers, B on 18, the fewest of those elected. By this rule seats go to groups of papers in "
        "proportion, not to the most named."
    )


def test_a_quota_for_groups_is_said_to_have_decided() -> None:
    within = (constraints.Dimension("kind", (constraints.Group("d", frozenset({3}), 1, 1),)),)
    counted = rules.CONSTRAINED["scottish"](PAPERS, seats=2, lot=LOT, within=within)
    assert set(counted.winners) == {0, 3}
    told = [why_not.why_not(PAPERS, counted, c).sentence for c in why_not.losers(counted, frozenset())]
    assert told == [
        "B had 9 votes when stage 3 began, 7 more than D: a quota for groups decided, not the votes.",
        "C had 3 votes when stage 2 began, 1 more than D: a quota for groups decided, not the votes.",
    ]


def test_a_seat_that_nobody_took_has_nobody_ahead() -> None:
    counted = sheet.Sheet("scottish", "", 1, ("A",), 0, 0, Fraction(1), (), ())
    assert why_not.losers(counted, frozenset()) == ()
    stage = sheet.Stage((Fraction(2), Fraction(1)), (), (), (), Fraction(0), None, "")
    counted = sheet.Sheet("plurality", "", 1, ("A", "B"), 3, 0, None, (stage,), ())
    assert why_not.why_not(PAPERS, counted, 1).sentence == "B had 1 votes at the end (stage 1), and nobody was elected."


@pytest.mark.parametrize(
    ("last", "most", "found"), [(1, 9, 1), (5, 9, 5), (9, 9, 9), (10, 9, None), (8, 8, 8), (1, 0, None)]
)
def test_the_least_number_is_found_by_doubling_and_halving(last: int, most: int, found: int | None) -> None:
    assert why_not.least(lambda number: number >= last, most=most) == found


def test_the_same_papers_under_another_rule() -> None:
    one, other = counting("plurality", 1)(PAPERS, LOT), counting("pav", 1)(PAPERS, LOT)
    told = f"The same papers by the rule pav ({other.source}): B would sit instead of A."
    assert comparison.compare(one, other) == comparison.Comparison("plurality", "pav", (), (0,), (1,), told)
    assert comparison.compare(one, one).sentence == (
        f"The same papers by the rule plurality ({one.source}) elect the same: A."
    )
    more = counting("plurality", 2)(PAPERS, LOT)
    assert comparison.compare(one, more).sentence.endswith(": B would sit too.")
