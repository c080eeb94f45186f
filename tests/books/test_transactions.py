from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from comitia.books import transactions
from comitia.books.balance import open_deliveries, trial_balance
from comitia.books.journal import MONEY, Account, Journal, Kind, Posting, Transaction
from comitia.books.transactions import Delivery, Trade, Voucher

FARM, MILL, BAKERY, COUNCIL, UNION = (
    "committee/farm",
    "committee/mill",
    "committee/bakery",
    "council/hilltown",
    "union/bakers",
)
AT = "2026-03-02T08:00:00Z"


def voucher(act: int) -> Voucher:
    return Voucher(act, AT, f"act {act}")


def numbers(**quantities: str) -> dict[str, Fraction]:
    return {name: Fraction(text) for name, text in quantities.items()}


def standing(journal: Journal) -> dict[tuple[str, str, str], Fraction]:
    rows = trial_balance(journal, AT).rows
    return {(row.account.body, row.account.kind.value, row.account.unit): row.balance for row in rows if row.balance}


def test_opening_stock_stands_against_opening_and_leaves_out_zeros() -> None:
    made = transactions.opening_stock(voucher(1), MILL, quantities=numbers(grain="12.5", flour="0"))

    assert made == Transaction(
        1,
        AT,
        "act 1",
        (
            Posting(Account(MILL, Kind.OPENING, "product:grain"), Fraction("-12.5"), MILL),
            Posting(Account(MILL, Kind.STOCK, "product:grain"), Fraction("12.5"), MILL),
        ),
    )


def test_a_run_posts_what_it_uses_and_makes_against_process() -> None:
    journal = Journal()
    journal.post(transactions.opening_stock(voucher(1), MILL, quantities=numbers(grain="100")))
    flows = transactions.recipe_times(numbers(grain="-12.5", flour="10", bran="2.25"), Fraction(4))

    journal.post(transactions.run_made(voucher(2), MILL, activity="grind", runs=Fraction(4), flows=flows))

    assert standing(journal) == {
        (MILL, "opening", "product:grain"): -100,
        (MILL, "stock", "product:grain"): 50,
        (MILL, "process", "product:grain"): 50,
        (MILL, "stock", "product:flour"): 40,
        (MILL, "process", "product:flour"): -40,
        (MILL, "stock", "product:bran"): 9,
        (MILL, "process", "product:bran"): -9,
        (MILL, "runs", "runs:grind"): 4,
        (MILL, "process", "runs:grind"): -4,
    }


def delivered(received: str) -> Journal:
    journal = Journal()
    journal.post(transactions.opening_stock(voucher(1), MILL, quantities=numbers(flour="100")))
    journal.post(transactions.delivery_sent(voucher(2), Delivery(MILL, BAKERY, "flour", Fraction(80))))
    counted = Delivery(MILL, BAKERY, "flour", Fraction(received))
    journal.post(transactions.delivery_received(voucher(3), counted, sent=2, into=Kind.STOCK))
    return journal


def test_a_delivery_received_in_full_leaves_nothing_in_transit() -> None:
    journal = delivered("80")

    assert open_deliveries(journal) == ()
    assert standing(journal) == {
        (MILL, "opening", "product:flour"): -100,
        (MILL, "stock", "product:flour"): 20,
        (BAKERY, "stock", "product:flour"): 80,
    }


def test_what_a_receipt_lacks_stays_in_transit_until_it_is_explained() -> None:
    journal = delivered("72.5")
    before = [(d.sent, d.sender, d.receiver, d.unit, d.quantity) for d in open_deliveries(journal)]

    lost = Delivery(MILL, BAKERY, "flour", Fraction("7.5"))
    journal.post(transactions.difference_explained(voucher(4), lost, sent=2, back=False))

    assert before == [(2, MILL, BAKERY, "product:flour", Fraction("7.5"))]
    assert open_deliveries(journal) == ()
    assert standing(journal) == {
        (MILL, "opening", "product:flour"): -100,
        (MILL, "stock", "product:flour"): 20,
        (MILL, "difference", "product:flour"): Fraction("7.5"),
        (BAKERY, "stock", "product:flour"): Fraction("72.5"),
    }


