"""The variants against their definitions: scipy's solver on the rows of the model, council by council."""

from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy.optimize import linprog

from comitia.plan import certificate, economy as economies, levels, model, solve, variants
from comitia.plan.economy import Economy
from comitia.plan.model import Model
from comitia.plan.solution import Plan, Unmet

Rows = dict[str, list[dict[str, str]]]
CLOSE = 1e-6


def test_each_variant_makes_its_levels_least(village: Rows) -> None:
    economy = economies.from_rows(village)
    built = model.build(economy)
    grow, grind, bake = (built.index["runs", (a,)] for a in ("grow", "grind", "bake"))
    hilltown, riverbend = (built.index["unmet", k] for k in (("hilltown", "bread", "1"), ("riverbend", "bread", "2")))
    hours = {grow: Fraction(4), grind: Fraction(1, 2), bake: Fraction(2)}
    closing = {built.index["closing", ("wheat",)]: Fraction(1, 20)}
    unmet = ({hilltown: Fraction(2)}, {riverbend: Fraction(1)}, dict[int, Fraction]())
    salt = {built.index["bought", ("salt",)]: Fraction(1, 2)}

    def costs(variant: str) -> list[dict[int, Fraction]]:
        return [dict(aim.cost) for aim in variants.pose(economy, variant).aims]

    assert costs("fullest") == [closing, *unmet, hours]
    assert costs("lightest") == [{**hours, **closing, **unmet[0], **unmet[1]}]
    assert costs("leanest") == [closing, *unmet, salt, hours]
    arable = len(built.variables)
    assert costs("leanest|arable") == [closing, *unmet, {arable: 1}, hours]
    assert costs("in-proportion") == [closing, {arable: -1}]


@pytest.mark.parametrize("variant", ["cheapest", "fullest|arable", "leanest|water"])
def test_a_variant_that_is_none_is_refused_with_those_that_are(village: Rows, variant: str) -> None:
    with pytest.raises(variants.UnknownVariant) as found:
        variants.pose(economies.from_rows(village), variant)

    assert found.value.variant == variant


def some_economy(random: Random) -> Rows:
    """Return a small economy of several councils whose needs compete; sizes and ties as they fall."""
    whole = random.random() < 0.5

    def figure(most: float) -> str:
        return str(random.randint(0, round(most))) if whole else f"{random.uniform(0, most):.2f}"

    products = [f"p{i}" for i in range(random.randint(1, 4))]
    rows: Rows = {
        "products": [
            {"product": p, "unit": "kg", "stock": figure(20), "closing_stock": figure(5), "worth": figure(3)}
            for p in products
        ],
        "activities": [],
        "flows": [],
        "labour": [],
        "hours": [{"trade": "t", "workplace": "", "hours": figure(100), "overtime": figure(10)}],
        "needs": [],
    }
    for n in range(random.randint(1, 5)):
        rows["activities"].append({"activity": f"a{n}", "workplace": "w", "runs": random.choice(["", figure(20)])})
        made = random.choice(products)
        rows["flows"].append({"activity": f"a{n}", "product": made, "quantity": str(random.randint(1, 5))})
        if random.random() < 0.6:
            used = random.choice([p for p in products if p != made] or [""])
            if used:
                rows["flows"].append({"activity": f"a{n}", "product": used, "quantity": f"-{figure(2)}"})
        rows["labour"].append({"activity": f"a{n}", "trade": "t", "hours": str(random.randint(0, 3))})
    for council in [f"c{i}" for i in range(random.randint(1, 5))]:
        for p in products:
            for tier in ("1", "2"):
                if random.random() < 0.5:
                    need = {"council": council, "product": p, "tier": tier}
                    rows["needs"].append({**need, "quantity": figure(40), "worth": str(random.randint(0, 3))})
    if random.random() < 0.4:
        spent: dict[str, Fraction] = {}
        for n in rows["needs"]:
            spent[n["council"]] = spent.get(n["council"], Fraction(0)) + Fraction(n["quantity"]) * Fraction(n["worth"])
        rows["claims"] = [{"council": c, "hours": str(float(s) + random.randint(0, 50))} for c, s in spent.items()]
    return {file: found for file, found in rows.items() if found}


def shares(economy: Economy, built: Model) -> dict[tuple[str, int], tuple[np.ndarray, float]]:
    """Return by council and tier the unfulfilled share as (coefficients, constant)."""
    found = {}
    for (council, tier), measure in variants.measures(economy).items():
        line, asked = np.zeros(len(built.variables)), 0.0
        for n in economy.needs.values():
            if (n.council, n.tier) == (council, tier):
                line[built.index["unmet", (n.council, n.product, str(n.tier))]] = float(n.worth / measure)
                asked += float(n.worth * n.quantity / measure)
        found[council, tier] = (line, 1 - asked)
    return found


