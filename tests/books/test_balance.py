from fractions import Fraction

from comitia.books import balance, transactions
from comitia.books.balance import BalanceRow, LedgerLine, TrialBalance
from comitia.books.journal import Account, Journal, Kind
from comitia.books.transactions import Delivery, Voucher

MILL, BAKERY = "committee/mill", "committee/bakery"
MONDAY, TUESDAY = "2026-03-02T08:00:00Z", "2026-03-03T08:00:00Z"
FLOUR = "product:flour"


def two_days() -> Journal:
    journal = Journal()
    journal.post(transactions.opening_stock(Voucher(1, MONDAY, "opening"), MILL, quantities={"flour": Fraction(100)}))
    journal.post(
        transactions.delivery_sent(Voucher(2, TUESDAY, "first load"), Delivery(MILL, BAKERY, "flour", Fraction(130)))
    )
    return journal


def test_a_trial_balance_counts_only_what_was_posted_by_its_moment() -> None:
    assert balance.trial_balance(two_days(), MONDAY) == TrialBalance(
        MONDAY,
        (
            BalanceRow(Account(MILL, Kind.OPENING, FLOUR), Fraction(0), Fraction(100), Fraction(-100)),
            BalanceRow(Account(MILL, Kind.STOCK, FLOUR), Fraction(100), Fraction(0), Fraction(100)),
        ),
        {FLOUR: Fraction(0)},
    )


def test_a_ledger_shows_each_posting_with_its_act_and_the_balance_after_it() -> None:
    assert balance.ledger(two_days(), Account(MILL, Kind.STOCK, FLOUR)) == (
        LedgerLine(1, MONDAY, "opening", MILL, Fraction(100), Fraction(100)),
        LedgerLine(2, TUESDAY, "first load", BAKERY, Fraction(-130), Fraction(-30)),
    )


def test_the_accounts_of_a_body_stand_as_the_journal_says() -> None:
    assert balance.accounts_of(two_days(), MILL) == (
        BalanceRow(Account(MILL, Kind.IN_TRANSIT, FLOUR), Fraction(130), Fraction(0), Fraction(130)),
        BalanceRow(Account(MILL, Kind.OPENING, FLOUR), Fraction(0), Fraction(100), Fraction(-100)),
        BalanceRow(Account(MILL, Kind.STOCK, FLOUR), Fraction(100), Fraction(130), Fraction(-30)),
    )


def test_a_stock_below_zero_shows() -> None:
    assert balance.overdrawn(two_days()) == ((Account(MILL, Kind.STOCK, FLOUR), Fraction(30)),)
