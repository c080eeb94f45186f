"""Method of equal shares, completed by sequential Phragmen from what each paper has left.

Source: D. Peters and P. Skowron, "Proportionality and the limits of welfarism" (EC 2020), section 3, on completing the
rule. Clauses 1 to 5, the purchases, stand in ``decide/equal_shares.py``; then:

6  If seats are left, every paper goes on to earn money, all at the same pace, beginning with what it has left. As soon
   as the papers that approve a candidate have 1 together she is elected, and they have nothing. That is at the time
   t = (1 - money of her papers) / their number, each paper's money being counted from when it last paid.
7  Candidates who tie are parted by lot. Whoever no paper approves is elected only where nobody approved is left, by
   lot.

The totals of a stage are, for whoever has been bought, what her papers paid at most; for whoever was elected under 6,
the time of her election.
"""

from fractions import Fraction

from comitia.decide import approvals, equal_shares, profile as profiles, properties, sheet, ties

RULE = "equal_shares_phragmen"
SOURCE = "Method of equal shares, completed by sequential Phragmen: Peters and Skowron 2020"
PROPERTIES: frozenset[properties.Property] = frozenset({"unranked", "justified", "extended", "monotone"})


def _complete(market: equal_shares.Market, bought: equal_shares.Bought, *, seats: int, lot: ties.Breaking) -> None:
    # Loads as in Phragmen's rule: the time at which a paper last had nothing, negative where it has money at the start.
    unit = bought.purse.unit
    load = [-amount for amount in bought.purse.money()]
    left = [c for c in market.standing if c not in bought.winners]
    while left and len(bought.winners) < seats:
        # 6
        times = {
            c: Fraction(unit + sum([load[p] * market.weights[p] for p in market.supporters[c]]), market.support[c])
            for c in left
            if market.support[c]
        }
        soonest = min(times.values(), default=Fraction(0))
        first = [c for c in left if times.get(c) == soonest] if times else left
        chosen = first[0]
        tie: ties.Tie | None = None
        if len(first) > 1:
            # 7
            tie, bought.draws = ties.by_draw("election", first, lot=lot, number=bought.draws)
            chosen = tie.chosen[0]
        said = [] if tie is None else [sheet.tie_sentence(tie, market.names)]
        if times:
            unit *= soonest.denominator
            load = [amount * soonest.denominator for amount in load]
            for place in market.supporters[chosen]:
                load[place] = soonest.numerator
            at = Fraction(soonest.numerator, unit)
            bought.totals[chosen] = at
            said.append(
                f"{market.names[chosen]} is elected to a seat that is left: the {market.support[chosen]} papers that "
                f"approve her have enough together soonest, after {sheet.exact_text(at)} of a seat more each"
            )
        else:
            said.append(f"{market.names[chosen]} is elected to a seat that is left, though no paper approves her")
        equal_shares.close_stage(bought, chosen, said, tie)
        left.remove(chosen)


def count(profile: profiles.Profile, *, seats: int, lot: ties.Breaking) -> sheet.Sheet:
    """Return the whole count of a profile by equal shares, completed by sequential Phragmen.

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
    _complete(market, bought, seats=seats, lot=lot)
    return sheet.Sheet(
        RULE, SOURCE, seats, profile.candidates, papers.valid, papers.blank, None, tuple(bought.stages),
        tuple(bought.winners),
    )  # fmt: skip
