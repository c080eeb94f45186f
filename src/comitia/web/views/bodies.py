"""Bodies: who elects whom, layer by layer, and a table of all of them."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.safestring import mark_safe

from comitia.charter.structure import Charter, Kind
from comitia.federation import standing
from comitia.federation.state import State
from comitia.web import clerkroom
from comitia.web.page import page
from comitia.web.pictures import map as drawn


@dataclass(frozen=True, slots=True)
class Row:
    """A body in the table: its seats, how many are filled, how many of them by appointment, and who fills them."""

    body: standing.Body
    seats: int
    filled: int
    appointed: int
    members: int
    electing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layer:
    """Kinds of bodies at one height: 0 where all members sit, each next filled by the one below it."""

    height: int
    kinds: tuple[tuple[Kind, tuple[standing.Body, ...]], ...]


def bodies(request: HttpRequest) -> HttpResponse:
    """Show all bodies, or those whose name holds the words searched for."""
    state, at = clerkroom.state(), clerkroom.now()
    wanted = request.GET.get("q", "").strip()
    found = [b for b in standing.bodies(state) if wanted.casefold() in b.name.casefold()]
    layers = _layers(state)
    picture = "" if wanted else mark_safe(_picture(state, layers, at))
    context = {
        "picture": picture,
        "q": wanted,
        "rows": [_row(state, b, at) for b in found],
        "layers": layers,
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


def _layers(state: State) -> tuple[Layer, ...]:
    rules = standing.charter(state)
    heights = {kind: _height(rules, kind) for kind in rules.kinds}
    by_kind: dict[str, list[standing.Body]] = {}
    for body in standing.bodies(state):
        by_kind.setdefault(body.kind.id, []).append(body)
    return tuple(
        Layer(height, tuple((rules.kinds[k], tuple(by_kind.get(k, ()))) for k, h in heights.items() if h == height))
        for height in sorted(set(heights.values()), reverse=True)
    )


def _picture(state: State, layers: tuple[Layer, ...], at: str) -> str:
    nodes = [
        drawn.Node(
            b.id,
            b.name[:1].upper() + b.name[1:],
            layer.height,
            kind.id,
            kind.plural[:1].upper() + kind.plural[1:],
            # Several bodies of a kind may be drawn as one box, which has no one number of people.
            note=f"{len(standing.sitting(state, b.id, at))} sit here" if len(found) == 1 else "",
            href=reverse("body", args=[b.id]),
        )
        for layer in layers
        for kind, found in layer.kinds
        for b in found
    ]
    edges: list[drawn.Edge] = []
    for body in standing.bodies(state):
        if body.kind.form == "joint":
            edges += [drawn.Edge(house, body.id, "joint") for house in body.kind.houses]
            continue
        edges += [drawn.Edge(b, body.id, "elected") for b in standing.electing_bodies(state, body.id)]
        if any(t.origin == "appointed" for t in standing.filled(state, body.id, at)):
            edges += [drawn.Edge(b, body.id, "appointed") for b in standing.electing_bodies(state, body.id)]
    # It holds links, which nobody finds inside what calls itself an image (WAI-ARIA 1.2, children presentational).
    return drawn.layered_map(nodes, edges, id="map", title="Who elects whom").replace('role="img"', 'role="group"', 1)


def _height(rules: Charter, kind: str) -> int:
    """Return how many ballots lie between the members and a kind of body."""
    of = rules.kinds[kind]
    match of.form:
        case "all":
            return 0
        case "elected":
            return 1 + _height(rules, of.electors)
        case "appointed":
            return 1
        case "joint":
            return 1 + max(_height(rules, house) for house in of.houses)


urlpatterns = [path("bodies/", bodies, name="bodies")]
