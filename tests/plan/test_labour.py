import doctest

import numpy as np
import pytest

from comitia.plan import economy as economies, labour

Rows = dict[str, list[dict[str, str]]]


def test_the_example_in_the_docstring_runs() -> None:
    assert doctest.testmod(labour).failed == 0


def test_ochoas_three_sectors_have_the_published_labour_values() -> None:
    A = np.array([[0.265, 0.968, 0.00681], [0.0121, 0.391, 0.0169], [0.0408, 0.808, 0.165]])

    assert labour.labour_values(A, np.array([0.193, 3.562, 0.616])) == pytest.approx(
        [0.4398417, 7.739431, 0.8979541], rel=1e-6
    )


def test_an_economy_that_eats_itself_has_no_labour_values() -> None:
    with pytest.raises(labour.NotProductive) as caught:
        labour.labour_values(np.array([[0.5, 0.5], [0.6, 0.5]]), np.ones(2))

    assert caught.value.products == ("product 0", "product 1")


def test_an_economy_as_declared_has_the_values_of_its_table(wheat_and_cloth: Rows) -> None:
    found = labour.of_economy(economies.from_rows(wheat_and_cloth))

    assert found.hours == pytest.approx({"wheat": 2.0, "cloth": 5.0}, rel=1e-9)
    assert found.not_made == ()


def test_of_two_techniques_the_one_with_less_labour_counts(wheat_and_cloth: Rows) -> None:
    wheat_and_cloth["activities"].append({"activity": "power-loom", "workplace": "weavers"})
    wheat_and_cloth["flows"].append({"activity": "power-loom", "product": "cloth", "quantity": "1"})
    wheat_and_cloth["labour"].append({"activity": "power-loom", "trade": "people", "hours": "2.5"})

    found = labour.of_economy(economies.from_rows(wheat_and_cloth))

    assert found.hours == pytest.approx({"wheat": (0.8 + 0.14 * 2.5) / 0.75, "cloth": 2.5}, rel=1e-9)


def test_an_economy_as_declared_that_eats_itself_is_refused(wheat_and_cloth: Rows) -> None:
    wheat_and_cloth["flows"][1]["quantity"] = "-14"

    with pytest.raises(labour.NotProductive):
        labour.of_economy(economies.from_rows(wheat_and_cloth))


def test_what_no_activity_makes_counts_as_given(village: Rows) -> None:
    found = labour.of_economy(economies.from_rows(village))

    assert found.not_made == ("salt",)
    assert found.hours["wheat"] == pytest.approx(0.04)
