"""How few papers would have to differ: bounds that brute force keeps, and the exact number where a rule has one."""

from collections import Counter
from itertools import combinations_with_replacement, permutations

import pytest
from hypothesis import given, settings, strategies as st

from comitia.decide import constraints, profile as profiles, reopening, rules, ties
from comitia.decide.explanation import bounds, margins
from comitia.decide.explanation.course import Count
from comitia.decide.profile import Profile, Ranking

LOT = ties.Lot(bytes.fromhex("00ff17"))
# Burlington 2009, as in tests/decide/test_burlington.py.
BURLINGTON = Profile(
    ("Andy Montroll", "Bob Kiss", "Kurt Wright"),
    (
        (1332, (0, 1, 2)), (767, (0, 2, 1)), (455, (0,)), (2043, (1, 0, 2)), (371, (1, 2, 0)), (568, (1,)),
        (1513, (2, 0, 1)), (495, (2, 1, 0)), (1289, (2,)),
    ),
)  # fmt: skip


def counting(rule: str, seats: int) -> Count:
    return lambda profile, lot: rules.RULES[rule](profile, seats=1 if rule == "instant_runoff" else seats, lot=lot)


def closest(rule: str, profile: Profile, seats: int, tries: int = 80) -> tuple[margins.Margin, str]:
    count = counting(rule, seats)
    counted = count(profile, LOT)
    found = margins.closest(profile, counted, count, LOT, tries=tries)
    assert found is not None
    return found, margins.sentence(found, counted)


def fewest(rule: str, profile: Profile, seats: int, most: int) -> int | None:
    """Return how few changed papers elect others, found by trying every change; None beyond ``most``."""
    count, papers = counting(rule, seats), Counter({ranking: weight for weight, ranking in profile.ballots})
    winners = set(count(profile, LOT).winners)
    number = len(profile.candidates)
    every = [order for depth in range(1, number + 1) for order in permutations(range(number), depth)]
    for changed in range(1, most + 1):
        for gone in combinations_with_replacement(sorted(papers), changed):
            left = papers.copy()
            left.subtract(gone)
            if min(left.values()) < 0:
                continue
            for come in combinations_with_replacement(every, changed):
                ballots = tuple((w, r) for r, w in sorted((left + Counter(come)).items()))
                if set(count(Profile(profile.candidates, ballots), LOT).winners) != winners:
                    return changed
    return None


@st.composite
def small(draw: st.DrawFn) -> Profile:
    """Draw papers among three candidates, few kinds of them and many of each."""
    orders = [order for depth in range(1, 4) for order in permutations(range(3), depth)]
    kinds = draw(st.lists(st.sampled_from(orders), min_size=2, max_size=4, unique=True))
    papers: list[tuple[int, Ranking]] = [(draw(st.integers(1, 9)), kind) for kind in sorted(kinds)]
    return Profile(("A", "B", "C"), tuple(papers))


@pytest.mark.parametrize("rule", rules.RULES)
@settings(max_examples=6, deadline=None)
@given(small(), st.integers(1, 2))
def test_fewer_changed_papers_than_the_least_elect_nobody_else(rule: str, profile: Profile, seats: int) -> None:
    found, _ = closest(rule, profile, seats)
    assert found.most is None or found.least <= found.most
    shown = fewest(rule, profile, seats, min(2, found.least - 1))
    assert shown is None


@st.composite
def changed(draw: st.DrawFn) -> tuple[Profile, list[tuple[int, Ranking]]]:
    """Draw papers among five candidates and a change: (of which kind papers go, what they become)."""
    order = st.permutations(range(5)).flatmap(lambda o: st.integers(1, 5).map(lambda depth: tuple(o[:depth])))
    papers = draw(st.dictionaries(order, st.integers(1, 300), min_size=3, max_size=12))
    kinds = st.integers(0, len(papers) - 1)
    return Profile(tuple("ABCDE"), tuple((w, r) for r, w in sorted(papers.items()))), draw(
        st.lists(st.tuples(kinds, order), min_size=1, max_size=6)
    )


