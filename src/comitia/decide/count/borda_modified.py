"""Modified Borda count: a paper's points depend on how many it ranks, and the unranked get none.

Source: P. Emerson, "The original Borda count and partial voting", Social Choice and Welfare 40 (2013), who reads Borda
(1781) so. In our words:

1. A paper that ranks m candidates gives m points to the first, m-1 to the second, and so on, 1 to the last.
2. Whom it does not rank gets nothing from it.
3. The candidates with the most points are elected; several seats are no proportional representation.
4. Candidates who tie for the last seats are parted by lot.

Equal ranks are refused: the source does not say how many points they share. Who ranks only her favourite gives one
point: the rule rewards those who rank many.
"""

from comitia.decide import highest, profile as profiles, properties, sheet, ties

RULE = "borda_modified"
SOURCE = "Modified Borda count: Emerson 2013"
PROPERTIES: frozenset[properties.Property] = frozenset({"unranked", "monotone"})


def count(profile: profiles.Profile, *, seats: int, lot: ties.Breaking) -> sheet.Sheet:
    """Return the whole count of a profile by the modified Borda count.

    Args:
        seats: to fill, 1 or more.
        lot: what breaks ties over the last seats.

    Raises:
        SeatsWrong: fewer than one seat.
        ProfileWrong: a paper that cannot be counted.
        EqualRanks: a paper that ranks candidates equally.
    """
    if seats < 1:
        raise sheet.SeatsWrong(RULE, seats, "1 or more")
    points = [0] * len(profile.candidates)
    valid = blank = 0
    for weight, ranking in profiles.merged(profile):
        valid, blank = (valid + weight, blank) if ranking else (valid, blank + weight)
        # 1, 2: as many points for the first as the paper ranks.
        for place, c in enumerate(ranking):
            points[c] += weight * (len(ranking) - place)
    # 3, 4
    said = f"{valid} valid papers give as many points to their first as they rank"
    stage, winners = highest.fill(profile, points, seats=seats, lot=lot, said=said)
    return sheet.Sheet(RULE, SOURCE, seats, profile.candidates, valid, blank, None, (stage,), winners)
