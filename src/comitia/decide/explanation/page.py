"""A count sheet as a page of its own: one HTML file without script, light and dark, for phone, desk and paper.

Its body is made of the same sections that a larger site may put on a page of its own.
"""

from collections.abc import Sequence
from html import escape

from comitia.decide import profile as profiles, sheet
from comitia.decide.explanation import course, journey, margins, picture, tables
from comitia.decide.explanation.account import Account, Travelled

NOWHERE = "By this rule no paper is ever with one candidate."
STYLE = """\
:root{color-scheme:light dark;--paper:#fbfaf7;--sheet:#fff;--ink:#1b1d20;--grey:#55595f;--rule:#d5d2ca;--link:#0b4f8a;
--good:#1d6333;--refused:#a11212}
@media (prefers-color-scheme:dark){:root{--paper:#15171a;--sheet:#1d2024;--ink:#eceae4;--grey:#a9adb3;--rule:#3a3f45;
--link:#8cc4f5;--good:#8fd6a3;--refused:#ff9a94}}
*{box-sizing:border-box}
html{font:100%/1.55 system-ui,sans-serif;font-variant-numeric:tabular-nums;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink)}
main{max-width:66rem;margin:0 auto;padding:1rem 1rem 3rem;overflow-wrap:break-word}
h1{font-size:1.6rem;line-height:1.2;margin:.8rem 0}
h2{font-size:1.15rem;margin:1.8rem 0 .5rem;border-bottom:2px solid var(--ink);padding-bottom:.2rem}
h3{font-size:1rem;margin:1.1rem 0 .3rem}
p,ul,ol,table{margin:.4rem 0 .8rem}li{margin:.3rem 0}.quiet{color:var(--grey);font-size:.9rem}
.box{background:var(--sheet);border:1px solid var(--rule);border-inline-start:5px solid var(--good);padding:.6rem 1rem}
.scroll{overflow-x:auto;margin:.4rem 0 .9rem}.scroll:focus-visible{outline:3px solid var(--link)}
table{border-collapse:collapse;font-size:.95rem;overflow-wrap:normal}
caption{text-align:start;font-weight:600;padding:.3rem 0}
th,td{text-align:start;vertical-align:top;padding:.35rem .9rem .35rem 0;border-bottom:1px solid var(--rule)}
thead th{border-bottom:2px solid var(--ink);font-size:.85rem;white-space:nowrap}
td.n,th.n{text-align:end;white-space:nowrap}
code{overflow-wrap:anywhere}
summary{cursor:pointer;min-height:44px;display:flex;align-items:center;color:var(--link);font-weight:600}
summary::before{content:"▸";margin-inline-end:.5rem}details[open]>summary::before{content:"▾"}
@media print{.scroll{overflow:visible}body{background:#fff}}
"""
DRAWING = """\
svg.transfers{display:block;height:auto;max-width:none;color:var(--ink);font-family:inherit}
svg.transfers text{fill:currentColor;font-size:13px;font-variant-numeric:tabular-nums}
svg.transfers .centre{text-anchor:middle}svg.transfers .end{text-anchor:end}
svg.transfers .head{fill:var(--grey)}svg.transfers .outcome{fill:var(--grey)}
svg.transfers .outcome.elected{fill:var(--good);font-weight:600}
svg.transfers .figure{font-size:12px;paint-order:stroke;stroke:var(--paper);stroke-width:3px;stroke-linejoin:round}
svg.transfers .bar{fill:var(--grey)}svg.transfers .bar.elected{fill:var(--good)}
svg.transfers .bar.spent{fill:var(--rule);stroke:var(--grey)}
svg.transfers .band{fill:var(--grey);fill-opacity:.18}svg.transfers .band.elected{fill:var(--good);fill-opacity:.2}
svg.transfers .ribbon{fill:var(--link);fill-opacity:.4}svg.transfers .ribbon:hover{fill-opacity:.7}
td.elected{color:var(--good);font-weight:700}td.seated{color:var(--good)}td.out{color:var(--refused)}
td.gone{color:var(--grey)}
"""


def html(of: Account) -> str:
    """Return the whole page."""
    title = escape(of.title or "A count")
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{STYLE}{DRAWING}</style></head>\n<body><main><h1>{title}</h1>\n{_elected(of)}{sections(of)}"
        f"</main></body></html>\n"
    )


def _elected(of: Account) -> str:
    counted = of.counted
    names = "".join(f"<li><b>{escape(counted.candidates[c])}</b></li>" for c in counted.winners)
    vacant = counted.seats - len(counted.winners)
    left = f"<p>{vacant} of {counted.seats} seats vacant.</p>" if vacant else ""
    quota = "" if counted.quota is None else f", quota {sheet.exact_text(counted.quota)}"
    return (
        f'<section class="box"><h2>Elected, in this order</h2><ol>{names}</ol>{left}'
        f"<p>{counted.seats} {'seat' if counted.seats == 1 else 'seats'}; {counted.valid} valid papers, "
        f'{counted.blank} blank{quota}.</p><p class="quiet">Rule: {escape(counted.source)}.</p></section>\n'
    )


