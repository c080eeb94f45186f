"""Values in words: of one reading, of an alarm, of what changed between two moments."""

from fractions import Fraction
from math import isinf

from comitia.watch.indicator import Reading, percent, wilson
from comitia.watch.series import Change, Onset
from comitia.watch.thresholds import Threshold


def value(reading: Reading) -> str:
    """Return a reading's value with its counts: ``9 of 15 (60 %, 36 to 80 %)``; a dash where there is none."""
    if reading.value is None:
        return "–"
    if reading.figure.unit == "share" and reading.of:
        low, high = wilson(reading.count, reading.of)
        return f"{reading.count} of {reading.of} ({percent(reading.value)}, {percent(low)} to {percent(high)})"
    return amount(reading.value, reading.figure.unit)


def amount(of: Fraction | float, unit: str) -> str:
    """Return a number in its unit."""
    if isinf(of):
        return "without end"
    if unit == "share":
        return percent(of)
    if unit == "count":
        return f"{of:.0f}" if not isinstance(of, Fraction) else str(int(of))
    said = f"{float(of):.2f}".rstrip("0").rstrip(".")
    return f"{said} {unit}" if unit in ("days", "hours") else said


def threshold(of: Threshold, unit: str) -> str:
    """Return a threshold in words: ``at least 33 %``."""
    return "without end" if isinf(of.value) else f"{of.when} {amount(of.value, unit)}"


def acts(numbers: tuple[int, ...], *, most: int = 8) -> str:
    """Return acts in words: ``acts 3, 4 and 7 more``; "" of none."""
    if not numbers:
        return ""
    shown = ", ".join(map(str, numbers[:most]))
    rest = f" and {len(numbers) - most} more" if len(numbers) > most else ""
    return f"act{'s' if len(numbers) > 1 else ''} {shown}{rest}"


def articles(numbers: tuple[str, ...]) -> str:
    """Return which articles answer it, in words."""
    if not numbers:
        return "no article of this charter answers it"
    return f"article{'s' if len(numbers) > 1 else ''} {', '.join(numbers)} answer{'' if len(numbers) > 1 else 's'} it"


def alarm(of: Onset) -> str:
    """Return an alarm in one sentence: what, since when, by which acts, and which articles answer it."""
    reading = of.alarm.reading
    by = f", by {acts(reading.acts)}" if reading.acts else ""
    passed = threshold(of.alarm.threshold, reading.figure.unit)
    since = f"Since {of.since[:10]}" if of.since else "At present"
    return f"{reading.sentence} {since} {passed}{by}: {of.alarm.threshold.reason}; {articles(reading.articles)}."


def change(of: Change) -> str:
    """Return what changed in one sentence: from what to what, by which acts, and which articles answer it."""
    before = value(of.before) if of.before is not None else "not told"
    by = f" ({acts(of.acts)})" if of.acts else ""
    where = f" of {of.after.body}" if of.after.body else ""
    return (
        f"{of.after.figure.name.capitalize()}{where}: {before} became {value(of.after)}{by}; "
        f"{articles(of.after.articles)}."
    )
