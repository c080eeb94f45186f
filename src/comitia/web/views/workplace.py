"""My workplace: orders, hours, what comes and goes, stock; and what a council or a union does under the plan."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from comitia.books.journal import Kind
from comitia.federation import standing
from comitia.federation.state import Draft, Season, State
from comitia.plan.orders import Delivery, Order
from comitia.web import clerkroom
from comitia.web.page import member, page
from comitia.web.sums import deliveries, orders
from comitia.web.sums.figures import figure, percent


@dataclass(frozen=True, slots=True)
class Row:
    """A task as it is read: what, with whom, figures with their unit, whether it lies behind the season's pace."""

    what: str
    partner: str
    unit: str
    season: str
    week: str
    done: str
    behind: str
    is_ordered: bool


@dataclass(frozen=True, slots=True)
class Stock:
    """What is in stock of a product."""

    product: str
    quantity: str
    unit: str


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours that a union offers somewhere, and what the plan asks of them there."""

    body: str
    trade: str
    workplace: str
    hours: str
    overtime: str
    act: int


def workplace(request: HttpRequest, workplace: str = "") -> HttpResponse:
    """Show a workplace: the member's own where none is named."""
    state, who, at = clerkroom.state(), member(request), clerkroom.now()
    person = state.members.get(who)
    own = person.groups.get("workplace", "") if person else ""
    chosen = workplace or own
    if chosen and ("workplace", chosen) not in state.groups:
        raise Http404(f"There is no workplace {chosen}.")
    bodies = standing.bodies_of(state, who, at)
    season = _season(state)
    draft = state.drafts[season.adopted] if season and season.adopted else None
    committee = f"committee/{chosen}"
    receiving = [b for b in bodies if b.partition("/")[0] in ("committee", "council")]
    context: dict[str, object] = {
        "workplace": state.groups["workplace", chosen] if chosen else None,
        "others": [g for (roll, _), g in state.groups.items() if roll == "workplace" and g.id != chosen],
        "season": season,
        "draft": draft,
        "committee": committee,
        "may": committee in bodies,
        "to_confirm": [w for b in receiving for w in deliveries.waiting(state, at, to=deliveries.place_of(b))],
        "withdraw_article": standing.charter(state).procedures.overtime_article,
        "unions": _unions(season, bodies) if season else (),
    }
    if chosen and season and draft:
        context |= _under_plan(state, season, draft, chosen, at)
    return page(request, "web/workplace.html", context)


def _season(state: State) -> Season | None:
    """Return the season that has an adopted plan, or the latest one."""
    open_ones = [s for s in state.seasons.values() if not s.closed]
    return next((s for s in reversed(open_ones) if s.adopted), open_ones[-1] if open_ones else None)


def _under_plan(state: State, season: Season, draft: Draft, chosen: str, at: str) -> Mapping[str, object]:
    tasks = orders.tasks(state, season, draft, chosen, at)
    order = orders.of_draft(draft).get(chosen)
    place = f"workplace/{chosen}"
    units = {p.id: p.unit for p in draft.on.products.values()}
    return {
        "rows": {subject: [_row(t) for t in found] for subject, found in tasks.items()},
        "weeks": orders.weeks(state, season),
        "elapsed": percent(orders.elapsed(state, season, at)),
        "machines": [(m, figure(h, 1)) for m, h in order.machines.items()] if order else (),
        "keeps": [(p, figure(q), units[p]) for p, q in order.keeps.items()] if order else (),
        "outside": [(d.product, figure(d.quantity), units[d.product], d) for d in _outside(order)] if order else (),
        "activities": [a for a in draft.on.activities.values() if a.workplace == chosen],
        "trades": sorted({t for (a, t) in draft.on.labour if draft.on.activities[a].workplace == chosen}),
        "products": sorted(units.items()),
        "stock": _stock(state, place, units),
        "on_the_way": deliveries.waiting(state, at, sender=chosen),
        "short": deliveries.short(state, place=place),
        "refusals": [r for r in reversed(season.refusals) if r[1] == f"committee/{chosen}"],
        "partners": [f"{roll}/{g}" for roll, g in state.groups if roll == "workplace" and g != chosen]
        + [b.id for b in standing.bodies(state) if b.kind.id == "council"],
        "delivery_id": _fresh_delivery(state),
    }


def _outside(order: Order) -> list[Delivery]:
    return [d for d in (*order.sends, *order.receives) if "outside" in (d.to_kind, d.from_kind)]


def _row(t: orders.Task) -> Row:
    what = t.product if t.partner else t.what
    return Row(
        what,
        t.partner,
        t.unit,
        figure(t.season),
        figure(t.week),
        figure(t.done),
        figure(t.behind) if t.behind > t.week else "",
        bool(t.season),
    )


def _stock(state: State, place: str, units: Mapping[str, str]) -> list[Stock]:
    found = []
    for account in state.journal.accounts():
        product = account.unit.partition(":")[2]
        if account.body == place and account.kind is Kind.STOCK:
            found.append(Stock(product, figure(state.journal.balance(account)), units.get(product, "")))
    return sorted(found, key=lambda s: s.product)


def _unions(season: Season, bodies: tuple[str, ...]) -> list[Hours]:
    """Return the rows of hours of the unions in which the member sits."""
    found = []
    for figure_ in season.figures.get("hours", {}).values():
        if figure_.body in bodies:
            trade, place, hours, overtime = figure_.row
            found.append(Hours(figure_.body, trade, place, hours, overtime or "0", figure_.act))
    return found


def _fresh_delivery(state: State) -> str:
    number = state.size
    while f"delivery-{number}" in state.deliveries:
        number += 1
    return f"delivery-{number}"


urlpatterns = [
    path("workplace/", workplace, name="workplace"),
    path("workplace/<str:workplace>/", workplace, name="workplace-one"),
]
