"""What is done in a season: numbers declared, a draft computed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from comitia.clerk import drafting
from comitia.federation import acts
from comitia.federation.refusal import Refused
from comitia.federation.state import Season
from comitia.plan import solve, variants
from comitia.plan.economy import EconomyFault
from comitia.web import clerkroom
from comitia.web.page import member
from comitia.web.sums import offers


def _season(name: str) -> Season:
    found = clerkroom.state().seasons.get(name)
    if found is None:
        raise Http404(f"There is no season {name}.")
    return found


@require_POST
def declare(request: HttpRequest, season: str) -> HttpResponse:
    """Declare the rows of one file that a form has changed."""
    state, of = clerkroom.state(), _season(season)
    body, file = request.POST.get("body", ""), request.POST.get("file", "")
    table = next((t for t in offers.tables(state, of, body) if t.file == file), None)
    if table is None:
        raise Refused("record", f"{body or 'nobody'} declares no file {file!r}; choose one of its own")
    rows = offers.changed_rows(table, request.POST)
    if not rows:
        messages.info(request, "No figure was changed, so nothing was declared.")
    else:
        act = acts.FiguresDeclared(
            at=clerkroom.now(), by=member(request), body=body, season=season, file=file, rows=rows
        )
        index = clerkroom.submit(act)
        many = "1 row is" if len(rows) == 1 else f"{len(rows)} rows are"
        messages.success(request, f"{many} declared in {table.title.lower()}. It is act {index} of the record.")
    return redirect(f"{reverse('season-one', args=[season])}#numbers")


@require_POST
def draft(request: HttpRequest, season: str) -> HttpResponse:
    """Compute a draft on the numbers in force and put it before the federation; others work on meanwhile."""
    with clerkroom.ONE:
        state, who = clerkroom.state(), member(request)
        _season(season)
        number = len(state.drafts) + 1
        while f"draft-{number}" in state.drafts:
            number += 1
        variant = request.POST.get("variant", "")
        act = acts.PlanDrafted(
            at=clerkroom.now(),
            by=who,
            body=request.POST.get("body", ""),
            season=season,
            draft=f"draft-{number}",
            variant=variant,
            economy="",
            plan="",
        )
    try:
        index = drafting.draft_plan(clerkroom.clerk(), act)
    except (EconomyFault, solve.NoPlan, variants.UnknownVariant) as fault:
        raise Refused("record", f"no draft can be computed: {fault}") from fault
    messages.success(request, f"Draft {number} is computed and certified. It is act {index} of the record.")
    return redirect(f"{reverse('season-one', args=[season])}?draft=draft-{number}")


@require_POST
def open_season(request: HttpRequest) -> HttpResponse:
    """Open a season; its days end at midnight in universal time."""
    given = request.POST
    act = acts.SeasonOpened(
        at=clerkroom.now(),
        by=member(request),
        body=given.get("body", ""),
        season=given.get("season", "").strip(),
        name=given.get("name", "").strip() or given.get("season", ""),
        declarations_until=f"{given.get('declarations', '')}T23:59:59Z",
        ends_at=f"{given.get('ends', '')}T23:59:59Z",
    )
    messages.success(request, f"The season is open. It is act {clerkroom.submit(act)} of the record.")
    return redirect("season")


draft.lets_others_work = True  # type: ignore[attr-defined]


urlpatterns: list[URLPattern] = [
    path("season/new/open/", open_season, name="season-open"),
    path("season/<str:season>/declare/", declare, name="season-declare"),
    path("season/<str:season>/draft/", draft, name="season-draft"),
]
