"""The watch: what the record says about where power drifts, and how few people could decide each matter."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import path

from comitia.drill.capture import Capture
from comitia.federation import standing
from comitia.watch import indicators
from comitia.watch.indicator import Reading, wilson
from comitia.web import clerkroom
from comitia.web.page import page
from comitia.web.sums import captures
from comitia.web.sums.figures import percent

ACTS = 8


@dataclass(frozen=True, slots=True)
class Shown:
    """A reading with its share and interval in words, the first of its acts, and how many more there are."""

    reading: Reading
    share: str
    acts: tuple[int, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Captured:
    """A matter's capture number as it is read."""

    found: Capture
    percent: str
    is_joint: bool


def watch(request: HttpRequest) -> HttpResponse:
    """Show the readings and the capture numbers."""
    state, watched = clerkroom.state(), clerkroom.watched()
    rules = standing.charter(state)
    drilled = captures.captures(state, rules)
    context = {
        "groups": _groups(indicators.readings(watched.view())),
        "captured": sorted(
            (
                Captured(d.found, percent(d.found.percent / 100), len(d.matter.decided_by) > 1)
                for d in drilled
                if d.found is not None
            ),
            key=lambda c: (not c.is_joint, c.found.people),
        ),
        "undrilled": [d for d in drilled if d.found is None],
    }
    return page(request, "web/watch.html", context)


def _groups(readings: tuple[Reading, ...]) -> dict[str, list[Shown]]:
    found: dict[str, list[Shown]] = {}
    for reading in readings:
        found.setdefault(reading.figure.name, []).append(_shown(reading))
    return found


def _shown(reading: Reading) -> Shown:
    share = ""
    if reading.share is not None:
        low, high = wilson(reading.count, reading.of)
        share = f"{reading.count} of {reading.of}: {percent(reading.share)}, Wilson interval {percent(low)} to "
        share += percent(high)
    return Shown(reading, share, reading.acts[:ACTS], max(0, len(reading.acts) - ACTS))


urlpatterns = [path("watch/", watch, name="watch")]
