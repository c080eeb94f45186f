import pytest

from comitia.plan import economy as economies, findings, folder, labour

Rows = dict[str, list[dict[str, str]]]


def said(rows: Rows) -> list[str]:
    return [finding.sentence for finding in findings.find(economies.from_rows(rows))]


def test_a_sound_economy_has_nothing_odd(village: Rows, wheat_and_cloth: Rows) -> None:
    assert (said(village), said(wheat_and_cloth)) == ([], [])


def test_a_product_nobody_makes_and_nobody_sells_is_named(village: Rows) -> None:
    del village["products"][3]["buy_price"]
    village["owners"].append({"file": "products", "key": "salt", "body": "committee/bakery", "act": "3"})

    assert said(village) == [
        "products, salt: nobody makes it, nobody sells it and none is there (recipes that use it up: 1): add a "
        "recipe that makes it, a buy_price (and cash), or a stock. It is a number of committee/bakery."
    ]


def test_an_unproductive_cycle_is_named_through_all_techniques(village: Rows) -> None:
    # Wheat needs bread for its growers, by either way of growing; 10 kg of bread need 7.8 kg of wheat.
    village["flows"].append({"activity": "grow", "product": "bread", "quantity": "-200"})
    village["activities"].append({"activity": "sow", "workplace": "farm"})
    village["flows"] += [
        {"activity": "sow", "product": "wheat", "quantity": "10"},
        {"activity": "sow", "product": "bread", "quantity": "-30"},
    ]

    [finding] = findings.find(economies.from_rows(village))

    assert finding.file == "flows"
    for product in ("wheat", "bread", "flour"):
        assert product in finding.reason
    assert "going round once, one unit of" in finding.reason
    with pytest.raises(labour.NotProductive) as caught:
        labour.of_economy(economies.from_rows(village))
    assert set(caught.value.products) == {"wheat", "flour", "bread"}


@pytest.mark.parametrize(
    ("file", "at", "column", "value", "sentence"),
    [
        ("flows", 1, "quantity", "-1e-12", "flows, grind|wheat: 1e-12 is smaller than the 1e-9"),
        ("flows", 2, "quantity", "9e20", "flows, grind|flour: 9e+20 is larger than the 1e15"),
        ("hours", 1, "hours", "1e30", "hours, bakers|bakery: 1e+30 is larger than the 1e15"),
        ("needs", 1, "worth", "1e18", "needs, riverbend|bread|2: 1e+18 is larger than the 1e15"),
    ],
)
def test_figures_that_no_float_holds_are_named(
    village: Rows, file: str, at: int, column: str, value: str, sentence: str
) -> None:
    village[file][at][column] = value

    found = [f for f in findings.find(economies.from_rows(village)) if f.is_absurd]

    assert [f.sentence.replace("-1e-12", "1e-12").partition(" that")[0] for f in found] == [sentence]


def test_figures_too_far_apart_in_one_recipe_are_named(village: Rows) -> None:
    village["flows"][5]["quantity"] = "1e12"

    assert [finding.sentence for finding in findings.find(economies.from_rows(village))] == [
        "flows, bake|salt: 0.2 stands beside 1000000000000 in one recipe: count the products in units that are less "
        "far apart."
    ]


def test_a_folder_says_where_each_row_stands(village: Rows, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("economy")
    folder.write_economy(economies.from_rows(village), path)

    places = folder.places(path)

    assert places["needs", ("riverbend", "bread", "2")] == "needs.csv, line 3"
    assert places["trade_limit", ()] == "trade_limit.csv, line 2"
