"""What falls short, for the page: whose number binds, what one more unit brings, what is new since another draft."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from comitia.federation.state import Draft
from comitia.plan.pegging import Binding, Shortage
from comitia.web.sums import orders
from comitia.web.sums.figures import figure, percent

SHOWN = 4


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit at the end of a chain: the steps to it, whose number it is and in which act, and what one more brings."""

    name: str
    steps: tuple[str, ...]
    body: str
    act: int
    more: str


@dataclass(frozen=True, slots=True)
class Short:
    """A need that falls short: how much of how much, for whom, in which tier, and the limits behind it."""

    product: str
    council: str
    tier: int
    amount: str
    share: str
    limits: tuple[Limit, ...]
    since: str


def shown(draft: Draft, before: Draft | None = None) -> tuple[Short, ...]:
    """Return what falls short under a draft, essential needs first; ``since`` compares it with an earlier draft."""
    was = {_key(s): s.quantity for s in orders.shortages(before)} if before else None
    return tuple(_short(s, was) for s in orders.shortages(draft))


def _key(short: Shortage) -> tuple[str, str, int]:
    return short.council, short.product, short.tier


def _short(short: Shortage, was: dict[tuple[str, str, int], Fraction] | None) -> Short:
    since = ""
    if was is not None:
        old = was.get(_key(short), Fraction(0))
        more = short.quantity - old
        if not old:
            since = "new"
        elif more:
            since = f"{figure(abs(more))} {short.unit} {'more' if more > 0 else 'less'}"
    amount = f"{figure(short.quantity)} of {figure(short.needed)} {short.unit}"
    limits = tuple(_limit(b) for b in _first(short.bindings))
    return Short(short.product, short.council, short.tier, amount, percent(short.share), limits, since)


def _first(bindings: Sequence[Binding]) -> Sequence[Binding]:
    return [b for b in bindings if b.share][:SHOWN] or bindings[:SHOWN]


def _limit(b: Binding) -> Limit:
    if b.kind == "labour":
        return Limit("no limit: it takes more hours than it is worth", b.chain, b.body, -1, "")
    more = f"One more {b.unit} brings {figure(b.price)} hours of worth at most." if b.price else ""
    more = more or "It is used up as well: more of it alone brings nothing."
    return Limit(_name(b), b.chain, b.body, int(b.act) if b.act.isdecimal() else -1, more)


def _name(b: Binding) -> str:
    match b.kind:
        case "hours":
            trade, _, workplace = b.key.partition("|")
            return f"hours of {trade}" + (f" at {workplace}" if workplace else " in the whole federation")
        case "machine":
            return f"machine hours of {b.key}"
        case "runs":
            return f"most runs of {b.key}"
        case "limit":
            return f"the limit on {b.key}"
        case "cash":
            return "cash for purchases outside"
        case _:
            return f"the stock of {b.key}"
