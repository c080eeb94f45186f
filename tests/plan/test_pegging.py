from comitia.plan import economy as economies, solve
from comitia.plan.pegging import Shortage, explain

Rows = dict[str, list[dict[str, str]]]


def explained(rows: Rows, variant: str = "fullest") -> tuple[Shortage, ...]:
    economy = economies.from_rows(rows)
    return explain(economy, solve.solve(economy, variant))


def test_bread_is_short_because_the_bakers_hours_bind_and_their_union_owns_them(village: Rows) -> None:
    [shortage] = explained(village)

    assert (shortage.council, shortage.product, shortage.tier, float(shortage.quantity)) == (
        "riverbend",
        "bread",
        2,
        150.0,
    )
    assert [(b.kind, b.key, b.body, b.act, b.chain, float(b.price)) for b in shortage.bindings] == [
        ("hours", "bakers|bakery", "union/bakers", "17", ("bread", "bake"), 5.0)
    ]
    assert shortage.sentence == (
        "riverbend goes short of 150 of 300 kg of bread (50 % of a need of tier 2). The working time of bakers at "
        "bakery binds: one more hour brings a worth of 5 hours at most. It is a number of union/bakers."
    )


def test_the_chain_leads_through_flour_to_the_land(village: Rows) -> None:
    village["limits"][0]["quantity"] = "3"

    shortages = explained(village)

    chains = {(b.kind, b.key): b.chain for s in shortages if s.product == "bread" for b in s.bindings}
    assert chains["limit", "arable"] == ("bread", "bake", "flour", "grind", "wheat", "grow")


def test_what_nobody_makes_is_traced_to_its_stock(village: Rows) -> None:
    del village["products"][3]["buy_price"]
    village["products"][3]["stock"] = "5"

    [shortage, *_] = explained(village)

    assert [(b.kind, b.key) for b in shortage.bindings] == [("product", "salt")]
    assert "The stock of salt, which no activity makes, binds" in shortage.sentence


def test_cash_binds_where_what_is_bought_is_short(village: Rows) -> None:
    village["trade_limit"][0]["cash"] = "2"

    [shortage, *_] = explained(village)

    assert [(b.kind, b.key, b.chain) for b in shortage.bindings] == [("cash", "", ("bread", "bake", "salt", "outside"))]


def test_a_need_worth_less_than_its_hours_is_said_to_be_so(village: Rows) -> None:
    village["needs"][1]["worth"] = "0.1"

    [shortage] = explained(village, "lightest")

    assert {b.kind for b in shortage.bindings} == {"labour"}
    assert "takes more hours (of bake) than it is worth" in shortage.sentence


def test_a_closing_stock_not_reached_is_a_shortage_without_a_council(village: Rows) -> None:
    village["products"][0]["closing_stock"] = "2500"
    village["products"][0]["worth"] = "1"

    last = explained(village)[-1]

    assert (last.council, last.tier, last.product) == ("", 0, "wheat")
    assert [(b.kind, b.key) for b in last.bindings] == [("limit", "arable")]


def test_two_limits_used_up_by_one_activity_are_both_named(village: Rows) -> None:
    village["machines"][0]["hours"] = "55"

    [shortage] = explained(village)

    assert {(b.kind, b.key) for b in shortage.bindings} == {("hours", "bakers|bakery"), ("machine", "oven")}
    assert "used up as well and would have to give with it" in shortage.sentence


def test_nothing_short_explains_nothing(wheat_and_cloth: Rows) -> None:
    assert explained(wheat_and_cloth) == ()
