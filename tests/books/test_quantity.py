from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from comitia.books import quantity


@given(st.integers(-(10**20), 10**20), st.integers(0, 12))
def test_a_decimal_read_back_is_the_same_number(digits: int, places: int) -> None:
    number = Fraction(digits, 10**places)

    assert quantity.parse(quantity.format_decimal(number)) == number


@pytest.mark.parametrize("text", ["", "1e3", "+1", " 1", "1.", ".5", "nan", "01", "1/3", "1_000", "١"])
def test_a_figure_that_is_not_plain_decimal_text_is_refused(text: str) -> None:
    with pytest.raises(quantity.NotDecimalText) as refused:
        quantity.parse(text)

    assert refused.value.text == text


def test_a_third_has_no_decimal_text() -> None:
    with pytest.raises(quantity.NotFiniteDecimal) as refused:
        quantity.format_decimal(Fraction(1, 3))

    assert refused.value.quantity == Fraction(1, 3)


def test_decimal_text_is_the_shortest() -> None:
    texts = [quantity.format_decimal(Fraction(n)) for n in ("0", "12", "-0.75", "0.050", "100", "-1/8")]

    assert texts == ["0", "12", "-0.75", "0.05", "100", "-0.125"]
