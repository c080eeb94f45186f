"""Deliveries as a place sees them: what waits to be confirmed, what is on its way, what arrived short."""

from dataclasses import dataclass
from fractions import Fraction

from comitia.federation import moment
from comitia.federation.state import Delivery, State


@dataclass(frozen=True, slots=True)
class Waiting:
    """A delivery that nobody has confirmed: since when, and for how many days."""

    delivery: Delivery
    sent_at: str
    days: int
    unit: str
    body: str


@dataclass(frozen=True, slots=True)
class Short:
    """A delivery that arrived with a difference, which stays in transit until it is explained."""

    delivery: Delivery
    missing: Fraction
    unit: str


def place_of(body: str) -> str:
    """Return the place of a body's deliveries: a committee's is its workplace, a council's is its own."""
    kind, _, group = body.partition("/")
    return f"workplace/{group}" if kind == "committee" else body


def body_of(place: str) -> str:
    """Return the body that signs for a place."""
    kind, _, group = place.partition("/")
    return f"committee/{group}" if kind == "workplace" else place


def waiting(state: State, at: str, *, to: str = "", sender: str = "") -> tuple[Waiting, ...]:
    """Return the unconfirmed deliveries to a place, or of a sending workplace, oldest first."""
    sent = {t.act: t.at for t in state.journal}
    found = []
    for d in state.deliveries.values():
        if d.received is None and (not to or d.to == to) and (not sender or d.sender == sender):
            days = (moment.parse(at) - moment.parse(sent[d.sent_act])).days
            found.append(Waiting(d, sent[d.sent_act], days, _unit(state, d), body_of(d.to)))
    return tuple(found)


def short(state: State, *, place: str = "") -> tuple[Short, ...]:
    """Return the deliveries that arrived with a difference, from or to a place."""
    found = []
    for d in state.deliveries.values():
        at_place = not place or d.to == place or f"workplace/{d.sender}" == place
        if d.received is not None and d.received < d.quantity and at_place:
            found.append(Short(d, Fraction(d.quantity) - Fraction(d.received), _unit(state, d)))
    return tuple(found)


def _unit(state: State, of: Delivery) -> str:
    row = state.seasons[of.season].figures.get("products", {}).get((of.product,))
    return row.row[1] if row else ""
