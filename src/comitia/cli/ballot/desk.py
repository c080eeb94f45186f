"""Where a step of a ballot is done: at the clerk's own folder, or on another machine with an exported record.

At the clerk's folder an act is handed in at once. With a record it is written into files for ``comitia act``: what a
voter keeps secret never comes near the clerk.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from comitia.clerk import verification
from comitia.clerk.clerk import Clerk
from comitia.cli import bar
from comitia.federation import acts, moment
from comitia.federation.state import Ballot, State

HomeOption = Annotated[Path, typer.Option(help="the federation's folder, on the clerk's machine")]
RecordOption = Annotated[
    Path | None, typer.Option(help="an exported record instead: nothing is handed in, acts are written to --out")
]
OutOption = Annotated[Path | None, typer.Option(help="with --record: where the act is written, for `comitia act`")]
AtOption = Annotated[str, typer.Option(help="the moment of the act, 2026-11-27T10:00:00Z; now if left out")]
ByOption = Annotated[str, typer.Option(help="the member who does it, m-0001")]


class DeskFault(Exception):
    """A step cannot be done as it was asked for; says what to do."""


@dataclass
class Desk:
    """The state that a step starts from, and where its acts go."""

    state: State
    now: str
    clerk: Clerk | None
    out: Path | None
    at: str
    said: list[str] = field(default_factory=list)

    def ballot(self, name: str) -> Ballot:
        """Return a ballot.

        Raises:
            DeskFault: there is none of that name.
        """
        found = self.state.ballots.get(name)
        if found is None:
            sealed = [of.id for of in self.state.ballots.values() if of.sealed is not None]
            raise DeskFault(
                f"there is no ballot {name!r}; sealed ballots of this record: {', '.join(sealed) or 'none'}"
            )
        return found

    def hand(self, made: Sequence[acts.AnyAct], blobs: Mapping[str, bytes] | None = None) -> str:
        """Hand acts in, all or none, or write them down; return where they are."""
        stamped = [msgspec.structs.replace(act, at=self.at) for act in made]
        if self.clerk is not None:
            taken = self.clerk.submit_all(stamped, blobs=blobs)
            return f"act {taken[0]}" if len(taken) == 1 else f"acts {taken[0]} to {taken[-1]}"
        if self.out is None:
            raise DeskFault("with --record say --out FILE: where the act is to be written")
        if len(stamped) != 1:
            raise DeskFault(
                "with --record one act is written at a time; this is a step for the clerk's folder (--home)"
            )
        fields = msgspec.to_builtins(stamped[0])
        if not self.at:
            del fields["at"]
        keep(self.out, msgspec.json.format(msgspec.json.encode(fields), indent=1).decode() + "\n", mode=0o644)
        for name, body in (blobs or {}).items():
            keep(self.out.with_name(name), body.decode("ascii"), mode=0o644)
        with_blobs = "".join(f" --blob {self.out.with_name(name)}" for name in blobs or {})
        return f"{self.out}; the clerk takes it by: comitia act {self.out}{with_blobs}"


@contextmanager
def desk(home: Path, record: Path | None, out: Path | None = None, at: str = "") -> Iterator[Desk]:
    """Open the clerk's folder, or verify a record and stand on what it says.

    Raises:
        NoFederation, DoesNotHold: neither can be read.
        DeskFault: the moment is none.
    """
    if at:
        moment.check_moment(at)
    if record is None:
        if out is not None:
            raise DeskFault("--out goes with --record; at the clerk's folder acts are handed in at once")
        with Clerk.open(home) as clerk:
            yield Desk(clerk.federation.state, at or clerk.now(), clerk, None, at)
        return
    with bar.shown(hidden=False) as say:
        state = verification.verify(record, progress=say).federation.state
    yield Desk(state, at or moment.format(datetime.now(UTC)), None, out, at)


def keep(path: Path, text: str, *, mode: int = 0o600) -> None:
    """Write a new file that is there for good when this returns.

    Raises:
        DeskFault: there is one of that name, or it cannot be written.
    """
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise DeskFault(f"{path} is there already, and may be the only copy of a secret; name another file") from None
    except OSError as fault:
        raise DeskFault(f"{path} cannot be written: {fault.strerror}") from fault


def replace(path: Path, text: str) -> None:
    """Put a new text in the place of a secret file's, whole or not at all."""
    partial = path.with_name(path.name + ".partial")
    partial.unlink(missing_ok=True)
    keep(partial, text)
    partial.replace(path)


def read(path: Path) -> str:
    """Return the text of a file.

    Raises:
        DeskFault: it cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8")
    except OSError as fault:
        raise DeskFault(f"{path} cannot be read: {fault.strerror}") from fault
    except UnicodeDecodeError as fault:
        raise DeskFault(f"{path} holds no text: {fault}") from fault
