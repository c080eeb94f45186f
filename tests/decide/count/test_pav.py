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
