"""Flows between places as a Sankey diagram that bears cycles: what runs back is drawn around, below the rest.

The order of the places comes from the greedy heuristic of Eades, Lin and Smyth (1993) for few backward arcs, weighted;
columns are the longest paths along what runs forward, pressed together to at most five; within a column places are
ordered by the mean of their neighbours, and what flows inside a column turns back on its right.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from comitia.plan.pictures import svg

TALL = 460.0
THICK = 14.0
PITCH = 26.0
LETTERS = 20
STEP = 195.0
SMALLEST = 1e-300
COLUMNS = 5


@dataclass(frozen=True, slots=True)
class Flow:
    """So much from one place to another; ``label`` says it in words."""

    source: str
    target: str
    value: float
    label: str


@dataclass(slots=True)
class _Place:
    name: str
    column: int = 0
    x: float = 0.0
    y: float = 0.0
    inflow: float = 0.0
    outflow: float = 0.0
    in_at: float = 0.0
    out_at: float = 0.0
    height: float = 0.0


@dataclass(slots=True)
class _Layout:
    places: dict[str, _Place] = field(default_factory=dict)
    columns: list[list[_Place]] = field(default_factory=list)
    forward: list[Flow] = field(default_factory=list)
    within: list[Flow] = field(default_factory=list)
    back: list[Flow] = field(default_factory=list)
    scale: float = 1.0


def sankey(flows: Sequence[Flow], highlight: str, *, id: str, title: str) -> str:
    """Return the diagram; flows from and to ``highlight`` stand out, flows of 0 and to oneself are left out.

    Source: own layout (module docstring). Widths are to scale.
    """
    shown = [f for f in flows if f.value > 0 and f.source != f.target]
    layout = _layout(shown)
    places = layout.places.values()
    for place in places:
        place.x = place.column * STEP + 58
    bottom = max((p.y + max(p.height, PITCH) for p in places), default=0.0) + 10
    parts, bottom = _links(layout, highlight, bottom)
    parts += [_drawn(place, place.name == highlight) for place in places]
    width = max((p.x for p in places), default=0.0) + THICK + svg.width_of("m" * LETTERS, 13) + 8
    said = _said(shown, highlight, len(layout.back))
    return svg.framed(svg.Frame(id, title, said, max(width, 300.0), bottom + 8), parts, "sankey")


def _said(flows: list[Flow], highlight: str, back: int) -> str:
    largest = sorted(flows, key=lambda f: -f.value)[:3]
    names = "; ".join(f"{f.source} to {f.target}: {f.label}" for f in largest)
    mine = f" Those of {highlight} are in colour." if highlight else ""
    around = f" {back} run back and are drawn around below." if back else ""
    return f"{len(flows)} flows.{mine}{around} The largest: {names}." if flows else "There is no flow."


def _layout(flows: list[Flow]) -> _Layout:
    made = _Layout()
    for flow in flows:
        source = made.places.setdefault(flow.source, _Place(flow.source))
        target = made.places.setdefault(flow.target, _Place(flow.target))
        source.outflow += flow.value
        target.inflow += flow.value
    rank = {name: n for n, name in enumerate(_order(list(made.places), flows))}
    made.forward = [f for f in flows if rank[f.source] < rank[f.target]]
    for name in rank:
        for flow in made.forward:
            if flow.source == name:
                target = made.places[flow.target]
                target.column = max(target.column, made.places[name].column + 1)
    last = max((p.column for p in made.places.values()), default=0)
    if last >= COLUMNS:
        for place in made.places.values():
            place.column = place.column * COLUMNS // (last + 1)
        last = COLUMNS - 1
    column = {p.name: p.column for p in made.places.values()}
    made.within = [f for f in flows if column[f.source] == column[f.target]]
    made.forward = [f for f in flows if column[f.source] < column[f.target]]
    made.back = [f for f in flows if column[f.source] > column[f.target]]
    made.columns = [[p for p in made.places.values() if p.column == c] for c in range(last + 1)]
    _arrange(made)
    return made


def _order(names: list[str], flows: list[Flow]) -> list[str]:
    """Return the places so that little runs backward: sinks to the end, sources to the front, else the best balance."""
    left = dict.fromkeys(names)
    front: list[str] = []
    end: list[str] = []
    while left:
        into = {n: sum(f.value for f in flows if f.target == n and f.source in left) for n in left}
        out = {n: sum(f.value for f in flows if f.source == n and f.target in left) for n in left}
        sinks = [n for n in left if not out[n]]
        sources = [n for n in left if not into[n]]
        if sinks:
            end.insert(0, sinks[-1])
            del left[sinks[-1]]
        elif sources:
            front.append(sources[0])
            del left[sources[0]]
        else:
            best = max(left, key=lambda n: out[n] - into[n])
            front.append(best)
            del left[best]
    return front + end


def _arrange(made: _Layout) -> None:
    largest = max((sum(max(p.inflow, p.outflow) for p in column) for column in made.columns), default=1.0)
    # A few places need no tall picture.
    # Figures that are next to nothing would make the scale infinite; they get the least width instead.
    made.scale = min(TALL, 70.0 * len(made.places)) / max(largest, SMALLEST)
    for place in made.places.values():
        place.height = max(max(place.inflow, place.outflow) * made.scale, 1.5)
    for _ in range(4):
        for column in made.columns:
            _stack(column)
        for column in made.columns:
            column.sort(key=lambda p: _middle(p, made))
    for column in made.columns:
        _stack(column)


def _stack(column: list[_Place]) -> None:
    y = 8.0
    for place in column:
        place.y = y
        # A place takes the height of its label at least, so that labels never overlap.
        y += max(place.height, PITCH) + 6


def _middle(place: _Place, made: _Layout) -> float:
    near = [(made.places[f.source], f.value) for f in made.forward if f.target == place.name]
    near += [(made.places[f.target], f.value) for f in made.forward if f.source == place.name]
    weight = sum(value for _, value in near)
    return sum((p.y + p.height / 2) * value for p, value in near) / weight if weight else place.y


def _links(made: _Layout, highlight: str, bottom: float) -> tuple[list[str], float]:
    parts: list[str] = []

    def key(f: Flow) -> tuple[float, float]:
        return made.places[f.source].y, made.places[f.target].y

    ordered = sorted(made.forward, key=lambda f: (highlight in (f.source, f.target), *key(f)))
    ends = {id(f): (0.0, 0.0) for f in made.forward}
    for flow in sorted(made.forward, key=lambda f: made.places[f.target].y):
        source = made.places[flow.source]
        wide = flow.value * made.scale
        ends[id(flow)] = (source.y + source.out_at + wide / 2, 0.0)
        source.out_at += wide
    for flow in sorted(made.forward, key=lambda f: made.places[f.source].y):
        target = made.places[flow.target]
        wide = flow.value * made.scale
        ends[id(flow)] = (ends[id(flow)][0], target.y + target.in_at + wide / 2)
        target.in_at += wide
    for flow in ordered:
        y1, y2 = ends[id(flow)]
        x1, x2 = made.places[flow.source].x + THICK, made.places[flow.target].x
        bend = (x2 - x1) / 2
        line = f"M{_at(x1, y1)} C{_at(x1 + bend, y1)} {_at(x2 - bend, y2)} {_at(x2, y2)}"
        parts.append(_link(flow, line, made.scale, highlight, "flow"))
    for flow in made.within:
        parts.append(_link(flow, _turned(made, flow), made.scale, highlight, "flow within"))
    for flow in sorted(made.back, key=lambda f: abs(made.places[f.source].column - made.places[f.target].column)):
        line, bottom = _around(made, flow, bottom)
        parts.append(_link(flow, line, made.scale, highlight, "flow back"))
    return parts, bottom


def _turned(made: _Layout, flow: Flow) -> str:
    """Return a line that leaves a place on the right and comes to its neighbour in the column on the right."""
    source, target = made.places[flow.source], made.places[flow.target]
    wide = max(flow.value * made.scale, 1.0)
    y1, y2 = source.y + source.out_at + wide / 2, target.y + target.in_at + wide / 2
    source.out_at += wide
    target.in_at += wide
    x = source.x + THICK
    out = x + 34 + abs(y2 - y1) / 4
    return f"M{_at(x, y1)} C{_at(out, y1)} {_at(out, y2)} {_at(x, y2)}"


def _around(made: _Layout, flow: Flow, bottom: float) -> tuple[str, float]:
    """Return a line from the right of the source, below everything, to the left of the target."""
    source, target = made.places[flow.source], made.places[flow.target]
    wide = max(flow.value * made.scale, 1.0)
    y1, y2 = source.y + source.out_at + wide / 2, target.y + target.in_at + wide / 2
    source.out_at += wide
    target.in_at += wide
    low = bottom + wide / 2
    x1, x2 = source.x + THICK, target.x
    out, back = x1 + 26, x2 - 26 if x2 > 30 else x2 - 3
    line = (
        f"M{_at(x1, y1)} C{_at(out + 12, y1)} {_at(out + 12, low)} {_at(out - 12, low)} L{_at(back + 24, low)} "
        f"C{_at(back - 8, low)} {_at(back - 8, y2)} {_at(x2, y2)}"
    )
    return line, bottom + wide + 3


def _at(x: float, y: float) -> str:
    return f"{svg.number(x)},{svg.number(y)}"


def _link(flow: Flow, line: str, scale: float, highlight: str, kind: str) -> str:
    mine = " mine" if highlight in (flow.source, flow.target) else ""
    wide = svg.number(max(flow.value * scale, 1.0))
    said = escape(f"{flow.source} to {flow.target}: {flow.label}")
    return f'<path class="{kind}{mine}" d="{line}" stroke-width="{wide}"><title>{said}</title></path>'


def _drawn(place: _Place, mine: bool) -> str:
    kind = "place mine" if mine else "place"
    box = (
        f'<rect class="{kind}" x="{svg.number(place.x)}" y="{svg.number(place.y)}" width="{svg.number(THICK)}" '
        f'height="{svg.number(place.height)}"></rect>'
    )
    return box + svg.text(
        place.x + THICK + 5, place.y + max(place.height, 14) / 2 + 5, svg.shortened(place.name, LETTERS), "label"
    )
