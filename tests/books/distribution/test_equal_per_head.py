import pytest
from hypothesis import given, strategies as st

from comitia.books.distribution import equal_per_head
from comitia.books.distribution.shares import NothingToShareBy, Shares


def test_three_members_share_a_hundred_coins_and_one_stays() -> None:
    assert equal_per_head.share(100, {"m-0001", "m-0002", "m-0003"}) == Shares(
        {"m-0001": 33, "m-0002": 33, "m-0003": 33}, 1
    )


@pytest.mark.parametrize(("fund", "members"), [(-1, {"m-0001"}), (1, set())])
def test_a_loss_or_nobody_is_refused(fund: int, members: set[str]) -> None:
    with pytest.raises(NothingToShareBy):
        equal_per_head.share(fund, members)


@given(st.integers(0, 10**12), st.sets(st.text(min_size=1), min_size=1))
def test_shares_and_remainder_are_the_fund(fund: int, members: set[str]) -> None:
    shared = equal_per_head.share(fund, members)

    assert sum(shared.shares.values()) + shared.remainder == fund
    assert 0 <= shared.remainder < len(members)
