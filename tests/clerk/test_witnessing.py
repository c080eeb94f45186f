"""Real witnesses, each a process of its own, asked over HTTP."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from small import founded

from comitia.clerk import witness_home
from comitia.clerk.clerk import Clerk, NoFederation
from comitia.clerk.verification import DoesNotHold, verify
from comitia.clerk.witness_home import WitnessFault, WitnessHome
from comitia.federation import acts, moment
from comitia.record import checkpoint, cosignature, note, policy
from comitia.record.note import SigningKey

Start = Callable[[str], str]
AT = "2026-01-05T08:00:00Z"


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start the witness in a folder of ``tmp_path`` and return its address once it answers."""
    running: list[subprocess.Popen[bytes]] = []

    def started(name: str) -> str:
        port = free_port()
        command = [sys.executable, "-m", "comitia", "witness", str(tmp_path / name), "--port", str(port)]
        running.append(subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True))
        url = f"http://127.0.0.1:{port}/"
        for _ in range(200):
            try:
                urllib.request.urlopen(url, timeout=1).close()
            except OSError:
                time.sleep(0.05)
                assert running[-1].poll() is None, "the witness ended at once"
            else:
                return url
        raise AssertionError("the witness did not start within ten seconds")

    yield started
    for process in running:
        os.killpg(process.pid, 9)
        process.wait()


def new_witness(folder: Path, vkey: str, kind: cosignature.Kind = "ed25519") -> str:
    """Make a witness's folder, named as its folder, and return its key."""
    witness_home.make(folder, f"{folder.name}.example/witness", kind)
    witness_home.watch(folder, note.parse_vkey(vkey))
    with WitnessHome(folder) as opened:
        return opened.vkey


def opened(home: Path) -> Clerk:
    """Return a clerk with a founded federation of 24 members."""
    clerk = Clerk.create(home, "small.example/log", time=lambda: AT)
    small = founded(vkey=clerk.vkey)
    clerk.submit_all(small.done, blobs=small.blobs)
    return clerk


def one_more_act(clerk: Clerk) -> None:
    clerk.submit(
        acts.ElectionOpened(
            at=AT, by="m-0003", body="committee/mill", election="e", constituency="assembly/mill", vacant_only=False,
            nominations_until=moment.after(AT, days=7), closes_at=moment.after(AT, days=14), lot=clerk.lot("e"),
        )
    )  # fmt: skip


def both_houses(clerk: Clerk, witnesses: dict[str, tuple[str, str]]) -> str:
    """Return a policy: the committees' and the unions' witness, and both."""
    lines = [f"log {clerk.vkey}", *(f"witness {name} {vkey} {url}" for name, (vkey, url) in witnesses.items())]
    return "\n".join([*lines, f"group both all {' '.join(witnesses)}", "quorum both", ""])


def test_two_witnesses_cosign_and_a_record_verifies_under_their_policy(tmp_path: Path, start: Start) -> None:
    with opened(tmp_path / "home") as clerk:
        kinds: dict[str, cosignature.Kind] = {"committees": "ed25519", "unions": "ml-dsa-44"}
        keys = {name: new_witness(tmp_path / name, clerk.vkey, kind) for name, kind in kinds.items()}
        witnesses = {name: (key, start(name)) for name, key in keys.items()}
        clerk.home.policy.write_text(both_houses(clerk, witnesses))

        first = clerk.witness()
        one_more_act(clerk)
        second = clerk.witness()
        clerk.export(tmp_path / "export.zip")

        assert (first.unwitnessed, second.unwitnessed) == ((), ())
        trusted = policy.parse(clerk.home.policy.read_bytes())
        found = verify(tmp_path / "export.zip", policy=trusted)
        assert (found.trusted, set(found.cosigned), found.cosignatures) == (True, {"committees", "unions"}, 2)
        # Anybody may ask a witness for what it last saw.
        name = sha256(b"small.example/log").hexdigest()
        with urllib.request.urlopen(f"{witnesses['unions'][1]}{name}/checkpoint") as answer:
            assert checkpoint.check(answer.read(), note.parse_vkey(clerk.vkey)).size == found.size


