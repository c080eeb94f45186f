"""The watch: where power is drifting, and how few can decide each matter."""

from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.urls import path

from comitia.drill import capture, living, overlap
from comitia.drill.capture import Capture
from comitia.federation import standing
from comitia.watch import indicators
from comitia.watch.indicator import Reading, wilson
from comitia.web import clerkroom
from comitia.web.page import page

# Seconds that one matter may take; what is not settled by then is shown with its bound.
SECONDS = 5.0


def watch(request: HttpRequest) -> HttpResponse:
    """Show the readings of the indicators and the capture number of each joint matter."""
    state, at = clerkroom.state(), clerkroom.now()
    readings = [(r, _interval(r)) for r in indicators.readings(state, at)]
    members = len(standing.all_members(state))
    rolls = sum(m.act for m in state.members.values())
    found, unsettled = _captures(state.charter_hash, members, rolls)
    context = {"readings": readings, "captures": found, "unsettled": unsettled, "members": members, "at": at}
    return page(request, "web/watch.html", context)


def _interval(reading: Reading) -> str:
    if reading.unit != "share" or not reading.of:
        return ""
    low, high = wilson(reading.count, reading.of)
    return f"{low:.0%} to {high:.0%}"


@lru_cache(maxsize=4)
def _captures(charter: str, members: int, rolls: int) -> tuple[list[Capture], list[str]]:
    """Return the capture numbers under a charter and a roll; both name what was computed, so that it is done once."""
    state = clerkroom.state()
    rules = standing.charter(state)
    cells = living.cells_of(state)
    found: list[Capture] = []
    unsettled: list[str] = []
    for matter in rules.matters.values():
        if not set(matter.decided_by) & set(rules.houses):
            continue
        try:
            found.append(capture.capture(rules, matter, cells, seconds=SECONDS))
        except (capture.NoBody, overlap.Unsolved) as fault:
            unsettled.append(f"{matter.name}: {fault}")
    return found, unsettled


urlpatterns = [path("watch/", watch, name="watch")]
