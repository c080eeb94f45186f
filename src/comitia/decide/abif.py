"""ABIF, the Aggregated Ballot Information Format of Electorama, read and written.

    # a comment
    {"title": "Committee", "seats": 2, "withdrawn": ["C"]}    what else there is to say, as JSON, on lines of its own
    =A:[Vera of the Turners]                                   a short name and the full one, in brackets
    27: A > B = [Karl Lund]                                    27 papers: A before B and Karl Lund, who are equal
    3 * A/5 > B/2                                              scores after a stroke are noted, not counted
    4: A/5, B/2, C/5                                           with commas, the scores make the ranking: A and C, then B
    2:                                                         two blank papers

A candidate who has no line of her own stands from the first paper that names her. Short names are letters, digits and
underscores; other names stand in brackets or double quotes.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from comitia.decide import gathering, profile as profiles
from comitia.decide.gathering import BallotFileWrong, Gathered

START = re.compile(r"=|[0-9][0-9.]*\s*[:*]|\{")
_CANDIDATE = re.compile(r'=\s*(\w[\w-]*|"[^"]*"|\[[^\]]*\])\s*:\s*(?:\[([^\]]*)\]|"([^"]*)"|(\S.*))')
_PAPERS = re.compile(r"([0-9][0-9.]*)\s*[:*]\s*(.*)")
_MENTION = re.compile(r'\s*(?:\[([^\]]*)\]|"([^"]*)"|(\w[\w-]*))\s*(?:/\s*([0-9]{1,9}))?\s*([>=,]?)')
_SCORES = "scores beside an order (A/5 > B/2); the order counts"


@dataclass(slots=True)
class _Roll:
    """Candidates in the order in which they appear, by short name or full name; and what the file says of itself."""

    names: list[str] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    said: dict[str, object] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def place(self, word: str) -> int:
        """Return a candidate's position; somebody new stands from now on."""
        if word not in self.places:
            self.places[word] = len(self.names)
            self.names.append(word)
        return self.places[word]


def _declare(roll: _Roll, line: tuple[int, str]) -> None:
    found = _CANDIDATE.fullmatch(line[1])
    if found is None:
        raise BallotFileWrong(*line, "a candidate as '=A:[full name]'")
    word = found[1].strip('[]"')
    name = next(text for text in (found[2], found[3], found[4]) if text is not None)
    if word in roll.places:
        raise BallotFileWrong(*line, f"a short name that no candidate has yet, and {word} has appeared above")
    roll.names[roll.place(word)] = name
    roll.places.setdefault(name, roll.places[word])


def _tell(roll: _Roll, line: tuple[int, str]) -> None:
    try:
        # A line that begins with { holds an object, if it holds JSON.
        roll.said |= json.loads(line[1])
    except (ValueError, RecursionError) as fault:
        raise BallotFileWrong(*line, "one JSON object on the line") from fault


def _mentions(line: tuple[int, str], text: str) -> list[tuple[str, int | None, str]]:
    """Return (name, score, what follows it) for everybody whom some papers name."""
    found: list[tuple[str, int | None, str]] = []
    place = 0
    while place < len(text):
        one = _MENTION.match(text, place)
        if one is None or (place and not found[-1][2]):
            column = line[1].find(text) + place + 1
            raise BallotFileWrong(*line, "candidates parted by '>', '=' or ','", column=column)
        name = next(word for word in (one[1], one[2], one[3]) if word is not None)
        found.append((name, None if one[4] is None else int(one[4]), one[5]))
        place = one.end()
    if found and found[-1][2]:
        raise BallotFileWrong(*line, f"a candidate after the last {found[-1][2]!r}")
    return found


