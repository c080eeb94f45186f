"""Published tables of voting power, exactly. The number of each row is that of the acceptance tables."""

from fractions import Fraction
from math import comb, pi, sqrt

import pytest
from voters import (
    CENSUS_2010,
    ELECTORS_1996,
    ELECTORS_2010,
    ELECTORS_2020,
    LISBON_PEOPLE,
    NICE,
    NICE_PEOPLE,
    PEOPLE_2004,
)

from comitia.drill import game as games
from comitia.drill.game import Threshold
from comitia.drill.power import MemberPower, Power, power, power_in


def shapley(answer: Power) -> list[str]:
    return [str(member.shapley_shubik) for member in answer.members]


def banzhaf(answer: Power) -> list[str]:
    return [str(member.banzhaf) for member in answer.members]


def absolute(answer: Power) -> list[float]:
    return [float(member.banzhaf_absolute) for member in answer.members]


def swings(answer: Power) -> list[int]:
    return [member.swings for member in answer.members]


def test_p01_luxembourg_had_no_power_in_the_community_of_1958() -> None:
    # README of the package powerindex; README of votingpower.r: swings 10 10 10 6 6 0, absolute .3125 and .1875.
    def member(swings: int, orders: Fraction) -> MemberPower:
        return MemberPower(
            swings, Fraction(swings, 42), Fraction(swings, 32), orders, Fraction(swings, 14), Fraction(swings, 50)
        )

    big, middle = member(10, Fraction(7, 30)), member(6, Fraction(3, 20))
    answer = power((4, 4, 4, 2, 2, 1), 12)

    assert answer == Power(14, Fraction(7, 32), (big, big, big, middle, middle, member(0, Fraction(0))))


def test_p02_the_security_council() -> None:
    # gonitsora.com prints 19.6 % and 4/2145.
    answer = power((7,) * 5 + (1,) * 10, 39)

    assert answer.winning == 848
    assert banzhaf(answer) == ["106/635"] * 5 + ["21/1270"] * 10
    assert shapley(answer) == ["421/2145"] * 5 + ["4/2145"] * 10


def test_p03_the_security_council_before_1966() -> None:
    # Shapley and Shubik, American Political Science Review 48 (1954): the five have 98.7 %.
    answer = power((5,) * 5 + (1,) * 6, 27)

    assert shapley(answer) == ["76/385"] * 5 + ["1/462"] * 6
    assert round(float(5 * answer.members[0].shapley_shubik), 4) == 0.9870


def test_p04_nassau_county_gave_three_districts_no_power() -> None:
    # Banzhaf, Rutgers Law Review 19 (1965).
    answer = power((9, 9, 7, 3, 1, 1), 16)

    assert (swings(answer), banzhaf(answer)) == ([16, 16, 16, 0, 0, 0], ["1/3"] * 3 + ["0"] * 3)
    assert banzhaf(power((31, 31, 28, 21, 2, 2), 58)) == ["1/3"] * 3 + ["0"] * 3


@pytest.mark.parametrize(
    ("quota", "raw", "indices"),
    [
        (51, [3, 1, 1], ["3/5", "1/5", "1/5"]),
        (52, [2, 2, 0], ["1/2", "1/2", "0"]),
        (1, [1, 1, 1], ["1/3", "1/3", "1/3"]),
    ],
)
def test_p05_a_quota_decides_who_counts(quota: int, raw: list[int], indices: list[str]) -> None:
    # Tests of the package CoopGame (CRAN).
    answer = power((50, 49, 1), quota)

    assert (swings(answer), banzhaf(answer)) == (raw, indices)


def test_p06_to_p09_small_games() -> None:
    # P06, P07: CoopGame (CRAN), the latter after Stach (2011). P08: docstring of powerindices. P09: powerindex, after
    # Straffin.
    assert absolute(power((8, 6, 4, 2), 12)) == [0.625, 0.375, 0.375, 0.125]
    assert shapley(power((10, 10, 20, 30), 50)) == ["1/12", "1/12", "1/4", "7/12"]
    assert absolute(power((4, 4, 3, 2, 1, 1), 8)) == [0.5, 0.5, 0.375, 0.125, 0.125, 0.125]
    assert shapley(power((3, 2, 1, 1), 4)) == ["1/2", "1/6", "1/6", "1/6"]
    assert banzhaf(power((4, 3, 2, 1), 6)) == ["5/12", "1/4", "1/4", "1/12"]


