"""What is drawn of a plan: flows, shortages, hours by trade, and of rounds the gap; each with the table beneath it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from comitia.plan import deliveries, orders
from comitia.plan.economy import Economy
from comitia.plan.pegging import Shortage
from comitia.plan.pictures import bars, lines, sankey
from comitia.plan.pictures.bars import Bar
from comitia.plan.pictures.lines import Line
from comitia.plan.pictures.sankey import Flow
from comitia.plan.solution import Plan

ZERO = Fraction(0)


@dataclass(frozen=True)
class Picture:
    """A picture with its name (of a file), its heading, a sentence on what it shows, and the table beneath it."""

    name: str
    heading: str
    said: str
    drawn: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def flows(economy: Economy, plan: Plan, embodied: Mapping[str, float]) -> Picture:
    """Return what goes from whom to whom; widths are hours of labour embodied, so that all products add up.

    Args:
        economy: the plan's.
        plan: with its allocation.
        embodied: hours in one unit of each product (``labour.of_economy``).
    """
    between = deliveries.between(economy, plan, embodied)
    drawn = [Flow(b.source, b.target, b.hours, f"{b.hours:,.0f} hours embodied") for b in between if b.hours > 0]
    rows = tuple(
        (b.source, b.target, f"{b.hours:,.1f}", ", ".join(f"{_text(q)} {unit} of {p}" for p, q, unit in b.products))
        for b in between
    )
    title = "Who delivers to whom"
    return Picture(
        name="flows",
        heading=title,
        said="Widths are the hours of labour embodied in what is delivered.",
        drawn=sankey.sankey(drawn, "", id="flows", title=title),
        columns=("from", "to", "hours embodied", "in kind"),
        rows=rows,
    )


def shortages(short: Sequence[Shortage]) -> Picture:
    """Return what falls short, as shares of each need, essential needs first."""
    drawn = [
        Bar(f"{s.product}, {s.council or 'closing stock'}", float(s.share), f"{float(s.share):.0%}", 1.0, "short")
        for s in short
    ]
    rows = tuple(
        (
            s.council or "closing stock",
            s.product,
            str(s.tier or ""),
            f"{_text(s.quantity)} of {_text(s.needed)} {s.unit}",
            "; ".join(f"{b.kind} {b.key}".strip() for b in s.bindings),
            ", ".join(dict.fromkeys(b.body for b in s.bindings if b.body)),
        )
        for s in short
    )
    title = "What falls short"
    said = "Each bar is the share of a need that goes unmet; the mark is the whole need." if short else "Nothing."
    return Picture(
        name="shortages",
        heading=title,
        said=said,
        drawn=bars.bars(drawn, id="shortages", title=title, description=said) if drawn else "",
        columns=("who", "product", "tier", "short", "limits that bind", "whose numbers"),
        rows=rows,
    )


def hours_by_trade(economy: Economy, plan: Plan) -> Picture:
    """Return the hours that each trade works, beside what it offers, overtime included."""
    worked: dict[str, Fraction] = {}
    for order in orders.orders(economy, plan).values():
        for trade, hours in order.hours.items():
            worked[trade] = worked.get(trade, ZERO) + hours
    offered: dict[str, Fraction] = {}
    for (trade, workplace), h in economy.hours.items():
        # A row for the whole federation bounds those of the workplaces.
        if workplace and (trade, "") in economy.hours:
            continue
        offered[trade] = offered.get(trade, ZERO) + h.hours + h.overtime
    trades = sorted(offered, key=lambda t: (-worked.get(t, ZERO), t))
    drawn = [
        Bar(t, float(worked.get(t, ZERO)), f"{float(worked.get(t, ZERO)):,.0f} h", float(offered[t])) for t in trades
    ]
    title = "Hours by trade"
    said = "Each bar is what the plan asks; the mark is what the trade offers, overtime included."
    return Picture(
        name="hours",
        heading=title,
        said=said,
        drawn=bars.bars(drawn, id="hours", title=title, description=said),
        columns=("trade", "hours worked", "hours offered"),
        rows=tuple((t, _text(worked.get(t, ZERO)), _text(offered[t])) for t in trades),
    )


def rounds(course: Sequence[tuple[int, float, float]]) -> Picture:
    """Return the gap round by round: (round, value of the best plan so far, bound that no plan can pass)."""
    value = Line("best plan so far", "value", tuple((n, v) for n, v, _ in course))
    bound = Line("no plan can pass", "bound", tuple((n, b) for n, _, b in course))
    title = "The gap, round by round"
    said = "Where the two lines meet, no further round can bring more."
    return Picture(
        name="rounds",
        heading=title,
        said=said,
        drawn=lines.lines([value, bound], id="rounds", title=title, description=said) if course else "",
        columns=("round", "best plan so far", "no plan can pass", "gap"),
        rows=tuple((str(n), f"{v:,.6g}", f"{b:,.6g}", f"{abs(v - b):,.6g}") for n, v, b in course),
    )


def imbalances(course: Sequence[tuple[int, float, float]]) -> Picture:
    """Return the imbalances of Hahnel's procedure by round: (round, mean over the goods, largest)."""
    mean = Line("mean", "value", tuple((n, m) for n, m, _ in course))
    worst = Line("largest", "bound", tuple((n, w) for n, _, w in course))
    title = "Imbalances, round by round"
    said = "2 |supply - demand| / (supply + demand) of the goods; the procedure ends when the largest is small."
    return Picture(
        name="imbalances",
        heading=title,
        said=said,
        drawn=lines.lines([mean, worst], id="imbalances", title=title, description=said) if course else "",
        columns=("round", "mean imbalance", "largest imbalance"),
        rows=tuple((str(n), f"{m:.2%}", f"{w:.2%}") for n, m, w in course),
    )


def _text(number: Fraction) -> str:
    return f"{float(number):,.6g}"
