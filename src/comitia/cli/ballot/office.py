"""What issuers, tellers, the keepers of boxes and the clerk do in a sealed ballot."""

from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from comitia.clerk import sealed_drafting as drafting
from comitia.clerk.box import Box
from comitia.cli.ballot.desk import (
    AtOption,
    ByOption,
    Desk,
    DeskFault,
    HomeOption,
    OutOption,
    RecordOption,
    desk,
    keep,
    read,
)
from comitia.federation import acts, sealing
from comitia.federation.state import Ballot
from comitia.record import wallet

BallotArgument = Annotated[str, typer.Argument(help="the ballot's id")]
BodyOption = Annotated[str, typer.Option(help="the body for which she acts; found if left out")]
BoxOption = Annotated[Path, typer.Option("--box", help="the folder of the ballot box")]


class Role(StrEnum):
    """What a key is for."""

    ISSUER = "issuer"
    TELLER = "teller"
    BOX = "box"


def key(
    ballot: BallotArgument,
    by: ByOption,
    role: Annotated[Role, typer.Option("--as", help="what the key is for")],
    file: Annotated[Path, typer.Option("--keep", help="a new file for the secret, or a new folder for a box")],
    body: BodyOption = "",
    home: HomeOption = Path("home"),
    record: RecordOption = None,
    out: OutOption = None,
    at: AtOption = "",
) -> None:
    """Make a fresh key for this ballot, keep the secret half in a file, give the public half to the record."""
    with desk(home, record, out, at) as on:
        of = on.ballot(ballot)
        body = body or drafting.body_for(on.state, of, role, by, on.now)
        made = _made(of, by, body, role, file)
        try:
            where = on.hand([made])
        except Exception:
            _forget(file)
            raise
    typer.echo(f"{by} gave the key of {'an issuer' if role is Role.ISSUER else f'a {role}'} for {body}: {where}")
    typer.echo(f"The secret half is in {file}: nobody else may read it, and without it this step cannot be finished.")


def _made(of: Ballot, by: str, body: str, role: Role, file: Path) -> acts.BallotKeyGiven:
    match role:
        case Role.ISSUER:
            issuing = wallet.issuing_key()
            keep(file, wallet.issuer_text(of.id, issuing))
            return drafting.issuer_key(of, by, body, issuing)
        case Role.TELLER:
            private = wallet.teller_key()
            keep(file, wallet.teller_text(of.id, private))
            return drafting.teller_key(of, by, body, private)
        case Role.BOX:
            box = Box.make(file)
            return acts.BallotKeyGiven(at="", by=by, body=body, ballot=of.id, role="box", key=box.key)


def _forget(path: Path) -> None:
    """Throw away a secret whose public half was refused."""
    if path.is_dir():
        (path / "key").unlink()
        (path / "casts").rmdir()
        path.rmdir()
    else:
        path.unlink(missing_ok=True)


def seal(
    ballot: BallotArgument,
    by: ByOption,
    home: HomeOption = Path("home"),
    record: RecordOption = None,
    out: OutOption = None,
    at: AtOption = "",
) -> None:
    """Fix the keys once all are given; from now on voters ask for tokens."""
    with desk(home, record, out, at) as on:
        of = on.ballot(ballot)
        where = on.hand([drafting.fixing(of, by)])
        to = sealing.sealed(of)
        typer.echo(f"The keys of {ballot} are fixed: {where}")
        typer.echo(
            f"Tokens are asked for from {of.opens_at} to {sealing.requests_until(of)}; sealed choices are published "
            f"from {sealing.casts_from(of)} to {of.closes_at}; {to.rule.needed} of {to.rule.number} tellers open them."
        )


def answer(
    ballot: BallotArgument,
    by: ByOption,
    file: Annotated[Path, typer.Option("--key", help="the issuer's secret file")],
    body: BodyOption = "",
    home: HomeOption = Path("home"),
    at: AtOption = "",
) -> None:
    """Answer every request that waits for this issuer with a blind signature."""
    with desk(home, None, None, at) as on:
        of = on.ballot(ballot)
        body = body or _issuing_body(on, of, by)
        made = drafting.answering(of, by, body, wallet.issuer_of(read(file), ballot))
        if not made:
            typer.echo(f"No request of {ballot} waits for {body}.")
            return
        where = on.hand(made)
    typer.echo(f"{body} answered {len(made)} {'request' if len(made) == 1 else 'requests'}: {where}")


