"""How figures are written on a page: rounded for reading, with thin groups of three; exact ones stand beside."""

from fractions import Fraction


def figure(number: Fraction | float | int, decimals: int = 2) -> str:
    """Return a number for reading: grouped by threes, at most so many decimals, none that are noughts."""
    rounded = round(Fraction(number), decimals)
    if not rounded and number:
        return f"{float(number):.2g}"
    whole = f"{float(rounded):,.{decimals}f}".replace(",", "\u202f")
    return whole.rstrip("0").rstrip(".") if "." in whole else whole


def percent(share: Fraction | float) -> str:
    """Return a share as a percentage with one decimal; what is not quite all or nothing never reads so."""
    number = float(share) * 100
    if 99.95 <= number < 100:
        return "99.9 %"
    if 0 < number < 0.05:
        return "under 0.1 %"
    return f"{number:.1f}".removesuffix(".0") + " %"
