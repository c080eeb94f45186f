"""What makes a technology unproductive: the smallest group of products that uses up as much as it makes.

Notation: A, input coefficients, column j is what one unit of j uses up; rho, the spectral radius. By Perron and
Frobenius rho(A) is that of one of its strongly connected groups, and falls when a product is taken out of that group.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Group:
    """Products (by number) that together use up as much as they make, along ``cycle``; without any of them it is less.

    ``cycle`` leads from each product to the input that it needs most of, back to the first. ``round`` is what one unit
    of the first uses up of itself, going round that cycle once; ``radius`` the spectral radius of the whole group.
    """

    members: tuple[int, ...]
    cycle: tuple[int, ...]
    round: float
    radius: float


def spectral_radius(A: Matrix) -> float:
    """Return the spectral radius of a matrix that is not negative, group by group."""
    return max((_radius(A[np.ix_(group, group)]) for group in _groups(A)), default=0.0)


def smallest_group(A: Matrix) -> Group | None:
    """Return a group that is unproductive and has no unproductive part, or None where the spectral radius is below 1.

    Args:
        A: input coefficients, (products, products), not negative.
    """
    found = [group for group in _groups(A) if _radius(A[np.ix_(group, group)]) >= 1]
    if not found:
        return None
    members = min(found, key=lambda group: len(group))
    for one in tuple(members):
        without = [m for m in members if m != one]
        if without and spectral_radius(A[np.ix_(without, without)]) >= 1:
            members = without
    inside = A[np.ix_(members, members)]
    cycle, product = _heaviest_cycle(inside)
    return Group(tuple(members), tuple(members[i] for i in cycle), product, _radius(inside))


def _groups(A: Matrix) -> list[list[int]]:
    """Return the strongly connected groups in which anything goes round."""
    count, label = connected_components(csr_array((A > 0).astype(np.float64)), directed=True, connection="strong")
    by_label: list[list[int]] = [[] for _ in range(count)]
    for i, of in enumerate(label):
        by_label[of].append(i)
    return [group for group in by_label if len(group) > 1 or A[group[0], group[0]] > 0]


def _radius(A: Matrix) -> float:
    return float(np.abs(np.linalg.eigvals(A)).max())


def _heaviest_cycle(A: Matrix) -> tuple[tuple[int, ...], float]:
    """Return the cycle of the largest geometric mean, and the product along it (Karp 1978, on logarithms).

    The cycle goes from a product to what it uses up: over the edges j -> i with A[i, j] > 0.
    """
    n = len(A)
    with np.errstate(divide="ignore"):
        weight = np.log(A.T)
    best = np.full((n + 1, n), -np.inf)
    best[0, 0] = 0.0
    before = np.zeros((n + 1, n), dtype=int)
    for k in range(1, n + 1):
        step = best[k - 1][:, np.newaxis] + weight
        before[k], best[k] = step.argmax(axis=0), step.max(axis=0)
    ends = [v for v in range(n) if np.isfinite(best[n, v])]
    means = {v: min((best[n, v] - best[k, v]) / (n - k) for k in range(n) if np.isfinite(best[k, v])) for v in ends}
    at = max(means, key=lambda v: means[v])
    walk = [at]
    for k in range(n, 0, -1):
        at = int(before[k, at])
        walk.append(at)
    walk.reverse()
    cycle = _best_cycle_in(walk, A)
    product = float(np.prod([A[i, j] for j, i in zip(cycle, (*cycle[1:], cycle[0]), strict=True)]))
    return cycle, product


def _best_cycle_in(walk: list[int], A: Matrix) -> tuple[int, ...]:
    """Return the cycle of the largest mean among those that a walk closes."""
    found: list[tuple[float, tuple[int, ...]]] = []
    for start in range(len(walk)):
        for end in range(start + 1, len(walk)):
            inside = walk[start:end]
            if len(set(inside)) < len(inside):
                break
            if walk[end] == walk[start]:
                edges = zip(inside, (*inside[1:], inside[0]), strict=True)
                mean = float(np.mean([np.log(A[i, j]) for j, i in edges]))
                found.append((mean, tuple(inside)))
    return max(found)[1]
