"""Approval voting: a paper approves everybody it names, the candidates whom most papers approve take the seats.

Source: S. Brams and P. Fishburn, Approval Voting (American Political Science Review 72, 1978).

1. A paper gives one vote to each candidate whom it names; the order in which it names them, and equal
   ranks, are not read.
2. The candidates with the most votes are elected. With several seats this is no proportional rule: a majority that
   votes alike takes them all.
3. Candidates who tie for the last seats are parted by lot.
"""

from comitia.decide import highest, profile as profiles, properties, sheet, ties

RULE = "approval"
SOURCE = "Approval voting: Brams and Fishburn 1978"
PROPERTIES: frozenset[properties.Property] = frozenset({"unranked", "monotone"})


def count(profile: profiles.Profile, *, seats: int, lot: ties.Breaking) -> sheet.Sheet:
    """Return the whole count of a profile by approval.

    Args:
        profile: a ranking names those whom its papers approve.
        seats: to fill, 1 or more.
        lot: what breaks ties over the last seats.

    Raises:
        SeatsWrong: fewer than one seat.
        ProfileWrong: a paper that cannot be counted.
    """
    if seats < 1:
        raise sheet.SeatsWrong(RULE, seats, "1 or more")
    votes = [0] * len(profile.candidates)
    valid = blank = 0
    strict, equal = profiles.merged_with_equal(profile)
    named_by = [*strict, *((weight, tuple(c for rank in ranks for c in rank)) for weight, ranks in equal)]
    for weight, named in named_by:
        valid, blank = (valid + weight, blank) if named else (valid, blank + weight)
        # 1: one vote to each candidate named.
        for candidate in named:
            votes[candidate] += weight
    # 2, 3: the most votes, ties by lot.
    said = f"{valid} valid papers are counted by the candidates whom they approve"
    stage, winners = highest.fill(profile, votes, seats=seats, lot=lot, said=said)
    return sheet.Sheet(RULE, SOURCE, seats, profile.candidates, valid, blank, None, (stage,), winners)
