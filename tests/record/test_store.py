"""What every store does, on SQLite and on PostgreSQL alike."""

import hashlib
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import postgres_server
import pytest

from comitia.record import store_postgres, store_sqlite
from comitia.record.store import Choice, Store
from comitia.record.store_faults import BlobMissing, StoreFault, StoreLocked, StoreMoved

LEAVES = [b'{"act":"noted","n":%d,"v":1}' % number for number in range(2_500)]
BODY = b"a plan"
HASH = hashlib.sha256(BODY).hexdigest()
# A program that opens the same store in a process of its own begins with one of these.
ON_SQLITE = "from comitia.record.store_sqlite import Store; store = Store.open(Path(place))"
ON_POSTGRES = "from comitia.record.store_postgres import Store; store = Store.open(place, keys=Path(keys))"
HEAD = """
import sys
from pathlib import Path
from comitia.record.store import Choice
place, keys = sys.argv[1:3]
"""


class Place:
    """Where a store lies, and how it is opened."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.kind = kind
        self.keys = folder / "keys"
        self.keys.mkdir()
        self.where = str(folder / "record.sqlite3")
        if kind == "postgresql":
            self.where = postgres_server.server().new_schema()

    def open(self) -> Store:
        if self.kind == "sqlite":
            return store_sqlite.Store.open(Path(self.where))
        return store_postgres.Store.open(self.where, keys=self.keys)

    def program(self, text: str) -> subprocess.Popen[str]:
        """Start a program with ``store`` open; it prints lines."""
        whole = HEAD + (ON_SQLITE if self.kind == "sqlite" else ON_POSTGRES) + "\n" + text
        command = [sys.executable, "-c", whole, self.where, str(self.keys)]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    return Place(request.param, tmp_path)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (store_sqlite, store_postgres):
        monkeypatch.setattr(module, "PATIENCE_SECONDS", 0.3)


def test_what_was_appended_is_there_after_opening_again(place: Place) -> None:
    with place.open() as store:
        store.append(LEAVES[:1], at=0)
        store.append(LEAVES[1:], at=1, blobs={HASH: BODY})
        store.save_checkpoint(1, b"note 1\n")
        store.save_checkpoint(2_500, b"note 2\n")
    with place.open() as store:
        assert list(store.acts()) == LEAVES
        assert list(store.acts(2_498)) == LEAVES[2_498:]
        assert (store.size, store.leaf(7), store.checkpoint()) == (2_500, LEAVES[7], b"note 2\n")
        assert dict(store.blobs()) == {HASH: BODY}
        store.check()
        with pytest.raises(IndexError):
            store.leaf(2_500)


def test_a_new_store_is_empty(place: Place) -> None:
    with place.open() as store:
        assert (store.size, list(store.acts()), store.checkpoint(), dict(store.blobs())) == (0, [], None, {})
        with pytest.raises(BlobMissing, match="there is no blob 00"):
            store.blob("00")
        assert store.blobs().get("00") is None


def test_leaves_blobs_and_choices_are_appended_together_or_not_at_all(place: Place) -> None:
    with place.open() as store:
        store.append(LEAVES[:3], at=0)
        for wrong in (2, 4):
            with pytest.raises(StoreMoved, match=f"it holds 3 acts, not {wrong}. Another process recorded acts"):
                store.append(LEAVES[3:5], at=wrong, blobs={HASH: BODY}, choices=[Choice("1", b"for")])
        with pytest.raises(StoreFault, match="has another hash"):
            store.append(LEAVES[3:5], at=3, blobs={HASH: b"another plan"})
        assert (store.size, dict(store.blobs()), store.choices("1")) == (3, {}, [])


def test_a_blob_or_a_checkpoint_given_twice_is_kept_once(place: Place) -> None:
    with place.open() as store:
        for at in range(2):
            store.append(LEAVES[at : at + 1], at=at, blobs={HASH: BODY})
            store.save_checkpoint(1, b"note\n")
        assert (dict(store.blobs()), store.checkpoint()) == ({HASH: BODY}, b"note\n")
        with pytest.raises(StoreFault, match="checkpoints are never replaced"):
            store.save_checkpoint(1, b"another\n")


APPENDER = """
at = store.size
while True:
    leaves = [b'{"act":"noted","n":%d,"v":1}' % number for number in range(at, at + 3)]
    store.append(leaves, at=at, choices=[Choice("1", b"%d" % at)])
    at += 3
    print(at, flush=True)
