import doctest
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from comitia.plan import units
from comitia.plan.units import Unit


def test_the_examples_in_the_docstrings_run() -> None:
    assert doctest.testmod(units).failed == 0


@pytest.mark.parametrize(
    ("quantity", "source", "target", "there"),
    [
        ("1", "lb", "kg", "0.45359237"),
        ("2.5", "Kg", "Gram", "2500"),
        ("1", "t", "kg", "1000"),
        ("1", "ton", "kg", "1000"),
        ("3", "Litre", "m³", "0.003"),
        ("1", "Dozens", "Units", "12"),
        ("90", "Minute", "Hour(s)", "1.5"),
        ("1", "ft", "in", "12"),
        ("2", "Pair", "Nos", "4"),
        ("7", "crate", "Crate", "7"),
    ],
)
def test_what_programs_call_their_units_converts_exactly(quantity: str, source: str, target: str, there: str) -> None:
    assert units.convert(Fraction(quantity), source, target) == Fraction(there)


@pytest.mark.parametrize(
    ("source", "target"), [("kg", "litre"), ("Box", "Units"), ("bar", "kg"), ("hour", "kg"), ("2**9**9", "kg")]
)
def test_what_measures_something_else_does_not_convert(source: str, target: str) -> None:
    with pytest.raises(units.NoConversion) as caught:
        units.convert(Fraction(1), source, target)

    assert str(caught.value).endswith(f"say one: --unit '{source}=2 {target}'")


def test_a_unit_that_somebody_defined_converts() -> None:
    said = {"box": Unit(units.PIECE, Fraction(6))}

    assert units.convert(Fraction(2), "Box", "Dozen", said) == 1


@given(st.text(max_size=12))
def test_no_word_whatever_breaks_the_reading_of_units(word: str) -> None:
    assert units.parse(word).factor > 0
