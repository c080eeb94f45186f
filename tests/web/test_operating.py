"""What whoever runs the server sees: health, and log lines that tell nothing about members."""

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import postgres_server
from small import founded
from test_browser import serving

from comitia.clerk.clerk import Clerk

TOKEN = "a-token-of-nobody"


def federation(home: Path, *, database: str | None = None) -> int:
    """Make a small federation and return how many acts it has."""
    with Clerk.create(home, "small.example/log", database=database) as clerk:
        small = founded(vkey=clerk.vkey)
        clerk.submit_all(small.done, blobs=small.blobs)
        return clerk.federation.state.size


def answer(address: str) -> tuple[int, str]:
    """Return the status and text with which an address answers."""
    try:
        with urllib.request.urlopen(address, timeout=10) as found:
            return found.status, found.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def until(status: int, of: Callable[[], int]) -> bool:
    """Return whether a status comes within ten seconds."""
    for _ in range(50):
        if of() == status:
            return True
        time.sleep(0.2)
    return False


def test_health_counts_acts_and_each_answer_is_a_line_that_names_nobody(tmp_path: Path) -> None:
    acts = federation(tmp_path / "home")
    with (tmp_path / "log").open("w") as log, serving(tmp_path / "home", log=log) as address:
        told = answer(f"{address}/health/")
        answer(f"{address}/join/{TOKEN}/")
        answer(f"{address}/no/{TOKEN}")

    mail = {"waiting": 0, "failed": 0, "last_round": ""}
    assert (told[0], json.loads(told[1])) == (
        200,
        {"healthy": True, "acts": acts, "signed": acts, "cosigned": 0, "mail": mail},
    )
    text = (tmp_path / "log").read_text()
    lines = [json.loads(line) for line in text.splitlines()]
    assert TOKEN not in text and "127.0.0.1" not in text
    seen = [(line["level"], line["method"], line["page"], line["status"]) for line in lines]
    assert seen[-3:] == [
        ("info", "GET", "/health/", 200),
        ("info", "GET", "/join/<str:token>/", 200),
        ("info", "GET", "none", 404),
    ]
    assert all(set(line) == {"at", "level", "method", "page", "status", "ms"} for line in lines)


def test_health_fails_while_the_database_is_away_and_comes_back_with_it(tmp_path: Path) -> None:
    database = postgres_server.server()
    federation(tmp_path / "home", database=database.new_schema())
    with (tmp_path / "log").open("w") as log, serving(tmp_path / "home", log=log) as address:
        assert answer(f"{address}/health/")[0] == 200
        database.stop()
        try:
            code, text = answer(f"{address}/health/")
        finally:
            database.start()
        assert (code, "The record cannot be reached." in text, str(database.folder) in text) == (503, True, False)
        assert until(200, lambda: answer(f"{address}/health/")[0])
    faults = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines() if '"defect"' in line]
    assert (faults[0]["status"], "the database cannot be reached" in faults[0]["defect"]) == (503, True)


def test_what_a_backup_restores_is_served_as_it_was(tmp_path: Path) -> None:
    acts = federation(tmp_path / "home")
    for words in (("backup", "copy", "--home", "home"), ("restore", "copy", "--home", "again")):
        subprocess.run([sys.executable, "-m", "comitia", *words], cwd=tmp_path, check=True, capture_output=True)

    with serving(tmp_path / "again") as address:
        code, text = answer(f"{address}/health/")
    assert (code, json.loads(text)["acts"]) == (200, acts)
