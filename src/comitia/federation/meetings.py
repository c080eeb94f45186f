"""Meetings: when a body last met, until when it is to meet again, and who may put a motion to it when it does not.

A body meets when voting opens in it. The charter may name the longest interval between two meetings (``meeting_days``).
Once it has passed, those whom it names beside it (``convened_by``) may move what the body decides, and open the vote:
whoever should have called it can hold that up no longer. The next meeting ends this by itself, for the interval begins
anew. A function of the moment at which one asks; nothing happens when the days are over.
"""

from dataclasses import dataclass
from typing import assert_never

from comitia.charter.structure import Matter
from comitia.federation import moment, standing
from comitia.federation.state import State


@dataclass(frozen=True, slots=True)
class Overdue:
    """A body that is to meet: when it last met or, if it never did, first sat; since when its interval is over."""

    body: str
    last: str
    due: str


def last(state: State, name: str) -> str:
    """Return when voting last opened in a body or, if it never did, when it began to sit; "" where it does not yet."""
    if name in state.met:
        return state.met[name]
    of = standing.body(state, name)
    match of.kind.form:
        case "all":
            return state.groups[of.kind.each, of.group].since if of.kind.each else state.charters[0][1]
        case "joint":
            return min(filter(None, (last(state, house) for house in of.kind.houses)), default="")
        case _:
            held = (state.terms.get(seat.id, []) for seat in standing.seats(state, name))
            return min((term.since for terms in held for term in terms), default="")


def due(state: State, name: str) -> str:
    """Return until when a body is to meet; "" where its article names no interval, or nobody has sat in it yet."""
    days = standing.body(state, name).kind.meeting_days
    since = last(state, name) if days else ""
    return moment.after(since, days=days) if since else ""


def is_overdue(state: State, name: str, at: str) -> bool:
    """Return whether a body's longest interval without a meeting is over at a moment."""
    until = due(state, name)
    return bool(until) and at >= until


def overdue(state: State, at: str) -> tuple[Overdue, ...]:
    """Return the bodies that should have met by a moment, in the charter's order."""
    names = (of.id for of in standing.bodies(state) if of.kind.meeting_days)
    return tuple(Overdue(name, last(state, name), due(state, name)) for name in names if is_overdue(state, name, at))


def convenors(state: State, name: str, at: str) -> frozenset[str]:
    """Return who may move what a body decides, once its interval is over."""
    kind = standing.body(state, name).kind
    match kind.convened_by:
        case "electors":
            return _own_people(state, name, at)
        case "members":
            return standing.all_members(state)
        case "nobody":
            return frozenset()
    assert_never(kind.convened_by)


def _own_people(state: State, name: str, at: str) -> frozenset[str]:
    """Return who sits in a body or fills its seats: of a joint body, those of its houses."""
    of = standing.body(state, name)
    if of.kind.form == "joint":
        return frozenset().union(*(_own_people(state, house, at) for house in of.kind.houses))
    filling = standing.electing_bodies(state, name)
    return standing.sitting(state, name, at).union(*(standing.sitting(state, one, at) for one in filling))


def may_call(state: State, on: Matter, *, by: str, body: str, at: str) -> bool:
    """Return whether a member may move a matter because a body that decides it has not met for too long.

    Args:
        body: the one that the motion names, where the matter is decided by one body of each group.
    """
    kinds = standing.charter(state).kinds
    for name in on.decided_by:
        if name not in kinds:
            continue
        own = body if kinds[name].each and body.partition("/")[0] == name else name
        if standing.find_body(state, own) and is_overdue(state, own, at) and by in convenors(state, own, at):
            return True
    return False
