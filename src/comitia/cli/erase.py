"""``comitia erase``: a member's name, address and account go; her number on the record stays, and the tree with it."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from comitia.clerk.clerk import Clerk


class NotErased(Exception):
    """Something of a member could not be erased; says what is left."""


def erase(
    member: Annotated[str, typer.Argument(help="the member's number, m-0001")],
    home: Annotated[Path, typer.Option(help="the federation's folder")] = Path("home"),
) -> None:
    """Erase a member's name, address, salt, sign-in links and account. The record is not touched."""
    with Clerk.open(home) as clerk:
        if member not in clerk.federation.state.members:
            raise NotErased(f"there is no member {member} in {home}; nothing was erased")
        known = clerk.people.person(member) is not None
        clerk.people.erase(member)
        letters = [path for path in clerk.home.outbox.glob("*") if member in path.name]
        for letter in letters:
            letter.unlink()
        root = clerk.root().hex()
    account = _account(home, member)
    typer.echo(
        f"erased: {'name, address and salt' if known else 'no name was kept'}; {len(letters)} letters; {account}"
    )
    typer.echo(f"The record is what it was: root {root}. Backups made before keep the row until they are deleted.")


def _account(home: Path, member: str) -> str:
    """Erase the pages' account in a process of its own, since this room knows no Django."""
    if not (home / "web.sqlite3").exists():
        return "the pages have no accounts yet"
    done = subprocess.run(
        [sys.executable, "-m", "comitia.web.erasing", member],
        env={**os.environ, "COMITIA_HOME": str(home.resolve())},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in (0, 3):
        raise NotErased(f"the account of {member} on the pages is still there: {done.stderr.strip().splitlines()[-1]}")
    return "account and sessions" if done.returncode == 0 else "she had no account"