@pytest.mark.parametrize("rule", ["scottish", "wigm", "instant_runoff", "schulze", "ranked_pairs"])
@settings(max_examples=150, deadline=None)
@given(changed(), st.integers(1, 3))
def test_no_change_below_a_bound_elects_others(
    rule: str, drawn: tuple[Profile, list[tuple[int, Ranking]]], seats: int
) -> None:
    profile, changes = drawn
    count = counting(rule, seats)
    counted = count(profile, LOT)
    left = max(0, bounds.lower_bound(profile, counted) - 1)
    papers = {ranking: weight for weight, ranking in profile.ballots}
    for kind, into in changes:
        gone = profile.ballots[kind][1]
        moved = min(left, papers[gone])
        left -= moved
        papers[gone] -= moved
        papers[into] = papers.get(into, 0) + moved
    other = Profile(profile.candidates, tuple((w, r) for r, w in sorted(papers.items()) if w))

    assert set(count(other, LOT).winners) == set(counted.winners)


@pytest.mark.parametrize("rule", ["plurality", "approval", "borda", "borda_modified", "instant_runoff"])
@settings(max_examples=10, deadline=None)
@given(small())
def test_an_exact_margin_is_reached_by_some_change(rule: str, profile: Profile) -> None:
    found, _ = closest(rule, profile, 1)
    if found.exact and 0 < found.least <= 2:
        # A tie counts as a change; one paper more then changes the winner whatever the lot.
        assert fewest(rule, profile, 1, found.least + 1) in (found.least, found.least + 1)


def test_burlington_2009_hung_on_125_papers_by_instant_runoff() -> None:
    # Kiss 4314, Wright 4064 in the last round of the three: 125 changed papers make a tie, and Wright was ahead before.
    found, said = closest("instant_runoff", BURLINGTON, 1)
    assert (found.least, found.most) == (125, 125)
    assert said == (
        "Closest margin: 125 papers, exact. So many changed papers can elect others, fewer cannot. Counted: 125 that "
        "prefer Bob Kiss to Kurt Wright, changed to name Kurt Wright alone, elect Kurt Wright instead of Bob Kiss."
    )


def test_the_margin_of_plurality_is_half_the_gap() -> None:
    profile = Profile(("A", "B", "C"), ((10, (0,)), (5, (1,)), (1, (2,))))
    assert closest("plurality", profile, 1) == (
        margins.Margin(3, 3, None),
        "Closest margin: 3 papers, exact. So many changed papers can elect others, fewer cannot.",
    )


def test_a_seat_that_a_lot_filled_has_no_margin() -> None:
    profile = Profile(("A", "B"), ((4, (0,)), (4, (1,))))
    found, said = closest("plurality", profile, 1)
    assert found == margins.Margin(0, 0, None)
    assert said == "Closest margin: 0 papers. A lot decided, and another lot would have elected others."


def test_a_lot_that_elects_the_same_whatever_it_falls_on_is_no_margin() -> None:
    profile = Profile(("A", "B", "C"), ((9, (0,)), (2, (1,)), (2, (2,))))
    found, _ = closest("scottish", profile, 1)
    assert found.least > 0
    # With too few tries for both lots nothing is proved.
    profile = Profile(("A", "B", "C", "D"), ((6, (0,)), (5, (1,)), (2, (2,)), (2, (3,))))
    assert closest("instant_runoff", profile, 1, tries=1)[0].least == 0


def test_where_everybody_is_elected_there_is_no_margin() -> None:
    profile, count = Profile(("A", "B", "C"), ((4, (0,)), (3, (1,))), frozenset({2})), counting("scottish", 2)
    assert margins.closest(profile, count(profile, LOT), count, LOT, tries=9) is None


