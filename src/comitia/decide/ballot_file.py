"""Ballot files of several formats, told apart by what stands in them, never by their name."""

import re

from comitia.decide import blt, profile as profiles, scottish_dat

_TWO = re.compile(r"\s*\d+\s+\d+\s*(?:#.*)?")
_FOUR = re.compile(r"\s*\d+(?:\s+\d+){3}\s*")


class FormatUnknown(Exception):
    """A file that starts like no ballot file: ``line`` and what was ``found`` there."""

    def __init__(self, line: int, found: str) -> None:
        shown = found if len(found) <= 60 else found[:57] + "..."
        super().__init__(
            f"line {line}: this starts like no ballot file, found {shown!r}; a BLT file starts "
            "with 'candidates seats', a Scottish .dat file has 'seats candidates distinct papers' in its second line"
        )
        self.line = line
        self.found = found


def text_of(raw: bytes) -> str:
    """Return a file's text: UTF-8 with or without its mark, else Latin-1, in which older councils wrote."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def parse(raw: bytes) -> profiles.BallotFile:
    """Return what a ballot file says.

    Raises:
        FormatUnknown: no known format starts like this.
        BltWrong, DatWrong: the first line that cannot be read.
    """
    text = text_of(raw)
    lines = [
        (number, line)
        for number, line in enumerate(text[:10_000].split("\n"), start=1)
        if line.strip() and not line.lstrip().startswith("#")
    ]
    if lines and _TWO.fullmatch(lines[0][1]):
        return blt.parse(text)
    if len(lines) > 1 and _FOUR.fullmatch(lines[1][1]):
        return scottish_dat.parse(text)
    raise FormatUnknown(*(lines[0] if lines else (1, "an empty file")))
