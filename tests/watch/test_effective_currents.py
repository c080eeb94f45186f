from fractions import Fraction

import lived
from small import Small, founded

from comitia.federation import acts
from comitia.watch import effective_currents
from comitia.watch.view import View


def form(small: Small, name: str, first: int, last: int) -> None:
    members = tuple(f"m-{n:04}" for n in range(first, last + 1))
    small.do(acts.CurrentFormed(at=small.at, by=members[0], current=name, name=name, members=members))


def test_currents_of_twelve_and_six_stand_as_evenly_as_1_8_equal_ones() -> None:
    small = founded()
    form(small, "left", 1, 12)
    form(small, "right", 13, 18)
    effective, forbidden = effective_currents.readings(lived.view(small))

    assert (effective.value, effective.count, effective.of) == (Fraction(9, 5), 2, 18)
    assert effective.sentence == "18 members in 2 currents stand as evenly as 1.8 equal ones would."
    assert (effective.acts, forbidden.value) == ((len(small.done) - 2, len(small.done) - 1), 0)


def test_of_fewer_than_ten_organised_members_nothing_is_reckoned() -> None:
    small = founded()
    form(small, "left", 1, 5)
    effective, _ = effective_currents.readings(lived.view(small))

    assert effective.value is None
    assert effective.sentence == "Fewer than 10 members are in currents; nothing is reckoned of them."


def test_where_nobody_may_form_one_a_single_line_is_left(above: View) -> None:
    effective, forbidden = effective_currents.readings(above)

    assert (effective.value, effective.sentence) == (1, "Nobody may form a current; one line is left.")
    assert (forbidden.value, forbidden.of) == (0, 0)
