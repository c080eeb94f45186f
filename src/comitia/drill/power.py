"""A priori power in a vote, exactly: Banzhaf, Shapley-Shubik and Coleman by counting coalitions.

Notation: n members. A swing of i is a winning coalition that loses without i. Banzhaf (1965) shares the swings, and as
an absolute index, which Penrose (1946) found before him, divides them by 2^(n-1). Shapley and Shubik (1954) count
orders: the share of the n! orders in which i turns losing into winning. Coleman (1971) divides swings by the winning
coalitions (the power to prevent) and by the losing ones (the power to initiate), and calls the share of winning
coalitions the power of a body to act.

The indices say how much a rule leaves to whom before anybody has an opinion. Who agrees with whom is not in them, and
neither is anybody's informal power.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import factorial

from comitia.drill import game as games, swings as counting
from comitia.drill.game import Game

LIMITS = (
    "These indices are a priori: they take every coalition as equally likely, or every order, and know nothing of who "
    "agrees with whom. Informal power is invisible to them."
)

_LARGEST = 2_000_000_000
"""Steps of the count beyond which it is refused: a minute, not a second."""


@dataclass(frozen=True, slots=True)
class MemberPower:
    """The power of one member: her swings, and the indices that share them out."""

    swings: int
    banzhaf: Fraction
    banzhaf_absolute: Fraction
    shapley_shubik: Fraction
    coleman_prevent: Fraction
    coleman_initiate: Fraction


@dataclass(frozen=True, slots=True)
class Power:
    """The power in a vote.

    Attributes:
        winning: how many of the 2^n coalitions win.
        act: their share, Coleman's power of the body to act.
        members: in the order of the weights.
    """

    winning: int
    act: Fraction
    members: tuple[MemberPower, ...]


def power(weights: tuple[int, ...], quota: int) -> Power:
    """Return the exact power of every member of a vote with one quota.

    Raises:
        WrongWeights: no member, a weight below 0, or a quota of 0 or less.
        TooLarge: the count would take too many steps.
    """
    return power_in(games.weighted(weights, quota))


def power_in(game: Game) -> Power:
    """Return the exact power of every member of a game.

    Raises:
        TooLarge: the count would take too many steps.
    """
    n = game.members
    counted = counting.count(game, most_steps=_LARGEST)
    members = games.kinds(game)
    total = sum(number * sum(counted.by_size[weights]) for weights, number in games.alike(game).items())
    by_weights = {
        weights: _member(sizes, n, total=total, winning=counted.winning) for weights, sizes in counted.by_size.items()
    }
    return Power(counted.winning, Fraction(counted.winning, 2**n), tuple(by_weights[weights] for weights in members))


def _member(by_size: list[int], n: int, *, total: int, winning: int) -> MemberPower:
    swings = sum(by_size)
    orders = sum(count * factorial(size) * factorial(n - size - 1) for size, count in enumerate(by_size) if count)
    return MemberPower(
        swings=swings,
        banzhaf=Fraction(swings, total) if total else Fraction(0),
        banzhaf_absolute=Fraction(swings, 2 ** (n - 1)),
        shapley_shubik=Fraction(orders, factorial(n)),
        coleman_prevent=Fraction(swings, winning) if winning else Fraction(0),
        coleman_initiate=Fraction(swings, 2**n - winning) if winning < 2**n else Fraction(0),
    )
