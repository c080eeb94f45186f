"""Quotas for groups of candidates: who must be guarded or is doomed, and why, so that the elected keep within them.

Sources: I. D. Hill, "STV with constraints", Voting Matters 9 (1998), who names Grey and Fitzgerald's rules 1 and 2; for
several dimensions at once J. Otten, "STV with multiple constraints", Voting Matters 13 (2001). In our words:

1  A dimension (gender, trade, section) parts the candidates into groups; whoever it does not name is outside its
   groups. Each group has a least and a most number of elected.
2  A composition says how many are elected of each kind, a kind being all who agree in every dimension. It is feasible
   if it keeps every least and most, fills the places, has of each kind those already elected, and no more than those
   elected and continuing.
3  If no composition is feasible before the count, there is no count.
4  A continuing candidate is doomed if no feasible composition elects one more of her kind, and is excluded at once; she
   is guarded if every feasible composition elects all who continue of her kind, and is not excluded.
5  When several reach the quota together they are elected in the order of their votes, and after each the others are
   looked at again: whoever is doomed by then is not elected.

Hill lists the compositions, which grow beyond reach (Otten); here each question is answered by a flow through the
groups where there are one or two dimensions, and by an exhaustive search with bounds where there are more.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

Kind = tuple[int, ...]
# For each kind, the least and the most that may be elected of it.
Bounds = dict[Kind, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Group:
    """Candidates of one group by position, and how many of them are elected at least and at most."""

    name: str
    members: frozenset[int]
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Dimension:
    """Groups of which a candidate belongs to one at most."""

    name: str
    groups: tuple[Group, ...]


Constraints = tuple[Dimension, ...]


class ConstraintsWrong(Exception):
    """Constraints that mean nothing: ``reason`` in words."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the quotas for groups do not hold: {reason}")
        self.reason = reason


class Infeasible(Exception):
    """No composition of the elected keeps the quotas: ``places`` to fill, ``reason`` in words."""

    def __init__(self, places: int, reason: str) -> None:
        super().__init__(
            f"no {places} of the candidates keep the quotas for groups: {reason}; change the quotas, or call for more "
            "candidates, before the count"
        )
        self.places = places
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Marks:
    """Who is guarded and who is doomed, each with the reason."""

    guarded: Mapping[int, str]
    doomed: Mapping[int, str]


FREE = Marks({}, {})


def check(constraints: Constraints, standing: Collection[int], *, seats: int, names: Sequence[str]) -> None:
    """Refuse constraints that mean nothing, or that no composition of those who stand can keep.

    Raises:
        ConstraintsWrong: a candidate in two groups of a dimension or who is none, or a least above the most or below 0.
        Infeasible: no feasible composition (3).
    """
    for dimension in constraints:
        seen: set[int] = set()
        for group in dimension.groups:
            if not 0 <= group.least <= group.most:
                raise ConstraintsWrong(f"{group.name}: at least {group.least} and at most {group.most}")
            stranger = next((c for c in sorted(group.members) if not 0 <= c < len(names)), None)
            if stranger is not None:
                raise ConstraintsWrong(f"{group.name} names candidate {stranger + 1} of {len(names)}")
            twice = seen & group.members
            if twice:
                raise ConstraintsWrong(f"{names[min(twice)]} is in two groups of {dimension.name}")
            seen |= group.members
    places = min(seats, len(standing))
    if not feasible(constraints, _bounds(constraints, (), standing), places):
        raise Infeasible(places, _why_infeasible(constraints, standing, places))


def _why_infeasible(constraints: Constraints, standing: Collection[int], places: int) -> str:
    for dimension in constraints:
        for group in dimension.groups:
            stand = len(group.members.intersection(standing))
            if stand < group.least:
                return f"{group.name} need {group.least} and only {stand} stand"
        least = sum(group.least for group in dimension.groups)
        if least > places:
            return f"the groups of {dimension.name} need {least} together for {places} places"
        outside = len(set(standing).difference(*(group.members for group in dimension.groups)))
        most = sum(min(group.most, len(group.members.intersection(standing))) for group in dimension.groups)
        if most + outside < places:
            return f"{dimension.name} allows {most + outside} together for {places} places"
    return "each dimension could be kept alone, not all of them together"


