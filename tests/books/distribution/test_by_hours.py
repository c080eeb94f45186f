from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from comitia.books.distribution import by_hours
from comitia.books.distribution.shares import NothingToShareBy, Shares


def test_shares_follow_hours_and_the_rest_stays() -> None:
    hours = {"m-0001": Fraction(10), "m-0002": Fraction("20.5"), "m-0003": Fraction(0)}

    assert by_hours.share(1000, hours) == Shares({"m-0001": 327, "m-0002": 672, "m-0003": 0}, 1)


@pytest.mark.parametrize(
    ("fund", "hours"),
    [(-1, {"m-0001": Fraction(1)}), (1, {}), (1, {"a": Fraction(0)}), (1, {"a": Fraction(2), "b": Fraction(-1)})],
)
def test_a_loss_no_hours_or_negative_hours_are_refused(fund: int, hours: dict[str, Fraction]) -> None:
    with pytest.raises(NothingToShareBy):
        by_hours.share(fund, hours)


@given(
    st.integers(0, 10**12),
    st.dictionaries(st.text(min_size=1), st.fractions(min_value=0, max_value=10**6, max_denominator=100), min_size=1),
)
def test_shares_and_remainder_are_the_fund_and_no_share_is_a_coin_off(fund: int, hours: dict[str, Fraction]) -> None:
    total = sum(hours.values())
    if total == 0:
        return
    shared = by_hours.share(fund, hours)

    assert sum(shared.shares.values()) + shared.remainder == fund
    assert all(0 <= fund * worked / total - shared.shares[member] < 1 for member, worked in hours.items())
