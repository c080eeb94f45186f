import importlib
import pkgutil
from fractions import Fraction
from math import inf

import lived

import comitia.watch
from comitia.watch import indicators, thresholds
from comitia.watch.indicator import Indicator, Reading
from comitia.watch.thresholds import THRESHOLDS, Threshold, passes
from comitia.watch.view import View

FIGURE = Indicator("I1", "appointment share", "", "", "", "", "share")
THIRD = Threshold("I1", "appointment share", "at least", Fraction(1, 3), 5, "")


def figures(*packages: str) -> set[tuple[str, str]]:
    """Return every figure that the modules of these packages define."""
    found = set()
    for package in packages:
        module = importlib.import_module(package)
        for one in pkgutil.iter_modules(module.__path__, f"{package}."):
            for thing in vars(importlib.import_module(one.name)).values():
                if isinstance(thing, Indicator):
                    found.add((thing.id, thing.name))
    return found


def test_every_threshold_is_of_a_figure_and_gives_its_reason() -> None:
    known = figures("comitia.watch")
    elsewhere = {"I4", "I5", "I6"}

    assert [(t.id, t.name) for t in THRESHOLDS if (t.id, t.name) not in known and t.id not in elsewhere] == []
    assert [t for t in THRESHOLDS if not t.reason] == []


def test_the_thirty_indicators_are_there() -> None:
    ids = {name for name, _ in figures("comitia.watch")}

    assert ids >= {f"I{n}" for n in range(1, 31) if n not in (4, 5, 6)} | {"I2b", "I7b", "I18b"}
    assert comitia.watch.__doc__ is not None


def reading(value: Fraction | float | None, of: int) -> Reading:
    return Reading(FIGURE, "", value, 0, of, "", (), ())


def test_an_alarm_needs_the_value_and_enough_counted() -> None:
    assert passes(reading(Fraction(1, 3), 5), THIRD)
    assert not passes(reading(Fraction(1, 3), 4), THIRD)
    assert not passes(reading(Fraction(33, 100), 500), THIRD)
    assert not passes(reading(None, 500), THIRD)
    assert passes(reading(inf, 1), Threshold("I2", "", "at least", 10.0, 1, ""))
    assert passes(reading(Fraction(0), 1), Threshold("I9", "", "at most", Fraction(1, 4), 1, ""))


def test_the_closed_party_gives_these_alarms(above: View) -> None:
    found = thresholds.alarms(indicators.readings(above), after_a_term=False)

    assert [(a.reading.figure.id, a.reading.body) for a in found if a.reading.figure.id != "I2"] == [
        ("I1", ""), ("I3", ""), ("I9", ""), ("I9", "central-committee"), ("I22", "")
    ]  # fmt: skip
    assert sum(a.reading.figure.id == "I2" for a in found) == 8


def test_what_is_low_for_want_of_acts_is_looked_at_after_a_term() -> None:
    small = lived.free()
    found = indicators.readings(lived.view(small))
    names = {after: {a.threshold.name for a in thresholds.alarms(found, after_a_term=after)} for after in (False, True)}

    assert names[True] - names[False] == {"competence exercised"}
