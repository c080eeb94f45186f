import subprocess
import sys
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

from comitia.plan import certificate, economy as economies, model, solve, variants
from comitia.plan.certificate import Checked, DoesNotHold
from comitia.plan.economy import Economy
from comitia.plan.solution import Certificate, Level, Plan, Price, Run, Trade, Unmet
from comitia.plan.variants import Posed

Rows = dict[str, list[dict[str, str]]]


@pytest.fixture
def economy(village: Rows) -> Economy:
    return economies.from_rows(village)


@pytest.fixture
def plan(economy: Economy) -> Plan:
    return solve.solve(economy, "fullest")


def claim(plan: Plan, **changed: object) -> Plan:
    return replace(plan, certificate=replace(plan.certificate, **changed))  # type: ignore[arg-type]


def fault(economy: Economy, plan: Plan) -> str:
    with pytest.raises(DoesNotHold) as found:
        certificate.check(economy, plan)
    return found.value.what


def test_a_plan_holds_with_its_levels_and_its_gap(economy: Economy, plan: Plan) -> None:
    said = plan.certificate

    assert certificate.check(economy, plan) == Checked("fullest", said.levels, said.gap, 9)


def test_a_figure_changed_is_refused_with_the_row(economy: Economy, plan: Plan) -> None:
    runs = tuple(Run(r.activity, r.runs + (1 if r.activity == "bake" else 0)) for r in plan.runs)
    less = tuple(Unmet(u.council, u.product, u.tier, u.quantity - 1) for u in plan.unmet)

    assert fault(economy, replace(plan, runs=runs)).startswith("product ")
    assert fault(economy, replace(plan, unmet=less)) == "product bread"
    assert fault(economy, replace(plan, overtime=())) == "hours bakers|bakery"
    assert fault(economy, replace(plan, trade=())) == "product salt"
    assert fault(economy, replace(plan, allocation=plan.allocation[1:])).startswith("allocation of bread")


def test_a_figure_below_0_above_its_limit_twice_or_of_something_unknown_is_refused(
    economy: Economy, plan: Plan
) -> None:
    other = tuple(r for r in plan.runs if r.activity != "grow")

    assert fault(economy, replace(plan, runs=(*other, Run("grow", Fraction(21))))) == "runs of grow"
    assert fault(economy, replace(plan, runs=(*other, Run("grow", Fraction(-1))))) == "runs of grow"
    assert fault(economy, replace(plan, runs=(*plan.runs, plan.runs[0]))) == "plan"
    assert fault(economy, replace(plan, runs=(*plan.runs, Run("brew", Fraction(1))))) == "plan"


def test_a_figure_finer_than_declared_is_refused(economy: Economy, plan: Plan) -> None:
    trade = (Trade("salt", plan.trade[0].bought + Fraction(1, 1000), Fraction(0)),)

    assert fault(economy, replace(plan, trade=trade)) == "trade in salt"


def test_a_claim_better_than_recomputed_is_refused(economy: Economy, plan: Plan) -> None:
    levels = plan.certificate.levels
    better = (*levels[:-1], Level(levels[-1].name, levels[-1].value, levels[-1].value))

    assert fault(economy, claim(plan, levels=better)) == "certificate"
    assert fault(economy, claim(plan, levels=levels[:-1])) == "certificate"
    assert fault(economy, claim(plan, gap=Fraction(0))) == "certificate"
    assert fault(economy, claim(plan, nonzeros=1)) == "certificate"
    assert fault(economy, claim(plan, variant="lightest")).startswith("price of")
    assert fault(economy, claim(plan, variant="fairest")).startswith("price of")
    assert fault(economy, claim(plan, variant="cheapest")) == "plan"


def test_prices_below_0_twice_or_of_no_row_are_refused(economy: Economy, plan: Plan) -> None:
    for price in (
        Price(0, "product", "bread", Fraction(-1)),
        Price(9, "product", "bread", Fraction(1)),
        Price(0, "product", "beer", Fraction(1)),
        Price(0, "runs", "bake", Fraction(1)),
        plan.prices[0],
    ):
        assert fault(economy, replace(plan, prices=(*plan.prices, price))).startswith("price of")


def test_a_plan_for_other_figures_is_refused(village: Rows, plan: Plan) -> None:
    village["hours"][0]["hours"] = "201"

    assert fault(economies.from_rows(village), plan) == "hash of the economy"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.fractions(0, 20), min_size=9, max_size=9))
def test_no_prices_ever_prove_a_bound_above_what_a_plan_reaches(prices: list[Fraction]) -> None:
    economy = economies.from_rows(
        {
            "products": [{"product": "bread", "unit": "kg"}],
            "activities": [{"activity": "bake", "workplace": "w", "runs": "3"}],
            "flows": [{"activity": "bake", "product": "bread", "quantity": "10"}],
            "labour": [{"activity": "bake", "trade": "t", "hours": "2"}],
            "hours": [{"trade": "t", "workplace": "", "hours": "5"}],
            "needs": [{"council": "c", "product": "bread", "tier": "1", "quantity": "40", "worth": "1"}],
        }
    )
    plan = solve.solve(economy, "lightest")
    rows = [("product", "bread"), ("hours", "t"), ("runs", "bake")]
    guess = tuple(Price(0, kind, key, p) for (kind, key), p in zip(rows, prices, strict=False) if p)
    posed = variants.pose(economy, "lightest")
    z = variants.values(economy, posed, plan)

    [(value, bound)] = certificate.bounds(posed.built, posed.aims, (z, guess))

    assert bound <= value


def test_checking_imports_no_solver() -> None:
    modules = "certificate, orders, packing, pegging; from comitia.plan.arrays import judging"
    loaded = "print(sorted({'scipy', 'highspy', 'numba', 'pyarrow'} & set(sys.modules)))"
    said = f"import sys; from comitia.plan import {modules}; {loaded}"

    assert subprocess.run([sys.executable, "-c", said], capture_output=True, text=True).stdout == "[]\n"


def test_the_gap_is_the_largest_of_the_levels_rounded_up(economy: Economy) -> None:
    levels = (Level("a", Fraction(0), Fraction(0)), Level("b", Fraction(3), Fraction(2)))

    assert certificate.gap(Posed("fullest", model.build(economy), ()), (), levels) == Fraction(333333333334, 10**12)


def test_a_certificate_is_a_plain_value(plan: Plan) -> None:
    assert isinstance(plan.certificate, Certificate)
    assert plan.variant == "fullest"
