"""The bodies that a charter makes of counted members: who elects them, in which constituencies, with how many seats."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from comitia.charter.structure import Charter, Exit, Kind, Matter
from comitia.drill import cells as counted, cost
from comitia.drill.cells import Cells
from comitia.drill.cost import Others


@dataclass(frozen=True, slots=True)
class Federation:
    """A charter and the members it is drilled on.

    Attributes:
        others: what everybody does who is not of the coalition.
        voters, constituencies: by body; ``bodies`` by kind, and ``over`` also by the group in which theirs lies. All
            four are kept when first asked for.
    """

    charter: Charter
    cells: Cells
    others: Others = "against"
    voters: dict["Body", int] = field(default_factory=dict, compare=False, repr=False)
    constituencies: dict["Body", tuple["Constituency", ...]] = field(default_factory=dict, compare=False, repr=False)
    bodies: dict[str, tuple["Body", ...]] = field(default_factory=dict, compare=False, repr=False)
    over: dict[str, dict[str, list["Body"]]] = field(default_factory=dict, compare=False, repr=False)


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
    if kind not in federation.bodies:
        each = federation.charter.kinds[kind].each
        named = counted.groups(federation.cells, each) if each else ("",)
        federation.bodies[kind] = tuple(Body(kind, group) for group in named)
    return federation.bodies[kind]


def name(federation: Federation, body: Body) -> str:
    """Return the name of a body for a sentence."""
    kind = kind_of(federation, body)
    return f"{kind.name} {body.group}" if body.group else f"the {kind.name}"


def constituencies(federation: Federation, body: Body) -> tuple[Constituency, ...]:
    """Return the constituencies of an elected body, those without electors left out."""
    if body not in federation.constituencies:
        found = tuple(c for c in every_constituency(federation, body) if c.electors)
        federation.constituencies[body] = found
    return federation.constituencies[body]


def every_constituency(federation: Federation, body: Body) -> Iterator[Constituency]:
    """Yield the constituencies of an elected body, those that nobody among the members votes in too."""
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
    if not above.each or not kind.each:
        return of_kind(federation, above.id)
    if above.id not in federation.over:
        lying: dict[str, list[Body]] = {}
        for one in of_kind(federation, above.id):
            lying.setdefault(federation.cells.within.get(f"{above.each}/{one.group}", ""), []).append(one)
        federation.over[above.id] = lying
    return tuple(federation.over[above.id].get(f"{kind.each}/{body.group}", ()))


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


def price(federation: Federation, body: Body, constituency: Constituency) -> tuple[int, ...]:
    """Return how many electors it takes to win 0, 1, ... seats of a constituency of an elected body."""
    kind = kind_of(federation, body)
    assert kind.rule is not None and kind.candidacy is not None
    electors, seats = constituency.electors, constituency.seats
    # Whoever stays away nominates nobody and may leave the turnout short.
    alone = cost.seats_alone(electors=electors, nomination=kind.nomination, turnout=kind.candidacy.turnout)
    if federation.others == "absent":
        return (0, *([alone] * seats))
    sure = (cost.seat_cost(kind.rule, electors=electors, seats=seats, sure_of=j) for j in range(1, seats + 1))
    return (0, *(max(one, alone) for one in sure))


def needed(federation: Federation, matter: Matter, body: Body) -> int:
    """Return how many votes carry a matter in a body."""
    return cost.votes_needed(matter, voters=voters(federation, body), others=federation.others)


def needed_alone(federation: Federation, step: Exit) -> int:
    """Return how many votes of the joint body of a way out of a deadlock decide."""
    return cost.votes_alone(step, voters=voters(federation, Body(step.body, "")), others=federation.others)


def rolls_below(federation: Federation, body: Body) -> frozenset[str]:
    """Return the rolls whose assemblies stand at the base of a body."""
    kind = kind_of(federation, body)
    if kind.form == "all":
        return frozenset({kind.each}) if kind.each else frozenset()
    if kind.form == "joint":
        return frozenset().union(*(rolls_below(federation, Body(house, "")) for house in kind.houses))
    electing = [one for c in constituencies(federation, body) for one in c.electing]
    return frozenset().union(*(rolls_below(federation, one) for one in electing))
