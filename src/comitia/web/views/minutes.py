"""The minutes of a body, for printing and reading aloud."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from comitia.federation import minutes as made, standing
from comitia.web import clerkroom
from comitia.web.page import page

# No moment lies outside these days.
FIRST, LAST = "0000-00-00", "9999-99-99"


def minutes(request: HttpRequest, name: str) -> HttpResponse:
    """Show what happened in a body between two days, newest last."""
    state = clerkroom.state()
    if standing.find_body(state, name) is None:
        raise Http404(f"There is no body {name!r}.")
    since, until = request.GET.get("since", ""), request.GET.get("until", "")
    found = made.minutes(state, name, since=f"{since or FIRST}T00:00:00Z", until=f"{until or LAST}T00:00:00Z")
    return page(request, "web/minutes.html", {"minutes": found, "since": since, "until": until})


urlpatterns = [path("minutes/<path:name>/", minutes, name="minutes")]
