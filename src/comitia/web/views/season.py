"""The season: its steps, numbers to declare, what falls short and why, variants side by side, flows, rounds."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.safestring import SafeString, mark_safe

from comitia.federation import standing
from comitia.federation.state import Draft, Season, State
from comitia.plan import deliveries, labour
from comitia.plan.pictures import bars as bar_picture, sankey
from comitia.plan.pictures.bars import Bar
from comitia.plan.pictures.sankey import Flow
from comitia.plan.variants import ADOPTABLE
from comitia.web import clerkroom
from comitia.web.page import member, page
from comitia.web.sums import offers, permitted, shortfalls, steps, truth, variants, withholding
from comitia.web.sums.figures import figure, percent

SIDE_BY_SIDE = 4


@dataclass(frozen=True, slots=True)
class Refusal:
    """An order declined or hours withdrawn: the act, the body, what, why."""

    act: int
    body: str
    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class TruthAsked:
    """Whether a form can ask what misdeclaring would bring, and the sentence where it is known already."""

    asked: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round with its figures as they are read."""

    round: variants.Round
    value: str
    bound: str


def season(request: HttpRequest, season: str = "") -> HttpResponse:
    """Show a season, the latest one where none is named."""
    state, who, at = clerkroom.state(), member(request), clerkroom.now()
    if not season:
        chosen = next(reversed(state.seasons.values()), None)
    else:
        chosen = state.seasons.get(season)
        if chosen is None:
            raise Http404(f"There is no season {season}.")
    if chosen is None:
        may_open = permitted.bodies_for(state, "season_opened", who, at)
        return page(request, "web/season_none.html", {"may_open": may_open})
    draft = _draft(state, chosen, request.GET.get("draft", ""))
    context: dict[str, object] = {
        "season": chosen,
        "seasons": [s for s in state.seasons.values() if s.id != chosen.id],
        "steps": steps.steps(state, chosen, at),
        "is_declaring": not chosen.closed and at < chosen.declarations_until,
        "owning": [(*row, _truth(state, chosen, row[0])) for row in _owning(state, chosen, who, at)],
        "declared": _declared(chosen),
        "motions": steps.adoption_motions(state, chosen),
        "drafting": permitted.bodies_for(state, "plan_drafted", who, at) if not chosen.closed else (),
        "variants": ADOPTABLE,
        "refusals": [Refusal(*r) for r in reversed(chosen.refusals)],
    }
    context |= _of_draft(state, chosen, draft, _workplace(state, who)) if draft else {}
    return page(request, "web/season.html", context)


def _draft(state: State, of: Season, name: str) -> Draft | None:
    if name and name not in of.drafts:
        raise Http404(f"There is no draft {name} in this season.")
    chosen = name or of.adopted or (of.drafts[-1] if of.drafts else "")
    return state.drafts[chosen] if chosen else None


def _workplace(state: State, who: str) -> str:
    person = state.members.get(who)
    return person.groups.get("workplace", "") if person else ""


def _owning(state: State, of: Season, who: str, at: str) -> list[tuple[str, tuple[offers.Table, ...], int]]:
    bodies = [b for b in permitted.bodies_for(state, "figures_declared", who, at) if b]
    found = [(b, offers.tables(state, of, b), offers.in_force(of, b)) for b in bodies]
    return [row for row in found if row[1]]


def _truth(state: State, of: Season, body: str) -> TruthAsked:
    """Return whether it can be asked what misdeclaring would bring a body, and the sentence where it is known."""
    latest = state.drafts[of.drafts[-1]] if of.drafts else None
    if latest is None or truth.body_of(latest, body) is None:
        return TruthAsked(False, "")
    found = truth.known(latest, body)
    return TruthAsked(True, found.sentence if found else "")


def _declared(of: Season) -> list[tuple[str, int, int]]:
    """Return who has declared: body, number of rows, latest act."""
    rows: dict[str, tuple[int, int]] = {}
    for table in of.figures.values():
        for figure_ in table.values():
            count, act = rows.get(figure_.body, (0, -1))
            rows[figure_.body] = (count + 1, max(act, figure_.act))
    return [(body, *rows[body]) for body in sorted(rows)]


