"""By hours worked.

1. Every member named gets the fund times her hours over all hours, rounded down to whole coins.
2. What rounding leaves, less than one coin a head, stays in the fund.
"""

from collections.abc import Mapping
from fractions import Fraction

from comitia.books.distribution.shares import NothingToShareBy, Shares, check_fund


def share(fund: int, hours: Mapping[str, Fraction]) -> Shares:
    """Return shares of a fund in coins, in proportion to the hours of each member.

    Raises:
        NothingToShareBy: the fund is below 0, hours are below 0, or no hours were worked.
    """
    check_fund(fund)
    if any(worked < 0 for worked in hours.values()):
        raise NothingToShareBy(fund, "hours below 0 are given")
    total = sum(hours.values(), Fraction())
    if total == 0:
        raise NothingToShareBy(fund, "no hours were worked")
    shares = {member: int(fund * hours[member] / total) for member in sorted(hours)}  # 1
    return Shares(shares, fund - sum(shares.values()))  # 2
