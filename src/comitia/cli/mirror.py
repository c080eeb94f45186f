"""``comitia mirror``: a copy of a record that is checked as it grows, and a folder from which others can pull it."""

import json
from pathlib import Path
from typing import Annotated

import typer

from comitia.clerk import sources
from comitia.clerk.clerk import Clerk
from comitia.cli import bar
from comitia.record import mirror as mirrors, note, policy as policies, pulling

app = typer.Typer(add_completion=False, no_args_is_help=True, help=__doc__, pretty_exceptions_enable=False)
Json = Annotated[bool, typer.Option("--json", help="print a machine-readable answer")]


@app.command()
def pull(
    source: Annotated[str, typer.Argument(help="where the record is: an http(s) address, or a folder")],
    out: Annotated[Path, typer.Argument(help="the mirror's folder; the first pull makes it")],
    key: Annotated[str | None, typer.Option(help="the verification key (vkey) that you trust")] = None,
    policy: Annotated[Path | None, typer.Option(help="the file that says whose signatures you trust")] = None,
    json_: Json = False,
) -> None:
    """Bring a mirror to the source's checkpoint; each byte is checked before it is kept.

    Exit 1 where the source does not hold, shows another record, or cannot be reached: the mirror is then as it was.
    """
    try:
        trusted = None if policy is None else policies.parse(policy.read_bytes())
        if key is not None:
            note.parse_vkey(key)
    except (OSError, policies.PolicyWrong, note.NoteFault) as fault:
        typer.echo(f"comitia mirror: {fault}", err=True)
        raise typer.Exit(2) from None
    with bar.shown(hidden=json_) as say:
        try:
            found = pulling.pull(sources.source(source), out, key=key, policy=trusted, progress=say)
        except (mirrors.Torn, policies.QuorumMissing) as fault:
            _say_fault(f"{fault}; the mirror is as it was", json_=json_)
            raise typer.Exit(1) from None
        except (pulling.NotPulled, pulling.SplitView) as fault:
            _say_fault(str(fault), json_=json_)
            raise typer.Exit(1) from None
    if json_:
        told = {"acts": found.size, "new": found.size - found.old_size, "root": found.root.hex(), "key": found.vkey}
        typer.echo(json.dumps({"holds": True, **told, "trusted_key": found.trusted}))
        return
    typer.echo(f"{found.size} acts, {found.size - found.old_size} of them new, in {out}; root {found.root.hex()}")
    if not found.trusted:
        typer.echo(f"key {found.vkey}, taken from the record itself: compare it with one from another body")
    typer.echo(f"the acts themselves are judged by: comitia verify {out}")


@app.command()
def publish(
    out: Annotated[Path, typer.Argument(help="the folder to bring up to date; any web server may serve it")],
    home: Annotated[Path, typer.Option(help="the federation's folder")] = Path("home"),
) -> None:
    """Bring a folder up to the clerk's record, so that others can pull it while it grows."""
    with Clerk.open(home) as clerk, bar.shown(hidden=False) as say:
        found = pulling.pull(sources.Files(dict(clerk.files())), out, key=clerk.vkey, progress=say)
    typer.echo(f"{found.size} acts, {found.size - found.old_size} of them new, in {out}")


def _say_fault(reason: str, *, json_: bool) -> None:
    typer.echo(json.dumps({"holds": False, "reason": reason}) if json_ else f"comitia mirror: {reason}", err=not json_)
