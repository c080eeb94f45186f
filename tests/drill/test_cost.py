import dataclasses
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, strategies as st

from comitia.charter.structure import Base, Charter, CountingRule
from comitia.decide.verdict import Rule, Tally, verdict
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

    assert [cost.votes_needed(plan, voters=n, others="against") for n in (1, 2, 13, 14)] == [1, 2, 7, 8]
    assert cost.votes_needed(shipped.matters["charter"], voters=12, others="against") == 8
    assert cost.votes_needed(dataclasses.replace(plan, quorum=Fraction(3, 4)), voters=13, others="against") == 10


@given(st.integers(1, 500), st.integers(1, 20), st.data())
def test_more_seats_never_cost_fewer_people_and_all_electors_always_win_all(
    electors: int, seats: int, data: st.DataObject
) -> None:
    sure_of = data.draw(st.integers(0, seats - 1))
    fewer = cost.seat_cost("scottish", electors=electors, seats=seats, sure_of=sure_of)

    assert fewer <= cost.seat_cost("scottish", electors=electors, seats=seats, sure_of=sure_of + 1) <= electors


BASES: tuple[Base, ...] = ("members", "seats", "filled", "present", "cast", "for_against")
SILENCES = ("absent", "abstains", "consents")


@given(
    voters=st.integers(1, 40),
    base=st.sampled_from(BASES),
    threshold=st.sampled_from([Fraction(1, 3), Fraction(1, 2), Fraction(2, 3), Fraction(3, 4)]),
    strict=st.booleans(),
    quorum=st.sampled_from([0, 5, Fraction(1, 3), Fraction(1, 2)]),
    abstentions=st.sampled_from(["counted", "not_counted"]),
    silence=st.sampled_from(SILENCES),
    abstentions_count_to_quorum=st.booleans(),
)
def test_where_the_others_stay_away_the_fewest_are_those_whom_the_verdict_lets_through(
    shipped: Charter, voters: int, base: Base, threshold: Fraction, strict: bool, **asked: Any
) -> None:
    matter = dataclasses.replace(shipped.matters["plan"], base=base, threshold=threshold, strict=strict, **asked)
    rule = Rule(
        "1", base, threshold, strict, matter.quorum or None, matter.quorum_base, matter.abstentions, "fails",
        matter.silence, matter.no_counts_to_quorum, abstaining_counts=matter.abstentions_count_to_quorum is not False,
    )  # fmt: skip

    def carries(alone: int) -> bool:
        return verdict("house", Tally(voters, voters, voters, alone, 0, 0), rule).carried

    found = next((n for n in range(1, voters + 1) if carries(n)), voters)
    # Five people are no quorum of four: then nobody decides, and the number is beyond all voters.
    needed = cost.votes_needed(matter, voters=voters, others="absent")
    assert needed == found if carries(found) else needed > voters


def test_the_silent_who_abstain_are_no_quorum_where_abstentions_do_not_count_to_it(shipped: Charter) -> None:
    silent = dataclasses.replace(shipped.matters["plan"], base="for_against", quorum=5, silence="abstains")
    left_out = dataclasses.replace(silent, abstentions_count_to_quorum=False)

    assert [cost.votes_needed(of, voters=7, others="absent") for of in (silent, left_out)] == [1, 5]


def test_seats_that_nobody_else_wants_take_who_nominates_and_who_must_turn_out() -> None:
    assert cost.seats_alone(electors=20, nomination=1, turnout=Fraction(0)) == 1
    assert cost.seats_alone(electors=20, nomination=3, turnout=Fraction(0)) == 3
    assert cost.seats_alone(electors=20, nomination=3, turnout=Fraction(1, 3)) == 7
    assert cost.seats_alone(electors=2, nomination=3, turnout=Fraction(0)) == 2


def test_a_joint_body_decides_alone_by_its_own_base(shipped: Charter) -> None:
    step = shipped.matters["plan"].alone
    assert step is not None
    cast = dataclasses.replace(step, base="cast", threshold=Fraction(1, 2), strict=True)
    filled = dataclasses.replace(cast, base="filled")

    assert [cost.votes_alone(cast, voters=9, others=others) for others in ("against", "absent")] == [5, 1]
    assert [cost.votes_alone(filled, voters=9, others=others) for others in ("against", "absent")] == [5, 5]
