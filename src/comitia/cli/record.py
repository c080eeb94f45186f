"""``comitia export`` and ``comitia act``: a federation's record written out, and one act handed to the clerk."""

import json
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from comitia.clerk.clerk import Clerk, blob_hash
from comitia.federation import acts

Home = Annotated[Path, typer.Option(help="the federation's folder")]


class ActFault(Exception):
    """A file that holds no act."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path} holds no act: {reason}")


def export(
    out: Annotated[Path, typer.Argument(help="a new folder, or a new file ending in .zip")], home: Home = Path("home")
) -> None:
    """Write the record: every act, the signed checkpoint, every text and plan. A verifier needs nothing else."""
    if out.exists():
        typer.echo(f"comitia export: {out} is there already; name a new folder or file", err=True)
        raise typer.Exit(2)
    with Clerk.open(home) as clerk:
        clerk.export(out)
        typer.echo(f"{clerk.federation.state.size} acts written to {out}; key {clerk.vkey}")


def act(
    file: Annotated[Path, typer.Argument(help="the act as JSON; `at` may be left out")],
    home: Home = Path("home"),
    blob: Annotated[list[Path] | None, typer.Option(help="a text or table that the act names by its SHA-256")] = None,
    json_: Annotated[bool, typer.Option("--json", help="print a machine-readable answer")] = False,
) -> None:
    """Hand an act to the clerk: the rule book decides, and the act's index or the refusal's article is printed."""
    try:
        given = json.loads(file.read_text(encoding="utf-8"))
        blobs = {blob_hash(body): body for body in (p.read_bytes() for p in blob or [])}
    except (OSError, ValueError) as fault:
        raise ActFault(file, str(fault)) from fault
    with Clerk.open(home) as clerk:
        try:
            made = msgspec.convert({"at": "", **given}, acts.AnyAct)
        except (msgspec.ValidationError, TypeError) as fault:
            raise ActFault(file, str(fault)) from fault
        index = clerk.submit(made, blobs=blobs)
    typer.echo(json.dumps({"act": index}) if json_ else f"recorded as act {index}")
