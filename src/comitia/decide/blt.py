"""BLT, the ballot format of Hill, Wichmann and Woodall (Algorithm 123, 1987), read and written.

    4 2                 candidates and seats
    -3                  candidate 3 has withdrawn (several on a line: -3 -4)
    5 1 2 0             five papers: 1 before 2; each line ends with 0
    (a7) 1 4 0          one paper with an identity in brackets, which is passed over
    2 1 - 3 0           a skipped preference, passed over
    0                   end of the papers
    "Vera"              names in order, quoted or bare, one a line
    "Committee"         the title, which may be absent

Lines may carry a comment after ``#``, save in a bare name. Equal ranks (``1=2``), decimal weights and options in square
brackets other than ``[withdrawn ...]`` are refused, as the rules here count whole papers with strict rankings.
"""

import re
from collections import Counter
from typing import cast

from comitia.decide import profile as profiles

_HEAD = re.compile(r"([0-9]{1,9})\s+([0-9]{1,9})")
_WITHDRAWN = re.compile(r"-[0-9]{1,9}(?:\s+-[0-9]{1,9})*|\[withdrawn((?:\s+[0-9]{1,9})+)\s*\]")
_PAPERS = re.compile(r"(?:([0-9]{1,18})|\([^()]*\))((?:\s+(?:[1-9][0-9]{0,8}|-))*)\s+0")
_NAME = re.compile(r'"(.*)"\s*(?:#.*)?')


class BltWrong(Exception):
    """A line of a BLT file that cannot be read: ``line`` from 1, ``found``, ``expected``."""

    def __init__(self, line: int, found: str, expected: str) -> None:
        shown = found if len(found) <= 60 else found[:57] + "..."
        super().__init__(f"line {line}: expected {expected}, found {shown!r}")
        self.line = line
        self.found = found
        self.expected = expected


def _bare(line: str) -> str:
    return line.split("#", 1)[0].rstrip()


def _ranking(line: str, number: int, candidates: int) -> tuple[int, profiles.Ranking]:
    found = _PAPERS.fullmatch(_bare(line))
    if found is None:
        expected = "papers as 'how many, preferences, 0'"
        if "=" in line:
            expected += " without equal ranks, which no rule here counts"
        raise BltWrong(number, line, expected)
    weight = int(found[1] or 1)
    ranking = tuple(int(word) - 1 for word in found[2].split() if word != "-")
    try:
        profiles.check_ranking(ranking, candidates=candidates, weight=weight)
    except profiles.ProfileWrong as wrong:
        raise BltWrong(number, line, f"each of the {candidates} candidates at most once ({wrong.reason})") from wrong
    return weight, ranking


def _name(line: str) -> str:
    quoted = _NAME.fullmatch(line)
    return quoted[1] if quoted else line


def _is_empty(line: str) -> bool:
    return not line or line.isspace() or line.lstrip().startswith("#")


def _ends_papers(line: str) -> bool:
    return line.startswith('"') or _bare(line) == "0"


def _papers(lines: list[str], span: range, candidates: int) -> tuple[tuple[int, profiles.Ranking], ...]:
    """Return the papers of some lines, equal rankings together; many papers share a line, which is read once."""
    places = {str(position + 1): position for position in range(candidates)}
    ballots: dict[profiles.Ranking, int] = {}
    for line, times in Counter(lines[span.start : span.stop]).items():
        words = line.split()
        ranking = tuple(map(places.get, words[1:-1]))
        plain = len(words) > 1 and words[-1] == "0" and words[0].isascii() and words[0].isdigit() and len(words[0]) < 10
        if plain and None not in ranking and len(set(ranking)) == len(ranking) and words[0].strip("0"):
            weight = int(words[0])
        elif _is_empty(line):
            continue
        else:
            weight, ranking = _ranking(line.strip(), lines.index(line, span.start) + 1, candidates)
        ballots[cast(profiles.Ranking, ranking)] = ballots.get(cast(profiles.Ranking, ranking), 0) + weight * times
    return tuple((weight, ranking) for ranking, weight in ballots.items())


def _names(lines: list[str], start: int, candidates: int) -> tuple[tuple[str, ...], str]:
    named = [place for place in range(start, len(lines)) if not _is_empty(lines[place])]
    names = [_name(lines[place].strip()) for place in named]
    if not candidates <= len(names) <= candidates + 1:
        place = named[candidates + 1] if len(names) > candidates else len(lines) - 1
        raise BltWrong(place + 1, f"{len(names)} lines", f"{candidates} names, then a title or nothing")
    return tuple(names[:candidates]), names[candidates] if len(names) > candidates else ""


def _head(lines: list[str]) -> tuple[int, int, int]:
    """Return candidates, seats, and the place after the line that says them."""
    place = next((place for place, line in enumerate(lines) if not _is_empty(line)), 0)
    line = lines[place].strip()
    head = _HEAD.fullmatch(_bare(line))
    if head is None:
        raise BltWrong(place + 1, line, "the numbers of candidates and seats")
    candidates, seats = int(head[1]), int(head[2])
    if candidates < 1 or seats < 1:
        raise BltWrong(place + 1, line, "at least one candidate and one seat")
    if candidates > len(lines):
        raise BltWrong(place + 1, line, f"no more candidates than the {len(lines)} lines of the file can name")
    return candidates, seats, place + 1


def _withdrawn(lines: list[str], start: int, candidates: int) -> tuple[frozenset[int], int]:
    """Return who has withdrawn, and the place after the lines that say so."""
    withdrawn: set[int] = set()
    for place in range(start, len(lines)):
        line = lines[place].strip()
        found = _WITHDRAWN.fullmatch(_bare(line))
        if found is None and not _is_empty(line):
            return frozenset(withdrawn), place
        if found is not None:
            words = found[1] or found[0].replace("-", "")
            withdrawn |= {int(word) - 1 for word in words.split()}
            if not 0 <= min(withdrawn) <= max(withdrawn) < candidates:
                raise BltWrong(place + 1, line, f"withdrawn candidates from 1 to {candidates}")
    return frozenset(withdrawn), len(lines)


def parse(text: str) -> profiles.BallotFile:
    """Return what a BLT file says.

    Raises:
        BltWrong: the first line that cannot be read.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    candidates, seats, place = _head(lines)
    withdrawn, place = _withdrawn(lines, place, candidates)
    # The papers end at a line '0'; where it is missing, at the first quoted name.
    end = next(
        (n for n in range(place, len(lines)) if lines[n][:1] in '0" \t' and _ends_papers(lines[n].strip())),
        len(lines),
    )
    ballots = _papers(lines, range(place, end), candidates)
    if end == len(lines):
        raise BltWrong(end, "the end of the file", "a line '0' after the papers, then the names")
    names, title = _names(lines, end + (_bare(lines[end].strip()) == "0"), candidates)
    return profiles.BallotFile(profiles.Profile(names, ballots, withdrawn), seats, title)


def format(profile: profiles.Profile, *, seats: int, title: str) -> str:
    """Return a profile as the text of a BLT file, with every paper as it stands."""
    lines = [f"{len(profile.candidates)} {seats}"]
    lines += [f"-{position + 1}" for position in sorted(profile.withdrawn)]
    for weight, ranking in profile.ballots:
        lines.append(" ".join(str(n) for n in (weight, *(position + 1 for position in ranking), 0)))
    lines += ["0", *(f'"{name}"' for name in profile.candidates), f'"{title}"']
    return "\n".join(lines) + "\n"
