"""Figures as people and programs write them: with a decimal comma, with groups of thousands, or as a cell's float."""

import re
from fractions import Fraction
from math import isfinite

from comitia.plan.rows import FIGURE

GROUPED = re.compile(r"[+-]?\d{1,3}([ .,'\u00a0\u202f])\d{3}(\1\d{3})*")
DIGITS = 15


def from_float(value: float) -> Fraction | None:
    """Return the shortest decimal that a cell shows for a float (fifteen digits, as spreadsheets keep), or None."""
    if not isfinite(value):
        return None
    return Fraction(f"{value:.{DIGITS}g}")


def parse(text: str) -> tuple[Fraction, str] | None:
    """Return the number that a text stands for, and how it was read where that is a guess; None where it is none.

    Example:
        >>> parse("12.5"), parse("1.234,50"), parse("abc")
        ((Fraction(25, 2), ''), (Fraction(2469, 2), ''), None)
        >>> parse("12,5")
        (Fraction(25, 2), 'the comma of 12,5 was read as a decimal comma')
    """
    plain = text.strip()
    if FIGURE.fullmatch(plain):
        return Fraction(plain), ""
    if "," in plain and "." in plain:
        # Whichever comes last separates the decimals.
        last = max(",.", key=plain.rfind)
        other = "," if last == "." else "."
        whole = plain.replace(other, "").replace(last, ".")
        grouped = GROUPED.fullmatch(plain[: plain.rfind(last)])
        return (Fraction(whole), "") if grouped and FIGURE.fullmatch(whole) else None
    found = GROUPED.fullmatch(plain)
    if found:
        whole = plain.replace(found.group(1), "")
        guess = f"{plain} was read as {whole}: {found.group(1)!r} groups the thousands"
        return (Fraction(whole), guess) if FIGURE.fullmatch(whole) else None
    decimal = plain.replace(",", ".")
    if plain.count(",") == 1 and FIGURE.fullmatch(decimal):
        return Fraction(decimal), f"the comma of {plain} was read as a decimal comma"
    return None
