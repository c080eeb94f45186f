"""Acts of the season: the numbers, drafts, what is declined, and the books."""

from comitia.federation.act import Act


class SeasonOpened(Act, frozen=True):
    """A season of planning begins; bodies declare their numbers until the deadline."""

    season: str
    name: str
    declarations_until: str
    ends_at: str


class FiguresDeclared(Act, frozen=True):
    """Rows of one file of the economy folder, columns in its fixed order; a row replaces the one with the same key."""

    season: str
    file: str
    rows: tuple[tuple[str, ...], ...]


class FiguresWithdrawn(Act, frozen=True):
    """Rows of one file taken back by their owner, named by their keys."""

    season: str
    file: str
    keys: tuple[tuple[str, ...], ...]


class PlanDrafted(Act, frozen=True):
    """A draft plan with its certificate (hash of the packed plan) on the figures in force (hash of the economy)."""

    season: str
    draft: str
    variant: str
    economy: str
    plan: str


class OrderDeclined(Act, frozen=True):
    """A workplace declines an order above so many runs of an activity, with its reason."""

    season: str
    activity: str
    runs: str
    reason: str


class HoursWithdrawn(Act, frozen=True):
    """A union withdraws hours of its trade (strike): the hours and overtime that remain, with its reason."""

    season: str
    trade: str
    workplace: str
    hours: str
    overtime: str
    reason: str


class RunReported(Act, frozen=True):
    """A workplace has made so many runs of an activity."""

    season: str
    activity: str
    runs: str


class HoursReported(Act, frozen=True):
    """Hours worked by a trade in a workplace, never by a person."""

    season: str
    workplace: str
    trade: str
    hours: str


class DeliverySent(Act, frozen=True):
    """A workplace hands goods over: ``to`` is ``workplace/ID`` or ``council/ID``."""

    delivery: str
    season: str
    product: str
    sender: str
    to: str
    quantity: str


class DeliveryReceived(Act, frozen=True):
    """The receiver confirms what arrived; a difference stays in transit until it is explained."""

    delivery: str
    quantity: str
    remark: str = ""


class StockTaken(Act, frozen=True):
    """A workplace counts what it has of a product."""

    season: str
    workplace: str
    product: str
    quantity: str


class GoodsBought(Act, frozen=True):
    """A workplace has bought a product outside the federation, at ``price`` for one unit."""

    season: str
    product: str
    quantity: str
    price: str


class GoodsSold(Act, frozen=True):
    """A workplace has sold a product outside the federation, at ``price`` for one unit."""

    season: str
    product: str
    quantity: str
    price: str


class SeasonClosed(Act, frozen=True):
    """The season ends; its books stay open to inspection."""

    season: str
