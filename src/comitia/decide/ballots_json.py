"""Ballots as JSON, read and written.

    {"title": "Committee", "seats": 2, "candidates": ["Vera", "Karl"], "withdrawn": [2],
     "ballots": [
      {"papers": "5", "ranking": [[1], [2]]},
      {"papers": "1.5", "ranking": [[1, 2]]}]}

``papers`` is a decimal as text, ``ranking`` the candidates at each rank, by number from 1; several at one rank are
equal. ``title``, ``seats`` and ``withdrawn`` may be absent.
"""

import json
import re

import msgspec

from comitia.decide import gathering, profile as profiles
from comitia.decide.gathering import BallotFileWrong, Gathered


class _Ballot(msgspec.Struct, forbid_unknown_fields=True):
    papers: str
    ranking: list[list[int]]


class _File(msgspec.Struct, forbid_unknown_fields=True):
    candidates: list[str]
    ballots: list[_Ballot]
    title: str = ""
    seats: int | None = None
    withdrawn: list[int] = []


def is_start(first_line: str) -> bool:
    """Say whether a first line begins such a file; a whole JSON object of other words begins an ABIF file."""
    if not first_line.startswith("{"):
        return False
    try:
        said = json.loads(first_line)
    except (ValueError, RecursionError):
        return True
    return isinstance(said, dict) and "ballots" in said


def _line_of(raw: bytes, ballot: int) -> int:
    """Return the line on which a ballot begins, counted from 0."""
    text = gathering.text_of(raw)
    place = text.find("[", text.find('"ballots"')) + 1
    decoder = json.JSONDecoder()
    for _ in range(ballot):
        place = decoder.raw_decode(text, len(text) - len(text[place:].lstrip(" \n\t,")))[1]
    return text.count("\n", 0, len(text) - len(text[place:].lstrip(" \n\t,"))) + 1


def _decoded(raw: bytes) -> _File:
    try:
        return msgspec.json.decode(raw, type=_File)
    except msgspec.ValidationError as fault:
        where = re.search(r"\$\.ballots\[(\d+)\]", str(fault))
        line = _line_of(raw, int(where[1])) if where else 1
        raise BallotFileWrong(line, str(fault), "ballots as docs/reference/ballot-files.md describes them") from fault
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
        where = re.search(r"byte (\d+)", str(fault))
        line = raw.count(b"\n", 0, int(where[1]) if where else len(raw)) + 1
        raise BallotFileWrong(line, str(fault), "JSON") from fault


def read(raw: bytes, gathered: Gathered) -> profiles.BallotFile:
    """Return what a JSON file of ballots says, its papers gathered on the way.

    Raises:
        BallotFileWrong: the first ballot that cannot be read.
    """
    gathered.reading = gathered.reading.or_equal()
    file = _decoded(raw)
    if file.seats is not None and file.seats < 1:
        raise BallotFileWrong(1, str(file.seats), "1 seat or more")
    everybody = range(1, len(file.candidates) + 1)
    if not all(number in everybody for number in file.withdrawn):
        raise BallotFileWrong(1, str(file.withdrawn), f"withdrawn candidates from 1 to {len(everybody)}")
    for place, ballot in enumerate(file.ballots):
        weight = gathering.weight_of(ballot.papers)
        if weight is None or not all(number in everybody for rank in ballot.ranking for number in rank):
            found = msgspec.json.encode(ballot).decode()
            expected = f"papers above 0, and candidates from 1 to {len(everybody)}"
            raise BallotFileWrong(_line_of(raw, place), found, expected)
        marked = [[number - 1 for number in rank] for rank in ballot.ranking]
        # Where a ballot stands is sought only if somebody asks for one, or if it is wrong.
        line = 0 if gathered.wanted is None else _line_of(raw, place)
        try:
            gathering.add(gathered, (line, str(ballot.ranking)), marked, weight=weight)
        except BallotFileWrong as fault:
            raise BallotFileWrong(_line_of(raw, place), fault.found, fault.expected) from fault
    return gathering.ballot_file(
        gathered, file.candidates, seats=file.seats, title=file.title,
        withdrawn=frozenset(number - 1 for number in file.withdrawn),
    )  # fmt: skip


def format(file: profiles.BallotFile, *, seats: int | None) -> str:
    """Return a ballot file as JSON, a line for each ballot, every paper as it stands."""
    profile = file.profile
    said: dict[str, object] = {"title": file.title} if file.title else {}
    said |= {"seats": seats} if seats is not None else {}
    said |= {"candidates": profile.candidates}
    said |= {"withdrawn": [position + 1 for position in sorted(profile.withdrawn)]} if profile.withdrawn else {}
    papers = [(weight, tuple((position,) for position in ranking)) for weight, ranking in profile.ballots]
    ballots = [
        json.dumps(
            {
                "papers": gathering.weight_text(weight, file.scale),
                "ranking": [[position + 1 for position in rank] for rank in ranks],
            }
        )
        for weight, ranks in (*papers, *profile.equal)
    ]
    head = json.dumps(said, ensure_ascii=False)[:-1]
    return head + ', "ballots": [\n' + ",\n".join(ballots) + "]}\n"
