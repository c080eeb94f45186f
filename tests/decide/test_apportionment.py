"""Apportionment on textbook figures; ties are reported and never broken."""

from collections.abc import Callable

import pytest
from hypothesis import given, strategies as st

from comitia.decide import apportionment
from comitia.decide.apportionment import Apportionment, VotesWrong

Rule = Callable[..., Apportionment]
RULES: list[Rule] = [apportionment.sainte_lague, apportionment.dhondt, apportionment.largest_remainder]
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
