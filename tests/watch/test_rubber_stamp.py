from fractions import Fraction

import lived
from small import Small

from comitia.watch import rubber_stamp
from comitia.watch.view import View

HOUSES = ("committees-house:bakery:1", "committees-house:farm:1", "committees-house:mill:1",
          "unions-house:bakers:1", "unions-house:drivers:1", "unions-house:growers:1")  # fmt: skip


def test_what_the_board_moves_beside_what_others_move() -> None:
    small: Small = lived.free()
    board = small.state.terms["board:1"][-1].member
    delegate = small.state.terms["committees-house:mill:1"][-1].member
    for n in range(3):
        lived.decide(small, f"board-{n}", board, "board", "levies", dict.fromkeys(HOUSES, "for"))
    lived.decide(small, "refused", board, "board", "levies", dict.fromkeys(HOUSES, "against"))
    lived.decide(small, "carried", delegate, "committees-house", "levies", dict.fromkeys(HOUSES, "for"))
    lived.decide(small, "lost", delegate, "committees-house", "levies", dict.fromkeys(HOUSES, "against"))
    stamp, agenda, success = rubber_stamp.readings(lived.view(small))

    assert (stamp.count, stamp.of, stamp.value) == (3, 4, Fraction(3, 4))
    assert stamp.sentence == "3 of 4 motions of executive bodies were carried in the last 365 days."
    assert agenda.value == Fraction(4, 6) ** 2 + Fraction(2, 6) ** 2
    assert agenda.sentence == "2 bodies moved what was put to a vote; board moved 4 of 6."
    assert (success.value, success.count, success.of) == (Fraction(2, 3), 1, 2)
    assert success.sentence == "Of other motions 1 of 2 were carried, of those of executive bodies 3 of 4."


def test_where_nothing_was_put_to_a_vote_nothing_is_reckoned(freely: View) -> None:
    assert [(r.value, r.of) for r in rubber_stamp.readings(freely)] == [(None, 0)] * 3
