"""Strongest paths of pairwise victories: what the two Schulze rules share once the strength of a link is said.

Source: M. Schulze, Social Choice and Welfare 36 (2011), sections 2.2 and 2.3.1; the clauses are numbered in the rules'
files.
"""

from collections.abc import Sequence
from fractions import Fraction

from comitia.decide import pairwise, profile as profiles, sheet, ties
from comitia.decide.pairwise import Matrix


def strongest_paths(links: Sequence[Sequence[int]]) -> Matrix:
    """Return P: the strength of the strongest path from the one (row) to the other (column), given the links'."""
    size = len(links)
    paths = [list(row) for row in links]
    # 3
    for via in range(size):
        onward = paths[via]
        for a in range(size):
            first = paths[a][via]
            if a == via or not first:
                continue
            row = paths[a]
            for b in range(size):
                through = first if first < onward[b] else onward[b]
                if b != a and through > row[b]:
                    row[b] = through
    return paths


def fill(
    profile: profiles.Profile, matrices: tuple[Matrix, Matrix], *, seats: int, lot: ties.Breaking
) -> tuple[tuple[sheet.Stage, ...], tuple[int, ...]]:
    """Return the stages, one for each seat, and the winners, given N and P (4 and 5 of the rules)."""
    paths = matrices[1]
    left = list(profiles.standing(profile))
    # 4
    ahead = {a: {b for b in left if paths[a][b] > paths[b][a]} for a in left}
    totals = tuple(Fraction(len(ahead.get(c, ()))) for c in range(len(profile.candidates)))
    stages: list[sheet.Stage] = []
    winners: list[int] = []
    draws = 0
    while left and len(winners) < seats:
        # 5
        first = [a for a in left if not any(a in ahead[b] for b in left)]
        chosen = first[0]
        tie: ties.Tie | None = None
        if len(first) > 1:
            tie, draws = ties.by_draw("election", first, lot=lot, number=draws)
            chosen = tie.chosen[0]
        said = _said(profile.candidates, chosen, [c for c in left if c != chosen], matrices)
        lines = [said] if tie is None else [sheet.tie_sentence(tie, profile.candidates), said]
        sentence = f"Stage {len(stages) + 1}: " + "; ".join(lines) + "."
        stages.append(sheet.Stage(totals, (chosen,), (), (), Fraction(0), tie, sentence))
        winners.append(chosen)
        left.remove(chosen)
    return tuple(stages), tuple(winners)


def _said(names: Sequence[str], chosen: int, others: Sequence[int], matrices: tuple[Matrix, Matrix]) -> str:
    preferred, paths = matrices
    direct = pairwise.over_text(names, preferred, chosen, others)
    said = f"{names[chosen]} is elected" + (f", preferred by {direct}" if direct else "")
    for c in others:
        if preferred[c][chosen] > preferred[chosen][c]:
            said += (
                f"; {names[c]} is preferred to her directly, but the strongest path from {names[chosen]} to {names[c]} "
                f"is {paths[chosen][c]}, and back {paths[c][chosen]}"
            )
    return said
