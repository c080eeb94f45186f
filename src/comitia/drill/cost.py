"""What it takes to win a seat or a decision: to be sure of it, whatever everybody else does; or where nobody comes.

Notation: N electors, S seats, j seats to be sure of. Source: the seat functions of capture analysis, worst case over
the other voters; Droop quota of the Scottish order.
"""

from fractions import Fraction
from math import ceil, floor
from typing import Literal, assert_never

from comitia.charter.structure import Base, CountingRule, Exit, Matter

Others = Literal["against", "absent"]
"""What all others do: whatever hurts most (the coalition is *sure*), or stay away (it is *enough*)."""

_OF_ALL: tuple[Base, ...] = ("members", "seats", "filled")
"""The bases of a threshold that count who stays away."""


def seat_cost(rule: CountingRule, *, electors: int, seats: int, sure_of: int) -> int:
    """Return the fewest electors who, agreeing, are sure of so many seats."""
    if sure_of == 0:
        return 0
    match rule:
        case "scottish" | "meek" | "wigm" | "ers97":
            # j Droop quotas, counted whole; all electors are always enough.
            return min(electors, sure_of * (electors // (seats + 1) + 1))
        case "plurality":
            # One vote a paper: the others, spread over S - j + 1 candidates, must not reach the weakest of ours.
            quota, rest = divmod(electors, seats + 1)
            return min(electors, sure_of * quota + min(sure_of, rest + 1))
        case "instant_runoff" | "schulze" | "schulze_margins" | "ranked_pairs":
            # More than half of the papers stay with one candidate whatever is excluded, and beat everybody.
            return electors // 2 + 1
        case "list":
            # d'Hondt's worst case: the others on one list, whose seats - j + 1 quotients ours must exceed.
            others = seats - sure_of + 1
            return min(electors, electors * sure_of // (sure_of + others) + 1)
        case "approval" | "block":
            # Papers that name all our candidates and no other: more than half of them fill every seat.
            return electors // 2 + 1
        case "borda" | "borda_modified":
            # However many stand: ours rank our own first and give all others half of that on the average, the others
            # give everything to those of them who got most from ours: c n > (N - c) n + c n/2.
            return min(electors, 2 * electors // 3 + 1)
        case "pav" | "phragmen" | "equal_shares_phragmen":
            # Papers that name just ours, j of them: more than j/(S + 1) of the electors, by the argument for d'Hondt's
            # rule (one more of ours would gain more, or carry less, than somebody who is elected).
            return min(electors, electors * sure_of // (seats + 1) + 1)
        case "equal_shares_add_one" | "equal_shares_utilitarian":
            # Ours buy j with j/S of the money; or, being the most approved, get what the others cannot buy.
            bought = -(-electors * sure_of // seats)
            return min(bought, max(electors // 2 + 1, electors * (sure_of - 1) // seats + 1))
        case _:
            assert_never(rule)


def seats_alone(*, electors: int, nomination: int, turnout: Fraction) -> int:
    """Return the fewest electors who fill every seat where nobody else stands or votes, by any counting rule.

    Args:
        nomination: how many must nominate a candidate; ``turnout``: share of the electors who must vote.
    """
    return min(electors, max(1, nomination, ceil(turnout * electors)))


def votes_needed(matter: Matter, *, voters: int, others: Others) -> int:
    """Return how many of the voters of a body carry a matter.

    ``against`` is whatever hurts most: if the others vote against, the threshold is counted on all voters; if they
    stay away, the coalition alone is the quorum. ``absent``: they stay away, and the charter says what silence means.
    """
    if others == "against":
        return max(over(matter.threshold, voters, strict=matter.strict), _quorum(matter, voters), 1)
    of_all, quorum = matter.base in _OF_ALL, _quorum(matter, voters)
    abstaining = matter.silence == "abstains" and matter.abstentions_count_to_quorum is not False
    if (matter.silence == "consents" or abstaining) and quorum <= voters:
        # The silent are the quorum.
        quorum = 1
    match matter.silence:
        case "consents":
            of_all = False
        case "abstains":
            of_all |= matter.base == "present" or (matter.base == "cast" and matter.abstentions == "counted")
        case "absent":
            pass
    return max(over(matter.threshold, voters, strict=matter.strict) if of_all else 1, quorum, 1)


def votes_alone(step: Exit, *, voters: int, others: Others) -> int:
    """Return how many of the voters of a joint body decide alone where two bodies differ."""
    if others == "absent" and step.base not in _OF_ALL:
        return 1
    return over(step.threshold, voters, strict=step.strict)


def _quorum(matter: Matter, voters: int) -> int:
    return matter.quorum if isinstance(matter.quorum, int) else ceil(matter.quorum * voters)


def bodies_needed(matter: Matter) -> int:
    """Return how many bodies of each deciding kind must carry a matter: one, or both of two that merge."""
    return 2 if matter.effect == "merger" else 1


def over(share: Fraction, number: int, *, strict: bool) -> int:
    """Return the least whole number that is more than, or at least, a share of a number."""
    return floor(share * number) + 1 if strict else ceil(share * number)