def test_p10_the_community_of_nine_ten_twelve_and_fifteen() -> None:
    # Weights of the treaties of accession; the power to act of 7.8 % is in any survey of the council.
    nine = (10,) * 4 + (5,) * 2 + (3,) * 2 + (2,)
    ten = (10,) * 4 + (5,) * 3 + (3,) * 2 + (2,)
    twelve = (10,) * 4 + (8,) + (5,) * 4 + (3,) * 2 + (2,)
    fifteen = (10,) * 4 + (8,) + (5,) * 4 + (4,) * 2 + (3,) * 3 + (2,)
    games_ = {41: nine, 45: ten, 54: twelve, 62: fifteen}
    answers = {quota: power(weights, quota) for quota, weights in games_.items()}

    assert [answer.winning for answer in answers.values()] == [75, 140, 402, 2549]
    assert round(float(answers[62].act), 4) == 0.0778
    assert sorted(set(swings(answers[62])), reverse=True) == [1849, 1531, 973, 793, 595, 375]
    assert swings(answers[45])[7:] == [26, 26, 26]


def test_p11_the_union_of_27_under_nice() -> None:
    # powerindex, powerindices, power_bdd and tucoopy agree; weights as printed by Bilbao.
    # Of 0.01250155 the tables print 0.0125016.
    answer = power(NICE, 255)
    first = [0, 4, 6, 7, 8, 13, 16, 21, 26]

    assert (answer.winning, round(float(answer.act), 6)) == (2_718_774, 0.020256)
    assert [answer.members[i].swings for i in first] == [
        2193664, 2091380, 1200504, 1120138, 1038492, 871654, 614702, 352374, 265568,
    ]  # fmt: skip
    assert [round(float(answer.members[i].banzhaf), 7) for i in first] == [
        0.0778270, 0.0741981, 0.0425916, 0.0397403, 0.0368437, 0.0309246, 0.0218084, 0.0125015, 0.0094218,
    ]  # fmt: skip
    assert [round(float(answer.members[i].shapley_shubik), 7) for i in first] == [
        0.0867377, 0.0799746, 0.0399366, 0.0368250, 0.0340683, 0.0281931, 0.0196060, 0.0110419, 0.0081777,
    ]  # fmt: skip


