"""The ``.dat`` ballot files of Scottish council wards, read.

10 Helensburgh Central       the ward
4 7 752 3947                 seats, candidates, distinct rankings, papers
James ALEXANDER-ROBB, Ind    one line for each candidate
4 0 0 2 3 0 1 4              papers, then the rank that each candidate was given; 0 is none
"""

from comitia.decide import profile as profiles


class DatWrong(Exception):
    """A line of a ``.dat`` file that cannot be read: ``line`` from 1, ``found``, ``expected``."""

    def __init__(self, line: int, found: str, expected: str) -> None:
        shown = found if len(found) <= 60 else found[:57] + "..."
        super().__init__(f"line {line}: expected {expected}, found {shown!r}")
        self.line = line
        self.found = found
        self.expected = expected


def _whole_numbers(line: str, number: int, expected: str) -> list[int]:
    words = line.split()
    if not all(word.isascii() and word.isdigit() and len(word) <= 18 for word in words):
        raise DatWrong(number, line, expected)
    return [int(word) for word in words]


def _papers(line: str, number: int, candidates: int) -> tuple[int, profiles.Ranking]:
    expected = f"the number of papers and {candidates} ranks, each from 1 on given once without a gap, or 0"
    figures = _whole_numbers(line, number, expected)
    given = sorted((rank, position) for position, rank in enumerate(figures[1:]) if rank)
    wrong_ranks = [rank for rank, _ in given] != list(range(1, len(given) + 1))
    if len(figures) != candidates + 1 or figures[0] < 1 or wrong_ranks:
        raise DatWrong(number, line, expected)
    return figures[0], tuple(position for _, position in given)


def parse(text: str) -> profiles.BallotFile:
    """Return what a ``.dat`` file says; the party stays in the candidate's name.

    Raises:
        DatWrong: the first line that cannot be read, or totals that its papers do not add up to.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    expected = "seats, candidates, distinct rankings and papers as four whole numbers"
    if len(lines) < 2:
        raise DatWrong(len(lines) + 1, "the end of the file", expected)
    head = _whole_numbers(lines[1][1], lines[1][0], expected)
    if len(head) != 4 or head[0] < 1 or head[1] < 1:
        raise DatWrong(lines[1][0], lines[1][1], expected)
    seats, candidates, distinct, total = head
    if len(lines) < 2 + candidates:
        raise DatWrong(lines[-1][0] + 1, "the end of the file", f"{candidates} names of candidates, one a line")
    names = tuple(line for _, line in lines[2 : 2 + candidates])
    ballots = tuple(_papers(line, number, candidates) for number, line in lines[2 + candidates :])
    counted = sum(weight for weight, _ in ballots)
    if (len(ballots), counted) != (distinct, total):
        found = f"{len(ballots)} rankings on {counted} papers"
        raise DatWrong(lines[1][0], lines[1][1], f"the totals of the lines below, {found}")
    return profiles.BallotFile(profiles.Profile(names, ballots), seats, lines[0][1])
