from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from comitia.books.balance import trial_balance
from comitia.books.journal import (
    Account,
    Journal,
    Kind,
    NothingPosted,
    OutOfOrder,
    Posting,
    Transaction,
    Unbalanced,
)

MILL = Account("committee/mill", Kind.STOCK, "product:flour")
OPENING = Account("committee/mill", Kind.OPENING, "product:flour")
BREAD = Account("committee/mill", Kind.STOCK, "product:bread")
MONDAY, TUESDAY = "2026-03-02T08:00:00Z", "2026-03-03T08:00:00Z"


def posting(account: Account, quantity: str) -> Posting:
    return Posting(account, Fraction(quantity), account.body)


def test_a_balanced_transaction_moves_both_accounts() -> None:
    journal = Journal()
    transaction = Transaction(1, MONDAY, "opening", (posting(OPENING, "-5.5"), posting(MILL, "5.5")))

    journal.post(transaction)

    assert {a: journal.balance(a) for a in journal.accounts()} == {OPENING: Fraction("-5.5"), MILL: Fraction("5.5")}
    assert list(journal) == [transaction]
    assert journal.transactions_of(MILL) == [transaction]


def test_flour_out_of_nothing_is_refused_and_changes_nothing() -> None:
    journal = Journal()

    with pytest.raises(Unbalanced) as refused:
        journal.post(Transaction(7, MONDAY, "", (posting(OPENING, "-5"), posting(MILL, "6"))))

    assert (refused.value.unit, refused.value.excess, refused.value.act) == ("product:flour", Fraction(1), 7)
    assert str(refused.value) == (
        "The transaction of act 7 does not balance in product:flour: 1 too much enters its accounts. "
        "What enters one account must leave another."
    )
    assert (len(journal), journal.accounts()) == (0, [])


def test_flour_does_not_balance_bread() -> None:
    with pytest.raises(Unbalanced) as refused:
        Journal().post(Transaction(7, MONDAY, "", (posting(MILL, "-5"), posting(BREAD, "5"))))

    assert (refused.value.unit, refused.value.excess) == ("product:bread", Fraction(5))


def test_a_transaction_without_postings_is_refused() -> None:
    with pytest.raises(NothingPosted):
        Journal().post(Transaction(7, MONDAY, "", ()))


@pytest.mark.parametrize(("act", "at"), [(1, TUESDAY), (2, MONDAY)])
def test_a_transaction_older_than_the_last_is_refused(act: int, at: str) -> None:
    journal = Journal()
    pair = (posting(OPENING, "-1"), posting(MILL, "1"))
    journal.post(Transaction(2, TUESDAY, "", pair))

    with pytest.raises(OutOfOrder):
        journal.post(Transaction(act, at, "", pair))

    assert (len(journal), journal.balance(MILL)) == (1, Fraction(1))


ACCOUNTS = st.builds(
    Account,
    st.sampled_from(["committee/mill", "committee/bakery", "union/bakers"]),
    st.sampled_from(list(Kind)),
    st.sampled_from(["product:flour", "hours:bakers", "money"]),
)


@given(st.lists(st.tuples(ACCOUNTS, ACCOUNTS, st.fractions(max_denominator=1000))))
def test_books_sum_to_zero_in_every_unit_after_any_transactions(moves: list[tuple[Account, Account, Fraction]]) -> None:
    journal = Journal()
    for act, (source, target, quantity) in enumerate(moves):
        account = Account(target.body, target.kind, source.unit)
        pair = (Posting(source, -quantity, target.body), Posting(account, quantity, source.body))
        journal.post(Transaction(act, MONDAY, "", pair))

    balance = trial_balance(journal, MONDAY)

    assert balance.sums == dict.fromkeys(sorted({source.unit for source, _, _ in moves}), Fraction())
    assert {row.account: row.balance for row in balance.rows} == {a: journal.balance(a) for a in journal.accounts()}


@given(st.lists(st.tuples(ACCOUNTS, st.fractions(max_denominator=9)), min_size=1))
def test_a_journal_takes_exactly_what_balances(entries: list[tuple[Account, Fraction]]) -> None:
    sums: dict[str, Fraction] = {}
    for account, quantity in entries:
        sums[account.unit] = sums.get(account.unit, Fraction()) + quantity
    transaction = Transaction(0, MONDAY, "", tuple(Posting(a, q, a.body) for a, q in entries))
    journal = Journal()

    if any(sums.values()):
        with pytest.raises(Unbalanced):
            journal.post(transaction)
        assert len(journal) == 0
    else:
        journal.post(transaction)
        assert len(journal) == 1
