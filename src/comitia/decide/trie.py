"""The fast engine: sorted papers read as a trie, so that a pile of papers costs what its ranges cost, not its papers.

Papers that agree so far lie side by side in the sorted list of strings (``packed.py``). A range (first, end, depth)
stands for the rankings ``first`` to ``end`` (excluded), which share their first ``depth`` preferences; to part it by
the next preference, one looks for the places where the next character changes. A pile is a list of such ranges.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from comitia.decide import packed
from comitia.decide.packed import FIRST, Packed

Range = tuple[int, int, int]

# So few rankings are read one by one sooner than their range is parted.
FEW = 8
# From this depth on, for the matrix of preferences, it matters whom papers name so far and no more in which order.
DEPTH = 5


@dataclass(frozen=True, slots=True)
class TriePile:
    """Papers as ranges of the sorted list; ``number`` of papers."""

    number: int
    ranges: list[Range]


@dataclass(frozen=True, slots=True)
class Trie:
    """Valid papers, sorted: ``keys`` (rankings as strings), and ``before[i]`` papers that lie before ranking i.

    ``candidates`` is how many there are, those who withdrew included.
    """

    keys: list[str]
    before: list[int]
    blank: int
    candidates: int

    @property
    def valid(self) -> int:
        return self.before[-1]

    def all_papers(self) -> TriePile:
        return TriePile(self.valid, [(0, len(self.keys), 0)] if self.keys else [])

    def by_next_preference(self, pile: TriePile, continuing: Container[int]) -> Iterator[tuple[int | None, TriePile]]:
        takers: dict[str, list[Range]] = {
            chr(FIRST + candidate): [] for candidate in range(self.candidates) if candidate in continuing
        }
        spent = self._hand_out(pile.ranges, takers)
        before = self.before
        for character, ranges in (*takers.items(), ("", spent)):
            if ranges:
                number = sum([before[end] - before[first] for first, end, _ in ranges])
                yield ord(character) - FIRST if character else None, TriePile(number, ranges)

    def _hand_out(self, ranges: list[Range], takers: dict[str, list[Range]]) -> list[Range]:
        """Give ranges to the takers of their next characters, and return those that have none left."""
        spent: list[Range] = []
        keys = self.keys
        waiting = list(ranges)
        while waiting:
            first, end, depth = waiting.pop()
            if end - first <= FEW:
                for place in range(first, end):
                    reached = depth
                    for character in keys[place][depth:]:
                        reached += 1
                        if character in takers:
                            takers[character].append((place, place + 1, reached))
                            break
                    else:
                        spent.append((place, place + 1, reached))
                continue
            for character, split in parts(keys, first, end, depth):
                if not character:
                    spent.append((first, split, depth))
                else:
                    taker = takers.get(character)
                    (waiting if taker is None else taker).append((first, split, depth + 1))
                first = split
        return spent

    def preferences(self, standing: Sequence[int]) -> list[list[int]]:
        # a is preferred to b where a is named, and not after b.
        naming = [0] * self.candidates
        after = [[0] * self.candidates for _ in naming]
        for named, takers in self._named_next().items():
            for bit, number in takers.items():
                c, rest = bit.bit_length() - 1, named
                naming[c] += number
                while rest:
                    earlier = rest & -rest
                    after[c][earlier.bit_length() - 1] += number
                    rest ^= earlier
        found = [[0] * self.candidates for _ in naming]
        for a in standing:
            for b in standing:
                if a != b:
                    found[a][b] = naming[a] - after[a][b]
        return found

    def _named_next(self) -> Mapping[int, Mapping[int, int]]:
        """Return how many papers name whom next, by the set of those named before: a bit for each candidate."""
        keys, before = self.keys, self.before
        bits = {chr(FIRST + c): 1 << c for c in range(self.candidates)}
        found: defaultdict[int, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
        rests: defaultdict[int, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
        waiting = [(0, len(keys), 0, 0)] if keys else []
        while waiting:
            first, end, depth, named = waiting.pop()
            if depth == DEPTH or end - first <= FEW:
                alike, number = rests[named], before[first]
                for place in range(first, end):
                    upto = before[place + 1]
                    alike[keys[place][depth:]] += upto - number
                    number = upto
                continue
            for character, split in parts(keys, first, end, depth):
                if character:
                    bit = bits[character]
                    found[named][bit] += before[split] - before[first]
                    waiting.append((first, split, depth + 1, named | bit))
                first = split
        for named, alike in rests.items():
            for rest, number in alike.items():
                so_far = named
                for character in rest:
                    bit = bits[character]
                    found[so_far][bit] += number
                    so_far |= bit
        return found


def parts(keys: Sequence[str], first: int, end: int, depth: int) -> Iterator[tuple[str, int]]:
    """Yield the parts of a range of sorted strings: their character at a depth ("": they end there), and their end."""
    # Sorted order puts the ranking that ends here, if any, before those that go on.
    if len(keys[first]) == depth:
        first += 1
        yield "", first
    while first < end:
        key = keys[first]
        character = key[depth]
        split = end
        if keys[end - 1][depth] != character:
            split = bisect_left(keys, key[:depth] + chr(ord(character) + 1), first, end)
        yield character, split
        first = split


def sort(ballots: Packed, withdrawn: frozenset[int], *, candidates: int) -> Trie:
    """Return packed papers as a trie, withdrawn candidates passed over, blank papers apart."""
    if withdrawn:
        gone = dict.fromkeys(FIRST + position for position in withdrawn)
        papers: dict[str, int] = {}
        for place, given in enumerate(ballots.keys):
            left = given.translate(gone)
            papers[left] = papers.get(left, 0) + ballots.before[place + 1] - ballots.before[place]
        ballots = packed.of(papers)
    if ballots.keys and not ballots.keys[0]:
        blank = ballots.before[1]
        return Trie(ballots.keys[1:], [upto - blank for upto in ballots.before[1:]], blank, candidates)
    return Trie(ballots.keys, ballots.before, 0, candidates)
