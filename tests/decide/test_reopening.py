"""Re-open nominations stops the election of those below it."""

import pytest

from comitia.decide import reopening, rules, ties
from comitia.decide.profile import Profile

LOT = ties.Lot(b"x")
PAPERS = Profile(("A", "RON", "B", "C"), ((9, (0, 1)), (6, (1,)), (3, (2,)), (2, (3,))))


def test_who_was_elected_before_stays_and_the_other_places_are_vacant() -> None:
    counted = rules.RULES["scottish"](PAPERS, seats=3, lot=LOT)
    assert counted.winners[:2] == (0, 1)
    found = reopening.stopped(counted, 1)
    assert (found.winners, len(found.stages)) == ((0,), 1)
    assert found.stages[0].elected == (0,)
    assert found.stages[0].sentence.endswith("RON is elected: the count ends, A elected, 2 to be nominated for again.")


def test_of_those_elected_together_only_those_with_more_votes_stay() -> None:
    for rule, stays in (("approval", ()), ("plurality", (0,))):
        assert reopening.stopped(rules.RULES[rule](PAPERS, seats=3, lot=LOT), 1).winners == stays


def test_a_count_that_does_not_elect_it_stands() -> None:
    counted = rules.RULES["plurality"](PAPERS, seats=1, lot=LOT)
    assert reopening.stopped(counted, 1) == counted


@pytest.mark.parametrize("position", [-1, 4])
def test_it_must_be_on_the_paper(position: int) -> None:
    with pytest.raises(reopening.NotStanding, match="is not one of the 4 on the paper"):
        reopening.stopped(rules.RULES["plurality"](PAPERS, seats=1, lot=LOT), position)
