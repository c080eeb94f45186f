"""``comitia receipt``: the proof that one act is in the record, to keep, and its check without any server."""

from pathlib import Path
from typing import Annotated

import typer

from comitia.clerk.clerk import Clerk
from comitia.record import cosignature, note, policy as policies, receipt as receipts

app = typer.Typer(add_completion=False, no_args_is_help=True, help=__doc__, pretty_exceptions_enable=False)


def _wrong(reason: str) -> typer.Exit:
    typer.echo(f"comitia receipt: {reason}", err=True)
    return typer.Exit(2)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise _wrong(f"{path} cannot be read: {fault.strerror}") from fault


@app.command()
def make(
    act: Annotated[int, typer.Argument(help="the act's number in the record")],
    out: Annotated[Path, typer.Option(help="the folder to write into")] = Path(),
    home: Annotated[Path, typer.Option(help="the federation's folder")] = Path("home"),
) -> None:
    """Write an act's bytes and its receipt: ``act-N.json`` and ``act-N.tlog-proof``."""
    with Clerk.open(home) as clerk:
        try:
            body = clerk.receipt(act)
        except IndexError as fault:
            raise _wrong(str(fault)) from fault
        leaf = clerk.leaf(act)
    out.mkdir(parents=True, exist_ok=True)
    for path, written in ((out / f"act-{act}.json", leaf), (out / f"act-{act}.tlog-proof", body)):
        path.write_bytes(written)
        typer.echo(str(path))


@app.command()
def check(
    act: Annotated[Path, typer.Argument(help="the act's bytes, as ``make`` wrote them")],
    proof: Annotated[Path, typer.Argument(help="its receipt")],
    key: Annotated[str, typer.Option(help="the verification key (vkey) of the record that you trust")] = "",
    policy: Annotated[Path | None, typer.Option(help="the file that says whose signatures you trust")] = None,
    home: Annotated[Path | None, typer.Option(help="not used: a receipt is checked from its files alone")] = None,
) -> None:
    """Show that an act is in the record. Exit 0 it is, 1 the receipt does not hold, 2 wrong use."""
    if not key and policy is None:
        raise _wrong("give --key KEY or --policy FILE: a receipt proves nothing without somebody whom you trust")
    leaf, raw = _bytes(act), _bytes(proof)
    try:
        if policy is None:
            head, at = receipts.check(raw, leaf, note.parse_vkey(key)), {}
        else:
            witnessed = receipts.check_witnessed(raw, leaf, policies.parse(_bytes(policy)))
            head, at = witnessed.head, dict(witnessed.at)
    except (note.NoteFault, policies.PolicyWrong) as fault:
        raise _wrong(str(fault)) from fault
    except receipts.ReceiptFault as fault:
        typer.echo(str(fault))
        raise typer.Exit(1) from None
    typer.echo(f"holds: this is act {receipts.parse(raw).index} of the {head.size} acts of {head.origin}")
    for name, seconds in at.items():
        typer.echo(f"witness {name} cosigned them at {cosignature.moment_text(seconds)}")
