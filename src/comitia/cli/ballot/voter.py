"""What a voter does in a sealed ballot: ask, cast, look up her own, make a token void."""

import hashlib
import json
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from comitia.clerk import sealed_drafting as drafting
from comitia.clerk.box import Box
from comitia.cli.ballot.desk import (
    AtOption,
    ByOption,
    DeskFault,
    HomeOption,
    OutOption,
    RecordOption,
    desk,
    keep,
    read,
    replace,
)
from comitia.cli.ballot.office import BallotArgument
from comitia.federation import ballots, sealing
from comitia.federation.state import Ballot, State
from comitia.record import casts, ed25519, promise, wallet
from comitia.record.seal import SealFault

WalletOption = Annotated[Path, typer.Option("--wallet", help="the voter's secret file of this ballot")]


def ask(
    ballot: BallotArgument,
    by: ByOption,
    file: WalletOption,
    home: HomeOption = Path("home"),
    record: RecordOption = None,
    out: OutOption = None,
    at: AtOption = "",
) -> None:
    """Make a one-time key, keep it in a new file, and ask every issuer to sign it blindly."""
    with desk(home, record, out, at) as on:
        of = on.ballot(ballot)
        hers = wallet.wallet(of.id, sealing.course(of).ballot)
        keep(file, wallet.voter_text(hers))
        try:
            where = on.hand([drafting.request(of, by, hers)])
        except Exception:
            file.unlink()
            raise
        begins = sealing.casts_from(of)
    typer.echo(f"{by} asked for a token: {where}")
    typer.echo(f"{file} votes for you: nobody else may read it. When the issuers have answered, cast from {begins} on.")


def cast(
    ballot: BallotArgument,
    choice: Annotated[str, typer.Argument(help="for, against, abstain; or numbers by preference: m-0002,m-0001")],
    by: ByOption,
    file: WalletOption,
    box: Annotated[list[Path], typer.Option("--box", help="a ballot box's folder; may be given more than once")],
    home: HomeOption = Path("home"),
    record: RecordOption = None,
    at: AtOption = "",
) -> None:
    """Seal a choice and put it into a box. Cast again to change it: the last one counts."""
    with desk(home, record, None, at) as on:
        of = on.ballot(ballot)
        line = _line(on.state, of, choice)
        hers = wallet.voter_of(read(file), ballot)
        begins = sealing.casts_from(of)
        if not begins <= on.now < of.closes_at:
            raise DeskFault(f"choices of {ballot} are cast from {begins} to {of.closes_at}; it is {on.now}")
        keys, answers = sealing.course(of).ballot, drafting.answers(of, by)
    try:
        after, made = wallet.cast(hers, keys, answers, line)
    except SealFault as fault:
        raise DeskFault(f"this choice is too long for the ballot: {fault}") from None
    boxes = [Box(path) for path in box]
    # The file first: a revision is used once, whatever happens to this one.
    replace(file, wallet.voter_text(after))
    body = casts.line_of(made)
    typer.echo(f"sealed as revision {after.revision}: {hashlib.sha256(body).hexdigest()}")
    for number, held in enumerate(boxes, start=1):
        given = held.take(keys, body)
        kept = file.with_name(f"{file.name}.promise-{after.revision}" + (f"-{number}" if len(boxes) > 1 else ""))
        keep(kept, promise.text_of(given).decode("ascii"))
        typer.echo(f"{held.path} took it and promises to publish it: {kept}")


def _line(state: State, of: Ballot, choice: str) -> bytes:
    """Return the line of a choice that the ballot offers, from what was typed."""
    made: object
    if choice.startswith("["):
        try:
            made = json.loads(choice)
        except ValueError as fault:
            raise DeskFault(f"this choice is no list: {fault}") from None
    elif ballots.paper(state, of).rule is None:
        made = choice
    else:
        made = [name.strip() for name in choice.split(",") if name.strip()]
    ballots.check_choice(state, of, made)
    return ballots.line_of(made)


def mine(
    ballot: BallotArgument,
    file: WalletOption,
    home: HomeOption = Path("home"),
    record: RecordOption = None,
    json_: Annotated[bool, typer.Option("--json", help="print a machine-readable answer")] = False,
) -> None:
    """Look up one's own ballot on the record, from whatever machine one trusts: is it there, and how does it open?"""
    with desk(home, record) as on:
        of = on.ballot(ballot)
        hers = wallet.voter_of(read(file), ballot)
        course = sealing.course(of)
        found = drafting.cast_on_record(of, hers.asking.voter)
        opened = None
        if found is not None and len(course.revealed) >= course.ballot.terms.needed:
            try:
                opened = course.opened(found).decode("utf-8", "replace")
            except SealFault as fault:
                opened = f"spoilt: {fault}"
    revision = found.revision if found is not None else None
    if json_:
        answer = {"key": hers.asking.voter.hex(), "revision": revision, "sealed": hers.revision, "choice": opened}
        typer.echo(json.dumps(answer))
        return
    typer.echo(f"one-time key  {hers.asking.voter.hex()}")
    typer.echo(f"sealed        {hers.revision} times")
    typer.echo(f"on the record {'nothing' if revision is None else f'revision {revision}'}")
    typer.echo(f"opens as      {opened or 'not open yet'}")
    if revision != (hers.revision or None):
        typer.echo("What you sealed last is not on the record yet; after the close, show the promise of the box.")
        raise typer.Exit(1)


def void(
    ballot: BallotArgument,
    by: ByOption,
    file: WalletOption,
    out: Annotated[
        Path, typer.Option(help="a new file, to be handed to whoever publishes voids; it does not name you")
    ],
    home: HomeOption = Path("home"),
    record: RecordOption = None,
) -> None:
    """Make one's token void after the close, if one cast nothing: so nobody else can have used it."""
    with desk(home, record) as on:
        of = on.ballot(ballot)
        hers = wallet.voter_of(read(file), ballot)
        made = wallet.void(hers, sealing.course(of).ballot, drafting.answers(of, by))
        act = drafting.voiding(of, "", "", made)
    keep(out, msgspec.json.format(msgspec.json.encode(act), indent=1).decode() + "\n", mode=0o644)
    typer.echo(f"{out} makes your token void and says nothing of you; let somebody publish it who publishes for many.")


def promised(
    ballot: BallotArgument,
    file: Annotated[Path, typer.Argument(help="the promise of a box")],
    home: HomeOption = Path("home"),
    record: RecordOption = None,
) -> None:
    """Check a box's promise against the record. Exit 0 kept or still open, 1 broken or none of this ballot."""
    given = promise.parse(read(file).encode())
    with desk(home, record) as on:
        of = on.ballot(ballot)
        keys = sealing.course(of).ballot
        whose, kept = drafting.keeper(of, given), drafting.is_kept(of, given)
        closed, closes = on.now >= of.closes_at, of.closes_at
    try:
        promise.check(given)
    except ed25519.BadSignature as fault:
        typer.echo(f"this is no promise: {fault}")
        raise typer.Exit(1) from None
    if given.ballot != keys.leaf_hash or whose is None:
        typer.echo(f"this is no promise of a box of {ballot}")
        raise typer.Exit(1)
    if kept:
        typer.echo(f"kept: the ballot that the box of {whose} promised is on the record")
    elif not closed:
        typer.echo(f"open: the box of {whose} has until {closes}; put the ballot into another box to be sure")
    else:
        typer.echo(f"broken: the box of {whose} promised this ballot, and the record does not have it")
        raise typer.Exit(1)
