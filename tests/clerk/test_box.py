"""Ballot boxes: what they take, what they promise, what their folder tells of a voter."""

import hashlib
import os
from functools import cache
from pathlib import Path

import pytest
import sealed
from sealed import Sealing

from comitia.clerk.box import Box, BoxFault
from comitia.record import casts, promise, sealed_ballot, strict_base64


@cache
def _admitted() -> Sealing:
    found = sealed.recall().fixed()
    found.admitted(found.electors[:2])
    found.small.at = found.of.closes_at
    return found


def a_line(choice: object = "for") -> tuple[sealed_ballot.Ballot, bytes]:
    """Return a ballot, and the line of a cast in it."""
    found = _admitted().copy()
    return found.keys, casts.line_of(found.cast(found.electors[0], choice))


def test_a_box_keeps_a_ballot_for_good_and_promises_it(tmp_path: Path) -> None:
    box = Box.make(tmp_path / "box")
    ballot, line = a_line()
    given = box.take(ballot, line)

    promise.check(given)
    assert (given.ballot, given.cast) == (ballot.leaf_hash, hashlib.sha256(line).digest())
    assert strict_base64.encode(given.box) == box.key
    assert Box(tmp_path / "box").lines() == [line]
    assert box.take(ballot, line) == given
    assert box.lines() == [line]


def test_a_box_is_emptied_of_what_stands_on_the_record_and_of_nothing_else(tmp_path: Path) -> None:
    box = Box.make(tmp_path / "box")
    (ballot, one), (_, other) = a_line("for"), a_line("against")
    box.take(ballot, one)
    box.take(ballot, other)
    box.empty([one, b"never here"])

    assert box.lines() == [other]


def test_the_folder_of_a_box_tells_no_hour_and_no_name(tmp_path: Path) -> None:
    box = Box.make(tmp_path / "box")
    ballot, line = a_line()
    box.take(ballot, line)
    (kept,) = (tmp_path / "box" / "casts").iterdir()

    assert (kept.name, kept.stat().st_mtime, kept.stat().st_atime) == (hashlib.sha256(line).hexdigest(), 0, 0)
    assert b"m-0" not in kept.read_bytes()
    assert [os.stat(tmp_path / "box" / name).st_mode & 0o777 for name in (".", "key")] == [0o700, 0o600]


@pytest.mark.parametrize("of", [b"", b"{}", b"altered"])
def test_what_the_record_would_refuse_is_not_taken(tmp_path: Path, of: bytes) -> None:
    box = Box.make(tmp_path / "box")
    ballot, line = a_line()
    with pytest.raises(BoxFault, match="this ballot is not taken: "):
        box.take(ballot, line.replace(b'"revision":1', b'"revision":2') if of == b"altered" else of)

    assert box.lines() == []


def test_a_folder_that_is_no_box_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("00")
    with pytest.raises(BoxFault, match="its key has 1 bytes, not 32"):
        Box(tmp_path)
    with pytest.raises(BoxFault, match="comitia ballot key --as box makes one"):
        Box(tmp_path / "nowhere")
    with pytest.raises(BoxFault, match="is not empty; choose a new folder"):
        Box.make(tmp_path)
