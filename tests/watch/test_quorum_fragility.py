from fractions import Fraction

import lived
from small import Small

from comitia.watch import quorum_fragility
from comitia.watch.view import View

HOUSES = ("committees-house:bakery:1", "committees-house:farm:1", "committees-house:mill:1",
          "unions-house:bakers:1", "unions-house:drivers:1", "unions-house:growers:1")  # fmt: skip


def test_two_of_three_took_part_where_two_were_needed() -> None:
    small: Small = lived.free()
    board = small.state.terms["board:1"][-1].member
    lived.decide(small, "first", board, "board", "levies", dict.fromkeys(HOUSES, "for"))
    lived.decide(small, "second", board, "board", "levies", dict.fromkeys(HOUSES[1:], "for"))
    fragile, helped = quorum_fragility.readings(lived.view(small))

    assert (fragile.value, fragile.of, fragile.acts) == (1, 4, (small.state.size - 1,))
    assert fragile.sentence == ("The nearest to its quorum was committees' house: 2 took part where 2 were needed.")
    assert (helped.count, helped.of) == (39, 52)


def test_a_party_without_quorums_has_none_to_miss(above: View) -> None:
    fragile, helped = quorum_fragility.readings(above)

    assert (fragile.value, fragile.sentence) == (None, "No decision with a quorum to tell of.")
    assert (helped.value, helped.of) == (Fraction(0), 10)
