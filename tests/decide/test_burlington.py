"""Burlington, Vermont, 3 March 2009: the mayor elected by instant runoff was not the candidate who beat everybody.

The papers, reduced to the three who came into the last rounds, as published after the election (W. D. Smith and
others); their pairwise sums are those of the published matrix of all candidates. The official rounds differ by 1 to 4
papers, which the city's program read otherwise.
"""

import pytest

from comitia.decide import pairwise, rules, ties
from comitia.decide.profile import Profile

MONTROLL, KISS, WRIGHT = 0, 1, 2
PAPERS = Profile(
    ("Andy Montroll", "Bob Kiss", "Kurt Wright"),
    (
        (1332, (MONTROLL, KISS, WRIGHT)), (767, (MONTROLL, WRIGHT, KISS)), (455, (MONTROLL,)),
        (2043, (KISS, MONTROLL, WRIGHT)), (371, (KISS, WRIGHT, MONTROLL)), (568, (KISS,)),
        (1513, (WRIGHT, MONTROLL, KISS)), (495, (WRIGHT, KISS, MONTROLL)), (1289, (WRIGHT,)),
    ),
)  # fmt: skip
LOT = ties.Lot(b"")


def test_the_pairwise_sums_are_those_published() -> None:
    assert pairwise.preferences(PAPERS) == [[0, 4067, 4597], [3477, 0, 4314], [3668, 4064, 0]]


@pytest.mark.parametrize(
    ("rule", "winner"),
    [
        ("plurality", WRIGHT), ("instant_runoff", KISS), ("scottish", KISS), ("meek", KISS),
        ("wigm", KISS), ("ers97", KISS),
        ("schulze", MONTROLL), ("schulze_margins", MONTROLL), ("ranked_pairs", MONTROLL), ("borda", MONTROLL),
    ],
)  # fmt: skip
def test_each_rule_elects_whom_it_is_known_to_elect(rule: str, winner: int) -> None:
    assert rules.RULES[rule](PAPERS, seats=1, lot=LOT).winners == (winner,)
