"""CSV with one voter a row, as forms and ballot scanners give it, in either of two shapes, read and written.

    # title: Committee              what there is to say, in comments before the first row; may be absent
    # seats: 2
    # withdrawn: 3                  by number, from 1
    papers,Vera,Karl,"Lund, Ada"    a column for each candidate
    5,2,1,                          five papers: Karl first, Vera second; empty or 0 is not ranked

    ballot,Rank 1,Rank 2            a column for each rank (rank, choice, preference, or 1st, 2nd, 3rd ...)
    a7,Karl,Vera                    one paper with an identity
    a8,Karl=Vera,                   two candidates in one cell: an overvote, to be read as whoever counts says

Before the candidates or ranks may stand a column of weights (papers, weight or count) and one of identities (id, ballot
or voter). Columns are parted by commas, semicolons or tabs, whichever comes first in the header. Where candidates have
no columns they stand in the order in which papers name them. An equal or skipped rank is never read by default.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from comitia.decide import gathering, profile as profiles
from comitia.decide.gathering import BallotFileWrong, Gathered

WEIGHTS = ("papers", "weight", "count")
IDENTITIES = ("id", "ballot", "ballot id", "voter")
_RANK = re.compile(
    r"(?:(?:rank|choice|preference)[ _-]*([0-9]{1,3})|([0-9]{1,3})(?:st|nd|rd|th)(?:[ _-].*)?)", re.IGNORECASE
)
_SAID = re.compile(r"#\s*(title|seats|withdrawn)\s*:\s*(.*)")
_QUOTED = re.compile(r'"[^"]*"')


@dataclass(slots=True)
class _Columns:
    """What the columns mean: the places of weight and identity, then candidates, or ranks."""

    weight: int | None = None
    identity: int | None = None
    first: int = 0
    candidates: list[str] = field(default_factory=list)
    by_rank: bool = False


def delimiter_of(header: str) -> str | None:
    """Return the character that parts the columns of a header, None if there is one column."""
    bare = _QUOTED.sub("", header)
    return min((mark for mark in ",;\t" if mark in bare), key=bare.index, default=None)


def is_header(line: str) -> bool:
    """Say whether a line could be the header of such a file."""
    return delimiter_of(line) is not None or _RANK.fullmatch(line.strip()) is not None


def _columns(line: tuple[int, str], cells: list[str]) -> _Columns:
    columns = _Columns()
    for place, cell in enumerate(cells):
        if cell.lower() in WEIGHTS and columns.weight is None:
            columns.weight = place
        elif cell.lower() in IDENTITIES and columns.identity is None:
            columns.identity = place
        else:
            columns.first = place
            break
    else:
        raise BallotFileWrong(*line, "a column for each candidate, or for each rank")
    named = cells[columns.first :]
    ranks = [_RANK.fullmatch(cell) for cell in named]
    if all(ranks):
        numbers = [int(found[1] or found[2]) for found in ranks if found]
        if numbers != list(range(1, len(numbers) + 1)):
            raise BallotFileWrong(*line, "ranks from 1 on, one column each, in order")
        columns.by_rank = True
    elif "" in named or len(set(named)) < len(named):
        raise BallotFileWrong(*line, "the name of a candidate in each column, each a different one")
    else:
        columns.candidates = named
    return columns


def _by_candidate(columns: _Columns, line: tuple[int, str], cells: list[str]) -> list[list[int]]:
    """Return the candidates at each rank where each has a column."""
    marked: list[list[int]] = []
    most = len(columns.candidates)
    for position, cell in enumerate(cells):
        if cell in ("", "0", "-"):
            continue
        rank = int(cell) if re.fullmatch(r"[0-9]{1,9}", cell) else 0
        if not 1 <= rank <= most:
            column = columns.first + position + 1
            raise BallotFileWrong(*line, f"a rank from 1 to {most}, or nothing, in field {column}")
        marked += [[] for _ in range(rank - len(marked))]
        marked[rank - 1].append(position)
    return marked


def _by_rank(columns: _Columns, places: dict[str, int], cells: list[str]) -> list[list[int]]:
    """Return the candidates at each rank where each rank has a column; somebody new stands from now on."""
    marked: list[list[int]] = []
    for cell in cells:
        names = [name.strip() for name in cell.split("=") if name.strip()]
        marked.append([places.setdefault(name, len(places)) for name in names])
    return marked


def _rows(text: str, delimiter: str, before: int) -> Iterator[tuple[tuple[int, str], list[str]]]:
    """Yield the rows with their numbers; ``before`` lines stand before the first."""
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    number = before + 1
    try:
        for cells in reader:
            yield (number, delimiter.join(cells)), [cell.strip() for cell in cells]
            number = before + reader.line_num + 1
    except csv.Error as fault:
        raise BallotFileWrong(
            number, str(fault), "cells parted by one mark, with quotes around what holds it"
        ) from fault


def _said(line: tuple[int, str], said: dict[str, str]) -> None:
    found = _SAID.fullmatch(line[1])
    if found is not None:
        said[found[1]] = found[2]
        numbers = r"[1-9][0-9]{0,8}" if found[1] == "seats" else r"[0-9]{1,9}(?:[ ,]+[0-9]{1,9})*"
        if found[1] != "title" and not re.fullmatch(numbers, found[2]):
            raise BallotFileWrong(*line, f"{found[1]} as numbers from 1 on")


def read(raw: bytes, gathered: Gathered) -> profiles.BallotFile:
    """Return what a CSV file of voters says, its papers gathered on the way.

    Raises:
        BallotFileWrong: the first row that cannot be read.
    """
    text = gathering.text_of(raw)
    said: dict[str, str] = {}
    before, start = 0, 0
    while (line := text[start : text.find("\n", start) % (len(text) + 1)]).startswith("#") or not line.strip():
        _said((before + 1, line.strip()), said)
        before, start = before + 1, start + len(line) + 1
        if start > len(text):
            raise BallotFileWrong(before, "the end of the file", "a header with a column for each candidate or rank")
    rows = _rows(text[start:], delimiter_of(line) or ",", before)
    header = next(rows)
    columns = _columns(*header)
    places = {name: place for place, name in enumerate(columns.candidates)}
    for line_of, cells in rows:
        if not any(cells) and len(cells) < 2:
            continue
        if len(cells) != len(header[1]):
            raise BallotFileWrong(*line_of, f"{len(header[1])} cells, as in the header; there are {len(cells)}")
        weight = 1 if columns.weight is None else gathering.weight_of(cells[columns.weight])
        if weight is None:
            raise BallotFileWrong(*line_of, f"a number of papers above 0 in field {(columns.weight or 0) + 1}")
        rest = cells[columns.first :]
        marked = _by_rank(columns, places, rest) if columns.by_rank else _by_candidate(columns, line_of, rest)
        identity = "" if columns.identity is None else cells[columns.identity]
        gathering.add(gathered, line_of, marked, weight=weight, identity=identity)
    withdrawn = frozenset(int(word) - 1 for word in re.findall("[0-9]+", said.get("withdrawn", "")))
    if withdrawn and not 0 <= min(withdrawn) <= max(withdrawn) < len(places):
        raise BallotFileWrong(1, said["withdrawn"], f"withdrawn candidates from 1 to {len(places)}")
    seats = int(said["seats"]) if "seats" in said else None
    return gathering.ballot_file(gathered, list(places), seats=seats, title=said.get("title", ""), withdrawn=withdrawn)


def _check_names(names: tuple[str, ...]) -> None:
    for name in names:
        gathering.check_one_line(name, "CSV")
        if not name or name != name.strip():
            raise gathering.Unwritable(f"the name {name!r}, which is empty or begins or ends with a blank", "CSV")
        if names.count(name) > 1:
            raise gathering.Unwritable(f"two candidates named {name!r}", "CSV")
    if names and all(_RANK.fullmatch(name) for name in names):
        raise gathering.Unwritable(f"candidates who are all called like ranks ({names[0]})", "CSV")
    reserved = [name for name in names[:1] if name.lower() in IDENTITIES]
    if reserved or not names:
        raise gathering.Unwritable(f"a first candidate named {reserved[0]!r}" if reserved else "no candidate", "CSV")


def format(file: profiles.BallotFile, *, seats: int | None) -> str:
    """Return a ballot file as CSV with a column of weights and one for each candidate, every paper as it stands.

    Raises:
        Unwritable: names that cannot head a column.
    """
    profile = file.profile
    _check_names(profile.candidates)
    out = io.StringIO()
    if file.title:
        gathering.check_one_line(file.title, "CSV")
        out.write(f"# title: {file.title}\n")
    if seats is not None:
        out.write(f"# seats: {seats}\n")
    if profile.withdrawn:
        out.write(f"# withdrawn: {' '.join(str(position + 1) for position in sorted(profile.withdrawn))}\n")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([WEIGHTS[0], *profile.candidates])
    papers = [(weight, tuple((position,) for position in ranking)) for weight, ranking in profile.ballots]
    for weight, ranks in (*papers, *profile.equal):
        given = {position: rank for rank, named in enumerate(ranks, start=1) for position in named}
        cells = [str(given.get(position, "")) for position in range(len(profile.candidates))]
        writer.writerow([gathering.weight_text(weight, file.scale), *cells])
    return out.getvalue()
