"""Who stands where at a moment: bodies, seats, holders, electors.

Pure questions to a ``State``. Terms lapse by themselves: whether a seat is held depends on the moment asked.
"""

from dataclasses import dataclass
from fractions import Fraction

from comitia.charter.structure import Charter, Kind
from comitia.federation import apportioned
from comitia.federation.refusal import Refused
from comitia.federation.state import State, Term


@dataclass(frozen=True, slots=True)
class Body:
    """A body of the federation: its kind in the charter and the group it is of ("" where there is one)."""

    id: str
    kind: Kind
    group: str
    name: str


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat of a body, filled by its constituency (the electing body); numbered from 1."""

    id: str
    body: str
    constituency: str
    number: int


def charter(state: State) -> Charter:
    """Return the charter in force.

    Raises:
        Refused: no federation has been founded yet.
    """
    if state.charter is None:
        raise Refused(
            "record", "no federation has been founded in this record; the first act must be federation_founded"
        )
    return state.charter


def body_id(kind: Kind, group: str) -> str:
    """Return ``kind/group``, or the kind's id where there is one body of it."""
    return f"{kind.id}/{group}" if kind.each else kind.id


def _body(state: State, kind: Kind, group: str) -> Body:
    if not kind.each:
        return Body(kind.id, kind, "", kind.name)
    return Body(body_id(kind, group), kind, group, f"{kind.name} of {state.groups[kind.each, group].name}")


def bodies(state: State) -> tuple[Body, ...]:
    """Return all bodies, in the charter's order of kinds and the groups' order of registration."""
    found: list[Body] = []
    for kind in charter(state).kinds.values():
        if not kind.each:
            found.append(_body(state, kind, ""))
            continue
        found += [_body(state, kind, g) for roll, g in state.groups if roll == kind.each]
    return tuple(b for b in found if not _is_gone(state, b.kind, b.group))


def _is_gone(state: State, kind: Kind, group: str) -> bool:
    """Return whether a body was merged or dissolved, or its group has left."""
    name = body_id(kind, group)
    if name in state.merged or name in state.dissolved:
        return True
    return bool(kind.each) and bool(state.groups[kind.each, group].closed)


def find_body(state: State, name: str) -> Body | None:
    """Return the body of that id, or None."""
    kind_id, _, group = name.partition("/")
    kind = charter(state).kinds.get(kind_id)
    if kind is None or bool(kind.each) != bool(group):
        return None
    if kind.each and (kind.each, group) not in state.groups:
        return None
    return None if _is_gone(state, kind, group) else _body(state, kind, group)


def body(state: State, name: str) -> Body:
    """Return the body of that id.

    Raises:
        Refused: there is none.
    """
    found = find_body(state, name)
    if found is None:
        raise Refused(
            "record", f"there is no body {name!r} in this federation; bodies are named kind/group, as in the charter"
        )
    return found


def members_of_group(state: State, roll: str, group: str) -> frozenset[str]:
    """Return the members of a group; of a gathering group, those of all groups that lie in it."""
    found = state.groups[roll, group]
    gathers = charter(state).rolls[roll].gathers
    if not gathers:
        return frozenset(found.members)
    inside = f"{roll}/{group}"
    # A member may lie in a district by her workplace and by her locality: she counts once.
    return frozenset(m for g in state.groups.values() if _lies_in(state, g.within, inside) for m in g.members)


def lies_in(state: State, group: str, other: str) -> bool:
    """Return whether a group (``workplace/mill``) lies in another, directly or through the tiers between."""
    roll, _, name = group.partition("/")
    return _lies_in(state, state.groups[roll, name].within, other)


def _lies_in(state: State, within: str, other: str) -> bool:
    # A group lies in one that was registered before it, so that this comes to an end.
    while within and within != other:
        roll, _, name = within.partition("/")
        within = state.groups[roll, name].within
    return within == other


def all_members(state: State) -> frozenset[str]:
    """Return every present member's number."""
    return frozenset(m.number for m in state.members.values() if not m.left)


