"""Quotas for groups: Hill's example, guarding and dooming against brute force, and counts that keep them."""

from itertools import combinations

import pytest
from hypothesis import given, settings, strategies as st

from comitia.decide import constraints, rules, ties
from comitia.decide.constraints import Constraints, Dimension, Group
from comitia.decide.profile import Profile

LOT = ties.Lot(b"x")
Kinds = dict[str, int]


def nations(kinds: Kinds) -> tuple[Constraints, dict[str, list[int]]]:
    """Return Hill's quotas for 14 places and the candidates of each kind ("EM": English men), so many as stand."""
    of: dict[str, list[int]] = {}
    for kind, number in kinds.items():
        start = sum(len(found) for found in of.values())
        of[kind] = list(range(start, start + number))

    def group(name: str, letter: str, places: int) -> Group:
        return Group(name, frozenset(c for kind in of if letter in kind for c in of[kind]), places, places)

    nation = Dimension("nation", (group("English", "E", 7), group("Scottish", "S", 6), group("Welsh", "C", 1)))
    return (nation, Dimension("gender", (group("men", "M", 7), group("women", "F", 7)))), of


def test_hills_fourteen_places_have_the_eight_compositions_that_he_prints() -> None:
    # Voting Matters 9 and 13; three Scottish women stand, and of every other kind as many as could be elected.
    limits, of = nations({"EM": 7, "EF": 7, "SM": 6, "SF": 3, "CM": 1, "CF": 1})
    bounds = {constraints.kind(limits, found[0]): (0, len(found)) for found in of.values()}
    found = [tuple(one.values()) for one in constraints.compositions(limits, bounds, 14)]
    assert found == [
        (0, 7, 6, 0, 1, 0), (1, 6, 5, 1, 1, 0), (1, 6, 6, 0, 0, 1), (2, 5, 4, 2, 1, 0),
        (2, 5, 5, 1, 0, 1), (3, 4, 3, 3, 1, 0), (3, 4, 4, 2, 0, 1), (4, 3, 3, 3, 0, 1),
    ]  # fmt: skip


def test_at_hills_crucial_point_scottish_women_are_guarded_and_english_men_doomed() -> None:
    # "only 2 Scottish women remain, we have to elect 6 Scottish altogether and have elected none as yet ... we are
    # restricted to 7 men in total and we have already elected 3": exactly 4 Scottish men.
    limits, of = nations({"EM": 5, "EF": 7, "SM": 5, "SF": 2, "CM": 1, "CF": 1})
    elected = [*of["EM"][:2], *of["CM"]]
    continuing = [c for found in of.values() for c in found if c not in elected]
    found = constraints.marks(limits, elected, continuing, places=14)
    assert sorted(found.guarded) == of["SF"]
    assert sorted(found.doomed) == [*of["EM"][2:], *of["CF"]]
    assert found.guarded[of["SF"][0]] == (
        "the places left can be filled only with all who remain of Scottish and women"
    )
    assert found.doomed[of["CF"][0]] == "Welsh have 1, the most they may have"


@st.composite
def quotas(draw: st.DrawFn, *, dimensions: int = 3) -> tuple[Constraints, int]:
    size = draw(st.integers(1, 7))
    found = []
    for n in range(draw(st.integers(0, dimensions))):
        of = draw(st.lists(st.integers(-1, 2), min_size=size, max_size=size))
        groups = []
        for g in range(3):
            members = frozenset(c for c in range(size) if of[c] == g)
            least = draw(st.integers(0, min(2, len(members))))
            groups.append(Group(f"d{n}g{g}", members, least, draw(st.integers(least, 4))))
        found.append(Dimension(f"d{n}", tuple(groups)))
    return tuple(found), size


def keeps(limits: Constraints, elected: tuple[int, ...]) -> bool:
    return all(
        group.least <= len(group.members.intersection(elected)) <= group.most
        for dimension in limits
        for group in dimension.groups
    )


