"""One indicator over time as a small picture: points in order, a line at the threshold, the ends of both axes named.

A row of such pictures on scales of their own kind is a small multiple (Tufte 1983); the table stands under each.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isinf

from comitia.plan.pictures import svg

WIDTH, HEIGHT = 360.0, 120.0
LEFT, RIGHT, TOP, BOTTOM = 74.0, 14.0, 14.0, 26.0


@dataclass(frozen=True, slots=True)
class Course:
    """A figure at moments in order, None where it is not told and infinite where it has no end.

    ``places`` are the moments from 0 (the first) to 1 (the last). ``level`` is the threshold, or None; ``most`` the
    largest value that the scale has, or None for the largest there is; ``ends`` are the words at the first and the last
    moment.
    """

    values: tuple[float | None, ...]
    places: tuple[float, ...]
    level: float | None
    most: float | None
    ends: tuple[str, str]
    title: str
    description: str


def largest(of: Course) -> float:
    """Return where the scale ends: at ``most``, or at the largest finite value or threshold."""
    finite = [v for v in of.values if v is not None and not isinf(v)]
    level = [of.level] if of.level is not None and not isinf(of.level) else []
    return of.most if of.most is not None else max((*finite, *level, 0.0)) or 1.0


def drawn(of: Course, *, id: str, said: tuple[str, str]) -> str:
    """Return the picture; ``said`` are the words at the bottom and at the top of the scale."""
    top = largest(of)
    wide, high = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def at(n: int, value: float) -> tuple[float, float]:
        return LEFT + of.places[n] * wide, TOP + high - min(1.0, 1.0 if isinf(value) else value / top) * high

    floor = svg.number(TOP + high)
    parts = [
        f'<polyline class="axis" points="{svg.number(LEFT)},{svg.number(TOP)} {svg.number(LEFT)},{floor} '
        f'{svg.number(WIDTH - RIGHT)},{floor}"/>',
        svg.text(LEFT - 6, TOP + 9, said[1], "tick end"),
        svg.text(LEFT - 6, TOP + high, said[0], "tick end"),
        svg.text(LEFT, HEIGHT - 6, of.ends[0], "tick"),
        svg.text(WIDTH - RIGHT, HEIGHT - 6, of.ends[1], "tick end"),
    ]
    if of.level is not None and not isinf(of.level):
        y = svg.number(at(0, of.level)[1])
        parts.append(
            f'<line class="level" x1="{svg.number(LEFT)}" x2="{svg.number(WIDTH - RIGHT)}" y1="{y}" y2="{y}"/>'
        )
    parts += [_line([at(n, v) for n, v in run]) for run in _runs(of.values)]
    last = next(((n, v) for n, v in reversed(list(enumerate(of.values))) if v is not None), None)
    if last is not None:
        x, y_ = at(*last)
        parts.append(f'<circle class="now" cx="{svg.number(x)}" cy="{svg.number(y_)}" r="4"/>')
    return svg.framed(svg.Frame(id, of.title, of.description, WIDTH, HEIGHT), parts, "course")


def _runs(values: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    """Return the points without gaps between them; a gap is where nothing is told."""
    found: list[list[tuple[int, float]]] = [[]]
    for n, value in enumerate(values):
        if value is None:
            found.append([])
        else:
            found[-1].append((n, value))
    return [run for run in found if run]


def _line(points: list[tuple[float, float]]) -> str:
    path = " ".join(f"{svg.number(x)},{svg.number(y)}" for x, y in points)
    return f'<polyline class="line" points="{path}"/>'
