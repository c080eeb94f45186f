"""``comitia witness``: watch other bodies' records, cosign what continues them, and refuse a second history."""

import os
from pathlib import Path
from typing import Annotated

import typer
from granian.constants import Interfaces
from granian.server import Server

from comitia.clerk import witness_home
from comitia.record import cosignature, note

APPLICATION = "comitia.clerk.witness_server:application"


def witness(
    folder: Annotated[Path, typer.Argument(help="the witness's folder, made with --name")],
    name: Annotated[str, typer.Option(help="make a new witness with this name, such as mill.example/witness")] = "",
    log: Annotated[list[str] | None, typer.Option(help="the verification key of a record to watch")] = None,
    post_quantum: Annotated[bool, typer.Option("--post-quantum", help="with --name: an ML-DSA-44 key")] = False,
    port: Annotated[int, typer.Option(help="port on this machine; 0 makes or changes the folder only")] = 8100,
    host: Annotated[str, typer.Option(help="address to listen on")] = "127.0.0.1",
    home: Annotated[Path | None, typer.Option(help="not used: a witness has a folder of its own")] = None,
) -> None:
    """Run a witness: a small server that cosigns checkpoints of the records it watches. Exit 2 wrong use."""
    kind: cosignature.Kind = "ml-dsa-44" if post_quantum else "ed25519"
    try:
        watched = [note.parse_vkey(text) for text in log or []]
        if name:
            witness_home.make(folder, name, kind)
        for each in watched:
            witness_home.watch(folder, each)
        with witness_home.WitnessHome(folder) as opened:
            vkey, origins = opened.vkey, list(opened.logs)
    except (note.NoteFault, witness_home.WitnessFault) as fault:
        typer.echo(f"comitia witness: {fault}", err=True)
        raise typer.Exit(2) from None
    # The witness's line of a policy, ready to be copied.
    url = f"http://{host}:{port}/" if port else ""
    typer.echo(" ".join(("witness", folder.name, vkey, url)).rstrip())
    typer.echo(f"watches {', '.join(origins) or 'no record yet: give --log KEY'}")
    if port:
        listen(folder, host=host, port=port)


def listen(folder: Path, *, host: str, port: int) -> None:
    """Serve until stopped."""
    os.environ["COMITIA_WITNESS"] = str(folder.resolve())
    Server(
        APPLICATION,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=1,
        workers_kill_timeout=5,
        log_enabled=False,
    ).serve()
