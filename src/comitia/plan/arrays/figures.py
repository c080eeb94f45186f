"""Exact decimal figures in bulk: each a whole number over a power of ten; floats near them, with their error known."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Whole = NDArray[np.int64]
# Figures have at most this many digits in all, so that they fit a machine's whole number.
DIGITS = 18
MOST_PLACES = 40
UNIT = 2.0**-53
# How far ``floats`` may be from the exact figure: the whole number, the power of ten and the division round once each.
ERROR = 3 * UNIT
_POWERS = np.array([float(10**k) for k in range(MOST_PLACES + 1)])
_TENS = np.array([10**k for k in range(DIGITS + 1)], dtype=np.int64)


class TooManyDigits(Exception):
    """A figure that does not fit eighteen digits; says which."""

    def __init__(self, at: int) -> None:
        self.at = at
        super().__init__(f"figure {at} has more than {DIGITS} digits")


@dataclass(frozen=True)
class Figures:
    """Exact figures: ``whole`` / 10 ** ``places``, (n,) each, as short as they can be."""

    whole: Whole
    places: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.whole)

    def __getitem__(self, at: Any) -> "Figures":
        return Figures(self.whole[at], self.places[at])

    def floats(self) -> Vector:
        """Return the figures as floats, each within ``ERROR`` of its own size."""
        found: Vector = self.whole / _POWERS[self.places]
        return found

    def exact(self, at: int) -> Fraction:
        """Return one figure exactly."""
        return Fraction(int(self.whole[at]), 10 ** int(self.places[at]))


def shortest(whole: Whole, places: NDArray[np.int8]) -> Figures:
    """Return figures without zeros at the end of their decimals."""
    whole, places = whole.copy(), places.astype(np.int8)
    places[whole == 0] = 0
    for k in (8, 4, 2, 1):
        ends = np.flatnonzero(places >= k)
        ends = ends[whole[ends] % _TENS[k] == 0]
        whole[ends] //= _TENS[k]
        places[ends] -= np.int8(k)
    # Nine zeros or more take another turn of the smallest step.
    while len(ends):
        ends = ends[places[ends] >= 1]
        ends = ends[whole[ends] % 10 == 0]
        whole[ends] //= 10
        places[ends] -= np.int8(1)
    return Figures(whole, places)


def whole_numbers(values: Whole) -> Figures:
    """Return whole numbers as figures."""
    return Figures(values.astype(np.int64), np.zeros(len(values), np.int8))


def nearest(values: Vector, places: Whole) -> Figures:
    """Return the nearest figures with so many decimals.

    Raises:
        TooManyDigits: a value with so many decimals has more than eighteen digits.
    """
    scaled = np.rint(values * _POWERS[places])
    over = np.flatnonzero(~(np.abs(scaled) < 10.0**DIGITS))
    if len(over):
        raise TooManyDigits(int(over[0]))
    return shortest(scaled.astype(np.int64), places.astype(np.int8))


def with_digits(values: Vector, digits: int) -> Figures:
    """Return the nearest figures with so many digits that count, or fewer where the last would be too small."""
    with np.errstate(divide="ignore"):
        size = np.floor(np.log10(np.abs(values)))
    places = np.clip(digits - 1 - np.where(np.isfinite(size), size, digits), 0, MOST_PLACES)
    return nearest(values, places.astype(np.int64))


def of_fractions(values: list[Fraction]) -> Figures:
    """Return exact decimals as figures.

    Raises:
        TooManyDigits: a value is no decimal of eighteen digits.
    """
    whole, places = np.zeros(len(values), np.int64), np.zeros(len(values), np.int8)
    for at, value in enumerate(values):
        k = 0
        while k <= MOST_PLACES and (value * 10**k).denominator != 1:
            k += 1
        if k > MOST_PLACES or abs(value * 10**k) >= 10**DIGITS:
            raise TooManyDigits(at)
        whole[at], places[at] = int(value * 10**k), k
    return Figures(whole, places)


def joined(parts: list[Figures]) -> Figures:
    """Return figures one after the other."""
    return Figures(
        np.concatenate([p.whole for p in parts]).astype(np.int64),
        np.concatenate([p.places for p in parts]).astype(np.int8),
    )


def sum_of_products(one: Figures, other: Figures) -> Fraction:
    """Return the exact sum of the products."""
    places = one.places.astype(np.int64) + other.places
    total = Fraction(0)
    for k in np.unique(places):
        at = np.flatnonzero(places == k)
        total += Fraction(int(np.dot(one.whole[at].astype(object), other.whole[at].astype(object))), 10 ** int(k))
    return total
