"""Packed papers are the tuple that they stand for, and both engines make the same sheet of them."""

import pytest
from hypothesis import given, strategies as st

from comitia.decide import packed, pairwise, papers, profile as profiles, sheet, ties
from comitia.decide.count import approval, instant_runoff, meek, plurality, schulze, stv_scottish
from comitia.decide.profile import EqualRanks, Profile

LOT = ties.Lot(bytes.fromhex("00ff17"))


@st.composite
def elections(draw: st.DrawFn, *, equal: bool = False) -> Profile:
    """Return papers for two to six candidates, some of whom may have withdrawn."""
    size = draw(st.integers(2, 6))
    orders = st.permutations(range(size)).flatmap(
        lambda order: st.integers(0, size).map(lambda length: tuple(order[:length]))
    )
    ballots = draw(st.lists(st.tuples(st.integers(1, 30), orders), max_size=12))
    withdrawn = draw(st.frozensets(st.integers(0, size - 1), max_size=size - 1))
    cut = st.tuples(st.permutations(range(size)), st.integers(1, size), st.integers(1, size)).map(
        lambda given: tuple(tuple(rank) for rank in (given[0][: given[1]], given[0][given[1] :][: given[2]]) if rank)
    )
    alike = draw(st.lists(st.tuples(st.integers(1, 9), cut), max_size=4)) if equal else []
    return Profile(tuple("ABCDEF"[:size]), tuple(ballots), withdrawn, tuple(alike))


@given(elections())
def test_packed_papers_compare_equal_to_the_merged_tuple(profile: Profile) -> None:
    ballots = packed.pack(profile).ballots
    merged = profiles.merged(profile)

    assert isinstance(ballots, packed.Packed)
    assert ballots == merged
    assert ballots == packed.pack(Profile(profile.candidates, merged)).ballots
    assert (hash(ballots), repr(ballots)) == (hash(merged), repr(merged))
    assert (tuple(ballots[n] for n in range(len(ballots))), ballots[:2]) == (merged, merged[:2])
    assert ballots != list(merged)


@given(elections(), st.integers(1, 4))
def test_both_engines_make_the_same_sheet_of_strict_papers(profile: Profile, seats: int) -> None:
    fast = packed.pack(profile)
    for rule in (stv_scottish, meek, schulze, plurality, approval):
        assert rule.count(fast, seats=seats, lot=LOT) == rule.count(profile, seats=seats, lot=LOT)
    assert instant_runoff.count(fast, seats=1, lot=LOT) == instant_runoff.count(profile, seats=1, lot=LOT)


@given(elections(equal=True), st.integers(1, 4))
def test_both_engines_make_the_same_sheet_of_equal_ranks(profile: Profile, seats: int) -> None:
    fast = packed.pack(profile)
    for rule in (meek, schulze, approval):
        assert rule.count(fast, seats=seats, lot=LOT) == rule.count(profile, seats=seats, lot=LOT)


@given(elections(equal=True))
def test_a_preference_is_never_for_both_of_two_candidates(profile: Profile) -> None:
    found = pairwise.preferences(profile)
    strict, equal = profiles.merged_with_equal(profile)
    number = sum(weight for weight, _ in (*strict, *equal))

    for a in range(len(profile.candidates)):
        assert found[a][a] == 0
        for b in range(a):
            assert found[a][b] + found[b][a] <= number


def test_a_rule_of_strict_rankings_names_the_paper_with_equal_ranks_and_says_what_to_do() -> None:
    profile = Profile(("A", "B", "C"), ((2, (0,)),), equal=((4, ((0,), (2, 1))),))

    for given_profile in (profile, packed.pack(profile)):
        with pytest.raises(EqualRanks) as refused:
            stv_scottish.count(given_profile, seats=1, lot=LOT)
        assert str(refused.value) == (
            "a ballot paper with the ranking [1 2=3] on 4 papers ranks candidates equally, and this rule takes strict "
            "rankings only; choose a rule that takes equal ranks, or say how the file's equal ranks are to be read "
            "(skip, stop or spoilt)"
        )
        with pytest.raises(EqualRanks):
            profiles.merged(given_profile)


def test_a_withdrawal_may_part_equal_ranks() -> None:
    profile = Profile(("A", "B", "C"), (), frozenset({2}), ((4, ((0,), (2, 1))), (1, ((2,),))))

    assert profiles.merged(profile) == ((1, ()), (4, (0, 1)))
    assert papers.sort(packed.pack(profile)).valid == 4


def test_meek_gives_equal_ranks_to_all_their_orders_in_equal_parts() -> None:
    # Four papers that rank A and B equally are two papers A B and two papers B A.
    split = Profile(("A", "B", "C"), ((6, (0, 2)), (3, (2,)), (2, (0, 1)), (2, (1, 0))))
    equal = Profile(("A", "B", "C"), ((6, (0, 2)), (3, (2,))), equal=((4, ((0, 1),)),))
    one, other = (meek.count(given, seats=2, lot=LOT) for given in (split, equal))

    assert sheet.answer(one)["winners"] == sheet.answer(other)["winners"]
    for ours, theirs in zip(one.stages, other.stages, strict=True):
        assert all(abs(a - b) < 10**-6 for a, b in zip(ours.totals, theirs.totals, strict=True))


def test_what_equal_ranks_leave_goes_on_to_the_next_rank() -> None:
    # A and B are elected with far more than the quota; the papers that rank them equally hand on to C.
    profile = Profile(("A", "B", "C", "D"), ((1, (3,)),), equal=((60, ((0, 1), (2,))),))
    counted = meek.count(profile, seats=3, lot=LOT)

    assert sorted(counted.winners) == [0, 1, 2]


def test_equal_shares_of_a_weight_leave_what_all_orders_leave() -> None:
    one = meek.ONE
    # A keeps a half, B a third: A gets 1/2 first or 2/3 x 1/2 after B, on average 5/12; B 1/3 or 1/6, on average 1/4.
    shares = meek.equal_shares(one, [one // 2, one // 3])

    assert shares == [416666666, 249999999]
    # Nobody who keeps nothing takes part; alone, a candidate's share is that of an ordinary paper.
    assert meek.equal_shares(one, [one // 3, 0]) == [333333333, 0]
    assert meek.equal_shares(one, [one, one, one]) == [333333333] * 3
