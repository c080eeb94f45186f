"""Strict papers packed: a ranking is a string whose characters are candidates; the strings are distinct and sorted.

A string takes a tenth of the memory of a tuple of numbers, and Python compares, cuts and hashes strings at the speed of
the machine. The order of the strings is that of the rankings, so the sorted list can be read as a trie (``trie.py``).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, compress, islice
from operator import ne
from typing import overload

from comitia.decide import profile as profiles

# The candidate at position 0 is "A"; a ranking of up to 26 candidates can be read by eye.
FIRST = ord("A")


def key(ranking: Sequence[int]) -> str:
    """Return a ranking as a string."""
    return "".join([chr(FIRST + position) for position in ranking])


def ranking(key: str) -> profiles.Ranking:
    """Return the ranking that a string stands for."""
    return tuple([ord(character) - FIRST for character in key])


class Packed(Sequence[tuple[int, profiles.Ranking]]):
    """Papers by ranking; as a sequence the same as the tuple of (how many papers, ranking) that it stands for.

    Attributes:
        keys: distinct rankings as strings, sorted; "" is the blank paper.
        before: ``before[i]`` papers lie before ranking i; one more entry than rankings.
    """

    __slots__ = ("before", "keys")

    def __init__(self, keys: list[str], before: list[int]) -> None:
        self.keys = keys
        self.before = before

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
        n = range(len(self))[place]
        return self.before[n + 1] - self.before[n], ranking(self.keys[n])

    def __iter__(self) -> Iterator[tuple[int, profiles.Ranking]]:
        before = 0
        for packed, upto in zip(self.keys, self.before[1:], strict=True):
            yield upto - before, ranking(packed)
            before = upto

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Packed):
            return self.keys == other.keys and self.before == other.before
        return tuple(self) == other if isinstance(other, tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


def of(papers: Mapping[str, int]) -> Packed:
    """Return papers given by the string of their ranking."""
    keys = sorted(papers)
    return Packed(keys, [0, *accumulate(map(papers.__getitem__, keys))])


def of_single(keys: list[str]) -> Packed:
    """Return papers given as one string each; the list is used up."""
    # Where many are alike, counting first leaves little to sort; where few are, sorting first is quicker.
    if 2 * len(set(keys[:20_000])) < min(20_000, len(keys)):
        return of(Counter(keys))
    keys.sort()
    starts = [0, *compress(range(1, len(keys)), map(ne, keys, islice(keys, 1, None)))] if keys else []
    return Packed([keys[start] for start in starts], [*starts, len(keys)])


def pack(profile: profiles.Profile) -> profiles.Profile:
    """Return the same papers, packed, so that the fast engine counts them.

    Raises:
        ProfileWrong: a paper that no rule can count.
    """
    strict, equal = profiles.merged_with_equal(profile)
    return profiles.Profile(
        profile.candidates, of({key(ranked): weight for weight, ranked in strict}), profile.withdrawn, equal
    )