def _marked(roll: _Roll, line: tuple[int, str], text: str) -> list[list[int]]:
    """Return the candidates at each rank of some papers."""
    mentions = _mentions(line, text)
    scored = [score for _, score, _ in mentions if score is not None]
    if scored and all(after in ("", ",") for _, _, after in mentions):
        if len(scored) < len(mentions):
            raise BallotFileWrong(*line, "a score after every candidate, or after none")
        order = sorted(mentions, key=lambda one: -(one[1] or 0))
        return [[roll.place(name) for name, _, _ in alike] for _, alike in groupby(order, key=lambda one: one[1])]
    if scored and _SCORES not in roll.notes:
        roll.notes.append(_SCORES)
    marked: list[list[int]] = [[]]
    for name, _, after in mentions:
        marked[-1].append(roll.place(name))
        if after == ">":
            marked.append([])
    return marked


def _seats(roll: _Roll) -> int | None:
    seats = roll.said.get("seats")
    if seats is not None and not (type(seats) is int and seats > 0):
        raise BallotFileWrong(
            1, json.dumps(seats), "a whole number of seats, 1 or more, as what the file says of itself"
        )
    return seats if type(seats) is int else None


def _withdrawn(roll: _Roll) -> frozenset[int]:
    named = roll.said.get("withdrawn", [])
    if not isinstance(named, list) or not all(isinstance(one, str) and one in roll.places for one in named):
        raise BallotFileWrong(1, json.dumps(named), "a list of candidates who have withdrawn")
    return frozenset(roll.places[one] for one in named)


def read(raw: bytes, gathered: Gathered) -> profiles.BallotFile:
    """Return what an ABIF file says, its papers gathered on the way; ``=`` and ``,`` are equal ranks.

    Raises:
        BallotFileWrong: the first line that cannot be read.
    """
    gathered.reading = gathered.reading.or_equal()
    roll = _Roll()
    for line in gathering.lines_of(raw):
        if line[1].startswith("#"):
            continue
        if line[1].startswith("="):
            _declare(roll, line)
        elif line[1].startswith("{"):
            _tell(roll, line)
        else:
            found = _PAPERS.fullmatch(line[1])
            weight = gathering.weight_of(found[1]) if found else None
            if found is None or weight is None:
                raise BallotFileWrong(*line, "papers as 'how many: A > B = C'")
            gathering.add(gathered, line, _marked(roll, line, found[2]), weight=weight)
    title = roll.said.get("title", "")
    return gathering.ballot_file(
        gathered, roll.names, seats=_seats(roll), title=title if isinstance(title, str) else "",
        withdrawn=_withdrawn(roll), notes=roll.notes,
    )  # fmt: skip


def _short_names(names: Sequence[str]) -> list[str]:
    """Return a short name for each candidate: C1, C2, ..., none of which is a full name."""
    return [f"C{number}" for number in range(1, len(names) + 1)]


def format(file: profiles.BallotFile, *, seats: int | None) -> str:
    """Return a ballot file as the text of an ABIF file, with every paper as it stands.

    Raises:
        Unwritable: a name with a bracket or a line break.
    """
    profile = file.profile
    short = _short_names(profile.candidates)
    said: dict[str, object] = {"title": file.title} if file.title else {}
    said |= {"seats": seats} if seats is not None else {}
    said |= {"withdrawn": [short[position] for position in sorted(profile.withdrawn)]} if profile.withdrawn else {}
    lines = [json.dumps(said, ensure_ascii=False)] if said else []
    for word, name in zip(short, profile.candidates, strict=True):
        gathering.check_one_line(name, "ABIF")
        if "]" in name:
            raise gathering.Unwritable(f"the name {name!r}, which has a bracket", "ABIF")
        lines.append(f"={word}:[{name}]")
    papers = [(weight, tuple((position,) for position in ranking)) for weight, ranking in profile.ballots]
    for weight, ranks in (*papers, *profile.equal):
        ranked = ">".join("=".join(short[position] for position in rank) for rank in ranks)
        lines.append(f"{gathering.weight_text(weight, file.scale)}:{ranked}")
    return "\n".join(lines) + "\n"
