"""Horizontal bars: one line for each, its label above, its figure at the end; a mark shows what it is held against."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from comitia.plan.pictures import svg

WIDTH = 420.0
LINE = 44.0
TOP = 6.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its label, its value (0 or more), its figure as text, and a mark (a limit, a plan), if there is one."""

    label: str
    value: float
    text: str
    mark: float | None = None
    kind: str = ""


def bars(rows: Sequence[Bar], *, id: str, title: str, description: str) -> str:
    """Return the bars, all on one scale that begins at 0."""
    most = max((max(r.value, r.mark or 0.0) for r in rows), default=0.0) or 1.0
    parts: list[str] = []
    for place, row in enumerate(rows):
        y = TOP + place * LINE
        long = row.value / most * WIDTH
        parts.append(svg.text(0, y + 14, svg.shortened(row.label, 24), "label"))
        parts.append(f'<text x="{svg.number(WIDTH)}" y="{svg.number(y + 14)}" class="figure">{escape(row.text)}</text>')
        parts.append(
            f'<rect class="ground" x="0" y="{svg.number(y + 20)}" width="{svg.number(WIDTH)}" height="14"></rect>'
        )
        parts.append(
            f'<rect class="bar {escape(row.kind)}" x="0" y="{svg.number(y + 20)}" width="{svg.number(long)}" '
            f'height="14"></rect>'
        )
        if row.mark is not None:
            x = min(row.mark / most * WIDTH, WIDTH - 1.5)
            parts.append(
                f'<line class="mark" x1="{svg.number(x)}" x2="{svg.number(x)}" y1="{svg.number(y + 17)}" '
                f'y2="{svg.number(y + 37)}"></line>'
            )
    height = TOP * 2 + len(rows) * LINE
    return svg.framed(svg.Frame(id, title, description, WIDTH, height), parts, "bars")
