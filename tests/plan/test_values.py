from dataclasses import replace

import numpy as np
import pytest

from comitia.plan import economy as economies, table, values
from comitia.plan.labour import NotProductive
from comitia.plan.table import Square

Rows = dict[str, list[dict[str, str]]]

# Leontief's wheat and cloth in money of 1 a unit; households eat 55 wheat and 30 cloth, wages buy half of it.
MONEY = Square(
    products=("wheat", "cloth"),
    units=("unit", "unit"),
    A=np.array([[0.25, 0.4], [0.14, 0.12]]),
    primary={"hours": np.array([0.8, 3.6]), "wages": np.array([0.25, 0.35]), "value added": np.array([0.61, 0.48])},
    output=np.array([100.0, 50.0]),
    labour="hours",
    value_added="value added",
    wages="wages",
    households=np.array([55.0, 30.0]),
)


def test_a_table_in_money_has_everything() -> None:
    found = values.of_square(MONEY)

    assert found.labour == pytest.approx([2, 5])
    assert found.effect == pytest.approx([1, 1])
    assert found.production is not None
    # Wages of 42.5 buy half of what households eat; 260 hours are worked.
    assert values.wage_bundle(MONEY) == pytest.approx([27.5 / 260, 15 / 260])
    assert float(found.production.prices @ MONEY.output) == pytest.approx(150)  # type: ignore[operator]
    assert 0 < found.production.rate < found.largest_rate


def test_an_economy_has_no_prices_of_production_for_it_does_not_say_what_wages_buy(wheat_and_cloth: Rows) -> None:
    found = values.of_square(table.of_economy(economies.from_rows(wheat_and_cloth)))

    assert found.production is None
    assert found.labour == pytest.approx([2, 5])
    with pytest.raises(values.NoWageBundle, match="consumption of households"):
        values.wage_bundle(found.square)


def test_wages_that_leave_no_profit_leave_the_rest_of_the_table() -> None:
    found = values.of_square(replace(MONEY, primary={**MONEY.primary, "wages": np.array([9.0, 9.0])}))

    assert found.production is None
    assert found.labour == pytest.approx([2, 5])


def test_an_unproductive_table_names_its_cycle() -> None:
    with pytest.raises(NotProductive) as caught:
        values.of_square(replace(MONEY, A=np.array([[0.5, 3.0], [0.5, 0.1]])))

    assert set(caught.value.products) == {"wheat", "cloth"}
    assert "wheat needs cloth needs wheat" in str(caught.value) or "cloth needs wheat needs cloth" in str(caught.value)