@settings(max_examples=200)
@given(quotas(), st.integers(1, 4), st.data())
def test_guarded_are_those_in_every_lawful_committee_and_doomed_those_in_none(
    drawn: tuple[Constraints, int], seats: int, data: st.DataObject
) -> None:
    limits, size = drawn
    places = min(seats, size)
    lawful = [set(c) for c in combinations(range(size), places) if keeps(limits, c)]
    names = [f"c{n}" for n in range(size)]
    if not lawful:
        with pytest.raises(constraints.Infeasible, match="keep the quotas for groups"):
            constraints.check(limits, range(size), seats=seats, names=names)
        return
    constraints.check(limits, range(size), seats=seats, names=names)
    target = data.draw(st.sampled_from(lawful))
    elected = data.draw(st.sets(st.sampled_from(sorted(target)), max_size=places))
    gone = data.draw(st.sets(st.integers(0, size - 1))) - target
    continuing = set(range(size)) - elected - gone
    left = [c for c in lawful if elected <= c and not c & gone]
    found = constraints.marks(limits, sorted(elected), continuing, places=places)
    if len(elected) == places:
        assert found == constraints.FREE
    else:
        alike = {
            c: [x for x in continuing if constraints.kind(limits, x) == constraints.kind(limits, c)] for c in continuing
        }
        assert set(found.doomed) == {c for c in continuing if limits and not any(c in one for one in left)}
        assert set(found.guarded) == {c for c in continuing if limits and all(one.issuperset(alike[c]) for one in left)}


@pytest.mark.parametrize("rule", rules.CONSTRAINED)
@settings(max_examples=60)
@given(quotas(dimensions=2), st.integers(1, 4), st.data())
def test_the_elected_keep_the_quotas_for_groups(
    rule: str, drawn: tuple[Constraints, int], seats: int, data: st.DataObject
) -> None:
    limits, size = drawn
    ranking = st.permutations(range(size)).flatmap(
        lambda order: st.integers(1, size).map(lambda depth: tuple(order[:depth]))
    )
    papers = data.draw(st.lists(st.tuples(st.integers(1, 9), ranking), max_size=9))
    profile = Profile(tuple(f"c{n}" for n in range(size)), tuple(papers))
    places = min(seats, size)
    if not any(keeps(limits, c) for c in combinations(range(size), places)):
        with pytest.raises(constraints.Infeasible):
            rules.CONSTRAINED[rule](profile, seats=seats, lot=LOT, within=limits)
        return
    found = rules.CONSTRAINED[rule](profile, seats=seats, lot=LOT, within=limits)
    assert len(found.winners) == places and keeps(limits, found.winners)
    if not limits:
        assert found == rules.RULES[rule](profile, seats=seats, lot=LOT)
    gone = sum((stage.nontransferable + stage.lost for stage in found.stages), 0)
    assert sum(found.stages[-1].totals) + gone == found.valid


WOMEN = Dimension("gender", (Group("women", frozenset({2, 3}), 1, 1), Group("men", frozenset({0, 1}), 0, 2)))
PAPERS = Profile(tuple("ABCD"), ((40, (0, 1)), (35, (1, 0)), (15, (2, 3)), (10, (3, 2))))


@pytest.mark.parametrize("rule", rules.CONSTRAINED)
def test_the_sheet_says_who_is_guarded_or_doomed_and_why(rule: str) -> None:
    count = rules.CONSTRAINED[rule]
    assert rules.RULES[rule](PAPERS, seats=2, lot=LOT).winners == (0, 1)
    found = count(PAPERS, seats=2, lot=LOT, within=(WOMEN,))
    said = " ".join(stage.sentence for stage in found.stages)
    assert found.winners == (0, 2)
    assert "C is guarded: 1 of women remain and 1 are needed" in said or "B is doomed" in said
    single = Dimension("gender", (Group("men", frozenset({0, 1}), 0, 1),))
    found = count(PAPERS, seats=2, lot=LOT, within=(single,))
    said = " ".join(stage.sentence for stage in found.stages)
    assert found.winners == (0, 2)
    assert "B is doomed" in said and "men have 1, the most they may have" in said


