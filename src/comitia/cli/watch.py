"""``comitia watch``: what the indicators say of a federation, from its record alone: the gap first, alarms, changes."""

import json
import re
from math import isinf
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from comitia.charter import parse
from comitia.clerk import watched
from comitia.clerk.watched import Record
from comitia.drill import concentration, living, practice, vote_power
from comitia.drill.practice import Gap, people
from comitia.federation import moment
from comitia.federation.refusal import Refused
from comitia.watch import indicators, practised, saying, series
from comitia.watch.indicator import LIMITS, Reading, wilson
from comitia.watch.practised import Inference
from comitia.watch.series import Change, Onset
from comitia.watch.view import View

_SECONDS = 5.0
_SAMPLES = 12
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def watch(
    record: Annotated[Path | None, typer.Argument(help="an exported record (folder or .zip), or a home folder")] = None,
    home: Annotated[Path, typer.Option(help="the federation's folder, where no RECORD is given")] = Path("home"),
    since: Annotated[str, typer.Option(help="say what changed since this day or moment")] = "",
    practised_: Annotated[
        Path | None, typer.Option("--practised", help="write the charter as practised to this file")
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="print a machine-readable answer")] = False,
) -> None:
    """Say where power is drifting: written against practised, alarms since when, the acts, the articles that answer."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=json_) as bar:
        task = bar.add_task("replaying acts", total=None)
        found = watched.read(record or home, progress=lambda done, of: bar.update(task, completed=done, total=of))
        view = View(found.ledger, found.at)
        inferred = practised.infer(view, found.charter)
        bar.update(task, description="drilling both charters", completed=0, total=None)
        gap = _gap(view, found, inferred)
        readings = (*indicators.readings(view), *concentration.readings(view), *vote_power.readings(view))
        readings += practice.readings(gap, view.rules)
        samples = series.moments(found.ledger, found.at, most=_SAMPLES)
        course = series.table(
            found.ledger,
            samples,
            progress=lambda done, of: bar.update(task, description="looking back", completed=done, total=of),
        )
        rung = series.onsets(found.ledger, readings, samples, course)
        changed = series.changes(found.ledger, _moment(since, found), found.at) if since else ()
    if practised_ is not None:
        _write(practised_, practised.charter_text(view, found.charter, inferred))
    if json_:
        typer.echo(json.dumps(_facts(view, gap, inferred, readings, rung, changed), indent=2, ensure_ascii=False))
        return
    _say_gap(view, gap, inferred, practised_)
    _say_alarms(rung, since and _moment(since, found))
    if since:
        _say_changes(changed, since)
    else:
        _say_readings(readings)
    typer.echo("\n" + " ".join(LIMITS))


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as fault:
        typer.echo(f"comitia watch: {file} cannot be written: {fault.strerror}; name a file in a folder", err=True)
        raise typer.Exit(2) from fault


def _moment(text: str, found: Record) -> str:
    given = f"{text}T00:00:00Z" if _DAY.fullmatch(text) else text
    try:
        moment.check_moment(given)
    except Refused as fault:
        typer.echo(f"comitia watch: --since: {fault.reason}", err=True)
        raise typer.Exit(2) from fault
    begun = found.ledger.charters[0].at
    if given < begun:
        typer.echo(f"comitia watch: --since {text} lies before the founding; give {begun[:10]} or later", err=True)
        raise typer.Exit(2)
    return given


def _gap(view: View, found: Record, inferred: tuple[Inference, ...]) -> tuple[Gap, ...]:
    """Return the numbers of both charters; where nothing is practised otherwise there is no gap to reckon."""
    if not any(one.stands for one in inferred):
        return ()
    other = parse.parse(practised.charter_text(view, found.charter, inferred), file="the practised charter")
    return practice.gaps(view.rules, other, living.cells_of(found.state), seconds=_SECONDS)


def _say_gap(view: View, gap: tuple[Gap, ...], inferred: tuple[Inference, ...], file: Path | None) -> None:
    typer.echo("WRITTEN AGAINST PRACTISED")
    standing = [one for one in inferred if one.stands]
    if not standing:
        typer.echo("The record shows nothing practised otherwise than the charter says.")
    for one in standing:
        typer.echo(f"  line {one.line}, {one.written}: {one.sentence(view)} {saying.acts(one.acts).capitalize()}.")
    for one in inferred:
        if not one.stands:
            typer.echo(f"  (not taken up) {one.sentence(view)}")
    for g in gap:
        typer.echo(
            f"  {g.name}: held by {people(g.written.hold)} as written, {people(g.practised.hold)} as practised; taken "
            f"back by {people(g.written.recovery)} as written, {people(g.practised.recovery)} as practised."
        )
    if file is not None:
        typer.echo(f"  The charter as practised is in {file}; `comitia drill hold {file}` runs on it.")


def _say_alarms(rung: tuple[Onset, ...], since: str) -> None:
    typer.echo("\nALARMS")
    shown = [one for one in rung if not since or not one.since or one.since > since]
    if not shown:
        typer.echo("None." if not since or not rung else f"None since then; {len(rung)} given before go on.")
    for one in shown:
        typer.echo(f"  {one.alarm.reading.figure.id} {one.alarm.reading.figure.name}: {saying.alarm(one)}")


def _say_changes(changed: tuple[Change, ...], since: str) -> None:
    typer.echo(f"\nCHANGED SINCE {since}")
    for one in changed:
        typer.echo(f"  {one.after.figure.id} {saying.change(one)}")
    if not changed:
        typer.echo("Nothing.")


def _say_readings(readings: tuple[Reading, ...]) -> None:
    typer.echo("\nINDICATORS")
    for one in readings:
        where = f" ({one.body})" if one.body else ""
        acts = f" {saying.acts(one.acts).capitalize()}." if one.acts else ""
        if one.value is not None:
            typer.echo(f"  {one.figure.id} {one.figure.name}{where}: {saying.value(one)}. {one.sentence}{acts}")
    untold = dict.fromkeys(f"{one.figure.id} {one.figure.name}" for one in readings if one.value is None)
    if untold:
        typer.echo(f"Nothing to tell of yet, or too few to tell it: {', '.join(untold)}. Why: --json.")


def _facts(
    view: View, gap: tuple[Gap, ...], inferred: tuple[Inference, ...], readings: tuple[Reading, ...],
    rung: tuple[Onset, ...], changed: tuple[Change, ...],
) -> dict[str, Any]:  # fmt: skip
    return {
        "at": view.at,
        "acts": view.ledger.size,
        "practised": [
            {
                "kind": one.kind, "what": one.what, "line": one.line, "written": one.written,
                "practised": one.practised, "posts": one.posts, "otherwise": one.otherwise, "acts": list(one.acts),
                "stands": one.stands, "sentence": one.sentence(view), "articles": list(one.articles),
            }
            for one in inferred
        ],
        "gap": [
            {
                "body": g.body,
                "written": {"hold": _plain(g.written.hold), "recovery": _plain(g.written.recovery)},
                "practised": {"hold": _plain(g.practised.hold), "recovery": _plain(g.practised.recovery)},
            }
            for g in gap
        ],
        "alarms": [
            {
                **_reading(one.alarm.reading), "since": one.since, "when": one.alarm.threshold.when,
                "threshold": _plain(float(one.alarm.threshold.value)), "reason": one.alarm.threshold.reason,
            }
            for one in rung
        ],
        "changes": [{**_reading(one.after), "before": _value(one.before), "acts": list(one.acts)} for one in changed],
        "indicators": [_reading(one) for one in readings],
        "limits": list(LIMITS),
    }  # fmt: skip


def _value(reading: Reading | None) -> float | str | None:
    return None if reading is None or reading.value is None else _plain(float(reading.value))


def _plain(of: float | None) -> float | str | None:
    """Return a number as JSON holds it; a number without end as the word."""
    return "infinite" if of is not None and isinf(of) else of


def _reading(reading: Reading) -> dict[str, Any]:
    figure = reading.figure
    interval = wilson(reading.count, reading.of) if figure.unit == "share" and reading.of else None
    return {
        "id": figure.id, "name": figure.name, "body": reading.body, "value": _value(reading), "unit": figure.unit,
        "count": reading.count, "of": reading.of, "wilson": list(interval) if interval else None,
        "sentence": reading.sentence, "acts": list(reading.acts), "articles": list(reading.articles),
        "formula": figure.formula, "range": figure.range, "source": figure.source, "caveat": figure.caveat,
    }  # fmt: skip
