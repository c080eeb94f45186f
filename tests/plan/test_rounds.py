"""Rounds between committees and the centre (ACCEPTANCE A9): value and bound meet the central optimum."""

from collections.abc import Callable
from fractions import Fraction
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from comitia.plan import certificate, economy as economies, folder, rounds, solve
from comitia.plan.rounds import Boundless

Rows = dict[str, list[dict[str, str]]]
VALLEY = Path(__file__).parents[2] / "examples" / "valley" / "economy"


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_the_value_never_falls_the_bound_never_rises_and_both_meet_the_central_optimum(
    workplaces: Callable[[int], Rows], seed: int
) -> None:
    economy = economies.from_rows(workplaces(seed))
    central = solve.solve(economy, "lightest").certificate.levels[0]
    idle = sum((n.worth * n.quantity for n in economy.needs.values()), Fraction(0))

    found = list(rounds.rounds(economy))

    values, bounds = [r.value for r in found], [r.bound for r in found]
    assert values == sorted(values)
    assert bounds == sorted(bounds, reverse=True)
    assert all(r.value <= r.bound for r in found)
    for one in found:
        certificate.check(economy, one.plan)
    assert found[-1].gap < Fraction(1, 10**5)
    assert float(idle - central.value) == pytest.approx(float(found[-1].value), rel=1e-5, abs=1e-5)


def test_a_committee_tells_only_what_goes_in_and_out(village: Rows) -> None:
    economy = economies.from_rows(village)
    table, committees = rounds.divided(economy)
    bakery = next(c for c in committees if c.workplace == "bakery")
    worth = [0.0] * len(table.common)
    worth[[table.posed.built.rows[r].key for r in table.common].index("bread")] = 2.0

    answer = bakery.answer(rounds.np.array(worth))

    # 110 hours with overtime are 55 runs of two hours: 550 kg of bread for 385 of flour and 11 of salt.
    told = {table.posed.built.rows[r].key: round(float(a), 4) for r, a in zip(table.common, answer.common, strict=True)}
    assert {key: amount for key, amount in told.items() if amount} == {"flour": -385, "bread": 550, "salt": -11}
    assert (round(answer.cost, 4), round(answer.promise, 4)) == (110, 110 - 1100)


def test_an_activity_that_nothing_limits_is_named(village: Rows) -> None:
    village["activities"].append({"activity": "pray", "workplace": "chapel", "runs": ""})

    with pytest.raises(Boundless) as found:
        list(rounds.rounds(economies.from_rows(village)))

    assert found.value.activity == "pray"


def test_figures_in_declared_decimals_keep_neither_the_value_down_nor_the_rounds_going() -> None:
    valley = folder.read_economy(VALLEY)
    central = solve.solve(valley, "lightest").certificate.levels[0]

    found = list(rounds.rounds(valley, tolerance=1e-4))

    assert [r.ended for r in found] == [False] * (len(found) - 1) + [True]
    assert len(found) < 40
    assert found[-1].gap < Fraction(1, 10**3)
    last = certificate.check(valley, found[-1].plan).levels[0]
    assert float(last.value) == pytest.approx(float(central.value), rel=1e-3)
    assert float(last.bound) == pytest.approx(float(central.bound), rel=1e-4)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), decimals=st.integers(0, 2))
def test_whole_runs_leave_a_gap_that_is_shown_and_never_a_plan_that_does_not_hold(
    workplaces: Callable[[int], Rows], seed: int, decimals: int
) -> None:
    rows = workplaces(seed)
    for row in rows["activities"]:
        row["decimals"] = str(decimals)
    economy = economies.from_rows(rows)

    found = list(rounds.rounds(economy, tolerance=1e-4))

    assert found[-1].ended
    assert all(r.value <= r.bound for r in found)
    assert [r.value for r in found] == sorted(r.value for r in found)
    for one in found:
        certificate.check(economy, one.plan)


def test_rounds_can_be_stopped_before_the_end(village: Rows) -> None:
    economy = economies.from_rows(village)

    [first] = islice(rounds.rounds(economy), 1)
    [only] = rounds.rounds(economy, most=1)

    assert (first.number, first.proposals, first.ended, first) == (1, 0, False, only)
