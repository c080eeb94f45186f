"""Pyramids, ties, juries and purges: tables P22 to P33, and May's theorem."""

from fractions import Fraction
from itertools import product
from math import acos, pi, sqrt

import numpy as np
import pytest

from comitia.drill import purges, pyramids


def test_p22_single_delegates_halve_the_majority_at_every_tier() -> None:
    assert (pyramids.fewest((3,) * 5), 3**5) == (32, 243)
    assert (pyramids.fewest((5,) * 3), 5**3) == (27, 125)
    assert (pyramids.fewest((101,) * 3), 101**3) == (132_651, 1_030_301)


def test_p25_a_minority_of_45_in_100_is_gone_after_eight_tiers_of_three() -> None:
    # Galam, physics/0703081.
    climbed = pyramids.climb(0.45, 3, ties="lost", tiers=9)

    assert [round(p, 4) for p in climbed] == [0.4253, 0.3887, 0.3358, 0.2626, 0.1706, 0.0774, 0.0171, 0.0009, 0.0]
    assert pyramids.threshold(3, ties="lost") == 0.5
    slope = (pyramids.majority(0.5 + 1e-6, 3, ties="lost") - pyramids.majority(0.5 - 1e-6, 3, ties="lost")) / 2e-6
    assert round(slope, 6) == 1.5


def test_p26_and_p27_where_a_tie_keeps_the_incumbents_77_in_100_are_not_enough() -> None:
    # Galam, physics/0703081: "seventy seven percent", and 23 % for those in office.
    assert pyramids.threshold(4, ties="lost") == pytest.approx((1 + sqrt(13)) / 6, abs=1e-12)
    assert pyramids.threshold(4, ties="won") == pytest.approx((5 - sqrt(13)) / 6, abs=1e-12)
    climbed = pyramids.climb(0.69, 4, ties="lost", tiers=6)
    assert [round(p, 4) for p in climbed] == [0.6340, 0.5347, 0.3663, 0.1425, 0.0103, 0.0]
    assert [round(pyramids.threshold(r, ties="lost"), 6) for r in (6, 8, 10, 20, 50, 100)] == [
        0.652871, 0.604487, 0.578587, 0.533976, 0.512060, 0.505695,
    ]  # fmt: skip


def test_p28_a_jury_grows_wiser_with_its_number() -> None:
    found = [pyramids.majority(0.6, n, ties="lost") for n in (3, 9, 11, 25, 101)]

    assert [round(p, 10) for p in found] == [0.648, 0.73343232, 0.7534981325, 0.8462322310, 0.9791033090]


def test_p29_an_indirect_majority_is_less_wise_than_a_direct_one() -> None:
    # Boland (1989).
    chance = Fraction(3, 5)
    direct = pyramids.majority(chance, 9, ties="lost")
    indirect = pyramids.majority(pyramids.majority(chance, 3, ties="lost"), 3, ties="lost")

    assert (indirect, direct) == (Fraction(1397493, 1953125), Fraction(286497, 390625))


def test_p30_one_election_in_five_is_won_with_fewer_votes() -> None:
    # Feix, Lepelley, Merlin and Rouet (2004): "rapidly tends to 20 %".
    three = 3 / 4 - 3 / 2 * acos(1 / 3) / pi

    assert pyramids.inversion(3) == pytest.approx(three, abs=1e-9)
    assert [round(pyramids.inversion(n), 3) for n in (11, 51)] == [0.195, 0.204]
    assert pyramids.inversion(301) == pytest.approx(acos(sqrt(2 / pi)) / pi, abs=1e-3)


def test_p31_the_law_of_cubes() -> None:
    assert [round(pyramids.seats_by_cubes(v), 6) for v in (0.51, 0.55, 0.6)] == [0.529968, 0.646117, 0.771429]


def test_p32_and_p33_who_rules_after_the_purges() -> None:
    # Acemoglu, Egorov and Sonin (2008).
    assert purges.lasting_sizes(40) == [1, 3, 7, 15, 31]
    assert purges.ruling([3, 4, 5, 10]) == (0, 1, 2)
    assert purges.ruling([3, 4, 5]) == (0, 1, 2)
    assert purges.ruling([1, 4]) == (1,)


def test_p34_only_the_simple_majority_is_anonymous_neutral_and_positively_responsive() -> None:
    # May (1952). Anonymous: by votes for and against alone. Neutral: f(y, n) = -f(n, y). Positively responsive: one
    # more for it, and a tie or a win is a win. For each number of voters, every rule is built up and only one stays.
    for voters in range(1, 8):
        found = {(y, n): {-1, 0, 1} for y, n in product(range(voters + 1), repeat=2) if y + n <= voters}
        changed = True
        while changed:
            before = {pair: set(values) for pair, values in found.items()}
            for y, n in found:
                found[y, n] &= {0} if y == n else {-value for value in found[n, y]}
                for more in ((y + 1, n), (y, n - 1), (y + 1, n - 1)):
                    if more in found:
                        if min(found[y, n]) >= 0:
                            found[more] &= {1}
                        found[y, n] &= {-1} if 1 not in found[more] else {-1, 0, 1}
            changed = found != before
        assert found == {(y, n): {int(np.sign(y - n))} for y, n in found}


def test_the_share_that_goes_back_to_the_base_says_nothing() -> None:
    # Nine of ten seats fill themselves, one is elected: whoever follows the seats far enough always ends at the base.
    itself = np.array([[0.9]])
    to_the_base = np.array([[0.1]])

    assert (np.linalg.inv(np.eye(1) - itself) @ to_the_base).item() == pytest.approx(1.0)
    # The mandate distance tells them apart: ten steps instead of one.
    assert (np.linalg.inv(np.eye(1) - itself) @ np.ones((1, 1))).item() == pytest.approx(10.0)
