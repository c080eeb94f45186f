"""From the rule's name in a charter to the file that is the rule."""

from typing import get_args

import pytest

from comitia.charter.structure import CountingRule
from comitia.decide.profile import Profile
from comitia.decide.ties import Lot
from comitia.federation import counting

PAPERS = Profile(("A", "B", "C"), ((3, (0, 1)), (2, (1,)), (1, (2, 1))))


@pytest.mark.parametrize("rule", [r for r in get_args(CountingRule) if r != "list"])
def test_every_rule_that_a_charter_may_name_counts_by_itself(rule: CountingRule) -> None:
    counted = counting.count(rule, PAPERS, seats=1, lot=Lot(b"seed"))

    assert (counted.rule, len(counted.winners)) == (rule, 1)
