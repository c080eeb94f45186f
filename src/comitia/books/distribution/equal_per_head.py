"""Equal per head.

1. Every member named gets the same number of whole coins: the fund divided by the heads, rounded down.
2. What is left, less than one coin a head, stays in the fund.
"""

from collections.abc import Set

from comitia.books.distribution.shares import NothingToShareBy, Shares, check_fund


def share(fund: int, members: Set[str]) -> Shares:
    """Return equal shares of a fund in coins.

    Raises:
        NothingToShareBy: the fund is below 0 or there is no member.
    """
    check_fund(fund)
    if not members:
        raise NothingToShareBy(fund, "no member is named")
    each, remainder = divmod(fund, len(members))  # 1, 2
    return Shares(dict.fromkeys(sorted(members), each), remainder)
