"""The checker: does this coalition decide this matter? No solver, no search; it counts from the base upwards.

It knows nothing of how the coalition was found. What it counts is what a member would count with a pencil.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from comitia.charter.structure import Matter
from comitia.drill import bodies, cells as counted, cost
from comitia.drill.bodies import Body, Constituency, Federation
from comitia.drill.cells import Cell

Coalition = Mapping[Cell, int]


class NotCaptured(Exception):
    """A coalition does not decide what it is said to decide."""

    def __init__(self, matter: str, reason: str) -> None:
        self.matter, self.reason = matter, reason
        super().__init__(f"the coalition does not decide “{matter}”: {reason}")


@dataclass(frozen=True, slots=True)
class Won:
    """What a coalition has in one body.

    Attributes:
        body: the body.
        has, needs, of: its votes there, the votes that carry the matter, and all votes.
    """

    body: Body
    has: int
    needs: int
    of: int


def votes_won(federation: Federation, body: Body, coalition: Coalition) -> int:
    """Return the votes of a body that a coalition has."""
    kind = bodies.kind_of(federation, body)
    match kind.form:
        case "all":
            return sum(coalition.get(c, 0) for c in counted.inside(federation.cells, kind.each, body.group))
        case "elected":
            found = bodies.constituencies(federation, body)
            return sum(seats_won(federation, body, constituency, coalition=coalition) for constituency in found)
        case "appointed":
            return 0
        case "joint":
            return sum(votes_won(federation, Body(house, ""), coalition) for house in kind.houses)


def seats_won(federation: Federation, body: Body, constituency: Constituency, *, coalition: Coalition) -> int:
    """Return the most seats of a constituency that a coalition wins."""
    has = sum(votes_won(federation, one, coalition) for one in constituency.electing)
    return max(j for j, price in enumerate(bodies.price(federation, body, constituency)) if price <= has)


def check_capture(federation: Federation, matter: Matter, coalition: Coalition) -> tuple[Won, ...]:
    """Return the bodies by which a coalition decides a matter.

    Raises:
        NotCaptured: a cell has fewer people than the coalition claims, or the matter is not carried.
    """
    for cell, people in coalition.items():
        if not 0 <= people <= federation.cells.sizes.get(cell, 0):
            size = federation.cells.sizes.get(cell, 0)
            raise NotCaptured(matter.name, f"it counts {people} of {size} people in {' / '.join(cell)}")
    carried = [_carried(federation, matter, kind, coalition=coalition) for kind in matter.decided_by]
    by = tuple(won for of_kind in carried for won in of_kind)
    if all(carried):
        return by
    if matter.alone is not None and by:
        exit_ = Body(matter.alone.body, "")
        of, needs = bodies.voters(federation, exit_), bodies.needed_alone(federation, matter.alone)
        has = votes_won(federation, exit_, coalition)
        if has >= needs:
            return (by[0], Won(exit_, has, needs, of))
    raise NotCaptured(matter.name, f"{len(by)} of the bodies that must carry it do")


def _carried(federation: Federation, matter: Matter, kind: str, *, coalition: Coalition) -> tuple[Won, ...]:
    """Return the bodies of a kind that carry a matter, as many as must; none when too few do."""
    found: list[Won] = []
    for body in bodies.of_kind(federation, kind):
        of = bodies.voters(federation, body)
        has, needs = votes_won(federation, body, coalition), bodies.needed(federation, matter, body)
        if of and has >= needs:
            found.append(Won(body, has, needs, of))
    enough = cost.bodies_needed(matter)
    return tuple(found[:enough]) if len(found) >= enough else ()
