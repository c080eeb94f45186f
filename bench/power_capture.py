"""How long the drill takes: a tree of a million members, two houses of 100 and of 2,000 workplaces.

Members stand in workplaces and trades, half of each workplace in its main trade; single delegates fill both houses. The
peer is HiGHS on the same matter, given the same seconds; both ends of each interval are printed.

    .venv/bin/python bench/power_capture.py [--seconds 60]
"""

import argparse
import dataclasses
import random
import time
from importlib.resources import files

from comitia.charter import parse
from comitia.charter.structure import Charter, Seats
from comitia.drill import capture, cells, certificate, circuit, lagrange, overlap
from comitia.drill.bodies import Federation
from comitia.drill.cells import Cells


def charter() -> Charter:
    """Return the shipped charter with one delegate for each workplace and trade."""
    text = (files("comitia.charter") / "shipped" / "co-op-federation.toml").read_text(encoding="utf-8")
    shipped = parse.parse(text, file="co-op-federation")
    kinds = dict(shipped.kinds)
    for house in shipped.houses:
        kinds[house] = dataclasses.replace(kinds[house], seats=Seats(fixed=1, per_members=None))
    matters = {name: dataclasses.replace(matter, exits=()) for name, matter in shipped.matters.items()}
    return dataclasses.replace(shipped, kinds=kinds, matters=matters)


def members(workplaces: int, trades: int, *, least: int, most: int) -> Cells:
    """Return invented members, the same each time."""
    chance = random.Random(1921)
    sizes: dict[tuple[str, ...], int] = {}
    for workplace in range(workplaces):
        main = chance.randrange(trades)
        for _ in range(chance.randint(least, most)):
            trade = main if chance.random() < 0.5 else min(trades - 1, int(chance.expovariate(8 / trades)))
            cell = (f"w{workplace}", f"t{trade}", "l0")
            sizes[cell] = sizes.get(cell, 0) + 1
    return Cells(("workplace", "trade", "locality"), sizes)


def main() -> None:
    """Print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60)
    seconds = parser.parse_args().seconds
    rules = charter()
    tree = Cells(("workplace", "trade", "locality"), {(f"w{n}", "t0", "l0"): 50 + n % 301 for n in range(5000)})
    begun = time.process_time()
    found = capture.capture(rules, rules.matters["resolution-committees-house"], tree, seconds=seconds)
    took = time.process_time() - begun
    print(f"tree: {found.people} of {found.members} members, bound {found.bound}: {took:.2f} s")
    for workplaces, trades, most in [(100, 20, 200), (2000, 100, 300)]:
        people = members(workplaces, trades, least=20, most=most)
        matter = rules.matters["plan"]
        federation = Federation(rules, cells.project(people, frozenset({"workplace", "trade"})))
        of = circuit.of(federation, matter)
        begun = time.process_time()
        priced = [lagrange.bounded(of, way, rounds=capture.ROUNDS) for way in of.ways]
        took = time.process_time() - begun
        best = min(priced, key=lambda one: one.people)
        proof = certificate.certificate(of, [int(n) for n in best.coalition], priced)
        begun = time.process_time()
        high, low = certificate.check(proof)
        checked = time.process_time() - begun
        print(f"{workplaces} workplaces, {trades} trades, {people.members} members, {len(of.lots)} lots:")
        print(f"    prices: {low}..{high} ({100 * (1 - low / high):.1f} %) in {took:.1f} s, checked in {checked:.1f} s")
        begun = time.process_time()
        try:
            answer = overlap.decide(federation, matter, seconds=seconds)
            by_solver = f"{answer.bound}..{sum(answer.coalition.values())}"
        except overlap.Unsolved:
            by_solver = "nothing"
        spent = time.process_time() - begun
        print(f"    HiGHS, at most {seconds:g} s: {by_solver} in {spent:.1f} s; prices took {took / spent:.2f} of it")


if __name__ == "__main__":
    main()
