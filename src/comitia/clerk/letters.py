"""Which letters are due to whom: what awaits a member, a reminder before it closes, what was decided, what was said.

A question to the state and a moment; nothing is sent here. A letter's key says what it is about and for whom, so that
the outbox takes it once however often it is asked. A reminder goes to those alone whom something still awaits: who has
voted gets none, and nobody is told how anyone voted.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from comitia.federation import awaiting, moment, standing, talking
from comitia.federation.awaiting import Awaited
from comitia.federation.decisions import Decided, decisions
from comitia.federation.state import State, Words

Kind = Literal["notice", "reminder", "outcome", "answer", "words"]
REMINDED = timedelta(hours=24)
_PLACES = {
    "ballot": "/ballots/{id}/", "nomination": "/elections/{id}/", "screening": "/elections/{id}/",
    "by-election": "/elections/", "meeting": "/bodies/{body}/", "division": "/motions/{id}/",
    "objection": "/motions/{id}/", "petition": "/recalls/{id}/", "refounding": "/rights/", "declare": "/season/{id}/",
    "delivery": "/workplace/", "inspection": "/books/", "appeal": "/talk/words/{id}/",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to one member about one thing; ``path`` is where it is answered, below the site's address."""

    key: str
    member: str
    body: str
    kind: Kind
    subject: str
    text: str
    path: str


def due(state: State, at: str, *, since: str, said: Callable[[str], str]) -> Iterator[Letter]:
    """Yield every letter that is due at a moment, also those that were due before.

    Args:
        state: the federation.
        at: the moment.
        since: outcomes of votes that closed earlier, and words said earlier, are not told any more.
        said: a sentence with the numbers of office-holders replaced by their names.
    """
    told = [
        (one, closed, _electors(state, one)) for one in decisions(state) if (closed := _closed(state, one)) >= since
    ]
    late = awaiting.late(state, at)
    for member in sorted(standing.all_members(state)):
        yield from _asked(state, member, awaiting.awaited(state, member, at, late), at)
        for one, closed, electors in told:
            if member in electors:
                yield _outcome(state, member, one, closed, said)
    for spoken in state.words.values():
        if spoken.at >= since:
            yield from _words(state, spoken, said)


def asked(state: State, member: str, at: str) -> Iterator[Letter]:
    """Return the notices and reminders of what awaits one member at a moment."""
    return _asked(state, member, awaiting.awaits(state, member, at), at)


def place(one: Awaited) -> str:
    """Return the page where something that is awaited is done, below the site's address."""
    return _PLACES[one.task].format(id=one.id, body=one.body)


def _asked(state: State, member: str, found: Iterable[Awaited], at: str) -> Iterator[Letter]:
    for one in found:
        yield from _of_one(state, member, one, at)


def _of_one(state: State, member: str, one: Awaited, at: str) -> Iterator[Letter]:
    about = f"{one.task}/{one.id}/{one.body}/{member}"
    text, until = f"{one.text[:1].upper()}{one.text[1:]}.", _local(one.until, state.zone)
    where = place(one)
    ends = f"\n\nUntil {until}." if until else ""
    yield Letter(f"notice/{about}", member, one.body, "notice", _cut(one.text), f"{text}{ends}", where)
    if one.until and at < one.until and moment.parse(one.until) - moment.parse(at) <= REMINDED:
        yield Letter(
            f"reminder/{about}/{one.until}",
            member,
            one.body,
            "reminder",
            _cut(f"Soon over: {one.text}"),
            f"{text}\n\nThis still awaits you, until {until}.",
            where,
        )


def _outcome(state: State, member: str, one: Decided, closed: str, said: Callable[[str], str]) -> Letter:
    places = {"election": "elections", "recall": "recalls", "refounding": "rights"}
    folder = places.get(one.sort, "motions")
    sentence = said(one.decision.sentence)
    return Letter(
        f"outcome/{one.sort}/{one.id}/{one.act}/{member}",
        member,
        _body(state, one),
        "outcome",
        _cut(f"Decided: {_title(state, one)}"),
        f"{sentence[:1].upper()}{sentence[1:]}\n\nVoting closed {_local(closed, state.zone)}.",
        f"/{folder}/{one.id}/" if folder != "rights" else "/rights/",
    )


def _words(state: State, of: Words, said: Callable[[str], str]) -> Iterator[Letter]:
    """Yield letters of what somebody said: to whom it answers or names, who spoke there before, and who moved it."""
    text = state.blobs.get(of.text)
    if text is None or talking.is_folded(of):
        return
    present = standing.all_members(state) - {of.by}
    shown = text.decode("utf-8")
    named = talking.addressed(state, of)
    kind, _, about = of.about.partition("/")
    motion = state.motions.get(about) if kind == "motion" else None
    others = {one.by for one in talking.thread(state, of.about) if one.act < of.act}
    others |= {motion.by} if motion else set()
    for member in sorted((named | others) & present):
        yield Letter(
            f"words/{of.id}/{member}",
            member,
            motion.body if motion else "",
            "answer" if member in named else "words",
            _cut(f"Re: {motion.title if motion else about}"),
            f"{said(of.by)} said:\n\n{shown.strip()}",
            f"/talk/words/{of.id}/",
        )


def _title(state: State, one: Decided) -> str:
    match one.sort:
        case "motion" | "charter":
            return state.motions[one.id].title
        case "election":
            return f"election of {_name(state, state.elections[one.id].body)}"
        case "recall":
            return f"recall from {state.recalls[one.id].seat}"
        case "refounding":
            return "founding anew"


def _electors(state: State, one: Decided) -> frozenset[str]:
    """Return who hears of a decision: its electors; of what houses decided, every member."""
    match one.sort:
        case "motion" | "charter":
            division = next(d for d in state.motions[one.id].divisions if d.act == one.act)
            if set(division.bodies) <= division.ballots.keys():
                return frozenset().union(*(state.ballots[b].electorate for b in division.ballots.values()))
            return standing.all_members(state)
        case "election":
            return state.ballots[state.elections[one.id].ballot].electorate
        case "recall":
            return state.recalls[one.id].electorate
        case "refounding":
            return standing.all_members(state)


def _closed(state: State, one: Decided) -> str:
    match one.sort:
        case "motion" | "charter":
            return next(d.closes_at for d in state.motions[one.id].divisions if d.act == one.act)
        case "election":
            return state.ballots[state.elections[one.id].ballot].closes_at
        case "recall":
            return state.ballots[state.recalls[one.id].ballot].closes_at
        case "refounding":
            return state.ballots[state.refoundings[one.id].ballot].closes_at


def _body(state: State, one: Decided) -> str:
    match one.sort:
        case "motion" | "charter":
            return state.motions[one.id].body
        case "election":
            return state.elections[one.id].body
        case "recall":
            return state.recalls[one.id].seat.partition(":")[0]
        case "refounding":
            return ""


def _name(state: State, body: str) -> str:
    found = standing.find_body(state, body)
    return found.name if found else body


def _local(text: str, zone: str) -> str:
    """Return a moment in the federation's own zone: ``Friday 27 November 2026, 18:00 (Europe/Madrid)``."""
    if not text:
        return ""
    local = moment.parse(text).astimezone(ZoneInfo(zone))
    return f"{local:%A} {local.day} {local:%B %Y, %H:%M} ({zone})"


def _cut(text: str) -> str:
    """Return a text as a subject line: one line, not too long for a phone's list."""
    line = " ".join(text.split())
    return f"{line[:1].upper()}{line[1:]}" if len(line) <= 90 else f"{line[:1].upper()}{line[1:89]}…"
