"""Many threads and many processes at one record: one commit for all who wait, and nobody's act is lost."""

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import postgres_server
import psycopg
import pytest
from small import founded

from comitia.clerk import backup
from comitia.clerk.clerk import Clerk
from comitia.clerk.home import Home
from comitia.clerk.verification import verify
from comitia.federation import acts, moment
from comitia.federation.refusal import Refused
from comitia.record.canonical import NotCanonical
from comitia.record.store_faults import StoreLost

START = "2026-01-05T08:00:00Z"
THREE = ("m-0001", "m-0002", "m-0003")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str | None:
    return postgres_server.server().new_schema() if request.param == "postgresql" else None


@pytest.fixture
def on_postgres() -> str:
    return postgres_server.server().new_schema()


class Hands:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> str:
        return self.at


def opened(home: Path, database: str | None, clock: Hands | None = None) -> Clerk:
    """Return a clerk with a founded federation of 24 members."""
    clerk = Clerk.create(home, "small.example/log", time=clock or Hands(), database=database)
    small = founded(vkey=clerk.vkey)
    clerk.submit_all(small.done, blobs=small.blobs)
    return clerk


def current(name: str, at: str = "") -> acts.CurrentFormed:
    return acts.CurrentFormed(at=at, by="m-0001", current=name, name="C", members=THREE)


