"""Labour values: the hours of labour embodied in one unit of each product, direct and in what is used up.

For square tables (one technique per product) by a linear solve; for an economy as declared, with several techniques and
joint products, by the least labour with which the whole can be made (Morishima, Marx's Economics, 1973, ch. 14).
"""

from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, diags_array, eye_array, hstack

from comitia.plan import highs, unproductive
from comitia.plan.economy import Economy
from comitia.plan.unproductive import Group

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
# Less than this share of a unit is a solver's last digit.
MADE = 1e-6


class NotProductive(Exception):
    """An economy that uses up as much as it makes, so that no labour value exists; names the cycle of products."""

    def __init__(self, products: tuple[str, ...], reason: str) -> None:
        self.products, self.reason = products, reason
        super().__init__(reason)

    @classmethod
    def of_group(cls, group: Group, names: tuple[str, ...]) -> "NotProductive":
        """Return the fault that names the products of a group along its cycle."""
        cycle = [names[i] for i in group.cycle]
        others = [names[i] for i in group.members if i not in group.cycle]
        along = " needs ".join((*cycle, cycle[0]))
        if group.round >= 1:
            said = f"{along}: going round once, one unit of {cycle[0]} uses up {group.round:.6g} of itself"
        else:
            beside = f", and beside them {', '.join(others)}," if others else ""
            said = f"{along}{beside} use each other up (spectral radius {group.radius:.6g}, below 1 is expected)"
        return cls((*cycle, *others), f"{said}; correct a quantity in one of these recipes")


@dataclass(frozen=True)
class LabourValues:
    """Hours embodied in one unit by product; ``not_made`` are the products that no activity makes (given or bought)."""

    hours: dict[str, float]
    not_made: tuple[str, ...]


def labour_values(A: Matrix, ell: Vector) -> Vector:
    """Return the hours of labour embodied in one unit of each product.

    Solves v = vA + ell: direct labour plus the labour in what is used up.

    Args:
        A: input coefficients, (products, products), not negative; column j is what one unit of j uses up.
        ell: direct labour, (products,), hours per unit, not negative.

    Raises:
        NotProductive: the spectral radius of ``A`` is 1 or more.
        ValueError: shapes that do not match, or a negative coefficient.

    Example:
        >>> labour_values(np.array([[0.25, 0.4], [0.14, 0.12]]), np.array([0.8, 3.6])).round(12).tolist()
        [2.0, 5.0]
    """
    n = len(ell)
    if A.shape != (n, n) or (A < 0).any() or (ell < 0).any():
        raise ValueError(f"A must be {n} by {n} and not negative, as ell; got {A.shape}")
    group = unproductive.smallest_group(A)
    if group is not None:
        raise NotProductive.of_group(group, tuple(f"product {i}" for i in range(n)))
    values: Vector = np.asarray(np.linalg.solve(np.eye(n) - A.T, ell), dtype=np.float64)
    return values


def of_economy(economy: Economy) -> LabourValues:
    """Return the least hours embodied in one unit of each product, over all techniques, capacities aside.

    The values are the shadow prices of the least labour that makes one unit of each product and all needs. With one
    product per activity this is the same for any needs (non-substitution theorem); joint products depend on them.
    Products that no activity makes, or none without them, count as given: no hours.

    Raises:
        NotProductive: a product that its activities use up as fast as they make it.
    """
    made = {p for (_, p), q in economy.flows.items() if q > 0}
    products = [p for p in economy.products if p in made]
    row = {p: i for i, p in enumerate(products)}
    column = {a: j for j, a in enumerate(economy.activities)}
    net = [(row[p], column[a], float(q)) for (a, p), q in economy.flows.items() if p in row and q]
    wanted = np.ones(len(products))
    for need in economy.needs.values():
        if need.product in row:
            wanted[row[need.product]] += float(need.quantity)
    hours = np.zeros(len(column))
    for (activity, _), per_run in economy.labour.items():
        hours[column[activity]] += float(per_run)
    given = tuple(p for p in economy.products if p not in made)
    if not products:
        return LabourValues({}, given)
    i, j, q = zip(*net, strict=True)
    # Rows in units of what is wanted, so that a product counted in millions does not drown one counted in ones.
    shares = np.array(q) / wanted[list(i)]
    matrix = csr_array((shares, (np.array(i), np.array(j))), shape=(len(products), len(column)))
    try:
        _, price = highs.least(highs.Programme(hours, matrix, np.ones(len(products)), np.full(len(column), inf)))
    except highs.NotSolved as fault:
        raise _unproductive(economy, products, matrix) from fault
    return LabourValues(dict(zip(products, (price / wanted).tolist(), strict=True)), given)


def _unproductive(economy: Economy, products: list[str], matrix: csr_array) -> NotProductive:
    """Return which products no combination of techniques makes in net, and the cycle in which they are used up.

    The most products of which one unit at once can be had show which cannot; each of these uses up some of the others
    by every technique. The technique that uses up least of them is taken for each, and the cycle is that of the table.
    """
    n, runs = matrix.shape
    scaled = csr_array(diags_array(1 / np.maximum(abs(matrix).max(axis=1).toarray().ravel(), 1e-300)) @ matrix)
    wide = csr_array(hstack([scaled, -eye_array(n)]))
    cost = np.concatenate([np.zeros(runs), -np.ones(n)])
    try:
        found, _ = highs.least(highs.Programme(cost, wide, np.zeros(n), np.append(np.full(runs, inf), np.ones(n))))
        out = [p for p, t in zip(products, found[runs:], strict=True) if t < MADE]
    except highs.NotSolved:
        out = products
    of: dict[str, dict[str, float]] = {p: {} for p in out}
    for p in out:
        ways = [(a, float(q)) for (a, made), q in economy.flows.items() if made == p and q > 0]
        uses = [
            {k: -float(q) / each for (b, k), q in economy.flows.items() if b == a and k in of and q < 0}
            for a, each in ways
        ]
        of[p] = min(uses, key=lambda one: sum(one.values()), default={})
    A = np.array([[of[j].get(i, 0.0) for j in out] for i in out])
    group = unproductive.smallest_group(A) if out else None
    if group is not None:
        return NotProductive.of_group(group, tuple(out))
    named = ", ".join(out or products)
    reason = f"{named} cannot be made in net: used up as fast as they are made; correct a recipe"
    return NotProductive(tuple(out or products), reason)
