from fractions import Fraction
from math import exp, log

import lived
import pytest
from small import Small

from comitia.federation import acts
from comitia.watch import participation
from comitia.watch.view import View

HOUSES = ("committees-house:bakery:1", "committees-house:farm:1", "committees-house:mill:1",
          "unions-house:bakers:1", "unions-house:drivers:1", "unions-house:growers:1")  # fmt: skip


@pytest.fixture(scope="module")
def proposed() -> Small:
    small = lived.free()
    board = small.state.terms["board:1"][-1].member
    delegate = small.state.terms["committees-house:mill:1"][-1].member
    split = dict(zip(HOUSES, ("for", "for", "against", "for", "for", "against"), strict=True))
    for n in range(3):
        lived.decide(small, f"board-{n}", board, "board", "levies", dict.fromkeys(HOUSES, "for"))
    lived.decide(small, "other", delegate, "committees-house", "levies", split)
    small.do(
        acts.MinorityReportFiled(
            at=small.at, by=delegate, body="committees-house", motion="other", text=small.blob("Against.\n"),
            adopted=small.state.motions["other"].text,
        )
    )  # fmt: skip
    return small


def test_four_motions_of_two_people(proposed: Small) -> None:
    _, proposers, _, _, reports = participation.readings(lived.view(proposed))

    assert proposers.value == pytest.approx(exp(-(3 / 4 * log(3 / 4) + 1 / 4 * log(1 / 4))))
    assert proposers.sentence == "4 motions came from 2 people, as evenly as from 1.8."
    assert (reports.value, reports.count, reports.of) == (1, 1, 1)
    assert reports.acts == (len(proposed.done) - 1,)


def test_acts_beside_voting_and_turnout_of_ten_or_more(freely: View) -> None:
    active, _, unequal, turnout, _ = participation.readings(freely)

    assert (active.count, active.of) == (17, 24)
    assert active.sentence == "17 of 24 members did something beside voting in the last 365 days."
    assert (unequal.value, unequal.of) == (Fraction(27, 85), 70)
    assert (turnout.count, turnout.of) == (24, 24)
    assert turnout.sentence == (
        "24 of 24 votes that could be cast in 2 secret ballots were cast. 14 with fewer than 10 electors are withheld."
    )
