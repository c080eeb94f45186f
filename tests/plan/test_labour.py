import csv
import doctest
from pathlib import Path

import numpy as np
import pytest

from comitia.plan import economy as economies, labour

DATA = Path(__file__).parents[3] / "shared" / "data" / "plan"
Rows = dict[str, list[dict[str, str]]]


def test_the_example_in_the_docstring_runs() -> None:
    assert doctest.testmod(labour).failed == 0


def test_ochoas_three_sectors_have_the_published_labour_values() -> None:
    A = np.array([[0.265, 0.968, 0.00681], [0.0121, 0.391, 0.0169], [0.0408, 0.808, 0.165]])

    assert labour.labour_values(A, np.array([0.193, 3.562, 0.616])) == pytest.approx(
        [0.4398417, 7.739431, 0.8979541], rel=1e-6
    )


def test_an_economy_that_eats_itself_has_no_labour_values() -> None:
    with pytest.raises(labour.NotProductive):
        labour.labour_values(np.array([[0.5, 0.5], [0.6, 0.5]]), np.ones(2))


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


def columns(path: Path) -> dict[str, list[str]]:
    if not path.exists():
        pytest.skip(f"{path.name} is not here")
    with path.open(encoding="utf-8", newline="") as file:
        return {row[0]: row[1:] for row in csv.reader(file)}


def square(rows: dict[str, list[str]], n: int) -> labour.Matrix:
    return np.array([[float(cell) for cell in row[:n]] for row in list(rows.values())[1 : n + 1]])


def line(rows: dict[str, list[str]], name: str, n: int) -> labour.Vector:
    return np.array([float(cell) for cell in rows[name][:n]])


def test_germany_1995_has_the_published_multipliers() -> None:
    rows = columns(DATA / "germany_1995_iot_6.csv")
    output = line(rows, "output", 6)
    A, gva = square(rows, 6) / output, line(rows, "gva", 6) / output

    published = [1.7048, 1.8413, 1.8136, 1.6035, 1.5951, 1.3782]
    assert labour.labour_values(A, np.ones(6)) == pytest.approx(published, abs=5e-5)
    assert labour.labour_values(A, gva) == pytest.approx([0.8450, 0.7647, 0.8615, 0.9019, 0.9393, 0.9199], abs=5e-5)


def test_the_uk_2010_has_the_published_multipliers_to_twelve_digits() -> None:
    n = 127
    rows = columns(DATA / "ons_uk_2010_iot_127.csv")
    output = line(rows, "Total output", n)
    A = square(rows, n) / np.where(output > 0, output, 1.0)
    published = columns(DATA / "ons_uk_2010_multipliers_published.csv")

    multipliers = labour.labour_values(A, np.ones(n))

    column = published["uk_row_label"].index("Output multiplier")
    assert multipliers == pytest.approx([float(row[column]) for row in list(published.values())[1:]], abs=1e-12)
