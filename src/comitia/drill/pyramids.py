"""What tiers do to majorities, by formula: pyramids of majorities, ties, juries, inverted elections.

Stylised: all groups alike, everybody's opinion by the same chance. They say which way a rule leans before any charter
is drilled. Sources: Galam, Int. J. Mod. Phys. C (2008), arXiv 0803.1800, on tiers of small groups; Condorcet (1785) on
juries; Boland, The Statistician 38 (1989), on indirect majorities; Feix, Lepelley, Merlin and Rouet, Economic Theory
23 (2004), on inverted elections; Kendall and Stuart, British J. of Sociology 1 (1950), on the law of cubes.
"""

from fractions import Fraction
from math import comb, pi, prod
from typing import Literal, TypeVar

import numpy as np
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.special import wofz

Chance = TypeVar("Chance", float, Fraction)
Ties = Literal["lost", "won"]


def fewest(groups: tuple[int, ...]) -> int:
    """Return how many people decide through tiers of majorities, each group above made of so many below."""
    return prod(group // 2 + 1 for group in groups)


def majority(chance: Chance, group: int, *, ties: Ties) -> Chance:
    """Return the chance that a group decides for what each member is for with this chance."""
    least = (group + 1) // 2 if ties == "won" else group // 2 + 1
    terms = [comb(group, k) * chance**k * (1 - chance) ** (group - k) for k in range(least, group + 1)]
    return sum(terms[1:], start=terms[0])


def climb(chance: float, group: int, *, ties: Ties, tiers: int) -> list[float]:
    """Return the chance after each of so many tiers of such groups."""
    found = [chance]
    for _ in range(tiers):
        found.append(majority(found[-1], group, ties=ties))
    return found[1:]


def threshold(group: int, *, ties: Ties) -> float:
    """Return the share of the base above which tiers of such groups raise it to everything, below it to nothing."""
    if group % 2:
        return 0.5
    low, high = (0.5, 1 - 1e-9) if ties == "lost" else (1e-9, 0.5)
    return float(brentq(lambda p: majority(p, group, ties=ties) - p, low, high, xtol=1e-14))


def inversion(districts: int) -> float:
    """Return the chance that most of an odd number of equal districts fall to the side with fewer votes.

    Many voters by the toss of a coin: each district's margin is normal. Given k districts won, the sum of margins is
    that of k half-normals less n - k others, whose characteristic function is a power of Faddeeva's w; its chance to be
    below 0 is Gil-Pelaez's integral.
    """
    most = range(districts // 2 + 1, districts + 1)
    chances: list[float] = [comb(districts, k) / 2**districts * _lost(k, districts - k) for k in most]
    return 2 * sum(chances)


def _lost(won: int, others: int) -> float:
    def integrand(t: float) -> float:
        w = wofz(t / np.sqrt(2))
        return float((w**won * np.conj(w) ** others).imag / t)

    return 0.5 - float(quad(integrand, 0, np.inf, limit=400)[0]) / pi


def seats_by_cubes(votes: float) -> float:
    """Return the share of seats that single-member districts are said to give to a share of votes."""
    return votes**3 / (votes**3 + (1 - votes) ** 3)
