"""Ranked pairs: victories are locked in from the greatest, none that would close a circle.

Source: T. N. Tideman, "Independence of clones as a criterion for voting rules", Social Choice and Welfare 4 (1987), for
margins and the order of locking; T. M. Zavist and T. N. Tideman, "Complete independence of clones in the ranked pairs
rule", 6 (1989), for ties. In our words:

1  A paper prefers whom it ranks earlier, and everybody whom it ranks to everybody whom it does not; among candidates of
   one rank it has no preference.
2  The margin of a over b is N[a, b] - N[b, a], N[a, b] being the papers that prefer a to b. Pairs with a margin above 0
   are victories.
3  The victories are taken in the order of their margins, the greatest first. Each is locked unless those locked before
   make a chain from its loser to its winner.
4  Where victories of one margin cannot all be locked, and where candidates stay unparted at the end, the tie-breaking
   ranking decides. Victories of one margin are taken in the order of their winners in that ranking, then of their
   losers from its end. It is drawn once in the count, by lots for its first place, its second, and so on (Zavist and
   Tideman draw it from the papers; a paper would then have a say that its voter did not mean).
5  First is the candidate over whom nobody is locked. Several seats are filled in this order, which is no proportional
   representation.

The sheet's totals say, for each candidate, how many others she is locked over, directly or by a chain.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby

from comitia.decide import pairwise, profile as profiles, properties, sheet, ties
from comitia.decide.pairwise import Matrix

RULE = "ranked_pairs"
SOURCE = "Ranked pairs (margins): Tideman 1987, Zavist and Tideman 1989"
PROPERTIES: frozenset[properties.Property] = frozenset(
    {"unranked", "majority", "condorcet", "condorcet_loser", "monotone"}
)

Pair = tuple[int, int]


class _Ranking:
    """The tie-breaking ranking (4), drawn when it is first asked for."""

    def __init__(self, candidates: Sequence[int], lot: ties.Breaking) -> None:
        self._candidates = candidates
        self._lot = lot
        self.tie: ties.Tie | None = None

    def place(self, candidate: int) -> int:
        if self.tie is None:
            self.tie = ties.draw_places(self._candidates, len(self._candidates), lot=self._lot)
        return self.tie.chosen.index(candidate)


def _lock(over: dict[int, set[int]], pair: Pair) -> None:
    """Lock a victory; ``over[a]`` are all whom a is locked over, directly or by a chain."""
    winner, loser = pair
    reached = {loser} | over[loser]
    for a in over:
        if a == winner or winner in over[a]:
            over[a] |= reached


def _locked(standing: Sequence[int], preferred: Matrix, ranking: _Ranking) -> dict[int, set[int]]:
    # 2
    margins = {
        (a, b): preferred[a][b] - preferred[b][a]
        for a in standing
        for b in standing
        if preferred[a][b] > preferred[b][a]
    }
    over: dict[int, set[int]] = {a: set() for a in standing}
    # 3: the greatest first.
    order = sorted(margins, key=lambda pair: (-margins[pair], pair))
    for _, group in groupby(order, key=lambda pair: margins[pair]):
        pairs = [(a, b) for a, b in group if a not in over[b]]
        tried = {a: set(reached) for a, reached in over.items()}
        for pair in pairs:
            _lock(tried, pair)
        if not any(a in tried[a] for a in standing):
            # All can be locked, whatever the order.
            over = tried
            continue
        # 4
        for a, b in sorted(pairs, key=lambda pair: (ranking.place(pair[0]), -ranking.place(pair[1]))):
            if a not in over[b]:
                _lock(over, (a, b))
    return over


def count(profile: profiles.Profile, *, seats: int, lot: ties.Breaking) -> sheet.Sheet:
    """Return the whole count of a profile by ranked pairs, one stage for each seat.

    Args:
        seats: 1 or more.
        lot: what draws the tie-breaking ranking, if it is needed.

    Raises:
        SeatsWrong: no seat to fill.
        ProfileWrong: a paper that cannot be counted.
    """
    if seats < 1:
        raise sheet.SeatsWrong(RULE, seats, "1 or more")
    # 1
    preferred = pairwise.preferences(profile)
    names, left = profile.candidates, list(profiles.standing(profile))
    ranking = _Ranking(tuple(left), lot)
    over = _locked(left, preferred, ranking)
    drawn_for_locks = ranking.tie
    totals = tuple(Fraction(len(over.get(c, ()))) for c in range(len(names)))
    stages: list[sheet.Stage] = []
    winners: list[int] = []
    while left and len(winners) < seats:
        # 5
        first = [a for a in left if not any(a in over[b] for b in left)]
        chosen = min(first, key=ranking.place) if len(first) > 1 else first[0]
        tie = _tie(first, chosen, ranking) if len(first) > 1 else None
        said = [] if tie is None else [sheet.tie_sentence(tie, names)]
        if not stages and drawn_for_locks is not None:
            tie = drawn_for_locks
            said.insert(0, f"victories of one margin close a circle; {sheet.tie_sentence(tie, names)}")
        direct = pairwise.over_text(names, preferred, chosen, [c for c in left if c != chosen])
        said.append(f"{names[chosen]} is elected, nobody being locked over her" + (f": {direct}" if direct else ""))
        sentence = f"Stage {len(stages) + 1}: " + "; ".join(said) + "."
        stages.append(sheet.Stage(totals, (chosen,), (), (), Fraction(0), tie, sentence))
        winners.append(chosen)
        left.remove(chosen)
    valid, blank = pairwise.papers_counted(profile)
    return sheet.Sheet(RULE, SOURCE, seats, names, valid, blank, None, tuple(stages), tuple(winners))


def _tie(first: Sequence[int], chosen: int, ranking: _Ranking) -> ties.Tie:
    drawn = ranking.tie
    assert drawn is not None, "the ranking has been asked"
    return ties.Tie("election", tuple(first), (chosen,), drawn.broken_by, None, drawn.derivation)
