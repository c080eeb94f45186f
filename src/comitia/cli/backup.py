"""``comitia backup`` and ``comitia restore``: a federation's folder copied whole, and set up again from the copy."""

from pathlib import Path
from typing import Annotated

import typer

from comitia.clerk import backup as backups
from comitia.clerk.home import Home
from comitia.cli import bar


def backup(
    out: Annotated[Path, typer.Argument(help="a new folder for the copy")],
    home: Annotated[Path, typer.Option(help="the federation's folder")] = Path("home"),
    with_choices: Annotated[
        bool,
        typer.Option(
            "--with-choices",
            help="also the choices that wait in open secret ballots: two such backups together can tell who chose what",
        ),
    ] = False,
) -> None:
    """Copy the record, the names, the accounts and the keys into a new folder, while the federation is at work."""
    with bar.shown(hidden=False) as say:
        copied = backups.back_up(Home(home), out, with_choices=with_choices, progress=say)
    typer.echo(f"{copied.size} acts, names, accounts and keys copied to {out}; root {copied.root.hex()}")
    typer.echo("the copy holds private keys and names: keep it where nobody else reads it")
    for name, votes in copied.open_ballots.items():
        typer.echo(f"not in it: {votes} choices that wait in the open ballot {name} (see --with-choices)")


def restore(
    backup: Annotated[Path, typer.Argument(help="the folder that `comitia backup` wrote")],
    home: Annotated[Path, typer.Option(help="a new folder for the federation")] = Path("home"),
    newer: Annotated[
        Path | None, typer.Option("--from", help="an export or mirror with the acts that came after the backup")
    ] = None,
    database: Annotated[
        str | None,
        typer.Option(help="keep the record in this empty PostgreSQL database, such as postgresql://host/name"),
    ] = None,
) -> None:
    """Set a federation up again: every file is compared with its sum, every act replayed."""
    with bar.shown(hidden=False) as say:
        restored = backups.restore(backup, Home(home), newer=newer, database=database, progress=say)
    typer.echo(f"{restored.size} acts restored to {home}; root {restored.root.hex()}")
    for name, votes in restored.open_ballots.items():
        typer.echo(f"ballot {name} lacks {votes} choices of members who voted: it has to be held again")
    if newer is None:
        typer.echo(
            "if acts came after the backup, restore with --from MIRROR before anything is recorded: witnesses refuse a "
            "record that forks"
        )
