"""A real PostgreSQL server of the tests' own: started once, under an account that is not root, ended with the run.

Debian's package ``postgresql`` holds it; where it is absent, tests that need it skip with a line.
"""

import atexit
import functools
import itertools
import os
import pwd
import select
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import Self

import psycopg
import pytest

ABSENT = "PostgreSQL is not installed (Debian: apt-get install postgresql)"
_NUMBER = itertools.count()


class Server:
    """A cluster in a folder of its own, reached through a socket there."""

    def __init__(self, programs: Path) -> None:
        """Make the cluster and start it; page checksums on, so that a torn page is noticed."""
        self.programs = programs
        self.folder = Path(tempfile.mkdtemp(prefix="comitia-pg-"))
        self.account = _account()
        if self.account:
            shutil.chown(self.folder, self.account)
        self.run("initdb", "--username=clerk", "--auth=trust", "--encoding=UTF8", "--locale=C", "--data-checksums")
        self.start()
        atexit.register(self.remove)

    def run(self, program: str, *words: str) -> None:
        """Run one of PostgreSQL's programs on the cluster."""
        command = [str(self.programs / program), "-D", str(self.data), *words]
        subprocess.run(command, check=True, user=self.account, stdout=subprocess.DEVNULL, cwd="/")

    @property
    def data(self) -> Path:
        """The cluster's folder."""
        return self.folder / "data"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        settings = f"-c listen_addresses='' -c unix_socket_directories={self.folder} -c max_connections=50"
        self.run("pg_ctl", "--wait", "--log", str(self.folder / "log"), "--options", settings, "start")

    def stop(self, how: str = "immediate") -> None:
        """Stop it; ``immediate`` is as pulling the plug of its processes."""
        self.run("pg_ctl", "--wait", "--mode", how, "stop")

    def remove(self) -> None:
        """Stop the server and remove its folder."""
        subprocess.run(
            [str(self.programs / "pg_ctl"), "-D", str(self.data), "--mode", "immediate", "stop"],
            check=False, user=self.account, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/",
        )  # fmt: skip
        shutil.rmtree(self.folder, ignore_errors=True)

    def conninfo(self, schema: str = "public") -> str:
        """Return how to reach a schema."""
        return f"host={self.folder} user=clerk dbname=postgres options='-c search_path={schema}'"

    def new_schema(self) -> str:
        """Make an empty schema and return how to reach it."""
        schema = f"record_{os.getpid()}_{next(_NUMBER)}"
        with psycopg.connect(self.conninfo(), autocommit=True) as database:
            database.execute(f"CREATE SCHEMA {schema}")
        return self.conninfo(schema)

    def until_it_answers(self) -> None:
        """Wait until a connection is taken."""
        for _ in range(200):
            try:
                psycopg.connect(self.conninfo(), connect_timeout=2).close()
            except psycopg.Error:
                time.sleep(0.05)
            else:
                return
        raise AssertionError("PostgreSQL does not answer")


def _account() -> str | None:
    """Return an account that is not root to run the server under, None where this process is not root."""
    if os.geteuid() != 0:
        return None
    names = {each.pw_name for each in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@functools.cache
def server() -> Server:
    """Return the one server of this run, or skip where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    if not found and on_path is None:
        pytest.skip(ABSENT)
    return Server(found[-1].parent if found else Path(str(on_path)).parent)


class Cutting:
    """Stands between a client and the server; while armed, it hangs up on the client when a commit is done."""

    def __init__(self, folder: Path) -> None:
        """Listen on a socket in a folder."""
        self.folder = folder
        self.armed = False
        self.cut = 0
        self._door = socket.socket(socket.AF_UNIX)
        self._door.bind(str(folder / ".s.PGSQL.5432"))
        self._door.listen()
        threading.Thread(target=self._answer, daemon=True).start()

    def via(self, conninfo: str) -> str:
        """Return how to reach the same database through here."""
        return conninfo.replace(str(server().folder), str(self.folder))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *gone: object) -> None:
        self._door.close()

    def _answer(self) -> None:
        while True:
            try:
                client, _ = self._door.accept()
            except OSError:
                return
            behind = socket.socket(socket.AF_UNIX)
            behind.connect(str(server().folder / ".s.PGSQL.5432"))
            threading.Thread(target=self._carry, args=(client, behind), daemon=True).start()

    def _carry(self, client: socket.socket, behind: socket.socket) -> None:
        while True:
            for ready in select.select([client, behind], [], [])[0]:
                said = ready.recv(65_536)
                to = behind if ready is client else client
                if said:
                    to.sendall(said)
                if ready is client and self.armed and b"COMMIT" in said:
                    behind.recv(65_536)
                    self.armed, self.cut, said = False, self.cut + 1, b""
                if not said:
                    client.close()
                    behind.close()
                    return
