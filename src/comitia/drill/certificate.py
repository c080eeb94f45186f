"""A proof of a capture number that needs no solver: the circuit, a coalition, and prices that bound it from below.

``check`` below reads nothing but the certificate, calls nothing of the drill, and uses no package: it is meant to be
read, and to be written again by whoever does not trust it. That the circuit is the charter's is checked by making it
again from the charter and the members: ``circuit.of``.
"""

from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from comitia.drill.circuit import Assembly, Circuit, House
from comitia.drill.lagrange import WHOLE, Bounded


class NotProven(Exception):
    """A certificate does not prove what it says."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"the certificate proves nothing: {reason}")


def certificate(circuit: Circuit, coalition: list[int], bounded: list[Bounded]) -> dict[str, Any]:
    """Return the certificate as JSON: people by lot, and for each way the price of each place, out of ``whole``."""
    return {
        "lots": [list(lot) for lot in circuit.lots],
        "sizes": list(circuit.sizes),
        "bodies": {name: _body(body) for name, body in circuit.bodies.items()},
        "ways": [[{"least": d.least, "of": [list(one) for one in d.of]} for d in way] for way in circuit.ways],
        "coalition": coalition,
        "whole": WHOLE,
        "prices": [[int(price) for price in one.prices] for one in bounded],
    }


def _body(body: Assembly | House) -> dict[str, Any]:
    if isinstance(body, Assembly):
        return {"lots": list(body.lots)}
    return {"parts": [{"by": list(p.by), "takes": None if p.takes is None else list(p.takes)} for p in body.parts]}


def check(proof: dict[str, Any]) -> tuple[int, int]:
    """Return the people of the coalition, which decides, and the number below which none does.

    Raises:
        NotProven: the coalition does not decide, or somebody's prices add up to more than a whole one.
    """
    sizes, coalition, known = proof["sizes"], proof["coalition"], proof["bodies"]
    if len(sizes) != len(coalition) or not all(0 <= a <= n for a, n in zip(coalition, sizes, strict=True)):
        raise NotProven("it counts more people than there are")

    def votes(body: str) -> int:
        if "lots" in known[body]:
            return sum(coalition[lot] for lot in known[body]["lots"])
        have = [(sum(map(votes, part["by"])), part["takes"]) for part in known[body]["parts"]]
        return sum(n if takes is None else sum(t <= n for t in takes) for n, takes in have)

    if not any(all(sum(votes(b) >= n for b, n in d["of"]) >= d["least"] for d in way) for way in proof["ways"]):
        raise NotProven("the coalition decides in none of the ways")
    bounds = [_bound(proof, way, iter(prices)) for way, prices in zip(proof["ways"], proof["prices"], strict=True)]
    return sum(coalition), min(bounds)


def _bound(proof: dict[str, Any], way: list[Any], prices: Iterator[int]) -> int:
    """Return how many people a way takes at least: each demand's cheapest, at prices that share everybody out."""
    spent = [0] * len(proof["sizes"])

    def costs(body: str, most: int) -> list[int]:
        """Return the least price of at least k votes, for every k that may be asked for."""
        if "lots" in proof["bodies"][body]:
            priced = [(max(0, next(prices)), lot) for lot in proof["bodies"][body]["lots"]]
            for price, lot in priced:
                spent[lot] += price
            return [0, *accumulate(p for p, lot in sorted(priced) for _ in range(proof["sizes"][lot]))]
        total = [0]
        for part in proof["bodies"][body]["parts"]:
            takes, below = part["takes"], [0]
            for one in part["by"]:
                below = _merged(below, costs(one, takes[-1] if takes else most), takes[-1] if takes else most)
            total = _merged(total, below if takes is None else [0, *(below[t] for t in takes)], most)
        return total

    lowest: int = sum(sum(sorted(costs(body, need)[need] for body, need in d["of"])[: d["least"]]) for d in way)
    if max(spent, default=0) > proof["whole"]:
        raise NotProven("somebody's prices add up to more than a whole one")
    bound: int = -(-lowest // proof["whole"])
    return bound


def _merged(first: list[int], second: list[int], most: int) -> list[int]:
    length = min(most, len(first) + len(second) - 2) + 1
    best: list[int] = []
    for k in range(length):
        shares = range(max(0, k - len(first) + 1), min(k, len(second) - 1) + 1)
        best.append(min(first[k - j] + second[j] for j in shares))
    return best
