"""Units of what workplaces count in, read from the words that their programs use, and converted exactly.

Physical units are those of pint, in fractions (a pound is 0.45359237 kg exactly); pieces, dozens and the like are
counts; every other word ("crate") is a unit of its own, that converts into nothing until somebody says how much it is.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

import pint

# What programs call a piece, and how many pieces other counts are.
PIECE = "piece"
COUNTS = {
    "": 1, "unit": 1, "units": 1, "nos": 1, "no": 1, "piece": 1, "pieces": 1, "pc": 1, "pcs": 1, "each": 1, "ea": 1,
    "number": 1, "one": 1, "stück": 1, "pair": 2, "pairs": 2, "dozen": 12, "dozens": 12, "dz": 12, "gross": 144,
    "hundred": 100, "thousand": 1000,
}  # fmt: skip
# Words that pint does not know or would take for another unit.
WORDS = {
    "ton": "tonne", "tons": "tonne", "t": "tonne", "litre": "liter", "litres": "liter", "l": "liter", "lt": "liter",
    "ltr": "liter", "kgs": "kilogram", "kilo": "kilogram", "kilos": "kilogram", "gm": "gram", "gms": "gram",
    "g": "gram",
    "m": "meter", "metre": "meter", "meters": "meter", "sq m": "meter^2", "m²": "meter^2", "square meter": "meter^2",
    "m³": "meter^3", "cubic meter": "meter^3", "ft²": "foot^2", "ft³": "foot^3", "in³": "inch^3", "oz": "ounce",
    "fl oz (us)": "fluid_ounce", "fl oz": "fluid_ounce", "qt (us)": "quart", "gal (us)": "gallon", "gal": "gallon",
    "h": "hour", "hrs": "hour", "hour(s)": "hour", "min": "minute", "mins": "minute", "minutes": "minute",
    "days": "day", "working day": "day", "d": "day",
}  # fmt: skip
# Words that are units of measure somewhere and something to count in a workplace.
OWN = frozenset({"bag", "bar", "barn", "barrel", "chain", "cup", "hand", "link", "point", "rod", "tablespoon"})
GUESSED = {"ton": "a tonne of 1000 kg", "tons": "a tonne of 1000 kg"}
PLAIN = re.compile(r"[A-Za-zµ]+([ _][A-Za-z]+)*(\^?[23])?(/[A-Za-zµ]+)?")


class NoConversion(Exception):
    """Two units between which there is no conversion, and what to say so that there is one."""

    def __init__(self, source: str, target: str) -> None:
        self.source, self.target = source, target
        super().__init__(f"there is no conversion from {source!r} to {target!r}; say one: --unit '{source}=2 {target}'")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: how many ``base`` units it is, exactly; two units of one base convert into each other."""

    base: str
    factor: Fraction


@cache
def _registry() -> "pint.UnitRegistry[Fraction]":
    return pint.UnitRegistry(non_int_type=Fraction)


def parse(word: str, said: Mapping[str, Unit] | None = None) -> Unit:
    """Return the unit of a word; ``said`` are units that somebody defined.

    Example:
        >>> parse("lb").factor / parse("kg").factor
        Fraction(45359237, 100000000)
        >>> parse("Dozen")
        Unit(base='piece', factor=Fraction(12, 1))
    """
    plain = " ".join(word.split())
    low = plain.casefold()
    if said and low in said:
        return said[low]
    if low in COUNTS:
        return Unit(PIECE, Fraction(COUNTS[low]))
    for name in (WORDS.get(low), plain, low) if low not in OWN else ():
        found = _physical(name) if name else None
        if found is not None:
            return found
    return Unit(low, Fraction(1))


def _physical(name: str) -> Unit | None:
    if not PLAIN.fullmatch(name):
        return None
    try:
        quantity = _registry().Quantity(Fraction(1), name).to_base_units()
    except (pint.errors.PintError, ValueError, TypeError, AttributeError, ZeroDivisionError):
        return None
    # Every base unit as a text of its own: kilogram, meter ** 3, second.
    base = " ".join(f"{unit}^{power}" for unit, power in sorted(dict(quantity.unit_items()).items()))
    return Unit(base, Fraction(quantity.magnitude)) if base else None


def convert(quantity: Fraction, source: str, target: str, said: Mapping[str, Unit] | None = None) -> Fraction:
    """Return a quantity counted in another unit, exactly.

    Raises:
        NoConversion: the two units measure different things, or one of them is unknown.

    Example:
        >>> convert(Fraction(2), "Hour(s)", "minutes")
        Fraction(120, 1)
    """
    one, other = parse(source, said), parse(target, said)
    if one.base != other.base:
        raise NoConversion(source, target)
    return quantity * one.factor / other.factor


def is_guessed(word: str) -> str:
    """Return what a word was taken for where it could mean something else, or nothing."""
    return GUESSED.get(" ".join(word.split()).casefold(), "")
