"""The watch: written against practised, alarms since when, indicators over time, how few could decide each matter."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isinf

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.safestring import SafeString, mark_safe

from comitia.drill.capture import Capture
from comitia.drill.practice import people
from comitia.federation import standing
from comitia.watch import saying
from comitia.watch.indicator import LIMITS, Reading
from comitia.watch.last_refusal import days_between
from comitia.watch.practised import Inference
from comitia.watch.series import Onset, key
from comitia.watch.thresholds import THRESHOLDS, Threshold
from comitia.web import clerkroom
from comitia.web.page import page
from comitia.web.pictures import course
from comitia.web.pictures.course import Course
from comitia.web.sums import captures, watching
from comitia.web.sums.figures import percent
from comitia.web.sums.watching import Looked

ACTS = 8


@dataclass(frozen=True, slots=True)
class Row:
    """A moment in the table under a picture: its day, the value with its counts, in words."""

    day: str
    value: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A reading: its value in words, its alarm or None, its course as a picture and a table, the first of its acts.

    ``is_first`` of those of its figure on the page.
    """

    reading: Reading
    value: str
    alarm: Onset | None
    threshold: str
    picture: SafeString | str
    rows: tuple[Row, ...]
    acts: tuple[int, ...]
    more: int
    is_first: bool


@dataclass(frozen=True, slots=True)
class Inferred:
    """A line of the charter that the record shows to be practised otherwise, with its sentence and acts."""

    of: Inference
    sentence: str
    acts: tuple[int, ...]
    more: int


@dataclass(frozen=True, slots=True)
class GapRow:
    """A body's numbers by words and deeds, in words."""

    name: str
    hold: tuple[str, str]
    recovery: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Captured:
    """A matter's capture number as it is read."""

    found: Capture
    percent: str
    is_joint: bool


def watch(request: HttpRequest) -> HttpResponse:
    """Show the gap first, then the alarms, the indicators and the capture numbers."""
    state = clerkroom.state()
    rules = standing.charter(state)
    seen = watching.looked(clerkroom.watched().ledger(), state, clerkroom.now())
    drilled = captures.captures(state, rules)
    shown = [_shown(seen, n, reading) for n, reading in enumerate(seen.readings)]
    context = {
        "limits": LIMITS,
        "inferred": [
            Inferred(one, said, one.acts[:ACTS], max(0, len(one.acts) - ACTS))
            for one, said in zip(seen.inferred, seen.said, strict=True)
        ],
        "practised_otherwise": any(one.stands for one in seen.inferred),
        "gap": [
            GapRow(g.name, (people(g.written.hold), people(g.practised.hold)),
                   (people(g.written.recovery), people(g.practised.recovery)))
            for g in seen.gap
        ],
        "alarms": _alarms(shown),
        "groups": _groups(shown),
        "captured": sorted(
            (
                Captured(d.found, percent(d.found.percent / 100), len(d.matter.decided_by) > 1)
                for d in drilled
                if d.found is not None
            ),
            key=lambda c: (not c.is_joint, c.found.people),
        ),
        "undrilled": [d for d in drilled if d.found is None],
    }  # fmt: skip
    return page(request, "web/watch.html", context)


def practised(request: HttpRequest) -> HttpResponse:
    """Hand out the charter as practised, a TOML file on which the drill runs."""
    seen = watching.looked(clerkroom.watched().ledger(), clerkroom.state(), clerkroom.now())
    return HttpResponse(seen.text, content_type="text/plain; charset=utf-8")


def _alarms(shown: list[Shown]) -> dict[str, list[Shown]]:
    """Return the readings that are alarms by the name of their figure."""
    found: dict[str, list[Shown]] = {}
    for one in shown:
        if one.alarm is not None:
            found.setdefault(one.reading.figure.name, []).append(one)
    return found


def _groups(shown: list[Shown]) -> dict[str, list[Shown]]:
    found: dict[str, list[Shown]] = {}
    for one in sorted(shown, key=lambda s: _order(s.reading.figure.id)):
        found.setdefault(one.reading.figure.id, []).append(one)
    return found


def _order(figure: str) -> tuple[int, str]:
    digits = "".join(c for c in figure if c.isdigit())
    return int(digits), figure


def _shown(seen: Looked, n: int, reading: Reading) -> Shown:
    alarm = next((o for o in seen.alarms if o.alarm.reading is reading), None)
    level = alarm.alarm.threshold if alarm else _level(reading)
    past = seen.course.get(key(reading), ())
    rows = tuple(_rows(seen, past))
    picture = _picture(seen, reading, past, level, f"course-{n}") if sum(r is not None for r in past) > 1 else ""
    said = saying.threshold(level, reading.figure.unit) if level else ""
    more = max(0, len(reading.acts) - ACTS)
    first = next(r for r in seen.readings if r.figure == reading.figure) is reading
    return Shown(reading, saying.value(reading), alarm, said, picture, rows, reading.acts[:ACTS], more, first)


def _level(reading: Reading) -> Threshold | None:
    known = [t for t in THRESHOLDS if (t.id, t.name) == (reading.figure.id, reading.figure.name)]
    # Of two (turnover is an alarm at both ends) the one that is drawn is the nearer.
    value = float(reading.value or 0)
    return min(known, key=lambda t: abs(float(t.value) - value), default=None)


def _rows(seen: Looked, past: tuple[Reading | None, ...]) -> Iterator[Row]:
    for at, reading in zip(seen.samples, past, strict=False):
        yield Row(at, "–" if reading is None else saying.value(reading))


def _picture(
    seen: Looked, reading: Reading, past: tuple[Reading | None, ...], level: Threshold | None, id: str
) -> SafeString:
    values = tuple(None if r is None or r.value is None else float(r.value) for r in past)
    figure = reading.figure
    most = 1.0 if figure.range.startswith("0 to 1") else None
    whole = max(1, days_between(seen.samples[0], seen.samples[-1]))
    places = tuple(days_between(seen.samples[0], at) / whole for at in seen.samples)
    of = Course(
        values, places, float(level.value) if level else None, most, (seen.samples[0][:10], seen.samples[-1][:10]),
        f"{figure.name}{' of ' + reading.body if reading.body else ''} over time",
        f"{len(seen.samples)} moments; the last is {saying.value(reading)}.",
    )  # fmt: skip
    top = course.largest(of)
    high = "without end" if any(v is not None and isinf(v) for v in values) else saying.amount(top, figure.unit)
    return mark_safe(course.drawn(of, id=id, said=(saying.amount(0.0, figure.unit), high)))


urlpatterns = [path("watch/", watch, name="watch"), path("watch/practised.toml", practised, name="practised")]
