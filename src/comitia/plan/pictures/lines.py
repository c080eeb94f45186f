"""Lines over rounds: the best plan so far and the bound that no plan can pass, with the gap between them."""

from collections.abc import Sequence
from dataclasses import dataclass

from comitia.plan.pictures import svg

WIDTH, HEIGHT = 420.0, 260.0
RIGHT, TOP, BOTTOM = 12.0, 44.0, 34.0
TICK = 12.0
# How far the names of lines stand from each other at least.
APART = 18.0


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its name, its kind (a class), and its points as (round, value)."""

    name: str
    kind: str
    points: tuple[tuple[float, float], ...]


def lines(drawn: Sequence[Line], *, id: str, title: str, description: str) -> str:
    """Return the lines on one scale, which begins at the least value, with both ends of each axis named."""
    xs = [x for line in drawn for x, _ in line.points] or [0.0]
    ys = [y for line in drawn for _, y in line.points] or [0.0]
    (x0, x1), (y0, y1) = (min(xs), max(xs)), (min(ys), max(ys))
    margin = 8 + max(svg.width_of(_tick(value), TICK) for value in (y0, y1))

    def at(x: float, y: float) -> tuple[float, float]:
        across = (x - x0) / (x1 - x0) if x1 > x0 else 0.5
        up = (y - y0) / (y1 - y0) if y1 > y0 else 0.5
        return margin + across * (WIDTH - margin - RIGHT), HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM)

    left, low = at(x0, y0)
    right, high = at(x1, y1)
    corner = f"{svg.number(margin)},{svg.number(TOP)} {svg.number(margin)},{svg.number(HEIGHT - BOTTOM)} "
    parts = [f'<polyline class="axis" points="{corner}{svg.number(WIDTH - RIGHT)},{svg.number(HEIGHT - BOTTOM)}"/>']
    for value, y in {y0: low, y1: high}.items():
        parts.append(svg.text(margin - 6, y + 5, _tick(value), "tick end"))
    for value, x in {x0: left, x1: right}.items():
        parts.append(svg.text(x, HEIGHT - BOTTOM + 20, f"{value:g}", "tick centre"))
    for line in drawn:
        path = " ".join(f"{svg.number(x)},{svg.number(y)}" for x, y in (at(*point) for point in line.points))
        parts.append(f'<polyline class="course {line.kind}" points="{path}"/>')
    ends = sorted(((*at(*line.points[-1]), line.name) for line in drawn if line.points), key=lambda end: -end[1])
    over = HEIGHT - BOTTOM + APART
    for x, y, name in ends:
        # From the lowest line upwards: each name above its line, and above the name before it.
        over = min(y - 6, over - APART)
        parts.append(svg.text(min(x, WIDTH - RIGHT), over, name, "label end"))
    return svg.framed(svg.Frame(id, title, description, WIDTH, HEIGHT), parts, "lines")


def _tick(value: float) -> str:
    return f"{value:,.0f}" if 1000 <= abs(value) < 1e9 else f"{value:.4g}"
