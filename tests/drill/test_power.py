from fractions import Fraction
from itertools import combinations
from math import comb, gcd, prod

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from comitia.drill import banzhaf as swings_alone, game as games, halves, quadrature, swings as counting
from comitia.drill.game import Game, Threshold, WrongWeights
from comitia.drill.power import power, power_in
from comitia.drill.swings import TooLarge


def games_of(most: int, thresholds: int) -> st.SearchStrategy[Game]:
    """Return games of up to so many members, won by any of two ways of up to so many thresholds."""

    def of(members: int) -> st.SearchStrategy[Game]:
        weights = st.tuples(*(st.integers(0, 6) for _ in range(members)))
        way = st.lists(st.builds(Threshold, st.integers(1, 14), weights), min_size=1, max_size=thresholds)
        return st.lists(way, min_size=1, max_size=2).map(games.game)

    return st.integers(1, most).flatmap(of)


def by_trying_all(game: Game) -> tuple[int, list[list[int]]]:
    """Return winning coalitions, and each member's swings by the number of the others, coalition by coalition."""
    n = game.members
    coalitions = [frozenset(i for i in range(n) if mask >> i & 1) for mask in range(2**n)]
    winning = {c for c in coalitions if games.wins(game, c)}
    swings = [[0] * n for _ in range(n)]
    for coalition in winning:
        for i in coalition:
            swings[i][len(coalition) - 1] += coalition - {i} not in winning
    return len(winning), swings


@settings(deadline=None)
@given(games_of(6, 2))
def test_every_way_of_counting_finds_what_trying_all_coalitions_finds(game: Game) -> None:
    winning, swings = by_trying_all(game)
    for count in (counting.by_kinds, counting.by_sums, counting.by_halves):
        found = count(game)

        assert (found.winning, [found.by_size[kind] for kind in games.kinds(game)]) == (winning, swings)


@settings(deadline=None)
@given(games_of(7, 2))
def test_what_holds_of_all_power(game: Game) -> None:
    found = power_in(game)
    swings = [member.swings for member in found.members]
    total = Fraction(sum(swings))

    assert sum(m.shapley_shubik for m in found.members) == (1 if found.winning else 0)
    assert [m.banzhaf for m in found.members] == [s / total if total else 0 for s in swings]
    assert [m.banzhaf_absolute for m in found.members] == [Fraction(s, 2 ** (game.members - 1)) for s in swings]
    for m in found.members:
        # Penrose: 1 / absolute is the mean of 1 / prevent and 1 / initiate.
        if m.swings:
            assert 2 / m.banzhaf_absolute == 1 / m.coleman_prevent + 1 / m.coleman_initiate
    # A member without weight is a dummy; those who come in another order have the same power.
    backwards = games.game([[Threshold(t.quota, t.weights[::-1]) for t in way] for way in game.ways])
    assert power_in(backwards).members == found.members[::-1]
    assert all(m.swings == 0 for m, kind in zip(found.members, games.kinds(game), strict=True) if not any(kind))


@settings(deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=12), st.data())
def test_a_game_and_its_dual_give_everybody_the_same_power(weights: list[int], data: st.DataObject) -> None:
    total = sum(weights)
    quota = data.draw(st.integers(1, max(1, total)))
    found = power(tuple(weights), quota)
    if total:
        dual = power(tuple(weights), total - quota + 1)
        assert [(m.swings, m.shapley_shubik) for m in dual.members] == [
            (m.swings, m.shapley_shubik) for m in found.members
        ]
        assert dual.winning == 2 ** len(weights) - found.winning
    alone = swings_alone.count(tuple(weights), quota)
    assert (alone.winning, alone.swings) == (found.winning, tuple(m.swings for m in found.members))


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 40), min_size=2, max_size=25).filter(any), st.data())
def test_floating_point_agrees_with_the_exact_count(weights: list[int], data: st.DataObject) -> None:
    quota = data.draw(st.integers(1, sum(weights)))
    exact, found = power(tuple(weights), quota), quadrature.estimate(tuple(weights), quota)

    assert np.allclose(found.shapley_shubik, [float(m.shapley_shubik) for m in exact.members], rtol=1e-10, atol=1e-13)
    assert np.allclose(found.banzhaf, [float(m.banzhaf) for m in exact.members], rtol=1e-10, atol=1e-13)
    assert abs(found.act - float(exact.act)) < 1e-12


@pytest.mark.parametrize("voters", [63, 64, 66, 67, 68, 127, 131, 200])
def test_nothing_overflows_beyond_66_voters(voters: int) -> None:
    # C(66, 33) is the last middle binomial below 2^63. Two kinds of counting, and the formula.
    game = games.weighted((1,) * voters, voters // 2 + 1)
    swings = [comb(voters - 1, voters // 2) if size == voters // 2 else 0 for size in range(voters)]
    winning = sum(comb(voters, k) for k in range(voters // 2 + 1, voters + 1))

    assert counting.by_kinds(game) == counting.by_sums(game) == counting.Swings(winning, {(1,): swings})
    assert swings_alone.count((1,) * voters, voters // 2 + 1).swings[0] == sum(swings)


def test_the_moduli_have_no_common_divisor() -> None:
    moduli = counting.moduli(1000)

    assert all(gcd(a, b) == 1 for a, b in combinations(moduli, 2))
    assert prod(moduli) > 2**1001


def test_halves_are_taken_up_to_forty_members_where_floats_are_exact() -> None:
    assert 2**halves.MOST_MEMBERS < 2**53


def test_a_large_vote_is_counted_in_floating_point_too() -> None:
    weights = tuple(1 + i % 10 for i in range(1000))
    quota = sum(weights) // 2 + 1
    exact = swings_alone.count(weights, quota)
    found = quadrature.estimate(weights, quota)

    assert np.allclose(found.banzhaf_absolute, [float(Fraction(s, 2**999)) for s in exact.swings], rtol=1e-10)
    assert abs(found.shapley_shubik.sum() - 1) < quadrature.TOLERANCE


def test_what_cannot_be_reckoned_is_refused() -> None:
    for weights, quota in [((), 1), ((1, -1), 1), ((1, 2), 0)]:
        with pytest.raises(WrongWeights):
            power(weights, quota)
    with pytest.raises(WrongWeights):
        games.game([[]])
    with pytest.raises(WrongWeights):
        games.game([[Threshold(1, (1, 1))], [Threshold(1, (1,))]])
    with pytest.raises(WrongWeights):
        quadrature.estimate((1, 1), 3)
    with pytest.raises(TooLarge):
        power(tuple(range(1, 189)), 10**6)


def test_a_quota_beyond_all_weights_leaves_nobody_any_power() -> None:
    assert [m.swings for m in power((1, 2), 4).members] == [0, 0]
    assert swings_alone.count((1, 2), 4) == swings_alone.Counted(0, (0, 0))


def test_fractions_become_whole_numbers() -> None:
    assert games.whole(Fraction(5, 2), [Fraction(3, 2), Fraction(1), Fraction(1, 2)]) == Threshold(5, (3, 2, 1))
