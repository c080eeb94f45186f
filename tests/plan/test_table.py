import numpy as np
import pytest

from comitia.plan import economy as economies, table
from comitia.plan.table import NotSquare

Rows = dict[str, list[dict[str, str]]]


def test_an_economy_with_one_technique_for_each_product_is_a_square_table(wheat_and_cloth: Rows) -> None:
    found = table.of_economy(economies.from_rows(wheat_and_cloth))

    assert (found.products, found.units, found.labour) == (("wheat", "cloth"), ("kg", "m"), "hours")
    # What wheat uses up of itself is netted off: per unit of net output.
    assert pytest.approx(np.array([[0, 0.4 / 0.88], [0.14 / 0.75, 0]])) == found.A
    assert found.primary["hours"] == pytest.approx([0.8 / 0.75, 3.6 / 0.88])


def test_a_second_technique_or_a_second_product_makes_no_square(wheat_and_cloth: Rows) -> None:
    wheat_and_cloth["activities"].append({"activity": "reap", "workplace": "farm"})
    wheat_and_cloth["flows"].append({"activity": "reap", "product": "wheat", "quantity": "1"})

    with pytest.raises(NotSquare, match="wheat is made by farm and by reap"):
        table.of_economy(economies.from_rows(wheat_and_cloth))

    wheat_and_cloth["flows"][-1] = {"activity": "weave", "product": "rags", "quantity": "1"}
    wheat_and_cloth["products"].append({"product": "rags", "unit": "kg"})
    with pytest.raises(NotSquare, match="weave makes cloth and rags"):
        table.of_economy(economies.from_rows(wheat_and_cloth))
