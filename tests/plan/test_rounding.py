from fractions import Fraction

import pytest

from comitia.plan import certificate, economy as economies, model, rounding, solve

Rows = dict[str, list[dict[str, str]]]


@pytest.mark.parametrize(
    ("decimals", "largest", "step"),
    [(2, 5.0, Fraction(1, 100)), (0, 5.0, Fraction(1)), (None, 1.0, Fraction(1, 10**9)), (None, 2e6, Fraction(1, 100))],
)
def test_a_step_is_the_declared_decimals_or_a_billionth_of_the_largest(
    decimals: int | None, largest: float, step: Fraction
) -> None:
    assert rounding.step(decimals, largest) == step


def test_what_is_bought_and_left_over_is_taken_back(village: Rows) -> None:
    economy = economies.from_rows(village)
    built = model.build(economy)
    z = dict.fromkeys(range(len(built.variables)), 0.0)
    z[built.index["bought", ("salt",)]] = 40.0

    found = rounding.exact(economy, built, z, rounding.steps(economy, built, z))

    assert found[built.index["bought", ("salt",)]] == 0
    certificate.check_feasible(built, found)


@pytest.mark.parametrize("decimals", ["0", "1", "6"])
def test_runs_in_whole_steps_still_make_a_plan_that_holds(village: Rows, decimals: str) -> None:
    for row in village["activities"]:
        row["decimals"] = decimals
    economy = economies.from_rows(village)

    plan = solve.solve(economy, "fullest")

    certificate.check(economy, plan)
    assert [r for r in plan.runs if (r.runs * 10 ** int(decimals)).denominator != 1] == []


def test_a_shortage_of_less_than_a_millionth_is_a_crumb_of_rounding(village: Rows) -> None:
    built = model.build(economies.from_rows(village))
    values = [Fraction(0)] * len(built.variables)
    values[built.index["unmet", ("hilltown", "bread", "1")]] = Fraction(1, 10**6)
    values[built.index["unmet", ("riverbend", "bread", "2")]] = Fraction(100)

    assert rounding.crumbs(built, values) == 1
