"""What happens in workplaces, councils and unions, as balanced transactions.

Each function makes a transaction and posts nothing: ``journal.post(transaction)`` does. Quantities are physical units
of the product (kilograms, litres, pieces), hours of a trade, or units of money.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from comitia.books.journal import (
    MONEY,
    Account,
    Journal,
    Kind,
    Posting,
    Transaction,
    hours_unit,
    product_unit,
    runs_unit,
)


@dataclass(frozen=True)
class Voucher:
    """The act that a transaction rests on: its number in the record, its moment, and what the books say of it."""

    act: int
    at: str
    text: str


@dataclass(frozen=True)
class Delivery:
    """A quantity of one product that a body sends to another."""

    sender: str
    receiver: str
    product: str
    quantity: Fraction


@dataclass(frozen=True)
class Trade:
    """A quantity of one product bought or sold outside the federation, and the money for one unit of it."""

    body: str
    product: str
    quantity: Fraction
    price: Fraction


class NotPositive(Exception):
    """A quantity that can only be moved forwards is zero or negative."""

    def __init__(self, act: int, subject: str, quantity: Fraction) -> None:
        """Keep the act, what was to be moved, and how much."""
        self.act, self.subject, self.quantity = act, subject, quantity
        super().__init__(
            f"Act {act} posts {quantity} of {subject}: expected more than 0. To undo an earlier act, post its reversal."
        )


class NegativeCount(Exception):
    """A count of stock is below zero."""

    def __init__(self, act: int, product: str, quantity: Fraction) -> None:
        """Keep the act, the product and the count."""
        self.act, self.product, self.quantity = act, product, quantity
        super().__init__(f"Act {act} counts {quantity} of {product}: a count of stock is 0 or more.")


class NotInStock(Exception):
    """A transaction takes more from a stock than the books hold."""

    def __init__(self, act: int, account: Account, missing: Fraction) -> None:
        """Keep the act, the stock account and how much it lacks."""
        self.act, self.account, self.missing = act, account, missing
        super().__init__(
            f"Act {act} takes from the stock of {account.body} more {account.unit} than the books hold: {missing} is "
            f"missing. Post what arrived or was made first, or take stock."
        )


def opening_stock(voucher: Voucher, body: str, *, quantities: Mapping[str, Fraction]) -> Transaction:
    """Return the transaction that opens a body's stocks against its ``opening`` accounts; zero stocks are left out."""
    pairs: list[Posting] = []
    for product, quantity in sorted(quantities.items()):
        if quantity < 0:
            raise NegativeCount(voucher.act, product, quantity)
        if quantity > 0:
            pairs += _moved(body, Kind.OPENING, Kind.STOCK, product_unit(product), quantity)
    return _transaction(voucher, pairs)


def run_made(
    voucher: Voucher, workplace: str, *, activity: str, runs: Fraction, flows: Mapping[str, Fraction]
) -> Transaction:
    """Return what runs of an activity use and make, posted against the workplace's ``process`` accounts.

    Args:
        voucher: the act that reports the runs.
        workplace: the body whose stocks move.
        activity: the technique that was run.
        runs: how many runs, more than 0.
        flows: whole quantities of these runs, made positive, used up negative.

    Raises:
        NotPositive: ``runs`` is 0 or less.
    """
    _check_positive(voucher, activity, runs)
    pairs = _moved(workplace, Kind.PROCESS, Kind.RUNS, runs_unit(activity), runs)
    for product, quantity in sorted(flows.items()):
        if quantity != 0:
            pairs += _moved(workplace, Kind.PROCESS, Kind.STOCK, product_unit(product), quantity)
    return _transaction(voucher, pairs)


def recipe_times(recipe: Mapping[str, Fraction], runs: Fraction) -> dict[str, Fraction]:
    """Return the whole quantities that a number of runs uses and makes by a recipe per run."""
    return {product: quantity * runs for product, quantity in recipe.items()}


