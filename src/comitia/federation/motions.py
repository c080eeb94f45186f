"""Motions: where they stand, who decides them, when they rest, and what ends them. Moving is in ``moving.py``.

A motion is decided under the matter as the charter had it when it was moved (``Motion.on``). While it is challenged as
inadmissible, or a decision while it is appealed against, it is suspended: nothing is opened, closed or put in force.
"""

import hashlib
from collections.abc import Iterable
from typing import Literal

from comitia.charter.structure import Kind, Matter
from comitia.federation import standing
from comitia.federation.refusal import Refused, refuse_unless
from comitia.federation.state import Division, Motion, State


def motion(state: State, name: str) -> Motion:
    """Return the motion of that id.

    Raises:
        Refused: there is none.
    """
    found = state.motions.get(name)
    if found is None:
        raise Refused("record", f"there is no motion {name!r}")
    return found


def matter(state: State, of: Motion) -> Matter:
    """Return the matter on which a motion was moved, as the charter then had it."""
    return of.on


def root(state: State, of: Motion) -> Motion:
    """Return the motion that an amendment, or an amendment of one, is about; a motion itself is its own."""
    while of.amends:
        of = state.motions[of.amends]
    return of


def division(of: Motion) -> Division:
    """Return the latest division of a motion.

    Raises:
        Refused: none was opened.
    """
    if not of.divisions:
        raise Refused("record", f"no division on {of.id} has been opened")
    return of.divisions[-1]


def open_division(of: Motion, at: str) -> Division:
    """Return the division that is open at this moment.

    Raises:
        Refused: none is.
    """
    running = division(of)
    refuse_unless(
        running.opens_at <= at < running.closes_at and not running.closed,
        of.on.article,
        f"the division was open from {running.opens_at} to {running.closes_at}",
    )
    return running


def deciding_bodies(state: State, of: Motion) -> tuple[str, ...]:
    """Return the bodies that must all carry a motion.

    An amendment is decided by those who decide the motion; one that was moved while a conciliation works out a text, by
    the conciliation.

    Raises:
        Refused: the matter is decided by a kind of which the motion names no body.
    """
    if of.amends:
        whole = root(state, of)
        before = [d for d in whole.divisions if d.act < of.act]
        if before:
            return (standing.body(state, of.on.exits[before[-1].step].body).id,)
    on = of.on
    found: list[str] = []
    for name in on.decided_by:
        found += _of_kind(state, of, _kind(state, on, name))
    if not found:
        raise Refused(on.article, f"no body of kinds {', '.join(on.decided_by)} is concerned by this motion")
    return tuple(found)


def _kind(state: State, on: Matter, name: str) -> Kind:
    kind = standing.charter(state).kinds.get(name)
    if kind is None:
        raise Refused(on.article, f"{on.name!r} was decided by {name}, and the charter has no such body any more")
    return kind


def _of_kind(state: State, of: Motion, kind: Kind) -> list[str]:
    on = of.on
    if not kind.each:
        return [kind.id]
    if on.groups is not None:
        return [b.id for b in standing.bodies(state) if b.kind.id == kind.id]
    if on.effect == "merger":
        return [c for c in of.concerns if c.partition("/")[0] == kind.id]
    if of.body.partition("/")[0] == kind.id:
        return [standing.body(state, of.body).id]
    refuse_unless(
        len(on.decided_by) > 1,
        on.article,
        f"{on.name!r} is decided by one {kind.name}; do the act for that body, {kind.id}/GROUP",
    )
    return []


def sitting(state: State, bodies: Iterable[str], at: str) -> frozenset[str]:
    """Return everybody who sits in one of these bodies."""
    return frozenset().union(*(standing.sitting(state, b, at) for b in bodies))


def holder(state: State, seat: standing.Seat, at: str) -> frozenset[str]:
    """Return who holds a seat, as a set of one, or of none where it is vacant."""
    term = standing.term(state, seat.id, at)
    return frozenset({term.member}) if term else frozenset()


def check_holds(state: State, of: Motion, seat: standing.Seat, *, by: str, at: str) -> Division:
    """Return the open division in which this seat votes and that member holds it.

    Raises:
        Refused: she does not hold the seat, its body does not vote in the open on the motion, or voting is not open.
    """
    article = of.on.article
    refuse_unless(by in holder(state, seat, at), article, f"{by} does not hold the seat {seat.id} at this moment")
    running = division(of)
    open_ = (standing.body(state, b) for b in running.bodies if b not in running.ballots)
    # In a joint body the seats of its houses vote.
    refuse_unless(
        any(seat.body in (one.kind.houses or (one.id,)) for one in open_),
        article,
        f"{seat.body} does not vote in the open on {of.id}; {', '.join(running.bodies)} decide it",
    )
    return open_division(of, at)


def check_not_suspended(state: State, of: Motion) -> None:
    """Raise while a challenge or an appeal holds the motion up.

    Raises:
        Refused: it is suspended.
    """
    by = root(state, of).suspended
    if by:
        other = state.motions[by]
        raise Refused(
            other.on.article, f"{of.id} rests until {by} is decided, which was moved against it: {other.title!r}"
        )


def suspending(state: State, of: Motion) -> str:
    """Return the first challenge or appeal against a motion that is not decided yet, or ""."""
    for other in state.motions.values():
        against = other.appeals == of.id or (other.on.effect == "admissibility" and other.subject == of.id)
        if against and (other.outcome in ("", "deadlock") or other.id in state.pending):
            return other.id
    return ""


def is_in_force(state: State, of: Motion) -> bool:
    """Return whether a motion was carried, its delay is over and no appeal holds it up or has set it aside."""
    return of.outcome == "carried" and of.id not in state.pending and not of.suspended


def against(state: State, of: Motion) -> Motion | None:
    """Return the motion or decision that a challenge or an appeal is moved against, or None."""
    if of.appeals:
        return state.motions[of.appeals]
    return state.motions[of.subject] if of.on.effect == "admissibility" and not of.amends else None


def conclude(state: State, of: Motion, outcome: Literal["lost", "withdrawn", "inadmissible"]) -> None:
    """Note that a motion was not carried: amendments not yet decided fall with it, and what it held up goes on."""
    of.outcome = outcome
    if of.amends:
        state.amendments[of.id].outcome = "lost" if outcome == "lost" else "withdrawn"
    for name in of.amendments:
        if not state.amendments[name].outcome:
            conclude(state, state.motions[name], "withdrawn")
    held = against(state, of)
    if held is not None:
        held.suspended = suspending(state, held)


def lines_of(state: State, name: str, what: str) -> tuple[str, ...]:
    """Return the lines of a text by its hash.

    Raises:
        Refused: the blob is missing, or is not UTF-8.
    """
    text = state.blobs.get(name)
    if text is None:
        raise Refused("record", f"the text of {what} is missing: no blob {name}")
    try:
        return tuple(text.decode().splitlines())
    except UnicodeDecodeError:
        raise Refused("record", f"the text of {what} is UTF-8") from None


def text_hash(of: Motion) -> str:
    """Return the hash of a motion's text as it stands, amendments entered."""
    return hashlib.sha256("".join(line + "\n" for line in of.lines).encode()).hexdigest()
