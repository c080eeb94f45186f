from fractions import Fraction

from comitia.books import transactions
from comitia.books.deviations import Deviation, Orders, deviations
from comitia.books.journal import Journal, Kind
from comitia.books.transactions import Delivery, Voucher

MILL, BAKERY, COUNCIL = "committee/mill", "committee/bakery", "council/hilltown"


def voucher(act: int) -> Voucher:
    return Voucher(act, "2026-03-02T08:00:00Z", "")


def test_planned_and_realised_stand_side_by_side() -> None:
    journal = Journal()
    grinding = {"grain": Fraction(-25), "flour": Fraction(20)}
    sent = transactions.delivery_sent(voucher(2), Delivery(MILL, BAKERY, "flour", Fraction(18)))
    mistaken = transactions.delivery_sent(voucher(4), Delivery(MILL, BAKERY, "flour", Fraction(1)))
    for transaction in (
        transactions.run_made(voucher(1), MILL, activity="grind", runs=Fraction(2), flows=grinding),
        sent,
        transactions.delivery_received(
            voucher(3), Delivery(MILL, BAKERY, "flour", Fraction(17)), sent=2, into=Kind.STOCK
        ),
        mistaken,
        transactions.reversal(voucher(5), mistaken),
        transactions.handed_to_council(voucher(6), Delivery(BAKERY, COUNCIL, "bread", Fraction(40))),
        transactions.hours_worked(voucher(7), MILL, union="union/bakers", trade="bakers", hours=Fraction(30)),
    ):
        journal.post(transaction)
    flour = {(MILL, BAKERY, "flour"): Fraction(20)}
    orders = {
        MILL: Orders({"grind": Fraction(3)}, flour, {"bakers": Fraction(28), "drivers": Fraction(4)}),
        BAKERY: Orders({}, flour, {}),
    }

    assert deviations(orders, journal) == (
        Deviation(BAKERY, "received", f"{MILL}|flour", Fraction(20), Fraction(17), Fraction(-3)),
        Deviation(BAKERY, "sent", f"{COUNCIL}|bread", Fraction(0), Fraction(40), Fraction(40)),
        Deviation(MILL, "hours", "bakers", Fraction(28), Fraction(30), Fraction(2)),
        Deviation(MILL, "hours", "drivers", Fraction(4), Fraction(0), Fraction(-4)),
        Deviation(MILL, "runs", "grind", Fraction(3), Fraction(2), Fraction(-1)),
        Deviation(MILL, "sent", f"{BAKERY}|flour", Fraction(20), Fraction(18), Fraction(-2)),
    )


def test_a_council_with_orders_sees_what_it_received() -> None:
    journal = Journal()
    journal.post(transactions.handed_to_council(voucher(1), Delivery(BAKERY, COUNCIL, "bread", Fraction(40))))
    orders = {COUNCIL: Orders({}, {(BAKERY, COUNCIL, "bread"): Fraction(50)}, {})}

    assert deviations(orders, journal) == (
        Deviation(COUNCIL, "received", f"{BAKERY}|bread", Fraction(50), Fraction(40), Fraction(-10)),
    )
