from fractions import Fraction
from math import inf

import lived
import pytest
from hypothesis import given, strategies as st

from comitia.watch import reprisal
from comitia.watch.reprisal import Table
from comitia.watch.view import View


def test_the_published_example_of_six_in_eight_against_four_in_ninety_two() -> None:
    table = Table(6, 8, 4, 92)

    assert float(reprisal.fisher(table)) == pytest.approx(4.6e-6, rel=0.02)
    assert reprisal.relative_risk(table) == Fraction(6, 8) / Fraction(4, 92)


@given(st.integers(0, 6), st.integers(0, 6), st.integers(0, 6), st.integers(0, 6))
def test_the_chances_of_all_tables_with_the_same_margins_add_up_to_one(a: int, b: int, c: int, d: int) -> None:
    removed, dissenters, others = a + c, a + b, c + d
    least = max(0, removed - others)
    tails = [
        reprisal.fisher(Table(k, dissenters, removed - k, others)) for k in range(least, min(dissenters, removed) + 1)
    ]

    assert tails[0] == 1
    assert tails == sorted(tails, reverse=True)


def test_holm_multiplies_the_smallest_chance_by_all_of_them() -> None:
    chances = [Fraction(1, 100), Fraction(1, 25), Fraction(3, 100)]

    assert reprisal.holm(chances) == [Fraction(3, 100), Fraction(3, 50), Fraction(3, 50)]


def test_risks_where_nobody_or_no_other_was_removed() -> None:
    assert (reprisal.relative_risk(Table(0, 6, 0, 9)), reprisal.relative_risk(Table(1, 6, 0, 9))) == (None, inf)


def test_who_voted_against_the_bureau_is_left_out_when_it_puts_up_the_next_list() -> None:
    life = lived.committee_of(12)
    small = life.small
    votes = {f"central-committee:{n}": "against" if n <= 5 else "for" for n in range(1, 13)}
    lived.decide(small, "line", "m-0001", "politburo", "direction", votes)
    early = reprisal.readings(lived.view(small))
    small.wait(300)
    # Of the five dissenters one is put up again, of the seven others six are.
    life.elect("central-committee", "congress", (11, 16, 17, 18, 19, 20, 21), by="m-0001")
    risk, chance = reprisal.readings(lived.view(small))

    assert (early[0].value, early[0].count, early[0].of) == (None, 0, 5)
    assert (risk.value, risk.count, risk.of) == (Fraction(4, 5) / Fraction(1, 7), 4, 5)
    assert risk.sentence == "Within a year of dissenting 4 of 5 delegates were removed, and 1 of 7 others."
    assert risk.acts == (small.state.size - 1,)
    # Of 792 ways to take five from twelve, 5 * 7 + 1 take four or five from the dissenters.
    assert chance.value == float(Fraction(36, 792))


def test_with_fewer_than_five_dissenters_nothing_is_said(above: View) -> None:
    assert [(r.value, r.sentence) for r in reprisal.readings(above)] == [
        (None, "Fewer than 5 delegates voted against what an executive body carried.")
    ] * 2
