"""Block vote: as many votes on each paper as there are seats, the candidates with the most votes take the seats.

Source: plurality at large, as most associations and many councils elect committees. In our words:

1. A paper gives one vote to each of its first preferences, as many as there are seats; fewer where it names fewer.
   What it names beyond that is not read, and the order of those it names is not read either.
2. The candidates with the most votes are elected. This is no proportional rule: a majority that votes alike takes every
   seat.
3. Candidates who tie for the last seats are parted by lot.

Equal ranks are refused: which of them stand among the first would be a guess.
"""

from comitia.decide import highest, profile as profiles, properties, sheet, ties

RULE = "block"
SOURCE = "Block vote (plurality at large)"
PROPERTIES: frozenset[properties.Property] = frozenset({"unranked", "majority", "monotone"})


def count(profile: profiles.Profile, *, seats: int, lot: ties.Breaking) -> sheet.Sheet:
    """Return the whole count of a profile by block vote.

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
    votes = [0] * len(profile.candidates)
    valid = blank = 0
    for weight, ranking in profiles.merged(profile):
        valid, blank = (valid + weight, blank) if ranking else (valid, blank + weight)
        # 1: the first preferences, as many as there are seats.
        for candidate in ranking[:seats]:
            votes[candidate] += weight
    # 2, 3: the most votes, ties by lot.
    said = f"{valid} valid papers are counted by their first {seats} preferences"
    stage, winners = highest.fill(profile, votes, seats=seats, lot=lot, said=said)
    return sheet.Sheet(RULE, SOURCE, seats, profile.candidates, valid, blank, None, (stage,), winners)
