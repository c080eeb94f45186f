"""On which line of a TOML text each table and key stands.

``tomllib`` gives values without their places, so this scan goes once over the text beside it. It follows only what is
needed to find keys: strings (which may hold ``=`` and ``[``), brackets that go over several lines, comments. A path is
a tuple of names; the n-th table of an array has the text of n, from 0, in its path.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

Path = tuple[str, ...]

_TABLE = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]")
_ARRAY = re.compile(r"\s*\[\[\s*([^\[\]]+?)\s*\]\]")
_KEY = re.compile(r"""\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*=""")
_NAME = re.compile(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""")
_BETWEEN = re.compile(r"[=,{}\[\]]")
_QUOTES = ('"""', "'''", '"', "'")

_DEEPEST = 8
"""How deep tables, lists and dotted keys may lie in each other; a parser breaks on more, and no charter needs it."""


def lines_of(text: str) -> Mapping[Path, int]:
    """Return the line, from 1, of every table and key of a TOML text that ``tomllib`` accepts."""
    lines: dict[Path, int] = {}
    arrays: dict[Path, int] = {}
    table: Path = ()
    for number, statement, _ in _statements(text):
        if array := _ARRAY.match(statement):
            head = _names(array.group(1))
            arrays[head] = arrays.get(head, -1) + 1
            table = (*head, str(arrays[head]))
            lines.setdefault(head, number)
            lines[table] = number
        elif header := _TABLE.match(statement):
            table = _names(header.group(1))
            for depth in range(1, len(table) + 1):
                lines.setdefault(table[:depth], number)
        elif key := _KEY.match(statement):
            lines[(*table, *_names(key.group(1)))] = number
    return lines


def too_deep(text: str) -> int:
    """Return the first line on which tables or lists lie deeper in each other than any charter needs, or 0.

    The text need not be TOML: this is asked before anybody tries to read it.
    """
    for number, statement, deepest in _statements(text):
        if deepest > _DEEPEST or any(part.count(".") > _DEEPEST for part in _BETWEEN.split(statement)):
            return number
    return 0


@dataclass(slots=True)
class _Scan:
    """Where the scan stands: the quote that is open, how many brackets (and at most), and the statement so far.

    ``valued`` says that the statement has come to its equals sign.
    """

    quote: str = ""
    depth: int = 0
    deepest: int = 0
    start: int = 0
    valued: bool = False
    statement: list[str] = field(default_factory=list)


def _statements(text: str) -> Iterator[tuple[int, str, int]]:
    """Yield each header and assignment with its first line and how deep its brackets go; strings are left out."""
    scan = _Scan()
    for number, line in enumerate(text.split("\n"), start=1):
        if not scan.quote and scan.depth == 0:
            scan.start, scan.statement, scan.deepest, scan.valued = number, [], 0, False
        _read_line(line, scan)
        if not scan.quote and scan.depth == 0 and scan.statement:
            yield scan.start, "".join(scan.statement), scan.deepest
    if scan.statement:
        # A bracket or a string is never closed: the reader says so.
        yield scan.start, "".join(scan.statement), scan.deepest


def _read_line(line: str, scan: _Scan) -> None:
    at = 0
    header = scan.depth == 0 and not scan.quote and line.lstrip().startswith("[")
    while at < len(line):
        if scan.quote:
            if line[at] == "\\" and scan.quote[0] == '"':
                at += 2
            elif line.startswith(scan.quote, at):
                at += len(scan.quote)
                scan.quote = ""
            else:
                at += 1
            continue
        opened = next((q for q in _QUOTES if line.startswith(q, at)), "")
        if opened and not header and scan.valued:
            scan.quote = opened
            at += len(opened)
            continue
        if line[at] == "#":
            break
        if not header and scan.valued:
            scan.depth += (line[at] in "[{") - (line[at] in "]}")
            scan.deepest = max(scan.deepest, scan.depth)
        scan.statement.append(line[at])
        scan.valued = scan.valued or line[at] == "="
        at += 1
    if scan.quote in ('"', "'"):
        scan.quote = ""


def _names(dotted: str) -> Path:
    return tuple(name.strip("\"'") for name in _NAME.findall(dotted))
