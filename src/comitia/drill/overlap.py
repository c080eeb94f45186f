"""The fewest people who decide a matter where one person counts in several places: an integer programme.

Variables: a_c, how many of cell c agree (0 to its size); seats won in each constituency; which bodies carry it. Each
row says: what is won takes at least so many of those who fill it. The solver is HiGHS through ``scipy.optimize.milp``;
what it answers is replayed by ``check.py``, and its lower bound is reported beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil, floor, inf

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from comitia.charter.structure import Matter
from comitia.drill import bodies, cells as counted, cost
from comitia.drill.bodies import Body, Constituency, Federation
from comitia.drill.cells import Cell

Sum = dict[int, int]
"""A sum of variables: the factor of each."""


class Unsolved(Exception):
    """The solver found no coalition in the time given."""

    def __init__(self, matter: str, seconds: float, reason: str) -> None:
        self.matter, self.seconds, self.reason = matter, seconds, reason
        super().__init__(f"no coalition found for “{matter}” in {seconds:g} s ({reason}); give it more time")


@dataclass(frozen=True, slots=True)
class Answer:
    """A coalition by cell, and the number below which no coalition decides."""

    coalition: Mapping[Cell, int]
    bound: int


@dataclass(slots=True)
class Programme:
    """The programme as it grows: upper bounds of the variables (whole numbers from 0) and rows sum >= least."""

    federation: Federation
    upper: list[int] = field(default_factory=list)
    rows: list[tuple[Sum, int]] = field(default_factory=list)
    cells: dict[Cell, int] = field(default_factory=dict)
    votes: dict[Body, Sum] = field(default_factory=dict)


def decide(federation: Federation, matter: Matter, *, seconds: float) -> Answer:
    """Return the fewest people who decide a matter, and a lower bound.

    Args:
        seconds: how long the solver may take; when they are over, the best coalition found is returned.

    Raises:
        Unsolved: no coalition was found in that time.
    """
    programme = Programme(federation)
    programme.cells = {cell: _variable(programme, size) for cell, size in federation.cells.sizes.items()}
    _require(programme, matter)
    objective = np.zeros(len(programme.upper))
    objective[list(programme.cells.values())] = 1
    entries = [(row, at, factor) for row, (terms, _) in enumerate(programme.rows) for at, factor in terms.items()]
    matrix = csr_array(
        ([float(e[2]) for e in entries], ([e[0] for e in entries], [e[1] for e in entries])),
        shape=(len(programme.rows), len(programme.upper)),
    )
    solved = milp(
        objective,
        integrality=np.ones(len(programme.upper), dtype=np.int64),
        bounds=Bounds(0, np.array(programme.upper, dtype=float)),
        constraints=LinearConstraint(matrix, np.array([least for _, least in programme.rows], dtype=float), inf),
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    if solved.x is None:
        raise Unsolved(matter.name, seconds, str(solved.message))
    coalition = {cell: round(solved.x[at]) for cell, at in programme.cells.items() if round(solved.x[at])}
    people = sum(coalition.values())
    bound = people if solved.status == 0 else max(0, ceil(floor(solved.mip_dual_bound * 1e6) / 1e6))
    return Answer(coalition, min(bound, people))


def _variable(programme: Programme, upper: int) -> int:
    programme.upper.append(upper)
    return len(programme.upper) - 1


def _require(programme: Programme, matter: Matter) -> None:
    """Add that the matter is decided: every deciding body carries it, or one does and the way out decides alone."""
    jointly = _variable(programme, 1)
    carried = [_kind_carries(programme, matter, name) for name in matter.decided_by]
    for one in carried:
        programme.rows.append(({one: 1, jointly: -1}, 0))
    if matter.alone is None or len(carried) < 2:
        programme.rows.append(({jointly: 1}, 1))
        return
    alone = _variable(programme, 1)
    programme.rows.append(({jointly: 1, alone: 1}, 1))
    programme.rows.append((dict.fromkeys(carried, 1) | {alone: -1}, 0))
    for body in bodies.of_kind(programme.federation, matter.alone.body):
        need = bodies.needed_alone(programme.federation, matter.alone)
        _takes(programme, _votes(programme, body), alone, need)


def _kind_carries(programme: Programme, matter: Matter, kind: str) -> int:
    """Return a variable that is 1 only when some body of a kind carries the matter."""
    carried = _variable(programme, 1)
    ways: Sum = {carried: -cost.bodies_needed(matter)}
    for body in bodies.of_kind(programme.federation, kind):
        way = _variable(programme, 1)
        ways[way] = 1
        need = bodies.needed(programme.federation, matter, body)
        _takes(programme, _votes(programme, body), way, need)
    programme.rows.append((ways, 0))
    return carried


def _takes(programme: Programme, votes: Sum, won: int, need: int) -> None:
    programme.rows.append((votes | {won: -need}, 0))


def _votes(programme: Programme, body: Body) -> Sum:
    """Return the votes of a body that the coalition has, as a sum of variables."""
    if body in programme.votes:
        return programme.votes[body]
    federation = programme.federation
    kind = bodies.kind_of(federation, body)
    votes: Sum = {}
    match kind.form:
        case "all":
            votes = {programme.cells[cell]: 1 for cell in counted.inside(federation.cells, kind.each, body.group)}
        case "joint":
            for house in kind.houses:
                votes |= _votes(programme, Body(house, ""))
        case "elected":
            for constituency in bodies.constituencies(federation, body):
                votes |= _seats(programme, body, constituency)
    programme.votes[body] = votes
    return votes


def _seats(programme: Programme, body: Body, constituency: Constituency) -> Sum:
    """Return the seats won in a constituency: a step for each larger number of electors that wins more."""
    electors: Sum = {}
    for one in constituency.electing:
        electors |= _votes(programme, one)
    seats = constituency.seats
    needs = bodies.price(programme.federation, body, constituency)
    quota = needs[1] if seats else 0
    if needs == tuple(quota * j for j in range(seats + 1)):
        won = _variable(programme, seats)
        programme.rows.append((electors | {won: -quota}, 0))
        return {won: 1}
    won_at: dict[int, int] = {}
    for j in range(1, seats + 1):
        won_at[needs[j]] = j
    steps: Sum = {}
    costs: Sum = {}
    before, seats_before, need_before = -1, 0, 0
    for need, j in won_at.items():
        step = _variable(programme, 1)
        steps[step], costs[step] = j - seats_before, -(need - need_before)
        if before >= 0:
            programme.rows.append(({before: 1, step: -1}, 0))
        before, seats_before, need_before = step, j, need
    programme.rows.append((electors | costs, 0))
    return steps
