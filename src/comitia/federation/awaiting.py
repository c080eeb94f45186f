"""What awaits a member: ballots, divisions, petitions, numbers due, deliveries to receive, inspections to answer.

Soonest first. A question to the state and a moment; nothing here decides or changes anything.
"""

from dataclasses import dataclass
from typing import Literal

from comitia.federation import recalls, standing
from comitia.federation.state import State

Task = Literal["ballot", "nomination", "division", "petition", "declare", "delivery", "inspection"]


@dataclass(frozen=True, slots=True)
class Awaited:
    """One thing that is asked of a member, until when, and for which body or seat."""

    task: Task
    id: str
    body: str
    text: str
    until: str


def awaits(state: State, member: str, at: str) -> tuple[Awaited, ...]:
    """Return what awaits a member at a moment, soonest first."""
    if member not in state.members or state.members[member].left:
        return ()
    bodies = standing.bodies_of(state, member, at)
    found = [
        *_ballots(state, member, at),
        *_nominations(state, member, at),
        *_divisions(state, member, at),
        *_petitions(state, member, at),
        *_figures(state, bodies, at),
        *_deliveries(state, bodies),
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
            match of.purpose:
                case "election":
                    text = f"elect {standing.body(state, of.body).name}"
                case "recall":
                    text = f"vote on the recall from {state.recalls[of.id].seat}"
                case "motion":
                    text = f"vote in secret: {state.motions[of.id.partition('@')[0]].title}"
            found.append(Awaited("ballot", of.id, of.body, text, of.closes_at))
    return found


def _nominations(state: State, member: str, at: str) -> list[Awaited]:
    return [
        Awaited(
            "nomination",
            e.id,
            e.body,
            f"stand or support candidates for {standing.body(state, e.body).name}",
            e.nominations_until,
        )
        for e in state.elections.values()
        if at < e.nominations_until and member in state.ballots[e.ballot].electorate
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
        houses = {h for b in running.bodies for h in (standing.body(state, b).kind.houses or (b,))}
        for seat, body in seats.items():
            if body in houses and seat not in running.votes:
                found.append(
                    Awaited("division", of.id, body, f"vote in the open as {seat}: {of.title}", running.closes_at)
                )
    return found


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
