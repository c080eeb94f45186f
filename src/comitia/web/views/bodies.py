"""Bodies: who elects whom, layer by layer, and a table of all of them."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.safestring import mark_safe

from comitia.federation import standing
from comitia.federation.state import State
from comitia.web import clerkroom
from comitia.web.page import page
from comitia.web.sums import layers


@dataclass(frozen=True, slots=True)
class Row:
    """A body in the table: its seats, how many are filled, how many of them by appointment, and who fills them."""

    body: standing.Body
    seats: int
    filled: int
    appointed: int
    members: int
    electing: tuple[str, ...]


def bodies(request: HttpRequest) -> HttpResponse:
    """Show all bodies, or those whose name holds the words searched for."""
    state, at = clerkroom.state(), clerkroom.now()
    wanted = request.GET.get("q", "").strip()
    found = [b for b in standing.bodies(state) if wanted.casefold() in b.name.casefold()]
    layered = layers.layers(state)
    picture = "" if wanted else mark_safe(layers.picture(state, layered, at, title="Who elects whom"))
    context = {
        "picture": picture,
        "q": wanted,
        "rows": [_row(state, b, at) for b in found],
        "layers": layered,
        "number": len(found),
    }
    return page(request, "web/bodies.html", context)


def _row(state: State, body: standing.Body, at: str) -> Row:
    filled = standing.filled(state, body.id, at)
    return Row(
        body,
        len(standing.seats(state, body.id)),
        len(filled),
        sum(t.origin == "appointed" for t in filled),
        len(standing.sitting(state, body.id, at)),
        standing.electing_bodies(state, body.id) if body.kind.form == "elected" else body.kind.houses,
    )


urlpatterns = [path("bodies/", bodies, name="bodies")]
