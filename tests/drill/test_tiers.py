import itertools
from collections.abc import Iterator

import numpy as np
from hypothesis import given, settings, strategies as st

from comitia.drill import tiers
from comitia.drill.tiers import Assembly, House


def assemblies() -> st.SearchStrategy[Assembly]:
    return st.integers(1, 3).flatmap(lambda n: st.builds(Assembly, st.just(n), st.integers(1, n + 1)))


def houses(below: st.SearchStrategy[Assembly | House], most: int) -> st.SearchStrategy[House]:
    def of(found: list[Assembly | House]) -> st.SearchStrategy[House]:
        votes = st.tuples(*(st.integers(0, 4) for _ in found))
        return st.builds(House, st.just(tuple(found)), votes, st.integers(1, 7))

    return st.lists(below, min_size=1, max_size=most).flatmap(of)


def is_carried(place: Assembly | House, votes: Iterator[int]) -> bool:
    if isinstance(place, Assembly):
        return sum(next(votes) for _ in range(place.members)) >= place.need
    below = [is_carried(one, votes) for one in place.below]
    return sum(v for v, carried in zip(place.votes, below, strict=True) if carried) >= place.need


@settings(deadline=None, max_examples=60)
@given(houses(st.one_of(assemblies(), houses(assemblies(), 2)), 2))
def test_the_power_of_the_base_is_what_trying_all_votes_finds(house: House) -> None:
    found = tiers.reach(house)
    n = int(found.sizes.sum())
    outcomes = {votes: is_carried(house, iter(votes)) for votes in itertools.product((0, 1), repeat=n)}
    hanging = [
        sum(outcomes[(*v[:i], 1, *v[i + 1 :])] != outcomes[(*v[:i], 0, *v[i + 1 :])] for v in outcomes) / 2**n
        for i in range(n)
    ]

    assert np.allclose(tiers.members(found), hanging, atol=1e-12)
    assert abs(found.act - sum(outcomes.values()) / 2**n) < 1e-12


def test_a_member_of_a_small_workplace_has_more_power_where_each_has_one_delegate() -> None:
    found = tiers.reach(House((Assembly(5, 3), Assembly(51, 26), Assembly(501, 251)), (1, 1, 1), 2))

    # Each delegate is decisive in half of all cases; in an assembly of n by Penrose's C(n-1, (n-1)/2) / 2^(n-1).
    assert np.allclose(found.power, [0.5 * 6 / 16, 0.5 * 0.112275172659, 0.5 * 0.035664645558], rtol=1e-9)


def test_a_federation_of_a_million_members_is_reckoned_by_its_assemblies() -> None:
    sizes = [50 + n % 301 for n in range(5000)]
    votes = tuple(-(-size // 50) for size in sizes)
    found = tiers.reach(House(tuple(Assembly(s, s // 2 + 1) for s in sizes), votes, sum(votes) // 2 + 1))
    each = tiers.members(found)

    assert len(each) == sum(sizes) == 989_236
    assert 0 < each.min() < each.max() < 1
