from fractions import Fraction

import lived

from comitia.watch import appointment_share, nomination_gate
from comitia.watch.view import View


def test_a_gate_that_leaves_one_candidate_filled_the_seat() -> None:
    small = lived.gated()
    rejected, left = nomination_gate.readings(lived.view(small))

    assert (rejected.body, rejected.count, rejected.of, rejected.value) == ("congress", 2, 3, Fraction(2, 3))
    assert rejected.sentence == "The secretariat kept 2 of 3 candidates for the congress off the ballot."
    assert (left.value, left.count, left.of) == (1, 1, 1)
    assert left.sentence == "1 candidates were left for 1 seats of the congress."
    congress = [r for r in appointment_share.readings(lived.view(small)) if r.body == "congress"]
    assert [(r.count, r.of) for r in congress] == [(1, 1)]


def test_without_a_gate_nothing_is_said(freely: View, above: View) -> None:
    assert (nomination_gate.readings(freely), nomination_gate.readings(above)) == ((), ())