def delivery_sent(voucher: Voucher, delivery: Delivery) -> Transaction:
    """Return the transaction of the sender: out of its stock, into what it has in transit to the receiver.

    Raises:
        NotPositive: nothing is sent.
    """
    _check_positive(voucher, delivery.product, delivery.quantity)
    unit = product_unit(delivery.product)
    return _transaction(
        voucher,
        [
            Posting(Account(delivery.sender, Kind.STOCK, unit), -delivery.quantity, delivery.receiver),
            Posting(Account(delivery.sender, Kind.IN_TRANSIT, unit), delivery.quantity, delivery.receiver),
        ],
    )


def delivery_received(voucher: Voucher, delivery: Delivery, *, sent: int, into: Kind) -> Transaction:
    """Return the transaction of the receiver, for the quantity that it counted.

    What it did not count stays in the sender's ``in_transit`` account until ``difference_explained`` moves it.

    Args:
        voucher: the act of the receiver.
        delivery: as the receiver counted it; its quantity may differ from what was sent.
        sent: the act of the sender that this answers.
        into: ``Kind.STOCK`` at a workplace, ``Kind.CONSUMED`` at a council.

    Raises:
        NotPositive: nothing was received; then there is nothing to post, and all of it stays in transit.
    """
    _check_positive(voucher, delivery.product, delivery.quantity)
    unit = product_unit(delivery.product)
    postings = (
        Posting(Account(delivery.sender, Kind.IN_TRANSIT, unit), -delivery.quantity, delivery.receiver),
        Posting(Account(delivery.receiver, into, unit), delivery.quantity, delivery.sender),
    )
    return Transaction(voucher.act, voucher.at, voucher.text, postings, answers=sent)


def difference_explained(voucher: Voucher, delivery: Delivery, *, sent: int, back: bool) -> Transaction:
    """Return the transaction that clears what a receipt left in transit.

    Args:
        voucher: the act that both sides signed.
        delivery: the quantity cleared: positive when less arrived than was sent, negative when more did.
        sent: the act of the sender whose delivery is cleared.
        back: True when it never left or came back to the sender's stock; False when it was lost or found on the way.
    """
    unit = product_unit(delivery.product)
    into = Kind.STOCK if back else Kind.DIFFERENCE
    postings = (
        Posting(Account(delivery.sender, Kind.IN_TRANSIT, unit), -delivery.quantity, delivery.receiver),
        Posting(Account(delivery.sender, into, unit), delivery.quantity, delivery.receiver),
    )
    return Transaction(voucher.act, voucher.at, voucher.text, postings, answers=sent)


def hours_worked(voucher: Voucher, workplace: str, *, union: str, trade: str, hours: Fraction) -> Transaction:
    """Return hours that a trade gave: out of the union's ``labour`` account, into the workplace's ``process``.

    Raises:
        NotPositive: no hours.
    """
    _check_positive(voucher, trade, hours)
    unit = hours_unit(trade)
    return _transaction(
        voucher,
        [
            Posting(Account(union, Kind.LABOUR, unit), -hours, workplace),
            Posting(Account(workplace, Kind.PROCESS, unit), hours, union),
        ],
    )


def stock_taken(
    voucher: Voucher, body: str, *, counted: Mapping[str, Fraction], journal: Journal
) -> Transaction | None:
    """Return the transaction that brings a body's stocks to what was counted, against its ``difference`` accounts.

    Returns None when every count agrees with the books: then nothing is to be posted.

    Raises:
        NegativeCount: a count is below 0.
    """
    pairs: list[Posting] = []
    for product, quantity in sorted(counted.items()):
        if quantity < 0:
            raise NegativeCount(voucher.act, product, quantity)
        unit = product_unit(product)
        gained = quantity - journal.balance(Account(body, Kind.STOCK, unit))
        if gained != 0:
            pairs += _moved(body, Kind.DIFFERENCE, Kind.STOCK, unit, gained)
    return _transaction(voucher, pairs) if pairs else None


