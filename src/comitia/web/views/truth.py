"""What a body would gain by misdeclaring: the sentence for its form, and the page with every number of its own."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from comitia.web import clerkroom
from comitia.web.page import page
from comitia.web.sums import truth as sums

PLAIN = "text/plain"


def truth(request: HttpRequest, season: str) -> HttpResponse:
    """Work out what a body would gain on the season's latest draft; as plain text the sentence alone."""
    name = request.GET.get("body", "")
    with clerkroom.ONE:
        state = clerkroom.state()
        of = state.seasons.get(season)
        draft = state.drafts[of.drafts[-1]] if of and of.drafts else None
        body = sums.body_of(draft, name) if draft else None
    if draft is None or body is None:
        raise Http404(f"There is no draft of season {season} in which {name or 'nobody'} has numbers.")
    found = sums.worked_out(draft, body)
    if PLAIN in request.headers.get("Accept", ""):
        return HttpResponse(found.sentence, content_type=f"{PLAIN}; charset=utf-8")
    with clerkroom.ONE:
        return page(
            request,
            "web/season_truth.html",
            {"season": of, "draft": draft, "body": name, "kind": body.kind, "truth": found},
        )


truth.lets_others_work = True  # type: ignore[attr-defined]


urlpatterns = [path("season/<str:season>/truth/", truth, name="season-truth")]
