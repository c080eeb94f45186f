"""What the watch page shows, looked at once for a record of a size and a day: readings over time, alarms, the gap."""

from dataclasses import dataclass

from comitia.charter import parse
from comitia.drill import concentration, living, practice, vote_power
from comitia.drill.practice import Gap
from comitia.federation.state import State
from comitia.watch import indicators, practised, series
from comitia.watch.indicator import Reading
from comitia.watch.ledger import Ledger
from comitia.watch.practised import Inference
from comitia.watch.series import Key, Onset
from comitia.watch.view import View

SAMPLES = 12
SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Looked:
    """The record as the watch sees it on a day.

    Attributes:
        samples: the moments of ``course``, the last being now.
        course: for each figure and body its readings at these moments.
        gap: the numbers of both charters; empty where nothing is practised otherwise than written.
        text: the practised charter.
    """

    readings: tuple[Reading, ...]
    samples: tuple[str, ...]
    course: dict[Key, tuple[Reading | None, ...]]
    alarms: tuple[Onset, ...]
    inferred: tuple[Inference, ...]
    said: tuple[str, ...]
    gap: tuple[Gap, ...]
    text: str


# One record at a time, and what is shown changes by acts and by days: one entry is enough.
_KEPT: dict[tuple[int, int, str], Looked] = {}


# What was read at a moment that is past stays as it was: only the present is looked at anew.
_PAST: dict[int, dict[str, tuple[Reading, ...]]] = {}


def _past(ledger: Ledger) -> dict[str, tuple[Reading, ...]]:
    if id(ledger) not in _PAST:
        _PAST.clear()
    return _PAST.setdefault(id(ledger), {})


def looked(ledger: Ledger, state: State, at: str) -> Looked:
    """Return what the watch sees; reckoned anew when acts came in, or on another day."""
    key = (id(ledger), ledger.size, at[:10])
    if key not in _KEPT:
        _KEPT.clear()
        _KEPT[key] = _looked(ledger, state, at)
    return _KEPT[key]


def _looked(ledger: Ledger, state: State, at: str) -> Looked:
    view = View(ledger, at)
    text = state.blobs[state.charter_hash].decode()
    inferred = practised.infer(view, text)
    made = practised.charter_text(view, text, inferred)
    gap = _gap(view, state, made) if any(one.stands for one in inferred) else ()
    drilled = (*concentration.readings(view), *vote_power.readings(view), *practice.readings(gap, view.rules))
    readings = (*indicators.readings(view), *drilled)
    samples = series.moments(ledger, at, most=SAMPLES)
    said = tuple(one.sentence(view) for one in inferred)
    course = series.table(ledger, samples, known=_past(ledger))
    alarms = series.onsets(ledger, readings, samples, course)
    return Looked(readings, samples, course, alarms, inferred, said, gap, made)


# Both charters on the members as they stand: drilled anew only when one of these changes.
_DRILLED: dict[tuple[str, str, tuple[tuple[tuple[str, ...], int], ...]], tuple[Gap, ...]] = {}


def _gap(view: View, state: State, made: str) -> tuple[Gap, ...]:
    cells = living.cells_of(state)
    other = parse.parse(made, file="the practised charter")
    # The head of the text names the day; what is drilled is the rest of it.
    key = (state.charter_hash, made.partition("\n\n")[2], tuple(sorted(cells.sizes.items())))
    if key not in _DRILLED:
        _DRILLED.clear()
        _DRILLED[key] = practice.gaps(view.rules, other, cells, seconds=SECONDS)
    return _DRILLED[key]
