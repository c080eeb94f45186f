"""The bodies that a charter makes of counted members: who elects them, in which constituencies, with how many seats."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from comitia.charter.structure import Charter, Kind
from comitia.drill import cells as counted
from comitia.drill.cells import Cells


@dataclass(frozen=True, slots=True)
class Federation:
    """A charter and the members it is drilled on.

    Attributes:
        voters: by body, how many vote in it, kept when first asked for.
    """

    charter: Charter
    cells: Cells
    voters: dict["Body", int] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Body:
    """A body: its kind and the group it is of, "" where the federation has one."""

    kind: str
    group: str

    @property
    def id(self) -> str:
        """``kind/group``, or the kind alone."""
        return f"{self.kind}/{self.group}" if self.group else self.kind


@dataclass(frozen=True, slots=True)
class Constituency:
    """Those who fill seats together.

    Attributes:
        electing: the bodies whose people vote.
        electors: how many people these are.
        seats: how many seats they fill.
    """

    electing: tuple[Body, ...]
    electors: int
    seats: int


def kind_of(federation: Federation, body: Body) -> Kind:
    """Return the kind of a body."""
    return federation.charter.kinds[body.kind]


def of_kind(federation: Federation, kind: str) -> tuple[Body, ...]:
    """Return all bodies of a kind: one, or one for each group of its roll."""
    each = federation.charter.kinds[kind].each
    return tuple(Body(kind, group) for group in counted.groups(federation.cells, each)) if each else (Body(kind, ""),)


def name(federation: Federation, body: Body) -> str:
    """Return the name of a body for a sentence."""
    kind = kind_of(federation, body)
    return f"{kind.name} {body.group}" if body.group else f"the {kind.name}"


def constituencies(federation: Federation, body: Body) -> tuple[Constituency, ...]:
    """Return the constituencies of an elected body, those without electors left out."""
    return tuple(c for c in _constituencies(federation, body) if c.electors)


def _constituencies(federation: Federation, body: Body) -> Iterator[Constituency]:
    kind = kind_of(federation, body)
    if kind.seats is None:
        return
    electing = _electing(federation, body)
    for together in [(one,) for one in electing] if kind.constituencies else [electing]:
        electors = sum(voters(federation, one) for one in together)
        base = sum(_base(federation, one) for one in together)
        per = kind.seats.per_members
        seats = kind.seats.fixed if kind.seats.fixed is not None else -(-base // per) if per else 0
        yield Constituency(together, electors, seats)


def _electing(federation: Federation, body: Body) -> tuple[Body, ...]:
    kind = kind_of(federation, body)
    above = federation.charter.kinds.get(kind.electors)
    if above is None:
        return ()
    if above.each and above.each == kind.each:
        return (Body(above.id, body.group),)
    everyone = of_kind(federation, above.id)
    if not above.each or not kind.each:
        return everyone
    over = f"{kind.each}/{body.group}"
    return tuple(one for one in everyone if federation.cells.within.get(f"{above.each}/{one.group}") == over)


def _base(federation: Federation, body: Body) -> int:
    cells = federation.cells
    return sum(cells.sizes[cell] for cell in counted.inside(cells, kind_of(federation, body).each, body.group))


def voters(federation: Federation, body: Body) -> int:
    """Return how many vote in a body: its members, or its seats, all taken as filled."""
    if body not in federation.voters:
        federation.voters[body] = _voters(federation, body)
    return federation.voters[body]


def _voters(federation: Federation, body: Body) -> int:
    kind = kind_of(federation, body)
    match kind.form:
        case "all":
            return _base(federation, body)
        case "elected":
            return sum(c.seats for c in constituencies(federation, body))
        case "appointed":
            # Nobody among the members fills these seats; a matter that such a body decides is no matter of theirs.
            return 0
        case "joint":
            return sum(voters(federation, Body(house, "")) for house in kind.houses)


def rolls_below(federation: Federation, body: Body) -> frozenset[str]:
    """Return the rolls whose assemblies stand at the base of a body."""
    kind = kind_of(federation, body)
    if kind.form == "all":
        return frozenset({kind.each}) if kind.each else frozenset()
    if kind.form == "joint":
        return frozenset().union(*(rolls_below(federation, Body(house, "")) for house in kind.houses))
    electing = [one for c in constituencies(federation, body) for one in c.electing]
    return frozenset().union(*(rolls_below(federation, one) for one in electing))
