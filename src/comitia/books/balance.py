"""What the books say at a moment: the trial balance, ledgers, deliveries still open, stocks below zero."""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from comitia.books.journal import Account, Journal, Kind


@dataclass(frozen=True)
class BalanceRow:
    """One account at a moment: what entered, what left (both 0 or more), and what stands on it."""

    account: Account
    entered: Fraction
    left: Fraction
    balance: Fraction


@dataclass(frozen=True)
class TrialBalance:
    """Every account at a moment, and the sum of each unit over all accounts, which is zero."""

    at: str
    rows: tuple[BalanceRow, ...]
    sums: dict[str, Fraction]


@dataclass(frozen=True)
class LedgerLine:
    """One posting to an account, with the act it rests on and the balance after it."""

    act: int
    at: str
    text: str
    counterpart: str
    quantity: Fraction
    balance: Fraction


@dataclass(frozen=True)
class OpenDelivery:
    """What a sender's act put in transit and no receipt or explanation has taken out; negative when more arrived."""

    sent: int
    at: str
    sender: str
    receiver: str
    unit: str
    quantity: Fraction


def trial_balance(journal: Journal, at: str) -> TrialBalance:
    """Return every account as of a moment (included), in order of unit, body and kind."""
    entered: defaultdict[Account, Fraction] = defaultdict(Fraction)
    left: defaultdict[Account, Fraction] = defaultdict(Fraction)
    accounts: set[Account] = set()
    for transaction in journal:
        if transaction.at > at:
            break
        for posting in transaction.postings:
            accounts.add(posting.account)
            if posting.quantity > 0:
                entered[posting.account] += posting.quantity
            else:
                left[posting.account] -= posting.quantity
    ordered = sorted(accounts, key=lambda account: (account.unit, account.body, account.kind))
    rows = tuple(BalanceRow(a, entered[a], left[a], entered[a] - left[a]) for a in ordered)
    sums: dict[str, Fraction] = {}
    for row in rows:
        sums[row.account.unit] = sums.get(row.account.unit, Fraction()) + row.balance
    return TrialBalance(at, rows, sums)


def ledger(journal: Journal, account: Account) -> tuple[LedgerLine, ...]:
    """Return every posting to an account, oldest first, with the balance after each."""
    lines: list[LedgerLine] = []
    standing = Fraction()
    for transaction in journal.transactions_of(account):
        for posting in transaction.postings:
            if posting.account == account:
                standing += posting.quantity
                lines.append(
                    LedgerLine(
                        transaction.act,
                        transaction.at,
                        transaction.text,
                        posting.counterpart,
                        posting.quantity,
                        standing,
                    )
                )
    return tuple(lines)


def accounts_of(journal: Journal, body: str) -> tuple[BalanceRow, ...]:
    """Return the accounts of one body as they stand, in order of kind and unit."""
    rows: list[BalanceRow] = []
    for account in journal.accounts():
        if account.body == body:
            quantities = [line.quantity for line in ledger(journal, account)]
            entered = sum((q for q in quantities if q > 0), Fraction())
            left = -sum((q for q in quantities if q < 0), Fraction())
            rows.append(BalanceRow(account, entered, left, entered - left))
    return tuple(rows)


def open_deliveries(journal: Journal) -> tuple[OpenDelivery, ...]:
    """Return what is in transit, by the act that sent it, oldest first; settled deliveries are left out."""
    left: dict[tuple[int, str, str, str], Fraction] = {}
    sent_at: dict[int, str] = {}
    for transaction in journal:
        for posting in transaction.postings:
            if posting.account.kind is Kind.IN_TRANSIT:
                sent = transaction.act if transaction.answers is None else transaction.answers
                sent_at.setdefault(sent, transaction.at)
                key = (sent, posting.account.body, posting.counterpart, posting.account.unit)
                left[key] = left.get(key, Fraction()) + posting.quantity
    return tuple(
        OpenDelivery(sent, sent_at[sent], sender, receiver, unit, quantity)
        for (sent, sender, receiver, unit), quantity in sorted(left.items())
        if quantity != 0
    )


def overdrawn(journal: Journal) -> tuple[tuple[Account, Fraction], ...]:
    """Return every stock that stands below zero, and how far below: something used or sent was never posted as made."""
    return tuple(
        (account, -journal.balance(account))
        for account in journal.accounts()
        if account.kind is Kind.STOCK and journal.balance(account) < 0
    )