def kind(constraints: Constraints, candidate: int) -> Kind:
    """Return the groups of a candidate, one number for each dimension, -1 where it does not name her."""
    return tuple(
        next((n for n, group in enumerate(dimension.groups) if candidate in group.members), -1)
        for dimension in constraints
    )


def _bounds(constraints: Constraints, elected: Collection[int], continuing: Collection[int]) -> Bounds:
    # 2: of each kind those already elected, and no more than those elected and continuing.
    found: Bounds = {}
    for c in elected:
        least, most = found.get(kind(constraints, c), (0, 0))
        found[kind(constraints, c)] = (least + 1, most + 1)
    for c in continuing:
        least, most = found.get(kind(constraints, c), (0, 0))
        found[kind(constraints, c)] = (least, most + 1)
    return found


def feasible(constraints: Constraints, bounds: Bounds, places: int) -> bool:
    """Return whether a composition within the bounds of the kinds keeps every quota and fills the places (2)."""
    if len(constraints) <= 2:
        return _flows(constraints, bounds, places)
    return next(compositions(constraints, bounds, places), None) is not None


def compositions(constraints: Constraints, bounds: Bounds, places: int) -> Iterator[dict[Kind, int]]:
    """Yield every feasible composition, by an exhaustive search that leaves a branch when a bound is broken."""
    kinds = sorted(bounds)
    chosen: list[int] = []

    def within(left: int) -> bool:
        """Whether each quota can still be kept, looked at alone, with what may come of the kinds not yet chosen."""
        rest = kinds[len(chosen) :]
        if not sum(bounds[k][0] for k in rest) <= left <= sum(bounds[k][1] for k in rest):
            return False
        for at, dimension in enumerate(constraints):
            for n, group in enumerate(dimension.groups):
                have = sum(number for k, number in zip(kinds, chosen, strict=False) if k[at] == n)
                least = have + sum(bounds[k][0] for k in rest if k[at] == n)
                most = have + min(left, sum(bounds[k][1] for k in rest if k[at] == n))
                if least > group.most or most < group.least:
                    return False
        return True

    def search(left: int) -> Iterator[dict[Kind, int]]:
        if not within(left):
            return
        if len(chosen) == len(kinds):
            yield dict(zip(kinds, chosen, strict=True))
            return
        least, most = bounds[kinds[len(chosen)]]
        for number in range(least, min(most, left) + 1):
            chosen.append(number)
            yield from search(left - number)
            chosen.pop()

    return search(places)


def _flows(constraints: Constraints, bounds: Bounds, places: int) -> bool:
    """Whether places flow from the groups of the first dimension through the kinds into those of the second.

    Each arc has a least and a most, not below the least. A flow that keeps them exists where, after every arc has got
    its least, a largest flow makes up what that leaves over or short at the nodes.
    """
    arcs: list[tuple[object, object, int, int]] = [("sink", "source", places, places)]
    for at, (from_source, names) in enumerate(((True, "row"), (False, "column"))):
        groups = constraints[at].groups if at < len(constraints) else ()
        for n in {k[at] if at < len(k) else -1 for k in bounds} | set(range(len(groups))):
            least, most = (groups[n].least, groups[n].most) if n >= 0 else (0, places)
            arcs.append(("source", (names, n), least, most) if from_source else ((names, n), "sink", least, most))
    for k, (least, most) in bounds.items():
        row, column = (*k, -1, -1)[:2]
        arcs.append((("row", row), ("column", column), least, most))
    room: dict[tuple[object, object], int] = {}
    over: dict[object, int] = {}
    for start, end, least, most in arcs:
        room[start, end] = room.get((start, end), 0) + most - least
        over[end] = over.get(end, 0) + least
        over[start] = over.get(start, 0) - least
    for node, amount in over.items():
        if amount > 0:
            room["from", node] = amount
        elif amount < 0:
            room[node, "to"] = -amount
    wanted = sum(amount for amount in over.values() if amount > 0)
    return _largest_flow(room, "from", "to") == wanted


