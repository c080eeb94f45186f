"""A table as a file gives it: labels of rows and columns, and the figures between them, with the place of each."""

import csv
import gzip
import io
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from comitia.plan.rows import FIGURE

ZERO = Fraction(0)
# How statistical offices write that there is nothing to say.
NOTHING = ("", "-", "--", "---", "...", "..", ":", "n/a")


class NotATable(Exception):
    """A file that is not the table it was taken for: which file, which line, what was expected."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        self.path, self.line, self.reason = path, line, reason
        super().__init__(f"{path}{f', line {line}' if line else ''}: {reason}")


@dataclass(frozen=True)
class Cells:
    """Lines of text with their numbers; ``header`` is the line that names the columns."""

    path: Path
    header: tuple[str, ...]
    header_line: int
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def labels(self) -> list[str]:
        """Return the first field of every row."""
        return [row[0] for _, row in self.rows]

    def column(self, name: str) -> int:
        """Return the number of a column.

        Raises:
            NotATable: no such column.
        """
        if name not in self.header:
            raise NotATable(self.path, self.header_line, f"the column {name!r} is missing")
        return self.header.index(name)

    def row(self, label: str) -> tuple[int, tuple[str, ...]]:
        """Return a row by its first field, with its line.

        Raises:
            NotATable: no such row.
        """
        for line, row in self.rows:
            if row and row[0] == label:
                return line, row
        raise NotATable(self.path, 0, f"the row {label!r} is missing")

    def figures(self, label: str, columns: Sequence[str]) -> dict[str, Fraction]:
        """Return the figures of a row by column.

        Raises:
            NotATable: no such row or column, or text where a number is expected.
        """
        line, row = self.row(label)
        return {name: self.figure(line, row, name) for name in columns}

    def figure(self, line: int, row: Sequence[str], name: str) -> Fraction:
        """Return one figure; what offices write for nothing is 0.

        Raises:
            NotATable: text where a number is expected.
        """
        at = self.column(name)
        text = row[at].replace(",", "").strip() if at < len(row) else ""
        if text in NOTHING:
            return ZERO
        if not FIGURE.fullmatch(text):
            raise NotATable(self.path, line, f"column {name!r}: {text!r} is not a number")
        return Fraction(text)


def read(path: Path) -> list[tuple[int, tuple[str, ...]]]:
    """Return the lines of a CSV file, may be gzipped, with their numbers; empty lines are left out.

    Raises:
        NotATable: the file cannot be read, or is no CSV.
    """
    try:
        content = path.read_bytes()
        # RFC 1952: a gzip file begins with 1f 8b.
        text = (gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content).decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError) as fault:
        raise NotATable(path, 0, f"cannot be read ({fault})") from fault
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        return [(reader.line_num, tuple(cell.strip() for cell in row)) for row in reader if any(map(str.strip, row))]
    except csv.Error as fault:
        raise NotATable(path, reader.line_num, f"is no CSV ({fault})") from fault


def with_header(path: Path) -> Cells:
    """Return a table whose first line names the columns.

    Raises:
        NotATable: the file cannot be read, is empty, or names a column twice.
    """
    lines = read(path)
    if not lines:
        raise NotATable(path, 0, "is empty")
    (line, header), *rows = lines
    twice = next((name for i, name in enumerate(header) if name and name in header[:i]), None)
    if twice is not None:
        raise NotATable(path, line, f"the column {twice!r} is there twice")
    return Cells(path, header, line, tuple(rows))
