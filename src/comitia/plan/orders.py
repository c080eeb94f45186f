"""What a plan asks of each workplace: runs, hours per trade, machine hours, and who hands what to whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from comitia.plan.economy import Economy
from comitia.plan.model import ZERO
from comitia.plan.solution import Plan


@dataclass(frozen=True, slots=True)
class Delivery:
    """A product that one place hands to another; kinds are workplace, council, stock, outside."""

    product: str
    from_kind: str
    from_: str
    to_kind: str
    to: str
    quantity: Fraction


@dataclass(frozen=True)
class Order:
    """What the plan asks of one workplace.

    ``runs`` by activity, ``hours`` by trade (overtime included), ``overtime`` by trade as far as the workplace's own
    rows grant it, ``machines`` in hours by machine. ``keeps`` is by product what the workplace makes for itself.
    """

    workplace: str
    runs: Mapping[str, Fraction]
    hours: Mapping[str, Fraction]
    overtime: Mapping[str, Fraction]
    machines: Mapping[str, Fraction]
    sends: tuple[Delivery, ...]
    receives: tuple[Delivery, ...]
    keeps: Mapping[str, Fraction]


def orders(economy: Economy, plan: Plan) -> dict[str, Order]:
    """Return the order of every workplace of the economy by its id, also of one that stands still."""
    runs = {r.activity: r.runs for r in plan.runs}
    names = sorted({a.workplace for a in economy.activities.values()})
    handed = [Delivery(a.product, a.from_kind, a.from_, a.to_kind, a.to, a.quantity) for a in plan.allocation]
    found: dict[str, Order] = {}
    for name in names:
        own = {a.id: runs[a.id] for a in economy.activities.values() if a.workplace == name and runs.get(a.id)}
        place = ("workplace", name)
        sends = [d for d in handed if (d.from_kind, d.from_) == place]
        receives = [d for d in handed if (d.to_kind, d.to) == place]
        found[name] = Order(
            workplace=name,
            runs=dict(sorted(own.items())),
            hours=_per_run(economy.labour, own),
            overtime={o.trade: o.hours for o in plan.overtime if o.workplace == name},
            machines=_per_run(economy.machine_use, own),
            sends=tuple(d for d in sends if d not in receives),
            receives=tuple(d for d in receives if d not in sends),
            keeps={d.product: d.quantity for d in sends if d in receives},
        )
    return found


def _per_run(use: Mapping[tuple[str, str], Fraction], runs: Mapping[str, Fraction]) -> dict[str, Fraction]:
    found: dict[str, Fraction] = {}
    for (activity, other), per_run in use.items():
        if activity in runs and per_run:
            found[other] = found.get(other, ZERO) + per_run * runs[activity]
    return dict(sorted(found.items()))
