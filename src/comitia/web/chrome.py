"""What stands around every page: the federation's name, my bodies, how many matters await me, the way to the rooms."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from comitia.federation import awaiting, standing
from comitia.record.store_faults import StoreFault
from comitia.web import clerkroom, page

ROOMS = (
    ("home", "Home"),
    ("bodies", "Bodies"),
    ("motions", "Motions"),
    ("elections", "Elections"),
    ("season", "Season"),
    ("workplace", "My workplace"),
    ("books", "Books"),
    ("watch", "Watch"),
    ("drill", "Drill"),
    ("record", "Record"),
    ("charter", "Charter"),
    ("rights", "Rights"),
    ("talks", "Talk"),
)


@dataclass(frozen=True, slots=True)
class Room:
    """A link in the head of the page."""

    path: str
    title: str
    here: bool


def chrome(request: HttpRequest) -> dict[str, object]:
    """Return the head of the page for whoever asks; a bare one while the record cannot be read."""
    try:
        return _chrome(request)
    except StoreFault:
        return {"federation": "Comitia"}


def _chrome(request: HttpRequest) -> dict[str, object]:
    state = clerkroom.state()
    at = clerkroom.now()
    who = page.member(request)
    mine = [standing.body(state, name) for name in standing.bodies_of(state, who, at)] if who else []
    return {
        "federation": state.name,
        "zone": state.zone,
        "at": at,
        "who": who,
        "my_name": clerkroom.clerk().people.name(who) if who else "",
        "my_bodies": mine,
        "open_matters": len(awaiting.awaits(state, who, at)) if who else 0,
        "rooms": _rooms(request.path) if who else (),
    }


def _rooms(here: str) -> tuple[Room, ...]:
    found = []
    for name, title in ROOMS:
        try:
            path = reverse(name)
        except NoReverseMatch:
            continue
        found.append(Room(path, title, here == path or (path != "/" and here.startswith(path))))
    return tuple(found)
