from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from comitia.plan.rows import COLUMNS, FIGURE, KEYS, OPTIONAL, EconomyFault, Reader, decimal_text


def test_every_file_has_its_key_among_its_columns() -> None:
    assert KEYS.keys() == COLUMNS.keys()
    assert [file for file, key in KEYS.items() if not set(key) <= set(COLUMNS[file])] == []
    assert [file for file, columns in OPTIONAL.items() if not columns <= set(COLUMNS[file])] == []


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(-5, 2), "-2.5"),
        (Fraction(1, 1000), "0.001"),
        (Fraction(1200), "1200"),
        (Fraction(1, 3), "1/3"),
    ],
)
def test_a_number_is_written_as_its_shortest_exact_decimal(number: Fraction, text: str) -> None:
    assert decimal_text(number) == text


@given(st.integers(-(10**20), 10**20), st.integers(0, 12))
def test_a_decimal_reads_back_as_the_number_it_was(digits: int, places: int) -> None:
    number = Fraction(digits, 10**places)

    assert Fraction(decimal_text(number)) == number


@pytest.mark.parametrize("text", ["1e999999999", "nan", "inf", "1_000", "１", "", "0x10", "1/2", "--1"])
def test_what_is_no_decimal_figure_is_refused(text: str) -> None:
    assert FIGURE.fullmatch(text) is None


@pytest.mark.parametrize("name", ["", "a|b", "#a", "a\nb"])
def test_an_id_that_would_break_keys_or_files_is_refused(name: str) -> None:
    with pytest.raises(EconomyFault):
        Reader("products", 2, {"product": name}).text("product")