def at_once(number: int, work: object) -> list[BaseException]:
    """Run work(n) in as many threads at once and return what they raised."""
    raised: list[BaseException] = []
    together = threading.Barrier(number)

    def run(n: int) -> None:
        together.wait()
        try:
            work(n)  # type: ignore[operator]
        except Exception as fault:
            raised.append(fault)

    threads = [threading.Thread(target=run, args=(n,)) for n in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_threads_that_come_at_once_are_taken_in_together_and_each_gets_its_own_number(
    tmp_path: Path, database: str | None
) -> None:
    with opened(tmp_path / "home", database) as clerk:
        first = clerk.federation.state.size
        got: dict[int, int] = {}
        assert at_once(60, lambda n: got.__setitem__(n, clerk.submit(current(f"c-{n}")))) == []
        assert sorted(got.values()) == list(range(first, first + 60))
        assert {n: json.loads(clerk.leaf(index))["current"] for n, index in got.items()} == {
            n: f"c-{n}" for n in range(60)
        }


def test_all_members_who_cast_at_once_have_voted_once(tmp_path: Path, database: str | None) -> None:
    clock = Hands()
    with opened(tmp_path / "home", database, clock) as clerk:
        nominations = moment.after(START, days=7)
        clerk.submit(
            acts.ElectionOpened(
                at="",
                by="m-0003",
                body="committee/mill",
                election="e",
                constituency="assembly/mill",
                vacant_only=False,
                nominations_until=nominations,
                closes_at=moment.after(nominations, days=7),
                lot=clerk.lot("e"),
            )
        )
        for candidate in ("m-0003", "m-0006"):
            clerk.submit(acts.CandidateNominated(at="", by=candidate, election="e", candidate=candidate))
        clock.at = nominations
        voters = sorted(clerk.federation.state.ballots["e"].electorate)
        # Each of them sends her vote three times, as an impatient browser does.
        sent = [member for member in voters for _ in range(3)]
        raised = at_once(
            len(sent),
            lambda n: clerk.vote(acts.VoteTaken(at="", by=sent[n], ballot="e", member=sent[n]), ["m-0003"]),
        )
        assert [type(fault) for fault in raised] == [Refused] * (2 * len(voters))
        assert all("has voted" in str(fault) for fault in raised)
        assert clerk.waiting("e") == [b'["m-0003"]'] * len(voters)
        clock.at = clerk.federation.state.ballots["e"].closes_at
        clerk.publish("e")
        assert (clerk.waiting("e"), len(clerk.federation.state.ballots["e"].voted)) == ([], len(voters))
        clerk.export(tmp_path / "export")
        vkey = clerk.vkey
    verify(tmp_path / "export", key=vkey)


def test_a_refused_act_among_many_takes_none_of_the_others_with_it(tmp_path: Path, database: str | None) -> None:
    with opened(tmp_path / "home", database) as clerk:
        first = clerk.federation.state.size

        def submit(n: int) -> None:
            # Every third brings two acts of which the second is refused after the first was carried out.
            clerk.submit_all([current(f"c-{n}"), current(f"c-{n}")] if n % 3 == 0 else [current(f"c-{n}")])

        raised = at_once(30, submit)
        assert [type(fault) for fault in raised] == [Refused] * 10
        assert sorted(clerk.federation.state.currents) == sorted(f"c-{n}" for n in range(30) if n % 3)
        assert (clerk.federation.state.size, len(clerk.leaves())) == (first + 20, first + 20)
        root = clerk.root()
    with Clerk.open(tmp_path / "home", time=Hands()) as again:
        assert again.root() == root


def test_a_clock_that_jumps_gives_no_act_a_moment_before_the_last_nor_after_now(
    tmp_path: Path, database: str | None
) -> None:
    clock = Hands()
    with opened(tmp_path / "home", database, clock) as clerk:
        stamped = []
        for number, at in enumerate(("2026-02-01T00:00:00Z", "2026-01-01T00:00:00Z", "2031-01-01T00:00:00Z", START)):
            clock.at = at
            stamped.append(json.loads(clerk.leaf(clerk.submit(current(f"c-{number}"))))["at"])
        assert stamped == ["2026-02-01T00:00:00Z"] * 2 + ["2031-01-01T00:00:00Z"] * 2
        with pytest.raises(Refused, match="still to come"):
            clerk.submit(current("late", at="2031-01-01T00:00:01Z"))
        with pytest.raises(Refused, match="before the last one"):
            clerk.submit(current("early", at="2030-12-31T23:59:59Z"))
    with Clerk.open(tmp_path / "home", time=clock) as again:
        assert again.now() == "2031-01-01T00:00:00Z"


def test_a_request_sent_again_is_refused_and_recorded_once(tmp_path: Path, database: str | None) -> None:
    with opened(tmp_path / "home", database) as clerk:
        act = current("c", at=START)
        index = clerk.submit(act)
        for again in (act, acts.decode(clerk.leaf(index))):
            with pytest.raises(Refused):
                clerk.submit(again)
        assert clerk.federation.state.size == index + 1


@pytest.mark.parametrize("length", [32_768, 65_535, 65_536, 1_000_000])
def test_an_act_that_is_too_long_is_refused_and_its_text_may_be_a_blob(
    tmp_path: Path, database: str | None, length: int
) -> None:
    with opened(tmp_path / "home", database) as clerk:
        before = clerk.federation.state.size, clerk.root()
        long = acts.CurrentFormed(at="", by="m-0001", current="c", name="x" * length, members=THREE)
        with pytest.raises(NotCanonical, match=r"at most 32,768: put the large text or table into a blob"):
            clerk.submit(long)
        assert (clerk.federation.state.size, clerk.root()) == before


def test_a_text_of_65536_bytes_goes_the_way_of_blobs(tmp_path: Path, database: str | None) -> None:
    with opened(tmp_path / "home", database) as clerk:
        body = b"y" * 65_536
        name = backup.blob_names.hash_of(body)
        clerk.submit(current("c"))
        clerk.submit(acts.PlatformPublished(at="", by="m-0001", current="c", text=name), blobs={name: body})
        assert clerk.blob(name) == body
        clerk.export(tmp_path / "export")
        vkey = clerk.vkey
    assert verify(tmp_path / "export", key=vkey).federation.state.currents["c"]


WRITER = """
import sys
from pathlib import Path
from comitia.clerk.clerk import Clerk
from comitia.federation import acts
clerk = Clerk.open(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.readline()
for n in range(int(sys.argv[3])):
    name = f"{sys.argv[2]}-{n}"
    act = acts.CurrentFormed(at="", by="m-0001", current=name, name="C", members=("m-0001", "m-0002", "m-0003"))
    print(clerk.submit(act), name, flush=True)
"""


def writers(home: Path, number: int, each: int) -> list[subprocess.Popen[str]]:
    """Start processes that write into one record, and let them go when all are open."""
    started = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(home), f"p{n}", str(each)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for n in range(number)
    ]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    return started


