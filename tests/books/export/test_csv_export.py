from fractions import Fraction

from comitia.books import transactions
from comitia.books.export import csv_export
from comitia.books.journal import Kind
from comitia.books.transactions import Delivery, Voucher


def test_every_posting_is_a_line() -> None:
    counted = Delivery("committee/mill", "committee/bakery", "flour", Fraction("12.5"))
    voucher = Voucher(3, "2026-03-02T08:00:00Z", 'received, "one sack torn"')

    text = csv_export.csv_text([transactions.delivery_received(voucher, counted, sent=2, into=Kind.STOCK)])

    quoted = '"received, ""one sack torn"""'
    assert text == (
        "act,at,text,answers,body,kind,unit,quantity,counterpart\n"
        f"3,2026-03-02T08:00:00Z,{quoted},2,committee/mill,in_transit,product:flour,-12.5,committee/bakery\n"
        f"3,2026-03-02T08:00:00Z,{quoted},2,committee/bakery,stock,product:flour,12.5,committee/mill\n"
    )
