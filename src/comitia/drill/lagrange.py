"""A certified interval for the fewest people who decide a matter, where people count in several places.

Whoever is met in several places of a way has her price, 1 in all, split among them (Lagrangian decomposition, Guignard
and Kim 1987). Each demand is then a tree, solved exactly; the sum of their prices is a lower bound whatever the split,
and a subgradient method looks for a good one. Each round also makes a coalition: the people of one demand are free for
the next, in turn, until nothing is gained. Prices are whole numbers out of ``WHOLE``, so that the bound is exact.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comitia.drill import tree
from comitia.drill.circuit import Circuit, Demand
from comitia.drill.tree import Market, Unfolded, Whole

WHOLE = 1_000_000
"""A whole price."""


@dataclass(frozen=True, slots=True)
class Bounded:
    """Of one way: people by lot, their number, the bound, and the split of prices that proves it."""

    coalition: Whole
    people: int
    bound: int
    prices: Whole


def bounded(circuit: Circuit, way: tuple[Demand, ...], *, rounds: int) -> Bounded:
    """Return a coalition and a lower bound for one way of deciding."""
    unfolded = tree.unfold(circuit, way)
    sizes = np.array(circuit.sizes, dtype=np.int64)
    met = np.bincount(unfolded.lot, minlength=len(sizes))
    split = 1.0 / met[unfolded.lot]
    best_prices, best_bound = _whole(split), -1
    coalition, people = np.zeros(len(sizes), dtype=np.int64), int(sizes.sum()) + 1
    stride, since = 1.0, 0
    for round_ in range(rounds):
        prices = _whole(split)
        taken = _each_demand(unfolded, Market(prices, sizes[unfolded.lot]))
        total = sum(int(one @ prices) for one in taken)
        since = 0 if total > best_bound else since + 1
        if total > best_bound:
            best_bound, best_prices = total, prices
        if round_ % 5 == 0 or round_ < 3:
            found = _completed(unfolded, sizes, taken, first=round_ % len(unfolded.demands))
            if found.sum() < people:
                coalition, people = found, int(found.sum())
        if -(-best_bound // WHOLE) >= people:
            break
        stride, since = (stride / 2, 0) if since > 8 else (stride, since)
        split = _moved(split, np.sum(taken, axis=0), unfolded, met, gap=people - total / WHOLE, stride=stride)
        if stride < 1e-3:
            break
    return Bounded(coalition, people, min(people, -(-best_bound // WHOLE)), best_prices)


def _each_demand(unfolded: Unfolded, market: Market) -> list[Whole]:
    return [tree.cheapest(demand, market) for demand in unfolded.demands]


def _whole(split: NDArray[np.float64]) -> Whole:
    """Return prices in whole numbers, rounded down, so that nobody's add up to more than a whole one."""
    return np.floor(split * WHOLE + 1e-6).astype(np.int64)


def _moved(
    split: NDArray[np.float64], taken: Whole, unfolded: Unfolded, met: Whole, *, gap: float, stride: float
) -> NDArray[np.float64]:
    """Return the split moved towards the places where people are taken: dearer there, cheaper where they are not."""
    lot = unfolded.lot
    mean = np.bincount(lot, weights=taken.astype(float), minlength=len(met)) / np.maximum(met, 1)
    gradient = taken - mean[lot]
    norm = float(gradient @ gradient)
    if norm == 0:
        return split
    moved = np.maximum(0.0, split + stride * gap / norm * gradient)
    total = np.bincount(lot, weights=moved, minlength=len(met))
    shares: NDArray[np.float64] = moved / np.where(total > 0, total, 1.0)[lot]
    return shares


def _completed(unfolded: Unfolded, sizes: Whole, taken: list[Whole], *, first: int) -> Whole:
    """Return people by lot who meet every demand: one demand's are free for the others, in turn."""
    lots = len(sizes)
    own = [np.zeros(lots, dtype=np.int64) for _ in unfolded.demands]
    for at, one in enumerate(taken):
        np.maximum.at(own[at], unfolded.lot, one)
    order = [(first + at) % len(own) for at in range(len(own))]
    done = {order[0]}
    best: Whole = np.maximum.reduce(own)
    for at in [*order[1:], *order, *order]:
        free = np.maximum.reduce([own[other] for other in done if other != at] or [np.zeros(lots, dtype=np.int64)])
        own[at] = _at_extra(unfolded, at, sizes, free)
        done.add(at)
        if len(done) == len(own):
            together: Whole = np.maximum.reduce(own)
            best = together if together.sum() < best.sum() else best
    return best


def _at_extra(unfolded: Unfolded, demand: int, sizes: Whole, free: Whole) -> Whole:
    """Return people by lot who meet a demand when those of ``free`` cost nothing: each place twice, free and not."""
    places = len(unfolded.lot)
    market = Market(
        np.repeat(np.array([0, 1]), places),
        np.concatenate([free[unfolded.lot], (sizes - free)[unfolded.lot]]),
    )
    least, of = unfolded.demands[demand]
    doubled = (least, tuple((_doubled(node, places), need) for node, need in of))
    taken = tree.cheapest(doubled, market)
    found = np.zeros(len(sizes), dtype=np.int64)
    np.maximum.at(found, unfolded.lot, taken[:places] + taken[places:])
    return found


def _doubled(node: tree.Node, places: int) -> tree.Node:
    if isinstance(node, tree.Pool):
        return tree.Pool(np.concatenate([node.at, node.at + places]))
    return tree.Seats(tuple((tuple(_doubled(one, places) for one in below), takes) for below, takes in node.parts))