def _largest_flow(room: dict[tuple[object, object], int], start: object, end: object) -> int:
    """Return the largest flow through arcs with so much room each, by shortest augmenting paths (Edmonds and Karp)."""
    beside: dict[object, list[object]] = {}
    for a, b in list(room):
        room.setdefault((b, a), 0)
        beside.setdefault(a, []).append(b)
        beside.setdefault(b, []).append(a)
    total = 0
    while True:
        came: dict[object, object] = {start: start}
        waiting = [start]
        for node in waiting:
            for onward in beside.get(node, ()):
                if onward not in came and room[node, onward] > 0:
                    came[onward] = node
                    waiting.append(onward)
        if end not in came:
            return total
        path = [end]
        while path[-1] != start:
            path.append(came[path[-1]])
        steps = list(zip(path[1:], path[:-1], strict=True))
        amount = min(room[step] for step in steps)
        for a, b in steps:
            room[a, b] -= amount
            room[b, a] += amount
        total += amount


def marks(constraints: Constraints, elected: Collection[int], continuing: Collection[int], *, places: int) -> Marks:
    """Return who of the continuing is guarded and who is doomed (4), each with the reason.

    Args:
        places: to fill in the whole count.
    """
    if not constraints or len(elected) >= places:
        return FREE
    bounds = _bounds(constraints, elected, continuing)
    guarded: dict[int, str] = {}
    doomed: dict[int, str] = {}
    for k in sorted({kind(constraints, c) for c in continuing}):
        least, most = bounds[k]
        alike = sorted(c for c in continuing if kind(constraints, c) == k)
        if not feasible(constraints, {**bounds, k: (least + 1, most)}, places):
            doomed |= dict.fromkeys(alike, _why_doomed(constraints, k, elected))
        elif not feasible(constraints, {**bounds, k: (least, most - 1)}, places):
            guarded |= dict.fromkeys(alike, _why_guarded(constraints, k, elected, continuing))
    return Marks(guarded, doomed)


def _groups(constraints: Constraints, k: Kind) -> list[Group]:
    return [dimension.groups[n] for dimension, n in zip(constraints, k, strict=True) if n >= 0]


def _said(constraints: Constraints, k: Kind) -> str:
    return " and ".join(group.name for group in _groups(constraints, k)) or "those outside the groups"


def _why_doomed(constraints: Constraints, k: Kind, elected: Collection[int]) -> str:
    for group in _groups(constraints, k):
        have = len(group.members.intersection(elected))
        if have >= group.most:
            return f"{group.name} have {have}, the most they may have"
    return f"the places left are needed for others, so that no more of {_said(constraints, k)} can be elected"


def _why_guarded(constraints: Constraints, k: Kind, elected: Collection[int], continuing: Collection[int]) -> str:
    for group in _groups(constraints, k):
        needed = group.least - len(group.members.intersection(elected))
        remain = len(group.members.intersection(continuing))
        if remain <= needed:
            return f"{remain} of {group.name} remain and {needed} are needed"
    return f"the places left can be filled only with all who remain of {_said(constraints, k)}"


def electable(
    constraints: Constraints,
    elected: Sequence[int],
    continuing: Collection[int],
    *,
    reached: Sequence[Sequence[int]],
    first: Callable[[Sequence[int]], int],
    places: int,
) -> tuple[int, ...]:
    """Return who of those who reached the quota together is elected, in order (5).

    Args:
        elected: before them.
        continuing: with those who reached the quota among them.
        reached: those with the most votes first, those with equal votes together.
        first: breaks a tie of whom to elect first, asked only where not all of the tied can be elected.
    """
    taken: list[int] = []

    def doomed(beside: Sequence[int]) -> set[int]:
        now = [*elected, *taken, *beside]
        return set(marks(constraints, now, set(continuing).difference(now), places=places).doomed)

    for group in reached:
        waiting = list(group)
        while waiting:
            out = doomed(())
            waiting = [c for c in waiting if c not in out]
            if any(c in doomed(waiting[:n]) for n, c in enumerate(waiting)):
                chosen = first(waiting)
                taken.append(chosen)
                waiting.remove(chosen)
            else:
                taken += waiting
                waiting = []
    return tuple(taken)
