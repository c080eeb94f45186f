"""Flows between workplaces and councils, in hours of the labour embodied in what flows, and in kind for the table."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from comitia.plan.economy import Economy
from comitia.plan.solution import Allocation, Plan


@dataclass(frozen=True, slots=True)
class Between:
    """All that goes from one place to another: hours embodied, and the quantities by product, largest part first."""

    source: str
    target: str
    hours: float
    products: tuple[tuple[str, Fraction, str], ...]


def between(economy: Economy, plan: Plan, hours: Mapping[str, float]) -> tuple[Between, ...]:
    """Return the flows between workplaces and to councils, largest first; ``hours`` are embodied in a unit."""
    handed: dict[tuple[str, str], list[Allocation]] = {}
    for a in plan.allocation:
        if a.from_kind == "workplace" and a.to_kind in ("workplace", "council") and a.from_ != a.to:
            handed.setdefault((a.from_, a.to), []).append(a)
    found: list[Between] = []
    for (source, target), rows in handed.items():
        rows.sort(key=lambda a: -float(a.quantity) * hours.get(a.product, 0.0))
        products = tuple((a.product, a.quantity, economy.products[a.product].unit) for a in rows)
        whole = sum(float(a.quantity) * hours.get(a.product, 0.0) for a in rows)
        found.append(Between(source, target, whole, products))
    return tuple(sorted(found, key=lambda b: (-b.hours, b.source, b.target)))
