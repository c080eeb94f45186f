"""BLT, the ballot format of Hill, Wichmann and Woodall (Algorithm 123, 1987), in its dialects, read and written.

    4 2                 candidates and seats
    -3                  candidate 3 has withdrawn (several on a line: -3 -4)
    [withdrawn 3]       the same as a later program writes it
    [nick a b c d]      names by which papers may call the candidates
    [tie 2 1 4 3]       an order for ties: noted, not followed; ties are broken by the rule and a public seed
    [undeclared 4]      candidates written in: noted, they stand like the others
    5 1 2 0             five papers: 1 before 2; each line ends with 0
    1.5 1 2 0           a weight with decimals: all weights are scaled to whole numbers
    (a7) 1 4 0          one paper with an identity in brackets
    2 1 - 3 0           a skipped preference, passed over as the format says, unless another reading is named
    3 1=2 4 0           equal preferences
    0                   end of the papers; may be missing if a name follows
    "Vera"              names in order, quoted or bare, one a line; a quoted name may hold quotes
    "Committee"         the title, then a source and a remark; all may be absent

Lines may carry a comment after ``#``, save in a bare name.
"""

import re
from dataclasses import dataclass, field, replace

from comitia.decide import gathering, plain_lines, profile as profiles
from comitia.decide.gathering import BallotFileWrong, Gathered

_HEAD = re.compile(r"([0-9]{1,9})\s+([0-9]{1,9})")
_MINUS = re.compile(r"-[0-9]{1,9}(?:\s+-[0-9]{1,9})*")
_OPTION = re.compile(r"\[\s*([a-z]+)((?:\s+[^\[\]]*)?)\]")
_NAME = re.compile(r'"(.*)"\s*(?:#.*)?')
_TIE = "an order for ties ([tie ...]), which is not followed: ties are broken by the rule and a public seed"
_SKIPPED = "papers that skip a preference (-); it is passed over, as the format says"


@dataclass(slots=True)
class Head:
    """What stands before the papers; ``places`` leads from each word for a candidate to the position."""

    candidates: int
    seats: int
    places: dict[str, int]
    withdrawn: set[int] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)


def _bare(line: str) -> str:
    return line.split("#", 1)[0].rstrip()


def _is_empty(line: str) -> bool:
    return not line or line.isspace() or line.lstrip().startswith("#")


def before_papers(raw: bytes) -> tuple[Head, int, int]:
    """Return what stands before the papers, where the first line of papers begins, and its number."""
    head: Head | None = None
    start, number = 0, 1
    while start < len(raw):
        end = raw.find(b"\n", start)
        end = len(raw) if end < 0 else end
        line = gathering.text_of(raw[start:end]).strip()
        if not _is_empty(line):
            if head is None:
                head = _head((number, line), raw.count(b"\n") + 1)
            elif not _option(head, (number, line)):
                break
        start, number = end + 1, number + 1
    if head is None:
        raise BallotFileWrong(1, "", "the numbers of candidates and seats")
    return head, start, number


def _head(line: tuple[int, str], room: int) -> Head:
    head = _HEAD.fullmatch(_bare(line[1]))
    if head is None:
        raise BallotFileWrong(*line, "the numbers of candidates and seats")
    candidates, seats = int(head[1]), int(head[2])
    if candidates < 1 or seats < 1:
        raise BallotFileWrong(*line, "at least one candidate and one seat")
    if candidates > room:
        raise BallotFileWrong(*line, f"no more candidates than the {room} lines of the file can name")
    return Head(candidates, seats, {str(n + 1): n for n in range(candidates)})


def _positions(head: Head, words: str, line: tuple[int, str], what: str) -> list[int]:
    places = [head.places.get(word) for word in words.split()]
    known = [place for place in places if place is not None]
    if len(known) < len(places) or not known:
        raise BallotFileWrong(line[0], line[1], f"{what} from 1 to {head.candidates}")
    return known


def _option(head: Head, line: tuple[int, str]) -> bool:
    """Take in a line between the head and the papers; False if it is none."""
    bare = _bare(line[1])
    if _MINUS.fullmatch(bare):
        head.withdrawn |= set(_positions(head, bare.replace("-", ""), line, "withdrawn candidates"))
        return True
    option = _OPTION.fullmatch(bare)
    if option is None:
        return False
    match option[1]:
        case "withdrawn":
            head.withdrawn |= set(_positions(head, option[2], line, "withdrawn candidates"))
        case "nick":
            nicks = option[2].split()
            if len(set(nicks)) != head.candidates or len(nicks) != head.candidates:
                raise BallotFileWrong(*line, f"{head.candidates} different names, one for each candidate")
            head.places |= {nick: place for place, nick in enumerate(nicks) if nick not in head.places}
        case "tie":
            _positions(head, option[2], line, "candidates in an order for ties")
            head.notes.append(_TIE)
        case "undeclared":
            named = _positions(head, option[2], line, "undeclared candidates")
            numbers = ", ".join(str(place + 1) for place in named)
            head.notes.append(f"candidates who were written in ([undeclared]): {numbers}; they stand like the others")
        case name:
            head.notes.append(f"an option [{name} ...] for another program, which is not read")
    return True


