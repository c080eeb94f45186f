"""A matter as a circuit: whose people fill which seats, how many votes are needed, in which ways it is decided.

All that a charter says about who can decide a matter, on counted members, in a form that needs no charter to be read:

- a *lot* is a cell of members who count in the same places, with its size;
- an *assembly* has the people of its lots as votes;
- a *house* has parts; a part's seats are filled by those who vote in other bodies, and ``takes[j-1]`` of these win
  j seats. A part without ``takes`` passes votes on one for one (houses sitting together);
- a *demand* is met when ``least`` of its bodies have the votes that they need; a *way* is a list of demands that must
  all be met; the matter is decided in any of the ways.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from comitia.charter.structure import Matter
from comitia.drill import bodies, cells as counted, cost
from comitia.drill.bodies import Body, Federation
from comitia.drill.cells import Cell


@dataclass(frozen=True, slots=True)
class Assembly:
    """Everybody of these lots votes."""

    lots: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Seats filled together by those who vote in the bodies ``by``; see the module for ``takes``."""

    by: tuple[str, ...]
    takes: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class House:
    """A body whose seats are filled from below."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Demand:
    """``least`` of these bodies must have so many votes each: pairs of a body's id and the votes it needs."""

    least: int
    of: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Circuit:
    """A matter, ready to be reckoned.

    Attributes:
        lots: the names of the lots, and ``sizes`` how many people stand in each.
        bodies: by id; a house comes after the bodies that fill it.
        ways: each decides the matter when all its demands are met.
    """

    lots: tuple[Cell, ...]
    sizes: tuple[int, ...]
    bodies: Mapping[str, Assembly | House]
    ways: tuple[tuple[Demand, ...], ...]


def of(federation: Federation, matter: Matter) -> Circuit:
    """Return the circuit of a matter on these members."""
    lots = tuple(federation.cells.sizes)
    number = {lot: at for at, lot in enumerate(lots)}
    found: dict[str, Assembly | House] = {}
    jointly = tuple(_demand(federation, matter, kind, found, number) for kind in matter.decided_by)
    ways = [jointly]
    if matter.alone is not None and len(jointly) > 1:
        exit_ = Body(matter.alone.body, "")
        _enter(federation, exit_, found, number)
        need = bodies.needed_alone(federation, matter.alone)
        ways += [(one, Demand(1, ((exit_.id, need),))) for one in jointly]
    return Circuit(lots, tuple(federation.cells.sizes.values()), found, tuple(ways))


def _demand(
    federation: Federation, matter: Matter, kind: str, found: dict[str, Assembly | House], number: Mapping[Cell, int]
) -> Demand:
    of_kind: list[tuple[str, int]] = []
    for body in bodies.of_kind(federation, kind):
        if bodies.voters(federation, body):
            _enter(federation, body, found, number)
            of_kind.append((body.id, bodies.needed(federation, matter, body)))
    return Demand(cost.bodies_needed(matter), tuple(of_kind))


def _enter(federation: Federation, body: Body, found: dict[str, Assembly | House], number: Mapping[Cell, int]) -> None:
    if body.id in found:
        return
    kind = bodies.kind_of(federation, body)
    if kind.form == "all":
        found[body.id] = Assembly(tuple(number[c] for c in counted.inside(federation.cells, kind.each, body.group)))
        return
    parts: list[tuple[tuple[Body, ...], tuple[int, ...] | None]] = []
    if kind.form == "joint":
        parts = [((Body(house, ""),), None) for house in kind.houses]
    elif kind.rule is not None:
        for one in bodies.constituencies(federation, body):
            parts.append((one.electing, bodies.price(federation, body, one)[1:]))
    for electing, _ in parts:
        for one_below in electing:
            _enter(federation, one_below, found, number)
    found[body.id] = House(tuple(Part(tuple(e.id for e in electing), takes) for electing, takes in parts))


def assemblies_below(circuit: Circuit, body: str) -> Iterator[str]:
    """Yield the assemblies at the base of a body, each as often as it is met on the way down."""
    match circuit.bodies[body]:
        case Assembly():
            yield body
        case House(parts):
            for part in parts:
                for one in part.by:
                    yield from assemblies_below(circuit, one)


def is_tree(circuit: Circuit, way: tuple[Demand, ...]) -> bool:
    """Return whether no person is counted in two places in a way, whichever of its bodies carry it."""
    met = [
        lot
        for demand in way
        for body, _ in demand.of
        for assembly in assemblies_below(circuit, body)
        for lot in _lots(circuit, assembly)
    ]
    return len(met) == len(set(met))


def _lots(circuit: Circuit, assembly: str) -> tuple[int, ...]:
    found = circuit.bodies[assembly]
    assert isinstance(found, Assembly)
    return found.lots
