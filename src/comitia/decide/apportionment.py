"""Apportionment: seats given to bodies or lists in proportion to members or votes; ties are reported, never broken.

Sources: M. Balinski and H. P. Young, Fair Representation (1982); German Federal Elections Act (BWahlG) of 2023,
section 4(2), for Sainte-Lague; 2 U.S.C. 2a and 2b for Huntington-Hill, "the method known as the method of equal
proportions, no State to receive less than one Member" (2b). Integer and fraction arithmetic only.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor


@dataclass(frozen=True, slots=True)
class Apportionment:
    """Seats by name, in the order given.

    Attributes:
        seats: those that are certain.
        tied: names with equal claims to the last seats, empty if there is no tie.
        undecided: how many seats lie between those tied, 0 if there is no tie.
    """

    rule: str
    seats: dict[str, int]
    tied: tuple[str, ...]
    undecided: int


class VotesWrong(Exception):
    """Votes below 0, no votes at all, or seats below 0."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"seats cannot be apportioned: {reason}")
        self.reason = reason


def _check_votes(votes: Mapping[str, int], seats: int) -> None:
    wrong = next((name for name, number in votes.items() if number < 0), None)
    if wrong is not None:
        raise VotesWrong(f"{wrong} has {votes[wrong]} votes, expected 0 or more")
    if seats < 0:
        raise VotesWrong(f"{seats} seats, expected 0 or more")
    if seats and sum(votes.values()) == 0:
        raise VotesWrong("nobody has a vote")


def _largest(rule: str, certain: dict[str, int], claims: Mapping[str, Fraction], left: int) -> Apportionment:
    """Give one further seat each to the largest claims; those that tie over the last of them are reported."""
    # Where there are more seats left than claims (few votes and a quota of one vote) they go round.
    rounds, left = divmod(left, len(claims)) if left else (0, 0)
    certain = {name: number + (rounds if name in claims else 0) for name, number in certain.items()}
    if left == 0:
        return Apportionment(rule, certain, (), 0)
    order = sorted(claims.values(), reverse=True)
    level = order[left - 1]
    above = {name for name, claim in claims.items() if claim > level}
    at_level = [name for name in claims if claims[name] == level]
    if order[left] < level:
        above |= set(at_level)
        at_level = []
    seats = {name: number + (name in above) for name, number in certain.items()}
    return Apportionment(rule, seats, tuple(at_level), left - len(above) if at_level else 0)


# A claim to the next seat; the first part is 1 where the divisor is 0, which is more than any number.
Claim = tuple[int, Fraction]


def _by_claims(rule: str, votes: Mapping[str, int], seats: int, claim: Callable[[int, int], Claim]) -> Apportionment:
    """Give seats one at a time to the largest claim, a function of votes and seats held; no votes, no claim."""
    _check_votes(votes, seats)
    held = dict.fromkeys(votes, 0)
    given = 0
    while given < seats:
        claims = {name: claim(votes[name], held[name]) for name in votes if votes[name]}
        highest = max(claims.values())
        first = [name for name in claims if claims[name] == highest]
        if len(first) > seats - given:
            return Apportionment(rule, held, tuple(first), seats - given)
        for name in first:
            held[name] += 1
        given += len(first)
    return Apportionment(rule, held, (), 0)


def sainte_lague(votes: Mapping[str, int], *, seats: int) -> Apportionment:
    """Return seats by the largest quotients of votes by 1, 3, 5, ...: rounded, neutral between large and small.

    Args:
        votes: or members, by name.
        seats: to give out.

    Raises:
        VotesWrong: votes or seats below 0, or no votes.
    """
    return _by_claims("sainte_lague", votes, seats, lambda number, held: (0, Fraction(number, 2 * held + 1)))


def dhondt(votes: Mapping[str, int], *, seats: int) -> Apportionment:
    """Return seats by the largest quotients of votes by 1, 2, 3, ...: favours the large.

    Raises:
        VotesWrong: votes or seats below 0, or no votes.
    """
    return _by_claims("dhondt", votes, seats, lambda number, held: (0, Fraction(number, held + 1)))


def huntington_hill(votes: Mapping[str, int], *, seats: int) -> Apportionment:
    """Return seats by the largest quotients of votes by the geometric means of seats held and one more: 0, 1.41, 2.45,
    ...

    The squares of the quotients, votes**2 / (n(n+1)), are compared, so that no root is drawn. Dividing by 0 is more
    than any quotient: everybody with votes gets a first seat, those with more votes before the others where seats are
    few.

    Raises:
        VotesWrong: votes or seats below 0, or no votes.
    """

    def claim(number: int, held: int) -> Claim:
        return (0, Fraction(number**2, held * (held + 1))) if held else (1, Fraction(number))

    return _by_claims("huntington_hill", votes, seats, claim)


def adams(votes: Mapping[str, int], *, seats: int) -> Apportionment:
    """Return seats by the largest quotients of votes by 0, 1, 2, ...: favours the small, everybody with votes is heard.

    Dividing by 0 is more than any quotient, and where seats are few those with more votes come first.

    Raises:
        VotesWrong: votes or seats below 0, or no votes.
    """
    return _by_claims(
        "adams", votes, seats, lambda number, held: (0, Fraction(number, held)) if held else (1, Fraction(number))
    )


def largest_remainder(votes: Mapping[str, int], *, seats: int) -> Apportionment:
    """Return seats by whole Hare quotas (votes divided by seats), the rest to the largest remainders (Hamilton).

    Raises:
        VotesWrong: votes or seats below 0, or no votes.
    """
    _check_votes(votes, seats)
    return _by_quota("largest_remainder", votes, seats, Fraction(sum(votes.values()), max(seats, 1)))


def droop_remainder(votes: Mapping[str, int], *, seats: int) -> Apportionment:
    """Return seats by whole Droop quotas (votes // (seats + 1) + 1), the rest to the largest remainders.

    Raises:
        VotesWrong: votes or seats below 0, or no votes.
    """
    _check_votes(votes, seats)
    return _by_quota("droop_remainder", votes, seats, Fraction(sum(votes.values()) // (seats + 1) + 1))


def _by_quota(rule: str, votes: Mapping[str, int], seats: int, quota: Fraction) -> Apportionment:
    certain = {name: floor(number / quota) if number and seats else 0 for name, number in votes.items()}
    remainders = {name: number - certain[name] * quota for name, number in votes.items() if number}
    return _largest(rule, certain, remainders, seats - sum(certain.values()))
