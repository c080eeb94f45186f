"""Borda's two readings of papers that do not rank everybody, and the block vote beside them."""

from fractions import Fraction

from hypothesis import given, settings, strategies as st

from comitia.decide import pairwise, ties
from comitia.decide.count import block, borda, borda_modified
from comitia.decide.profile import Profile

LOT = ties.Lot(b"x")


@settings(max_examples=100)
@given(st.data())
def test_a_point_for_each_behind_and_half_a_point_for_each_beside(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 5))
    ranking = st.permutations(range(size)).flatmap(lambda o: st.integers(0, size).map(lambda d: tuple(o[:d])))
    papers = data.draw(st.lists(st.tuples(st.integers(1, 9), ranking), max_size=6))
    equal = ((3, ((0, 1), (2,))),) if size > 2 else ()
    profile = Profile(tuple("ABCDE"[:size]), tuple(papers), frozenset(), equal)
    preferred = pairwise.preferences(profile)
    found = borda.count(profile, seats=1, lot=LOT)
    for a in range(size):
        beside = [found.valid - preferred[a][b] - preferred[b][a] for b in range(size) if b != a]
        assert found.stages[0].totals[a] == sum(preferred[a]) + Fraction(sum(beside), 2)


def test_what_the_unranked_get_decides_between_the_two() -> None:
    # 2 papers rank A alone; 3 rank B, C, D. Borda: A 2*3 + 0 = 6, B 3*3 + 2*1 = 11; modified: A 2, B 9.
    profile = Profile(tuple("ABCD"), ((2, (0,)), (3, (1, 2, 3))))
    assert borda.count(profile, seats=1, lot=LOT).stages[0].totals == (6, 11, 8, 5)
    assert borda_modified.count(profile, seats=1, lot=LOT).stages[0].totals == (2, 9, 6, 3)
    assert borda.count(profile, seats=1, lot=LOT).stages[0].sentence == (
        "Stage 1: 5 valid papers give points by place, the unranked share the places left open; B is elected with 11."
    )
    halves = borda.count(Profile(tuple("AB"), ((1, (0,)),), frozenset(), ((1, ((0, 1),)),)), seats=1, lot=LOT)
    assert halves.stages[0].totals == (Fraction(3, 2), Fraction(1, 2))


def test_a_block_of_papers_takes_every_seat_and_no_more_names_than_seats_are_read() -> None:
    profile = Profile(tuple("ABCD"), ((3, (0, 1, 2)), (2, (3, 2)), (1, ())))
    found = block.count(profile, seats=2, lot=LOT)
    assert (found.winners, found.stages[0].totals, found.valid, found.blank) == ((0, 1), (3, 3, 2, 2), 5, 1)
    assert block.count(profile, seats=3, lot=ties.Hand(())).stages[0].totals == (3, 3, 5, 2)
    assert "counted by their first 2 preferences" in found.stages[0].sentence
