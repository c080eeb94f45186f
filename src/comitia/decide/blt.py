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
from collections.abc import Iterator

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


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.split("\n"), start=1):
        kept = line.strip()
        if kept and not kept.startswith("#"):
            yield number, kept


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


def _names(lines: list[tuple[int, str]], candidates: int, end: int) -> tuple[tuple[str, ...], str]:
    names = [_name(line) for _, line in lines]
    if not candidates <= len(names) <= candidates + 1:
        number = lines[candidates + 1][0] if len(names) > candidates else end
        raise BltWrong(number, f"{len(names)} lines", f"{candidates} names, then a title or nothing")
    return tuple(names[:candidates]), names[candidates] if len(names) > candidates else ""


def parse(text: str) -> profiles.BallotFile:
    """Return what a BLT file says.

    Raises:
        BltWrong: the first line that cannot be read.
    """
    lines = list(_lines(text))
    end = text.count("\n") + 1
    head = _HEAD.fullmatch(_bare(lines[0][1])) if lines else None
    if head is None:
        raise BltWrong(lines[0][0] if lines else 1, lines[0][1] if lines else "", "the numbers of candidates and seats")
    candidates, seats = int(head[1]), int(head[2])
    if candidates < 1 or seats < 1:
        raise BltWrong(lines[0][0], lines[0][1], "at least one candidate and one seat")
    withdrawn: set[int] = set()
    place = 1
    while place < len(lines) and (found := _WITHDRAWN.fullmatch(_bare(lines[place][1]))):
        words = found[1] or found[0].replace("-", "")
        withdrawn |= {int(word) - 1 for word in words.split()}
        if not 0 <= min(withdrawn) <= max(withdrawn) < candidates:
            raise BltWrong(*lines[place], f"withdrawn candidates from 1 to {candidates}")
        place += 1
    # Many papers share a line: each distinct line is read once.
    first_at: dict[str, int] = {}
    papers: Counter[str] = Counter()
    while place < len(lines) and _bare(lines[place][1]) != "0" and not lines[place][1].startswith('"'):
        number, line = lines[place]
        first_at.setdefault(line, number)
        papers[line] += 1
        place += 1
    ballots: dict[profiles.Ranking, int] = {}
    for line, times in papers.items():
        weight, ranking = _ranking(line, first_at[line], candidates)
        ballots[ranking] = ballots.get(ranking, 0) + weight * times
    if place == len(lines):
        raise BltWrong(end, "the end of the file", "a line '0' after the papers, then the names")
    names, title = _names(lines[place + (_bare(lines[place][1]) == "0") :], candidates, end)
    weighed = tuple((weight, ranking) for ranking, weight in ballots.items())
    return profiles.BallotFile(profiles.Profile(names, weighed, frozenset(withdrawn)), seats, title)


def format(profile: profiles.Profile, *, seats: int, title: str) -> str:
    """Return a profile as the text of a BLT file, with every paper as it stands."""
    lines = [f"{len(profile.candidates)} {seats}"]
    lines += [f"-{position + 1}" for position in sorted(profile.withdrawn)]
    for weight, ranking in profile.ballots:
        lines.append(" ".join(str(n) for n in (weight, *(position + 1 for position in ranking), 0)))
    lines += ["0", *(f'"{name}"' for name in profile.candidates), f'"{title}"']
    return "\n".join(lines) + "\n"
