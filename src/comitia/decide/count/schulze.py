"""The Schulze rule with winning votes: the strongest path of pairwise victories.

Source: M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and condorcet-consistent single-winner
election method", Social Choice and Welfare 36 (2011), sections 2.2 and 2.3.1; the same as Debian's Constitution A.6.6
to A.6.8 without its default option. In our words:

1  A paper prefers whom it ranks earlier, and everybody whom it ranks to everybody whom it does not;
   among candidates of one rank it has no preference.
2  N[a, b] is the number of papers that prefer a to b. A link from a to b exists where N[a, b] > N[b, a]; its strength
   is N[a, b] (winning votes).
3  The strength of a path is that of its weakest link; P[a, b] is the strength of the strongest path from a to b (0
   where there is none), found in the order of Floyd and Warshall.
4  a is ahead of b where P[a, b] > P[b, a]. This is transitive. Potential winners have nobody ahead of them.
5  Several seats are filled in this order, from those with nobody ahead of them; who ties for a place is parted by lot.

The sheet's totals say, for each candidate, how many others she is ahead of.
"""

from collections.abc import Sequence
from fractions import Fraction

from comitia.decide import pairwise, papers as piles, profile as profiles, sheet, ties
from comitia.decide.pairwise import Matrix

RULE = "schulze"
SOURCE = "Schulze (winning votes): Social Choice and Welfare 36 (2011)"


def strongest_paths(preferred: Sequence[Sequence[int]]) -> Matrix:
    """Return P: the strength of the strongest path from the one (row) to the other (column)."""
    size = len(preferred)
    # 2: links and their strengths.
    paths = [[preferred[a][b] if preferred[a][b] > preferred[b][a] else 0 for b in range(size)] for a in range(size)]
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


def count(profile: profiles.Profile, *, seats: int, lot: ties.Breaking) -> sheet.Sheet:
    """Return the whole count of a profile by the Schulze rule, one stage for each seat.

    Args:
        seats: 1 or more; they are filled in the order of the rule, which is no proportional representation.
        lot: public seed for ties.

    Raises:
        SeatsWrong: no seat to fill.
        ProfileWrong: a paper that cannot be counted.
    """
    if seats < 1:
        raise sheet.SeatsWrong(RULE, seats, "1 or more")
    papers, equal = piles.sort_with_equal(profile)
    preferred = pairwise.preferences(profile)
    paths = strongest_paths(preferred)
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
        said = _said(profile.candidates, chosen, [c for c in left if c != chosen], (preferred, paths))
        lines = [said] if tie is None else [sheet.tie_sentence(tie, profile.candidates), said]
        sentence = f"Stage {len(stages) + 1}: " + "; ".join(lines) + "."
        stages.append(sheet.Stage(totals, (chosen,), (), (), Fraction(0), tie, sentence))
        winners.append(chosen)
        left.remove(chosen)
    return sheet.Sheet(
        RULE, SOURCE, seats, profile.candidates, papers.valid + sum(weight for weight, _ in equal),
        papers.blank, None, tuple(stages), tuple(winners)
    )  # fmt: skip


def _said(names: Sequence[str], chosen: int, others: Sequence[int], matrices: tuple[Matrix, Matrix]) -> str:
    preferred, paths = matrices
    direct = [f"{preferred[chosen][c]} to {preferred[c][chosen]} over {names[c]}" for c in others]
    beaten = [c for c in others if preferred[c][chosen] > preferred[chosen][c]]
    said = f"{names[chosen]} is elected" + (f", preferred by {', '.join(direct)}" if direct else "")
    for c in beaten:
        said += (
            f"; {names[c]} is preferred to her directly, but the strongest path from {names[chosen]} to {names[c]} is "
            f"{paths[chosen][c]}, and back {paths[c][chosen]}"
        )
    return said
