"""Exact quantities: decimal text in, fractions inside, decimal text out."""

import re
from fractions import Fraction

DECIMAL_TEXT = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")


class NotDecimalText(Exception):
    """A figure is not plain decimal text."""

    def __init__(self, text: str) -> None:
        """Keep the text that was given."""
        self.text = text
        super().__init__(f"'{text}' is not a figure: expected digits with an optional point, such as 12 or -0.75.")


class NotFiniteDecimal(Exception):
    """A quantity has no finite decimal text."""

    def __init__(self, quantity: Fraction) -> None:
        """Keep the quantity that was given."""
        self.quantity = quantity
        super().__init__(
            f"{quantity.numerator}/{quantity.denominator} has no finite decimal text: round it before it is posted, "
            f"or write it as a fraction."
        )


def parse(text: str) -> Fraction:
    """Return the exact number that plain decimal text says.

    Raises:
        NotDecimalText: the text has an exponent, blanks, a leading plus or zero, or is no number.
    """
    if DECIMAL_TEXT.fullmatch(text) is None:
        raise NotDecimalText(text)
    return Fraction(text)


def format_decimal(quantity: Fraction) -> str:
    """Return the shortest exact decimal text of a quantity.

    Raises:
        NotFiniteDecimal: the denominator has a prime factor other than 2 and 5.
    """
    rest, places = quantity.denominator, 0
    for prime in (2, 5):
        power = 0
        while rest % prime == 0:
            rest, power = rest // prime, power + 1
        places = max(places, power)
    if rest != 1:
        raise NotFiniteDecimal(quantity)
    if places == 0:
        return str(quantity.numerator)
    digits = str(abs(quantity.numerator) * 10**places // quantity.denominator).rjust(places + 1, "0")
    return f"{'-' if quantity < 0 else ''}{digits[:-places]}.{digits[-places:]}"
