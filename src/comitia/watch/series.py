"""Indicators over time: the same ledger looked at from earlier moments, and since when an alarm is given.

No reading looks ahead (tests hold it), so that the value at an earlier moment is what a watcher would have read then.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from comitia.federation import moment
from comitia.watch import indicators
from comitia.watch.indicator import Reading
from comitia.watch.last_refusal import days_between
from comitia.watch.ledger import Ledger
from comitia.watch.thresholds import Alarm, alarms, passes
from comitia.watch.view import View

Key = tuple[str, str, str]
"""Id and name of a figure, and the body it is told of."""

SAMPLES = 24


@dataclass(frozen=True, slots=True)
class Onset:
    """An alarm, and the day since when it has been given without a break, as a moment; "" where that needs a drill."""

    alarm: Alarm
    since: str


@dataclass(frozen=True, slots=True)
class Change:
    """A reading that was another at an earlier moment; ``acts`` are those behind it that came since."""

    before: Reading | None
    after: Reading
    acts: tuple[int, ...]


def key(reading: Reading) -> Key:
    """Return what tells a reading from all others at a moment."""
    return reading.figure.id, reading.figure.name, reading.body


def moments(ledger: Ledger, at: str, *, most: int = SAMPLES) -> tuple[str, ...]:
    """Return evenly spaced moments from the founding to ``at``, a month apart at least, the last being ``at``."""
    begun = ledger.charters[0].at
    days = days_between(begun, at)
    number = max(1, min(most, days // 30))
    return tuple(moment.after(at, days=-(days * (number - n) // number)) for n in range(number + 1))


def is_after_a_term(view: View) -> bool:
    """Return whether the record is older than a window."""
    return view.charters[0].at <= view.since()


def onsets(ledger: Ledger, at: str, readings: Sequence[Reading], *, samples: Sequence[str]) -> tuple[Onset, ...]:
    """Return the alarms that readings at a moment give, each with the day since when it is given.

    The earlier moments are looked at from the last on, back to the first at which the alarm was not given; within that
    step the day is found by halving.

    Args:
        samples: moments in order, the last being ``at``.
    """
    given = alarms(readings, after_a_term=is_after_a_term(View(ledger, at)))
    return tuple(Onset(alarm, _since(ledger, alarm, list(samples))) for alarm in given)


def _since(ledger: Ledger, alarm: Alarm, samples: list[str]) -> str:
    module = indicators.module_of(alarm.reading.figure.id)
    if module is None:
        return ""

    def rings(at: str) -> bool:
        view = View(ledger, at)
        if alarm.threshold.after_a_term and not is_after_a_term(view):
            return False
        return any(key(r) == key(alarm.reading) and passes(r, alarm.threshold) for r in module(view))

    first = len(samples) - 1
    while first > 0 and rings(samples[first - 1]):
        first -= 1
    if first == 0:
        return samples[0]
    low, days = samples[first - 1], days_between(samples[first - 1], samples[first])
    # A day is the first on which it rings and stays; in between it may have rung and fallen silent.
    day = bisect_left(range(days + 1), True, lo=1, hi=days, key=lambda n: rings(moment.after(low, days=n)))
    return min(moment.after(low, days=day), samples[first])


def changes(ledger: Ledger, since: str, at: str) -> tuple[Change, ...]:
    """Return the readings whose value or counts were others at an earlier moment, in the order of the catalogue."""
    then = {key(r): r for r in indicators.readings(View(ledger, since))}
    first = first_act_after(ledger, since)
    found = []
    for reading in indicators.readings(View(ledger, at)):
        before = then.get(key(reading))
        counts = reading.figure.unit == "share" and before is not None and (before.count, before.of)
        if before is None or before.value != reading.value or (counts and counts != (reading.count, reading.of)):
            found.append(Change(before, reading, tuple(a for a in reading.acts if a >= first)))
    return tuple(found)


def first_act_after(ledger: Ledger, since: str) -> int:
    """Return the least act of a row that came after a moment; the ledger's size where none did."""
    lists = (ledger.fillings, ledger.counted, ledger.decided, ledger.ended, ledger.ballots, ledger.charters)
    acts = [row.act for rows in lists for row in rows if row.at > since]
    return min(acts, default=ledger.size)


def table(
    ledger: Ledger, samples: Sequence[str], *, progress: Callable[[int, int], None] | None = None
) -> dict[Key, tuple[Reading | None, ...]]:
    """Return for every figure and body its readings at these moments, None where it was not told."""
    found: dict[Key, list[Reading | None]] = {}
    for n, at in enumerate(samples):
        if progress is not None:
            progress(n, len(samples))
        for reading in indicators.readings(View(ledger, at)):
            row = found.setdefault(key(reading), [None] * len(samples))
            row[n] = reading
    return {name: tuple(row) for name, row in found.items()}
