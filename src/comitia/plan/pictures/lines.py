"""Lines over rounds: the best plan so far and the bound that no plan can pass, with the gap between them."""

from collections.abc import Sequence
from dataclasses import dataclass

from comitia.plan.pictures import svg

WIDTH, HEIGHT = 420.0, 260.0
LEFT, RIGHT, TOP, BOTTOM = 56.0, 12.0, 14.0, 34.0


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

    def at(x: float, y: float) -> tuple[float, float]:
        across = (x - x0) / (x1 - x0) if x1 > x0 else 0.5
        up = (y - y0) / (y1 - y0) if y1 > y0 else 0.5
        return LEFT + across * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM)

    left, low = at(x0, y0)
    right, high = at(x1, y1)
    corner = f"{svg.number(LEFT)},{svg.number(TOP)} {svg.number(LEFT)},{svg.number(HEIGHT - BOTTOM)} "
    parts = [f'<polyline class="axis" points="{corner}{svg.number(WIDTH - RIGHT)},{svg.number(HEIGHT - BOTTOM)}"/>']
    for value, y in {y0: low, y1: high}.items():
        parts.append(svg.text(LEFT - 6, y + 5, f"{value:.4g}", "tick end"))
    for value, x in {x0: left, x1: right}.items():
        parts.append(svg.text(x, HEIGHT - BOTTOM + 20, f"{value:g}", "tick centre"))
    for line in drawn:
        path = " ".join(f"{svg.number(x)},{svg.number(y)}" for x, y in (at(*point) for point in line.points))
        parts.append(f'<polyline class="course {line.kind}" points="{path}"/>')
        if line.points:
            x, y = at(*line.points[-1])
            parts.append(svg.text(min(x, WIDTH - RIGHT), y - 6, line.name, "label end"))
    return svg.framed(svg.Frame(id, title, description, WIDTH, HEIGHT), parts, "lines")
