import re
from fractions import Fraction

from hypothesis import given, strategies as st

from comitia.books import transactions
from comitia.books.export import beancount
from comitia.books.transactions import Delivery, Voucher


def test_a_delivery_reads_as_beancount() -> None:
    voucher = Voucher(3, "2026-03-02T08:00:00Z", 'the "first" load')
    sent = transactions.delivery_sent(
        voucher, Delivery("committee/tool-shop", "committee/farm", "hand-tools", Fraction("12.5"))
    )

    assert beancount.beancount_text([sent]) == (
        'option "title" "Comitia: open books"\n'
        "\n"
        "2026-03-02 open Assets:Committee:Tool-shop:In-Transit\n"
        "2026-03-02 open Assets:Committee:Tool-shop:Stock\n"
        "\n"
        '2026-03-02 * "the \\"first\\" load"\n'
        "  act: 3\n"
        '  moment: "2026-03-02T08:00:00Z"\n'
        "  Assets:Committee:Tool-shop:Stock  -12.5 HAND-TOOLS\n"
        '    counterpart: "committee/farm"\n'
        "  Assets:Committee:Tool-shop:In-Transit  12.5 HAND-TOOLS\n"
        '    counterpart: "committee/farm"\n'
    )


IDS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,40}", fullmatch=True)


@given(st.sampled_from(["product", "hours", "runs"]), st.lists(IDS, unique=True))
def test_every_unit_has_its_own_lawful_commodity(sort: str, names: list[str]) -> None:
    commodities = [beancount.commodity(f"{sort}:{name}") for name in names]

    assert all(re.fullmatch(r"[A-Z][A-Z0-9'._-]{0,22}[A-Z0-9]", text) for text in commodities)
    assert len(set(commodities)) == len(names)


def test_money_is_a_commodity() -> None:
    assert beancount.commodity("money") == "MONEY"
