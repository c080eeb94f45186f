import doctest
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from comitia.plan.tables import figures


def test_the_examples_in_the_docstrings_run() -> None:
    assert doctest.testmod(figures).failed == 0


@pytest.mark.parametrize(
    ("text", "number", "is_guess"),
    [
        ("12", "12", False),
        (" 1e3 ", "1000", False),
        ("1,234.5", "1234.5", False),
        ("1.234.567,8", "1234567.8", False),
        ("1,234", "1234", True),
        ("1 234 567", "1234567", True),
        ("0,25", "0.25", True),
        ("-3,5", "-3.5", True),
    ],
)
def test_figures_are_read_as_people_write_them(text: str, number: str, is_guess: bool) -> None:
    found = figures.parse(text)

    assert found is not None
    assert (found[0], bool(found[1])) == (Fraction(number), is_guess)


@pytest.mark.parametrize("text", ["", "abc", "1,2,3", "12.5.2,1", "1.23,456.7", "inf", "nan", "1e999", "--1"])
def test_what_is_no_figure_is_none(text: str) -> None:
    assert figures.parse(text) is None


@given(st.floats(-1e300, 1e300) | st.just(float("nan")) | st.just(float("inf")))
def test_a_cell_is_the_decimal_that_it_shows_or_nothing(value: float) -> None:
    found = figures.from_float(value)

    assert found is None or float(found) == pytest.approx(value, rel=1e-14)
    assert figures.from_float(0.1) == Fraction(1, 10)
