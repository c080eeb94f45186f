import dataclasses
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from comitia.charter.structure import Charter, CountingRule
from comitia.drill import cost


@pytest.mark.parametrize(
    ("electors", "seats", "sure_of", "expected"),
    [(20, 1, 1, 11), (21, 1, 1, 11), (20, 5, 3, 12), (201, 3, 2, 102), (4, 5, 5, 4), (1, 1, 1, 1), (20, 5, 0, 0)],
)
def test_seats_by_transferable_vote_take_so_many_quotas(electors: int, seats: int, sure_of: int, expected: int) -> None:
    assert cost.seat_cost("scottish", electors=electors, seats=seats, sure_of=sure_of) == expected


@pytest.mark.parametrize(("electors", "expected"), [(20, 11), (21, 11), (1, 1), (201, 101)])
def test_a_majority_fills_a_single_seat_by_plurality_and_every_seat_by_approval(electors: int, expected: int) -> None:
    assert cost.seat_cost("plurality", electors=electors, seats=1, sure_of=1) == expected
    for sure_of in (1, 2, 3):
        assert cost.seat_cost("approval", electors=electors, seats=3, sure_of=sure_of) == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("block", (11, 11, 11)), ("borda", (14, 14, 14)), ("pav", (6, 11, 16)), ("phragmen", (6, 11, 16)),
        ("equal_shares_phragmen", (6, 11, 16)), ("equal_shares_add_one", (7, 11, 14)), ("wigm", (6, 12, 18)),
        ("equal_shares_utilitarian", (7, 11, 14)), ("ranked_pairs", (11, 11, 11)),
    ],
)  # fmt: skip
def test_one_two_and_three_of_three_seats_take_so_many_of_twenty(rule: CountingRule, expected: tuple[int, ...]) -> None:
    assert tuple(cost.seat_cost(rule, electors=20, seats=3, sure_of=n) for n in (1, 2, 3)) == expected


@given(st.integers(1, 12), st.integers(1, 4), st.data())
def test_several_seats_by_plurality_are_sure_when_no_split_of_the_others_wins(
    electors: int, seats: int, data: st.DataObject
) -> None:
    sure_of = data.draw(st.integers(1, seats))

    def is_sure(ours: int) -> bool:
        # Ours are spread evenly; the others put the most they can behind the weakest of the candidates they need.
        return ours // sure_of > (electors - ours) // (seats - sure_of + 1)

    found = next((ours for ours in range(electors + 1) if is_sure(ours)), electors)
    assert cost.seat_cost("plurality", electors=electors, seats=seats, sure_of=sure_of) == found


def test_a_matter_needs_its_threshold_or_its_quorum_whichever_is_more(shipped: Charter) -> None:
    plan = shipped.matters["plan"]

    assert [cost.votes_needed(plan, voters=n) for n in (1, 2, 13, 14)] == [1, 2, 7, 8]
    assert cost.votes_needed(shipped.matters["charter"], voters=12) == 8
    assert cost.votes_needed(dataclasses.replace(plan, quorum=Fraction(3, 4)), voters=13) == 10


@given(st.integers(1, 500), st.integers(1, 20), st.data())
def test_more_seats_never_cost_fewer_people_and_all_electors_always_win_all(
    electors: int, seats: int, data: st.DataObject
) -> None:
    sure_of = data.draw(st.integers(0, seats - 1))
    fewer = cost.seat_cost("scottish", electors=electors, seats=seats, sure_of=sure_of)

    assert fewer <= cost.seat_cost("scottish", electors=electors, seats=seats, sure_of=sure_of + 1) <= electors
