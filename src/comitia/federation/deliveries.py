"""What happens under the adopted plan: runs, hours, deliveries, stocktakings, purchases; posted to the open books.

Both sides sign a delivery: the sender's act and the receiver's. A difference stays in transit, in sight of all.
"""

from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import assert_never

from comitia.books import transactions
from comitia.books.journal import Kind
from comitia.books.transactions import Voucher
from comitia.federation import acts, figures, standing
from comitia.federation.founding import check_new_id
from comitia.federation.permit import check_permitted
from comitia.federation.refusal import Refused, refuse_unless
from comitia.federation.state import Delivery, Season, State

WORKPLACE = "workplace"


def open_books(state: State, of: Season, at: str) -> None:
    """Post the declared opening stocks, once a season, when its first plan is adopted."""
    if of.books_open:
        return
    of.books_open = True
    by_workplace: dict[str, dict[str, Fraction]] = {}
    for figure in of.figures.get("products", {}).values():
        product, stock = figure.row[0], Fraction(figure.row[3] or "0")
        by_workplace.setdefault(figure.body.partition("/")[2], {})[product] = stock
    for workplace, quantities in by_workplace.items():
        voucher = Voucher(state.size, at, f"opening stock of {of.name}")
        opening = transactions.opening_stock(voucher, f"{WORKPLACE}/{workplace}", quantities=quantities)
        if opening.postings:
            state.journal.post(opening)


def _amount(text: str, what: str) -> Fraction:
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal("NaN")
    refuse_unless(found.is_finite() and found > 0, "record", f"{what} {text!r} is not a number above 0")
    return Fraction(found)


def _running(state: State, name: str) -> Season:
    of = figures.season(state, name)
    article = standing.charter(state).procedures.inspection_article
    refuse_unless(bool(of.adopted), article, f"no plan of {name} is adopted; there are no orders to report on yet")
    return of


def _check_sits(state: State, act: acts.AnyAct, group: str) -> None:
    check_permitted(state, act, standing.sitting(state, act.body, act.at))
    article = standing.body(state, act.body).kind.article
    own = standing.body(state, act.body).group == group
    refuse_unless(
        own, article, f"{act.body} cannot report for {group}; a body reports for its own workplace or council"
    )
    refuse_unless(standing.sits_in(state, act.by, act.body, act.at), article, f"{act.by} does not sit in {act.body}")


def report_run(state: State, act: acts.RunReported) -> None:
    """Post what runs of an activity used and made."""
    of = _running(state, act.season)
    row = of.figures.get("activities", {}).get((act.activity,))
    if row is None:
        raise Refused("record", f"there is no activity {act.activity!r} in {act.season}")
    workplace = row.row[1]
    _check_sits(state, act, workplace)
    runs = _amount(act.runs, "runs")
    recipe = {f.row[1]: Fraction(f.row[2]) for f in of.figures.get("flows", {}).values() if f.row[0] == act.activity}
    voucher = Voucher(state.size, act.at, f"{act.runs} runs of {act.activity}")
    flows = transactions.recipe_times(recipe, runs)
    state.journal.post(
        transactions.run_made(voucher, f"{WORKPLACE}/{workplace}", activity=act.activity, runs=runs, flows=flows)
    )


def report_hours(state: State, act: acts.HoursReported) -> None:
    """Post hours worked by a trade in a workplace."""
    _running(state, act.season)
    _check_sits(state, act, act.workplace)
    known = any(group == act.trade for _, group in state.groups)
    refuse_unless(known, "record", f"there is no trade {act.trade!r}")
    voucher = Voucher(state.size, act.at, f"{act.hours} hours of {act.trade}")
    hours = _amount(act.hours, "hours")
    state.journal.post(
        transactions.hours_worked(
            voucher, f"{WORKPLACE}/{act.workplace}", union=f"union/{act.trade}", trade=act.trade, hours=hours
        )
    )


