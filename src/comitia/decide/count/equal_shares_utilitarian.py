"""Method of equal shares, the seats left over going to the most approved (utilitarian completion).

Source: D. Peters and P. Skowron, EC 2020; D. Peters, G. Pierczynski, P. Skowron, NeurIPS 2021. Clauses 1 to 5, the
purchases, stand in ``decide/equal_shares.py``; then:

6  The seats that are left go to the candidates whom most papers approve, one after another; ties are parted by lot.

The totals of a stage are, for whoever has been bought, what her papers paid at most. What clause 6 adds keeps extended
justified representation, but has no proportion of its own: a majority that has spent its money may take all of it.
"""

from comitia.decide import approvals, equal_shares, profile as profiles, properties, sheet, ties

RULE = "equal_shares_utilitarian"
SOURCE = "Method of equal shares, completed by approval: Peters and Skowron 2020"
PROPERTIES: frozenset[properties.Property] = frozenset({"unranked", "justified", "extended", "monotone"})


def count(profile: profiles.Profile, *, seats: int, lot: ties.Breaking) -> sheet.Sheet:
    """Return the whole count of a profile by equal shares, completed by approval.

    Args:
        seats: to fill, 1 or more.
        lot: what breaks ties.

    Raises:
        SeatsWrong: fewer than one seat.
        ProfileWrong: a paper that cannot be counted.
    """
    if seats < 1:
        raise sheet.SeatsWrong(RULE, seats, "1 or more")
    papers = approvals.approvals(profile)
    market = equal_shares.Market(profile.candidates, profiles.standing(profile), papers)
    # 1 to 5
    bought = equal_shares.buy(market, seats, most=None, lot=lot)
    # 6
    equal_shares.most_approved(market, bought, seats=seats, lot=lot)
    return sheet.Sheet(
        RULE, SOURCE, seats, profile.candidates, papers.valid, papers.blank, None, tuple(bought.stages),
        tuple(bought.winners),
    )  # fmt: skip
