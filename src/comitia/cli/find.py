"""``comitia find``: what members wrote and decided, by its words."""

import json
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from comitia.clerk import finding
from comitia.clerk.clerk import Clerk
from comitia.clerk.finding import Asked, Finder
from comitia.cli import bar


def find(
    words: Annotated[str, typer.Argument(help='words that must be there, or "a phrase"; none lists the newest')] = "",
    home: Annotated[Path, typer.Option(help="the federation's folder")] = Path("home"),
    kind: Annotated[str, typer.Option(help=f"one of {', '.join(finding.KINDS)}")] = "",
    body: Annotated[str, typer.Option(help="a body, for instance committee/mill")] = "",
    since: Annotated[str, typer.Option("--from", help="the first day, YYYY-MM-DD")] = "",
    until: Annotated[str, typer.Option(help="the day before which it ends, YYYY-MM-DD")] = "",
    most: Annotated[int, typer.Option(help="how many to show", min=1)] = 20,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="make the index anew from the record first")] = False,
    json_: Annotated[bool, typer.Option("--json", help="print a machine-readable answer")] = False,
) -> None:
    """Search motions, decisions, reports, elections, bodies, seasons and articles. Exit 1: nothing is found."""
    if kind and kind not in finding.KINDS:
        typer.echo(f"comitia find: there is no kind {kind!r}; these are {', '.join(finding.KINDS)}", err=True)
        raise typer.Exit(2)
    with Clerk.open(home) as clerk, Finder(clerk.home.search) as finder:
        with bar.shown(hidden=json_) as say:
            finder.catch_up(clerk, anew=rebuild, progress=say)
        total, hits = finder.find(Asked(words, kind, body, since, until), most=most)
    if json_:
        typer.echo(json.dumps({"total": total, "hits": msgspec.to_builtins(hits)}))
    else:
        typer.echo(f"{total} found" + (f", {len(hits)} shown" if total > len(hits) else ""))
        for hit in hits:
            typer.echo(
                f"\n{hit.at[:10]}  {hit.title}  ({hit.kind}, act {hit.act}{f', {hit.body}' if hit.body else ''})"
            )
            excerpt = " ".join(hit.excerpt.replace(finding.BEGIN, "*").replace(finding.END, "*").split())
            if excerpt:
                typer.echo(f"  {excerpt}")
    raise typer.Exit(0 if total else 1)
