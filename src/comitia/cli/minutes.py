"""``comitia minutes``: what happened in a body, made from the acts."""

from pathlib import Path
from typing import Annotated

import typer

from comitia.clerk.clerk import Clerk
from comitia.federation import minutes as made


def minutes(
    body: Annotated[str, typer.Argument(help="the body, for instance committee/mill")],
    home: Annotated[Path, typer.Option(help="the federation's folder")] = Path("home"),
    since: Annotated[str, typer.Option("--from", help="the first day, YYYY-MM-DD")] = "0000-00-00",
    until: Annotated[str, typer.Option(help="the day before which they end, YYYY-MM-DD")] = "9999-99-99",
) -> None:
    """Print the minutes of a body, each line with the act that it stands on."""
    with Clerk.open(home) as clerk:
        found = made.minutes(clerk.federation.state, body, since=f"{since}T00:00:00Z", until=f"{until}T00:00:00Z")
    typer.echo(made.text(found))
