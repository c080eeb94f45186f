from fractions import Fraction

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, strategies as st

from comitia.plan.arrays import figures, table
from comitia.plan.rows import decimal_text

decimals = st.builds(lambda n, k: Fraction(n, 10**k), st.integers(-(10**18) + 1, 10**18 - 1), st.integers(0, 40))


@given(st.lists(decimals))
def test_figures_come_back_exactly_from_their_text(values: list[Fraction]) -> None:
    found = table.parse(pa.array([decimal_text(v) for v in values], pa.string()))

    assert [found.exact(i) for i in range(len(found))] == values
    assert table.text(found).to_pylist() == [decimal_text(v) for v in values]


@given(st.lists(decimals, min_size=1), st.lists(decimals, min_size=1))
def test_the_sum_of_products_is_exact(one: list[Fraction], other: list[Fraction]) -> None:
    count = min(len(one), len(other))
    a, b = figures.of_fractions(one[:count]), figures.of_fractions(other[:count])

    assert figures.sum_of_products(a, b) == sum(x * y for x, y in zip(one, other, strict=False))


@given(decimals)
def test_a_float_is_as_near_as_is_said(value: Fraction) -> None:
    near = Fraction(float(figures.of_fractions([value]).floats()[0]))

    assert abs(near - value) <= Fraction(figures.ERROR) * abs(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.50", "1.5"), ("+2", "2"), ("1e1", "10"), (".5", "0.5"), ("5.", "5"), ("-0", "0"), ("3e-4", "0.0003")],
)
def test_every_way_to_write_a_figure_is_read(text: str, value: str) -> None:
    found = table.parse(pa.array(["7", text]))

    assert table.text(found).to_pylist() == ["7", value]
    assert table.canonical(pa.array(["7", text]), found).to_pylist() == ["7", value]


@pytest.mark.parametrize("text", ["", "many", "0x1F", "1.2.3", "-", ".", "1e99", "1234567890123456789", "١"])
def test_what_is_no_figure_of_eighteen_digits_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(table.NotFigures) as fault:
        table.parse(pa.chunked_array([pa.array(["1", "2"]), pa.array(["3", text])]))

    assert fault.value.at == 3


def test_values_are_rounded_to_digits_and_to_decimals() -> None:
    values = np.array([1234.56789, 0.000123456, 0.0, 98765432.1])

    assert table.text(figures.with_digits(values, 3)).to_pylist() == ["1235", "0.000123", "0", "98765432"]
    assert table.text(figures.nearest(values, np.array([1, 5, 0, 0]))).to_pylist() == [
        "1234.6",
        "0.00012",
        "0",
        "98765432",
    ]


def test_a_value_of_more_than_eighteen_digits_is_refused() -> None:
    with pytest.raises(figures.TooManyDigits):
        figures.nearest(np.array([1.0, 1e18]), np.array([0, 0]))
    with pytest.raises(figures.TooManyDigits):
        figures.of_fractions([Fraction(1, 3)])
