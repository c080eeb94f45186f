"""The fast engine: sorted papers read as a trie, so that a pile of papers costs what its ranges cost, not its papers.

Papers that agree so far lie side by side in the sorted list of strings (``packed.py``). A range (first, end, depth)
stands for the rankings ``first`` to ``end`` (excluded), which share their first ``depth`` preferences; to part it by
the next preference, one looks for the places where the next character changes. A pile is a list of such ranges.
"""

from bisect import bisect_left
from collections.abc import Container, Iterator
from dataclasses import dataclass

from comitia.decide.packed import FIRST, Packed

Range = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class TriePile:
    """Papers as ranges of the sorted list; ``number`` of papers."""

    number: int
    ranges: list[Range]


@dataclass(frozen=True, slots=True)
class Trie:
    """Valid papers, sorted: ``keys`` (rankings as strings), and ``before[i]`` papers that lie before ranking i."""

    keys: list[str]
    before: list[int]
    blank: int

    @property
    def valid(self) -> int:
        return self.before[-1]

    def all_papers(self) -> TriePile:
        return TriePile(self.valid, [(0, len(self.keys), 0)] if self.keys else [])

    def by_next_preference(self, pile: TriePile, continuing: Container[int]) -> Iterator[tuple[int | None, TriePile]]:
        parts = self._parts(pile.ranges, continuing)
        before = self.before
        for candidate in sorted(parts, key=lambda c: (c is None, c)):
            ranges = parts[candidate]
            yield candidate, TriePile(sum([before[end] - before[first] for first, end, _ in ranges]), ranges)

    def _parts(self, ranges: list[Range], continuing: Container[int]) -> dict[int | None, list[Range]]:
        parts: dict[int | None, list[Range]] = {}
        keys = self.keys
        waiting = list(ranges)
        while waiting:
            first, end, depth = waiting.pop()
            # Sorted order puts the ranking that ends here, if any, before those that go on.
            if len(keys[first]) == depth:
                parts.setdefault(None, []).append((first, first + 1, depth))
                first += 1
            while first < end:
                character = keys[first][depth]
                split = end
                if keys[end - 1][depth] != character:
                    split = bisect_left(keys, keys[first][:depth] + chr(ord(character) + 1), first, end)
                candidate = ord(character) - FIRST
                if candidate in continuing:
                    parts.setdefault(candidate, []).append((first, split, depth + 1))
                else:
                    waiting.append((first, split, depth + 1))
                first = split
        return parts


def sort(packed: Packed, withdrawn: frozenset[int]) -> Trie:
    """Return packed papers as a trie, withdrawn candidates passed over, blank papers apart."""
    if withdrawn:
        gone = dict.fromkeys(FIRST + position for position in withdrawn)
        papers: dict[str, int] = {}
        for place, given in enumerate(packed.keys):
            left = given.translate(gone)
            papers[left] = papers.get(left, 0) + packed.before[place + 1] - packed.before[place]
        packed = Packed(papers)
    if packed.keys and not packed.keys[0]:
        blank = packed.before[1]
        return Trie(packed.keys[1:], [upto - blank for upto in packed.before[1:]], blank)
    return Trie(packed.keys, packed.before, 0)
