from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings, strategies as st

from comitia.plan import certificate, economy as economies, packing, solve
from comitia.plan.solution import Overtime, Run, Trade, Unmet
from comitia.plan.variants import UnknownVariant

Rows = dict[str, list[dict[str, str]]]


def test_the_village_bakes_what_its_cash_for_salt_and_its_hours_allow(village: Rows) -> None:
    economy = economies.from_rows(village)

    plan = solve.solve(economy, "fullest")

    # 110 hours of bakers with overtime are 55 runs: 550 kg of bread, 385 kg of flour, 427.8 kg of wheat, 11 kg of salt.
    assert plan.unmet == (Unmet("riverbend", "bread", 2, Fraction(150)),)
    assert plan.overtime == (Overtime("bakers", "bakery", Fraction(10)),)
    assert plan.trade == (Trade("salt", Fraction(11), Fraction(0)),)
    assert {r.activity for r in plan.runs} == {"bake", "grind", "grow"}
    assert Run("bake", Fraction(55)) in plan.runs
    assert certificate.check(economy, plan).gap < Fraction(1, 100)


def test_leontiefs_wheat_and_cloth_take_260_hours(wheat_and_cloth: Rows) -> None:
    economy = economies.from_rows(wheat_and_cloth)

    plan = solve.solve(economy, "lightest")

    assert plan.runs == (Run("farm", Fraction(100)), Run("weave", Fraction(50)))
    assert plan.certificate.levels[0].value == 260
    assert plan.unmet == ()


def test_an_unknown_variant_is_refused_by_name(village: Rows) -> None:
    with pytest.raises(UnknownVariant) as found:
        solve.solve(economies.from_rows(village), "cheapest")

    assert found.value.variant == "cheapest"


def test_without_any_need_or_activity_there_is_no_plan() -> None:
    with pytest.raises(solve.NoPlan):
        solve.solve(economies.from_rows({"products": [{"product": "a", "unit": "kg"}]}), "lightest")


def test_an_economy_that_can_make_nothing_leaves_every_need_short_and_says_so(village: Rows) -> None:
    village["hours"] = [{**row, "hours": "0", "overtime": "0"} for row in village["hours"]]
    village["products"][0]["stock"] = "0"
    economy = economies.from_rows(village)

    plan = solve.solve(economy, "lightest")

    assert plan.runs == ()
    assert plan.unmet == (
        Unmet("", "wheat", 0, Fraction(80)),
        Unmet("hilltown", "bread", 1, Fraction(400)),
        Unmet("riverbend", "bread", 2, Fraction(300)),
    )
    certificate.check(economy, plan)


def test_progress_is_told_from_0_to_1(village: Rows) -> None:
    said: list[tuple[str, float]] = []

    solve.solve(economies.from_rows(village), "fullest", progress=lambda what, done, _: said.append((what, done)))

    assert [done for _, done in said] == sorted(done for _, done in said)
    assert said[-1] == ("certificate", 1.0)


def test_the_same_figures_give_the_same_bytes(village: Rows) -> None:
    economy = economies.from_rows(village)

    assert packing.pack(solve.solve(economy, "fullest")) == packing.pack(solve.solve(economy, "fullest"))


def figure(random: Random, most: float) -> str:
    return f"{random.uniform(0, most):.{random.randint(0, 3)}f}"


def any_economy(random: Random) -> Rows:
    """Return a random economy: joint products, cycles, coarse decimals, limits of every kind, nothing tuned."""
    products = [f"p{i}" for i in range(random.randint(1, 6))]
    rows: Rows = {
        name: [] for name in ("products", "activities", "flows", "labour", "machine_use", "limit_use", "needs")
    }

    def some(share: float, most: float) -> str:
        return figure(random, most) if random.random() < share else ""

    for p in products:
        prices = {"buy_price": some(0.3, 9), "sell_price": "0" if random.random() < 0.2 else ""}
        stocks = {"stock": some(0.4, 50), "closing_stock": some(0.4, 50), "worth": some(0.5, 5)}
        rows["products"].append(
            {"product": p, "unit": "kg", "decimals": random.choice(["", "0", "3"]), **prices, **stocks}
        )
    for n in range(random.randint(0, 8)):
        a, made = f"a{n}", random.sample(products, min(len(products), random.choice([1, 1, 2])))
        decimals = random.choice(["", "0", "2"])
        rows["activities"].append({"activity": a, "workplace": "w", "runs": some(0.4, 100), "decimals": decimals})
        for p in products:
            if p in made or random.random() < 0.3:
                quantity = figure(random, 20) if p in made else f"-{figure(random, 5)}"
                rows["flows"].append({"activity": a, "product": p, "quantity": quantity})
        rows["labour"].append({"activity": a, "trade": "t", "hours": figure(random, 3)})
        rows["machine_use"].append({"activity": a, "machine": "m", "hours": figure(random, 2)})
        rows["limit_use"].append({"activity": a, "limit": "g", "quantity": f"{random.uniform(-1, 2):.2f}"})
    for p in products:
        for tier in ("1", "2", "3"):
            if random.random() < 0.5:
                need = {"council": "c", "product": p, "tier": tier}
                rows["needs"].append({**need, "quantity": figure(random, 200), "worth": figure(random, 10)})
    rows["hours"] = [
        {"trade": "t", "workplace": "", "hours": figure(random, 500), "overtime": figure(random, 20)},
        {"trade": "t", "workplace": "w", "hours": figure(random, 300), "overtime": "0"},
    ]
    rows["machines"] = [{"machine": "m", "workplace": "w", "hours": figure(random, 100)}]
    rows["limits"] = [{"limit": "g", "unit": "t", "quantity": figure(random, 100)}]
    rows["trade_limit"] = [{"cash": figure(random, 100)}]
    return {file: found for file, found in rows.items() if found}


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(["lightest", "fullest", "fairest", "leanest", "leanest|g"]))
def test_every_economy_has_a_plan_that_holds_exactly_and_survives_packing(seed: int, variant: str) -> None:
    economy = economies.from_rows(any_economy(Random(seed)))
    if not economy.activities and not economy.needs:
        return

    plan = solve.solve(economy, variant)

    assert certificate.check(economy, plan).levels == plan.certificate.levels
    assert packing.unpack(packing.pack(plan)) == plan
