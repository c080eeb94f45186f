"""``comitia amend``: what a new charter would change in a federation, before anybody votes on it."""

from pathlib import Path
from typing import Annotated

import typer

from comitia.clerk.clerk import Clerk
from comitia.federation import founding, transition


def amend(
    file: Annotated[Path, typer.Argument(help="the new charter, a TOML file")],
    home: Annotated[Path, typer.Option(help="the federation's folder")] = Path("home"),
) -> None:
    """Say what a new charter would change: articles, faults, open terms, what is under way. Exit 1 if it cannot be."""
    try:
        new = founding.readable_charter(file.read_bytes())
    except OSError as fault:
        typer.echo(f"{file} cannot be read: {fault}. Give the path of a charter in TOML.", err=True)
        raise typer.Exit(2) from fault
    except founding.NotExecutable as fault:
        typer.echo(f"{file} cannot be carried out: {fault}", err=True)
        raise typer.Exit(1) from fault
    with Clerk.open(home) as clerk:
        found = transition.transition(clerk.federation.state, new, clerk.now())
    for line in transition.sentences(found):
        typer.echo(line)
