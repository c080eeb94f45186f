"""What PostgreSQL alone can do to a record: lost connections, killed servers, changed settings, torn pages."""

import secrets
import subprocess
import sys
import time
from pathlib import Path

import postgres_server
import psycopg
import pytest

from comitia.record import waiting
from comitia.record.store import Choice
from comitia.record.store_faults import StoreFault, StoreLost, StoreTorn
from comitia.record.store_postgres import Store

LEAVES = [b'{"act":"noted","n":%d,"v":1}' % number for number in range(400)]


@pytest.fixture
def conninfo() -> str:
    return postgres_server.server().new_schema()


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    return tmp_path


def end_every_other_connection(conninfo: str) -> None:
    with psycopg.connect(conninfo, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'comitia' "
            "AND pid <> pg_backend_pid()"
        )


def test_a_connection_lost_between_acts_is_made_anew(conninfo: str, keys: Path) -> None:
    with Store.open(conninfo, keys=keys) as store:
        store.append(LEAVES[:2], at=0)
        end_every_other_connection(conninfo)
        with pytest.raises(StoreLost, match="look whether the act is recorded before you repeat it"):
            store.append(LEAVES[2:3], at=2)
        store.append(LEAVES[2:3], at=2)
        assert list(store.acts()) == LEAVES[:3]


def test_a_connection_lost_in_the_middle_of_a_turn_records_nothing_of_it(conninfo: str, keys: Path) -> None:
    with Store.open(conninfo, keys=keys) as store:
        store.append(LEAVES[:2], at=0)
        with pytest.raises(StoreLost), store.turn():
            store.append(LEAVES[2:5], at=2, choices=[Choice("1", b"for")])
            end_every_other_connection(conninfo)
            store.append(LEAVES[5:6], at=5)
        assert (list(store.acts()), store.choices("1")) == (LEAVES[:2], [])
        with pytest.raises(StoreLost), store.turn():
            store.append(LEAVES[2:5], at=2)
            # The commit itself finds no connection.
            end_every_other_connection(conninfo)
        assert list(store.acts()) == LEAVES[:2]


def test_who_lost_its_connection_lost_its_turn_to_the_next(conninfo: str, keys: Path) -> None:
    with Store.open(conninfo, keys=keys) as one, Store.open(conninfo, keys=keys) as other:
        with pytest.raises(StoreLost), one.turn():
            one.append(LEAVES[:3], at=0)
            assert one._connection is not None
            with psycopg.connect(conninfo, autocommit=True) as third:
                third.execute("SELECT pg_terminate_backend(%s)", (one._connection.info.backend_pid,))
            other.append(LEAVES[:1], at=0)
        one.append(LEAVES[1:2], at=1)
        assert list(other.acts()) == LEAVES[:2]


APPENDER = """
import sys
from pathlib import Path
from comitia.record.store_postgres import Store
from comitia.record.store_faults import StoreFault, StoreMoved
store = Store.open(sys.argv[1], keys=Path(sys.argv[2]))
print("open", flush=True)
at = store.size
for _ in range(100_000):
    try:
        store.append([b'{"act":"noted","n":%d,"v":1}' % at], at=at)
    except StoreFault:
        try:
            at = store.size
        except StoreFault:
            pass
        continue
    at += 1
    print(at, flush=True)
"""


def test_a_server_that_falls_and_comes_back_loses_no_acknowledged_act(conninfo: str, keys: Path) -> None:
    server = postgres_server.server()
    command = [sys.executable, "-c", APPENDER, conninfo, str(keys)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    for _ in range(3):
        for _ in range(20):
            process.stdout.readline()
        # As when its processes are killed: the log is played back at the next start.
        server.stop("immediate")
        server.start()
    server.until_it_answers()
    acknowledged = [int(process.stdout.readline()) for _ in range(20)][-1]
    process.kill()
    acknowledged = max([acknowledged, *(int(x) for x in process.stdout.read().split("\n")[:-1])])
    process.wait()
    process.stdout.close()
    with Store.open(conninfo, keys=keys) as store:
        leaves = list(store.acts())
        assert acknowledged <= len(leaves) <= acknowledged + 1
        assert leaves == [b'{"act":"noted","n":%d,"v":1}' % number for number in range(len(leaves))]


def test_a_server_that_is_away_is_said_without_a_password(keys: Path) -> None:
    with pytest.raises(StoreLost, match="See that the database runs and can be reached") as caught:
        Store.open(f"host={keys} user=clerk password=secret dbname=mill", keys=keys)
    assert "secret" not in str(caught.value)
    with pytest.raises(StoreFault, match="the connection string cannot be read"):
        Store.open("mill.example, please", keys=keys)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE acts SET leaf = '' WHERE idx = 1", "acts are never updated"),
        ("DELETE FROM acts WHERE idx = 2", "acts are never deleted"),
        ("TRUNCATE acts", "acts are never deleted"),
        ("INSERT INTO acts VALUES (1, '') ON CONFLICT (idx) DO UPDATE SET leaf = ''", "acts are never updated"),
        ("INSERT INTO acts VALUES (7, '')", "appended after the last one"),
        ("INSERT INTO acts VALUES (-1, '')", "appended after the last one"),
        ("INSERT INTO acts VALUES (3, ''), (5, '')", "appended after the last one"),
        ("INSERT INTO acts VALUES (1, '')", "duplicate key"),
        ("UPDATE blobs SET body = ''", "blobs are never updated"),
        ("TRUNCATE blobs, acts, checkpoints", "are never deleted"),
        ("DELETE FROM checkpoints", "checkpoints are never deleted"),
    ],
)
def test_nothing_that_was_appended_is_changed_even_from_outside(
    conninfo: str, keys: Path, statement: str, words: str
) -> None:
    with Store.open(conninfo, keys=keys) as store:
        store.append(LEAVES[:3], at=0)
        store.save_checkpoint(3, b"note\n")
        with psycopg.connect(conninfo) as outside, pytest.raises(psycopg.Error, match=words):
            outside.execute(statement)
        assert (list(store.acts()), store.checkpoint()) == (LEAVES[:3], b"note\n")