def test_a_change_that_was_not_found_is_said() -> None:
    profile = Profile(("A", "B"), ((4, (0,)), (3, (1,))))
    found, said = closest("scottish", profile, 1, tries=0)
    assert (found.most, found.exact) == (None, False)
    assert said == (
        "Closest margin: 1 paper or more. Fewer changed papers elect nobody else; no change that does was found among "
        "those tried."
    )


def test_the_bound_of_the_scottish_and_the_wigm_rule_is_the_narrowest_gap_of_the_count() -> None:
    # Scottish: quota 501, surplus of A 299, B then 300 + 700 x 0.37375 = 561.625, 60.625 above the quota; that the
    # 800 papers may lose 0.008 more or less changes nothing. WIGM: quota 500, B then 562.5.
    profile = Profile(
        tuple("ABCD"), ((700, (0, 1)), (100, (0, 2)), (300, (1,)), (250, (2,)), (150, (3, 2)))
    )  # fmt: skip
    scottish, wigm = (bounds.lower_bound(profile, counting(rule, 2)(profile, LOT)) for rule in ("scottish", "wigm"))
    assert (scottish, wigm) == (61, 63)


def test_a_quota_for_groups_or_a_vacant_seat_takes_the_bound_away() -> None:
    profile = Profile(tuple("ABC"), ((9, (0, 1)), (7, (1,)), (2, (2,))))
    within = (constraints.Dimension("kind", (constraints.Group("c", frozenset({2}), 1, 1),)),)
    counted = rules.CONSTRAINED["scottish"](profile, seats=2, lot=LOT, within=within)
    assert set(counted.winners) == {0, 2}
    assert bounds.lower_bound(profile, counted) == 0
    most = (constraints.Dimension("kind", (constraints.Group("ab", frozenset({0, 1}), 0, 1),)),)
    profile = Profile(tuple("ABCD"), ((9, (0, 1)), (8, (1,)), (2, (2,)), (1, (3,))))
    counted = rules.CONSTRAINED["scottish"](profile, seats=2, lot=LOT, within=most)
    assert (counted.winners, bounds.lower_bound(profile, counted)) == ((0, 2), 0)
    stopped = reopening.stopped(counting("scottish", 2)(profile, LOT), 0)
    assert bounds.lower_bound(profile, stopped) == 0

    def count(papers: profiles.Profile, lot: ties.Breaking) -> margins.sheet.Sheet:
        return reopening.stopped(rules.RULES["plurality"](papers, seats=2, lot=lot), 1)

    # The sums alone do not decide here: the change is searched for.
    found = margins.closest(profile, count(profile, LOT), count, LOT, tries=50)
    assert found is not None and found.change is not None and found.least == 1


def test_a_tie_that_an_earlier_stage_broke_proves_nothing() -> None:
    profile = Profile(("A", "B", "C"), ((4, (0,)), (3, (1,)), (1, (2, 1))))
    assert bounds.lower_bound(profile, counting("instant_runoff", 1)(profile, LOT)) == 0


def test_the_bounds_for_instant_runoff_grow_with_the_sets_that_are_looked_at() -> None:
    counted = counting("instant_runoff", 1)(BURLINGTON, LOT)
    assert [bounds.lower_bound(BURLINGTON, counted, sets) for sets in (1, 2, 3, 9)] == [0, 0, 125, 125]


def test_where_small_candidates_are_close_the_orders_of_elimination_still_bound_the_margin() -> None:
    # C and D are one paper apart, which decides nothing: A beats B by 119 to 81 whoever of them goes out first.
    profile = Profile(tuple("ABCD"), ((100, (0,)), (80, (1,)), (10, (2, 0)), (9, (3, 0)), (1, (2, 1))))
    found, _ = closest("instant_runoff", profile, 1)
    assert (found.least, found.most) == (19, 19)


def test_a_rule_without_a_bound_says_one_paper() -> None:
    profile = Profile(tuple("ABC"), ((9, (0, 1)), (7, (1,)), (2, (2,))))
    assert bounds.lower_bound(profile, counting("meek", 1)(profile, LOT)) == 0
    assert closest("meek", profile, 1)[0].least == 1