def least(built: Model, cost: np.ndarray, caps: list[tuple[np.ndarray, float]]) -> float:
    """Return the least cost under the rows of the model and cap . z <= amount."""
    rows = levels.matrix(built.rows, len(built.variables)).toarray()
    over = np.vstack([-rows, *(line for line, _ in caps)])
    right = np.array([*(-float(r.rhs) for r in built.rows), *(amount for _, amount in caps)])
    upper = [(0, None if v.upper is None else float(v.upper)) for v in built.variables]
    found = linprog(cost, A_ub=over, b_ub=right, bounds=upper, method="highs-ds")
    assert found.status == 0, found.message
    return float(found.fun)


def is_leximin(economy: Economy, plan: Plan) -> bool:
    """Say whether nobody could go less short unless somebody who is as poor, or poorer, goes shorter."""
    built = model.build(economy)
    z = np.array([float(v) for v in model.values(built, plan)])
    closing = np.zeros(len(z))
    for i, v in enumerate(built.variables):
        if v.kind == "closing":
            closing[i] = float(economy.products[v.key[0]].worth)
    if least(built, closing, []) < closing @ z - CLOSE:
        return False
    of = shares(economy, built)
    short = {key: float(line @ z + rest) for key, (line, rest) in of.items()}
    for (council, tier), (line, rest) in of.items():
        caps = [(closing, float(closing @ z) + 1e-9)]
        for (other, level), (its, constant) in of.items():
            poorer = level == tier and short[other, level] >= short[council, tier] - CLOSE
            if level < tier or (poorer and other != council):
                caps.append((its, short[other, level] - constant + 1e-9))
        if least(built, line, caps) + rest < short[council, tier] - 1e-5:
            return False
    return True


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_in_fairest_no_council_can_be_raised_without_lowering_one_as_poor(seed: int) -> None:
    economy = economies.from_rows(some_economy(Random(seed)))

    plan = solve.solve(economy, "fairest")

    assert is_leximin(economy, plan)
    assert certificate.check(economy, plan).gap < Fraction(1, 10**4)


def test_a_plan_that_is_not_fairest_is_seen_to_be_none() -> None:
    economy = economies.from_rows(two_councils("1", "2"))

    assert is_leximin(economy, solve.solve(economy, "fairest"))
    assert not is_leximin(economy, solve.solve(economy, "fullest"))


def two_councils(worth: str, other: str) -> Rows:
    """Two councils need 100 of bread each, there is bread for 120; what each would give for it differs."""
    return {
        "products": [{"product": "bread", "unit": "kg", "stock": "120"}],
        "needs": [
            {"council": "hilltown", "product": "bread", "tier": "1", "quantity": "100", "worth": worth},
            {"council": "riverbend", "product": "bread", "tier": "1", "quantity": "100", "worth": other},
        ],
    }


def test_fullest_serves_the_larger_worth_first_and_fairest_both_alike() -> None:
    economy = economies.from_rows(two_councils("1", "2"))

    fullest, fairest = solve.solve(economy, "fullest"), solve.solve(economy, "fairest")

    assert fullest.unmet == (Unmet("hilltown", "bread", 1, Fraction(80)),)
    assert fairest.unmet == (
        Unmet("hilltown", "bread", 1, Fraction(40)),
        Unmet("riverbend", "bread", 1, Fraction(40)),
    )
    assert [(v.name, v.value) for v in fairest.certificate.levels] == [
        ("closing stocks", 0),
        ("tier 1, the poorest", Fraction("0.4")),
        ("tier 1, the 2 poorest", Fraction("0.8")),
        ("hours", 0),
    ]


def test_a_level_between_those_listed_counts_in_the_gap() -> None:
    economy = economies.from_rows(two_councils("1", "1"))
    posed = variants.pose(economy, "fairest", [(1, 2)])
    half, z = Fraction(1, 2), [Fraction(0)] * len(posed.built.variables)
    poor, rich = variants.councils(posed.built, 1)
    z[poor], z[rich] = half, Fraction(3, 10)
    listed = certificate.levels(posed, [(Fraction(0), Fraction(0)), (half + z[rich],) * 2, (Fraction(0), Fraction(0))])

    # Two share 0.8; that the poorer goes short of 0.5 is 0.1 more than the 0.4 that is proven.
    assert certificate.gap(posed, z, listed) == Fraction(1, 5)


