import hashlib
import re
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as sqlite

from comitia.record import store_sqlite
from comitia.record.store import Choice
from comitia.record.store_faults import StoreFault, StoreFull, StoreLocked, StoreTorn
from comitia.record.store_sqlite import Store

LEAVES = [b'{"act":"noted","n":%d,"v":1}' % number for number in range(2_500)]
BODY = b"a plan"
HASH = hashlib.sha256(BODY).hexdigest()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "record.sqlite3"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_sqlite, "PATIENCE_SECONDS", 0.1)


def bytes_of(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Hold the store as another process in the middle of a transaction does."""
    other = sqlite.connect(str(path), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE acts SET leaf = x'00' WHERE idx = 1", "acts are never updated"),
        ("DELETE FROM acts WHERE idx = 2", "acts are never deleted"),
        ("DELETE FROM acts", "acts are never deleted"),
        ("INSERT OR REPLACE INTO acts VALUES (1, x'00')", "never replaced"),
        ("REPLACE INTO acts VALUES (2, x'00')", "never replaced"),
        ("INSERT INTO acts VALUES (1, x'00') ON CONFLICT DO UPDATE SET leaf = x'00'", "never replaced"),
        ("INSERT INTO acts VALUES (7, x'00')", "appended after the last one"),
        ("INSERT INTO acts VALUES (-1, x'00')", "appended after the last one"),
        ("INSERT INTO acts VALUES (NULL, x'00')", "appended after the last one"),
        ("UPDATE OR REPLACE acts SET idx = 0 WHERE idx = 1", "acts are never updated"),
        ("UPDATE blobs SET body = x'00'", "blobs are never updated"),
        ("DELETE FROM blobs", "blobs are never deleted"),
        ("REPLACE INTO blobs SELECT hash, x'00' FROM blobs", "blobs are never replaced"),
        ("UPDATE checkpoints SET size = 0", "checkpoints are never updated"),
        ("DELETE FROM checkpoints", "checkpoints are never deleted"),
        ("REPLACE INTO checkpoints SELECT size, x'00' FROM checkpoints", "checkpoints are never replaced"),
    ],
)
def test_nothing_that_was_appended_is_changed_even_from_outside(path: Path, statement: str, words: str) -> None:
    with Store.open(path) as store:
        store.append(LEAVES[:3], at=0, blobs={HASH: BODY})
        store.save_checkpoint(3, b"note\n")
        outside = sqlite.connect(str(path), isolation_level=None)
        with pytest.raises(sqlite.IntegrityError, match=words):
            outside.execute(statement)
        outside.close()
        assert (list(store.acts()), dict(store.blobs()), store.checkpoint()) == (LEAVES[:3], {HASH: BODY}, b"note\n")


@pytest.mark.usefixtures("impatient")
def test_a_store_that_another_process_writes_is_locked_and_says_so(path: Path) -> None:
    with Store.open(path) as store:
        store.append(LEAVES[:1], at=0)
        with writing(path):
            with pytest.raises(StoreLocked, match=r"Nothing was recorded. End that process, or wait, and try again"):
                store.append(LEAVES[1:2], at=1)
            with pytest.raises(StoreLocked):
                Store.open(path)
        store.append(LEAVES[1:2], at=1)
        assert list(store.acts()) == LEAVES[:2]


def test_a_full_disk_is_said_and_nothing_is_lost(path: Path) -> None:
    with Store.open(path) as store:
        store.append(LEAVES[:5], at=0)
        (pages,) = store._connection.execute("PRAGMA page_count").fetchone()
        store._connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StoreFull, match=r"Nothing was recorded. Free some disk space and try again"):
            store.append(LEAVES[5:2_000], at=5, choices=[Choice("1", b"for")])
        assert (list(store.acts()), store.choices("1")) == (LEAVES[:5], [])
        store._connection.execute(f"PRAGMA max_page_count = {pages + 1000}")
        store.append(LEAVES[5:2_000], at=5)
        assert list(store.acts()) == LEAVES[:2_000]


FILLER = """
import sys
from pathlib import Path
from comitia.record.store_faults import StoreFull
from comitia.record.store_sqlite import Store
with Store.open(Path(sys.argv[1])) as store:
    while True:
        try:
            store.append([b"x" * 20_000], at=store.size)
        except StoreFull as full:
            print(store.size, full.advice)
            break
"""


def test_a_file_that_may_not_grow_is_said_and_nothing_is_lost(path: Path) -> None:
    def no_more_than_a_megabyte() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    done = subprocess.run(
        [sys.executable, "-c", FILLER, str(path)],
        capture_output=True,
        text=True,
        preexec_fn=no_more_than_a_megabyte,
    )
    recorded, advice = done.stdout.strip().split(" ", 1)

    assert (done.returncode, advice) == (0, "Nothing was recorded. Free some disk space and try again.")
    with Store.open(path) as store:
        store.check()
        assert list(store.acts()) == [b"x" * 20_000] * int(recorded)
        assert store.size > 10


def test_a_disk_without_space_is_said_and_nothing_is_lost(tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(small)], capture_output=True)
    if mounted.returncode != 0:
        pytest.skip("a small disk cannot be mounted here (it needs root)")
    try:
        done = subprocess.run(
            [sys.executable, "-c", FILLER, str(small / "record.sqlite3")], capture_output=True, text=True
        )
        recorded, advice = done.stdout.strip().split(" ", 1)
        assert advice == "Nothing was recorded. Free some disk space and try again."
        with Store.open(small / "record.sqlite3") as store:
            assert list(store.acts()) == [b"x" * 20_000] * int(recorded)
    finally:
        subprocess.run(["umount", str(small)], check=True)


@pytest.mark.parametrize("cut", ["half", "a byte", "all but the header", "zeros in the middle"])
def test_a_torn_file_is_refused_with_what_to_do(path: Path, cut: str) -> None:
    with Store.open(path) as store:
        store.append(LEAVES, at=0, blobs={HASH: BODY})
    whole = path.read_bytes()
    match cut:
        case "half":
            path.write_bytes(whole[: len(whole) // 2])
        case "a byte":
            path.write_bytes(whole[:-1])
        case "all but the header":
            path.write_bytes(whole[:100])
        case _:
            path.write_bytes(whole[:8192] + bytes(4096) + whole[12288:])

    with pytest.raises(StoreTorn, match="restore the last backup or a mirror's export"), Store.open(path) as store:
        list(store.acts())


def test_a_damaged_blob_is_found(path: Path) -> None:
    with Store.open(path) as store:
        store.append([], at=0, blobs={HASH: BODY})
    path.write_bytes(path.read_bytes().replace(BODY, b"A plan"))

    with Store.open(path) as store:
        with pytest.raises(StoreTorn, match=f"the blob {HASH} is damaged"):
            store.blob(HASH)
        with pytest.raises(StoreTorn):
            store.check()


def test_a_file_that_is_no_record_is_refused_and_left_alone(path: Path) -> None:
    path.write_bytes(b"a letter, by no means a database\n" * 40)
    with pytest.raises(StoreTorn, match="the file is damaged"):
        Store.open(path)
    assert path.read_bytes() == b"a letter, by no means a database\n" * 40

    other = path.with_name("web.sqlite3")
    connection = sqlite.connect(str(other))
    connection.execute("CREATE TABLE accounts (name)")
    connection.commit()
    connection.close()
    before = other.read_bytes()
    with pytest.raises(StoreTorn, match="this SQLite file is not a record"):
        Store.open(other)
    assert other.read_bytes() == before


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreFault, match=r"it cannot be opened\. Is the folder there"):
        Store.open(tmp_path / "missing" / "record.sqlite3")


def marked(number: int) -> bytes:
    # Long enough that the choices fill and split many pages.
    return b"secret-%03d-" % number + b"choice" * 30


def test_while_a_ballot_is_open_the_order_of_bytes_is_not_the_order_of_votes(path: Path) -> None:
    with Store.open(path) as store:
        for number in range(200):
            store.append([LEAVES[number]], at=number, choices=[Choice("1", marked(number))])
        whole = bytes_of(path.parent)
        found = [int(number) for number in re.findall(rb"secret-(\d{3})-", whole)]

        # Once each: no earlier version of a page is left, in the file or in its log.
        assert sorted(found) == list(range(200))
        # Physically sorted by random key: neighbours in time are no nearer than chance. Of 199 steps about half go up.
        assert 60 < sum(one < two for one, two in pairwise(found)) < 140
        assert path.with_name(path.name + "-wal").stat().st_size == 0


def test_after_wiping_no_byte_of_a_choice_is_left(path: Path) -> None:
    with Store.open(path) as store:
        for number in range(150):
            ballot = "kept" if number % 3 == 0 else "wiped"
            store.append([LEAVES[number]], at=number, choices=[Choice(ballot, marked(number))])
        store.append([LEAVES[150]], at=150)
        store.wipe("wiped")
        kept = [marked(number) for number in range(0, 150, 3)]

        assert (store.choices("wiped"), store.choices("kept")) == ([], kept)
        found = [int(number) for number in re.findall(rb"secret-(\d{3})-", bytes_of(path.parent))]
        assert sorted(found) == list(range(0, 150, 3))
        store.wipe("kept")
        for part in (b"secret-", b"choicechoice", b"kept", b"wiped"):
            assert part not in bytes_of(path.parent)
        store.check()
        assert list(store.acts()) == LEAVES[:151]


@pytest.mark.usefixtures("impatient")
def test_a_reader_that_keeps_the_log_alive_is_named_and_the_next_wiping_succeeds(path: Path) -> None:
    with Store.open(path) as store:
        store.append(LEAVES[:1], at=0, choices=[Choice("1", marked(1))])
        reader = sqlite.connect(str(path), isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM acts").fetchall()
        with pytest.raises(StoreLocked, match="the choices are erased only then"):
            store.wipe("1")
        reader.execute("ROLLBACK")
        reader.close()
        store.wipe("1")
        assert b"secret-" not in bytes_of(path.parent)


def test_what_a_killed_process_left_in_the_log_is_emptied_on_opening(path: Path) -> None:
    wiper = (
        "import os, signal, sys; from pathlib import Path; from comitia.record.store import Choice; "
        "from comitia.record.store_sqlite import Store\n"
        "store = Store.open(Path(sys.argv[1])); store._emptied_log = lambda: True\n"
        "store.append([b'{}'], at=0, choices=[Choice('1', b'secret-choice')]); store.wipe('1')\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", wiper, str(path)], check=False)
    assert b"secret-choice" in bytes_of(path.parent)

    with Store.open(path) as store:
        assert list(store.acts()) == [b"{}"]
        assert b"secret-choice" not in bytes_of(path.parent)
