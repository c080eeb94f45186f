"""Where a sealed ballot stands, for anyone: keys given, tokens asked for, ballots cast; and what it waits for."""

import json
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from comitia.cli.ballot.desk import HomeOption, RecordOption, desk
from comitia.cli.ballot.office import BallotArgument
from comitia.federation import sealed_standing


def show(
    ballot: BallotArgument,
    home: HomeOption = Path("home"),
    record: RecordOption = None,
    json_: Annotated[bool, typer.Option("--json", help="print a machine-readable answer")] = False,
) -> None:
    """Show where a sealed ballot stands and what it waits for."""
    with desk(home, record) as on:
        of = on.ballot(ballot)
        found = sealed_standing.of_ballot(of, on.now)
    if json_:
        typer.echo(json.dumps({"ballot": of.id, "electors": len(of.electorate), **msgspec.to_builtins(found)}))
        return
    tellers = ", ".join(f"{member} of {body}" for member, body in found.tellers)
    for name, value in (
        ("electors", len(of.electorate)),
        ("asking", f"from {of.opens_at} to {found.asking_until}"),
        ("casting", f"from {found.casting_from} to {of.closes_at}"),
        ("issuers", ", ".join(found.issuers) or "none yet"),
        ("tellers", f"{tellers or 'none yet'}; {found.needed} of {found.number} open it"),
        ("boxes", ", ".join(found.boxes) or "none yet"),
        ("tokens", f"{found.asked} asked for, {found.answered} answered by every issuer, {found.owed} answers owed"),
        ("ballots", f"{found.sealed} sealed, {len(of.voted)} on paper, {found.voids} tokens void"),
        ("opened", f"{found.revealed} keys revealed"),
        ("waits for", found.waits or "nothing: counted"),
    ):
        typer.echo(f"{name:<10} {value}")