def test_a_second_history_is_cosigned_by_nobody_and_the_proof_of_it_is_kept(tmp_path: Path, start: Start) -> None:
    with opened(tmp_path / "home") as clerk:
        key = new_witness(tmp_path / "committees", clerk.vkey)
        clerk.home.policy.write_text(both_houses(clerk, {"committees": (key, start("committees"))}))
    shutil.copytree(tmp_path / "home", tmp_path / "forged")
    with Clerk.open(tmp_path / "home", time=lambda: AT) as clerk:
        one_more_act(clerk)
        assert clerk.witness().unwitnessed == ()
        size = clerk.federation.state.size
    # The operator shows others a copy in which another act came: of the same size, signed by the same key.
    with Clerk.open(tmp_path / "forged", time=lambda: AT) as forger:
        left = acts.MemberLeft(at=AT, by="m-0005", member="m-0005")
        forger.submit(left)
        same_size = forger.witness()
        one_more_act(forger)
        longer = forger.witness()
        forger.export(tmp_path / "forged-export")
        trusted = policy.parse(forger.home.policy.read_bytes())

    assert [(each.name, each.split) for each in (*same_size.unwitnessed, *longer.unwitnessed)] == [
        ("committees", True),
        ("committees", True),
    ]
    assert same_size.unwitnessed[0].reason == f"its record of {size} acts is another one than this"
    assert len(list((tmp_path / "committees" / "evidence").iterdir())) == 2
    with pytest.raises(DoesNotHold, match="too few witnesses vouch"):
        verify(tmp_path / "forged-export", policy=trusted)


def test_an_older_copy_put_in_the_place_of_the_record_is_found_out(tmp_path: Path, start: Start) -> None:
    with opened(tmp_path / "home") as clerk:
        key = new_witness(tmp_path / "committees", clerk.vkey)
        clerk.home.policy.write_text(both_houses(clerk, {"committees": (key, start("committees"))}))
        clerk.checkpoint()
    shutil.copytree(tmp_path / "home", tmp_path / "older")
    with Clerk.open(tmp_path / "home", time=lambda: AT) as clerk:
        one_more_act(clerk)
        clerk.witness()
    with Clerk.open(tmp_path / "older", time=lambda: AT) as older:
        found = older.witness()

    assert [each.split for each in found.unwitnessed] == [True]
    assert "an older copy was put in its place" in found.unwitnessed[0].reason


def test_a_witness_that_is_opened_again_remembers_what_it_cosigned(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as clerk:
        new_witness(tmp_path / "committees", clerk.vkey)
        with WitnessHome(tmp_path / "committees") as before:
            answered = before.add_checkpoint(b"old 0\n\n" + clerk.checkpoint(), at=1)
        # What it answered was on disk before: whatever ended the process, it is known to the next one.
        with WitnessHome(tmp_path / "committees") as after:
            again = after.add_checkpoint(b"old 0\n\n" + clerk.checkpoint(), at=2)

        assert answered.status == 200
        assert (again.status, again.body) == (409, f"{clerk.federation.state.size}\n".encode())


def test_a_witness_that_is_away_is_named_and_the_others_are_asked(tmp_path: Path, start: Start) -> None:
    with opened(tmp_path / "home") as clerk:
        keys = {name: new_witness(tmp_path / name, clerk.vkey) for name in ("committees", "unions")}
        away = f"http://127.0.0.1:{free_port()}/"
        clerk.home.policy.write_text(
            both_houses(
                clerk, {"committees": (keys["committees"], start("committees")), "unions": (keys["unions"], away)}
            )
        )
        found = clerk.witness()

    assert [(each.name, each.split) for each in found.unwitnessed] == [("unions", False)]
    assert "does not answer" in found.unwitnessed[0].reason
    assert len(note.parse(found.note).signatures) == 2


def test_without_a_policy_nobody_can_be_asked(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as clerk:
        with pytest.raises(NoFederation, match="no witnesses can be asked"):
            clerk.witness()
        clerk.home.policy.write_text("quorum nobody\n")
        with pytest.raises(NoFederation, match="line 1: 'nobody' is no witness"):
            clerk.witness()


def test_a_witness_folder_is_held_by_one_process_and_says_what_is_wrong(tmp_path: Path) -> None:
    vkey = note.format_vkey(note.verifier_key(SigningKey("small.example/log", bytes(32))))
    other = note.verifier_key(SigningKey("small.example/log", bytes([1]) * 32))
    folder = tmp_path / "w"

    with pytest.raises(WitnessFault, match="there is no witness here"):
        WitnessHome(folder)
    with pytest.raises(WitnessFault, match="holds a blank or a plus"):
        witness_home.make(folder, "two words", "ed25519")
    new_witness(folder, vkey)
    with pytest.raises(WitnessFault, match="there is a witness here already"):
        witness_home.make(folder, "again.example", "ed25519")
    with pytest.raises(WitnessFault, match="under another key"):
        witness_home.watch(folder, other)
    with WitnessHome(folder), pytest.raises(WitnessFault, match="another process is this witness already"):
        WitnessHome(folder)
    (folder / "key").write_text("PRIVATE+KEY+nonsense\n")
    with pytest.raises(WitnessFault, match="restore the file from a backup"):
        WitnessHome(folder)
