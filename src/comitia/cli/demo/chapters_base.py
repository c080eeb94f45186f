"""The first chapters: the founding, the elections at the base, the numbers that their owners declare."""

import csv
import io

from comitia.clerk.clerk import blob_hash
from comitia.clerk.people import commitment
from comitia.cli.demo import cast as people
from comitia.cli.demo.cast import Cast, Paper
from comitia.cli.demo.telling import SEASON, Say, Told
from comitia.cli.demo.valley import Declaration, Row, Valley, declarations
from comitia.federation import acts, moment, standing


def found(cast: Cast, valley: Valley, charter: str, tell: Say, told: Told) -> None:
    """The founding: charter, groups, members, officers carried over."""
    clerk = cast.clerk
    text = charter.encode()
    persons = clerk.people.add_all([(m["member"], m["name"], "") for m in valley.members])
    founders = tuple(m["member"] for m in valley.members[:12])
    made: list[acts.AnyAct] = [
        acts.FederationFounded(
            at=cast.at,
            by=founders[0],
            name="Valley Federation (invented)",
            zone="Europe/Vienna",
            charter=blob_hash(text),
            vkey=clerk.vkey,
            founders=founders,
        )
    ]
    for g in valley.groups:
        made.append(
            acts.GroupRegistered(
                at=cast.at, by=founders[0], roll=g["roll"], group=g["id"], name=g["name"], within=g["within"]
            )
        )
    for m, p in zip(valley.members, persons, strict=True):
        groups = {roll: m[roll] for roll in ("workplace", "trade", "locality")}
        made.append(
            acts.MemberJoined(
                at=cast.at,
                by=founders[0],
                member=m["member"],
                commitment=commitment(p.name, p.contact, p.salt),
                groups=groups,
            )
        )
    clerk.submit_all(made, blobs={blob_hash(text): text})
    clerk.submit(acts.OfficerCarriedOver(at=cast.at, by=founders[0], seat="secretary:1", member=founders[1]))
    told.secretary = founders[1]
    state = clerk.federation.state
    tell(
        f"{len(state.members)} members of {sum(r == 'workplace' for r, _ in state.groups)} workplaces, "
        f"{sum(r == 'trade' for r, _ in state.groups)} trades and {sum(r == 'locality' for r, _ in state.groups)} "
        f"localities "
        f"found the federation under a charter of {len(standing.charter(state).articles)} articles. The old "
        f"secretary is carried over."
    )


def elections(cast: Cast, valley: Valley, charter: str, tell: Say, told: Told) -> None:
    """The base elects committees, unions, councils, and delegates; the congress elects its officers."""
    state = cast.clerk.federation.state

    def constituencies(*kinds: str) -> list[tuple[str, str]]:
        found = []
        for body in standing.bodies(state):
            if body.kind.id in kinds:
                for constituency in dict.fromkeys(s.constituency for s in standing.seats(state, body.id)):
                    found.append((body.id, constituency))
        return found

    rounds = (
        constituencies("committee", "union", "council", "committees-house"),
        constituencies("unions-house", "district"),
        constituencies("councils-conference"),
        constituencies("board"),
        constituencies("secretary", "tellers"),
    )
    held = [people.elect(cast, wanted) for wanted in rounds]
    votes = sum(len(state.ballots[e].voted) for ids in held for e in ids)
    tell(
        f"{sum(map(len, held))} elections, {votes} secret votes: 12 committees, 6 unions, 4 councils, and delegates to "
        f"{len(standing.filled(state, 'committees-house', cast.at))} seats of the committees' house and "
        f"{len(standing.filled(state, 'unions-house', cast.at))} of the unions' house. No act links a member to a "
        f"choice."
    )
    told.secretary = standing.filled(state, "secretary", cast.at)[0].member


def declare(cast: Cast, valley: Valley, charter: str, tell: Say, told: Told) -> None:
    """The board opens the season; every body declares its own numbers; the houses adopt the claims."""
    state = cast.clerk.federation.state
    board = standing.filled(state, "board", cast.at)[0].member
    until = moment.after(cast.at, days=42)
    cast.clerk.submit(
        acts.SeasonOpened(
            at=cast.at,
            by=board,
            body="board",
            season=SEASON,
            name="Spring season",
            declarations_until=until,
            ends_at=moment.after(until, days=91),
        )
    )
    number = declare_rows(cast, declarations(valley, valley.declared))
    claims = _table(valley.declared["claims"], ("council", "hours"))
    people.move(
        cast,
        Paper(
            cast.name("claims"),
            "claims",
            "The claims of the localities",
            "Each locality's claim, by the number of its members.\n",
            SEASON,
            claims,
        ),
        by=board,
        body="board",
    )
    sentence = people.divide(cast, "claims-1", {})
    season = state.seasons[SEASON]
    owners = {f.body for table in season.figures.values() for f in table.values()}
    tell(f"The board opens the spring season. {len(owners)} bodies declare {number} numbers, each its own.")
    tell(f"Claims: {sentence}")


def declare_rows(cast: Cast, wanted: list[Declaration]) -> int:
    """Let each body declare its rows, by one who sits in it; return how many rows."""
    state = cast.clerk.federation.state
    made: list[acts.AnyAct] = []
    for said in wanted:
        by = standing.filled(state, said.body, cast.at)[0].member
        made.append(
            acts.FiguresDeclared(at=cast.at, by=by, body=said.body, season=SEASON, file=said.file, rows=said.rows)
        )
    cast.clerk.submit_all(made)
    return sum(len(said.rows) for said in wanted)


def _table(rows: tuple[Row, ...], columns: tuple[str, ...]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row[c] for c in columns] for row in rows)
    return out.getvalue().encode()
