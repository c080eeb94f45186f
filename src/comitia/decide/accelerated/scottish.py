"""Scottish counts by the thousand: winners and stage totals in one compiled loop, without the sheet's words.

The rule is that of ``count/stv_scottish.py``, whose clauses are named here by number; its sheet is what counts, and
tests hold each tally against it. Papers with one ranking always move together, so each ranking has one holder and one
value. Where a lot would be drawn there is no tally, and the rule's own file has to count.

Notation: votes and values are integers in units of 0.00001 of a vote.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from comitia.decide import profile as profiles
from comitia.decide.accelerated.digits import Digits, Keys, Marks, Numbers

# Surplus times value stays below 2**63.
MOST_PAPERS = 10**8
ONE = 10**5


@dataclass(frozen=True, slots=True)
class Tally:
    """What a Scottish count decides.

    Attributes:
        quota: in units.
        totals: votes of each candidate at the end of each stage, (stages, candidates), in units.
        lost: votes lost to decimals in each stage, (stages,), in units.
        winners: positions in the order of election.
        excluded: positions in the order of exclusion.
    """

    quota: int
    totals: Numbers
    lost: Numbers
    winners: tuple[int, ...]
    excluded: tuple[int, ...]


def tally(profile: profiles.Profile, *, seats: int) -> Tally | None:
    """Return the tally of papers as numbers, None of any others, and where a lot has to be drawn.

    Args:
        seats: to fill, 1 or more.
    """
    if not isinstance(profile.ballots, Digits) or profile.equal:
        return None
    candidates = len(profile.candidates)
    papers = profile.ballots.sort(profile.withdrawn, candidates=candidates)
    valid = papers.valid
    if valid > MOST_PAPERS:
        return None
    # 46
    quota = (valid // (seats + 1) + 1) * ONE
    continuing = np.ones(candidates, np.bool_)
    continuing[list(profile.withdrawn)] = False
    totals, lost, order, elected, excluded = _count(papers.keys, papers.weights, continuing, seats, quota)
    if elected < 0:
        return None
    return Tally(quota, totals, lost, tuple(order[:elected].tolist()), tuple(order[::-1][:excluded].tolist()))


@njit(cache=True)
def _count(
    keys: Keys, weights: Numbers, continuing: Marks, seats: int, quota: int
) -> tuple[Numbers, Numbers, Numbers, int, int]:  # pragma: no cover
    """Return totals and losses by stage, who was elected (from the left) and excluded (from the right), and how many.

    Elected -1: a lot has to be drawn.
    """
    size = len(continuing)
    rests, values, holders = keys.copy(), np.full(len(keys), ONE), np.zeros(len(keys), np.uint8)
    totals = np.zeros((2 * size + 2, size), np.int64)
    lost = np.zeros(2 * size + 2, np.int64)
    order = np.full(size, -1, np.int64)
    left = int(np.sum(continuing))
    elected, excluded, stage = 0, 0, 0
    # 45: papers by first preference. 0 stands for nobody: all papers move from there.
    _move(rests, weights, values, holders, continuing, totals[0], (0, 1, 1))
    while True:
        # 47(1), 52(1)
        before = elected
        elected = _elect(continuing, totals[stage], order, elected, quota)
        left -= elected - before
        if 0 < left <= seats - elected:
            before = elected
            elected = _elect(continuing, totals[stage], order, elected, 0)
            left -= elected - before
        stage += 1
        if elected >= seats or left == 0:
            return totals[:stage], lost[:stage], order, elected, excluded
        now = totals[stage]
        now[:] = totals[stage - 1]
        # 48(1), 49
        highest = quota
        for c in order[:elected]:
            highest = max(highest, now[c])
        if highest > quota:
            tied = np.zeros(size, np.bool_)
            for c in order[:elected]:
                tied[c] = now[c] == highest
            source = _parted(tied, totals[:stage], True)
            if source < 0:
                return totals, lost, order, -1, 0
            surplus = highest - quota
            now[source] = quota
            moved = _move(rests, weights, values, holders, continuing, now, (source + 1, surplus, highest))
            lost[stage] = surplus - moved
            continue
        # 50(1), 51(2)
        lowest = np.int64(2**62)
        for c in range(size):
            if continuing[c]:
                lowest = min(lowest, now[c])
        source = _parted(continuing & (now == lowest), totals[:stage], False)
        if source < 0:
            return totals, lost, order, -1, 0
        continuing[source] = False
        left -= 1
        excluded += 1
        order[size - excluded] = source
        now[source] = 0
        _move(rests, weights, values, holders, continuing, now, (source + 1, 1, 1))


@njit(cache=True)
def _move(
    rests: Keys,
    weights: Numbers,
    values: Numbers,
    holders: NDArray[np.uint8],
    continuing: Marks,
    totals: Numbers,
    at: tuple[int, int, int],
) -> int:  # pragma: no cover
    """Hand the papers of a holder to their next preferences at value x part / whole (48(3)); return the votes moved."""
    source, part, whole = at
    votes = 0
    for n in range(len(rests)):
        if holders[n] == source:
            rest = rests[n]
            digit = rest >> np.uint64(60)
            while digit and not continuing[digit - np.uint64(1)]:
                rest <<= np.uint64(4)
                digit = rest >> np.uint64(60)
            values[n] = part * values[n] // whole
            votes += weights[n] * values[n]
            holders[n] = digit
            rests[n] = rest << np.uint64(4)
            if digit:
                totals[digit - np.uint64(1)] += weights[n] * values[n]
    return votes


@njit(cache=True)
def _elect(continuing: Marks, totals: Numbers, order: Numbers, elected: int, least: int) -> int:  # pragma: no cover
    """Elect who continues with so many votes, the highest first; return how many are elected now."""
    while True:
        best = -1
        for c in range(len(totals)):
            if continuing[c] and totals[c] >= least and (best < 0 or totals[c] > totals[best]):
                best = c
        if best < 0:
            return elected
        continuing[best] = False
        order[elected] = best
        elected += 1


@njit(cache=True)
def _parted(tied: Marks, totals: Numbers, highest: bool) -> int:  # pragma: no cover
    """Return the one whom the latest stage at which they differ puts first (or last), -1 where a lot is needed."""
    sign = 1 if highest else -1
    for stage in range(len(totals) - 1, -1, -1):
        best = -1
        for c in range(len(tied)):
            if tied[c] and (best < 0 or sign * totals[stage, c] > sign * totals[stage, best]):
                best = c
        for c in range(len(tied)):
            tied[c] = tied[c] and totals[stage, c] == totals[stage, best]
    found = -1
    for c in range(len(tied)):
        if tied[c]:
            if found >= 0:
                return -1
            found = c
    return found
