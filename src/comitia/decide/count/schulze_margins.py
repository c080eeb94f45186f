"""The Schulze rule with margins: the strongest path of pairwise victories.

Source: M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and condorcet-consistent single-winner
election method", Social Choice and Welfare 36 (2011), sections 2.2 and 2.3.1, with its measure
"margin" in the place of "winning votes". In our words:

1  A paper prefers whom it ranks earlier, and everybody whom it ranks to everybody whom it does not;
   among candidates of one rank it has no preference.
2  N[a, b] is the number of papers that prefer a to b. A link from a to b exists where N[a, b] > N[b, a]; its strength
   is N[a, b] - N[b, a] (margin). The two measures differ only where papers leave candidates unranked or equal.
3  The strength of a path is that of its weakest link; P[a, b] is the strength of the strongest path from a to b (0
   where there is none), found in the order of Floyd and Warshall.
4  a is ahead of b where P[a, b] > P[b, a]. This is transitive. Potential winners have nobody ahead of them.
5  Several seats are filled in this order, from those with nobody ahead of them; who ties for a place is parted by lot.

The sheet's totals say, for each candidate, how many others she is ahead of.
"""

from comitia.decide import beatpaths, pairwise, profile as profiles, properties, sheet, ties
from comitia.decide.pairwise import Matrix

RULE = "schulze_margins"
SOURCE = "Schulze (margins): Social Choice and Welfare 36 (2011)"
PROPERTIES: frozenset[properties.Property] = frozenset(
    {"unranked", "majority", "condorcet", "condorcet_loser", "monotone"}
)


def links(preferred: Matrix) -> Matrix:
    """Return the strength of each link, 0 where there is none."""
    size = range(len(preferred))
    # 2: margins.
    return [[max(0, preferred[a][b] - preferred[b][a]) for b in size] for a in size]


def count(profile: profiles.Profile, *, seats: int, lot: ties.Breaking) -> sheet.Sheet:
    """Return the whole count of a profile by the Schulze rule with margins, one stage for each seat.

    Args:
        seats: 1 or more; they are filled in the order of the rule, which is no proportional representation.
        lot: what breaks ties.

    Raises:
        SeatsWrong: no seat to fill.
        ProfileWrong: a paper that cannot be counted.
    """
    if seats < 1:
        raise sheet.SeatsWrong(RULE, seats, "1 or more")
    # 1
    preferred = pairwise.preferences(profile)
    # 2, 3
    paths = beatpaths.strongest_paths(links(preferred))
    # 4, 5
    stages, winners = beatpaths.fill(profile, (preferred, paths), seats=seats, lot=lot)
    valid, blank = pairwise.papers_counted(profile)
    return sheet.Sheet(RULE, SOURCE, seats, profile.candidates, valid, blank, None, stages, winners)
