import itertools
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import postgres_server
import pytest
from small import Small, founded

from comitia.clerk.clerk import Clerk, NoFederation
from comitia.clerk.verification import DoesNotHold, verify
from comitia.federation import acts, moment
from comitia.federation.refusal import Refused
from comitia.record.canonical import NotCanonical


class Later:
    """A clock of the test's own."""

    def __init__(self, at: str) -> None:
        self.at = at

    def __call__(self) -> str:
        return self.at


# Where the record of the test under way is to lie: each test is run on both.
DATABASE: list[str] = []


@pytest.fixture(autouse=True, params=["sqlite", "postgresql"])
def kept_in(request: pytest.FixtureRequest) -> None:
    DATABASE[:] = [postgres_server.server().new_schema()] if request.param == "postgresql" else []


def opened(home: Path) -> tuple[Clerk, Small, Later]:
    """Return a clerk with a founded federation of 24 members, and its clock."""
    clock = Later("2026-01-05T08:00:00Z")
    clerk = Clerk.create(home, "small.example/log", time=clock, database=next(iter(DATABASE), None))
    small = founded(vkey=clerk.vkey)
    clerk.submit_all(small.done, blobs=small.blobs)
    return clerk, small, clock


def open_election(clerk: Clerk, clock: Later, candidates: list[str], *, by_hand: bool = False) -> None:
    """Open the election ``e`` of the mill's committee and let nominations pass."""
    nominations = moment.after(clock.at, days=7)
    clerk.submit(
        acts.ElectionOpened(
            at=clock.at,
            by="m-0003",
            body="committee/mill",
            election="e",
            constituency="assembly/mill",
            vacant_only=False,
            nominations_until=nominations,
            closes_at=moment.after(nominations, days=7),
            lot="" if by_hand else clerk.lot("e"),
        )
    )
    for candidate in candidates:
        clerk.submit(acts.CandidateNominated(at=clock.at, by=candidate, election="e", candidate=candidate))
    clock.at = nominations


def test_a_reopened_federation_stands_where_it_was_left(tmp_path: Path) -> None:
    clerk, _, clock = opened(tmp_path)
    before = clerk.federation.state.size, clerk.root()
    clerk.close()

    with Clerk.open(tmp_path, time=clock) as again:
        assert (again.federation.state.size, again.root()) == before


def test_no_other_account_of_the_machine_reads_the_folder(tmp_path: Path) -> None:
    opened(tmp_path / "home")[0].close()

    assert (tmp_path / "home").stat().st_mode & 0o077 == 0


def test_an_empty_folder_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(NoFederation, match="comitia new"):
        Clerk.open(tmp_path)


def test_a_folder_with_a_record_is_not_overwritten(tmp_path: Path) -> None:
    opened(tmp_path)[0].close()

    with pytest.raises(NoFederation, match="choose an empty folder"):
        Clerk.create(tmp_path, "other.example/log")


def test_a_batch_with_one_refused_act_records_none_of_them(tmp_path: Path) -> None:
    clerk, _, clock = opened(tmp_path)
    size = clerk.federation.state.size
    good = acts.CurrentFormed(at=clock.at, by="m-0001", current="left", name="Left", members=("m-0001",))
    bad = acts.WorkAssigned(at=clock.at, by="m-0001", member="m-0002", workplace="mill", task="nights")
    with pytest.raises(Refused):
        clerk.submit_all([good, bad])

    assert (clerk.federation.state.size, clerk.federation.state.currents, len(clerk.leaves())) == (size, {}, size)
    clerk.close()


def test_an_act_too_long_for_the_record_changes_nothing(tmp_path: Path) -> None:
    clerk, _, clock = opened(tmp_path)
    size = clerk.federation.state.size
    act = acts.CurrentFormed(at=clock.at, by="m-0001", current="long", name="x" * 40_000, members=("m-0001",))
    with pytest.raises(NotCanonical):
        clerk.submit(act)

    assert (clerk.federation.state.size, clerk.federation.state.currents) == (size, {})
    clerk.close()


def test_an_act_dated_in_the_future_is_refused(tmp_path: Path) -> None:
    clerk, _, clock = opened(tmp_path)
    act = acts.CurrentFormed(at=moment.after(clock.at, days=1), by="m-0001", current="x", name="X", members=("m-0001",))
    with pytest.raises(Refused, match="still to come"):
        clerk.submit(act)
    clerk.close()


def every_byte(home: Path) -> dict[str, bytes]:
    """Return all files of a folder."""
    return {str(p.relative_to(home)): p.read_bytes() for p in sorted(home.rglob("*")) if p.is_file()}


def test_after_the_close_no_byte_of_the_folder_links_a_member_to_a_choice(tmp_path: Path) -> None:
    clerk, _, clock = opened(tmp_path)
    candidates = ["m-0003", "m-0006", "m-0009", "m-0012"]
    open_election(clerk, clock, candidates)
    electorate = sorted(clerk.federation.state.ballots["e"].electorate)
    # Every voter has a ranking of her own, so that each choice can be recognised wherever it lies.
    rankings = dict(zip(electorate, itertools.permutations(candidates), strict=False))
    marks = {m: json.dumps(list(r), separators=(",", ":")).encode() for m, r in rankings.items()}
    for member in electorate:
        clerk.vote(acts.VoteTaken(at=clock.at, by=member, ballot="e", member=member), list(rankings[member]))
    clock.at = clerk.federation.state.ballots["e"].closes_at
    clerk.publish("e")
    clerk.checkpoint()

    def occurrences() -> dict[str, int]:
        folder = every_byte(tmp_path)
        return {m: sum(body.count(mark) for body in folder.values()) for m, mark in marks.items()}

    published = clerk.blob(clerk.federation.state.ballots["e"].published)
    # The choices stand in one place, the published blob, sorted by bytes: nothing of the order of voting is left.
    assert published == b"".join(mark + b"\n" for mark in sorted(marks.values()))
    clerk.close()
    # In a database the blob lies there; nothing of a choice is in the folder then.
    assert occurrences() == dict.fromkeys(electorate, 0 if DATABASE else 1)
    # No act names both a voter and a choice.
    with Clerk.open(tmp_path, time=clock) as again:
        assert [leaf for leaf in again.leaves() if any(mark in leaf for mark in marks.values())] == []