@pytest.mark.parametrize("rule", rules.CONSTRAINED)
def test_who_is_guarded_is_named_where_she_has_no_more_than_who_goes_and_the_doomed_need_no_guard(rule: str) -> None:
    women = Dimension("gender", (Group("women", frozenset({2}), 1, 1),))
    profile = Profile(tuple("ABCD"), ((18, (0,)), (10, (1, 0)), (10, (2,)), (17, (3,))))
    found = rules.CONSTRAINED[rule](profile, seats=2, lot=LOT, within=(women,))
    said = [stage.sentence for stage in found.stages]
    assert found.winners == (0, 2)
    guarded = "C is guarded: 1 of women remain and 1 are needed; B has the "
    assert [guarded in sentence for sentence in said] == [sentence.count("B has the") == 1 for sentence in said]
    assert sum("is guarded" in sentence for sentence in said) == 1
    assert sum("D is doomed" in sentence for sentence in said) == 1


@pytest.mark.parametrize("rule", rules.CONSTRAINED)
def test_two_with_the_quota_and_equal_votes_of_whom_one_may_be_elected_are_parted(rule: str) -> None:
    single = Dimension("gender", (Group("men", frozenset({0, 1}), 0, 1),))
    profile = Profile(tuple("ABC"), ((5, (0,)), (5, (1,)), (1, (2,))))
    found = rules.CONSTRAINED[rule](profile, seats=2, lot=ties.Hand((1,)), within=(single,))
    assert found.winners in ((1, 2), (0, 2))
    assert any(stage.tie is not None and stage.tie.broken_by == "hand" for stage in found.stages)


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ((Group("women", frozenset({0}), 2, 1),), "women: at least 2 and at most 1"),
        ((Group("women", frozenset({0}), -1, 1),), "women: at least -1 and at most 1"),
        ((Group("women", frozenset({4}), 0, 1),), "women names candidate 5 of 4"),
        ((Group("a", frozenset({0}), 0, 1), Group("b", frozenset({0}), 0, 1)), "A is in two groups of gender"),
    ],
)
def test_quotas_that_mean_nothing_are_refused(groups: tuple[Group, ...], said: str) -> None:
    with pytest.raises(constraints.ConstraintsWrong, match=said):
        constraints.check((Dimension("gender", groups),), range(4), seats=2, names="ABCD")


def test_quotas_that_cannot_be_kept_are_refused_with_the_reason() -> None:
    def refused(*dimensions: Dimension) -> str:
        with pytest.raises(constraints.Infeasible) as found:
            constraints.check(dimensions, range(4), seats=2, names="ABCD")
        assert found.value.places == 2
        return found.value.reason

    few = Dimension("gender", (Group("women", frozenset({0}), 2, 2),))
    assert refused(few) == "women need 2 and only 1 stand"
    many = Dimension("d", (Group("a", frozenset({0, 1}), 2, 2), Group("b", frozenset({2, 3}), 1, 2)))
    assert refused(many) == "the groups of d need 3 together for 2 places"
    tight = Dimension("d", (Group("a", frozenset({0, 1}), 0, 1), Group("b", frozenset({2, 3}), 0, 0)))
    assert refused(tight) == "d allows 1 together for 2 places"
    one = Dimension("x", (Group("a", frozenset({0, 1}), 2, 2),))
    two = Dimension("y", (Group("b", frozenset({2, 3}), 1, 2),))
    assert refused(one, two) == "each dimension could be kept alone, not all of them together"
    # Three dimensions are searched, not flowed through.
    assert refused(one, two, Dimension("z", ())) == "each dimension could be kept alone, not all of them together"
