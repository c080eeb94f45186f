"""Bodies in layers, and the map of them: members at the bottom, who fills whose seats upwards."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from comitia.charter.structure import Charter, Kind
from comitia.federation import standing
from comitia.federation.state import State
from comitia.web.pictures import map as drawn


@dataclass(frozen=True, slots=True)
class Layer:
    """Kinds of bodies at one height: 0 where all members sit, each next filled by the one below it."""

    height: int
    kinds: tuple[tuple[Kind, tuple[standing.Body, ...]], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """What stands in the box of a kind of body, and how strongly the box is coloured, 0 (not) to 3."""

    text: str
    tint: int = 0


def layers(state: State) -> tuple[Layer, ...]:
    """Return the bodies of a federation, the highest layer first."""
    rules = standing.charter(state)
    heights = {kind: _height(rules, kind) for kind in rules.kinds}
    by_kind: dict[str, list[standing.Body]] = {}
    for body in standing.bodies(state):
        by_kind.setdefault(body.kind.id, []).append(body)
    return tuple(
        Layer(height, tuple((rules.kinds[k], tuple(by_kind.get(k, ()))) for k, h in heights.items() if h == height))
        for height in sorted(set(heights.values()), reverse=True)
    )


def picture(
    state: State, layers: tuple[Layer, ...], at: str, *, title: str, notes: Mapping[str, Note] | None = None
) -> str:
    """Return the map; the notes are by kind, and without them a box says how many sit there."""
    nodes = [
        drawn.Node(
            b.id,
            b.name[:1].upper() + b.name[1:],
            layer.height,
            kind.id,
            kind.plural[:1].upper() + kind.plural[1:],
            note=note.text,
            href=reverse("body", args=[b.id]),
            tint=note.tint,
        )
        for layer in layers
        for kind, found in layer.kinds
        for b in found
        for note in (_sitting(state, b, len(found), at) if notes is None else notes.get(kind.id, Note("")),)
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
    return drawn.layered_map(nodes, edges, id="map", title=title).replace('role="img"', 'role="group"', 1)


def _sitting(state: State, body: standing.Body, alike: int, at: str) -> Note:
    # Several bodies of a kind may be drawn as one box, which has no one number of people.
    return Note(f"{len(standing.sitting(state, body.id, at))} sit here" if alike == 1 else "")


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