def test_processes_that_write_at_once_agree_on_one_record(tmp_path: Path, database: str | None) -> None:
    with opened(tmp_path / "home", database) as clerk:
        told: dict[int, str] = {}
        for process in writers(tmp_path / "home", 3, 25):
            out, _ = process.communicate()
            assert process.returncode == 0
            told |= {int(line.split()[0]): line.split()[1] for line in out.splitlines()}
        assert sorted(told.values()) == sorted(f"p{n}-{m}" for n in range(3) for m in range(25))
        # This process had the record open all the while.
        clerk.catch_up()
        assert {index: json.loads(clerk.leaf(index))["current"] for index in told} == told
        clerk.submit(current("mine"))
        clerk.export(tmp_path / "export")
        vkey, size = clerk.vkey, clerk.federation.state.size
    assert verify(tmp_path / "export", key=vkey).size == size


def test_of_processes_killed_while_they_write_no_acknowledged_act_is_lost(tmp_path: Path, database: str | None) -> None:
    with opened(tmp_path / "home", database):
        pass
    told: dict[int, str] = {}
    started = writers(tmp_path / "home", 3, 10_000)
    for number, process in enumerate(started):
        assert process.stdout is not None
        for _ in range(5 + 10 * number):
            index, name = process.stdout.readline().split()
            told[int(index)] = name
        os.kill(process.pid, signal.SIGKILL)
        for line in process.stdout.read().splitlines(keepends=True):
            if line.endswith("\n"):
                told[int(line.split()[0])] = line.split()[1]
        process.wait()
    with Clerk.open(tmp_path / "home", time=Hands()) as clerk:
        assert {index: json.loads(clerk.leaf(index))["current"] for index in told} == told
        clerk.export(tmp_path / "export")
        vkey = clerk.vkey
    verify(tmp_path / "export", key=vkey)


def end_other_connections(conninfo: str) -> None:
    with psycopg.connect(conninfo, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'comitia'")


def test_a_lost_connection_answers_nobody_and_the_clerk_goes_on_from_the_record(
    tmp_path: Path, on_postgres: str
) -> None:
    with opened(tmp_path / "home", on_postgres) as clerk:
        size = clerk.federation.state.size
        end_other_connections(on_postgres)
        with pytest.raises(StoreLost, match="look whether the act is recorded before you repeat it"):
            clerk.submit(current("c"))
        assert (clerk.federation.state.size, clerk.federation.state.currents) == (size, {})
        assert clerk.submit(current("c")) == size


def test_a_connection_lost_after_the_commit_is_answered_from_the_record(tmp_path: Path, on_postgres: str) -> None:
    with postgres_server.Cutting(tmp_path) as between, opened(tmp_path / "home", between.via(on_postgres)) as clerk:
        size = clerk.federation.state.size
        between.armed = True
        # The commit is on the server's disk; its answer never comes.
        assert clerk.submit(current("c")) == size
        assert (between.armed, between.cut) == (False, 1)
        assert clerk.submit(current("d")) == size + 1
        assert sorted(clerk.federation.state.currents) == ["c", "d"]


def test_a_database_that_is_away_stops_the_clerk_and_nothing_unrecorded_is_shown(
    tmp_path: Path, on_postgres: str
) -> None:
    server = postgres_server.server()
    with opened(tmp_path / "home", on_postgres) as clerk:
        size = clerk.federation.state.size
        server.stop("immediate")
        try:
            with pytest.raises(StoreLost):
                clerk.submit(current("c"))
        finally:
            server.start()
            server.until_it_answers()
        assert clerk.federation.state.size == size
        assert clerk.submit(current("c")) == size


def test_a_record_moves_into_a_database_and_back_by_backup_and_restore(tmp_path: Path, on_postgres: str) -> None:
    with opened(tmp_path / "home", None) as clerk:
        clerk.submit(current("c"))
        root = clerk.root()
        backup.back_up(clerk.home, tmp_path / "one")
    assert backup.restore(tmp_path / "one", Home(tmp_path / "served"), database=on_postgres).root == root
    assert (tmp_path / "served" / "postgresql").stat().st_mode & 0o077 == 0
    assert not list((tmp_path / "served").glob("record.sqlite3*"))
    with pytest.raises(backup.NotRestored, match="the database holds a record of"):
        backup.restore(tmp_path / "one", Home(tmp_path / "twice"), database=on_postgres)
    with Clerk.open(tmp_path / "served", time=Hands()) as clerk:
        clerk.submit(current("d"))
        root = clerk.root()
        backup.back_up(clerk.home, tmp_path / "two")
    assert backup.restore(tmp_path / "two", Home(tmp_path / "again")).root == root
    assert (tmp_path / "again" / "record.sqlite3").exists()
