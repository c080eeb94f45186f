from fractions import Fraction

import lived
from small import Small, elect, founded

from comitia.watch import turnover
from comitia.watch.turnover import Spell, gini, median_tenure


def years(*numbers: int, over: bool = True) -> tuple[Spell, ...]:
    return tuple(Spell("2000-01-01T00:00:00Z", f"{2000 + n}-01-01T00:00:00Z", over) for n in numbers)


def test_the_median_counts_those_who_still_sit() -> None:
    # Of four, one left after a year, one sits for two, one left after three: 3/4, then 3/4 * 1/2.
    assert median_tenure((*years(1, 3), *years(2, 4, over=False))) == 1096
    assert median_tenure(years(1, 2, 3, over=False)) is None


def test_the_gini_coefficient_of_tenures() -> None:
    assert (gini([5, 5, 5]), gini([0, 0, 1]), gini([])) == (0, Fraction(2, 3), None)


def test_two_of_five_are_new_a_year_later() -> None:
    small: Small = founded()
    people = sorted(m for m, of in small.state.members.items() if of.groups["workplace"] == "mill")
    elect(small, "committee/mill", "assembly/mill", people[:5])
    small.wait(351)
    elect(small, "committee/mill", "assembly/mill", people[2:7])
    view = lived.view(small)
    new, median, unequal = turnover.readings(view)

    assert (new.count, new.of, new.value, new.acts) == (2, 5, Fraction(2, 5), (len(small.done) - 1,))
    assert new.sentence == "2 of 5 seats filled again in the last 365 days went to new people."
    # Two left after a year; three of the seven have sat since the first election, two have just come.
    assert (median.value, median.count, median.of) == (None, 2, 7)
    assert median.sentence == "More than half still sit. 5 sit at present, 219 days on average."
    assert unequal.value == Fraction(2, 5)


def test_a_spell_is_not_broken_by_being_elected_again() -> None:
    small: Small = founded()
    people = sorted(m for m, of in small.state.members.items() if of.groups["workplace"] == "mill")
    for _ in range(3):
        elect(small, "committee/mill", "assembly/mill", people[:5])
        small.wait(351)

    assert [s.days for s in turnover.spells(lived.view(small))] == [2 * 365 + 351] * 5
