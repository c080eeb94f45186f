"""Strict papers as sorted numbers, and the engine that counts them: compiled loops over whole arrays.

Notation: a ranking is a number of 64 bits, four for each preference from the top: the candidate's position plus one,
0 where there is none. So up to fifteen candidates fit, and the order of the numbers is that of the rankings.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
from numba import njit
from numpy.typing import NDArray

from comitia.decide import packed, profile as profiles

# The most candidates whose rankings fit.
MOST = 15
Keys = NDArray[np.uint64]
Numbers = NDArray[np.int64]
Marks = NDArray[np.bool_]
Places = NDArray[np.uint32]


class Digits(Sequence[tuple[int, profiles.Ranking]]):
    """Papers by ranking; as a sequence the same as the tuple of (how many papers, ranking) that it stands for.

    Attributes:
        keys: distinct rankings, (rankings,), sorted; 0 is the blank paper.
        weights: how many papers bear each, (rankings,).
    """

    __slots__ = ("keys", "weights")

    def __init__(self, keys: Keys, weights: Numbers) -> None:
        self.keys = keys
        self.weights = weights

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, place: int) -> tuple[int, profiles.Ranking]: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[tuple[int, profiles.Ranking], ...]: ...
    def __getitem__(
        self, place: int | slice
    ) -> tuple[int, profiles.Ranking] | tuple[tuple[int, profiles.Ranking], ...]:
        if isinstance(place, slice):
            return tuple(self[n] for n in range(len(self))[place])
        return int(self.weights[place]), ranking(int(self.keys[place]))

    def __iter__(self) -> Iterator[tuple[int, profiles.Ranking]]:
        for weight, key in zip(self.weights.tolist(), self.keys.tolist(), strict=True):
            yield weight, ranking(key)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Digits):
            return np.array_equal(self.keys, other.keys) and np.array_equal(self.weights, other.weights)
        return isinstance(other, tuple | packed.Packed) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))

    def sort(self, withdrawn: frozenset[int], *, candidates: int) -> "Sorted":
        """Return the papers for a count, withdrawn candidates passed over, blank papers apart."""
        left = self
        if withdrawn:
            gone = np.zeros(MOST + 1, np.bool_)
            gone[[c + 1 for c in withdrawn]] = True
            left = of(_without(self.keys, gone), self.weights)
        blank = int(left.weights[0]) if len(left) and not left.keys[0] else 0
        first = 1 if blank else 0
        return Sorted(left.keys[first:], left.weights[first:], blank, candidates)


def key(ranking: Sequence[int]) -> int:
    """Return a ranking of at most fifteen candidates as a number."""
    return sum([c + 1 << 60 - 4 * place for place, c in enumerate(ranking)])


def ranking(key: int) -> profiles.Ranking:
    """Return the ranking that a number stands for."""
    found = []
    for shift in range(60, 0, -4):
        digit = key >> shift & 15
        if not digit:
            break
        found.append(digit - 1)
    return tuple(found)


def of(keys: Keys, weights: Numbers | None = None) -> Digits:
    """Return papers given as numbers in any order, each standing for so many papers, or for one; keys are used up."""
    if weights is None:
        keys.sort()
        starts = _starts(keys)
        return Digits(keys[starts[:-1]], np.diff(starts))
    order = np.argsort(keys)
    ordered = keys[order]
    starts = _starts(ordered)
    upto = np.concatenate((np.zeros(1, np.int64), np.cumsum(weights[order])))
    return Digits(ordered[starts[:-1]], np.diff(upto[starts]))


def pack(profile: profiles.Profile) -> profiles.Profile:
    """Return the same papers as numbers, so that this engine counts them; papers with equal ranks stay apart.

    Raises:
        ProfileWrong: a paper that no rule can count.
        TooMany: more candidates than fit.
    """
    if len(profile.candidates) > MOST:
        raise TooMany(len(profile.candidates))
    strict, equal = profiles.merged_with_equal(profile)
    keys = np.array([key(ranked) for _, ranked in strict], np.uint64)
    weights = np.array([weight for weight, _ in strict], np.int64)
    return profiles.Profile(profile.candidates, of(keys, weights), profile.withdrawn, equal)


class TooMany(Exception):
    """More ``candidates`` than fit into a number."""

    def __init__(self, candidates: int) -> None:
        super().__init__(f"rankings of {candidates} candidates do not fit into a number: {MOST} do; pack them as text")
        self.candidates = candidates


@dataclass(frozen=True, slots=True)
class Heap:
    """Papers in hand: places in the list of rankings, how many preferences of each have been read, and their number."""

    number: int
    places: Places
    read: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Sorted:
    """Valid papers, sorted."""

    keys: Keys
    weights: Numbers
    blank: int
    candidates: int

    @property
    def valid(self) -> int:
        return int(self.weights.sum())

    def all_papers(self) -> Heap:
        size = len(self.keys)
        return Heap(self.valid, np.arange(size, dtype=np.uint32), np.zeros(size, np.uint8))

    def by_next_preference(self, pile: Heap, continuing: Container[int]) -> Iterator[tuple[int | None, Heap]]:
        wanted = np.zeros(self.candidates + 1, np.bool_)
        wanted[1:] = [c in continuing for c in range(self.candidates)]
        places, read, ends, numbers = _hand_out(self.keys, self.weights, pile.places, pile.read, wanted)
        for taker in (*range(1, self.candidates + 1), 0):
            first, end = (ends[taker - 1] if taker else 0), ends[taker]
            if first < end:
                yield taker - 1 if taker else None, Heap(int(numbers[taker]), places[first:end], read[first:end])

    def preferences(self, standing: Sequence[int]) -> list[list[int]]:
        stands = np.zeros(self.candidates, np.bool_)
        stands[list(standing)] = True
        found: list[list[int]] = _preferences(self.keys, self.weights, stands).tolist()
        return found


@njit(cache=True)
def _starts(keys: Keys) -> Numbers:  # pragma: no cover
    """Return where each run of equal keys begins, and the end."""
    runs = 0
    for place in range(len(keys)):
        runs += place == 0 or keys[place] != keys[place - 1]
    starts = np.empty(runs + 1, np.int64)
    runs = 0
    for place in range(len(keys)):
        if place == 0 or keys[place] != keys[place - 1]:
            starts[runs] = place
            runs += 1
    starts[runs] = len(keys)
    return starts


@njit(cache=True)
def _without(keys: Keys, gone: Marks) -> Keys:  # pragma: no cover
    """Return rankings with some digits passed over."""
    found = np.zeros(len(keys), np.uint64)
    for place in range(len(keys)):
        shift = 60
        for at in range(60, 0, -4):
            digit = (keys[place] >> np.uint64(at)) & np.uint64(15)
            if digit and not gone[digit]:
                found[place] |= digit << np.uint64(shift)
                shift -= 4
    return found


@njit(cache=True)
def _hand_out(
    keys: Keys, weights: Numbers, places: Places, read: NDArray[np.uint8], wanted: Marks
) -> tuple[Places, NDArray[np.uint8], Numbers, Numbers]:  # pragma: no cover
    """Return a pile in the order of the next wanted digits (0: none), where each one's papers end, and their number."""
    size = len(places)
    takers = np.empty(size, np.uint8)
    reached = np.empty(size, np.uint8)
    starts = np.zeros(len(wanted) + 1, np.int64)
    numbers = np.zeros(len(wanted), np.int64)
    for n in range(size):
        key, at = keys[places[n]], read[n]
        rest = key << np.uint64(4 * at)
        digit = rest >> np.uint64(60)
        while digit and not wanted[digit]:
            at += 1
            rest <<= np.uint64(4)
            digit = rest >> np.uint64(60)
        takers[n], reached[n] = digit, at + 1 if digit else at
        starts[digit + 1] += 1
        numbers[digit] += weights[places[n]]
    for digit in range(1, len(starts)):
        starts[digit] += starts[digit - 1]
    ends = starts[:-1]
    ordered = np.empty(size, np.uint32)
    depths = np.empty(size, np.uint8)
    for n in range(size):
        place = ends[takers[n]]
        ordered[place], depths[place] = places[n], reached[n]
        ends[takers[n]] += 1
    return ordered, depths, ends, numbers


@njit(cache=True)
def _preferences(keys: Keys, weights: Numbers, stands: Marks) -> Numbers:  # pragma: no cover
    """Return how many papers prefer the one (row) to the other (column)."""
    found = np.zeros((len(stands), len(stands)), np.int64)
    behind = np.empty(len(stands), np.bool_)
    for place in range(len(keys)):
        behind[:] = stands
        rest = keys[place]
        while rest:
            one = np.int64(rest >> np.uint64(60)) - 1
            behind[one] = False
            for other in range(len(stands)):
                if behind[other]:
                    found[one, other] += weights[place]
            rest <<= np.uint64(4)
    return found
