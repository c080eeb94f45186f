"""Mandates: those who fill a seat instruct it on a motion, by a decision of their own that was carried and holds.

The decision's first line is the instruction, ``for MOTION``, so that the mandate is what was voted on. On a motion that
asks for positions it is compared with them: a block is a vote against, who stands aside abstains.
"""

from comitia.decide import mandate
from comitia.federation import acts, divisions, motions, standing
from comitia.federation.permit import check_permitted
from comitia.federation.refusal import refuse_unless
from comitia.federation.state import Division, Mandate, Motion, State


def give(state: State, act: acts.MandateGiven) -> None:
    """The electors instruct their seat."""
    seat = standing.seat(state, act.seat)
    kind = standing.body(state, seat.body).kind
    electorate = standing.electors(state, seat.constituency, act.at)
    check_permitted(state, act, electorate)
    decision = motions.motion(state, act.decision)
    refuse_unless(
        decision.on.effect == "mandate"
        and not decision.amends
        and decision.outcome == "carried"
        and decision.subject == act.seat,
        kind.article,
        f"{act.decision} is no carried decision of the electors to instruct the seat {act.seat}",
    )
    motions.check_not_suspended(state, decision)
    wanted = f"{act.instruction} {act.motion}"
    refuse_unless(
        bool(decision.lines) and decision.lines[0].strip() == wanted,
        kind.article,
        f"the decision reads {decision.lines[0] if decision.lines else ''!r}, the mandate {wanted!r}; its first "
        f"line must be the instruction",
    )
    motions.motion(state, act.motion)
    state.mandates[act.seat, act.motion] = Mandate(act.seat, act.motion, act.instruction, act.decision, state.size)


def compared(
    state: State, of: Motion, running: Division, seats: tuple[standing.Seat, ...]
) -> tuple[mandate.Comparison, ...]:
    """Return how seats spoke on a motion in a division, beside what their electors instructed."""
    said = divisions.choices_of(of, running, seats)
    found = []
    for seat in seats:
        told = state.mandates.get((seat.id, of.id))
        kind = standing.body(state, seat.body).kind.mandate or "free"
        instruction = told.instruction if told else None
        found.append(mandate.compare(seat.id, instruction, vote=said.get(seat.id), kind=kind))
    return tuple(found)
