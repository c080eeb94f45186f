from fractions import Fraction

from comitia.watch import descriptive_gap
from comitia.watch.view import View


def test_the_index_is_the_share_who_would_have_to_be_others() -> None:
    assert descriptive_gap.dissimilarity({"skilled": 9, "other": 1}, {"skilled": 30, "other": 70}) == Fraction(3, 5)
    assert descriptive_gap.dissimilarity({"a": 2}, {"a": 5}) == 0


def test_holders_and_members_by_each_roll(freely: View) -> None:
    found = descriptive_gap.readings(freely)

    # Of the mill 5 of 17 holders and 8 of 24 members, of the others 6 of 17 and 8 of 24.
    assert [(r.body, r.value, r.count, r.of) for r in found] == [
        ("workplace", Fraction(2, 51), 17, 24),
        ("trade", Fraction(3, 68), 17, 24),
        ("locality", Fraction(1, 34), 17, 24),
    ]
    assert found[0].sentence == (
        "By workplace the holders differ from the members by 4 %, most in mill: 5 of 17 holders, 8 of 24 members."
    )


def test_of_fewer_than_ten_holders_nothing_is_said(above: View) -> None:
    assert descriptive_gap.readings(above) == ()