def test_a_receipt_larger_than_what_was_sent_shows_below_zero_in_transit() -> None:
    assert [d.quantity for d in open_deliveries(delivered("81"))] == [-1]


def test_hours_go_from_the_union_to_the_process_of_the_workplace() -> None:
    made = transactions.hours_worked(voucher(1), BAKERY, union=UNION, trade="bakers", hours=Fraction("37.5"))

    assert made.postings == (
        Posting(Account(UNION, Kind.LABOUR, "hours:bakers"), Fraction("-37.5"), BAKERY),
        Posting(Account(BAKERY, Kind.PROCESS, "hours:bakers"), Fraction("37.5"), UNION),
    )


def test_a_stocktaking_brings_the_books_to_the_count() -> None:
    journal = Journal()
    journal.post(transactions.opening_stock(voucher(1), MILL, quantities=numbers(flour="100", bran="5", grain="1")))
    counted = numbers(flour="98.5", bran="6", grain="1")
    taken = transactions.stock_taken(voucher(2), MILL, counted=counted, journal=journal)
    assert taken is not None
    journal.post(taken)

    assert standing(journal) == {
        (MILL, "opening", "product:flour"): -100,
        (MILL, "stock", "product:flour"): Fraction("98.5"),
        (MILL, "difference", "product:flour"): Fraction("1.5"),
        (MILL, "opening", "product:bran"): -5,
        (MILL, "stock", "product:bran"): 6,
        (MILL, "difference", "product:bran"): -1,
        (MILL, "opening", "product:grain"): -1,
        (MILL, "stock", "product:grain"): 1,
    }
    assert transactions.stock_taken(voucher(3), MILL, counted=counted, journal=journal) is None


def test_buying_and_selling_move_product_and_money_against_outside() -> None:
    journal = Journal()
    journal.post(transactions.bought(voucher(1), Trade(FARM, "diesel", Fraction(100), Fraction("1.25"))))
    journal.post(transactions.sold(voucher(2), Trade(FARM, "wool", Fraction(10), Fraction(4))))

    assert standing(journal) == {
        (FARM, "stock", "product:diesel"): 100,
        (FARM, "outside", "product:diesel"): -100,
        (FARM, "stock", "product:wool"): -10,
        (FARM, "outside", "product:wool"): 10,
        (FARM, "cash", MONEY): -85,
        (FARM, "outside", MONEY): 85,
    }


def test_what_a_council_takes_is_consumed() -> None:
    made = transactions.handed_to_council(voucher(1), Delivery(BAKERY, COUNCIL, "bread", Fraction(40)))

    assert made.postings == (
        Posting(Account(BAKERY, Kind.STOCK, "product:bread"), Fraction(-40), COUNCIL),
        Posting(Account(COUNCIL, Kind.CONSUMED, "product:bread"), Fraction(40), BAKERY),
    )


def test_a_reversal_undoes_every_posting_and_names_the_act() -> None:
    journal = Journal()
    made = transactions.handed_to_council(voucher(1), Delivery(BAKERY, COUNCIL, "bread", Fraction(40)))
    journal.post(made)
    undone = transactions.reversal(voucher(2), made)
    journal.post(undone)

    assert (standing(journal), undone.answers) == ({}, 1)


def test_taking_more_than_the_stock_is_refused_by_the_check() -> None:
    journal = Journal()
    journal.post(transactions.opening_stock(voucher(1), MILL, quantities=numbers(flour="100")))
    sent = transactions.delivery_sent(voucher(2), Delivery(MILL, BAKERY, "flour", Fraction(101)))

    with pytest.raises(transactions.NotInStock) as refused:
        transactions.check_in_stock(sent, journal)

    assert (refused.value.account, refused.value.missing) == (Account(MILL, Kind.STOCK, "product:flour"), Fraction(1))


