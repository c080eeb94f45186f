"""``comitia verify``: an exported record checked offline. Loads no store and no solver."""

import json
import os
from pathlib import Path
from typing import Annotated

import typer

from comitia.clerk.verification import DoesNotHold, Verified, verify as verified
from comitia.cli import bar
from comitia.federation import decisions, minutes as made
from comitia.record import cosignature, note, policy as policies


class NotReadable(Exception):
    """A file that was given cannot be read."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path} cannot be read: {reason}")


def verify(
    record: Annotated[Path, typer.Argument(help="an exported record: a folder, or a .zip")],
    key: Annotated[str | None, typer.Option(help="the verification key (vkey) that you trust")] = None,
    policy: Annotated[Path | None, typer.Option(help="the file that says whose signatures you trust")] = None,
    since: Annotated[Path | None, typer.Option(help="an older checkpoint that this record must continue")] = None,
    minutes: Annotated[Path | None, typer.Option(help="minutes that must say what the acts say, line by line")] = None,
    home: Annotated[Path | None, typer.Option(help="not used: a record is verified from its files alone")] = None,
    json_: Annotated[bool, typer.Option("--json", help="print a machine-readable answer")] = False,
) -> None:
    """Check an exported record offline: every byte, the tree, the signature, and every act by the rule book."""
    if not record.exists():
        typer.echo(f"comitia verify: there is nothing at {record}; give the folder or .zip of an export", err=True)
        raise typer.Exit(2)
    if key is not None:
        try:
            note.parse_vkey(key)
        except note.NoteFault as fault:
            typer.echo(f"comitia verify: {fault}; a key reads like name+hash+key", err=True)
            raise typer.Exit(2) from None
    trusted = _policy(policy)
    with bar.shown(hidden=json_) as progress:
        try:
            found = verified(
                record, key=key, policy=trusted, since=_note(since), processes=os.cpu_count() or 1, progress=progress
            )
        except DoesNotHold as fault:
            _say_fault(fault, json_=json_)
            raise typer.Exit(1) from None
    if minutes is not None:
        try:
            made.check(found.federation.state, (_note(minutes) or b"").decode(errors="replace"))
        except made.NotSo as fault:
            _say_fault(DoesNotHold(str(minutes), str(fault)), json_=json_)
            raise typer.Exit(1) from None
    _say(found, json_=json_)


def _policy(path: Path | None) -> policies.Policy | None:
    if path is None:
        return None
    try:
        return policies.parse(path.read_bytes())
    except OSError as fault:
        raise NotReadable(path, fault.strerror or "unknown") from fault
    except policies.PolicyWrong as fault:
        typer.echo(f"comitia verify: {path}: {fault}", err=True)
        raise typer.Exit(2) from None


def _note(path: Path | None) -> bytes | None:
    if path is None:
        return None
    try:
        return path.read_bytes()
    except OSError as fault:
        raise NotReadable(path, fault.strerror or "unknown") from fault


def _say_fault(fault: DoesNotHold, *, json_: bool) -> None:
    if json_:
        typer.echo(json.dumps({"holds": False, "where": fault.where, "act": fault.act, "reason": fault.reason}))
    else:
        typer.echo(str(fault))


def _say(found: Verified, *, json_: bool) -> None:
    state = found.federation.state
    decided = decisions.decisions(state)
    if json_:
        answer = {
            "holds": True,
            "origin": found.origin,
            "acts": found.size,
            "root": found.root,
            "fingerprint": found.fingerprint,
            "trusted_key": found.trusted,
            "cosigned": dict(found.cosigned),
            "cosignatures": found.cosignatures,
            "key": state.vkey,
            "decisions": [
                {"sort": d.sort, "id": d.id, "act": d.act, "carried": d.decision.carried, "says": d.decision.sentence}
                for d in decided
            ],
        }
        typer.echo(json.dumps(answer))
        return
    typer.echo(f"holds: {found.size} acts of {state.name}")
    typer.echo(f"origin       {found.origin}\nfingerprint  {found.fingerprint}\nroot         {found.root}")
    for name, at in found.cosigned.items():
        typer.echo(f"witness      {name} cosigned it at {cosignature.moment_text(at)}")
    if found.cosignatures and not found.cosigned:
        typer.echo(f"cosignatures {found.cosignatures}, not checked: give --policy FILE")
    if not found.trusted:
        typer.echo("consistent in itself; compare this fingerprint with one from another body")
    carried = sum(one.decision.carried for one in decided)
    typer.echo(f"decided      {len(decided)} votes and elections, every sum computed again: {carried} carried")
    typer.echo(
        f"replayed     {len(state.members)} members, {len(state.ballots)} ballots, {len(state.motions)} motions, "
        f"{len(state.drafts)} plans with their certificates, {len(state.journal)} entries in the books"
    )
