"""Finding: search in what members wrote and decided, and every list as a table or for a spreadsheet."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from comitia.clerk import finding, lists
from comitia.clerk.finding import Asked, Finder, Hit
from comitia.federation import standing
from comitia.web import clerkroom
from comitia.web.page import page

PAGE = 20
LONG = 200
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Shown:
    """A hit with its excerpt marked up."""

    hit: Hit
    excerpt: SafeString


def find(request: HttpRequest) -> HttpResponse:
    """Show what is found, best first; without words the newest."""
    state = clerkroom.state()
    given = {name: request.GET.get(name, "").strip() for name in ("q", "kind", "body", "since", "until")}
    days = {name: given[name] if _DAY.fullmatch(given[name]) else "" for name in ("since", "until")}
    asked = Asked(given["q"], given["kind"], given["body"], days["since"], days["until"])
    number = max(1, int(request.GET.get("page", "1"))) if request.GET.get("page", "1").isdecimal() else 1
    with Finder(settings.HOME.search) as finder:
        finder.catch_up(clerkroom.clerk())
        total, hits = finder.find(asked, most=PAGE, skip=PAGE * (min(number, 10_000) - 1))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "given": given,
        "kinds": finding.KINDS,
        "bodies": standing.bodies(state),
        "total": total,
        "found": [Shown(hit, _marked(hit.excerpt)) for hit in hits],
        "number": number,
        "more": total > PAGE * number,
        "query": query.urlencode(),
    }
    return page(request, "web/find.html", context)


def _marked(excerpt: str) -> SafeString:
    """Return an excerpt in which the words that were found are marked, everything else escaped."""
    parts = re.split(f"({finding.BEGIN}.*?{finding.END})", " ".join(excerpt.split()))
    return format_html_join(
        "",
        "{}",
        ((format_html("<mark>{}</mark>", part[1:-1]) if part.startswith(finding.BEGIN) else part,) for part in parts),
    )


def overview(request: HttpRequest) -> HttpResponse:
    """Show which lists there are, with how many rows."""
    state, at = clerkroom.state(), clerkroom.now()
    found = [(name, each.title, sum(1 for _ in each.rows(state, at))) for name, each in lists.LISTS.items()]
    return page(request, "web/lists.html", {"lists": found})


def one(request: HttpRequest, name: str) -> HttpResponse:
    """Show a list as a table, newest first, with what narrows it to rows that hold a word."""
    if name not in lists.LISTS:
        raise Http404(f"There is no list {name!r}.")
    each, word = lists.LISTS[name], request.GET.get("q", "").strip()
    rows = [[str(cell) for cell in row] for row in each.rows(clerkroom.state(), clerkroom.now())]
    if word:
        rows = [row for row in rows if word.casefold() in " ".join(row).casefold()]
    shown = Paginator(rows[::-1], LONG).get_page(request.GET.get("page"))
    context = {"name": name, "title": each.title, "columns": each.columns, "rows": shown, "q": word}
    return page(request, "web/list.html", context)


def export(request: HttpRequest, name: str) -> HttpResponse:
    """Send a list as CSV."""
    if name not in lists.LISTS:
        raise Http404(f"There is no list {name!r}.")
    text = lists.as_csv(name, clerkroom.state(), clerkroom.now())
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


urlpatterns = [
    path("find/", find, name="find"),
    path("lists/", overview, name="lists"),
    path("lists/<slug:name>.csv", export, name="list-csv"),
    path("lists/<slug:name>/", one, name="list"),
]
