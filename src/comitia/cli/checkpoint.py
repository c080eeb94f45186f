"""``comitia checkpoint``: the signed head of the record, cosigned by its witnesses."""

import json
from pathlib import Path
from typing import Annotated

import typer

from comitia.clerk.clerk import Clerk
from comitia.record import policy as policies


def checkpoint(
    home: Annotated[Path, typer.Option(help="the federation's folder")] = Path("home"),
    alone: Annotated[bool, typer.Option("--alone", help="ask no witness")] = False,
    json_: Annotated[bool, typer.Option("--json", help="print a machine-readable answer")] = False,
) -> None:
    """Print the signed checkpoint, cosigned by the witnesses of the folder's ``policy``.

    Exit 1 where the quorum is not reached or a witness knows another record.
    """
    with Clerk.open(home) as clerk:
        if alone:
            typer.echo(clerk.checkpoint().decode(), nl=False)
            return
        found = clerk.witness()
        trusted = policies.parse(clerk.home.policy.read_bytes())
    try:
        witnessed, missing = policies.check(found.note, trusted).at, ""
    except policies.QuorumMissing as fault:
        witnessed, missing = {}, str(fault)
    if json_:
        failed = [{"witness": each.name, "reason": each.reason, "split": each.split} for each in found.unwitnessed]
        answer = {"checkpoint": found.note.decode(), "cosigned": dict(witnessed), "missing": missing, "failed": failed}
        typer.echo(json.dumps(answer))
    else:
        typer.echo(found.note.decode(), nl=False)
        for each in found.unwitnessed:
            typer.echo(f"{'SPLIT VIEW: ' if each.split else ''}{each.name}: {each.reason}", err=True)
        if missing:
            typer.echo(missing, err=True)
    if missing or any(each.split for each in found.unwitnessed):
        raise typer.Exit(1)