def _issuing_body(on: Desk, of: Ballot, by: str) -> str:
    given = {body for body, _ in sealing.sealed(of).issuers.values()}
    from_hers = [body for body in given if body == drafting.body_for(on.state, of, "issuer", by, on.now)]
    if not from_hers:
        raise DeskFault(f"say --body: {by} sits in none of {', '.join(sorted(given)) or 'the issuers'}, or in several")
    return from_hers[0]


def publish(
    ballot: BallotArgument,
    by: ByOption,
    box: BoxOption,
    body: BodyOption = "",
    home: HomeOption = Path("home"),
    record: RecordOption = None,
    out: OutOption = None,
    at: AtOption = "",
) -> None:
    """Publish what waits in a box as one batch, sorted by hash, then throw away what is on the record."""
    with desk(home, record, out, at) as on:
        of = on.ballot(ballot)
        held = Box(box)
        waiting = held.lines()
        lines = drafting.fresh(of, waiting)
        if lines:
            body = body or drafting.body_for(on.state, of, "box", by, on.now)
            act, blob = drafting.batch(of, by, body, lines)
            where = on.hand([act], {act.casts: blob})
            typer.echo(f"{len(lines)} sealed {'ballot' if len(lines) == 1 else 'ballots'} published: {where}")
        else:
            typer.echo(f"Nothing waits in {box} that the record has not.")
        if on.clerk is not None:
            held.empty(waiting)


def reveal(
    ballot: BallotArgument,
    by: ByOption,
    file: Annotated[Path, typer.Option("--key", help="the teller's secret file")],
    home: HomeOption = Path("home"),
    record: RecordOption = None,
    out: OutOption = None,
    at: AtOption = "",
) -> None:
    """After the close, publish a teller's private key of this ballot."""
    with desk(home, record, out, at) as on:
        of = on.ballot(ballot)
        where = on.hand([drafting.revealing(of, by, wallet.teller_of(read(file), ballot))])
        if on.clerk is not None:
            to = sealing.sealed(of)
            have = len(sealing.course(of).revealed)
            left = f"{to.rule.needed - have} more needed" if have < to.rule.needed else "the ballot can be counted"
            where += f"; {have} of {to.rule.number} keys are open, {left}"
    typer.echo(f"{by} revealed her key: {where}")


def count(ballot: BallotArgument, home: HomeOption = Path("home"), at: AtOption = "") -> None:
    """Open the seals, publish the choices with those on paper, and count."""
    with desk(home, None, None, at) as on:
        of = on.ballot(ballot)
        if on.clerk is None:
            raise DeskFault("a count is published at the clerk's folder; give --home")
        index = on.clerk.publish(ballot, at=at)
        spoilt = f", {of.sealed.spoilt} spoilt" if of.sealed is not None and of.sealed.spoilt else ""
        lines = on.state.blobs[of.published].decode("ascii").splitlines()
        typer.echo(
            f"{len(lines)} {'choice' if len(lines) == 1 else 'choices'} published and counted{spoilt}: act {index}"
        )
        for line, number in sorted(Counter(lines).items(), key=lambda pair: (-pair[1], pair[0])):
            typer.echo(f"  {number} x {line}")


def publish_void(
    ballot: BallotArgument,
    file: Annotated[Path, typer.Argument(help="what `comitia ballot void` wrote")],
    by: ByOption,
    body: Annotated[str, typer.Option(help="the body for which she acts")] = "",
    home: HomeOption = Path("home"),
    at: AtOption = "",
) -> None:
    """Publish a void for a voter who is not named."""
    try:
        found = msgspec.json.decode(read(file), type=acts.TokenVoided)
    except msgspec.DecodeError as fault:
        raise DeskFault(f"{file} is no void: {fault}") from None
    with desk(home, None, None, at) as on:
        of = on.ballot(ballot)
        where = on.hand([drafting.voiding(of, by, body, drafting.void_of(found))])
    typer.echo(f"A token of {ballot} is void: {where}")


def repeat(
    ballot: BallotArgument,
    by: ByOption,
    closes: Annotated[str, typer.Option(help="the new close, as long after now as the first time or longer")],
    home: HomeOption = Path("home"),
    record: RecordOption = None,
    out: OutOption = None,
    at: AtOption = "",
) -> None:
    """Hold a ballot again that could not be opened: new keys, new tokens, the same electors."""
    with desk(home, record, out, at) as on:
        of = on.ballot(ballot)
        where = on.hand([acts.BallotRepeated(at="", by=by, ballot=of.id, closes_at=closes)])
    typer.echo(f"{ballot} is held again until {closes}, with new keys: {where}")
