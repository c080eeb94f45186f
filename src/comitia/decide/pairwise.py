"""How many papers prefer the one candidate to the other, for every pair: what Condorcet's rules count with."""

from collections import defaultdict
from collections.abc import Sequence

from comitia.decide import packed, profile as profiles, trie

Matrix = list[list[int]]

# At this depth the papers of a trie are put together by whom they name so far, whatever the order.
DEPTH = 5


def preferences(profile: profiles.Profile) -> Matrix:
    """Return N: N[a][b] papers prefer a (row) to b (column); candidates who withdrew have none.

    A paper prefers whom it ranks earlier, and everybody whom it ranks to everybody whom it does not. It has no
    preference among candidates of one rank, nor among those whom it does not rank.

    Raises:
        ProfileWrong: a paper that no rule can count.
    """
    size = len(profile.candidates)
    standing = profiles.standing(profile)
    if isinstance(profile.ballots, packed.Packed) and not profile.equal:
        return _of_trie(trie.sort(profile.ballots, profile.withdrawn, candidates=size), standing)
    found = [[0] * size for _ in range(size)]
    strict, equal = profiles.merged_with_equal(profile)
    for weight, ranking in strict:
        unranked = [c for c in standing if c not in ranking]
        for place, one in enumerate(ranking):
            row = found[one]
            for other in (*ranking[place + 1 :], *unranked):
                row[other] += weight
    for weight, ranks in equal:
        behind = set(standing)
        for rank in ranks:
            behind.difference_update(rank)
            for one in rank:
                for other in behind:
                    found[one][other] += weight
    return found


def _of_trie(papers: trie.Trie, standing: Sequence[int]) -> Matrix:
    """Return N of sorted papers: a is preferred to b where a is named, and not after b."""
    naming = [0] * papers.candidates
    after = [[0] * papers.candidates for _ in naming]
    for named, number in _named_next(papers).items():
        for c, papers_next in number.items():
            naming[c] += papers_next
            row, rest = after[c], named
            while rest:
                earlier = rest & -rest
                row[earlier.bit_length() - 1] += papers_next
                rest ^= earlier
    found = [[0] * papers.candidates for _ in naming]
    for a in standing:
        for b in standing:
            if a != b:
                found[a][b] = naming[a] - after[a][b]
    return found


def _named_next(papers: trie.Trie) -> dict[int, dict[int, int]]:
    """Return how many papers name whom next, by the set of those named before (a bit for each)."""
    keys, before = papers.keys, papers.before
    bits = {chr(packed.FIRST + c): 1 << c for c in range(papers.candidates)}
    found: defaultdict[int, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
    tails: defaultdict[int, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    waiting = [(0, len(keys), 0, 0)]
    while waiting:
        first, end, depth, named = waiting.pop()
        if depth == DEPTH or end - first <= trie.FEW:
            alike = tails[named]
            upto = before[first]
            for place in range(first, end):
                weight = -upto
                upto = before[place + 1]
                alike[keys[place][depth:]] += weight + upto
            continue
        for character, split in trie.parts(keys, first, end, depth):
            if character:
                bit = bits[character]
                found[named][bit] += before[split] - before[first]
                waiting.append((first, split, depth + 1, named | bit))
            first = split
    for named, alike in tails.items():
        for tail, papers_alike in alike.items():
            so_far = named
            for character in tail:
                bit = bits[character]
                found[so_far][bit] += papers_alike
                so_far |= bit
    return {named: {bit.bit_length() - 1: papers for bit, papers in number.items()} for named, number in found.items()}


def papers_counted(profile: profiles.Profile) -> tuple[int, int]:
    """Return how many papers rank anybody who stands, and how many do not."""
    if isinstance(profile.ballots, packed.Packed) and not profile.equal:
        papers = trie.sort(profile.ballots, profile.withdrawn, candidates=len(profile.candidates))
        return papers.valid, papers.blank
    strict, equal = profiles.merged_with_equal(profile)
    blank = sum(weight for weight, ranking in strict if not ranking)
    return sum(weight for weight, _ in (*strict, *equal)) - blank, blank


def over_text(names: Sequence[str], preferred: Matrix, one: int, others: Sequence[int]) -> str:
    """Say how one candidate fares against others: ``11 to 10 over A, 9 to 12 over C``."""
    return ", ".join(f"{preferred[one][c]} to {preferred[c][one]} over {names[c]}" for c in others)
