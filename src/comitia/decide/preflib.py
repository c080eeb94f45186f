"""PrefLib's files of orders (.soc, .soi, .toc, .toi) and of categories (.cat), of today and of before 2022, read.

    # TITLE: Dublin North                 today: what there is to say, in comments
    # DATA TYPE: toi
    # NUMBER ALTERNATIVES: 3
    # NUMBER VOTERS: 12
    # ALTERNATIVE NAME 1: Vera
    7: 1,{2,3}                            seven papers: 1 before 2 and 3, who are equal
    5: {1,3},{},{2}                       categories, the first being the best; {} is an empty one

    3                                     before 2022: how many candidates
    1,Vera                                each with number and name
    12,12,2                               voters, papers, distinct papers
    7,1,{2,3}                             papers, then their order

Candidates of one category are equal. The last category says no more than not being named: whoever stands in it is left
unranked, so that of "yes" and "no" only the yes counts.
"""

import re
from dataclasses import dataclass, field
from fractions import Fraction

from comitia.decide import gathering, profile as profiles
from comitia.decide.gathering import BallotFileWrong, Gathered

START = re.compile(rb"^# *(?:FILE NAME|NUMBER ALTERNATIVES|ALTERNATIVE NAME 1) *:", re.MULTILINE)
OLD_START = re.compile(r"[0-9]{1,6}")
OLD_NEXT = re.compile(r"1\s*,.*[^\s0-9,].*")
_SAID = re.compile(r"# *([A-Z ]+?)(?: +([0-9]{1,6}))? *: ?(.*)")
_ONE = r"(?:\{ *(?:[0-9]{1,9} *(?:, *[0-9]{1,9} *)*)?\}|[0-9]{1,9})"
_ORDER = re.compile(rf"{_ONE}(?: *, *{_ONE})*")
_RANK = re.compile(r"\{([0-9, ]*)\}|([0-9]{1,9})")
_STRICT = ("soc", "soi")


@dataclass(slots=True)
class _Said:
    """What stands before the papers: names by number, and the total that the papers must add up to."""

    names: dict[int, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    voters: int | None = None
    candidates: int = 0
    categories: int = 0


def _number(line: tuple[int, str], word: str, what: str) -> int:
    if not re.fullmatch(r"[0-9]{1,15}", word.strip()):
        raise BallotFileWrong(*line, f"{what} as a whole number")
    return int(word)


def _say(said: _Said, line: tuple[int, str]) -> None:
    """Take in a comment of today's files."""
    found = _SAID.fullmatch(line[1])
    if found is None:
        return
    match found[1]:
        case "ALTERNATIVE NAME" if found[2]:
            said.names[int(found[2])] = found[3].strip()
        case "NUMBER ALTERNATIVES":
            said.candidates = _number(line, found[3], "the number of candidates")
        case "NUMBER VOTERS":
            said.voters = _number(line, found[3], "the number of voters")
        case "NUMBER CATEGORIES":
            said.categories = _number(line, found[3], "the number of categories")
        case word:
            said.words[word] = found[3].strip()


def _old_head(lines: list[tuple[int, str]]) -> tuple[_Said, list[tuple[int, str]]]:
    """Return what an older file says before its papers, and the lines of its papers."""
    said = _Said(candidates=int(lines[0][1]))
    expected = f"{said.candidates} lines 'number,name', then 'voters,papers,distinct papers'"
    if len(lines) < said.candidates + 2:
        raise BallotFileWrong(lines[-1][0] + 1, "the end of the file", expected)
    for number, line in enumerate(lines[1 : said.candidates + 1], start=1):
        first, comma, name = line[1].partition(",")
        if first.strip() != str(number) or not comma:
            raise BallotFileWrong(*line, f"'{number},name'")
        said.names[number] = name.strip()
    totals = lines[said.candidates + 1]
    words = totals[1].split(",")
    if len(words) != 3:
        raise BallotFileWrong(*totals, "'voters,papers,distinct papers'")
    said.voters = _number(totals, words[1], "the number of papers")
    return said, lines[said.candidates + 2 :]


def _marked(said: _Said, line: tuple[int, str], order: str) -> list[list[int]]:
    """Return the candidates at each rank of some papers."""
    if order and not _ORDER.fullmatch(order):
        raise BallotFileWrong(*line, "an order such as 1,{2,3},4")
    ranks: list[list[int]] = []
    for several, one in _RANK.findall(order):
        numbers = [int(word) for word in (one or several).replace(" ", "").split(",") if word]
        if not all(1 <= number <= said.candidates for number in numbers):
            raise BallotFileWrong(*line, f"candidates from 1 to {said.candidates}")
        ranks.append([number - 1 for number in numbers])
    if said.words.get("DATA TYPE") in _STRICT and any(len(rank) > 1 for rank in ranks):
        raise BallotFileWrong(*line, f"strict orders, as the file says that it is {said.words['DATA TYPE']}")
    return ranks


def read(raw: bytes, gathered: Gathered) -> profiles.BallotFile:
    """Return what a PrefLib file says, its papers gathered on the way; braces are equal ranks.

    Raises:
        BallotFileWrong: the first line that cannot be read, or totals that its papers do not add up to.
    """
    gathered.reading = gathered.reading.or_equal()
    lines = gathering.lines_of(raw)
    comments = [line for line in lines if line[1].startswith("#")]
    papers = [line for line in lines if not line[1].startswith("#")]
    said = _Said()
    for line in comments:
        _say(said, line)
    separator = ":"
    if not said.candidates:
        if not papers or not OLD_START.fullmatch(papers[0][1]):
            raise BallotFileWrong(*(papers or lines)[0], "the number of candidates")
        said, papers = _old_head(papers)
        separator = ","
    if len(said.names) != said.candidates or not all(number in said.names for number in range(1, said.candidates + 1)):
        line = next((line for line in comments if "NUMBER ALTERNATIVES" in line[1]), (1, ""))
        raise BallotFileWrong(*line, f"as many names, numbered from 1; there are {len(said.names)}")
    counted: int | Fraction = 0
    for line in papers:
        first, parted, order = line[1].partition(separator)
        weight = gathering.weight_of(first.strip())
        if weight is None or not parted:
            raise BallotFileWrong(*line, f"papers as 'how many{separator} order'")
        marked = _marked(said, line, order.strip())
        if said.categories:
            if len(marked) > said.categories:
                raise BallotFileWrong(*line, f"at most {said.categories} categories")
            marked = [rank for rank in marked[: max(1, said.categories - 1)] if rank]
        gathering.add(gathered, line, marked, weight=weight)
        counted += weight
    if said.voters is not None and counted != said.voters:
        line = next((line for line in lines if str(said.voters) in line[1]), lines[0])
        raise BallotFileWrong(*line, f"the papers below to be as many, and they are {counted}")
    names = [said.names[number] for number in sorted(said.names)]
    return gathering.ballot_file(gathered, names, seats=None, title=said.words.get("TITLE", ""))