def sections(of: Account) -> str:
    """Return the sections of the page below who is elected."""
    counted = of.counted
    said = "".join(f"<li>{escape(_bare(stage.sentence))}</li>" for stage in counted.stages)
    parts = [_section("The count, stage by stage", f"<ol>{said}</ol>")]
    drawn = _scrolling("The same as a picture", picture.transfers(counted, id="flow")) if counted.stages else ""
    parts.append(_section("From stage to stage", drawn + _votes(of) + _transfers(counted)))
    if of.preferred is not None:
        parts.append(_section("Two by two", _duels(of)))
    if of.why_not:
        lines = "".join(f"<li>{escape(one.sentence)}</li>" for one in of.why_not)
        parts.append(_section("Why not me", f"<ul>{lines}</ul>"))
    if of.margin:
        parts.append(_section("How close it was", _paragraph(margins.sentence(of.margin, counted))))
    if of.compared:
        parts.append(_section("Under another rule", _paragraph(of.compared.sentence)))
    if of.travelled:
        parts.append(_section("How one paper travelled", _travelled(of.travelled, counted)))
    notes = "".join(_paragraph(note) for note in of.notes)
    recount = f"<p>Count it again: <code>{escape(of.recount)}</code></p>" if of.recount else ""
    if notes or recount:
        parts.append(_section("About this sheet", notes + recount))
    return "".join(parts)


def _bare(sentence: str) -> str:
    """Return a stage's sentence without its number, which the list gives."""
    head, colon, rest = sentence.partition(": ")
    return rest[:1].upper() + rest[1:] if colon and head.startswith("Stage ") else sentence


def _section(heading: str, inside: str) -> str:
    return f"<section><h2>{escape(heading)}</h2>{inside}</section>\n"


def _paragraph(words: str) -> str:
    return f"<p>{escape(words)}</p>"


def _scrolling(label: str, inside: str) -> str:
    # What scrolls can be reached by the keyboard.
    return f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(label)}">{inside}</div>'


def _table(caption: str, head: Sequence[str], rows: Sequence[str], *, left: int = 1) -> str:
    """Return a table that scrolls; its first so many columns hold words, the others figures."""
    columns = "".join(f'<th scope="col">{escape(word)}</th>' for word in head[:left])
    columns += "".join(f'<th scope="col" class="n">{escape(word)}</th>' for word in head[left:])
    inside = f"<caption>{escape(caption)}</caption><thead><tr>{columns}</tr></thead><tbody>{''.join(rows)}</tbody>"
    return _scrolling(caption, f"<table>{inside}</table>")


def _votes(of: Account) -> str:
    counted = of.counted
    rows = []
    for row in tables.votes(counted):
        gone = " (withdrawn)" if row.position in of.withdrawn else ""
        cells = "".join(f'<td class="n {cell.state}">{_shown(cell)}</td>' for cell in row.cells)
        rows.append(f'<tr><th scope="row">{escape(row.name)}{gone}</th>{cells}</tr>')
    head = ["candidate", *(str(number) for number in range(1, len(counted.stages) + 1))]
    note = '<p class="quiet">* elected at this stage.</p>'
    caption = f"{course.unit(counted).capitalize()} after each stage"
    return _table(caption, head, rows) + note


def _shown(cell: tables.Cell) -> str:
    match cell.state:
        case "elected":
            return f"{cell.text} *"
        case "out":
            return "out" if cell.text == "0" else f"{cell.text} out"
        case "gone":
            return "" if cell.text == "0" else cell.text
        case _:
            return cell.text


def _transfers(counted: sheet.Sheet) -> str:
    rows = [
        f"<tr><td>{one[0]}</td><td>{escape(one[1])}</td><td>{escape(one[2])}</td>"
        + "".join(f'<td class="n">{cell}</td>' for cell in one[3:])
        + "</tr>"
        for one in tables.transfers(counted)
    ]
    if not rows:
        return ""
    table = _table("Transfers", ("stage", "from", "to", "papers", "value", "votes"), rows, left=3)
    return f"<details><summary>Every transfer, with papers and values</summary>{table}</details>"


def _duels(of: Account) -> str:
    assert of.preferred is not None
    rows = [
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f'<td class="n">{cell}</td>' for cell in row[1:])
        + "</tr>"
        for row in tables.duels(of.counted, of.preferred)
    ]
    head = ["candidate", *(str(number) for number in range(1, len(rows) + 1))]
    return _table("How many papers prefer the candidate of the row to that of the column", head, rows)


def ranked(ranks: profiles.Ranks, names: Sequence[str]) -> str:
    """Say what a paper ranks."""
    said = ["equally ".join(("", sheet.names_text(names, rank))) if len(rank) > 1 else names[rank[0]] for rank in ranks]
    return ", then ".join(said) or "nobody: a blank paper"


def _travelled(paper: Travelled, counted: sheet.Sheet) -> str:
    lines = journey.sentences(paper.steps, counted.candidates)
    said = "".join(f"<li>{escape(line)}</li>" for line in lines)
    inside = f"<ul>{said}</ul>" if said else _paragraph(NOWHERE)
    return _paragraph(f"Paper {paper.where} ranks {ranked(paper.ranks, counted.candidates)}.") + inside
