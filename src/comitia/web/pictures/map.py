"""Bodies in layers: members at the bottom, who elects or delegates whom upwards, appointments in another line style.

A layered drawing in the manner of Sugiyama, Tagawa and Toda (1981): a line that passes a layer gets a lane in it, so
that no line runs behind a box; layers are ordered by the mean of their neighbours. Where more than eight bodies stand
in a layer, those of a kind become one box with their number.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from comitia.plan.pictures import svg

MOST = 8
LANE = 16.0
BETWEEN = 18.0
RISE = 64.0
LEAST = 640.0


@dataclass(frozen=True, slots=True)
class Node:
    """A body: its layer (0 = all members), its kind and the kind's plural, a short note, where a touch leads.

    ``tint`` is how strongly its box is coloured, 0 (not) to 3; the note says in words what the colour says.
    """

    id: str
    label: str
    layer: int
    kind: str
    plural: str
    note: str = ""
    href: str = ""
    tint: int = 0


@dataclass(frozen=True, slots=True)
class Edge:
    """Who fills the seats of whom."""

    source: str
    target: str
    way: Literal["elected", "appointed", "joint"]


@dataclass(slots=True)
class _Box:
    """A box or, with no lines of text, a lane for a passing line."""

    id: str
    lines: tuple[str, ...]
    note: str
    href: str
    layer: int
    many: bool = False
    tint: int = 0
    width: float = LANE
    height: float = 0.0
    x: float = 0.0
    y: float = 0.0


def layered_map(nodes: Sequence[Node], edges: Sequence[Edge], *, id: str, title: str) -> str:
    """Return the map; ``id`` is unique on its page."""
    nodes, edges = _grouped(nodes, edges)
    boxes = {n.id: _box(n) for n in nodes}
    paths = [(e, _lanes(e, boxes)) for e in edges if e.source in boxes and e.target in boxes]
    layers = _layers(boxes, paths)
    width = max([LEAST, *(sum(b.width + BETWEEN for b in layer) + BETWEEN for layer in layers)])
    height = _place(layers, width)
    parts = [_line(edge, path, boxes) for edge, path in paths]
    parts += [_drawn(b) for b in boxes.values() if b.lines]
    appointed = sum(e.way == "appointed" for e in edges)
    said = f"{len(nodes)} boxes in {len(layers)} layers, all members at the bottom; {len(edges)} lines upwards"
    said += f", {appointed} of them appointments (dashed)." if appointed else "; nobody is appointed."
    return svg.framed(svg.Frame(id, title, said, width, height), parts, "map")


def _grouped(nodes: Sequence[Node], edges: Sequence[Edge]) -> tuple[list[Node], list[Edge]]:
    """Put the bodies of a kind into one box, in every layer that holds too many."""
    crowded = {n.layer for n in nodes if sum(m.layer == n.layer for m in nodes) > MOST}
    of: dict[str, str] = {}
    found: dict[str, Node] = {}
    for node in nodes:
        alike = [n for n in nodes if (n.layer, n.kind) == (node.layer, node.kind)]
        if node.layer in crowded and len(alike) > 1:
            name = f"{node.kind}@{node.layer}"
            label = f"{len(alike)} {node.plural}"
            found[name] = Node(name, label, node.layer, node.kind, node.plural, node.note, tint=node.tint)
            of[node.id] = name
        else:
            found[node.id] = node
            of[node.id] = node.id
    moved = [replace(e, source=of.get(e.source, e.source), target=of.get(e.target, e.target)) for e in edges]
    return list(found.values()), list(dict.fromkeys(e for e in moved if e.source != e.target))


def _box(node: Node) -> _Box:
    lines = svg.wrapped(node.label, 20)
    wide = max(svg.width_of(line) for line in lines)
    note = svg.shortened(node.note, 30)
    wide = max(wide, svg.width_of(note, 12)) + 20
    high = 14 + 19 * len(lines) + (16 if note else 0)
    return _Box(node.id, lines, note, node.href, node.layer, "@" in node.id, node.tint, wide, high)


def _lanes(edge: Edge, boxes: dict[str, _Box]) -> list[str]:
    """Return the boxes and lanes that a line passes, from below upwards."""
    low, high = boxes[edge.source].layer, boxes[edge.target].layer
    path = [edge.source]
    for layer in range(low + 1, high):
        name = f"{edge.source}>{edge.target}@{layer}"
        boxes.setdefault(name, _Box(name, (), "", "", layer))
        path.append(name)
    return [*path, edge.target]


def _layers(boxes: dict[str, _Box], paths: list[tuple[Edge, list[str]]]) -> list[list[_Box]]:
    top = max((b.layer for b in boxes.values()), default=-1)
    layers = [[b for b in boxes.values() if b.layer == n] for n in range(top + 1)]
    near: dict[str, list[str]] = {b: [] for b in boxes}
    for _, path in paths:
        for below, above in pairwise(path):
            near[below].append(above)
            near[above].append(below)
    for _ in range(6):
        place = {b.id: (n + 0.5) / len(layer) for layer in layers for n, b in enumerate(layer)}
        for layer in layers:
            layer.sort(key=lambda b: _mean([place[o] for o in near[b.id]], place[b.id]))
            place |= {b.id: (n + 0.5) / len(layer) for n, b in enumerate(layer)}
    return layers


def _mean(places: list[float], own: float) -> float:
    return sum(places) / len(places) if places else own


def _place(layers: list[list[_Box]], width: float) -> float:
    y = 8.0
    for layer in reversed(layers):
        tall = max((b.height for b in layer), default=0.0)
        free = width - sum(b.width for b in layer)
        gap = free / (len(layer) + 1)
        x = gap
        for box in layer:
            box.x, box.y = x, y + (tall - box.height) / 2
            x += box.width + gap
        y += tall + RISE
    return y - RISE + 8


def _line(edge: Edge, path: list[str], boxes: dict[str, _Box]) -> str:
    first = boxes[path[0]]
    x, y = first.x + first.width / 2, first.y
    drawn = [f"M{svg.number(x)},{svg.number(y)}"]
    for name in path[1:]:
        box = boxes[name]
        to_x, to_y = box.x + box.width / 2, box.y + box.height
        middle = (y + to_y) / 2
        drawn.append(
            f"C{svg.number(x)},{svg.number(middle)} {svg.number(to_x)},{svg.number(middle)} "
            f"{svg.number(to_x)},{svg.number(to_y)}"
        )
        x, y = to_x, to_y
    return f'<path class="line {edge.way}" d="{" ".join(drawn)}"></path>'


def _drawn(box: _Box) -> str:
    words = f"box-drawn{' many' if box.many else ''}{f' tint-{box.tint}' if box.tint else ''}"
    parts = [
        f'<rect class="{words}" x="{svg.number(box.x)}" y="{svg.number(box.y)}" width="{svg.number(box.width)}" '
        f'height="{svg.number(box.height)}" rx="3"></rect>'
    ]
    middle = box.x + box.width / 2
    parts += [svg.text(middle, box.y + 21 + 19 * n, line, "label centre") for n, line in enumerate(box.lines)]
    if box.note:
        parts.append(svg.text(middle, box.y + box.height - 9, box.note, "note centre"))
    return svg.linked(box.href, "".join(parts))
