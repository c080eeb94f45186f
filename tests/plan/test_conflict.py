from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings, strategies as st

from comitia.plan import conflict, economy as economies, solve
from comitia.plan.conflict import Floor, Give
from comitia.plan.economy import Economy

Rows = dict[str, list[dict[str, str]]]


def test_the_bakers_union_alone_rules_out_the_bread_of_riverbend(village: Rows) -> None:
    economy = economies.from_rows(village)
    floor = conflict.without_taking(economy, solve.solve(economy, "fullest"), ("riverbend", "bread", 2))

    found = conflict.smallest(economy, floor)

    assert found is not None
    assert (found.bodies, found.limits) == (("union/bakers",), (("hours", "bakers|bakery", "union/bakers"),))
    # 150 of 700 kg are not to be had: 3/8 of the larger need, proven in fractions.
    assert found.missing == pytest.approx(Fraction(3, 8), abs=1e-9)
    [way] = found.ways
    assert way.bodies == ("union/bakers",)
    [give] = way.gives
    assert (give.kind, give.key, give.more) == ("hours", "bakers|bakery", pytest.approx(30, rel=1e-5))
    assert found.sentence == (
        "The numbers of union/bakers rule out bread for riverbend (tier 2) in full, with nothing taken from needs of "
        "that tier or before it: at least 37.500% of a need is missing while they hold. It is possible if union/bakers "
        "gives way: 30 more of hours bakers|bakery."
    )


def test_of_two_bodies_either_of_whom_rules_it_out_one_is_named_and_the_way_out_needs_both(village: Rows) -> None:
    village["machines"][0]["hours"] = "55"
    village["owners"].append({"file": "machines", "key": "oven", "body": "committee/bakery", "act": "3"})
    economy = economies.from_rows(village)
    floor = Floor("all bread", {k: n.quantity for k, n in economy.needs.items()})

    found = conflict.smallest(economy, floor)

    assert found is not None
    assert found.bodies == ("committee/bakery",)
    [way] = found.ways
    assert way.bodies == ("committee/bakery", "union/bakers")


def test_two_who_only_together_rule_it_out_are_both_named() -> None:
    """Bread can be baked by hand or by machine: hands suffice alone, machines suffice alone, neither as declared."""
    economy = economies.from_rows(
        {
            "products": [{"product": "bread", "unit": "kg"}],
            "activities": [{"activity": a, "workplace": "bakery"} for a in ("by-hand", "by-machine")],
            "flows": [{"activity": a, "product": "bread", "quantity": "1"} for a in ("by-hand", "by-machine")],
            "labour": [{"activity": "by-hand", "trade": "bakers", "hours": "1"}],
            "hours": [{"trade": "bakers", "workplace": "", "hours": "30"}],
            "machines": [{"machine": "oven", "workplace": "bakery", "hours": "40"}],
            "machine_use": [{"activity": "by-machine", "machine": "oven", "hours": "1"}],
            "needs": [{"council": "all", "product": "bread", "tier": "1", "quantity": "100"}],
            "owners": [
                {"file": "hours", "key": "bakers|", "body": "union/bakers", "act": "1"},
                {"file": "machines", "key": "oven", "body": "committee/bakery", "act": "2"},
            ],
        }
    )

    found = conflict.smallest(economy, conflict.essentials(economy))

    assert found is not None
    assert (found.bodies, found.missing) == (("committee/bakery", "union/bakers"), Fraction(3, 10))
    assert [way.bodies for way in found.ways] == [("committee/bakery",), ("union/bakers",)]
    assert [give.more for way in found.ways for give in way.gives] == pytest.approx([30, 30], rel=1e-5)
    assert found.sentence.startswith("Together, the numbers of committee/bakery, union/bakers rule out all essential")


def test_a_floor_that_all_can_bear_is_no_conflict(village: Rows) -> None:
    economy = economies.from_rows(village)

    assert conflict.smallest(economy, conflict.essentials(economy)) is None


def test_what_no_technique_makes_conflicts_with_nobody(village: Rows) -> None:
    village["flows"] = [flow for flow in village["flows"] if flow["activity"] != "bake" or flow["product"] != "bread"]
    economy = economies.from_rows(village)

    found = conflict.smallest(economy, conflict.essentials(economy))

    # Nobody makes bread any more: its stock is a number of its owner, here of nobody but the row itself.
    assert found is not None
    assert found.bodies == ("product bread",)
    assert found.ways[0].gives == (Give("product", "bread", "product bread", pytest.approx(400, rel=1e-5)),)


def rows_of(seed: tuple[int, ...]) -> Rows:
    hours, machines, floor = seed[:3], seed[3:6], seed[6]
    made = [{"activity": f"a{i}", "product": "good", "quantity": "1"} for i in range(3)]
    return {
        "products": [{"product": "good", "unit": "kg"}],
        "activities": [{"activity": f"a{i}", "workplace": f"w{i}"} for i in range(3)],
        "flows": made,
        "labour": [{"activity": f"a{i}", "trade": f"t{i % 2}", "hours": "1"} for i in range(3)],
        "hours": [{"trade": f"t{i}", "workplace": "", "hours": str(hours[i])} for i in range(2)],
        "machines": [{"machine": f"m{i}", "workplace": f"w{i}", "hours": str(machines[i])} for i in range(3)],
        "machine_use": [{"activity": f"a{i}", "machine": f"m{i}", "hours": "1"} for i in range(3)],
        "needs": [{"council": "all", "product": "good", "tier": "1", "quantity": str(floor)}],
    }


def reachable(economy: Economy, held: set[str]) -> float:
    """The most that can be made while only these limits hold: three activities, two trades, three machines."""
    most = float("inf")
    hours = {h.trade: float(h.hours) for h in economy.hours.values()}
    machine = [float(economy.machines[f"m{i}"].hours) if f"machine m{i}" in held else most for i in range(3)]
    first = min(machine[0] + machine[2], hours["t0"] if "hours t0" in held else most)
    second = min(machine[1], hours["t1"] if "hours t1" in held else most)
    return first + second


@settings(max_examples=60)
@given(st.tuples(*[st.integers(0, 20)] * 6, st.integers(1, 60)))
def test_no_smaller_set_conflicts_whatever_the_figures(seed: tuple[int, ...]) -> None:
    economy = economies.from_rows(rows_of(seed))
    floor = float(economy.needs["all", "good", 1].quantity)
    limits = [f"hours t{i}" for i in range(2)] + [f"machine m{i}" for i in range(3)]

    found = conflict.smallest(economy, conflict.essentials(economy))

    sizes = [k for k in range(6) for held in combinations(limits, k) if reachable(economy, set(held)) < floor]
    assert (found is None) == (not sizes)
    if found is not None:
        assert len(found.bodies) == min(sizes)
        assert float(found.missing) == pytest.approx(1 - reachable(economy, set(found.bodies)) / floor, abs=1e-6)
        assert found.missing > 0