def test_levels_of_fairest_that_are_none_are_refused(village: Rows) -> None:
    economy = economies.from_rows(village)

    for worst in ([(1, 2)], [(2, 1), (1, 1)], [(1, 0)], [(3, 1)]):
        with pytest.raises(ValueError, match="level"):
            variants.pose(economy, "fairest", worst)


def test_leanest_is_as_full_as_fullest_and_buys_no_more_than_it_must(village: Rows) -> None:
    village["activities"].append({"activity": "boil", "workplace": "coast", "runs": "100"})
    village["flows"].append({"activity": "boil", "product": "salt", "quantity": "0.1"})
    village["labour"].append({"activity": "boil", "trade": "growers", "hours": "1"})
    economy = economies.from_rows(village)

    fullest, leanest = solve.solve(economy, "fullest"), solve.solve(economy, "leanest")

    # 11 kg of salt; a hundred runs boil 10 of it, at an hour for a tenth of a kg, and one is bought.
    assert leanest.unmet == fullest.unmet
    assert [t.bought for t in fullest.trade] == [11]
    assert [(v.name, v.value) for v in leanest.certificate.levels][-2] == ("purchases", Fraction(1, 2))


def test_leanest_of_a_limit_uses_the_least_of_it(village: Rows) -> None:
    village["activities"].append({"activity": "terrace", "workplace": "farm", "runs": ""})
    village["flows"].append({"activity": "terrace", "product": "wheat", "quantity": "50"})
    village["labour"].append({"activity": "terrace", "trade": "growers", "hours": "30"})
    village["limit_use"].append({"activity": "terrace", "limit": "arable", "quantity": "0.1"})
    economy = economies.from_rows(village)

    plan = solve.solve(economy, "leanest|arable")

    certificate.check(economy, plan)
    runs = {r.activity: r.runs for r in plan.runs}
    used = sum((q * runs.get(a, Fraction(0)) for (a, _), q in economy.limit_use.items()), Fraction(0))
    level = plan.certificate.levels[-2]
    assert level.name == "use of arable"
    assert level.value == used < Fraction(3)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(["fullest", "leanest"]))
def test_tiers_come_strictly_in_order(seed: int, variant: str) -> None:
    economy = economies.from_rows(some_economy(Random(seed)))
    plan = solve.solve(economy, variant)
    posed = variants.pose(economy, variant)
    built = posed.built
    caps: list[tuple[np.ndarray, float]] = []
    for aim, level in zip(posed.aims, plan.certificate.levels, strict=True):
        cost = np.zeros(len(built.variables))
        for i, c in aim.cost.items():
            cost[i] = float(c)
        best = least(built, cost, caps)

        # What is below is excluded by the certificate; the peer's own room for earlier levels makes it lower.
        assert float(level.value) == pytest.approx(best, rel=1e-3, abs=1e-3)
        caps.append((cost, best + 1e-7 * max(1.0, best)))
    assert certificate.check(economy, plan).gap < Fraction(1, 10**4)


def test_in_proportion_delivers_all_needs_alike_and_may_go_beyond_them() -> None:
    economy = economies.from_rows(
        two_councils("1", "2") | {"products": [{"product": "bread", "unit": "kg", "stock": "250"}]}
    )

    plan = solve.solve(economy, "in-proportion")

    assert plan.unmet == (
        Unmet("hilltown", "bread", 1, Fraction(-25)),
        Unmet("riverbend", "bread", 1, Fraction(-25)),
    )
    assert [(v.value, v.bound) for v in certificate.check(economy, plan).levels] == [(Fraction(-5, 4), Fraction(-5, 4))]


def test_deliveries_out_of_proportion_are_refused_in_that_variant() -> None:
    economy = economies.from_rows(two_councils("1", "2"))
    posed = variants.pose(economy, "in-proportion")
    plan = solve.solve(economy, "fullest")

    with pytest.raises(variants.NotInProportion):
        variants.values(economy, posed, plan)


def test_what_nothing_limits_has_no_largest_proportion() -> None:
    rows = two_councils("1", "1")
    rows["activities"] = [{"activity": "bake", "workplace": "w"}]
    rows["flows"] = [{"activity": "bake", "product": "bread", "quantity": "1"}]

    with pytest.raises(solve.NoPlan, match="no hours, capacity or stock limits"):
        solve.solve(economies.from_rows(rows), "in-proportion")
