"""What seats weigh, and tallies of weighed and split votes."""

from fractions import Fraction

import pytest

from comitia.decide import weights
from comitia.decide.verdict import Tally
from comitia.decide.weights import Split, WeightWrong

WEIGHTS = {"mill:1": Fraction(25, 2), "mill:2": Fraction(25, 2), "bakery:1": Fraction(10)}


def test_a_seat_weighs_its_share_of_the_members() -> None:
    found = weights.seat_weights({"mill": 25, "bakery": 10}, {"mill": 2, "bakery": 1})
    assert found == {"mill": Fraction(25, 2), "bakery": Fraction(10)}


def test_members_without_a_seat_are_refused() -> None:
    with pytest.raises(WeightWrong, match="the seat mill cannot be weighed: its body has no seat"):
        weights.seat_weights({"mill": 25}, {})


def test_votes_are_weighed_and_may_be_split() -> None:
    split = Split(Fraction(6), Fraction(4), Fraction(0))
    found = weights.weighed_tally({"mill:1": "for", "bakery:1": split}, WEIGHTS, members=35)
    assert found == Tally(35, Fraction(35), Fraction(35), Fraction(37, 2), Fraction(4), Fraction(0))


def test_a_split_that_does_not_add_up_is_refused() -> None:
    with pytest.raises(WeightWrong, match="the parts of its vote do not add up to 10"):
        weights.weighed_tally({"bakery:1": Split(Fraction(6), Fraction(3), Fraction(0))}, WEIGHTS, members=35)


def test_a_vote_of_a_seat_without_weight_is_refused() -> None:
    with pytest.raises(WeightWrong, match="the seat farm:1 cannot be weighed: it has no weight at this snapshot"):
        weights.weighed_tally({"farm:1": "for"}, WEIGHTS, members=35)
