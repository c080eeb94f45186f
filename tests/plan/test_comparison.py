from fractions import Fraction

from comitia.plan import comparison, economy as economies, solve
from comitia.plan.comparison import Change

Rows = dict[str, list[dict[str, str]]]


def test_with_more_hours_of_the_bakers_bread_is_no_longer_short_and_orders_change(village: Rows) -> None:
    before = economies.from_rows(village)
    village["hours"][1]["hours"] = "200"
    after = economies.from_rows(village)

    found = comparison.compare((before, solve.solve(before, "fullest")), (after, solve.solve(after, "fullest")))

    assert found.unmet == (Change(("riverbend", "bread", "2"), Fraction(150), Fraction(0)),)
    assert found.hours[0] == Change(("bakers", "bakery"), Fraction(110), Fraction(140))
    assert found.workplaces == ("bakery", "farm", "mill")
    assert comparison.sentences(found)[1:] == (
        "Who works more: bakers at bakery +30, growers at mill +5.835, growers at farm +4.68.",
        "riverbend: bread (tier 2) is no longer short (it was, of 150).",
        "Orders change at bakery, farm, mill.",
    )


def test_a_plan_beside_itself_differs_in_nothing(village: Rows) -> None:
    economy = economies.from_rows(village)
    plan = solve.solve(economy, "lightest")

    found = comparison.compare((economy, plan), (economy, plan))

    assert (found.hours, found.unmet, found.runs, found.trade, found.whole.more) == ((), (), (), (), 0)
    assert len(comparison.sentences(found)) == 1


def test_what_becomes_short_is_said_essential_needs_first(village: Rows) -> None:
    before = economies.from_rows(village)
    village["hours"][1]["hours"] = "50"
    village["products"][0]["closing_stock"] = "2500"
    after = economies.from_rows(village)

    found = comparison.compare((before, solve.solve(before, "fullest")), (after, solve.solve(after, "fullest")))

    assert [line.partition(" becomes")[0] for line in comparison.sentences(found) if "becomes short" in line] == [
        "hilltown: bread (tier 1)",
        "The closing stock of wheat",
    ]
