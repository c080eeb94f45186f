"""The transfers of a count as a picture: a lane for each candidate, a column for each stage, ribbons for what moves.

The height of a bar is the votes after the stage, that of a ribbon the votes that moved; all are to one scale. A lane is
as tall as the most votes of its candidate and its label need, so that labels never run into each other. By the rule of
Meek, where every paper may give to several at once, the ribbons show what candidates lost and gained in the stage
together. Where no votes move there is one column, the last.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from comitia.decide import sheet
from comitia.decide.explanation import course

# With more candidates, those with the fewest votes share a lane.
LANES = 14
NAMES, OUTCOMES = 200.0, 150.0
STEP, BAR, GAP, LEAST, TALL, SHARE, TOP = 104.0, 12.0, 8.0, 22.0, 460.0, 60.0, 34.0
LETTERS = 21
# A letter of a label is no wider.
WIDE = 8.8
# A ribbon bears its number if it is as thick as the letters are tall.
LETTER = 11.0


@dataclass(slots=True)
class _Lane:
    """``totals`` by column; ``kind`` is elected, out or spent."""

    name: str
    outcome: str
    kind: str
    totals: list[float]
    y: float = 0.0


@dataclass(frozen=True, slots=True)
class _Ribbon:
    """So many votes from a lane of the column before to a lane of a column."""

    column: int
    source: int
    target: int
    votes: float


def transfers(counted: sheet.Sheet, *, id: str) -> str:
    """Return the picture as SVG; ``id`` is unique on its page."""
    lane_of, lanes = _lanes(counted)
    columns = _columns(counted, lane_of)
    for number, lane in enumerate(lanes):
        lane.totals = [_total(counted, [c for c in lane_of if lane_of[c] == number], column[-1]) for column in columns]
    if len(lanes) > max(lane_of.values(), default=-1) + 1:
        lanes[-1].totals = [float(sum(s.nontransferable for s in counted.stages[: c[-1] + 1])) for c in columns]
    ribbons = [r for n, column in enumerate(columns[1:], start=1) for r in _ribbons(counted, lane_of, n, column)]
    # A few lanes need no tall picture.
    scale = min(TALL, SHARE * len(lanes)) / max(1.0, sum(max(lane.totals) for lane in lanes))
    y = TOP
    for lane in lanes:
        lane.y = y
        y += max(max(lane.totals) * scale, LEAST) + GAP
    left = min(NAMES, WIDE * max(len(lane.name) for lane in lanes) + 16)
    parts = _flows(lanes, ribbons, len(columns), (left, scale)) + _drawn(lanes, columns, (left, scale))
    width = left + STEP * (len(columns) - 1) + BAR + OUTCOMES
    return _framed(counted, parts, (width, y), id)


def _framed(counted: sheet.Sheet, parts: Sequence[str], size: tuple[float, float], id: str) -> str:
    width, height = (f"{round(side)}" for side in size)
    said = f"{len(counted.stages)} stages; elected: {sheet.names_text(counted.candidates, counted.winners)}."
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="transfers" role="img" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" aria-labelledby="{id}-title {id}-desc">'
        f'<title id="{id}-title">The count from stage to stage</title><desc id="{id}-desc">{escape(said)} '
        f"The figures stand in the table below.</desc>{''.join(parts)}</svg>"
    )


def _lanes(counted: sheet.Sheet) -> tuple[dict[int, int], list[_Lane]]:
    """Return the lane of each candidate, and the lanes: the elected in their order, then who stayed longest."""
    out = {c: n for n, stage in enumerate(counted.stages, start=1) for c in stage.excluded}
    seated = {c: n for n, stage in enumerate(counted.stages, start=1) for c in stage.elected}
    most = {c: max(stage.totals[c] for stage in counted.stages) for c in range(len(counted.candidates))}
    last = len(counted.stages) + 1
    losers = [c for c in most if c not in counted.winners]
    kept = sorted(losers, key=lambda c: (-most[c], c))
    shown = max(0, LANES - len(counted.winners))
    kept, others = (kept, []) if len(kept) <= shown + 1 else (kept[:shown], kept[shown:])
    kept.sort(key=lambda c: (-out.get(c, last), -most[c], c))
    lane_of = {c: n for n, c in enumerate((*counted.winners, *kept))}
    lanes = [_Lane(counted.candidates[c], f"elected, stage {seated[c]}", "elected", []) for c in counted.winners]
    lanes += [
        _Lane(counted.candidates[c], f"out, stage {out[c]}" if c in out else "not elected", "out", []) for c in kept
    ]
    if others:
        lane_of |= dict.fromkeys(others, len(lanes))
        lanes.append(_Lane(f"{len(others)} others", "not elected", "out", []))
    if any(stage.nontransferable for stage in counted.stages):
        lanes.append(_Lane("not transferable", "", "spent", []))
    return lane_of, lanes


def _columns(counted: sheet.Sheet, lane_of: dict[int, int]) -> list[list[int]]:
    """Return the stages of each column, from 0; those in which only candidates of a shared lane go out share one."""
    if counted.rule not in course.TRANSFERRING:
        return [[len(counted.stages) - 1]]
    shared = {c for c in lane_of if sum(lane == lane_of[c] for lane in lane_of.values()) > 1}
    columns: list[list[int]] = [[]]
    for number, stage in enumerate(counted.stages):
        columns[-1].append(number)
        if number == 0 or stage.elected or not shared.issuperset(stage.excluded) or not stage.excluded:
            columns.append([])
    return [column for column in columns if column]


def _total(counted: sheet.Sheet, candidates: Sequence[int], stage: int) -> float:
    return float(sum(counted.stages[stage].totals[c] for c in candidates))


def _ribbons(counted: sheet.Sheet, lane_of: dict[int, int], number: int, column: Sequence[int]) -> list[_Ribbon]:
    spent = max(lane_of.values()) + 1
    found: defaultdict[tuple[int, int], float] = defaultdict(float)
    for at in column:
        stage = counted.stages[at]
        if any(one.to is not None for one in stage.transfers):
            for one in stage.transfers:
                found[lane_of[one.source], spent if one.to is None else lane_of[one.to]] += float(one.votes)
        else:
            for source, target, votes in _net(stage, counted.stages[at - 1]):
                found[lane_of[source], spent if target is None else lane_of[target]] += votes
    return [_Ribbon(number, a, b, votes) for (a, b), votes in sorted(found.items()) if a != b and votes > 0]


def _net(stage: sheet.Stage, before: sheet.Stage) -> list[tuple[int, int | None, float]]:
    """Return what went from those who have less now to those who have more, to each in proportion."""
    change = [float(now - then) for now, then in zip(stage.totals, before.totals, strict=True)]
    gains: list[tuple[int | None, float]] = [(c, more) for c, more in enumerate(change) if more > 0]
    gains.append((None, float(stage.nontransferable)))
    gained = sum(more for _, more in gains)
    return [
        (source, to, -less * more / gained)
        for source, less in enumerate(change)
        if less < 0 and gained
        for to, more in gains
    ]


def _flows(lanes: Sequence[_Lane], ribbons: Sequence[_Ribbon], columns: int, at: tuple[float, float]) -> list[str]:
    parts, numbers, (from_left, scale) = [], [], at
    for column in range(1, columns):
        here = [r for r in ribbons if r.column == column]
        x1, x2 = from_left + STEP * (column - 1) + BAR, from_left + STEP * column
        kept = [
            max(0.0, lane.totals[column] - sum(r.votes for r in here if r.target == n)) for n, lane in enumerate(lanes)
        ]
        for lane, stays in zip(lanes, kept, strict=True):
            if stays:
                parts.append(_band((x1, lane.y), (x2, lane.y), stays * scale, f"band {lane.kind}", ""))
        left = [stays * scale for stays in kept]
        right = list(left)
        for r in here:
            thick = r.votes * scale
            start, end = (x1, lanes[r.source].y + left[r.source]), (x2, lanes[r.target].y + right[r.target])
            said = f"stage {column + 1}: {r.votes:.2f} votes from {lanes[r.source].name} to {lanes[r.target].name}"
            parts.append(_band(start, end, thick, "ribbon", said))
            if thick >= LETTER:
                numbers.append(_text(x2 - 4, end[1] + thick / 2 + 4, f"+{r.votes:.0f}", "figure end"))
            left[r.source] += thick
            right[r.target] += thick
    return parts + numbers


def _band(start: tuple[float, float], end: tuple[float, float], thick: float, kind: str, said: str) -> str:
    (x1, y1), (x2, y2), thick = start, end, max(thick, 0.7)
    bend = (x1 + x2) / 2
    title = f"<title>{escape(said)}</title>" if said else ""
    return (
        f'<path class="{kind}" d="M{x1:.1f},{y1:.1f} C{bend:.1f},{y1:.1f} {bend:.1f},{y2:.1f} {x2:.1f},{y2:.1f} '
        f"V{y2 + thick:.1f} C{bend:.1f},{y2 + thick:.1f} {bend:.1f},{y1 + thick:.1f} {x1:.1f},{y1 + thick:.1f} "
        f'Z">{title}</path>'
    )


def _drawn(lanes: Sequence[_Lane], columns: Sequence[Sequence[int]], at: tuple[float, float]) -> list[str]:
    """Draw heads, bars and labels."""
    parts, (left, scale) = [], at
    for number, stages in enumerate(columns):
        first, last = stages[0] + 1, stages[-1] + 1
        head = f"stage {last}" if first == last else f"{first} to {last}"
        parts.append(_text(left + STEP * number + BAR / 2, 18, head, "head centre"))
        for lane in lanes:
            if lane.totals[number] > 0:
                x, tall = left + STEP * number, max(lane.totals[number] * scale, 1.0)
                parts.append(
                    f'<rect class="bar {lane.kind}" x="{x:.1f}" y="{lane.y:.1f}" width="{BAR:.0f}" height="{tall:.1f}">'
                    "</rect>"
                )
    right = left + STEP * (len(columns) - 1) + BAR + 8
    for lane in lanes:
        name = lane.name if len(lane.name) <= LETTERS else lane.name[: LETTERS - 1].rstrip() + "…"
        parts.append(_text(left - 8, lane.y + 14, name, "name end"))
        parts.append(_text(right, lane.y + 14, lane.outcome, f"outcome {lane.kind}"))
    return parts


def _text(x: float, y: float, words: str, kind: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}">{escape(words)}</text>'
