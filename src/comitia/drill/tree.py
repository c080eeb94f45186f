"""The cheapest people who win so many votes of one body, exactly, where nobody is counted in two places.

Where every assembly below a body stands on the same roll and is met once, the price of winning k votes adds up from
the constituencies: a table by k, merged constituency by constituency (min-plus sum). No solver, no rounding: prices are
whole numbers, 1 for everybody when people are counted.

Notation: table[k] is the least price of people who win at least k votes of a body.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from comitia.charter.structure import CountingRule
from comitia.drill import bodies, cells as counted, cost
from comitia.drill.bodies import Body, Constituency, Federation
from comitia.drill.cells import Cell

Table = NDArray[np.int64]
Prices = Mapping[Cell, int]


@dataclass(frozen=True, slots=True)
class Ballot:
    """A constituency with the rule by which it fills its seats."""

    rule: CountingRule
    constituency: Constituency


@dataclass(frozen=True, slots=True)
class Merged:
    """Several tables added up.

    Attributes:
        table: (k + 1,), the price of at least k from all parts together.
        choices: for each part but the first, (k + 1,): what of k falls to it; the rest falls to the parts before.
    """

    table: Table
    choices: tuple[NDArray[np.int64], ...]


def is_tree(federation: Federation, body: Body) -> bool:
    """Return whether no person can be counted in two places below a body."""
    leaves = tuple(_leaves(federation, body))
    rolls = {bodies.kind_of(federation, leaf).each for leaf in leaves}
    distinct = len(set(leaves)) == len(leaves) and len(rolls) == 1
    # Groups of a gathering roll may share members; those of a roll that members join never do.
    return distinct and (len(leaves) == 1 or rolls <= set(federation.cells.rolls))


def _leaves(federation: Federation, body: Body) -> Iterator[Body]:
    kind = bodies.kind_of(federation, body)
    if kind.form == "all":
        yield body
    elif kind.form == "joint":
        yield from chain.from_iterable(_leaves(federation, Body(house, "")) for house in kind.houses)
    else:
        for constituency in bodies.constituencies(federation, body):
            yield from chain.from_iterable(_leaves(federation, one) for one in constituency.electing)


def ones(federation: Federation) -> Prices:
    """Return the price 1 for everybody: people are counted."""
    return dict.fromkeys(federation.cells.sizes, 1)


def table(federation: Federation, body: Body, prices: Prices) -> Table:
    """Return the least price of at least k votes of a body, for every k from 0 to all of them."""
    kind = bodies.kind_of(federation, body)
    if kind.form == "all":
        inside = counted.inside(federation.cells, kind.each, body.group)
        each = [prices[cell] for cell in inside]
        people = np.sort(np.repeat(each, [federation.cells.sizes[cell] for cell in inside]))
        return np.concatenate(([0], np.cumsum(people))).astype(np.int64)
    return merge([_part_table(federation, part, prices) for part in _parts(federation, body)]).table


def _parts(federation: Federation, body: Body) -> list[Body | Ballot]:
    kind = bodies.kind_of(federation, body)
    if kind.form == "joint":
        return [Body(house, "") for house in kind.houses]
    assert kind.rule is not None
    return [Ballot(kind.rule, one) for one in bodies.constituencies(federation, body)]


def _part_table(federation: Federation, part: Body | Ballot, prices: Prices) -> Table:
    if isinstance(part, Body):
        return table(federation, part, prices)
    electors = merge([table(federation, one, prices) for one in part.constituency.electing]).table
    return electors[[_electors(part, seats) for seats in range(part.constituency.seats + 1)]]


def _electors(part: Ballot, seats: int) -> int:
    one = part.constituency
    return cost.seat_cost(part.rule, electors=one.electors, seats=one.seats, sure_of=seats)


def merge(tables: list[Table]) -> Merged:
    """Return the tables added up, each k shared among the parts at the least price."""
    if not tables:
        return Merged(np.zeros(1, dtype=np.int64), ())
    total, choices = tables[0], []
    for part in tables[1:]:
        length = len(total) + len(part) - 1
        best = np.full(length, np.iinfo(np.int64).max // 2, dtype=np.int64)
        choice = np.zeros(length, dtype=np.int64)
        for votes, price in enumerate(part):
            window = slice(votes, votes + len(total))
            better = total + price < best[window]
            best[window] = np.where(better, total + price, best[window])
            choice[window] = np.where(better, votes, choice[window])
        total = best
        choices.append(choice)
    return Merged(total, tuple(choices))


def shares(merged: Merged, votes: int) -> list[int]:
    """Return what each part bears of so many votes, in the order of the parts."""
    found: list[int] = []
    for choice in reversed(merged.choices):
        found.append(int(choice[votes]))
        votes -= found[-1]
    return [votes, *reversed(found)]


def fewest(federation: Federation, body: Body, votes: int) -> dict[Body, int]:
    """Return the fewest people, by assembly, who win so many votes of a body, at most all that it has."""
    if votes == 0:
        return {}
    if bodies.kind_of(federation, body).form == "all":
        return {body: votes}
    prices = ones(federation)
    parts = _parts(federation, body)
    merged = merge([_part_table(federation, part, prices) for part in parts])
    taken: dict[Body, int] = {}
    for part, share in zip(parts, shares(merged, votes), strict=True):
        if isinstance(part, Body):
            taken |= fewest(federation, part, share)
            continue
        electing = part.constituency.electing
        electors = merge([table(federation, one, prices) for one in electing])
        for one, people in zip(electing, shares(electors, _electors(part, share)), strict=True):
            taken |= fewest(federation, one, people)
    return taken
