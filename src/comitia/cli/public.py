"""``comitia public``: the public edition of a record: made at the clerk's folder, checked by anybody."""

import json
from pathlib import Path
from typing import Annotated

import typer

from comitia.clerk import public_edition, verification
from comitia.clerk.clerk import Clerk
from comitia.clerk.public_edition import Edition
from comitia.cli import bar
from comitia.record import mirror, note, policy as policies

app = typer.Typer(add_completion=False, no_args_is_help=True, help=__doc__, pretty_exceptions_enable=False)


@app.command()
def make(
    out: Annotated[Path, typer.Argument(help="a new folder")],
    home: Annotated[Path, typer.Option(help="the federation's folder")] = Path("home"),
) -> None:
    """Write the public edition: acts of offices, totals in cells of five or more, hashes in place of the rest."""
    with Clerk.open(home) as clerk:
        clerk.publish_edition(out)
        vkey = clerk.vkey
    _say(public_edition.check(out, key=vkey))


@app.command()
def check(
    folder: Annotated[Path, typer.Argument(help="a public edition")],
    key: Annotated[str | None, typer.Option(help="the verification key (vkey) that you trust")] = None,
    policy: Annotated[Path | None, typer.Option(help="the file that says whose signatures you trust")] = None,
    against: Annotated[Path | None, typer.Option(help="the whole record, for a member who has it")] = None,
    json_: Annotated[bool, typer.Option("--json", help="print a machine-readable answer")] = False,
) -> None:
    """Check a public edition offline. Exit 0 it holds, 1 it does not."""
    try:
        trusted = policies.parse(policy.read_bytes()) if policy is not None else None
        found = public_edition.check(folder, key=key, policy=trusted)
    except (mirror.Torn, policies.QuorumMissing) as fault:
        _fail(str(fault), json_=json_)
    except (OSError, note.NoteFault, policies.PolicyWrong) as fault:
        typer.echo(f"comitia public: {fault}", err=True)
        raise typer.Exit(2) from None
    if against is not None:
        with bar.shown(hidden=json_) as progress:
            whole = verification.verify(against, key=key, policy=trusted, progress=progress)
        told = mirror.read(against, key=key, policy=trusted)
        # Whoever checks has not the log's key: the totals are compared by their text.
        own = note.SigningKey(found.origin, bytes(32))
        made = public_edition.files(told.leaves, whole.federation.state, told.note, told.blobs, own)
        if wrong := public_edition.differs(folder, made):
            _fail(f"{wrong} is not what the whole record gives", json_=json_)
    if json_:
        answer = {"holds": True, "origin": found.origin, "size": found.summary.size, "root": found.summary.root}
        answer |= {"shown": found.shown, "members": found.summary.members, "trusted": found.trusted}
        typer.echo(json.dumps(answer | {"compared": against is not None}))
        return
    _say(found)
    if against is not None:
        typer.echo("the whole record gives the same edition, byte by byte")


def _fail(reason: str, *, json_: bool) -> None:
    typer.echo(json.dumps({"holds": False, "reason": reason}) if json_ else f"does not hold: {reason}")
    raise typer.Exit(1)


def _say(found: Edition) -> None:
    told = found.summary
    serving = sum(not ended for *_, ended, _ in told.offices)
    typer.echo(f"holds: public edition of {found.origin}, {told.size} acts under root {told.root}")
    typer.echo(f"shown    {found.shown} acts and {found.blobs} texts; {told.withheld} acts as hashes alone")
    typer.echo(f"offices  {len(told.offices)} terms, {serving} of them not ended early")
    typer.echo(f"members  {told.members if told.members is not None else 'fewer than five'}")
    for roll, groups in told.rolls:
        cells = ", ".join(f"{name or 'others'} {number}" for name, number in groups)
        typer.echo(f"  {roll}: {cells or 'no group of five'}")
    if not found.trusted:
        typer.echo("consistent in itself; compare the root with one from another body")
