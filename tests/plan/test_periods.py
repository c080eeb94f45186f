"""Several periods: stores, lead times, capital; Kantorovich's parts (ACCEPTANCE A8)."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings, strategies as st

from comitia.plan import certificate, economy as economies, packing, solve
from comitia.plan.economy import EconomyFault
from comitia.plan.solution import Run, Unmet

Rows = dict[str, list[dict[str, str]]]


def harvest() -> Rows:
    """Wheat is cut in the first of three periods; bread is needed in each, for which there are always hours."""
    return {
        "products": [{"product": "wheat", "unit": "kg"}, {"product": "bread", "unit": "kg"}],
        "activities": [
            {"activity": "cut", "workplace": "farm", "runs": "90", "period": "1"},
            {"activity": "bake", "workplace": "bakery"},
        ],
        "flows": [
            {"activity": "cut", "product": "wheat", "quantity": "1", "period": "1"},
            {"activity": "bake", "product": "wheat", "quantity": "-1"},
            {"activity": "bake", "product": "bread", "quantity": "1"},
        ],
        "labour": [{"activity": "bake", "trade": "bakers", "hours": "1"}],
        "hours": [{"trade": "bakers", "workplace": "", "hours": "100"}],
        "needs": [{"council": "town", "product": "bread", "tier": "1", "quantity": "40", "worth": "2"}],
    }


def test_what_is_left_over_in_one_period_is_there_in_the_next() -> None:
    rows = harvest()
    rows["needs"].append({**rows["needs"][0], "quantity": "10", "period": "3"})
    economy = economies.from_rows(rows)

    plan = solve.solve(economy, "fullest")

    assert plan.unmet == ()
    assert plan.runs == (Run("bake@1", 40), Run("bake@2", 40), Run("bake@3", 10), Run("cut@1", 90))  # type: ignore[arg-type]
    assert certificate.check(economy, plan).gap == 0
    assert [(a.from_kind, a.to_kind, a.quantity) for a in plan.allocation if a.product == "wheat@2"] == [
        ("stock", "stock", 10),
        ("stock", "workplace", 40),
    ]


def test_a_lead_time_lets_what_is_made_come_later() -> None:
    rows = harvest()
    rows["needs"][0]["period"] = "3"
    rows["capital"] = [{"activity": "bake", "product": "bread", "lag": "1"}]
    economy = economies.from_rows(rows)

    plan = solve.solve(economy, "lightest")

    assert plan.unmet == ()
    assert sum(r.runs for r in plan.runs if r.activity in ("bake@1", "bake@2")) == 40
    assert "bake@3" not in {r.activity for r in plan.runs}


def test_a_machine_is_there_from_its_lag_to_the_end_of_its_life() -> None:
    rows = harvest()
    rows["products"].append({"product": "oven", "unit": "oven"})
    rows["activities"] += [{"activity": "build", "workplace": "smithy", "runs": "1", "period": "1"}]
    rows["activities"][0]["runs"] = "500"
    rows["flows"] += [
        {"activity": "build", "product": "oven", "quantity": "100", "period": "1"},
        {"activity": "bake", "product": "oven", "quantity": "-1"},
    ]
    rows["capital"] = [{"activity": "build", "product": "oven", "lag": "1", "life": "1"}]
    rows["needs"].append({**rows["needs"][0], "period": "3"})

    plan = solve.solve(economies.from_rows(rows), "fullest")

    # Bread for three periods is baked in the one in which there is an oven; that of the first is short.
    assert {(u.product, u.quantity) for u in plan.unmet} == {("bread@1", Fraction(40))}
    assert Run("bake@2", Fraction(80)) in plan.runs


def test_a_stock_wears_out_by_its_share_each_period() -> None:
    rows = harvest()
    rows["activities"][0]["runs"] = "500"
    rows["products"].append({"product": "oven", "unit": "oven"})
    rows["activities"] += [{"activity": "build", "workplace": "smithy", "runs": "1", "period": "1"}]
    rows["flows"] += [
        {"activity": "build", "product": "oven", "quantity": "32", "period": "1"},
        {"activity": "bake", "product": "oven", "quantity": "-1"},
    ]
    rows["capital"] = [{"activity": "build", "product": "oven", "wear": "0.5"}]
    rows["needs"].append({**rows["needs"][0], "period": "3"})

    economy = economies.from_rows(rows)
    plan = solve.solve(economy, "fullest")

    assert [economy.flows["build@1", f"oven@{period}"] for period in (1, 2, 3)] == [32, 16, 8]
    assert sum(u.quantity for u in plan.unmet) == 120 - 32 - 16 - 8


def test_cash_of_one_period_pays_in_later_ones_and_not_before() -> None:
    rows = harvest()
    rows["activities"][0]["runs"] = "0"
    rows["products"][0]["buy_price"] = "1"
    rows["trade_limit"] = [{"cash": "30", "period": "2"}]
    rows["needs"].append({**rows["needs"][0], "period": "3"})

    plan = solve.solve(economies.from_rows(rows), "fullest")

    assert sum(u.quantity for u in plan.unmet) == 120 - 30
    assert Unmet("town", "bread@1", 1, Fraction(40)) in plan.unmet


def test_a_claim_of_one_period_and_a_claim_of_all_are_each_kept() -> None:
    rows = harvest()
    rows["needs"].append({**rows["needs"][0], "period": "2"})

    rows["claims"] = [{"council": "town", "hours": "160"}]
    assert economies.from_rows(rows).claims == {"town": 160}
    rows["claims"] = [{"council": "town", "hours": "80", "period": period} for period in ("1", "2")]
    assert economies.from_rows(rows).claims == {"town@1": 80, "town@2": 80}
    rows["claims"][1]["hours"] = "79"
    with pytest.raises(economies.ClaimOverspent) as found:
        economies.from_rows(rows)
    assert (found.value.council, found.value.spent, found.value.claim) == ("town@2", 80, 79)


def test_the_owner_of_a_row_is_found_by_period_and_else_for_all_of_them() -> None:
    rows = harvest()
    rows["owners"] = [
        {"file": "hours", "key": "bakers|", "body": "union/bakers", "act": "1"},
        {"file": "activities", "key": "cut|1", "body": "committee/farm", "act": "2"},
    ]
    economy = economies.from_rows(rows)

    assert economies.owner_of(economy, "hours", "bakers@1", "") == ("union/bakers", "1")
    assert economies.owner_of(economy, "activities", "cut@1") == ("committee/farm", "2")
    assert economies.owner_of(economy, "activities", "bake@1") == ("", "")


def change(file: str, **row: str) -> tuple[str, dict[str, str]]:
    return file, row


@pytest.mark.parametrize(
    ("file", "row", "column"),
    [
        ("capital", {"activity": "bake", "product": "wheat", "lag": "1"}, "product"),
        ("capital", {"activity": "bake", "product": "bread", "lag": "0.5"}, "lag"),
        ("capital", {"activity": "bake", "product": "bread", "life": "0"}, "life"),
        ("capital", {"activity": "bake", "product": "bread", "wear": "2"}, "wear"),
        ("products", {"product": "rye@2", "unit": "kg"}, "product"),
        ("needs", {"council": "town", "product": "bread", "quantity": "1", "period": "1.5"}, "period"),
    ],
)
def test_a_fault_in_a_row_of_several_periods_is_named(file: str, row: dict[str, str], column: str) -> None:
    rows = harvest()
    rows.setdefault(file, []).append(row)

    with pytest.raises(EconomyFault) as found:
        economies.from_rows(rows)

    assert (found.value.file, found.value.line, found.value.column) == (file, len(rows[file]) + 1, column)


def test_rows_with_a_period_come_back_from_their_text_and_change_the_hash() -> None:
    economy = economies.from_rows(harvest())

    again = packing.unpack_economy(packing.pack_economy(economy))

    assert again == economy
    later = harvest()
    later["activities"][0]["period"] = later["flows"][0]["period"] = "2"
    assert economies.economy_hash(economies.from_rows(later)) != economies.economy_hash(economy)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(["fullest", "fairest", "lightest", "leanest", "in-proportion"]))
def test_every_plan_of_several_periods_holds_exactly(seed: int, variant: str) -> None:
    random = Random(seed)
    rows = harvest()
    rows["products"][0]["stock"] = str(random.randint(0, 20))
    rows["products"][1]["closing_stock"] = str(random.randint(0, 9))
    for period in ("1", "2", "3"):
        if random.random() < 0.7:
            rows["needs"].append({**rows["needs"][0], "quantity": str(random.randint(1, 99)), "period": period})
        if random.random() < 0.5:
            rows["hours"].append({**rows["hours"][0], "hours": str(random.randint(0, 60)), "period": period})
    rows["needs"].append({"council": "hill", "product": "wheat", "tier": "2", "quantity": "7", "worth": "1"})
    economy = economies.from_rows(rows)

    plan = solve.solve(economy, variant)

    assert certificate.check(economy, plan).gap < Fraction(1, 10**5)


def kantorovich(runs_of: str) -> Rows:
    """Three milling machines make 10 or 20 of two parts a day, three lathes 20 or 30, an automatic 30 or 80."""
    machines = {"mill": (3, 10, 20), "lathe": (3, 20, 30), "automatic": (1, 30, 80)}
    rows: Rows = {
        "products": [{"product": p, "unit": "part"} for p in ("first", "second")],
        "activities": [],
        "flows": [],
        "machines": [],
        "machine_use": [],
        "needs": [
            {"council": "shop", "product": p, "tier": "1", "quantity": "1", "worth": "1"} for p in ("first", "second")
        ],
    }
    for machine, (number, *a_day) in machines.items():
        rows["machines"].append({"machine": machine, "workplace": "shop", "hours": str(number)})
        for part, amount in zip(("first", "second"), a_day, strict=True):
            activity = f"{machine}-{part}"
            rows["activities"].append({"activity": activity, "workplace": "shop", "runs": "", "decimals": runs_of})
            rows["flows"].append({"activity": activity, "product": part, "quantity": str(amount)})
            rows["machine_use"].append({"activity": activity, "machine": machine, "hours": "1"})
    return rows


def test_kantorovichs_machines_make_86_sets_where_each_by_itself_would_make_77() -> None:
    economy = economies.from_rows(kantorovich("12"))

    plan = solve.solve(economy, "in-proportion")

    # Lathes only make the first part, the automatic only the second: 60 + 30 x = 80 + 60 (1 - x), 86 2/3 sets.
    level = certificate.check(economy, plan).levels[0]
    assert (float(-level.value), float(-level.bound)) == pytest.approx((260 / 3, 260 / 3), rel=1e-9)
    # Each machine for itself: n a b / (a + b) sets.
    alone = [Fraction(n * a * b, a + b) for n, a, b in ((3, 10, 20), (3, 20, 30), (1, 30, 80))]
    assert int(sum(alone)) == 77
