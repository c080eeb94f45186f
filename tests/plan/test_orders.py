from fractions import Fraction

from comitia.plan import economy as economies, solve
from comitia.plan.orders import Delivery, Order, orders

Rows = dict[str, list[dict[str, str]]]


def test_the_bakerys_order_says_runs_hours_ovens_and_deliveries(village: Rows) -> None:
    economy = economies.from_rows(village)

    found = orders(economy, solve.solve(economy, "fullest"))

    assert found["bakery"] == Order(
        workplace="bakery",
        runs={"bake": Fraction(55)},
        hours={"bakers": Fraction(110)},
        overtime={"bakers": Fraction(10)},
        machines={"oven": Fraction(55)},
        sends=(
            Delivery("bread", "workplace", "bakery", "council", "hilltown", Fraction(400)),
            Delivery("bread", "workplace", "bakery", "council", "riverbend", Fraction(150)),
        ),
        receives=(
            Delivery("flour", "workplace", "mill", "workplace", "bakery", Fraction(385)),
            Delivery("salt", "outside", "outside", "workplace", "bakery", Fraction(11)),
        ),
        keeps={},
    )


def test_a_workplace_that_uses_its_own_product_keeps_it(wheat_and_cloth: Rows) -> None:
    wheat_and_cloth["activities"][1]["workplace"] = "farm"
    economy = economies.from_rows(wheat_and_cloth)

    order = orders(economy, solve.solve(economy, "lightest"))["farm"]

    assert order.keeps == {"cloth": Fraction(14), "wheat": Fraction(20)}
    assert order.receives == ()


def test_a_workplace_that_stands_still_has_an_empty_order(village: Rows) -> None:
    village["activities"].append({"activity": "brew", "workplace": "brewery", "runs": "5", "decimals": "0"})
    economy = economies.from_rows(village)

    found = orders(economy, solve.solve(economy, "fullest"))

    assert found["brewery"] == Order("brewery", {}, {}, {}, {}, (), (), {})
    assert sorted(found) == ["bakery", "brewery", "farm", "mill"]
