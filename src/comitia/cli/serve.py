"""``comitia serve``: the pages of a federation, on one server process."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from granian.constants import Interfaces
from granian.server import Server

from comitia.clerk.clerk import Clerk

APPLICATION = "comitia.web.asgi:application"


def serve(
    home: Annotated[Path, typer.Option(help="the federation's folder")] = Path("home"),
    port: Annotated[int, typer.Option(help="port on this machine")] = 8000,
    host: Annotated[str, typer.Option(help="address to listen on")] = "127.0.0.1",
    processes: Annotated[int, typer.Option(help="how many processes answer; they write in turns", min=1)] = 1,
    log: Annotated[
        bool, typer.Option("--log", help="write a line of JSON for each answer, without personal data")
    ] = False,
) -> None:
    """Open the pages of a federation."""
    # Open it once here, so that a folder without a federation, or a torn record, is said before the server starts.
    Clerk.open(home).close()
    typer.echo(f"The pages are at http://localhost:{port}/ ; stop with Ctrl-C.")
    with _postman(home):
        listen(home, host=host, port=port, processes=processes, log=log)


@contextmanager
def _postman(home: Path) -> Iterator[None]:
    """Let letters be sent meanwhile, in a process of its own, where mail.toml names a server."""
    if not (home / "mail.toml").exists():
        yield
        return
    # He ends with this process, however it ends.
    going = subprocess.Popen([sys.executable, "-m", "comitia", "mail", "run", "--home", str(home), "--with-parent"])
    try:
        yield
    finally:
        going.terminate()
        going.wait(timeout=60)


def listen(home: Path, *, host: str, port: int, processes: int = 1, log: bool = False) -> None:
    """Serve until stopped; the server is handed the application's name, so that this room imports no Django."""
    os.environ["COMITIA_HOME"] = str(home.resolve())
    os.environ["COMITIA_PORT"] = str(port)
    if log:
        os.environ["COMITIA_LOG"] = "INFO"
    Server(
        APPLICATION,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=processes,
        workers_kill_timeout=5,
        log_enabled=False,
    ).serve()
