"""PAV against every committee, and its ties."""

from fractions import Fraction
from itertools import combinations

from hypothesis import given, settings, strategies as st

from comitia.decide import sheet, ties
from comitia.decide.count import pav
from comitia.decide.profile import Profile

LOT = ties.Lot(b"x")


def worth(profile: Profile, committee: tuple[int, ...]) -> Fraction:
    return sum(
        (
            weight * Fraction(1, n)
            for weight, named in profile.ballots
            for n in range(1, len({*named} & {*committee}) + 1)
        ),
        Fraction(0),
    )


@st.composite
def approvals(draw: st.DrawFn) -> Profile:
    size = draw(st.integers(1, 6))
    named = st.sets(st.integers(0, size - 1)).map(lambda found: tuple(sorted(found)))
    papers = draw(st.lists(st.tuples(st.integers(1, 4), named), max_size=8))
    return Profile(tuple("ABCDEF"[:size]), tuple(papers))


@settings(max_examples=150)
@given(approvals(), st.integers(1, 4))
def test_the_committee_is_worth_most_and_ties_are_who_sits_in_some_but_not_all(profile: Profile, seats: int) -> None:
    size = len(profile.candidates)
    every = list(combinations(range(size), min(seats, size)))
    most = max(worth(profile, committee) for committee in every)
    left = [set(committee) for committee in every if worth(profile, committee) == most]
    found = pav.count(profile, seats=seats, lot=LOT)
    assert set(found.winners) in left
    for stage in found.stages[:-1]:
        assert stage.tie is not None
        assert set(stage.tie.candidates) == set.union(*left) - set.intersection(*left)
        left = [committee for committee in left if committee.issuperset(stage.elected)]
    assert left == [set(found.winners)]
    assert (
        found.stages[-1].tie,
        found.stages[-1].sentence.endswith(f"most to its papers, {sheet.exact_text(most)}."),
    ) == (
        None,
        True,
    )


def test_a_party_of_two_thirds_gets_two_of_three_seats() -> None:
    found = pav.count(Profile(tuple("ABCXYZ"), ((20, (0, 1, 2)), (10, (3, 4, 5)))), seats=3, lot=LOT)
    assert len({0, 1, 2} & set(found.winners)) == 2
    assert found.stages[-1].totals == (20, 20, 20, 10, 10, 10)


def test_a_committee_found_late_is_not_missed_and_the_sheet_says_who_and_how_many() -> None:
    # Four committees worth 7/2 are found before the one worth 4.
    papers = ((1, (0, 2)), (1, (3,)), (1, (1, 2)), (1, (0, 1, 3)))
    found = pav.count(Profile(tuple("ABCD"), papers), seats=2, lot=LOT)
    assert [stage.sentence for stage in found.stages] == [
        "Stage 1: C and D are elected; the committee is worth most to its papers, 4."
    ]
    alone = pav.count(Profile(("A", "B"), ((1, (1,)),)), seats=1, lot=LOT)
    assert alone.stages[0].sentence == "Stage 1: B is elected; the committee is worth most to its papers, 1."