def _paper(gathered: Gathered, head: Head, line: tuple[int, str], times: int) -> None:
    """Add the papers of one line."""
    bare = _bare(line[1])
    first, _, rest = bare.partition(" ") if not bare.startswith("(") else bare.partition(")")
    words = rest.split()
    weight = 1 if bare.startswith("(") else gathering.weight_of(first)
    if not words or words[-1] != "0" or (weight is None and not gathering.is_number(first)):
        raise BallotFileWrong(*line, "papers as 'how many, preferences, 0'")
    if weight is None:
        raise BallotFileWrong(*line, "papers as 'how many, preferences, 0', how many above 0")
    marked: list[list[int]] = []
    for word in words[:-1]:
        places = [head.places.get(one) for one in word.split("=")] if word != "-" else []
        known = [place for place in places if place is not None]
        if len(known) < len(places):
            column = line[1].find(word, len(first)) + 1
            raise BallotFileWrong(*line, f"candidates from 1 to {head.candidates}, then 0", column=column)
        marked.append(known)
    if [] in marked and _SKIPPED not in head.notes and gathered.reading.skipped == "skip":
        head.notes.append(_SKIPPED)
    identity = first + ")" if bare.startswith("(") else ""
    gathering.add(gathered, line, marked, weight=weight * times, identity=identity)


def _ends_papers(line: str) -> bool:
    """Say whether a line is the closing 0, or a name where that is missing."""
    return _bare(line) == "0" or not (line[0].isdigit() or line[0] in "(-.=[")


def _papers(gathered: Gathered, head: Head, lines: list[tuple[int, str]], last: int) -> list[tuple[int, str]]:
    """Add papers up to their end and return the lines that follow; many papers share a line, which is read once."""
    seen: dict[str, int] = {}
    first: dict[str, int] = {}
    after: list[tuple[int, str]] | None = None
    for place, (number, line) in enumerate(lines):
        if _ends_papers(line):
            closed = _bare(line) == "0"
            if not closed and any(_bare(later) == "0" for _, later in lines[place:]):
                # Names without a closing 0 before them have none behind them: this is no name.
                raise BallotFileWrong(number, line, "papers as 'how many, preferences, 0'")
            after = lines[place + closed :]
            break
        if gathered.wanted is None:
            seen[line] = seen.get(line, 0) + 1
            first.setdefault(line, number)
        else:
            _paper(gathered, head, (number, line), 1)
    for line, times in seen.items():
        _paper(gathered, head, (first[line], line), times)
    if after is None:
        raise BallotFileWrong(last, "the end of the file", "a line '0' after the papers, then the names")
    return after


def names(lines: list[tuple[int, str]], head: Head, last: int) -> tuple[list[str], str]:
    """Return the names and the title; ``last`` is the number of the file's last line."""
    names = [found[1] if (found := _NAME.fullmatch(line)) else line for _, line in lines]
    # After the title, droop's files may have a source and a remark.
    most = head.candidates + 3
    if not head.candidates <= len(names) <= most:
        number = lines[most][0] if len(names) > most else last
        raise BallotFileWrong(number, f"{len(names)} lines", f"{head.candidates} names, then a title or nothing")
    return names[: head.candidates], names[head.candidates] if len(names) > head.candidates else ""


def read(raw: bytes, gathered: Gathered) -> profiles.BallotFile:
    """Return what a BLT file says, its papers gathered on the way.

    Args:
        raw: the file, lines ended by a line feed.

    Raises:
        BallotFileWrong: the first line that cannot be read.
    """
    named = gathered.reading
    gathered.reading = replace(named, skipped=named.skipped or "skip", overvoted=named.overvoted or "equal")
    head, start, number = before_papers(raw)
    plain = None if gathered.wanted else plain_lines.blt(raw, start, candidates=head.candidates)
    if plain is not None:
        gathered.plain, end = plain
        start, number = end, number + raw.count(b"\n", start, end)
    rest = [(n, line.strip()) for n, line in enumerate(gathering.text_of(raw[start:]).split("\n"), start=number)]
    lines = _papers(gathered, head, [(n, line) for n, line in rest if not _is_empty(line)], rest[-1][0])
    found, title = names(lines, head, rest[-1][0])
    return gathering.ballot_file(
        gathered, found, seats=head.seats, title=title, withdrawn=frozenset(head.withdrawn), notes=head.notes
    )


def format(file: profiles.BallotFile, *, seats: int | None) -> str:
    """Return a ballot file as the text of a BLT file, with every paper as it stands.

    Raises:
        Unwritable: a name with a line break, or no number of seats.
    """
    profile = file.profile
    if seats is None:
        raise gathering.Unwritable("ballots without a number of seats", "BLT")
    for name in (*profile.candidates, file.title):
        gathering.check_one_line(name, "BLT")
    lines = [f"{len(profile.candidates)} {seats}"]
    lines += [f"-{position + 1}" for position in sorted(profile.withdrawn)]
    for weight, ranking in profile.ballots:
        lines.append(
            " ".join((gathering.weight_text(weight, file.scale), *(str(position + 1) for position in ranking), "0"))
        )
    for weight, ranks in profile.equal:
        lines.append(f"{gathering.weight_text(weight, file.scale)} {profiles.ranks_text(ranks)} 0")
    lines += ["0", *(f'"{name}"' for name in profile.candidates), f'"{file.title}"']
    return "\n".join(lines) + "\n"
