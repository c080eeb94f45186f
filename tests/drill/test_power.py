from fractions import Fraction
from math import comb

import pytest
from hypothesis import given, strategies as st

from comitia.drill.power import MemberPower, Power, TooLarge, WrongWeights, power

NICE = (29,) * 4 + (27,) * 2 + (14, 13) + (12,) * 5 + (10,) * 3 + (7,) * 5 + (4,) * 5 + (3,)


def shapley(answer: Power) -> list[str]:
    return [str(member.shapley_shubik) for member in answer.members]


def banzhaf(answer: Power) -> list[str]:
    return [str(member.banzhaf) for member in answer.members]


def swings(answer: Power) -> list[int]:
    return [member.swings for member in answer.members]


def test_luxembourg_had_no_power_in_the_community_of_1958() -> None:
    answer = power((4, 4, 4, 2, 2, 1), 12)
    big = MemberPower(10, Fraction(5, 21), Fraction(5, 16), Fraction(7, 30))
    middle = MemberPower(6, Fraction(1, 7), Fraction(3, 16), Fraction(3, 20))
    none = MemberPower(0, Fraction(0), Fraction(0), Fraction(0))

    assert answer == Power(14, Fraction(7, 32), (big, big, big, middle, middle, none))


def test_the_security_council_is_reckoned_as_published() -> None:
    answer = power((7,) * 5 + (1,) * 10, 39)

    assert answer.winning == 848
    assert (banzhaf(answer)[0], banzhaf(answer)[5]) == ("106/635", "21/1270")
    assert (shapley(answer)[0], shapley(answer)[5]) == ("421/2145", "4/2145")


def test_the_security_council_before_1966() -> None:
    assert shapley(power((5,) * 5 + (1,) * 6, 27))[4:6] == ["76/385", "1/462"]


def test_nassau_county_gave_three_districts_no_power() -> None:
    assert swings(power((9, 9, 7, 3, 1, 1), 16)) == [16, 16, 16, 0, 0, 0]
    assert banzhaf(power((31, 31, 28, 21, 2, 2), 58)) == ["1/3", "1/3", "1/3", "0", "0", "0"]


@pytest.mark.parametrize(
    ("quota", "raw", "indices"),
    [
        (51, [3, 1, 1], ["3/5", "1/5", "1/5"]),
        (52, [2, 2, 0], ["1/2", "1/2", "0"]),
        (1, [1, 1, 1], ["1/3", "1/3", "1/3"]),
    ],
)
def test_a_quota_decides_who_counts(quota: int, raw: list[int], indices: list[str]) -> None:
    answer = power((50, 49, 1), quota)

    assert (swings(answer), banzhaf(answer)) == (raw, indices)


def test_small_published_games() -> None:
    assert [float(m.banzhaf_absolute) for m in power((8, 6, 4, 2), 12).members] == [0.625, 0.375, 0.375, 0.125]
    assert shapley(power((10, 10, 20, 30), 50)) == ["1/12", "1/12", "1/4", "7/12"]
    assert [float(m.banzhaf_absolute) for m in power((4, 4, 3, 2, 1, 1), 8).members] == [0.5, 0.5, 0.375] + [0.125] * 3
    assert shapley(power((3, 2, 1, 1), 4)) == ["1/2", "1/6", "1/6", "1/6"]
    assert banzhaf(power((4, 3, 2, 1), 6)) == ["5/12", "1/4", "1/4", "1/12"]


def test_the_union_of_fifteen() -> None:
    answer = power((10,) * 4 + (8,) + (5,) * 4 + (4,) * 2 + (3,) * 3 + (2,), 62)

    assert answer.winning == 2549
    assert sorted(set(swings(answer)), reverse=True) == [1849, 1531, 973, 793, 595, 375]


def test_the_union_of_27_under_nice() -> None:
    answer = power(NICE, 255)

    assert answer.winning == 2_718_774
    assert sorted(set(swings(answer)), reverse=True) == [
        2193664, 2091380, 1200504, 1120138, 1038492, 871654, 614702, 352374, 265568,
    ]  # fmt: skip
    assert [round(float(m.shapley_shubik), 7) for m in answer.members][::6] == [
        0.0867377, 0.0399366, 0.0340683, 0.0196060, 0.0110419,
    ]  # fmt: skip
    assert sum(m.shapley_shubik for m in answer.members) == 1


@pytest.mark.parametrize(("voters", "published"), [(101, 0.0795892374), (63, None), (64, None)])
def test_one_of_many_equal_voters_decides_as_penrose_says(voters: int, published: float | None) -> None:
    answer = power((1,) * voters, voters // 2 + 1).members[0].banzhaf_absolute

    assert answer == Fraction(comb(voters - 1, voters // 2), 2 ** (voters - 1))
    assert published is None or round(float(answer), 10) == published


@given(st.lists(st.integers(0, 9), min_size=1, max_size=7), st.data())
def test_the_indices_agree_with_counting_every_coalition(weights: list[int], data: st.DataObject) -> None:
    quota = data.draw(st.integers(1, max(1, sum(weights))))
    answer = power(tuple(weights), quota)
    n = len(weights)
    coalitions = [[i for i in range(n) if mask >> i & 1] for mask in range(2**n)]
    winning = [c for c in coalitions if sum(weights[i] for i in c) >= quota]

    assert answer.winning == len(winning)
    assert swings(answer) == [
        sum(i in c and sum(weights[j] for j in c) - weights[i] < quota for c in winning) for i in range(n)
    ]
    assert sum(m.shapley_shubik for m in answer.members) == (1 if winning else 0)


def test_what_cannot_be_reckoned_is_refused() -> None:
    with pytest.raises(WrongWeights):
        power((), 1)
    with pytest.raises(WrongWeights):
        power((1, -1), 1)
    with pytest.raises(WrongWeights):
        power((1, 2), 0)
    with pytest.raises(TooLarge):
        power(tuple(range(1, 189)), 10**6)
