"""``comitia list``: any list of the federation as CSV."""

from pathlib import Path
from typing import Annotated

import typer

from comitia.clerk import lists
from comitia.clerk.clerk import Clerk


def list_(
    name: Annotated[str, typer.Argument(help="which list; without a name, their names")] = "",
    home: Annotated[Path, typer.Option(help="the federation's folder")] = Path("home"),
) -> None:
    """Print a list as CSV: decisions, motions, elections, offices, bodies, mandates, recalls, figures, deliveries."""
    if not name:
        width = max(map(len, lists.LISTS))
        for each, found in lists.LISTS.items():
            typer.echo(f"  {each:<{width}}  {found.title}: {', '.join(found.columns)}")
        return
    if name not in lists.LISTS:
        typer.echo(f"comitia list: there is no list {name!r}; these are {', '.join(lists.LISTS)}", err=True)
        raise typer.Exit(2)
    with Clerk.open(home) as clerk:
        typer.echo(lists.as_csv(name, clerk.federation.state, clerk.now()), nl=False)
