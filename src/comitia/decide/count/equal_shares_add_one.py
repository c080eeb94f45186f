"""Method of equal shares, the shares raised seat by seat while they buy no more than the seats (add-one completion).

Source: D. Peters, G. Pierczynski, P. Skowron, NeurIPS 2021, section on exhaustiveness ("Add1"), and its use with a last
utilitarian step ("Add1U"). Clauses 1 to 5, the purchases, stand in ``decide/equal_shares.py``; then:

6  If seats are left, everything is bought anew with the money of one seat more, shared equally among the papers, again
   and again, until just the seats are filled, or the next purchase would elect more than there are seats. The last
   outcome that elects no more than the seats stands.
7  This also ends where every paper could pay a whole candidate alone: then all whom anybody approves are elected.
8  Seats that are left even so go to the candidates whom most papers approve, one after another; ties are parted by lot.

Lots are drawn in each purchase with numbers that go on, so that no draw is used twice; the sheet shows the outcome that
stands. In the worst case (a candidate whom one paper in many approves) clause 6 repeats once for each paper.
"""

from comitia.decide import approvals, equal_shares, profile as profiles, properties, sheet, ties

RULE = "equal_shares_add_one"
SOURCE = "Method of equal shares, completed by add-one, then by approval: Peters, Pierczynski, Skowron 2021"
PROPERTIES: frozenset[properties.Property] = frozenset({"unranked", "justified", "extended", "monotone"})


def count(profile: profiles.Profile, *, seats: int, lot: ties.Breaking) -> sheet.Sheet:
    """Return the whole count of a profile by equal shares, completed by add-one.

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
    budget, draws = seats, bought.draws
    # 6, 7
    while len(bought.winners) < seats and budget < papers.valid:
        budget += 1
        further = equal_shares.buy(market, budget, most=seats + 1, lot=lot, number=draws)
        draws = further.draws
        if len(further.winners) > seats:
            break
        bought = further
    # 8
    bought.draws = draws
    equal_shares.most_approved(market, bought, seats=seats, lot=lot)
    return sheet.Sheet(
        RULE, SOURCE, seats, profile.candidates, papers.valid, papers.blank, None, tuple(bought.stages),
        tuple(bought.winners),
    )  # fmt: skip