def test_a_second_vote_is_refused_and_leaves_one_choice(tmp_path: Path) -> None:
    clerk, _, clock = opened(tmp_path)
    open_election(clerk, clock, ["m-0003", "m-0006"])
    act = acts.VoteTaken(at=clock.at, by="m-0003", ballot="e", member="m-0003")
    clerk.vote(act, ["m-0003"])
    with pytest.raises(Refused, match="has voted"):
        clerk.vote(act, ["m-0006"])
    clock.at = clerk.federation.state.ballots["e"].closes_at
    clerk.publish("e")

    assert clerk.blob(clerk.federation.state.ballots["e"].published) == b'["m-0003"]\n'
    clerk.close()


def test_a_tie_waits_for_a_lot_by_hand_and_the_choices_wait_with_it(tmp_path: Path) -> None:
    clerk, _, clock = opened(tmp_path)
    standing = ["m-0003", "m-0006", "m-0009", "m-0012", "m-0015", "m-0018"]
    open_election(clerk, clock, standing, by_hand=True)
    for member in standing:
        clerk.vote(acts.VoteTaken(at=clock.at, by=member, ballot="e", member=member), [member])
    clock.at = clerk.federation.state.ballots["e"].closes_at
    with pytest.raises(Refused, match="tie and no rule parts them"):
        clerk.publish("e")
    assert len(clerk.waiting("e")) == 6

    clerk.publish("e", drawn=["m-0009"], witnesses=["m-0001", "m-0002"])
    ballot = clerk.federation.state.ballots["e"]
    assert (clerk.waiting("e"), ballot.drawn, ballot.witnesses) == ([], ("m-0009",), ("m-0001", "m-0002"))
    assert clerk.federation.state.elections["e"].elected == ("m-0003", "m-0006", "m-0012", "m-0015", "m-0018")
    clerk.close()


WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from comitia.clerk.clerk import Clerk
from comitia.federation import acts
clerk = Clerk.open(Path(sys.argv[1]))
for n in range(int(sys.argv[3]), 100000):
    at = clerk.now()
    three = ("m-0001", "m-0002", "m-0003")
    index = clerk.submit(acts.CurrentFormed(at=at, by="m-0001", current=f"c-{n}", name="C", members=three))
    print(index, flush=True)
"""


def test_kill_9_while_acts_are_taken_in_loses_no_acknowledged_act(tmp_path: Path) -> None:
    home = tmp_path / "home"
    clerk, _, _ = opened(home)
    clerk.close()
    acknowledged = 0
    for round_ in range(3):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(home), str(Path(__file__).parent), str(round_ * 1000)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert writer.stdout is not None
        for _ in range(15 + 7 * round_):
            acknowledged = int(writer.stdout.readline())
        os.kill(writer.pid, signal.SIGKILL)
        for line in writer.stdout.read().split():
            acknowledged = int(line)
        writer.wait()
        with Clerk.open(home) as again:
            assert again.federation.state.size > acknowledged
    out = tmp_path / "export"
    with Clerk.open(home) as last:
        last.export(out)
        key = last.vkey
    assert verify(out, key=key).size > acknowledged


def exported(tmp_path: Path) -> Path:
    """Return an export with an election in it."""
    clerk, _, clock = opened(tmp_path / "home")
    open_election(clerk, clock, ["m-0003", "m-0006"])
    clerk.vote(acts.VoteTaken(at=clock.at, by="m-0003", ballot="e", member="m-0003"), ["m-0003"])
    clock.at = clerk.federation.state.ballots["e"].closes_at
    clerk.publish("e")
    out = tmp_path / "export"
    clerk.export(out)
    clerk.close()
    return out


def test_a_flipped_byte_anywhere_is_named_with_its_act_or_file_and_offset(tmp_path: Path) -> None:
    out = exported(tmp_path)
    verify(out)
    for path in sorted(p for p in out.rglob("*") if p.is_file()):
        body = path.read_bytes()
        for offset in {0, 1, len(body) // 3, len(body) // 2, len(body) - 2, len(body) - 1}:
            flipped = bytearray(body)
            flipped[offset] ^= 0x01
            path.write_bytes(bytes(flipped))
            with pytest.raises(DoesNotHold) as caught:
                verify(out)
            assert caught.value.act is not None or "offset" in caught.value.where or caught.value.where == "checkpoint"
        path.write_bytes(body)
    verify(out)


def test_an_extra_or_missing_file_is_refused(tmp_path: Path) -> None:
    out = exported(tmp_path)
    (out / "notes.txt").write_text("hello")
    with pytest.raises(DoesNotHold, match="notes\\.txt"):
        verify(out)
    (out / "notes.txt").unlink()
    blob = next(p for p in sorted(out.rglob("*")) if "blob" in p.parts and p.is_file())
    body = blob.read_bytes()
    blob.unlink()
    with pytest.raises(DoesNotHold):
        verify(out)
    blob.write_bytes(body)
    verify(out)
