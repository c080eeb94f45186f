"""Forty workplaces and two thousand members begin, elect and decide, without any plan."""

import subprocess
import sys
from pathlib import Path

import pytest
from small_server import SmallServer

from comitia.clerk.clerk import Clerk, blob_hash
from comitia.clerk.verification import verify
from comitia.federation import acts, moment, standing

TRADES = ("growers", "bakers", "drivers", "carers", "smiths")
PLACES = ("hill", "river", "stone", "field")


class Later:
    """A clock of the test's own."""

    def __init__(self) -> None:
        self.at = ""

    def __call__(self) -> str:
        return self.at


def comitia(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the command line."""
    return subprocess.run([sys.executable, "-m", "comitia", *words], capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("forty")
    bodies = ["roll,id,name,within", "district,north,North,", "district,south,South,"]
    bodies += [f"workplace,w-{n},Workplace {n},district/{'north' if n % 2 else 'south'}" for n in range(40)]
    bodies += [f"trade,{t},{t.title()}," for t in TRADES] + [f"locality,{p},{p.title()},district/north" for p in PLACES]
    members = ["name,contact,workplace,trade,locality"]
    members += [f"Person {n},,w-{n % 40},{TRADES[n % 5]},{PLACES[n // 7 % 4]}" for n in range(2000)]
    (folder / "bodies.csv").write_text("\n".join(bodies) + "\n")
    (folder / "members.csv").write_text("\n".join(members) + "\n")
    done = comitia(
        "new",
        "--home",
        str(folder / "home"),
        "--name",
        "Forty",
        "--members",
        str(folder / "members.csv"),
        "--bodies",
        str(folder / "bodies.csv"),
        "--charter",
        "co-op-federation",
        "--founders",
        "m-0001,m-0002,m-0003",
        "--carry-over",
        "secretary:1=m-0004",
        "--zone",
        "Europe/Vienna",
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(
        "Forty: 2000 members, 40 workplaces, 5 trades, 4 localities, 2 districts; 3 founders;"
    )
    return folder / "home"


def elect(clerk: Clerk, clock: Later, wanted: list[tuple[str, str]]) -> None:
    """Hold elections of (body, constituency) side by side, in which every elector votes."""
    state = clerk.federation.state
    nominations = moment.after(clock.at, days=7)
    closes = moment.after(nominations, days=7)
    named: dict[str, list[str]] = {}
    for body, constituency in wanted:
        electorate = sorted(standing.electors(state, constituency, clock.at))
        election = f"e-{len(state.elections)}"
        opened = acts.ElectionOpened(
            at=clock.at,
            by=electorate[0],
            body=body,
            election=election,
            constituency=constituency,
            vacant_only=False,
            nominations_until=nominations,
            closes_at=closes,
            lot=clerk.lot(election),
        )
        clerk.submit(opened)
        # Nobody sits in both houses: the unions' delegates are taken from the other end of the roll.
        order = electorate[::-1] if body == "unions-house" else electorate
        named[election] = order[: len(state.elections[election].seats) + 1]
        clerk.submit_all(
            [acts.CandidateNominated(at=clock.at, by=c, election=election, candidate=c) for c in named[election]]
        )
    clock.at = nominations
    votes: list[tuple[acts.VoteTaken, object]] = []
    for election, candidates in named.items():
        for n, m in enumerate(sorted(state.ballots[election].electorate)):
            vote = acts.VoteTaken(at=clock.at, by=m, ballot=election, member=m)
            votes.append((vote, candidates[n % len(candidates) :]))
    clerk.vote_all(votes)
    clock.at = closes
    for election in named:
        clerk.publish(election)


def test_they_elect_both_houses_and_decide_a_motion_without_any_plan(home: Path) -> None:
    clock = Later()
    clock.at = moment.after(Clerk.open(home).now(), days=1)
    with Clerk.open(home, time=clock) as clerk:
        state = clerk.federation.state
        houses = [("committees-house", f"assembly/w-{n}") for n in range(40)]
        houses += [("unions-house", f"trade-assembly/{trade}") for trade in TRADES]
        elect(clerk, clock, [*houses, ("committee/w-3", "assembly/w-3")])
        assert len(standing.filled(state, "committees-house", clock.at)) == 120
        assert len(standing.filled(state, "unions-house", clock.at)) == 100
        assert len(standing.filled(state, "committee/w-3", clock.at)) == 5

        mover = standing.filled(state, "committees-house", clock.at)[0].member
        text = b"Each member pays two hours to the common fund.\n"
        clerk.submit(
            acts.MotionMoved(
                at=clock.at,
                by=mover,
                body="committees-house",
                motion="fund",
                matter="levies",
                title="Common fund",
                text=blob_hash(text),
            ),
            blobs={blob_hash(text): text},
        )
        clock.at = moment.after(clock.at, days=7)
        closes = moment.after(clock.at, days=5)
        clerk.submit(acts.DivisionOpened(at=clock.at, by=mover, motion="fund", closes_at=closes))
        clerk.submit_all(
            [
                acts.VoteCast(at=clock.at, by=t.member, body=house, motion="fund", seat=t.seat, choice="for")
                for house in ("committees-house", "unions-house")
                for t in standing.filled(state, house, clock.at)
            ]
        )
        clock.at = closes
        clerk.submit(acts.DivisionClosed(at=clock.at, by="clerk", motion="fund"))
        assert state.motions["fund"].outcome == "carried"
        assert state.seasons == {}
        out = home.parent / "export"
        clerk.export(out)

    assert verify(out).size == state.size


def test_a_second_federation_in_the_same_folder_is_refused_and_the_first_is_left(home: Path) -> None:
    folder = home.parent
    again = comitia(
        "new", "--home", str(home), "--name", "Again", "--members", str(folder / "members.csv"), "--bodies",
        str(folder / "bodies.csv"), "--charter", "co-op-federation", "--founders", "m-0001,m-0002,m-0003",
    )  # fmt: skip

    assert (again.returncode, "holds a federation already" in again.stderr) == (1, True)
    with Clerk.open(home) as clerk:
        assert clerk.federation.state.name == "Forty"


def test_a_dry_run_writes_nothing(home: Path, tmp_path: Path) -> None:
    folder = home.parent
    done = comitia(
        "new",
        "--home",
        str(tmp_path / "dry"),
        "--name",
        "Dry",
        "--members",
        str(folder / "members.csv"),
        "--bodies",
        str(folder / "bodies.csv"),
        "--charter",
        "co-op-federation",
        "--founders",
        "m-0001,m-0002,m-0003",
        "--dry-run",
    )

    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "Dry run: nothing was written.")
    assert not (tmp_path / "dry").exists()


def test_invitations_lie_in_the_outbox_where_no_server_is_named(home: Path) -> None:
    done = comitia("invite", "--home", str(home), "--member", "m-0005", "--by", "print")
    number, name, link = done.stdout.strip().split("\t")

    assert (number, name, link.startswith("http://localhost:8000/join/")) == ("m-0005", "Person 4", True)


def test_mailed_invitations_come_from_the_sender_that_the_settings_name(tmp_path: Path) -> None:
    (tmp_path / "bodies.csv").write_text("roll,id,name,within\nworkplace,w,W,\ntrade,t,T,\nlocality,p,P,\n")
    rows = "".join(f"Person {n},p{n}@x.example,w,t,p\n" for n in range(3))
    (tmp_path / "members.csv").write_text("name,contact,workplace,trade,locality\n" + rows)
    home = tmp_path / "home"
    tables = ("--members", str(tmp_path / "members.csv"), "--bodies", str(tmp_path / "bodies.csv"))
    founders = ("--charter", "co-op-federation", "--founders", "m-0001,m-0002,m-0003")
    assert comitia("new", "--home", str(home), "--name", "Mailed", *tables, *founders).returncode == 0
    with SmallServer() as server:
        (home / "mail.toml").write_text(
            f'host = "127.0.0.1"\nport = {server.port}\nsender = "office@x.example"\nsecurity = "none"\n'
        )
        done = comitia("invite", "--home", str(home), "--by", "mail")

    assert (done.returncode, done.stdout) == (0, "3 links mailed\n")
    assert [line for m in server.taken for line in m.splitlines() if line.startswith("From:")] == [
        "From: office@x.example"
    ] * 3
