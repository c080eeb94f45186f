"""Indicators over time: the same ledger looked at from earlier moments, and since when an alarm is given.

No reading looks ahead (tests hold it), so that the value at an earlier moment is what a watcher would have read then.
"""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
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
    """Return evenly spaced moments from the founding on, and ``at`` as the last.

    They are a month apart, or twice, four times, ... as long, so that no more than ``most`` come before the last; as
    days go by the earlier moments stay the same, and so do the readings at them.
    """
    begun = ledger.charters[0].at
    days, step = days_between(begun, at), 30
    while days // step >= most:
        step *= 2
    before = (moment.after(begun, days=step * n) for n in range(days // step + 1))
    return (*(m for m in before if m < at), at)


def is_after_a_term(view: View) -> bool:
    """Return whether the record is older than a window."""
    return view.charters[0].at <= view.since()


def onsets(
    ledger: Ledger, readings: Sequence[Reading], samples: Sequence[str], course: Mapping[Key, Sequence[Reading | None]]
) -> tuple[Onset, ...]:
    """Return the alarms that readings at the last of some moments give, each with the day since when it is given.

    The earlier moments are looked at from the last on, back to the first at which the alarm was not given; within that
    step the day is found by halving.

    Args:
        samples: moments in order, as ``moments`` gives them; ``course`` is the ``table`` of them.
    """
    given = alarms(readings, after_a_term=is_after_a_term(View(ledger, samples[-1])))
    return tuple(Onset(alarm, _since(ledger, alarm, samples, course.get(key(alarm.reading), ()))) for alarm in given)


def _since(ledger: Ledger, alarm: Alarm, samples: Sequence[str], past: Sequence[Reading | None]) -> str:
    module = indicators.module_of(alarm.reading.figure.id)
    if module is None or not past:
        return ""

    def rings(view: View, reading: Reading | None) -> bool:
        late = alarm.threshold.after_a_term and not is_after_a_term(view)
        return not late and reading is not None and passes(reading, alarm.threshold)

    def rings_on(at: str) -> bool:
        view = View(ledger, at)
        return rings(view, next((r for r in module(view) if key(r) == key(alarm.reading)), None))

    first = len(samples) - 1
    while first > 0 and rings(View(ledger, samples[first - 1]), past[first - 1]):
        first -= 1
    if first == 0:
        return samples[0]
    low, days = samples[first - 1], days_between(samples[first - 1], samples[first])
    # A day is the first on which it rings and stays; in between it may have rung and fallen silent.
    day = bisect_left(range(days + 1), True, lo=1, hi=max(1, days), key=lambda n: rings_on(moment.after(low, days=n)))
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
    ledger: Ledger, samples: Sequence[str], *, known: dict[str, tuple[Reading, ...]] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> dict[Key, tuple[Reading | None, ...]]:  # fmt: skip
    """Return for every figure and body its readings at these moments, None where it was not told.

    Args:
        known: readings at earlier moments, taken from it and added to it; at the last moment it is looked anew.
    """
    found: dict[Key, list[Reading | None]] = {}
    kept = {} if known is None else known
    for n, at in enumerate(samples):
        if progress is not None:
            progress(n, len(samples))
        readings = kept.get(at) or indicators.readings(View(ledger, at))
        if n < len(samples) - 1:
            kept[at] = readings
        for reading in readings:
            row = found.setdefault(key(reading), [None] * len(samples))
            row[n] = reading
    return {name: tuple(row) for name, row in found.items()}