"""


def killed_after(process: subprocess.Popen[str], lines: int) -> int:
    """Kill a program after so many lines and return the last number that it printed."""
    assert process.stdout is not None
    read = [process.stdout.readline() for _ in range(lines)]
    os.kill(process.pid, signal.SIGKILL)
    rest = [*read, *process.stdout.read().splitlines(keepends=True)]
    process.wait()
    process.stdout.close()
    return int([line for line in rest if line.endswith("\n")][-1])


def test_a_writer_killed_while_appending_loses_nothing_that_it_acknowledged(place: Place) -> None:
    for lines in (1, 2, 9, 40):
        acknowledged = killed_after(place.program(APPENDER), lines)
        with place.open() as store:
            store.check()
            leaves = list(store.acts())
            assert len(leaves) >= acknowledged
            assert len(leaves) % 3 == 0
            assert leaves == [b'{"act":"noted","n":%d,"v":1}' % number for number in range(len(leaves))]
            # Each choice was committed with its marks.
            assert store.choices("1") == sorted(b"%d" % at for at in range(0, len(leaves), 3))


TURNS = """
for number in range(40):
    with store.turn():
        at = store.size
        store.append([b'{"act":"noted","n":%d,"v":1}' % at], at=at)
    print(at, flush=True)
"""


def test_processes_that_write_in_turns_give_each_number_once(place: Place) -> None:
    place.open().close()
    programs = [place.program(TURNS) for _ in range(3)]
    told = [int(line) for each in programs for line in each.communicate()[0].split()]

    assert [each.returncode for each in programs] == [0, 0, 0]
    assert sorted(told) == list(range(120))
    with place.open() as store:
        assert list(store.acts()) == LEAVES[:120]


def test_a_turn_that_fails_records_nothing(place: Place) -> None:
    with place.open() as store:
        store.append(LEAVES[:1], at=0)
        with pytest.raises(ZeroDivisionError), store.turn():
            store.append(LEAVES[1:3], at=1, blobs={HASH: BODY}, choices=[Choice("1", b"for")])
            store.append(LEAVES[3:4], at=3)
            assert store.size // 0
        assert (list(store.acts()), dict(store.blobs()), store.choices("1")) == (LEAVES[:1], {}, [])
        with store.turn():
            store.append(LEAVES[1:3], at=1)
            store.append(LEAVES[3:4], at=3)
        assert list(store.acts()) == LEAVES[:4]


HOLDER = """
with store.turn():
    print("1", flush=True)
    sys.stdin.read()
"""


@pytest.mark.usefixtures("impatient")
def test_a_second_sequencer_is_refused_while_the_first_stands_still_and_goes_on_when_it_is_gone(place: Place) -> None:
    with place.open() as store:
        store.append(LEAVES[:1], at=0)
        process = place.program(HOLDER)
        assert process.stdout is not None
        assert process.stdout.readline() == "1\n"
        with pytest.raises(
            StoreLocked, match=r"another process .*has held the record for 0 seconds\. Nothing was recor"
        ):
            store.append(LEAVES[1:2], at=1)
        assert list(store.acts()) == LEAVES[:1]
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        store.append(LEAVES[1:2], at=1)
        assert list(store.acts()) == LEAVES[:2]


def test_wiped_choices_are_gone_and_others_stay(place: Place) -> None:
    with place.open() as store:
        store.append(LEAVES[:2], at=0, choices=[Choice("1", b"for"), Choice("2", b"against")])
        store.wipe("1")
        assert (store.choices("1"), store.choices("2"), store.ballots()) == ([], [b"against"], {"2"})
        store.wipe("1")


def test_a_second_process_that_recorded_acts_is_noticed(place: Place) -> None:
    with place.open() as one, place.open() as other:
        one.append(LEAVES[:2], at=0)
        with pytest.raises(StoreMoved):
            other.append(LEAVES[:1], at=0)
        other.append(LEAVES[2:3], at=other.size)
        assert list(one.acts()) == LEAVES[:3]


def test_threads_that_append_at_once_lose_nothing(place: Place) -> None:
    with place.open() as store:

        def append() -> None:
            for _ in range(20):
                while True:
                    at = store.size
                    try:
                        store.append([LEAVES[at]], at=at)
                    except StoreMoved:
                        continue
                    break

        threads = [threading.Thread(target=append) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert list(store.acts()) == LEAVES[:80]


def test_a_store_that_several_open_at_once_for_the_first_time_is_made_once(place: Place) -> None:
    opened: list[int] = []
    together = threading.Barrier(8)

    def open_it() -> None:
        together.wait()
        with place.open() as store:
            opened.append(store.size)

    threads = [threading.Thread(target=open_it) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert opened == [0] * 8


def test_choices_come_back_sorted_by_bytes(place: Place) -> None:
    with place.open() as store:
        store.append(LEAVES[:3], at=0, choices=[Choice("1", b"for"), Choice("1", b"against"), Choice("2", b"for")])
        store.append(LEAVES[3:4], at=3, choices=[Choice("1", b"abstain")])

        assert (store.choices("1"), store.choices("2"), store.choices("3")) == (
            [b"abstain", b"against", b"for"],
            [b"for"],
            [],
        )
        assert store.ballots() == {"1", "2"}
