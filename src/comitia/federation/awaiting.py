"""What awaits a member, from ballots and candidates to screen to deliveries and inspections; see ``Task``.

Soonest first. A question to the state and a moment; nothing here decides or changes anything.
"""

from dataclasses import dataclass
from typing import Literal, assert_never

from comitia.federation import candidacy, meetings, moment, recalls, refounding, sealing, standing, talking, vacancies
from comitia.federation.state import Ballot, Sealed, State

Task = Literal[
    "ballot", "nomination", "screening", "by-election", "meeting", "division", "objection", "petition", "refounding",
    "declare", "delivery", "inspection", "appeal",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Awaited:
    """One thing that is asked of a member, until when, and for which body or seat."""

    task: Task
    id: str
    body: str
    text: str
    until: str


@dataclass(frozen=True, slots=True)
class Late:
    """What is late at a moment, whomever one asks for: seats without a by-election, bodies that did not meet."""

    vacancies: tuple[vacancies.Vacancy, ...]
    meetings: tuple[meetings.Overdue, ...]


def late(state: State, at: str) -> Late:
    """Return what is late at a moment."""
    return Late(vacancies.overdue(state, at), meetings.overdue(state, at))


def awaits(state: State, member: str, at: str) -> tuple[Awaited, ...]:
    """Return what awaits a member at a moment, soonest first."""
    return awaited(state, member, at, late(state, at))


def awaited(state: State, member: str, at: str, what_is_late: Late) -> tuple[Awaited, ...]:
    """Return what awaits a member at a moment at which this is late: whoever asks for many members finds it once."""
    if member not in state.members or state.members[member].left:
        return ()
    bodies = standing.bodies_of(state, member, at)
    found = [
        *_ballots(state, member, at),
        *_nominations(state, member, at),
        *_screenings(state, bodies, at),
        *_by_elections(state, member, at, what_is_late),
        *_meetings(state, member, at, what_is_late),
        *_sealed(state, member, bodies, at),
        *_divisions(state, member, at),
        *_objections(state, member),
        *_petitions(state, member, at),
        *_refoundings(state, member, at),
        *_figures(state, bodies, at),
        *_deliveries(state, bodies),
        *_appeals(state, member, at),
        *(
            Awaited("inspection", i.id, i.subject, f"answer an inspection: {i.question}", i.deadline)
            for i in state.inspections.values()
            if not i.answered and i.subject in bodies
        ),
    ]
    return tuple(sorted(found, key=lambda a: (a.until, a.task, a.id)))


def _ballots(state: State, member: str, at: str) -> list[Awaited]:
    found = []
    for of in state.ballots.values():
        if of.opens_at <= at < of.closes_at and member in of.electorate and member not in of.voted:
            found += [Awaited("ballot", of.id, of.body, *_vote(of, member, at, _asked(state, of)))]
    return [one for one in found if one.until]


def _vote(of: Ballot, member: str, at: str, question: str) -> tuple[str, str]:
    """Return what a voter has to do and until when; under seal nobody but she knows whether she has cast."""
    if of.sealed is None:
        return question, of.closes_at
    if of.sealed.course is None:
        return question, ""
    until = sealing.requests_until(of)
    if member not in of.sealed.course.asked:
        return f"{question}: ask for a token", until if at < until else ""
    return f"{question}: cast what you sealed, if you have not", of.closes_at


def _sealed(state: State, member: str, bodies: tuple[str, ...], at: str) -> list[Awaited]:
    """Return what a sealed ballot waits for from its issuers and tellers."""
    found = []
    for of in state.ballots.values():
        to = of.sealed
        if to is None or of.published:
            continue
        if at < of.closes_at:
            found += [Awaited("ballot", of.id, body, said, of.closes_at) for body, said in _issuing(to, bodies)]
        elif to.course is not None and member in [list(to.tellers)[n - 1] for n in to.course.missing]:
            until = moment.after(of.closes_at, days=to.rule.repeat_days)
            found.append(Awaited("ballot", of.id, to.tellers[member][0], f"reveal your key of {of.id}", until))
    return found


def _issuing(to: Sealed, bodies: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return what the issuers among these bodies owe: a key, or answers."""
    if to.course is None:
        kinds = [kind for kind in to.rule.issuers if kind not in to.issuers]
        return [(body, "give the key of an issuer") for body in bodies if body.partition("/")[0] in kinds]
    issuers = [to.issuers[kind][0] for kind in to.rule.issuers]
    owed = [len(to.course.requests) - len(done) for done in to.course.answered]
    return [(b, f"answer {n} requests for tokens") for b, n in zip(issuers, owed, strict=True) if n and b in bodies]


def _asked(state: State, of: Ballot) -> str:
    match of.purpose:
        case "election":
            return f"elect {_name(state, of.body)}"
        case "recall":
            made = state.recalls[of.id]
            if recalls.rule_of(made).question == "confidence":
                return f"say whether {made.member} keeps your confidence in {made.seat}"
            return f"vote on the recall from {made.seat}"
        case "motion":
            return f"vote in secret: {state.motions[of.id.partition('@')[0]].title}"
        case "alternatives":
            return f"choose among the texts: {state.motions[of.id.partition('@')[0]].title}"
        case "refounding":
            return "vote on founding the federation anew under another charter"
    assert_never(of.purpose)


def _name(state: State, body: str) -> str:
    """Return a body's name, or its id where a new charter has no such body any more."""
    found = standing.find_body(state, body)
    return found.name if found else body


def _nominations(state: State, member: str, at: str) -> list[Awaited]:
    return [
        Awaited(
            "nomination",
            e.id,
            e.body,
            f"stand or support candidates for {_name(state, e.body)}",
            e.nominations_until,
        )
        for e in state.elections.values()
        if at < e.nominations_until and member in state.ballots[e.ballot].electorate
    ]


def _screenings(state: State, bodies: tuple[str, ...], at: str) -> list[Awaited]:
    found = []
    for election in state.elections.values():
        gate = candidacy.rules_of(candidacy.kind_of(election)).gate
        body = next((b for b in bodies if b.partition("/")[0] == gate), "")
        unseen = [c for c in election.nominators if c not in election.screened and c not in election.withdrawn]
        if body and unseen and at < election.nominations_until:
            text = f"admit candidates for {_name(state, election.body)} or say why not: {', '.join(unseen)}"
            found.append(Awaited("screening", election.id, body, text, election.nominations_until))
    return found


def _by_elections(state: State, member: str, at: str, what_is_late: Late) -> list[Awaited]:
    return [
        Awaited("by-election", v.seat, v.body, f"open the by-election for {v.seat}, vacant since {v.since}", v.due)
        for v in what_is_late.vacancies
        if vacancies.may_open(state, v, member, at)
    ]


def _meetings(state: State, member: str, at: str, what_is_late: Late) -> list[Awaited]:
    """Return, as one task, the bodies that have not met for too long and to which the member may now put a motion.

    In an assembly she may do so at any time.
    """
    matters, kinds = standing.charter(state).matters.values(), standing.charter(state).kinds
    deciding = {name for matter in matters for name in matter.decided_by if name in kinds and kinds[name].form != "all"}
    hers = [
        m
        for m in what_is_late.meetings
        if m.body.partition("/")[0] in deciding and member in meetings.convenors(state, m.body, at)
    ]
    if not hers:
        return []
    first = min(hers, key=lambda m: m.due)
    names = ", ".join(_name(state, m.body) for m in hers)
    return [Awaited("meeting", first.body, first.body, f"not met in time: {names}; you may move something", first.due)]


def _objections(state: State, member: str) -> list[Awaited]:
    """Return the open objections to the member's own motions: she is to meet them."""
    found = []
    for objection in state.objections.values():
        of = state.motions[objection.motion]
        if of.by == member and not of.outcome and objection.withdrawn < 0:
            until = of.divisions[-1].closes_at if of.divisions else ""
            text = f"meet the objection to “{of.title}”: {objection.reason}"
            found.append(Awaited("objection", of.id, objection.body, text, until))
    return found


def _refoundings(state: State, member: str, at: str) -> list[Awaited]:
    return [
        Awaited("refounding", r.id, "", f"a call to found anew, by {r.by}", refounding.closes(r))
        for r in state.refoundings.values()
        if not r.ballot and member not in r.signatures and at < refounding.closes(r)
    ]


def _divisions(state: State, member: str, at: str) -> list[Awaited]:
    seats = {t.seat: t.seat.partition(":")[0] for t in standing.seats_of(state, member, at)}
    found = []
    for of in state.motions.values():
        if not of.divisions or of.divisions[-1].closed:
            continue
        running = of.divisions[-1]
        if not running.opens_at <= at < running.closes_at:
            continue
        houses = {h for b in running.bodies for h in _houses(state, b)}
        spoken = running.votes.keys() | running.positions.keys() | running.rankings.keys() | running.splits.keys()
        for seat, body in seats.items():
            if body in houses and seat not in spoken:
                found.append(
                    Awaited("division", of.id, body, f"vote in the open as {seat}: {of.title}", running.closes_at)
                )
    return found


def _houses(state: State, body: str) -> tuple[str, ...]:
    found = standing.find_body(state, body)
    return (found.kind.houses or (body,)) if found else ()


def _petitions(state: State, member: str, at: str) -> list[Awaited]:
    return [
        Awaited(
            "petition",
            r.id,
            r.seat.partition(":")[0],
            f"a petition to recall {r.member} from {r.seat}",
            recalls.closes(state, r),
        )
        for r in state.recalls.values()
        if not r.ballot and member in r.electorate and member not in r.signatures and at < recalls.closes(state, r)
    ]


def _figures(state: State, bodies: tuple[str, ...], at: str) -> list[Awaited]:
    owners = {n.owner for n in standing.charter(state).numbers.values()}
    found = []
    for season in state.seasons.values():
        if season.closed or at >= season.declarations_until:
            continue
        declared = {f.body for table in season.figures.values() for f in table.values()}
        for body in bodies:
            if body.partition("/")[0] in owners:
                text = "revise your numbers" if body in declared else "declare your numbers"
                found.append(
                    Awaited("declare", season.id, body, f"{text} for {season.name}", season.declarations_until)
                )
    return found


def _appeals(state: State, member: str, at: str) -> list[Awaited]:
    """Return the appeals against words set aside that a member's seats are to hear."""
    waiting = talking.to_hear(state, at)
    if not waiting:
        return []
    hears = talking.rule_of(state).hears
    seats = [t.seat for t in standing.seats_of(state, member, at) if t.seat.partition(":")[0] == hears]
    return [
        Awaited("appeal", of.id, hears, f"hear an appeal as {seat}: {of.appeal_reason}", "")
        for of in waiting
        for seat in seats
        if seat not in of.votes
    ]


def _deliveries(state: State, bodies: tuple[str, ...]) -> list[Awaited]:
    groups = {b.partition("/")[2] for b in bodies if b.partition("/")[0] in ("committee", "council")}
    return [
        Awaited(
            "delivery",
            d.id,
            d.to,
            f"confirm {d.quantity} of {d.product} from {d.sender}",
            state.seasons[d.season].ends_at,
        )
        for d in state.deliveries.values()
        if d.received is None and d.to.partition("/")[2] in groups
    ]
