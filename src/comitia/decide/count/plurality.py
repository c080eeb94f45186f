"""Plurality: one vote on each paper, the candidates with the most votes take the seats.

1. A paper is one vote for its first preference among those who stand; further preferences are not read.
2. The candidate with the most votes is elected; with several seats, those with the most votes (this is the single
   non-transferable vote).
3. Candidates who tie for the last seats are parted by lot.
"""

from comitia.decide import highest, papers as piles, profile as profiles, properties, sheet, ties

RULE = "plurality"
SOURCE = "Plurality (single non-transferable vote where there are several seats)"
PROPERTIES: frozenset[properties.Property] = frozenset({"unranked", "majority", "monotone"})


def count(profile: profiles.Profile, *, seats: int, lot: ties.Breaking) -> sheet.Sheet:
    """Return the whole count of a profile by plurality.

    Args:
        seats: to fill, 1 or more.
        lot: what breaks ties over the last seats.

    Raises:
        SeatsWrong: fewer than one seat.
        ProfileWrong: a paper that cannot be counted.
    """
    if seats < 1:
        raise sheet.SeatsWrong(RULE, seats, "1 or more")
    papers = piles.sort(profile)
    votes = [0] * len(profile.candidates)
    # 1: the first preference among those who stand.
    everybody = frozenset(profiles.standing(profile))
    for candidate, pile in piles.by_next_preference(papers, piles.all_papers(papers), everybody):
        assert candidate is not None, "a valid paper prefers somebody who stands"
        votes[candidate] += piles.number(papers, pile)
    # 2, 3: the most votes, ties by lot.
    said = f"{papers.valid} valid papers are counted by first preference"
    stage, winners = highest.fill(profile, votes, seats=seats, lot=lot, said=said)
    return sheet.Sheet(
        RULE, SOURCE, seats, profile.candidates, papers.valid, papers.blank, None, (stage,), winners
    )  # fmt: skip
