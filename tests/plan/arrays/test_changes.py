from collections.abc import Callable

import numpy as np
import pytest

from comitia.plan import comparison, economy as economies
from comitia.plan.arrays import changes, drawn as draws, figures, planning, reader
from comitia.plan.arrays.changes import Changed, OtherActivities
from comitia.plan.arrays.model import Declared
from comitia.plan.arrays.planning import Planned
from comitia.plan.economy import Economy
from comitia.plan.solution import Plan

Rows = dict[str, list[dict[str, str]]]
AsSmall = Callable[[Economy, Declared, Planned], Plan]


def test_a_broken_oven_changes_the_orders_that_the_comparison_of_small_plans_names(
    village: Rows, declared: Callable[[Rows], Declared], as_small: AsSmall
) -> None:
    whole, whole_of = economies.from_rows(village), declared(village)
    village["machines"][0]["hours"] = "30"
    broken, broken_of = economies.from_rows(village), declared(village)
    one, other = planning.plan(whole_of, tolerance=1e-6), planning.plan(broken_of, tolerance=1e-6)

    found = changes.workplaces(whole_of, _runs(one), _runs(other))

    small = comparison.compare((whole, as_small(whole, whole_of, one)), (broken, as_small(broken, broken_of, other)))
    assert sorted(changed.workplace for changed in found) == list(small.workplaces)
    assert found[0].workplace == "bakery"


def test_changes_come_by_hours_and_small_ones_are_left_out(declared: Callable[[Rows], Declared], village: Rows) -> None:
    of = declared(village)
    order = [str(a) for a in of.ids["activities"]]
    before = np.array([{"grow": 10.0, "grind": 20.0, "bake": 30.0}[a] for a in order])
    after = np.array([{"grow": 10.0, "grind": 19.0, "bake": 24.0}[a] for a in order])
    one, other = figures.with_digits(before, 10), figures.with_digits(after, 10)

    # A grind takes half an hour, a baking two.
    assert changes.workplaces(of, one, other) == (Changed("bakery", 12.0, 0.2), Changed("mill", 0.5, 0.05))
    assert changes.workplaces(of, one, other, share=0.1) == (Changed("bakery", 12.0, 0.2),)
    assert changes.workplaces(of, one, one) == ()


def test_work_without_hours_counts_as_changed(village: Rows, declared: Callable[[Rows], Declared]) -> None:
    village["labour"] = [row for row in village["labour"] if row["activity"] != "grind"]
    of = declared(village)
    at = [str(a) for a in of.ids["activities"]].index("grind")
    before = np.full(3, 5.0)
    after = before.copy()
    after[at] = 6.0

    found = changes.workplaces(of, figures.with_digits(before, 10), figures.with_digits(after, 10), share=0.5)

    assert found == (Changed("mill", 0.0, 1.0),)


def test_plans_of_other_activities_are_refused() -> None:
    of = reader.declared(draws.drawn(20, 1))
    few = figures.with_digits(np.ones(3), 10)

    with pytest.raises(OtherActivities, match="the economy has 60 activities, the plans give runs of 3 and of 3"):
        changes.workplaces(of, few, few)


def _runs(of: Planned) -> figures.Figures:
    return of.values[of.model.part("runs")]
