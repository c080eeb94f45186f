"""The cheapest people who win so many votes of one body, exactly, where every place counts for itself.

A way of deciding is unfolded into a tree: each time an assembly is met on the way down it is a place of its own, with
prices of its own. Where nobody is met twice, the price 1 for everybody gives the fewest people. Where somebody is, her
price is split among the places where she is met, and the sum is a lower bound (``lagrange.py``). Prices are whole
numbers; nothing is rounded.

Votes of a house are bought part by part. Where each further seat of a part costs at least as much as the one before,
the cheapest seats of all parts are taken; the parts where this is not so are merged in by a table (min-plus sum).

Notation: costs[k] is the least price of at least k votes; ``at`` are places of lots, each with a price and a size.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comitia.drill.circuit import Assembly, Circuit, Demand

Whole = NDArray[np.int64]

_NEVER = np.iinfo(np.int64).max // 4


@dataclass(frozen=True, slots=True)
class Market:
    """What each place of a lot costs a head, and how many heads there are."""

    prices: Whole
    sizes: Whole


@dataclass(frozen=True, slots=True)
class Pool:
    """Places whose people vote themselves."""

    at: Whole


@dataclass(frozen=True, slots=True)
class Seats:
    """A body of parts: each with those below who fill it, and how many of their votes are sure of each seat."""

    parts: tuple[tuple[tuple["Pool | Seats", ...], Whole | None], ...]


Node = Pool | Seats


@dataclass(frozen=True, slots=True)
class Unfolded:
    """A way as trees: for each demand how many of its bodies must have the votes they need; the lot of each place."""

    demands: tuple[tuple[int, tuple[tuple[Node, int], ...]], ...]
    lot: Whole


def unfold(circuit: Circuit, way: tuple[Demand, ...]) -> Unfolded:
    """Return a way with a place of its own for each time that a lot is met."""
    lots: list[int] = []

    def node(body: str) -> Node:
        found = circuit.bodies[body]
        if isinstance(found, Assembly):
            lots.extend(found.lots)
            return Pool(np.arange(len(lots) - len(found.lots), len(lots)))
        return Seats(
            tuple(
                (tuple(node(one) for one in part.by), None if part.takes is None else np.array([0, *part.takes]))
                for part in found.parts
            )
        )

    demands = tuple((demand.least, tuple((node(body), need) for body, need in demand.of)) for demand in way)
    return Unfolded(demands, np.array(lots, dtype=np.int64))


def cheapest(demand: tuple[int, tuple[tuple[Node, int], ...]], market: Market) -> Whole:
    """Return how many of each place to take, so that a demand is met at the least price."""
    least, of = demand
    tables = [(table(node, market, need), need) for node, need in of]
    tables.sort(key=lambda one: one[0].cost(one[1]))
    taken = np.zeros(len(market.prices), dtype=np.int64)
    for one, need in tables[:least]:
        one.take(need, taken)
    return taken


@dataclass(frozen=True, slots=True)
class Pooled:
    """A pool with its places by price: how many heads, and what they cost, up to each."""

    at: Whole
    heads: Whole
    paid: Whole
    prices: Whole

    def cost(self, votes: int) -> int:
        """Return the least price of so many votes."""
        return int(self.costs(np.array([votes]))[0])

    def costs(self, votes: Whole) -> Whole:
        """Return the least price of each number of votes, none beyond all heads."""
        place = np.searchsorted(self.heads, votes)
        found: Whole = self.paid[place] - (self.heads[place] - votes) * self.prices[place]
        return found

    def take(self, votes: int, taken: Whole) -> None:
        """Add the people of so many votes to ``taken``."""
        before = np.concatenate(([0], self.heads[:-1]))
        taken[self.at] += np.clip(votes - before, 0, self.heads - before)


@dataclass(frozen=True, slots=True)
class Seated:
    """A body with the least price of each number of votes, and by which parts they are won."""

    found: Whole
    convex: tuple[tuple["Table", Whole | None], ...]
    order: Whole
    others: tuple[tuple["Table", Whole | None, Whole], ...]

    def cost(self, votes: int) -> int:
        """Return the least price of so many votes."""
        return int(self.found[votes])

    def costs(self, votes: Whole) -> Whole:
        """Return the least price of each number of votes, none beyond those asked for when it was made."""
        return self.found[votes]

    def take(self, votes: int, taken: Whole) -> None:
        """Add the people of so many votes to ``taken``."""
        for source, takes, choice in reversed(self.others):
            seats = int(choice[votes])
            if seats:
                source.take(seats if takes is None else int(takes[seats]), taken)
            votes -= seats
        for part, seats in enumerate(np.bincount(self.order[:votes], minlength=len(self.convex))):
            if seats:
                source, takes = self.convex[part]
                source.take(int(seats) if takes is None else int(takes[seats]), taken)


Table = Pooled | Seated


def table(node: Node, market: Market, most: int) -> Table:
    """Return the least price of at least k votes of a body, for every k up to ``most``."""
    if isinstance(node, Pool):
        return _pooled(node.at, market)
    convex: list[tuple[Table, Whole | None]] = []
    rising: list[Whole] = [np.zeros(0, dtype=np.int64)]
    bent: list[tuple[Table, Whole | None, Whole]] = []
    for below, takes in node.parts:
        seats = most if takes is None else min(most, len(takes) - 1)
        source = _source(below, market, seats if takes is None else int(takes[seats]))
        if takes is None:
            seats = min(seats, _all_votes(source))
        part = source.costs(np.arange(seats + 1) if takes is None else takes[: seats + 1])
        steps = np.diff(part)
        if np.all(steps[1:] >= steps[:-1]):
            convex.append((source, takes))
            rising.append(steps)
        else:
            bent.append((source, takes, part))
    whose = np.repeat(np.arange(len(convex)), [len(steps) for steps in rising[1:]])
    steps = np.concatenate(rising)
    order = np.argsort(steps, kind="stable")[:most]
    found = np.concatenate(([0], np.cumsum(steps[order])))
    others = []
    for source, takes, part in bent:
        found, choice = _merged(found, part, most)
        others.append((source, takes, choice))
    return Seated(found, tuple(convex), whose[order], tuple(others))


def _all_votes(source: Table) -> int:
    return int(source.heads[-1]) if isinstance(source, Pooled) else len(source.found) - 1


def _pooled(at: Whole, market: Market) -> Pooled:
    at = at[np.argsort(market.prices[at], kind="stable")]
    prices, sizes = market.prices[at], market.sizes[at]
    return Pooled(at, np.cumsum(sizes), np.cumsum(prices * sizes), prices)


def _source(below: tuple[Node, ...], market: Market, most: int) -> Table:
    """Return the table of all who fill a part together."""
    if len(below) == 1:
        return table(below[0], market, most)
    pools = [one for one in below if isinstance(one, Pool)]
    if len(pools) == len(below):
        return _pooled(np.concatenate([one.at for one in pools]), market)
    return table(Seats(tuple(((one,), None) for one in below)), market, most)


def _merged(total: Whole, part: Whole, most: int) -> tuple[Whole, Whole]:
    """Return two tables added up, each k shared at the least price, and what of k falls to the second."""
    length = min(most + 1, len(total) + len(part) - 1)
    best = np.full(length, _NEVER, dtype=np.int64)
    choice = np.zeros(length, dtype=np.int64)
    for votes, price in enumerate(part[:length]):
        here = total[: length - votes] + price
        window = slice(votes, votes + len(here))
        better = here < best[window]
        best[window] = np.where(better, here, best[window])
        choice[window] = np.where(better, votes, choice[window])
    return best, choice


def nodes(unfolded: Unfolded) -> Iterator[Node]:
    """Yield the bodies that may carry a way."""
    for _, of in unfolded.demands:
        yield from (node for node, _ in of)
