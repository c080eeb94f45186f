"""A page of its own for the pictures of a plan: one HTML file without script, light and dark, for phone and paper.

The same style goes into an SVG file that stands alone.
"""

from collections.abc import Sequence
from html import escape

from comitia.plan.pictures.of_plan import Picture

COLOURS = """\
:root{color-scheme:light dark;--paper:#fbfaf7;--ink:#1b1d20;--grey:#55595f;--rule:#d5d2ca;
--link:#0b4f8a;--warm:#8a4b00;--short:#a11212}
@media (prefers-color-scheme:dark){:root{--paper:#15171a;--ink:#eceae4;--grey:#a9adb3;--rule:#3a3f45;
--link:#8cc4f5;--warm:#f0b35e;--short:#ff9a94}}
"""
DRAWING = """\
svg.drawn{display:block;width:100%;height:auto;color:var(--ink);font-family:system-ui,sans-serif;background:var(--paper)}
svg.drawn.narrow{max-width:30rem}svg.drawn.middle{min-width:34rem;max-width:48rem}svg.drawn.broad{min-width:52rem}
svg.drawn text{fill:currentColor;font-size:15px}svg.drawn .centre{text-anchor:middle}svg.drawn .end{text-anchor:end}
.sankey .flow{fill:none;stroke:var(--link);stroke-opacity:.35}.sankey .flow.back{stroke:var(--warm)}
.sankey .place{fill:var(--ink)}
.sankey .label{font-size:13px;paint-order:stroke;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round}
.bars .ground{fill:var(--rule);fill-opacity:.45}.bars .bar{fill:var(--link)}.bars .bar.short{fill:var(--short)}
.bars .mark{stroke:var(--ink);stroke-width:3}.bars .figure{text-anchor:end}
.lines .axis{fill:none;stroke:var(--grey)}.lines .tick{font-size:12px;fill:var(--grey)}
.lines .course{fill:none;stroke:var(--link);stroke-width:2.5}
.lines .course.bound{stroke:var(--warm);stroke-dasharray:6 4}
"""
PAGE = """\
body{margin:0 auto;padding:1rem;max-width:60rem;background:var(--paper);color:var(--ink);
font:1rem/1.5 system-ui,sans-serif}
h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2.5rem}
.room{overflow-x:auto}table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums}
th,td{text-align:start;padding:.25rem .7rem .25rem 0;border-bottom:1px solid var(--rule);vertical-align:top}
"""


def html(title: str, sentences: Sequence[str], pictures: Sequence[Picture]) -> str:
    """Return a whole page: the sentences, then each picture with its table."""
    said = "".join(f"<li>{escape(one)}</li>" for one in sentences)
    body = "".join(_section(picture) for picture in pictures)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{COLOURS}{DRAWING}{PAGE}</style></head>\n"
        f"<body><main><h1>{escape(title)}</h1>{f'<ul>{said}</ul>' if said else ''}{body}</main></body></html>\n"
    )


def _section(of: Picture) -> str:
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in of.columns)
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>\n" for row in of.rows)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>" if rows else ""
    # What scrolls can be reached by the keyboard.
    room = '<div class="room" tabindex="0" role="group" aria-label="{}">{}</div>'
    drawn = room.format(escape(of.heading), of.drawn) if of.drawn else ""
    figures = room.format(f"{escape(of.heading)}, figures", table) if table else ""
    heading = f'<h2 id="of-{of.name}">{escape(of.heading)}</h2><p>{escape(of.said)}</p>'
    return f'<section aria-labelledby="of-{of.name}">{heading}{drawn}{figures}</section>\n'


def alone(of: Picture) -> str:
    """Return a picture as an SVG file that stands alone, its style inside; empty where nothing is drawn."""
    begin, found, rest = of.drawn.partition(">")
    return f"{begin}><style>{COLOURS}{DRAWING}</style>{rest}\n" if found else ""
