"""Where a sealed ballot stands, for anyone: keys given, tokens asked for, ballots cast; and what it waits for."""

import json
from pathlib import Path
from typing import Annotated

import typer

from comitia.cli.ballot.desk import HomeOption, RecordOption, desk
from comitia.cli.ballot.office import BallotArgument
from comitia.federation import sealing
from comitia.federation.state import Ballot


def show(
    ballot: BallotArgument,
    home: HomeOption = Path("home"),
    record: RecordOption = None,
    json_: Annotated[bool, typer.Option("--json", help="print a machine-readable answer")] = False,
) -> None:
    """Show where a sealed ballot stands and what it waits for."""
    with desk(home, record) as on:
        of = on.ballot(ballot)
        found, waits = _facts(of), _waits(of, on.now)
    if json_:
        typer.echo(json.dumps(found | {"waits_for": waits}))
        return
    width = max(map(len, found))
    for name, value in found.items():
        typer.echo(f"{name.replace('_', ' '):<{width}}  {value if not isinstance(value, list) else ', '.join(value)}")
    typer.echo(f"{'waits for':<{width}}  {waits or 'nothing'}")


def _facts(of: Ballot) -> dict[str, object]:
    to = sealing.sealed(of)
    on = to.course
    return {
        "ballot": of.id,
        "electors": len(of.electorate),
        "asking_from": of.opens_at,
        "asking_until": sealing.requests_until(of),
        "casting_from": sealing.casts_from(of),
        "closes": of.closes_at,
        "issuers": sorted(body for body, _ in to.issuers.values()),
        "tellers": [f"{member} of {body}" for member, (body, _) in to.tellers.items()],
        "needed_to_open": to.rule.needed,
        "boxes": sorted(to.boxes),
        "tokens_asked": len(on.requests) if on else 0,
        "tokens_answered": min(map(len, on.answered)) if on else 0,
        "ballots_sealed": len(on.last) if on else 0,
        "papers": len(of.voted),
        "voids": len(on.voids) if on else 0,
        "keys_revealed": len(on.revealed) if on else 0,
        "published": of.published,
    }


def _waits(of: Ballot, now: str) -> str:
    to = sealing.sealed(of)
    if of.published:
        return ""
    if to.course is None:
        missing = [kind for kind in to.rule.issuers if kind not in to.issuers]
        left = to.rule.number - len(to.tellers)
        if missing or left:
            return f"keys: issuers {', '.join(missing) or 'none'}, tellers {left}"
        return "an elector who fixes the keys (comitia ballot seal)"
    if now < of.closes_at:
        owed = sum(len(to.course.requests) - len(done) for done in to.course.answered)
        return f"voters, and {owed} answers of issuers" if owed else "voters"
    more = to.rule.needed - len(to.course.revealed)
    return f"the keys of {more} tellers" if more > 0 else "the count"
