"""Borda count, the unranked sharing the places that a paper leaves open.

Source: J.-C. de Borda, Memoire sur les elections au scrutin (1781); for papers that do not rank everybody, the reading
as a tournament: D. Black, The Theory of Committees and Elections (1958), chapter IX. In our words:

1. Of n candidates who stand, a paper gives n-1 points to its first place, n-2 to the second, and so on, 0 to the last.
2. Candidates of one rank share the points of their places equally; so do all whom a paper does not rank, who hold the
   places behind the last that it ranks. (That is one point for each candidate behind, half a point for each beside.)
3. The candidates with the most points are elected; several seats are no proportional representation.
4. Candidates who tie for the last seats are parted by lot.

For one seat, whoever loses to each other candidate is never elected. Known to be open to teams: one more candidate,
even one whom nobody ranks, can change the winner, since ranking somebody higher than an empty place is worth more. The
rule that gives the unranked nothing is ``borda_modified``.
"""

from fractions import Fraction

from comitia.decide import highest, profile as profiles, properties, sheet, ties

RULE = "borda"
SOURCE = "Borda count, the unranked share the places left open: Borda 1781, Black 1958"
PROPERTIES: frozenset[properties.Property] = frozenset({"condorcet_loser", "monotone"})


def count(profile: profiles.Profile, *, seats: int, lot: ties.Breaking) -> sheet.Sheet:
    """Return the whole count of a profile by the Borda count.

    Args:
        seats: to fill, 1 or more.
        lot: what breaks ties over the last seats.

    Raises:
        SeatsWrong: fewer than one seat.
        ProfileWrong: a paper that cannot be counted.
    """
    if seats < 1:
        raise sheet.SeatsWrong(RULE, seats, "1 or more")
    strict, equal = profiles.merged_with_equal(profile)
    standing = profiles.standing(profile)
    halves = [0] * len(profile.candidates)
    valid = blank = 0
    for weight, ranks in [*((w, tuple((c,) for c in ranking)) for w, ranking in strict), *equal]:
        valid, blank = (valid + weight, blank) if ranks else (valid, blank + weight)
        if not ranks:
            continue
        ranked = {c for rank in ranks for c in rank}
        behind = len(standing)
        # 2: whoever is not ranked shares the last places, as one more rank.
        for rank in (*ranks, tuple(c for c in standing if c not in ranked)):
            behind -= len(rank)
            # 1, 2: in half points, two for each candidate behind, one for each beside.
            for c in rank:
                halves[c] += weight * (2 * behind + len(rank) - 1)
    points = [Fraction(number, 2) for number in halves]
    # 3, 4
    said = f"{valid} valid papers give points by place, the unranked share the places left open"
    stage, winners = highest.fill(profile, points, seats=seats, lot=lot, said=said)
    return sheet.Sheet(RULE, SOURCE, seats, profile.candidates, valid, blank, None, (stage,), winners)
