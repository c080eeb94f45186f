from fractions import Fraction

import lived
from small import Small

from comitia.watch import tier_of_decision
from comitia.watch.view import View

HOUSES = ("committees-house:bakery:1", "committees-house:farm:1", "committees-house:mill:1",
          "unions-house:bakers:1", "unions-house:drivers:1", "unions-house:growers:1")  # fmt: skip


def test_two_decisions_of_the_houses_and_one_of_a_committee() -> None:
    small: Small = lived.free()
    board = small.state.terms["board:1"][-1].member
    baker = small.state.terms["committee/bakery:1"][-1].member
    lived.decide(small, "first", board, "board", "levies", dict.fromkeys(HOUSES, "for"))
    lived.decide(small, "second", board, "board", "levies", dict.fromkeys(HOUSES, "for"))
    seats = [f"committee/bakery:{n}" for n in range(1, 6)]
    votes = dict.fromkeys(seats, "for")
    lived.decide(small, "own", baker, "committee/bakery", "resolution-committee", votes, affects=("workplace/bakery",))
    tier, deciders, exercised = tier_of_decision.readings(lived.view(small))

    assert (tier.value, tier.of) == (1, 3)
    assert tier.sentence == "3 divisions were decided on tier 1.0 on average; assemblies are 0."
    # Each house took part in two divisions, the committees in one.
    assert deciders.value == Fraction(2, 5) ** 2 * 2 + Fraction(1, 5) ** 2
    assert deciders.sentence == "The unions' house took part in 2 of 3 divisions, more than any."
    assert (exercised.count, exercised.of) == (1, 6)
    assert exercised.sentence.endswith("not: assemblies, trade assemblies, locality assemblies, unions, councils.")


def test_the_tiers_of_a_party_and_of_a_federation(above: View, freely: View) -> None:
    party, federation = (tier_of_decision.tiers(view.rules) for view in (above, freely))

    assert {k: party[k] for k in ("cell", "district-conference", "congress", "politburo", "provincial-secretary")} == {
        "cell": 0, "district-conference": 1, "congress": 3, "politburo": 5, "provincial-secretary": 6,
    }  # fmt: skip
    assert {k: federation[k] for k in ("assembly", "committee", "committees-house", "congress", "board")} == {
        "assembly": 0, "committee": 1, "committees-house": 1, "congress": 1, "board": 2,
    }  # fmt: skip


def test_where_nothing_was_decided_no_mean_is_said(above: View) -> None:
    tier, deciders, exercised = tier_of_decision.readings(above)

    assert (tier.value, deciders.value, exercised.count, exercised.of) == (None, None, 0, 2)
    assert tier.sentence == "Nothing was decided in the last 365 days."
