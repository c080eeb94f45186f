"""A plan as published: exact figures, the allocation of every product, prices, and the certificate that judges it."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Run:
    """How many runs of an activity."""

    activity: str
    runs: Fraction


@dataclass(frozen=True, slots=True)
class Unmet:
    """What of a need stays unmet; tier 0 without a council is closing stock that is not reached."""

    council: str
    product: str
    tier: int
    quantity: Fraction


@dataclass(frozen=True, slots=True)
class Trade:
    """A product bought and sold outside."""

    product: str
    bought: Fraction
    sold: Fraction


@dataclass(frozen=True, slots=True)
class Overtime:
    """Overtime that a trade works, in one workplace or ("") in the whole federation."""

    trade: str
    workplace: str
    hours: Fraction


@dataclass(frozen=True, slots=True)
class Allocation:
    """Who hands how much of a product to whom; kinds are workplace, council, stock, outside."""

    product: str
    from_kind: str
    from_: str
    to_kind: str
    to: str
    quantity: Fraction


@dataclass(frozen=True, slots=True)
class Price:
    """The shadow price of a row at a level: what one more unit of it would bring, in the level's worth."""

    level: int
    kind: str
    key: str
    price: Fraction


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a variant: what is made least, its exact value in the plan, the bound below which no plan can go.

    With ``worst`` it is the sum of so many largest unfulfilled shares of a tier (*fairest*).
    """

    name: str
    value: Fraction
    bound: Fraction
    tier: int = 0
    worst: int = 0


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a plan claims of itself; ``certificate.check`` recomputes all of it.

    ``gap`` is the largest (value - bound) / value of the levels, rounded up; ``rounding`` what rounding to the declared
    decimals cost, as a share of the solver's own value.
    """

    variant: str
    economy: str
    levels: tuple[Level, ...]
    gap: Fraction
    solver: str
    tolerance: str
    rounding: str
    products: int
    activities: int
    nonzeros: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole plan. Rows of zero are left out; every list is in the order of its keys."""

    runs: tuple[Run, ...]
    unmet: tuple[Unmet, ...]
    trade: tuple[Trade, ...]
    overtime: tuple[Overtime, ...]
    allocation: tuple[Allocation, ...]
    prices: tuple[Price, ...]
    certificate: Certificate

    @property
    def variant(self) -> str:
        """The variant that the plan answers."""
        return self.certificate.variant