def _of_draft(state: State, of: Season, draft: Draft, mine: str) -> dict[str, object]:
    latest = state.drafts[of.drafts[-1]]
    adopted = state.drafts[of.adopted] if of.adopted else None
    names = _side_by_side(of, draft.id)
    columns = [variants.variant(state, state.drafts[n]) for n in names]
    cuts = any(u.tier == 1 and u.quantity > 0 for u in draft.solution.unmet)
    matters = standing.charter(state).matters
    now = shortfalls.shown(latest, adopted) if adopted and of.refusals and latest.act > adopted.act else ()
    return {
        "draft": draft,
        "adopted": adopted,
        "latest": latest,
        "short": shortfalls.shown(draft),
        "short_now": [s for s in now if s.since],
        "columns": columns,
        "met": _met_rows(columns),
        "worked": _worked_rows(columns),
        "totals": _totals(columns),
        "rounds": (found := tuple(reversed(variants.rounds(state, of)))),
        "round_rows": [RoundRow(r, figure(r.value), figure(r.bound)) for r in found],
        "adopt_cuts": cuts,
        "adopt_matter": next((m.id for m in matters.values() if m.effect == ("plan-cut" if cuts else "plan")), ""),
        "gap": percent(draft.checked.gap),
        "withheld": withholding.known(latest),
        "hours_picture": _hours_picture(columns, draft),
        **_flows(draft, mine),
    }


def _side_by_side(of: Season, shown: str) -> list[str]:
    names = of.drafts[-SIDE_BY_SIDE:]
    kept = [n for n in dict.fromkeys((shown, of.adopted)) if n and n not in names]
    return kept + names[len(kept) :] if kept else names


def _met_rows(columns: list[variants.Variant]) -> list[tuple[str, int, list[tuple[str, str]]]]:
    cells = sorted({cell for c in columns for cell in c.met}, key=lambda cell: (cell[1], cell[0]))
    rows = []
    for council, tier in cells:
        found = [c.met.get((council, tier)) for c in columns]
        rows.append((council, tier, [(percent(m.share), f"{m.full} of {m.of}") if m else ("", "none") for m in found]))
    return rows


def _worked_rows(columns: list[variants.Variant]) -> list[tuple[str, list[tuple[str, str]]]]:
    trades = sorted({t for c in columns for t in c.worked})
    rows = []
    for trade in trades:
        found = [c.worked.get(trade) for c in columns]
        cells = [(figure(w.hours, 0), figure(w.overtime, 0) if w.overtime else "") if w else ("", "") for w in found]
        rows.append((trade, cells))
    return rows


def _totals(columns: list[variants.Variant]) -> list[tuple[str, list[str]]]:
    return [
        ("all hours", [figure(c.hours, 0) for c in columns]),
        ("overtime", [figure(c.overtime, 0) for c in columns]),
        ("bought outside, money", [figure(c.bought, 0) for c in columns]),
        ("sold outside, money", [figure(c.sold, 0) for c in columns]),
        ("at most from the best", [percent(c.draft.checked.gap) for c in columns]),
    ]


def _hours_picture(columns: list[variants.Variant], draft: Draft) -> SafeString | str:
    shown = next((c for c in columns if c.draft.id == draft.id), None)
    if shown is None:
        return ""
    rows = [
        Bar(trade, float(w.hours), f"{figure(w.hours, 0)} of {figure(w.offered, 0)} h", float(w.offered))
        for trade, w in shown.worked.items()
    ]
    said = "; ".join(f"{r.label}: {r.text}" for r in rows)
    text = bar_picture.bars(rows, id="hours", title=f"Hours by trade in {draft.id}", description=said)
    return mark_safe(text)


def _flows(draft: Draft, mine: str) -> dict[str, object]:
    try:
        hours = labour.of_economy(draft.on).hours
    except labour.NotProductive:
        return {"flows": (), "flows_picture": ""}
    found = deliveries.between(draft.on, draft.solution, hours)
    workplaces = {a.workplace for a in draft.on.activities.values()}
    drawn = [
        Flow(b.source, b.target, b.hours, f"{figure(b.hours, 0)} hours of labour")
        for b in found
        if b.target in workplaces and b.hours > 0
    ]
    title = f"Flows between workplaces in {draft.id}, in hours of labour embodied"
    picture = mark_safe(sankey.sankey(drawn, mine, id="flows", title=title)) if drawn else ""
    rows = [
        (b.source, b.target, figure(b.hours, 0), ", ".join(f"{figure(q)} {u} of {p}" for p, q, u in b.products))
        for b in found
    ]
    return {"flows": rows, "flows_picture": picture, "mine": mine}


urlpatterns = [
    path("season/", season, name="season"),
    path("season/<str:season>/", season, name="season-one"),
]
