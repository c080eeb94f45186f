"""Orders of the adopted plan against the books: what is ordered for a week and the season, done, and due by now."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from comitia.books import deviations
from comitia.books.deviations import Deviation
from comitia.federation import moment
from comitia.federation.state import Draft, Season, State
from comitia.plan import orders, pegging
from comitia.plan.orders import Order
from comitia.plan.pegging import Shortage

ZERO = Fraction(0)
# A draft never changes: what follows from one is reckoned once. By its act and the hash of its plan.
_ORDERED: dict[tuple[int, str], Mapping[str, Order]] = {}
_EXPLAINED: dict[tuple[int, str], tuple[Shortage, ...]] = {}


@dataclass(frozen=True, slots=True)
class Task:
    """Something ordered: for the season, for a week, done so far, due by now; in its unit."""

    what: str
    partner: str
    product: str
    unit: str
    season: Fraction
    week: Fraction
    done: Fraction
    due: Fraction

    @property
    def behind(self) -> Fraction:
        """How far it lies behind the even pace of the season."""
        return max(self.due - self.done, ZERO)


def of_draft(draft: Draft) -> Mapping[str, Order]:
    """Return the order of every workplace under a draft."""
    key = (draft.act, draft.plan)
    if key not in _ORDERED:
        _ORDERED[key] = orders.orders(draft.on, draft.solution)
    return _ORDERED[key]


def shortages(draft: Draft) -> tuple[Shortage, ...]:
    """Return what falls short under a draft, with the chains to the limits."""
    key = (draft.act, draft.plan)
    if key not in _EXPLAINED:
        _EXPLAINED[key] = pegging.explain(draft.on, draft.solution)
    return _EXPLAINED[key]


def start(state: State, season: Season) -> str:
    """Return the moment from which the adopted plan binds."""
    binding = [m for m in state.motions.values() if m.subject == season.adopted and m.outcome == "carried"]
    return binding[-1].effect_at if binding else season.opened


def weeks(state: State, season: Season) -> int:
    """Return how many whole weeks the plan binds for, at least one."""
    return max(1, (moment.parse(season.ends_at) - moment.parse(start(state, season))).days // 7)


def elapsed(state: State, season: Season, at: str) -> Fraction:
    """Return what share of the plan's time is over."""
    begun, end, now = (moment.parse(m) for m in (start(state, season), season.ends_at, at))
    share = Fraction(int((now - begun).total_seconds()), max(1, int((end - begun).total_seconds())))
    return min(max(share, ZERO), Fraction(1))


def compared(state: State, draft: Draft, workplace: str = "") -> tuple[Deviation, ...]:
    """Return planned and realised side by side, of one workplace or of all."""
    ordered = of_draft(draft)
    chosen = {w: o for w, o in ordered.items() if not workplace or w == workplace}
    return deviations.deviations({f"workplace/{w}": _booked(o) for w, o in chosen.items()}, state.journal)


def _booked(order: Order) -> deviations.Orders:
    handed = [d for d in (*order.sends, *order.receives) if d.from_kind == "workplace"]
    return deviations.Orders(
        order.runs,
        {
            (f"workplace/{d.from_}", f"{d.to_kind}/{d.to}", d.product): d.quantity
            for d in handed
            if d.to_kind in ("workplace", "council")
        },
        order.hours,
    )


def tasks(state: State, season: Season, draft: Draft, workplace: str, at: str) -> dict[str, tuple[Task, ...]]:
    """Return the tasks of a workplace by subject: runs, hours, sent, received."""
    share, number = elapsed(state, season, at), weeks(state, season)
    found: dict[str, list[Task]] = {"runs": [], "hours": [], "sent": [], "received": []}
    for d in compared(state, draft, workplace):
        partner, _, product = d.key.rpartition("|")
        unit = draft.on.products[product].unit if product in draft.on.products else ""
        unit = unit or ("runs" if d.subject == "runs" else "hours")
        found[d.subject].append(
            Task(d.key, partner, product, unit, d.planned, d.planned / number, d.realised, d.planned * share)
        )
    return {subject: tuple(rows) for subject, rows in found.items()}
