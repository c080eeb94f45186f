"""A vote as a simple game: which coalitions win, by one quota or by several at once.

A *way* is a list of thresholds that must all be met (a majority of states and of population); a game is won by any of
its ways. Every monotone rule can be written so. Source: Taylor and Zwicker, Simple Games (1999), on dimension and
codimension of weighted games.

A game of several ways is a signed sum of single ways (inclusion and exclusion), and every index that counts coalitions
is additive, so that only joint thresholds ever need to be counted.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import lcm


class WrongWeights(Exception):
    """Weights or a quota with which nobody votes."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"{reason}; give a quota above 0 and at least one weight, none below 0")


@dataclass(frozen=True, slots=True)
class Threshold:
    """A weight for each member, and the weight that is enough."""

    quota: int
    weights: tuple[int, ...]


Way = tuple[Threshold, ...]


@dataclass(frozen=True, slots=True)
class Game:
    """The ways in which a coalition wins; each is a tuple of thresholds that must all be met."""

    ways: tuple[Way, ...]

    @property
    def members(self) -> int:
        """How many vote."""
        return len(self.ways[0][0].weights)


def weighted(weights: tuple[int, ...], quota: int) -> Game:
    """Return the game with one quota.

    Raises:
        WrongWeights: no member, a weight below 0, or a quota of 0 or less.
    """
    return game([[Threshold(quota, weights)]])


def game(ways: Iterable[Iterable[Threshold]]) -> Game:
    """Return the game that is won by any of the ways.

    Raises:
        WrongWeights: no member, a weight below 0, a quota of 0 or less, or thresholds over different members.
    """
    found = tuple(tuple(way) for way in ways)
    thresholds = [threshold for way in found for threshold in way]
    if not thresholds or not all(found):
        raise WrongWeights("there is a way without a threshold")
    for one in thresholds:
        if not one.weights or min(one.weights) < 0 or one.quota <= 0:
            weights = ", ".join(map(str, one.weights)) or "none"
            raise WrongWeights(f"the quota is {one.quota} and the weights are {weights}")
        if len(one.weights) != len(thresholds[0].weights):
            raise WrongWeights(f"{len(one.weights)} weights stand beside {len(thresholds[0].weights)}")
    return Game(found)


def whole(quota: Fraction, weights: Iterable[Fraction]) -> Threshold:
    """Return the same threshold in whole numbers."""
    numbers = [quota, *weights]
    scale = lcm(*(number.denominator for number in numbers))
    first, *rest = (int(number * scale) for number in numbers)
    return Threshold(first, tuple(rest))


def wins(game: Game, coalition: Iterable[int]) -> bool:
    """Return whether the members with these numbers (from 0) win together."""
    inside = tuple(coalition)
    return any(all(sum(t.weights[i] for i in inside) >= t.quota for t in way) for way in game.ways)


def signed(game: Game) -> tuple[tuple[int, Way], ...]:
    """Return the game as a sum of ways, each with its factor.

    1 - (1 - a)(1 - b)... multiplied out. Of thresholds with the same weights in one product the highest stays.
    """
    total: Counter[Way] = Counter()
    for size in range(1, len(game.ways) + 1):
        for chosen in combinations(game.ways, size):
            total[_joined(chosen)] += (-1) ** (size - 1)
    return tuple((factor, way) for way, factor in total.items() if factor)


def _joined(ways: tuple[Way, ...]) -> Way:
    highest: dict[tuple[int, ...], int] = {}
    for threshold in (one for way in ways for one in way):
        highest[threshold.weights] = max(threshold.quota, highest.get(threshold.weights, 0))
    return tuple(Threshold(quota, weights) for weights, quota in sorted(highest.items()))


def alike(game: Game) -> dict[tuple[int, ...], int]:
    """Return how many members have the same weight in every threshold, by these weights, in the order of the first."""
    return dict(Counter(kinds(game)))


def kinds(game: Game) -> list[tuple[int, ...]]:
    """Return each member's weights in all thresholds, way after way."""
    return list(zip(*(threshold.weights for way in game.ways for threshold in way), strict=True))