def bought(voucher: Voucher, trade: Trade) -> Transaction:
    """Return a purchase outside: the product enters stock, the money leaves cash, both against ``outside``.

    Raises:
        NotPositive: nothing is bought.
    """
    _check_positive(voucher, trade.product, trade.quantity)
    return _transaction(voucher, _traded(trade, trade.quantity))


def sold(voucher: Voucher, trade: Trade) -> Transaction:
    """Return a sale outside: the product leaves stock, the money enters cash, both against ``outside``.

    Raises:
        NotPositive: nothing is sold.
    """
    _check_positive(voucher, trade.product, trade.quantity)
    return _transaction(voucher, _traded(trade, -trade.quantity))


def handed_to_council(voucher: Voucher, delivery: Delivery) -> Transaction:
    """Return a delivery that a council receives on the spot: out of stock, into the council's ``consumed``.

    Raises:
        NotPositive: nothing is handed over.
    """
    _check_positive(voucher, delivery.product, delivery.quantity)
    unit = product_unit(delivery.product)
    return _transaction(
        voucher,
        [
            Posting(Account(delivery.sender, Kind.STOCK, unit), -delivery.quantity, delivery.receiver),
            Posting(Account(delivery.receiver, Kind.CONSUMED, unit), delivery.quantity, delivery.sender),
        ],
    )


def stock_left(voucher: Voucher, body: str, *, quantities: Mapping[str, Fraction]) -> Transaction:
    """Return stock that leaves the federation with those who leave it: out of ``stock``, into ``outside``.

    A transaction without postings where nothing leaves; zero quantities are left out.

    Args:
        quantities: by product, 0 or more.
    """
    pairs: list[Posting] = []
    for product, quantity in sorted(quantities.items()):
        if quantity != 0:
            pairs += _moved(body, Kind.STOCK, Kind.OUTSIDE, product_unit(product), quantity)
    return _transaction(voucher, pairs)


def reversal(voucher: Voucher, transaction: Transaction) -> Transaction:
    """Return the transaction that undoes another; both stay in the books."""
    postings = tuple(Posting(p.account, -p.quantity, p.counterpart) for p in transaction.postings)
    return Transaction(voucher.act, voucher.at, voucher.text, postings, answers=transaction.act)


def check_in_stock(transaction: Transaction, journal: Journal) -> None:
    """Check that a transaction leaves no stock below zero that it takes from.

    Raises:
        NotInStock: the first stock, in order of account, that would fall below zero or further below it.
    """
    moved: dict[Account, Fraction] = {}
    for posting in transaction.postings:
        if posting.account.kind is Kind.STOCK:
            moved[posting.account] = moved.get(posting.account, Fraction()) + posting.quantity
    for account in sorted(moved):
        left = journal.balance(account) + moved[account]
        if moved[account] < 0 and left < 0:
            raise NotInStock(transaction.act, account, -left)


def _check_positive(voucher: Voucher, subject: str, quantity: Fraction) -> None:
    if quantity <= 0:
        raise NotPositive(voucher.act, subject, quantity)


def _moved(body: str, source: Kind, target: Kind, unit: str, quantity: Fraction) -> list[Posting]:
    return [
        Posting(Account(body, source, unit), -quantity, body),
        Posting(Account(body, target, unit), quantity, body),
    ]


def _traded(trade: Trade, quantity: Fraction) -> list[Posting]:
    postings = _moved(trade.body, Kind.OUTSIDE, Kind.STOCK, product_unit(trade.product), quantity)
    if trade.price != 0:
        postings += _moved(trade.body, Kind.CASH, Kind.OUTSIDE, MONEY, trade.price * quantity)
    return postings


def _transaction(voucher: Voucher, postings: Iterable[Posting]) -> Transaction:
    return Transaction(voucher.act, voucher.at, voucher.text, tuple(postings))
