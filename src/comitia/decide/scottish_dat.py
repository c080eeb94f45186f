"""The ``.dat`` ballot files of Scottish council wards, read.

10 Helensburgh Central       the ward
4 7 752 3947                 seats, candidates, distinct rankings, papers
James ALEXANDER-ROBB, Ind    one line for each candidate
4 0 0 2 3 0 1 4              papers, then the rank that each candidate was given; 0 is none
"""

import re

from comitia.decide import gathering, plain_lines, profile as profiles
from comitia.decide.gathering import BallotFileWrong, Gathered

_HEAD = "seats, candidates, distinct rankings and papers as four whole numbers"

_START = re.compile(r"([^\n]*[^\s][^\n]*)\n([1-9][0-9]{0,8}) ([1-9][0-9]?) ([0-9]{1,9}) ([0-9]{1,15}) *\n")


def _whole_numbers(line: tuple[int, str], expected: str) -> list[int]:
    words = line[1].split()
    if not all(word.isascii() and word.isdigit() and len(word) <= 15 for word in words):
        raise BallotFileWrong(*line, expected)
    return [int(word) for word in words]


def _paper(gathered: Gathered, line: tuple[int, str], candidates: int) -> int:
    """Add the papers of one line and return how many they are."""
    expected = f"the number of papers and {candidates} ranks, each from 0 to {candidates}"
    figures = _whole_numbers(line, expected)
    if len(figures) != candidates + 1 or figures[0] < 1 or max(figures[1:]) > candidates:
        raise BallotFileWrong(*line, expected)
    marked: list[list[int]] = [[] for _ in range(candidates)]
    for position, rank in enumerate(figures[1:]):
        if rank:
            marked[rank - 1].append(position)
    gathering.add(gathered, line, marked, weight=figures[0])
    return figures[0]


def _in_bulk(text: str, gathered: Gathered) -> profiles.BallotFile | None:
    """Return what a file says of which every line is plain and the totals are right, None of any other."""
    start = _START.match(text)
    if start is None:
        return None
    title, seats, candidates = start[1], int(start[2]), int(start[3])
    *names, body = text[start.end() :].split("\n", candidates)
    names = [name.strip() for name in names]
    if len(names) < candidates or "" in names:
        return None
    found = plain_lines.dat(body.rstrip("\n"), candidates=candidates)
    if found is None or found[:2] != (int(start[4]), int(start[5])):
        return None
    gathered.plain = found[2]
    return gathering.ballot_file(gathered, names, seats=seats, title=title.strip())


def read(raw: bytes, gathered: Gathered) -> profiles.BallotFile:
    """Return what a ``.dat`` file says; the party stays in the candidate's name.

    Raises:
        BallotFileWrong: the first line that cannot be read, or totals that its papers do not add up to.
    """
    text = gathering.text_of(raw)
    plain = _in_bulk(text, gathered) if gathered.wanted is None else None
    if plain is not None:
        return plain
    lines = gathering.lines_of(raw)
    if len(lines) < 2:
        raise BallotFileWrong(len(lines) + 1, "the end of the file", _HEAD)
    head = _whole_numbers(lines[1], _HEAD)
    if len(head) != 4 or head[0] < 1 or head[1] < 1:
        raise BallotFileWrong(*lines[1], _HEAD)
    seats, candidates, distinct, total = head
    if len(lines) < 2 + candidates:
        raise BallotFileWrong(lines[-1][0] + 1, "the end of the file", f"{candidates} names of candidates, one a line")
    names = [line for _, line in lines[2 : 2 + candidates]]
    rest = lines[2 + candidates :]
    counted = sum(_paper(gathered, line, candidates) for line in rest)
    if (len(rest), counted) != (distinct, total):
        found = f"{len(rest)} rankings on {counted} papers"
        raise BallotFileWrong(*lines[1], f"the totals of the lines below, {found}")
    return gathering.ballot_file(gathered, names, seats=seats, title=lines[0][1])
