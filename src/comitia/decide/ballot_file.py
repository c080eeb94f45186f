"""Ballot files of several formats, told apart by what stands in them, never by their name."""

import codecs
import re
from collections.abc import Callable
from itertools import islice

from comitia.decide import (
    abif,
    ballots_json,
    blt,
    gathering,
    marks,
    preflib,
    profile as profiles,
    scottish_dat,
    voter_rows,
)
from comitia.decide.gathering import BallotFileWrong, Gathered


class FormatUnknown(Exception):
    """A suffix that no format has that is written here."""

    def __init__(self, suffix: str, known: tuple[str, ...]) -> None:
        super().__init__(f"no format with the suffix {suffix!r} is written; expected {', '.join(known)}")
        self.suffix = suffix
        self.known = known


_TWO = re.compile(r"\s*\d+\s+\d+\s*(?:#.*)?")
_FOUR = re.compile(r"\s*\d+(?:\s+\d+){3}\s*")


Reader = Callable[[bytes, Gathered], profiles.BallotFile]


def _reader(raw: bytes) -> Reader:
    """Return the reader of the format in which a file is written."""
    start = raw[:20_000]
    lines = list(islice((line for line in gathering.each_line(start) if not line[1].startswith("#")), 2))
    first = lines[0][1] if lines else ""
    second = lines[1][1] if len(lines) > 1 else ""
    if preflib.START.search(start) or (preflib.OLD_START.fullmatch(first) and preflib.OLD_NEXT.fullmatch(second)):
        return preflib.read
    if _TWO.fullmatch(first):
        return blt.read
    if _FOUR.fullmatch(second):
        return scottish_dat.read
    if ballots_json.is_start(first):
        return ballots_json.read
    if abif.START.match(first):
        return abif.read
    if voter_rows.is_header(first):
        return voter_rows.read
    line, found = lines[0] if lines else (1, "an empty file")
    raise BallotFileWrong(
        line, found,
        "a ballot file to start like one: BLT with 'candidates seats', a Scottish .dat with 'seats candidates distinct "
        "papers' in its second line, PrefLib with '# NUMBER ALTERNATIVES', ABIF with '=A:[name]' or '5: A > B', CSV "
        "with a header, JSON with {",
    )  # fmt: skip


def parse(raw: bytes, reading: marks.Reading = marks.STRICT) -> profiles.BallotFile:
    """Return what a ballot file says.

    Args:
        reading: how marks are read that are no plain ranking.

    Raises:
        BallotFileWrong: no known format starts like this, or the first line that cannot be read.
    """
    raw = _unix(raw)
    return _reader(raw)(raw, Gathered(reading))


def paper(raw: bytes, wanted: int | str, reading: marks.Reading = marks.STRICT) -> profiles.Ranks | None:
    """Return what one paper of a file ranks, by the number of its line, or by its identity; None if there is none.

    Raises:
        BallotFileWrong: as ``parse``.
    """
    raw = _unix(raw)
    gathered = Gathered(reading, wanted)
    _reader(raw)(raw, gathered)
    return gathered.paper


def format(file: profiles.BallotFile, suffix: str, *, seats: int | None) -> str:
    """Return a ballot file in the format of a suffix: .blt, .abif, .csv or .json.

    Raises:
        FormatUnknown: another suffix.
        Unwritable: a name that the format cannot hold, or BLT without seats.
    """
    writers = {".blt": blt.format, ".abif": abif.format, ".csv": voter_rows.format, ".json": ballots_json.format}
    if suffix not in writers:
        raise FormatUnknown(suffix, tuple(writers))
    return writers[suffix](file, seats=seats)


def _unix(raw: bytes) -> bytes:
    """Return a file without its mark of UTF-8, its lines ended by a line feed alone."""
    raw = raw.removeprefix(codecs.BOM_UTF8)
    return raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in raw else raw
