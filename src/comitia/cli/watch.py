"""``comitia watch``: what the indicators say of a federation, from its record alone."""

import json
from pathlib import Path
from typing import Annotated

import typer

from comitia.clerk.clerk import Clerk
from comitia.clerk.watched import Watched
from comitia.watch import indicators


def watch(
    home: Annotated[Path, typer.Option(help="the federation's folder")] = Path("home"),
    json_: Annotated[bool, typer.Option("--json", help="print a machine-readable answer")] = False,
) -> None:
    """Say where power is drifting: counts beside shares, the acts behind them, the articles that answer."""
    with Clerk.open(home) as clerk:
        readings = indicators.readings(Watched(clerk).view())
    if json_:
        answer = [
            {
                "id": r.figure.id,
                "name": r.figure.name,
                "formula": r.figure.formula,
                "source": r.figure.source,
                "body": r.body,
                "count": r.count,
                "of": r.of,
                "unit": r.figure.unit,
                "sentence": r.sentence,
                "acts": list(r.acts),
                "articles": list(r.articles),
            }
            for r in readings
        ]
        typer.echo(json.dumps(answer, indent=2))
        return
    for reading in readings:
        acts = f" Acts {', '.join(map(str, reading.acts[:8]))}." if reading.acts else ""
        typer.echo(f"{reading.figure.name}: {reading.sentence}{acts} Article {', '.join(reading.articles)}.")
    typer.echo("Informal power leaves no act; these figures see only what was entered.")
