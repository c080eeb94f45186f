"""Apportionment: seats given to bodies or lists in proportion to members or votes; ties are reported, never broken.

Sources: M. Balinski and H. P. Young, Fair Representation (1982); German Federal Elections Act (BWahlG) of 2023,
section 4(2), for Sainte-Lague. Integer and fraction arithmetic only.
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
    order = sorted(claims.values(), reverse=True)
    if left == 0 or left >= len(order):
        given = set(claims) if left else set()
        return Apportionment(rule, {n: s + (n in given) for n, s in certain.items()}, (), 0)
    level = order[left - 1]
    above = {name for name, claim in claims.items() if claim > level}
    at_level = [name for name in claims if claims[name] == level]
    if order[left] < level:
        above |= set(at_level)
        at_level = []
    seats = {name: number + (name in above) for name, number in certain.items()}
    return Apportionment(rule, seats, tuple(at_level), left - len(above) if at_level else 0)


def _by_divisors(rule: str, votes: Mapping[str, int], seats: int, divisor: Callable[[int], int]) -> Apportionment:
    """Give seats one at a time to the largest quotient of votes and the divisor for the seats held."""
    _check_votes(votes, seats)
    held = dict.fromkeys(votes, 0)
    given = 0
    while given < seats:
        quotients = {name: Fraction(votes[name], divisor(held[name])) for name in votes}
        highest = max(quotients.values())
        first = [name for name in votes if quotients[name] == highest]
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
    return _by_divisors("sainte_lague", votes, seats, lambda held: 2 * held + 1)


def dhondt(votes: Mapping[str, int], *, seats: int) -> Apportionment:
    """Return seats by the largest quotients of votes by 1, 2, 3, ...: favours the large.

    Raises:
        VotesWrong: votes or seats below 0, or no votes.
    """
    return _by_divisors("dhondt", votes, seats, lambda held: held + 1)


def largest_remainder(votes: Mapping[str, int], *, seats: int) -> Apportionment:
    """Return seats by whole Hare quotas (votes divided by seats), the rest to the largest remainders (Hamilton).

    Raises:
        VotesWrong: votes or seats below 0, or no votes.
    """
    _check_votes(votes, seats)
    total = sum(votes.values())
    ideal = {name: Fraction(number * seats, total) if total else Fraction(0) for name, number in votes.items()}
    certain = {name: floor(share) for name, share in ideal.items()}
    remainders = {name: share - certain[name] for name, share in ideal.items()}
    return _largest("largest_remainder", certain, remainders, seats - sum(certain.values()))
