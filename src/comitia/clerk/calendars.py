"""Calendars for other programs (RFC 5545): what awaits a member, and the dates of a body.

A feed is a question to the state at a moment; an event keeps its UID as long as it is the same thing, so that a program
that asks again moves it and does not double it.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, timedelta
from urllib.parse import quote

from icalendar import Calendar, Event, Timezone, vDuration

from comitia.clerk import letters
from comitia.federation import awaiting, moment, standing
from comitia.federation.state import State

REFRESH = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Dated:
    """One entry: what it is about (the same for ever), its words, when, and the page below the site's address."""

    about: str
    text: str
    begins: str
    ends: str
    path: str


def of_member(state: State, member: str, at: str) -> list[Dated]:
    """Return what awaits a member, each at the moment until which it does, and the ends of her terms."""
    found = [
        Dated(f"{one.task}/{one.id}/{one.body}", f"Until now: {one.text}", one.until, one.until, letters.place(one))
        for one in awaiting.awaits(state, member, at)
        if one.until
    ]
    found += [
        Dated(f"term/{term.seat}/{term.act}", f"My term ends: {term.seat}", term.until, term.until, "/me/")
        for term in standing.seats_of(state, member, at)
    ]
    return found


def of_body(state: State, body: str) -> list[Dated]:
    """Return the votes, nominations, reviews and ends of terms of a body."""
    return [
        *_votes(state, body),
        *(
            Dated(
                f"nominations/{e.id}", f"Nominations close: {body}", e.nominations_until, e.nominations_until,
                f"/elections/{e.id}/",
            )
            for e in state.elections.values()
            if e.body == body
        ),
        *(
            Dated(f"review/{m.id}", f"Review: {m.title}", m.review_at, m.review_at, f"/motions/{m.id}/")
            for m in state.motions.values()
            if m.body == body and m.review_at
        ),
        *(
            Dated(f"term/{t.seat}/{t.act}", f"Term ends: {t.seat}", t.until, t.until, "/bodies/" + body + "/")
            for t in standing.filled(state, body, state.moment)
        ),
    ]  # fmt: skip


def _votes(state: State, body: str) -> Iterator[Dated]:
    for ballot in state.ballots.values():
        if body in (ballot.body, ballot.constituency):
            text = f"Vote in secret: {ballot.purpose} {ballot.id}"
            yield Dated(f"ballot/{ballot.id}", text, ballot.opens_at, ballot.closes_at, f"/ballots/{ballot.id}/")
    for motion in state.motions.values():
        for running in motion.divisions:
            if body in running.bodies and body not in running.ballots:
                about = f"division/{motion.id}/{running.act}"
                yield Dated(about, motion.title, running.opens_at, running.closes_at, f"/motions/{motion.id}/")


def text(name: str, found: list[Dated], *, at: str, site: str) -> bytes:
    """Return a calendar as the bytes of an .ics file.

    Args:
        name: what a calendar program shows it under.
        found: its entries.
        at: the moment of asking.
        site: the pages' address, for the links.
    """
    made = Calendar()
    made.add("prodid", "-//Comitia//EN")
    made.add("version", "2.0")
    # RFC 7986 sections 5.1 and 5.7; the two others say the same to programs that are older.
    made.add("name", _line(name))
    made.add("x-wr-calname", _line(name))
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", vDuration(REFRESH))
    for one in sorted(found, key=lambda each: (each.begins, each.about)):
        made.add_component(_event(one, at, site))
    if not found:
        # RFC 5545 section 3.6: a calendar has one component at least.
        made.add_component(Timezone.from_tzinfo(UTC))
    return bytes(made.to_ical())


def _event(one: Dated, at: str, site: str) -> Event:
    event = Event()
    event.add("uid", f"{hashlib.sha256(one.about.encode()).hexdigest()[:32]}@comitia")
    event.add("dtstamp", moment.parse(at))
    event.add("dtstart", moment.parse(one.begins))
    if one.ends > one.begins:
        # RFC 5545 section 3.8.2.2: an end is later than the beginning; a moment has none.
        event.add("dtend", moment.parse(one.ends))
    event.add("summary", _line(one.text))
    event.add("url", f"{site}{quote(one.path)}")
    # A vote that is open for a week makes nobody busy for a week (section 3.8.2.7).
    event.add("transp", "TRANSPARENT")
    return event


def _line(text: str) -> str:
    """Return a text as one line without control characters, which have no place there (section 3.1)."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
