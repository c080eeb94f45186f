"""How often a decision taken through several tiers hangs on one member of the base, in floating point.

Every member votes by the toss of a coin; an assembly is for it when enough are, and then all its seats above vote for
it, as under imperative mandates. By the chain rule of Owen's multilinear extension (1972) a member's absolute Banzhaf
power is her power in her assembly times the power of each body on the way up, each at the chances with which the bodies
beside it are for the matter. Members of one assembly are alike: a million members cost what their assemblies do.

Tolerance: all terms that are added have one sign or fall geometrically; the relative error is below 1e-9.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtrc, gammaln

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Assembly:
    """So many members, of whom so many carry it."""

    members: int
    need: int


@dataclass(frozen=True, slots=True)
class House:
    """A body in which others have votes: those below, their votes in the same order, and the votes that carry."""

    below: tuple["Assembly | House", ...]
    votes: tuple[int, ...]
    need: int


@dataclass(frozen=True, slots=True)
class Reach:
    """The assemblies below a house, from left to right, and the power of each of their members.

    Attributes:
        sizes: (assemblies,), members.
        power: (assemblies,), the chance that the decision hangs on one of them.
        act: the chance that it is carried.
    """

    sizes: NDArray[np.int64]
    power: Floats
    act: float


def reach(house: House) -> Reach:
    """Return the power of every member of the base in what a house decides."""
    assemblies = list(_assemblies(house))
    sizes = np.array([one.members for one in assemblies], dtype=np.int64)
    needs = np.array([one.need for one in assemblies], dtype=np.int64)
    # One of n members is decisive when need - 1 of the n - 1 others are for it: C(n - 1, need - 1) / 2^(n - 1).
    logs = gammaln(sizes) - gammaln(needs) - gammaln(sizes - needs + 1) - (sizes - 1) * np.log(2)
    own = np.where(needs > sizes, 0.0, np.exp(np.where(needs > sizes, 0.0, logs)))
    carried = iter(bdtrc(needs - 1, sizes, 0.5))
    chances, powers = _upwards(house, carried)
    return Reach(sizes, own * np.array(powers), chances)


def members(found: Reach) -> Floats:
    """Return the power of each single member, assembly after assembly: (members,)."""
    return np.repeat(found.power, found.sizes)


def _assemblies(house: House) -> Iterator[Assembly]:
    for one in house.below:
        if isinstance(one, Assembly):
            yield one
        else:
            yield from _assemblies(one)


def _upwards(house: House, carried: Iterator[float]) -> tuple[float, list[float]]:
    """Return the chance that a house is for it, and for each assembly below how often that hangs on the assembly."""
    chances: list[float] = []
    inside: list[list[float]] = []
    for one in house.below:
        if isinstance(one, Assembly):
            chances.append(next(carried))
            inside.append([1.0])
        else:
            chance, powers = _upwards(one, carried)
            chances.append(chance)
            inside.append(powers)
    act, own = decisive(house.votes, np.array(chances), house.need)
    return act, [power * mine for powers, mine in zip(inside, own, strict=True) for power in powers]


def decisive(votes: tuple[int, ...], chances: Floats, need: int) -> tuple[float, Floats]:
    """Return the chance that so many votes are reached, and how often that hangs on each who is for it by chance."""
    total = sum(votes)
    sums = np.zeros(total + 1)
    sums[0] = 1
    reached = 0
    for weight, chance in zip(votes, chances, strict=True):
        moved = sums[: reached + 1] * chance
        sums[: reached + 1] *= 1 - chance
        sums[weight : weight + reached + 1] += moved
        reached += weight
    known: dict[tuple[int, float], float] = {}
    for weight, chance in zip(votes, chances, strict=True):
        if (weight, chance) not in known:
            known[weight, chance] = _hangs_on(sums, need, weight=weight, chance=chance)
    found = np.array([known[pair] for pair in zip(votes, chances, strict=True)])
    return float(sums[need:].sum()), found


def _hangs_on(sums: Floats, need: int, *, weight: int, chance: float) -> float:
    """Return the chance that all others together have from need - weight up to need votes.

    With blocks of ``weight`` sums: below the need B_k = (1 - p) b_k + p b_(k+1), above it likewise upwards; solved for
    b_0 from the side on which the terms do not grow.
    """
    if not weight or need > len(sums) - 1:
        return 0.0
    upwards = chance > 0.5
    side = sums[need:] if upwards else sums[:need][::-1]
    p = 1 - chance if upwards else chance
    blocks = np.add.reduceat(side, np.arange(0, len(side), weight))
    signs = (-p / (1 - p)) ** np.arange(len(blocks))
    return float(blocks @ signs / (1 - p))
