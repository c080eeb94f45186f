import itertools
import random

import pytest

from comitia.drill import production
from comitia.plan import economy as economies, variants
from comitia.plan.economy import Economy


def bakeries(chance: random.Random) -> Economy:
    """Return an economy of mills that make flour and bakeries that make bread, of which a town needs some."""
    makers = [(f"mill-{n}", "flour") for n in range(chance.randint(1, 3))]
    makers += [(f"bakery-{n}", "bread") for n in range(chance.randint(1, 3))]
    activities = [
        {"activity": f"at {w}", "workplace": w, "runs": str(chance.randint(1, 6)), "decimals": ""} for w, _ in makers
    ]
    flows = [{"activity": f"at {w}", "product": p, "quantity": "1"} for w, p in makers]
    flows += [{"activity": f"at {w}", "product": "flour", "quantity": "-1"} for w, p in makers if p == "bread"]
    products = [
        {
            "product": p, "unit": "t", "decimals": "", "stock": str(chance.randint(0, 2)), "closing_stock": "0",
            "worth": "1", "buy_price": "", "sell_price": "",
        }
        for p in ("flour", "bread")
    ]  # fmt: skip
    need = {"council": "town", "product": "bread", "tier": "1", "quantity": str(chance.randint(1, 8)), "worth": "1"}
    return economies.from_rows({"products": products, "activities": activities, "flows": flows, "needs": [need]})


def shortage(economy: Economy, refusing: frozenset[str]) -> float:
    return production.Shop(economy, variants.pose(economy, "fullest").aims[1:2]).least(refusing)[0]


@pytest.mark.parametrize("seeds", [range(40), pytest.param(range(40, 1000), marks=pytest.mark.slow)])
def test_no_fewer_refusals_leave_bread_short_when_all_are_tried(seeds: range) -> None:
    for seed in seeds:
        economy = bakeries(random.Random(seed))
        workplaces = sorted({a.workplace for a in economy.activities.values()})
        anyway = shortage(economy, frozenset())
        smallest = next(
            (
                size
                for size in range(len(workplaces) + 1)
                for chosen in itertools.combinations(workplaces, size)
                if shortage(economy, frozenset(chosen)) > anyway + 1e-6
            ),
            0,
        )
        found = production.fewest(economy, turns=100)

        assert len(found.workplaces) == smallest, seed
        assert not smallest or shortage(economy, frozenset(found.workplaces)) == pytest.approx(found.worth_short)
        assert not smallest or found.worth_short > anyway
        # The proof: each plan needs all its workplaces and no others, and no smaller set meets every plan.
        for plan in found.plans:
            assert shortage(economy, frozenset(workplaces) - plan) == pytest.approx(anyway), seed
            assert all(shortage(economy, frozenset(workplaces) - plan | {one}) > anyway + 1e-6 for one in plan), seed
        fewer = itertools.combinations(workplaces, max(0, smallest - 1))
        assert not smallest or not any(all(set(few) & plan for plan in found.plans) for few in fewer)


def test_each_workplace_is_worth_what_goes_unmet_without_it() -> None:
    def rows(*found: str) -> list[dict[str, str]]:
        head, *rest = (line.split(",") for line in found)
        return [dict(zip(head, line, strict=True)) for line in rest]

    economy = economies.from_rows(
        {
            "products": rows(
                "product,unit,decimals,stock,closing_stock,worth,buy_price,sell_price", "bread,t,,0,0,1,,"
            ),
            "activities": rows("activity,workplace,runs,decimals", "a,old,6,", "b,new,4,"),
            "flows": rows("activity,product,quantity", "a,bread,1", "b,bread,1"),
            "needs": rows("council,product,tier,quantity,worth", "town,bread,1,8,2"),
        }
    )

    assert production.losses(economy) == (
        production.Loss("old", 8.0, {"town": 8.0}),
        production.Loss("new", 4.0, {"town": 4.0}),
    )
    found = production.fewest(economy, turns=10)
    assert len(found.workplaces) == 1
    with pytest.raises(production.Unsettled):
        production.fewest(economy, turns=1)
