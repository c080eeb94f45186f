"""Burlington, Vermont, 3 March 2009: the mayor elected by instant runoff was not the candidate who beat everybody.

The papers, reduced to the three who came into the last rounds, as published after the election (W. D. Smith and
others); their pairwise sums are those of the published matrix of all candidates. The official rounds differ by 1 to 4
papers, which the city's program read otherwise.
"""

from pathlib import Path

import pytest

from comitia.decide import ballot_file, pairwise, rules, ties

MONTROLL, KISS, WRIGHT = 0, 1, 2
FILE = Path(__file__).parents[2] / "examples" / "ballots" / "burlington-2009.blt"
PAPERS = ballot_file.parse(FILE.read_bytes()).profile
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