def test_nothing_moves_backwards() -> None:
    zero = Fraction(0)
    flour = Delivery(MILL, BAKERY, "flour", zero)
    attempts: list[Callable[[], Transaction]] = [
        lambda: transactions.run_made(voucher(1), MILL, activity="grind", runs=zero, flows={}),
        lambda: transactions.delivery_sent(voucher(1), flour),
        lambda: transactions.delivery_received(voucher(1), flour, sent=0, into=Kind.STOCK),
        lambda: transactions.handed_to_council(voucher(1), flour),
        lambda: transactions.hours_worked(voucher(1), MILL, union=UNION, trade="bakers", hours=zero),
        lambda: transactions.bought(voucher(1), Trade(MILL, "diesel", zero, zero)),
        lambda: transactions.sold(voucher(1), Trade(MILL, "diesel", zero, zero)),
    ]
    for attempt in attempts:
        with pytest.raises(transactions.NotPositive):
            attempt()


def test_a_count_below_zero_is_refused() -> None:
    with pytest.raises(transactions.NegativeCount):
        transactions.opening_stock(voucher(1), MILL, quantities=numbers(flour="-1"))
    with pytest.raises(transactions.NegativeCount):
        transactions.stock_taken(voucher(1), MILL, counted=numbers(flour="-1"), journal=Journal())


QUANTITIES = st.fractions(min_value=Fraction(1, 1000), max_value=10**6, max_denominator=1000)
BODIES = st.sampled_from([FARM, MILL, BAKERY])
HAPPENINGS = st.one_of(
    st.builds(lambda b, q: transactions.opening_stock(voucher(1), b, quantities={"flour": q}), BODIES, QUANTITIES),
    st.builds(
        lambda b, q, sign: transactions.run_made(
            voucher(1), b, activity="grind", runs=q, flows={"flour": sign * q, "grain": -q}
        ),
        BODIES,
        QUANTITIES,
        st.sampled_from([1, -1]),
    ),
    st.builds(
        lambda a, b, q: transactions.delivery_sent(voucher(1), Delivery(a, b, "flour", q)), BODIES, BODIES, QUANTITIES
    ),
    st.builds(
        lambda a, b, q, into: transactions.delivery_received(voucher(1), Delivery(a, b, "flour", q), sent=1, into=into),
        BODIES,
        BODIES,
        QUANTITIES,
        st.sampled_from([Kind.STOCK, Kind.CONSUMED]),
    ),
    st.builds(
        lambda a, b, q, back: transactions.difference_explained(
            voucher(1), Delivery(a, b, "flour", q), sent=1, back=back
        ),
        BODIES,
        BODIES,
        QUANTITIES,
        st.booleans(),
    ),
    st.builds(lambda b, q: transactions.bought(voucher(1), Trade(b, "flour", q, q)), BODIES, QUANTITIES),
    st.builds(lambda b, q: transactions.sold(voucher(1), Trade(b, "flour", q, q)), BODIES, QUANTITIES),
    st.builds(
        lambda b, q: transactions.handed_to_council(voucher(1), Delivery(b, COUNCIL, "flour", q)), BODIES, QUANTITIES
    ),
)


@given(st.lists(HAPPENINGS, max_size=20))
def test_flour_on_hand_is_what_came_in_less_what_went_out_whatever_happens(happened: list[Transaction]) -> None:
    journal = Journal()
    for transaction in happened:
        journal.post(transaction)
    sums = dict.fromkeys(Kind, Fraction())
    for account in journal.accounts():
        if account.unit == "product:flour":
            sums[account.kind] += journal.balance(account)

    on_hand = sums[Kind.STOCK] + sums[Kind.IN_TRANSIT] + sums[Kind.CONSUMED] + sums[Kind.DIFFERENCE]
    assert on_hand == -sums[Kind.OPENING] - sums[Kind.PROCESS] - sums[Kind.OUTSIDE]
    assert set(trial_balance(journal, AT).sums.values()) <= {Fraction()}


@given(st.lists(HAPPENINGS, max_size=20))
def test_reversing_everything_leaves_every_account_at_zero(happened: list[Transaction]) -> None:
    journal = Journal()
    for transaction in [*happened, *(transactions.reversal(voucher(2), done) for done in happened)]:
        journal.post(transaction)

    assert standing(journal) == {}