def test_p12_two_more_clauses_of_nice_cancel_just_23_coalitions() -> None:
    # A majority of members and 62 % of the people besides; populations as printed by Bilbao.
    people = Threshold(-(-62 * sum(NICE_PEOPLE) // 100), NICE_PEOPLE)
    game = games.game([[Threshold(255, NICE), Threshold(14, (1,) * 27), people]])

    assert power_in(game).winning == 2_718_751 == 2_718_774 - 23


def test_p13_the_union_of_28_under_nice() -> None:
    # Croatia came with 7 votes; 260 of 352.
    answer = power((*NICE, 7), 260)

    assert (answer.winning, round(float(answer.act), 6)) == (5_032_534, 0.018748)
    assert (max(swings(answer)), min(swings(answer))) == (4_079_764, 496_932)


def test_p14_the_union_of_28_under_lisbon() -> None:
    # example.py of the package powerindices: populations in units of 10,000.
    weights = tuple(round(people / 10000) for people in LISBON_PEOPLE.values())
    people, states = Threshold(33249, weights), Threshold(16, (1,) * 28)
    answer = power_in(games.game([[people, states]]))
    of = dict(zip(LISBON_PEOPLE, answer.members, strict=True))

    assert sum(weights) == 51152
    assert (answer.winning, round(float(answer.act), 6)) == (30_411_506, 0.113292)
    assert (of["DE"].swings, of["MT"].swings) == (22_811_352, 4_007_186)
    assert [round(float(of[s].banzhaf), 7) for s in ("DE", "FR", "MT")] == [0.1028184, 0.0845399, 0.0180617]
    # A blocking minority must have four members: with 25 for it, it is carried whatever they weigh.
    blocked = games.game([[people, states], [Threshold(25, (1,) * 28)]])
    assert power_in(blocked).winning == 30_411_506 + 11


def test_p15_and_p16_the_electoral_college() -> None:
    # P15: tests of the package power_bdd, whose floats end in the last place otherwise.
    answer = power(tuple(ELECTORS_1996.values()), 270)
    most, least = answer.members[0], answer.members[-1]
    published = (0.4664541346829614, 0.0228538034563881, 0.10812540951779513, 0.005405549637386588)
    ours = (most.banzhaf_absolute, least.banzhaf_absolute, most.shapley_shubik, least.shapley_shubik)

    assert [float(x) for x in ours] == pytest.approx(published, rel=0, abs=1e-15)
    for electors, winning, of_most, of_least in [
        (ELECTORS_2010, 1_117_411_666_560_589, 0.47114726, 0.02262211),
        (ELECTORS_2020, 1_117_385_292_262_622, 0.46071131, 0.02269248),
    ]:
        assert (len(electors), sum(electors.values())) == (51, 538)
        answer = power(tuple(electors.values()), 270)
        assert answer.winning == winning
        assert (round(absolute(answer)[0], 8), round(absolute(answer)[-1], 8)) == (of_most, of_least)


def test_p17_president_senators_and_representatives() -> None:
    # Tests of the package power_bdd. Taylor and Zwicker: the system has dimension 2.
    def those(*ranges: range) -> tuple[int, ...]:
        return tuple(int(any(i in one for one in ranges)) for i in range(537))

    president, vice, senators, representatives = range(1), range(1, 2), range(2, 102), range(102, 537)
    signed = [
        Threshold(218, those(representatives)), Threshold(51, those(vice, senators)), Threshold(1, those(president))
    ]  # fmt: skip
    overridden = [Threshold(290, those(representatives)), Threshold(67, those(senators))]
    members = power_in(games.game([signed, overridden])).members

    assert [float(members[i].banzhaf_absolute) for i in (0, 1, 2, 102)] == pytest.approx(
        [0.25, 0.0198973093467948, 0.0198973093467948, 0.009569407217589], rel=0, abs=1e-14
    )
    assert [round(float(members[i].shapley_shubik), 8) for i in (0, 1, 2, 102)] == [
        0.16312036, 0.00265084, 0.00414140, 0.00096572,
    ]  # fmt: skip
    assert sum(m.shapley_shubik for m in members) == 1


def test_p18_square_roots_with_their_best_quota_give_power_as_weight() -> None:
    # Slomczynski and Zyczkowski, physics/0610271: 61.6 %; the weights of the largest as in their table.
    roots = {state: sqrt(people) for state, people in PEOPLE_2004.items()}
    total = sum(roots.values())
    weights = {state: round(1e4 * root / total) for state, root in roots.items()}
    best = (1 + sqrt(sum((root / total) ** 2 for root in roots.values()))) / 2
    answer = power(tuple(weights.values()), round(0.616 * sum(weights.values())))

    assert round(best, 4) == 0.6156
    assert [round(weights[s] / 100, 2) for s in ("FR", "UK")] == [8.11, 8.10]
    assert round(float(answer.act), 3) == 0.162
    shares = zip(answer.members, weights.values(), strict=True)
    assert max(abs(float(m.banzhaf) * sum(weights.values()) / w - 1) for m, w in shares) < 0.007


def test_p19_the_quota_for_so_many_states() -> None:
    # Slomczynski and Zyczkowski, arXiv 1104.5213, abstract.
    assert round(0.5 + 1 / sqrt(pi * 27), 4) == 0.6086


@pytest.mark.parametrize(("voters", "printed"), [(101, 0.0795892374), (1001, 0.0252250182), (10001, 0.0079786461)])
def test_p20_one_of_many_equal_voters_decides_as_penrose_says(voters: int, printed: float) -> None:
    answer = power((1,) * voters, voters // 2 + 1).members[0].banzhaf_absolute

    assert answer == Fraction(comb(voters - 1, voters // 2), 2 ** (voters - 1))
    assert round(float(answer), 10) == printed
    assert float(answer) == pytest.approx(sqrt(2 / (pi * voters)), rel=1 / voters)


def test_p21_a_citizen_of_the_largest_state_has_more_than_three_times_the_power() -> None:
    # Banzhaf, Villanova Law Review 13 (1968), on the census of 2010: power in the state times power of the state.
    states = dict(zip(ELECTORS_2010, absolute(power(tuple(ELECTORS_2010.values()), 270)), strict=True))
    people = sum(CENSUS_2010.values())
    citizen = {state: power_of * sqrt(2 / pi / CENSUS_2010[state]) for state, power_of in states.items()}
    mean = sum(citizen[state] * CENSUS_2010[state] for state in citizen) / people

    assert people == 308_745_538
    assert [round(citizen[s] / citizen["MT"], 3) for s in ("CA", "TX", "FL", "NY")] == [3.394, 2.621, 2.271, 2.237]
    assert round(mean / sqrt(2 / pi / people), 2) == 0.76
