"""Which coalition rules when a majority of power may drive out the rest, and knows that it may happen to it again.

Source: Acemoglu, Egorov and Sonin, "Coalition formation in non-democracies", Review of Economic Studies 75 (2008). A
coalition is self-enforcing when none inside it that holds a majority of its power is self-enforcing. The one that
rules is the lightest self-enforcing majority, or all when there is none.
"""

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from itertools import combinations


def ruling(powers: Sequence[int], *, majority: Fraction = Fraction(1, 2)) -> tuple[int, ...]:
    """Return the members, by their place, of the coalition that ends up ruling; majorities are more than the share.

    Powers should be generic: no two coalitions of equal power.
    """

    @cache
    def ends(coalition: tuple[int, ...]) -> tuple[int, ...]:
        total = sum(powers[i] for i in coalition)
        stable = [
            smaller
            for size in range(1, len(coalition))
            for smaller in combinations(coalition, size)
            if sum(powers[i] for i in smaller) > majority * total and ends(smaller) == smaller
        ]
        return min(stable, key=lambda c: sum(powers[i] for i in c), default=coalition)

    return ends(tuple(range(len(powers))))


def lasting_sizes(most: int) -> list[int]:
    """Return the sizes up to ``most`` that last when powers are nearly equal, and half the number can be a majority."""
    sizes: list[int] = []
    for size in range(1, most + 1):
        if not any(2 * smaller >= size for smaller in sizes):
            sizes.append(size)
    return sizes
