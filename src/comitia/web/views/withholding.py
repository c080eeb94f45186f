"""Who can stop what: how few workplaces can leave essential needs short by refusing, and what each refusal costs."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.safestring import mark_safe

from comitia.plan.pictures import bars
from comitia.plan.pictures.bars import Bar
from comitia.web import clerkroom
from comitia.web.page import page
from comitia.web.sums import withholding as sums

SHOWN = 20


def withholding(request: HttpRequest, season: str) -> HttpResponse:
    """Reckon power over production on the numbers of a season's latest draft."""
    with clerkroom.ONE:
        state = clerkroom.state()
        of = state.seasons.get(season)
        draft = state.drafts[of.drafts[-1]] if of and of.drafts else None
    if draft is None:
        raise Http404(f"There is no draft of a season {season}.")
    found = sums.reckoned(draft)
    largest = [row for row in found.rows if row.worth > 0][:SHOWN]
    said = "; ".join(f"{row.workplace}: {row.text}" for row in largest)
    picture = bars.bars(
        [Bar(row.workplace, row.worth, row.text) for row in largest],
        id="withheld", title="What goes unmet when one workplace alone refuses, in hours of worth", description=said,
    )  # fmt: skip
    with clerkroom.ONE:
        return page(
            request,
            "web/season_withholding.html",
            {"season": of, "draft": draft, "found": found, "picture": mark_safe(picture) if largest else ""},
        )


withholding.lets_others_work = True  # type: ignore[attr-defined]


urlpatterns = [path("season/<str:season>/withholding/", withholding, name="season-withholding")]
