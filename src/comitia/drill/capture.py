"""The capture number: as few as N members, agreeing, decide a matter; where they stand; and how to reckon it by hand.

Every coalition is found once and checked once: on a tree by exact tables (``tree.py``), where people count in several
places by an integer programme (``overlap.py``) or, above its reach, by splitting prices (``lagrange.py``), and in every
case replayed by ``check.py``. ``certificate.py`` proves the number without a solver. There are two numbers: with the
*sure* one the coalition decides whatever all others do; the other is *enough* where nobody else comes. Both say what is
possible, not what is likely, and accuse nobody.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from comitia.charter.structure import Charter, Matter
from comitia.drill import bodies, cells as counted, certificate, check, circuit, cost, lagrange, overlap
from comitia.drill.bodies import Body, Federation
from comitia.drill.cells import Cell, Cells
from comitia.drill.check import Won
from comitia.drill.circuit import Circuit
from comitia.drill.cost import Others
from comitia.drill.lagrange import Bounded
from comitia.drill.overlap import Answer

ROUNDS = 200
"""How often prices are moved in search of a bound."""

_PROGRAMME = 6000
"""Lots up to which the integer programme is tried; beyond, prices alone give an interval."""


class NoBody(Exception):
    """A matter cannot be drilled on these members: a body that decides it does not exist among them."""

    def __init__(self, matter: str, kind: str) -> None:
        self.matter, self.kind = matter, kind
        super().__init__(f"“{matter}” cannot be drilled: these members make too few bodies “{kind}” with voters")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a coalition wins: so many people of so many in a constituency, for so many of its seats.

    ``seats`` is 0 of 0 where people decide themselves, in an assembly.
    """

    body: str
    constituency: str
    people: int
    of: int
    seats: int
    of_seats: int


@dataclass(frozen=True, slots=True)
class Capture:
    """The capture number of a matter.

    Attributes:
        people: the fewest who, agreeing, decide it, as far as found; the smallest there is when equal to ``bound``.
        bound: no fewer people decide it.
        members: all members.
        coalition: by cell (groups by roll), how many agree; any others of the same cell would do as well.
        by: the bodies that carry it, with votes had, needed and in all.
        places: where the coalition wins.
        arithmetic: the reckoning by hand.
        circuit: what the charter makes of these members, for the certificate.
    """

    matter: str
    name: str
    article: str
    people: int
    bound: int
    members: int
    rolls: tuple[str, ...]
    coalition: Mapping[Cell, int]
    by: tuple[Won, ...]
    places: tuple[Place, ...]
    arithmetic: str
    circuit: Circuit = field(compare=False, repr=False)

    @property
    def is_smallest(self) -> bool:
        """Whether it is proven that no fewer people decide it."""
        return self.people == self.bound

    @property
    def percent(self) -> float:
        """The people as a share of all members."""
        return 100 * self.people / self.members


def capture(charter: Charter, matter: Matter, cells: Cells, *, seconds: float, others: Others = "against") -> Capture:
    """Return the fewest people who, agreeing, decide a matter, with a bound, the places and the arithmetic.

    Args:
        seconds: how long the solver may take where people count in several places.
        others: what all others do: ``against``, what hurts most; ``absent``, they stand nowhere and vote nowhere.

    Raises:
        NoBody: a deciding body does not exist among these members.
        Unsolved: no coalition was found in that time.
    """
    whole = Federation(charter, cells, others)
    federation = Federation(charter, counted.project(cells, rolls(whole, matter)), others)
    found_circuit = circuit.of(federation, matter)
    answer = _answer(federation, matter, found_circuit, seconds=seconds)
    coalition, bound = dict(answer.coalition), answer.bound
    by = check.check_capture(federation, matter, coalition)
    found = tuple(_places(federation, by, coalition))
    people = sum(coalition.values())
    return Capture(
        matter=matter.id,
        name=matter.name,
        article=matter.article,
        people=people,
        bound=bound,
        members=cells.members,
        rolls=federation.cells.rolls,
        coalition=coalition,
        by=by,
        places=found,
        arithmetic=_arithmetic(federation, by, found, people=people),
        circuit=found_circuit,
    )


def rolls(federation: Federation, matter: Matter) -> frozenset[str]:
    """Return the rolls on which a matter is decided; the others need not be told apart.

    Raises:
        NoBody: a deciding body does not exist among these members.
    """
    kinds = (*matter.decided_by, *(() if matter.alone is None else (matter.alone.body,)))
    found: set[str] = set()
    for kind in kinds:
        standing = [body for body in bodies.of_kind(federation, kind) if bodies.voters(federation, body)]
        if len(standing) < (cost.bodies_needed(matter) if kind in matter.decided_by else 1):
            raise NoBody(matter.name, kind)
        for body in standing:
            for roll in bodies.rolls_below(federation, body):
                found |= {roll, *federation.charter.rolls[roll].gathers}
    return frozenset(found)