def electing_bodies(state: State, name: str) -> tuple[str, ...]:
    """Return the bodies whose people fill the seats of this one, by election or by appointment.

    They are of the kinds that the charter names: the one of the same group, those whose group lies in this group, or
    all of them where this body is the only one of its kind.
    """
    of = body(state, name)
    kinds = charter(state).kinds
    above = of.kind.appointed_by if of.kind.form == "appointed" else (of.kind.electors,) if of.kind.electors else ()
    return tuple(e for kind_id in above for e in _filling(state, of, kinds[kind_id]))


def _filling(state: State, of: Body, kind: Kind) -> tuple[str, ...]:
    if not kind.each:
        groups = [""]
    elif of.kind.each == kind.each:
        groups = [of.group]
    else:
        groups = [group for roll, group in state.groups if roll == kind.each]
    return tuple(body_id(kind, group) for group in groups if _fills(state, of, kind, group))


def _fills(state: State, of: Body, kind: Kind, group: str) -> bool:
    """Return whether the body of this kind and group is among those that fill the seats of a body."""
    if bool(kind.each) != bool(group) or (kind.each and (kind.each, group) not in state.groups):
        return False
    if _is_gone(state, kind, group):
        return False
    if of.kind.each == kind.each:
        return of.group == group
    if not kind.each or not of.kind.each:
        return True
    own, other = f"{of.kind.each}/{of.group}", f"{kind.each}/{group}"
    # Whoever is appointed may be appointed from a tier above.
    return lies_in(state, other, own) or (of.kind.form == "appointed" and lies_in(state, own, other))


def _constituencies(state: State, of: Body) -> tuple[str, ...]:
    electing = electing_bodies(state, of.id)
    return electing if of.kind.constituencies else (",".join(electing),)


def seats(state: State, name: str) -> tuple[Seat, ...]:
    """Return all seats of a body, filled or not; of a joint body, the seats of its houses."""
    of = body(state, name)
    if of.kind.form == "joint":
        return tuple(s for house in of.kind.houses for s in seats(state, house))
    if of.kind.seats is None:
        return ()
    parts = _constituencies(state, of)
    numbers = apportioned.seats_for(of.kind.seats, _sizes(state, of.kind, parts))
    found: list[Seat] = []
    for constituency, number in zip(parts, numbers, strict=True):
        part = f"{constituency.partition('/')[2] or constituency}:" if of.kind.constituencies else ""
        found += [Seat(f"{name}:{part}{n}", name, constituency, n) for n in range(1, number + 1)]
    return tuple(found)


def _sizes(state: State, kind: Kind, constituencies: tuple[str, ...]) -> tuple[int, ...]:
    """Return the members of each constituency, where the number of its seats hangs on them; else nothing of it."""
    assert kind.seats is not None
    if kind.seats.fixed is not None:
        return (0,) * len(constituencies)
    return tuple(size(state, constituency) for constituency in constituencies)


def size(state: State, constituency: str) -> int:
    """Return how many members stand behind a constituency: one electing body, or several joined by commas."""
    return sum(len(base_members(state, e)) for e in constituency.split(",") if e)


def weight(state: State, of: Seat) -> Fraction:
    """Return what a seat weighs: one vote, or the members of its constituency divided by its seats."""
    if body(state, of.body).kind.weights == "equal":
        return Fraction(1)
    beside = sum(s.constituency == of.constituency for s in seats(state, of.body))
    return Fraction(size(state, of.constituency), beside)


def base_members(state: State, name: str) -> frozenset[str]:
    """Return the members of the group of a body, or all members where it has none."""
    of = body(state, name)
    return members_of_group(state, of.kind.each, of.group) if of.kind.each else all_members(state)


def constituency_of(state: State, seat_id: str) -> str | None:
    """Return who fills a seat, or None where its body or its constituency is no more (or never was)."""
    name, _, rest = seat_id.partition(":")
    of = find_body(state, name)
    if of is None or of.kind.seats is None:
        return None
    part = rest.rpartition(":")[0]
    if not of.kind.constituencies:
        return None if part else ",".join(electing_bodies(state, name))
    kind = charter(state).kinds[of.kind.electors]
    group = part if kind.each else ""
    return body_id(kind, group) if (kind.each or part == kind.id) and _fills(state, of, kind, group) else None


