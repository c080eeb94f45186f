"""Apportionment on textbook figures; ties are reported and never broken."""

from collections.abc import Callable

import pytest
from hypothesis import given, strategies as st

from comitia.decide import apportionment
from comitia.decide.apportionment import Apportionment, VotesWrong

Rule = Callable[..., Apportionment]
RULES: list[Rule] = [
    apportionment.sainte_lague,
    apportionment.dhondt,
    apportionment.largest_remainder,
    apportionment.droop_remainder,
    apportionment.huntington_hill,
    apportionment.adams,
]
# Balinski and Young, Fair Representation, the six-party example in common use: 100,000 votes, 10 seats.
SIX = {"yellow": 47_000, "white": 16_000, "red": 15_900, "green": 12_000, "blue": 6_000, "pink": 3_100}


def test_three_rules_give_their_textbook_seats() -> None:
    assert apportionment.sainte_lague(SIX, seats=10).seats == dict(zip(SIX, (4, 2, 2, 1, 1, 0), strict=True))
    assert apportionment.dhondt(SIX, seats=10).seats == dict(zip(SIX, (5, 2, 2, 1, 0, 0), strict=True))
    assert apportionment.largest_remainder(SIX, seats=10).seats == dict(zip(SIX, (5, 2, 1, 1, 1, 0), strict=True))


def test_52_against_8_for_5_seats() -> None:
    votes = {"large": 52, "small": 8}
    assert [rule(votes, seats=5).seats for rule in RULES] == [
        {"large": 4, "small": 1},
        {"large": 5, "small": 0},
        {"large": 4, "small": 1},
        # 52 is 4 quotas of 11 and 8 more: the remainders tie.
        {"large": 4, "small": 0},
        {"large": 4, "small": 1},
        {"large": 4, "small": 1},
    ]


def test_a_tie_over_the_last_seats_is_reported_and_not_broken() -> None:
    votes = {"zeta": 10, "alpha": 10, "beta": 20}
    assert apportionment.dhondt(votes, seats=3) == Apportionment(
        "dhondt", {"zeta": 0, "alpha": 0, "beta": 1}, ("zeta", "alpha", "beta"), 2
    )
    assert apportionment.sainte_lague(votes, seats=2) == Apportionment(
        "sainte_lague", {"zeta": 0, "alpha": 0, "beta": 1}, ("zeta", "alpha"), 1
    )
    assert apportionment.largest_remainder(votes, seats=2) == Apportionment(
        "largest_remainder", {"zeta": 0, "alpha": 0, "beta": 1}, ("zeta", "alpha"), 1
    )


@pytest.mark.parametrize("rule", RULES)
def test_wrong_votes_are_refused(rule: Rule) -> None:
    for votes, seats in (({"a": -1}, 1), ({"a": 1}, -1), ({"a": 0}, 1), ({}, 1)):
        with pytest.raises(VotesWrong):
            rule(votes, seats=seats)


@given(st.lists(st.integers(0, 500), min_size=1, max_size=6).filter(any), st.integers(0, 20), st.sampled_from(RULES))
def test_all_seats_are_given_or_named_as_tied(numbers: list[int], seats: int, rule: Rule) -> None:
    votes = {f"b{n}": number for n, number in enumerate(numbers)}
    found = rule(votes, seats=seats)
    assert sum(found.seats.values()) + found.undecided == seats
    assert (len(found.tied) > found.undecided) if found.tied else found.undecided == 0


@given(st.lists(st.integers(0, 500), min_size=1, max_size=6).filter(any), st.integers(0, 20), st.sampled_from(RULES))
def test_the_order_of_the_names_changes_nothing(numbers: list[int], seats: int, rule: Rule) -> None:
    votes = {f"b{n}": number for n, number in enumerate(numbers)}
    found, turned = rule(votes, seats=seats), rule(dict(reversed(votes.items())), seats=seats)
    assert (found.seats, sorted(found.tied), found.undecided) == (turned.seats, sorted(turned.tied), turned.undecided)


def test_every_rule_on_the_example_of_balinski_and_young() -> None:
    # Fair Representation (1982), the example of six states and 36 seats.
    states = {"A": 27_744, "B": 25_178, "C": 19_951, "D": 14_610, "E": 9_225, "F": 3_292}
    found = {rule.__name__: tuple(rule(states, seats=36).seats.values()) for rule in RULES}
    assert found == {
        "adams": (10, 9, 7, 5, 3, 2),
        "huntington_hill": (10, 9, 7, 6, 3, 1),
        "sainte_lague": (10, 9, 8, 5, 3, 1),
        "dhondt": (11, 9, 7, 5, 3, 1),
        "largest_remainder": (10, 9, 7, 5, 4, 1),
        "droop_remainder": (10, 9, 7, 5, 4, 1),
    }


def test_everybody_with_votes_has_a_first_seat_and_where_seats_are_few_more_votes_come_first() -> None:
    for rule in (apportionment.huntington_hill, apportionment.adams):
        assert rule({"a": 900, "b": 1, "c": 0}, seats=2).seats == {"a": 1, "b": 1, "c": 0}
        assert rule({"a": 900, "b": 1}, seats=1).seats == {"a": 1, "b": 0}
        assert rule({"a": 5, "b": 5}, seats=1).tied == ("a", "b")


def test_huntington_hill_rounds_at_the_geometric_mean() -> None:
    # The second seat of a and the third of b: 1000/sqrt(2) = 707.1 against 1732/sqrt(6) = 707.08.
    assert apportionment.huntington_hill({"a": 1000, "b": 1732}, seats=4).seats == {"a": 2, "b": 2}
    assert apportionment.huntington_hill({"a": 1000, "b": 1733}, seats=4).seats == {"a": 1, "b": 3}


def test_droop_quotas_are_whole_and_few_votes_go_round() -> None:
    # 40 votes for 3 seats: the quota is 11; a has 2 quotas and 8 left, b 10 left.
    assert apportionment.droop_remainder({"a": 30, "b": 10}, seats=3).seats == {"a": 2, "b": 1}
    assert apportionment.droop_remainder({"a": 1, "b": 0}, seats=5).seats == {"a": 5, "b": 0}