def _answer(federation: Federation, matter: Matter, of: Circuit, *, seconds: float) -> Answer:
    """Return the fewest people and a bound: exact on trees; from prices where the programme is too large."""
    if all(circuit.is_tree(of, way) for way in of.ways):
        return _easiest(of, [lagrange.bounded(of, way, rounds=1) for way in of.ways])
    if len(of.lots) <= _PROGRAMME:
        return overlap.decide(federation, matter, seconds=seconds)
    return _easiest(of, [lagrange.bounded(of, way, rounds=ROUNDS) for way in of.ways])


def _easiest(of: Circuit, ways: list[Bounded]) -> Answer:
    """Return the way that takes the fewest people; no fewer than the lowest bound decide in any way."""
    best = min(ways, key=lambda one: one.people)
    people = {of.lots[at]: int(number) for at, number in enumerate(best.coalition) if number}
    return Answer(people, min(one.bound for one in ways))


def proof(found: Capture) -> dict[str, Any]:
    """Return the certificate of a capture number, which ``certificate.check`` checks without a solver."""
    of = found.circuit
    bounds = [lagrange.bounded(of, way, rounds=1 if circuit.is_tree(of, way) else ROUNDS) for way in of.ways]
    return certificate.certificate(of, [found.coalition.get(lot, 0) for lot in of.lots], bounds)


def _places(federation: Federation, by: tuple[Won, ...], coalition: Mapping[Cell, int]) -> Iterator[Place]:
    for won in by:
        yield from _places_of(federation, won.body, coalition)


def _places_of(federation: Federation, body: Body, coalition: Mapping[Cell, int]) -> Iterator[Place]:
    kind = bodies.kind_of(federation, body)
    if kind.form == "all":
        people = check.votes_won(federation, body, coalition)
        yield Place(body.id, body.id, people, bodies.voters(federation, body), 0, 0)
    elif kind.form == "joint":
        for house in kind.houses:
            yield from _places_of(federation, Body(house, ""), coalition)
    else:
        for one in bodies.constituencies(federation, body):
            seats = check.seats_won(federation, body, one, coalition=coalition)
            if seats:
                for electing in one.electing:
                    if bodies.kind_of(federation, electing).form != "all":
                        yield from _places_of(federation, electing, coalition)
                people = sum(check.votes_won(federation, e, coalition) for e in one.electing)
                where = (
                    ", ".join(e.id for e in one.electing) if len(one.electing) < 4 else f"{len(one.electing)} bodies"
                )
                yield Place(body.id, where, people, one.electors, seats, one.seats)


def _arithmetic(federation: Federation, by: tuple[Won, ...], places: tuple[Place, ...], *, people: int) -> str:
    """Return the reckoning that a member can redo with a pencil, from the assemblies upwards."""
    kinds = {place.body.partition("/")[0]: None for place in places}
    steps: list[str] = []
    for name in sorted(kinds, key=lambda kind: _tiers(federation, kind)):
        here = [place for place in places if place.body.partition("/")[0] == name]
        kind = federation.charter.kinds[name]
        won = next((w for w in by if w.body.kind == name), None)
        if kind.form == "all":
            steps += [f"{kind.name} {p.body.partition('/')[2]}".strip() + f": {p.people} of {p.of}" for p in here]
            continue
        needed = f", {won.has} of {won.of} seats, {won.needs} needed" if won else ""
        steps.append(f"{kind.plural if kind.each and not won else kind.name}: {' + '.join(_same(here))}{needed}")
    steps += [
        f"{federation.charter.kinds[w.body.kind].name}: {w.has} of {w.of} seats, {w.needs} needed"
        for w in by
        if federation.charter.kinds[w.body.kind].form == "joint"
    ]
    whole = federation.cells.members
    several = len({won.body.kind for won in by}) > 1
    once = "; whoever stands in several of these places is counted once" if several else ""
    return f"{'; '.join(steps)}{once}: {people} of {whole} members = {100 * people / whole:.1f} %."


def _same(places: list[Place]) -> Iterator[str]:
    """Yield the places of a body, those with the same numbers together."""
    alike: dict[tuple[int, int, int, int], list[str]] = {}
    for p in places:
        alike.setdefault((p.people, p.of, p.seats, p.of_seats), []).append(
            p.constituency.partition("/")[2] or p.constituency
        )
    for (people, of, seats, of_seats), names in alike.items():
        each = " each" if len(names) > 1 else ""
        yield f"{people} of {of} in {', '.join(names)} ({seats} of {of_seats} seat{'' if of_seats == 1 else 's'}{each})"


def _tiers(federation: Federation, kind: str) -> int:
    """Return how many tiers of elections lie between the members and a kind."""
    found = federation.charter.kinds[kind]
    if found.form == "all":
        return 0
    if found.form == "joint":
        return max(_tiers(federation, house) for house in found.houses)
    return 1 + _tiers(federation, found.electors)
