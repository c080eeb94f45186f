"""The journal: transactions that balance in every unit, and the accounts that they move.

Notation: a posting is positive when it enters an account, negative when it leaves it. Units are what is counted, one
for each product, trade and activity, so that kilograms of flour never balance kilograms of bread:

``product:flour``   physical units of one product
``hours:bakers``    hours of one trade
``runs:bake-rye``   runs of one activity
``money``           units of account
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

MONEY = "money"


class Kind(StrEnum):
    """What an account of a body is for."""

    STOCK = "stock"
    IN_TRANSIT = "in_transit"
    PROCESS = "process"
    OPENING = "opening"
    DIFFERENCE = "difference"
    LABOUR = "labour"
    RUNS = "runs"
    CONSUMED = "consumed"
    CASH = "cash"
    OUTSIDE = "outside"


@dataclass(frozen=True, order=True)
class Account:
    """What one body holds, owes or has used, of one kind, in one unit."""

    body: str
    kind: Kind
    unit: str


@dataclass(frozen=True)
class Posting:
    """A quantity that enters (positive) or leaves (negative) an account, and the body it came from or went to."""

    account: Account
    quantity: Fraction
    counterpart: str


@dataclass(frozen=True)
class Transaction:
    """Postings of one act that belong together; ``answers`` names the earlier act that it settles, if any."""

    act: int
    at: str
    text: str
    postings: tuple[Posting, ...]
    answers: int | None = None


class Unbalanced(Exception):
    """A transaction makes something out of nothing, or loses it."""

    def __init__(self, unit: str, excess: Fraction, act: int) -> None:
        """Keep the unit, the excess of entries over departures, and the act."""
        self.unit, self.excess, self.act = unit, excess, act
        super().__init__(
            f"The transaction of act {act} does not balance in {unit}: {abs(excess)} too "
            f"{'much' if excess > 0 else 'little'} enters its accounts. What enters one account must leave another."
        )


class OutOfOrder(Exception):
    """A transaction is older than the last one posted."""

    def __init__(self, act: int, at: str, last: Transaction) -> None:
        """Keep the act, its moment and the last transaction."""
        self.act, self.at, self.last = act, at, last
        super().__init__(
            f"The transaction of act {act} at {at} comes after act {last.act} at {last.at}: post transactions in the "
            f"order of their acts."
        )


class NothingPosted(Exception):
    """A transaction has no posting."""

    def __init__(self, act: int) -> None:
        """Keep the act."""
        self.act = act
        super().__init__(f"The transaction of act {act} has no posting: leave it out, or say what it moves.")


def check_balanced(transaction: Transaction) -> None:
    """Check that every unit of a transaction sums to zero.

    Raises:
        NothingPosted: there is no posting.
        Unbalanced: the first unit, in order of name, that does not sum to zero.
    """
    if not transaction.postings:
        raise NothingPosted(transaction.act)
    sums: defaultdict[str, Fraction] = defaultdict(Fraction)
    for posting in transaction.postings:
        sums[posting.account.unit] += posting.quantity
    for unit in sorted(sums):
        if sums[unit] != 0:
            raise Unbalanced(unit, sums[unit], transaction.act)


class Journal:
    """Every transaction in the order of its acts, with running balances."""

    def __init__(self) -> None:
        """Start with no transaction."""
        self._transactions: list[Transaction] = []
        self._balances: dict[Account, Fraction] = {}
        self._by_account: defaultdict[Account, list[int]] = defaultdict(list)

    def __len__(self) -> int:
        """Return the number of transactions."""
        return len(self._transactions)

    def __iter__(self) -> Iterator[Transaction]:
        """Go through the transactions in the order they were posted."""
        return iter(self._transactions)

    def check(self, transaction: Transaction) -> None:
        """Check that a transaction balances and is not older than the last.

        Raises:
            NothingPosted, Unbalanced, OutOfOrder: see each.
        """
        check_balanced(transaction)
        if self._transactions:
            last = self._transactions[-1]
            if transaction.act < last.act or transaction.at < last.at:
                raise OutOfOrder(transaction.act, transaction.at, last)

    def post(self, transaction: Transaction) -> None:
        """Check a transaction, then move its accounts; a refusal changes nothing.

        Raises:
            NothingPosted, Unbalanced, OutOfOrder: see each.
        """
        self.check(transaction)
        place = len(self._transactions)
        self._transactions.append(transaction)
        for posting in transaction.postings:
            account = posting.account
            self._balances[account] = self._balances.get(account, Fraction()) + posting.quantity
            places = self._by_account[account]
            if not places or places[-1] != place:
                places.append(place)

    def balance(self, account: Account) -> Fraction:
        """Return what stands on an account now; zero when nothing was ever posted to it."""
        return self._balances.get(account, Fraction())

    def accounts(self) -> list[Account]:
        """Return every account ever posted to, in order of body, kind and unit."""
        return sorted(self._balances)

    def transactions_of(self, account: Account) -> list[Transaction]:
        """Return the transactions that touch an account, oldest first."""
        return [self._transactions[place] for place in self._by_account.get(account, [])]


def product_unit(product: str) -> str:
    """Return the unit in which a product is counted."""
    return f"product:{product}"


def hours_unit(trade: str) -> str:
    """Return the unit in which the hours of a trade are counted."""
    return f"hours:{trade}"


def runs_unit(activity: str) -> str:
    """Return the unit in which runs of an activity are counted."""
    return f"runs:{activity}"