def find_seat(state: State, seat_id: str) -> Seat | None:
    """Return the seat of that id, or None."""
    constituency = constituency_of(state, seat_id)
    number = seat_id.rpartition(":")[2]
    if constituency is None or not number.isdecimal() or str(int(number)) != number:
        return None
    name = seat_id.partition(":")[0]
    of = body(state, name)
    assert of.kind.seats is not None
    # Shares of a total hang on all constituencies; any other number of seats on this one alone.
    parts = _constituencies(state, of) if of.kind.seats.total is not None else (constituency,)
    numbers = apportioned.seats_for(of.kind.seats, _sizes(state, of.kind, parts))
    if not 1 <= int(number) <= numbers[parts.index(constituency)]:
        return None
    return Seat(seat_id, name, constituency, int(number))


def seat(state: State, seat_id: str) -> Seat:
    """Return the seat of that id.

    Raises:
        Refused: there is none.
    """
    found = find_seat(state, seat_id)
    if found is None:
        raise Refused(
            "record", f"there is no seat {seat_id!r}; seats are named body:number or body:constituency:number"
        )
    return found


def is_running(term: Term, at: str) -> bool:
    """Return whether a term holds at that moment: begun, not lapsed, not ended early."""
    return term.since <= at < term.until and not (term.ended and term.ended <= at)


def term(state: State, seat_id: str, at: str) -> Term | None:
    """Return the term of whoever holds the seat at that moment, or None where it is vacant."""
    for found in reversed(state.terms.get(seat_id, [])):
        if is_running(found, at):
            return found
    return None


def lawful_term(state: State, seat_id: str, at: str) -> Term | None:
    """Return the term of whoever holds the seat in her own right: not of somebody who acts in it while it is vacant."""
    found = term(state, seat_id, at)
    return None if found is None or found.origin == "acting" else found


def filled(state: State, name: str, at: str) -> tuple[Term, ...]:
    """Return the running terms of a body's seats, in the order of the seats."""
    found = (term(state, s.id, at) for s in seats(state, name))
    return tuple(t for t in found if t is not None)


def sitting(state: State, name: str, at: str) -> frozenset[str]:
    """Return who sits in a body: all members of its group, or the holders of its seats."""
    of = body(state, name)
    if of.kind.form == "all":
        return base_members(state, name)
    return frozenset(t.member for t in filled(state, name, at))


def electors(state: State, constituency: str, at: str) -> frozenset[str]:
    """Return the people of a constituency: one electing body, or several joined by commas."""
    return frozenset().union(*(sitting(state, e, at) for e in constituency.split(",") if e))


def seats_of(state: State, member: str, at: str) -> tuple[Term, ...]:
    """Return the running terms of a member."""
    found = (term(state, seat_id, at) for seat_id in state.holders.get(member, []))
    return tuple(t for t in found if t is not None and t.member == member)


def bodies_of(state: State, member: str, at: str) -> tuple[str, ...]:
    """Return the bodies in which a member sits, assemblies first."""
    person = state.members.get(member)
    if person is None or person.left:
        return ()
    found: list[str] = []
    for kind in charter(state).kinds.values():
        if kind.form == "all":
            name = body_id(kind, person.groups.get(kind.each, "")) if kind.each else kind.id
            if find_body(state, name) and member in sitting(state, name, at):
                found.append(name)
    held = {t.seat.partition(":")[0] for t in seats_of(state, member, at)}
    joint = [k.id for k in charter(state).kinds.values() if k.form == "joint" and held & set(k.houses)]
    return (*found, *sorted(held), *joint)


def sits_in(state: State, member: str, name: str, at: str) -> bool:
    """Return whether a member sits in a body at that moment."""
    return find_body(state, name) is not None and member in sitting(state, name, at)