def send(state: State, act: acts.DeliverySent) -> None:
    """Hand goods over; they are in transit until the receiver confirms."""
    of = _running(state, act.season)
    check_new_id(act.delivery, act.delivery in state.deliveries, "a delivery")
    _check_sits(state, act, act.sender)
    kind, _, group = act.to.partition("/")
    refuse_unless(
        standing.find_body(state, f"committee/{group}" if kind == WORKPLACE else act.to) is not None,
        "record",
        f"{act.to!r} is neither workplace/ID nor council/ID of this federation",
    )
    refuse_unless((act.product,) in of.figures.get("products", {}), "record", f"there is no product {act.product!r}")
    quantity = _amount(act.quantity, "quantity")
    voucher = Voucher(state.size, act.at, f"delivery {act.delivery}")
    sent = transactions.delivery_sent(
        voucher, transactions.Delivery(f"{WORKPLACE}/{act.sender}", act.to, act.product, quantity)
    )
    state.journal.post(sent)
    state.deliveries[act.delivery] = Delivery(
        act.delivery, act.season, act.product, act.sender, act.to, Decimal(act.quantity), state.size
    )


def receive(state: State, act: acts.DeliveryReceived) -> None:
    """The receiver says what arrived."""
    of = state.deliveries.get(act.delivery)
    if of is None:
        raise Refused("record", f"there is no delivery {act.delivery!r}")
    kind, _, group = of.to.partition("/")
    _check_sits(state, act, group)
    refuse_unless(of.received is None, "record", f"the receipt of {act.delivery} was signed in act {of.received_act}")
    quantity = Fraction(0) if Decimal(act.quantity or "0") == 0 else _amount(act.quantity, "quantity")
    refuse_unless(
        quantity <= Fraction(of.quantity),
        "record",
        f"{of.quantity} were sent; more cannot arrive ({act.quantity}); let the sender correct",
    )
    differs = quantity != Fraction(of.quantity)
    refuse_unless(
        bool(act.remark.strip()) or not differs, "record", "a receipt that differs from what was sent says why"
    )
    if quantity:
        voucher = Voucher(state.size, act.at, f"receipt of {act.delivery}")
        counted = transactions.Delivery(f"{WORKPLACE}/{of.sender}", of.to, of.product, quantity)
        into = Kind.STOCK if kind == WORKPLACE else Kind.CONSUMED
        state.journal.post(transactions.delivery_received(voucher, counted, sent=of.sent_act, into=into))
    of.received, of.received_act, of.remark = Decimal(act.quantity or "0"), state.size, act.remark


def take_stock(state: State, act: acts.StockTaken) -> None:
    """Post a count of a stock; what differs from the books goes to the difference account."""
    _running(state, act.season)
    _check_sits(state, act, act.workplace)
    counted = Fraction(0) if act.quantity == "0" else _amount(act.quantity, "quantity")
    voucher = Voucher(state.size, act.at, f"stock of {act.product} counted")
    difference = transactions.stock_taken(
        voucher, f"{WORKPLACE}/{act.workplace}", counted={act.product: counted}, journal=state.journal
    )
    if difference is not None:
        state.journal.post(difference)


def trade(state: State, act: acts.GoodsBought | acts.GoodsSold) -> None:
    """Post a purchase or sale outside the federation."""
    of = _running(state, act.season)
    _check_sits(state, act, act.body.partition("/")[2])
    refuse_unless((act.product,) in of.figures.get("products", {}), "record", f"there is no product {act.product!r}")
    workplace = f"{WORKPLACE}/{act.body.partition('/')[2]}"
    terms = transactions.Trade(workplace, act.product, _amount(act.quantity, "quantity"), _amount(act.price, "price"))
    voucher = Voucher(state.size, act.at, f"outside trade in {act.product}")
    match act:
        case acts.GoodsBought():
            state.journal.post(transactions.bought(voucher, terms))
        case acts.GoodsSold():
            state.journal.post(transactions.sold(voucher, terms))
        case _:
            assert_never(act)
