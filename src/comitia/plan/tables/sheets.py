"""Tables of rows as programs and people save them: CSV with any of the usual separators, or a workbook (.xlsx).

Every value comes as text, with the number of its row, as a spreadsheet shows it.
"""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from comitia.plan.rows import decimal_text
from comitia.plan.tables.figures import from_float

SEPARATORS = ",;\t"
# A workbook is a zip file.
ZIP = b"PK\x03\x04"


class NotASheet(Exception):
    """A file or a cell that cannot be read as a table: which, where, what was expected, what to do."""

    def __init__(self, path: Path, row: int, reason: str, sheet: str = "") -> None:
        self.path, self.row, self.reason, self.sheet = path, row, reason, sheet
        place = f"{path}{f', sheet {sheet}' if sheet else ''}{f', row {row}' if row else ''}"
        super().__init__(f"{place}: {reason}")


@dataclass(frozen=True)
class Sheet:
    """A table: its columns, as they are written, and its rows with their numbers; ``name`` is empty for a CSV file."""

    path: Path
    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]

    @property
    def place(self) -> str:
        """The file, and the sheet in it."""
        return f"{self.path.name}, sheet {self.name}" if self.name else self.path.name


def read(path: Path) -> list[Sheet]:
    """Return the tables of a file, one for each sheet that has a header and rows.

    Raises:
        NotASheet: the file cannot be read, or a cell holds an error, a date or a formula that was never computed.
    """
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise NotASheet(path, 0, f"cannot be read ({fault.strerror})") from fault
    if content[:4] == ZIP:
        return _workbook(path, content)
    return [_csv(path, content)]


def _csv(path: Path, content: bytes) -> Sheet:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise NotASheet(path, 0, f"is not UTF-8 at byte {fault.start}; save it as CSV UTF-8") from fault
    # The header may stand below a title, which has no separator.
    beginning = "\n".join(text.splitlines()[:8])
    separator = max(SEPARATORS, key=beginning.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    lines: list[tuple[int, list[str]]] = []
    try:
        for number, row in enumerate(reader, 1):
            lines.append((number, [cell.strip() for cell in row]))
    except csv.Error as fault:
        raise NotASheet(path, reader.line_num, f"is no CSV ({fault})") from fault
    return _sheet(path, "", lines)


def _workbook(path: Path, content: bytes) -> list[Sheet]:
    try:
        values = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        formulas = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError) as fault:
        raise NotASheet(path, 0, f"is no workbook that can be read ({fault}); save it as .xlsx") from fault
    found: list[Sheet] = []
    for name in values.sheetnames:
        if not hasattr(values[name], "iter_rows"):
            continue
        pairs = zip(values[name].iter_rows(values_only=True), formulas[name].iter_rows(values_only=True), strict=False)
        lines = [
            (number, [_text(path, name, number, cell, formula) for cell, formula in zip(row, written, strict=False)])
            for number, (row, written) in enumerate(pairs, 1)
        ]
        if any(any(row) for _, row in lines):
            found.append(_sheet(path, name, lines))
    return found


def _text(path: Path, sheet: str, row: int, value: object, formula: object) -> str:
    match value:
        case None if isinstance(formula, str) and formula.startswith("="):
            reason = f"the formula {formula} was never computed; open the file in a spreadsheet program and save it"
            raise NotASheet(path, row, reason, sheet)
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            found = from_float(value)
            if found is None:
                raise NotASheet(path, row, f"{value} is no finite number; correct the cell", sheet)
            return decimal_text(found)
        case str() if value.startswith("#") and value.endswith(("!", "?", "#N/A", "/A")):
            raise NotASheet(path, row, f"the cell holds the error {value}; correct its formula", sheet)
        case str():
            return value.strip()
        case date() | time():
            reason = f"the cell holds the date {value}, where a number or a name is expected; format the column as text"
            raise NotASheet(path, row, reason, sheet)
        case _:
            raise NotASheet(path, row, f"the cell holds {value!r}, which is neither text nor a number", sheet)


def _sheet(path: Path, name: str, lines: Sequence[tuple[int, list[str]]]) -> Sheet:
    """Return the table whose header is the first line with more than one field; a title above it is left out."""
    at = next((n for n, (_, row) in enumerate(lines) if sum(map(bool, row)) > 1), 0)
    if not lines:
        return Sheet(path, name, (), ())
    number, header = lines[at]
    columns = tuple(header)
    twice = next((c for i, c in enumerate(columns) if c and c in columns[:i]), None)
    if twice is not None:
        raise NotASheet(path, number, f"the column {twice!r} is there twice; take one of them out", name)
    rows = []
    for number, row in lines[at + 1 :]:
        if any(row):
            cells = [*row, *("" for _ in range(len(columns) - len(row)))]
            if any(cells[len(columns) :]):
                raise NotASheet(path, number, f"has {len(row)} fields, the header has {len(columns)}", name)
            rows.append((number, {c: v for c, v in zip(columns, cells, strict=False) if c}))
    return Sheet(path, name, tuple(c for c in columns if c), tuple(rows))
