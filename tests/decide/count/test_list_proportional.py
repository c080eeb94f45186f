"""Election by lists: seats in proportion, candidates in their order, short lists, ties, blank papers."""

from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

from comitia.decide import apportionment, sheet, ties
from comitia.decide.count import list_proportional

LOT = ties.Lot(bytes.fromhex("00ff17"))
LISTS = {"red": ["Ada", "Bo", "Cai"], "green": ["Dee", "Eli"], "black": ["Fay"]}


def test_seats_go_to_lists_by_votes_and_to_candidates_by_their_order() -> None:
    counted = list_proportional.count(
        {"red": 53, "green": 24, "black": 23, "": 4}, LISTS, seats=4, apportion=apportionment.sainte_lague, lot=LOT
    )

    assert [counted.candidates[c] for c in counted.winners] == ["Ada", "Bo", "Dee", "Fay"]
    assert (counted.valid, counted.blank) == (100, 4)
    assert [stage.sentence for stage in counted.stages] == [
        "Stage 1: the list red has 53 votes and 2 of 4 seats: Ada and Bo.",
        "Stage 2: the list green has 24 votes and 1 of 4 seats: Dee.",
        "Stage 3: the list black has 23 votes and 1 of 4 seats: Fay.",
    ]
    assert counted.stages[0].totals == tuple(map(Fraction, (53, 53, 53, 24, 24, 23)))


def test_the_seats_of_a_list_that_is_too_short_go_to_the_others() -> None:
    counted = list_proportional.count(
        {"red": 1, "green": 1, "black": 98}, LISTS, seats=3, apportion=apportionment.dhondt, lot=LOT
    )

    assert sorted(counted.candidates[c] for c in counted.winners) == ["Ada", "Dee", "Fay"]


def test_lists_that_tie_for_the_last_seat_are_parted_by_a_lot() -> None:
    counted = list_proportional.count({"red": 10, "green": 10}, LISTS, seats=1, apportion=apportionment.dhondt, lot=LOT)

    tie = counted.stages[0].tie
    assert tie is not None
    assert (tie.candidates, tie.chosen) == ((0, 1), (ties.draw(LOT, [0, 1], number=0).chosen,))
    assert len(counted.winners) == 1
    assert counted.stages[0].sentence.startswith("Stage 1: red and green tied; the lot falls on")


def test_fewer_candidates_than_seats_leave_seats_vacant_and_no_vote_fills_none() -> None:
    counted = list_proportional.count(
        {"black": 3}, {"black": ["Fay"]}, seats=2, apportion=apportionment.dhondt, lot=LOT
    )
    assert counted.winners == (0,)

    nobody = list_proportional.count({"": 3}, LISTS, seats=2, apportion=apportionment.dhondt, lot=LOT)
    assert (nobody.winners, nobody.blank) == ((), 3)


def test_no_seat_cannot_be_filled() -> None:
    with pytest.raises(sheet.SeatsWrong, match="1 or more"):
        list_proportional.count({}, LISTS, seats=0, apportion=apportionment.dhondt, lot=LOT)


def test_a_list_that_gets_as_many_seats_as_it_has_people_is_not_short() -> None:
    # Hare quota 43/3: red and black have one each, green the greatest remainder. Without black it would be red.
    counted = list_proportional.count(
        {"red": 19, "green": 5, "black": 19}, LISTS, seats=3, apportion=apportionment.largest_remainder, lot=LOT
    )
    assert sorted(counted.candidates[c] for c in counted.winners) == ["Ada", "Dee", "Fay"]
    assert (counted.blank, {stage.lost for stage in counted.stages}) == (0, {0})


@pytest.mark.parametrize(
    "apportion", [apportionment.dhondt, apportionment.sainte_lague, apportionment.largest_remainder]
)
@settings(max_examples=60)
@given(st.lists(st.integers(0, 40), min_size=3, max_size=3), st.integers(1, 6), st.permutations(list(LISTS)))
def test_the_order_of_lists_and_a_list_without_a_vote_change_nobody_elected(
    apportion: list_proportional.Apportioning, votes: list[int], seats: int, order: list[str]
) -> None:
    given_votes = dict(zip(LISTS, votes, strict=True))
    found = list_proportional.count(given_votes, LISTS, seats=seats, apportion=apportion, lot=LOT)
    for lists in ({name: LISTS[name] for name in order}, {**LISTS, "empty": ["Gil"]}):
        other = list_proportional.count(given_votes, lists, seats=seats, apportion=apportion, lot=LOT)
        if found.stages[0].tie is None and other.stages[0].tie is None:
            assert {other.candidates[c] for c in other.winners} == {found.candidates[c] for c in found.winners}