def everything_of_the_server() -> bytes:
    """Return every byte of the cluster: tables, logs, what was deleted and not yet written over."""
    server = postgres_server.server()
    with psycopg.connect(server.conninfo(), autocommit=True) as database:
        database.execute("CHECKPOINT")
    return b"".join(path.read_bytes() for path in sorted(server.data.rglob("*")) if path.is_file())


def test_no_byte_of_the_server_says_a_choice_and_the_key_is_gone_after_wiping(conninfo: str, keys: Path) -> None:
    choice = secrets.token_hex(40).encode()
    with Store.open(conninfo, keys=keys) as store:
        store.append(LEAVES[:2], at=0, choices=[Choice("1", choice), Choice("1", choice * 60)])
        assert store.choices("1") == sorted([choice, choice * 60])
        (key,) = keys.iterdir()
        assert (key.stat().st_mode & 0o777, len(key.read_bytes())) == (0o600, 32)
        with psycopg.connect(conninfo) as database:
            lengths = [row[0] for row in database.execute("SELECT length(sealed) FROM choices ORDER BY 1")]
        assert lengths == [4096 + 28, 8192 + 28]
        assert choice not in everything_of_the_server()
        linked = key.read_bytes()
        store.wipe("1")
        assert (list(keys.iterdir()), store.ballots()) == ([], set())
        assert linked not in everything_of_the_server()


def test_a_choice_without_its_key_is_said(conninfo: str, keys: Path) -> None:
    with Store.open(conninfo, keys=keys) as store:
        store.append(LEAVES[:1], at=0, choices=[Choice("1", b"for")])
        path = waiting.Keys(keys).path("1")
        for body in (bytes(32), b"short"):
            path.write_bytes(body)
            with pytest.raises(StoreFault, match="the choices of ballot 1 cannot be opened"):
                store.choices("1")


def test_a_corrupt_page_is_refused_with_what_to_do(conninfo: str, keys: Path) -> None:
    server = postgres_server.server()
    with Store.open(conninfo, keys=keys) as store:
        store.append([b"x" * 900 for _ in range(100)], at=0)
        with psycopg.connect(conninfo, autocommit=True) as database:
            (where,) = database.execute("SELECT pg_relation_filepath('acts')").fetchone() or ("",)
            database.execute("CHECKPOINT")
    server.stop("fast")
    path = server.data / where
    body = path.read_bytes()
    path.write_bytes(body[:8192] + bytes([body[8192] ^ 1]) + body[8193:12000] + b"torn" + body[12004:])
    server.start()
    server.until_it_answers()
    with Store.open(conninfo, keys=keys) as store, pytest.raises(StoreTorn, match="the database is damaged"):
        store.check()


def test_a_server_that_does_not_keep_what_it_acknowledges_is_refused(conninfo: str, keys: Path) -> None:
    server = postgres_server.server()
    with psycopg.connect(conninfo, autocommit=True) as database:
        database.execute("ALTER SYSTEM SET fsync = off")
        database.execute("SELECT pg_reload_conf()")
        for _ in range(100):
            with psycopg.connect(conninfo) as other:
                (found,) = other.execute("SHOW fsync").fetchone() or ("",)
            if found == "off":
                break
            time.sleep(0.02)
        try:
            with pytest.raises(StoreFault, match="runs with fsync off"):
                Store.open(conninfo, keys=keys)
        finally:
            database.execute("ALTER SYSTEM RESET fsync")
    server.stop("fast")
    server.start()
    Store.open(conninfo, keys=keys).close()


def test_tables_of_a_newer_program_are_left_alone(conninfo: str, keys: Path) -> None:
    with Store.open(conninfo, keys=keys) as store:
        store.append(LEAVES[:1], at=0)
    with psycopg.connect(conninfo, autocommit=True) as database:
        database.execute("UPDATE comitia_version SET version = 9")
    with pytest.raises(StoreFault, match="its tables are of version 9"):
        Store.open(conninfo, keys=keys)
