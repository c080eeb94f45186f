"""Every solver against trying all coalitions, on matters at random; certificates that prove nothing are refused."""

import copy
import itertools
import random

import numpy as np
import pytest

from comitia.drill import certificate, circuit, lagrange
from comitia.drill.certificate import NotProven
from comitia.drill.circuit import Assembly, Circuit, Demand, House, Part


def at_random(chance: random.Random, *, overlapping: bool) -> Circuit:
    """Return a small matter: lots in assemblies by one roll or two, houses and a congress above, one or two ways."""
    lots = [(w, t) for w in range(chance.randint(1, 3)) for t in range(chance.randint(1, 2))]
    sizes = [chance.randint(0, 3) for _ in lots]
    bodies: dict[str, Assembly | House] = {}
    rolls = (0, 1) if overlapping else (0,)
    for roll in rolls:
        for group in sorted({lot[roll] for lot in lots}):
            bodies[f"{roll}/{group}"] = Assembly(tuple(at for at, lot in enumerate(lots) if lot[roll] == group))
        parts = []
        for name, assembly in list(bodies.items()):
            if name.startswith(f"{roll}/") and isinstance(assembly, Assembly):
                people = sum(sizes[at] for at in assembly.lots)
                seats = chance.randint(1, 3)
                if people:
                    parts.append(Part((name,), tuple(sorted(chance.randint(1, people) for _ in range(seats)))))
        bodies[f"house-{roll}"] = House(tuple(parts))
    houses = [f"house-{roll}" for roll in rolls]
    seats = {h: sum(len(p.takes or ()) for p in body.parts) for h in houses if isinstance(body := bodies[h], House)}
    jointly = tuple(Demand(1, ((h, chance.randint(0, seats[h])),)) for h in houses)
    ways = [jointly]
    if overlapping and chance.random() < 0.5:
        bodies["congress"] = House(tuple(Part((h,), None) for h in houses))
        ways.append((jointly[0], Demand(1, (("congress", chance.randint(0, sum(seats.values()))),))))
    return Circuit(tuple((str(w), str(t)) for w, t in lots), tuple(sizes), bodies, tuple(ways))


def fewest(found: Circuit) -> int:
    """Return the fewest people who decide, by trying all coalitions, smallest first."""

    def votes(body: str, coalition: tuple[int, ...]) -> int:
        of = found.bodies[body]
        if isinstance(of, Assembly):
            return sum(coalition[lot] for lot in of.lots)
        have = [(sum(votes(one, coalition) for one in part.by), part.takes) for part in of.parts]
        return sum(n if takes is None else sum(t <= n for t in takes) for n, takes in have)

    def decides(coalition: tuple[int, ...]) -> bool:
        return any(
            all(sum(votes(b, coalition) >= need for b, need in demand.of) >= demand.least for demand in way)
            for way in found.ways
        )

    every = itertools.product(*(range(size + 1) for size in found.sizes))
    return min(sum(coalition) for coalition in every if decides(coalition))


def compare(seed: int, *, overlapping: bool) -> tuple[int, int, int]:
    """Return the fewest by trying all, and what a checked certificate proves: people and bound."""
    found = at_random(random.Random(seed), overlapping=overlapping)
    bounded = [lagrange.bounded(found, way, rounds=30) for way in found.ways]
    best = min(bounded, key=lambda one: one.people)
    people, bound = certificate.check(certificate.certificate(found, [int(n) for n in best.coalition], bounded))
    assert (people, bound) == (best.people, min(one.bound for one in bounded))
    return fewest(found), people, bound


@pytest.mark.parametrize("seeds", [range(150), pytest.param(range(150, 5000), marks=pytest.mark.slow)])
def test_on_trees_prices_find_what_trying_all_finds(seeds: range) -> None:
    for seed in seeds:
        smallest, people, bound = compare(seed, overlapping=False)

        assert smallest == people == bound, seed


@pytest.mark.parametrize("seeds", [range(100), pytest.param(range(100, 3000), marks=pytest.mark.slow)])
def test_with_overlaps_the_smallest_number_lies_in_the_interval(seeds: range) -> None:
    exact = 0
    for seed in seeds:
        smallest, people, bound = compare(seed, overlapping=True)
        exact += people == smallest

        assert bound <= smallest <= people, seed
    assert exact > 0.9 * len(seeds)


def two_houses() -> dict[str, object]:
    found = at_random(random.Random(12), overlapping=True)
    bounded = [lagrange.bounded(found, way, rounds=30) for way in found.ways]
    best = min(bounded, key=lambda one: one.people)
    return certificate.certificate(found, [int(n) for n in best.coalition], bounded)


def test_a_certificate_that_was_touched_proves_nothing() -> None:
    proof = two_houses()
    people, _ = certificate.check(proof)
    assert people > 0
    for lot, number in enumerate(proof["coalition"]):  # type: ignore[var-annotated,arg-type]
        if number:
            touched = copy.deepcopy(proof)
            touched["coalition"][lot] = -1  # type: ignore[index]
            with pytest.raises(NotProven):
                certificate.check(touched)
    nobody = copy.deepcopy(proof)
    nobody["coalition"] = [0] * len(nobody["coalition"])  # type: ignore[arg-type]
    with pytest.raises(NotProven):
        certificate.check(nobody)
    dearer = copy.deepcopy(proof)
    dearer["prices"] = [[2 * price + 1 for price in prices] for prices in dearer["prices"]]  # type: ignore[attr-defined]
    with pytest.raises(NotProven):
        certificate.check(dearer)


def test_a_tree_counts_nobody_twice() -> None:
    bodies: dict[str, Assembly | House] = {"a": Assembly((0,)), "b": Assembly((1,)), "c": Assembly((0, 1))}
    found = Circuit((("x",), ("y",)), (2, 3), bodies, ())

    assert circuit.is_tree(found, (Demand(1, (("a", 1), ("b", 2))),))
    assert not circuit.is_tree(found, (Demand(1, (("a", 1),)), Demand(1, (("c", 1),))))
    merged = lagrange.bounded(found, (Demand(2, (("a", 1), ("b", 2))),), rounds=1)
    assert (merged.people, merged.bound, list(merged.coalition)) == (3, 3, [1, 2])
    assert np.all(merged.prices == lagrange.WHOLE)
