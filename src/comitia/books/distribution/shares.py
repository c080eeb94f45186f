"""What a scheme of distribution returns."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Shares:
    """Whole coins for each member, and the coins that cannot be divided evenly: these stay in the fund."""

    shares: dict[str, int]
    remainder: int


class NothingToShareBy(Exception):
    """A fund cannot be shared by the measure of a scheme."""

    def __init__(self, fund: int, reason: str) -> None:
        """Keep the fund, in coins, and why it cannot be shared."""
        self.fund, self.reason = fund, reason
        super().__init__(f"A fund of {fund} cannot be shared: {reason}.")


def check_fund(fund: int) -> None:
    """Check that a fund is not negative: a loss is carried by decision, never shared out by a scheme.

    Raises:
        NothingToShareBy: the fund is below 0.
    """
    if fund < 0:
        raise NothingToShareBy(fund, "it is below 0; how a loss is carried is a matter of its own")
