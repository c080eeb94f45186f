"""What it takes to be sure: of a seat, of a decision, whatever everybody else does.

Notation: N electors, S seats, j seats to be sure of. Source: the seat functions of capture analysis, worst case over
the other voters; Droop quota of the Scottish order.
"""

from fractions import Fraction
from math import ceil, floor
from typing import assert_never

from comitia.charter.structure import CountingRule, Matter


def seat_cost(rule: CountingRule, *, electors: int, seats: int, sure_of: int) -> int:
    """Return the fewest electors who, agreeing, are sure of so many seats."""
    if sure_of == 0:
        return 0
    match rule:
        case "scottish":
            # j Droop quotas; all electors are always enough.
            return min(electors, sure_of * (electors // (seats + 1) + 1))
        case "plurality" | "approval":
            # More than half of the ballots fill every seat: block vote.
            return electors // 2 + 1
        case _:
            assert_never(rule)


def votes_needed(matter: Matter, *, voters: int) -> int:
    """Return how many of the voters of a body carry a matter, whether the others vote against or stay away.

    If they vote against, the threshold is counted on all voters; if they stay away, the coalition alone is the quorum.
    """
    return max(over(matter.threshold, voters, strict=matter.strict), ceil(matter.quorum * voters), 1)


def over(share: Fraction, number: int, *, strict: bool) -> int:
    """Return the least whole number that is more than, or at least, a share of a number."""
    return floor(share * number) + 1 if strict else ceil(share * number)
