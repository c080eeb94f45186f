"""Rows of text: the files and columns of an economy folder, what a figure looks like, and what is wrong with a row.

``COLUMNS`` and ``KEYS`` are the contract of the economy folder (docs/reference/economy-folder.md); other rooms check
declared rows with them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

Row = Mapping[str, str]

COLUMNS: dict[str, tuple[str, ...]] = {
    "products": ("product", "unit", "decimals", "stock", "closing_stock", "worth", "buy_price", "sell_price"),
    "activities": ("activity", "workplace", "runs", "decimals"),
    "flows": ("activity", "product", "quantity", "unit"),
    "labour": ("activity", "trade", "hours"),
    "hours": ("trade", "workplace", "hours", "overtime"),
    "machines": ("machine", "workplace", "hours"),
    "machine_use": ("activity", "machine", "hours"),
    "needs": ("council", "product", "tier", "quantity", "worth"),
    "limits": ("limit", "unit", "quantity"),
    "limit_use": ("activity", "limit", "quantity"),
    "trade_limit": ("cash",),
    "claims": ("council", "hours"),
    "capital": ("activity", "product", "lag", "life", "wear"),
    "owners": ("file", "key", "body", "act"),
}
KEYS: dict[str, tuple[str, ...]] = {
    "products": ("product",),
    "activities": ("activity",),
    "flows": ("activity", "product"),
    "labour": ("activity", "trade"),
    "hours": ("trade", "workplace"),
    "machines": ("machine",),
    "machine_use": ("activity", "machine"),
    "needs": ("council", "product", "tier"),
    "limits": ("limit",),
    "limit_use": ("activity", "limit"),
    "trade_limit": (),
    "claims": ("council",),
    "capital": ("activity", "product"),
    "owners": ("file", "key"),
}
IDS = frozenset({"product", "activity", "workplace", "trade", "machine", "council", "limit"})
TEXT = IDS | {"unit", "file", "key", "body", "act"}
# May stand in any file; see ``periods.py``.
PERIOD = "period"
# Columns that may be left out of a file; everything else must be there.
OPTIONAL = {
    "products": frozenset({"decimals", "stock", "closing_stock", "worth", "buy_price", "sell_price"}),
    "activities": frozenset({"runs", "decimals"}),
    "flows": frozenset({"unit"}),
    "hours": frozenset({"workplace", "overtime"}),
    "needs": frozenset({"tier", "worth"}),
    "capital": frozenset({"lag", "life", "wear"}),
}
# Bounded, so that no figure of a few characters stands for a number of a billion digits.
FIGURE_DECIMALS = 40
FIGURE = re.compile(r"[+-]?(\d{1,40}(\.\d{0,40})?|\.\d{1,40})([eE][+-]?\d{1,2})?", re.ASCII)


class EconomyFault(Exception):
    """A row that does not make an economy: which file, which line, which column, what is wrong and what to do."""

    def __init__(self, file: str, line: int, column: str, reason: str) -> None:
        self.file, self.line, self.column, self.reason = file, line, column, reason
        place = f"{file}, line {line}" if line else file
        super().__init__(f"{place}{', column ' + column if column else ''}: {reason}")


def decimal_text(number: Fraction) -> str:
    """Return the shortest exact decimal of a number, or ``a/b`` where no decimal is exact."""
    scale, denominator = 0, number.denominator
    for prime in (2, 5):
        power = 0
        while denominator % prime == 0:
            denominator //= prime
            power += 1
        scale = max(scale, power)
    if denominator != 1:
        return f"{number.numerator}/{number.denominator}"
    digits = str(abs(number.numerator) * 10**scale // number.denominator).rjust(scale + 1, "0")
    whole, part = (digits[:-scale], digits[-scale:]) if scale else (digits, "")
    part = part.rstrip("0")
    sign = "-" if number < 0 else ""
    return f"{sign}{whole}.{part}" if part else f"{sign}{whole}"


@dataclass(frozen=True, slots=True)
class Reader:
    """One row with its place; each reading checks, and a fault names the place."""

    file: str
    line: int
    row: Row

    def fault(self, column: str, reason: str) -> EconomyFault:
        """Return the fault of a column of this row."""
        return EconomyFault(self.file, self.line, column, reason)

    def text(self, column: str) -> str:
        """Return the text of a column, without blanks around it.

        Raises:
            EconomyFault: the column is missing, or the text is no id where one is expected.
        """
        if column not in self.row and column not in OPTIONAL.get(self.file, ()) and column != PERIOD:
            columns = ", ".join(COLUMNS[self.file])
            raise self.fault(column, f"the column is missing; {self.file} has columns {columns}")
        value = (self.row.get(column) or "").strip()
        if not value.isprintable():
            raise self.fault(column, f"{value!r} has a line break or another sign that cannot be seen; take it out")
        if column not in IDS:
            return value
        if not value and (self.file, column) != ("hours", "workplace"):
            raise self.fault(column, "an id is expected here; the field is empty")
        if "|" in value or value.startswith("#"):
            raise self.fault(column, f"the id {value!r} contains '|' or begins with '#'; choose another id")
        return value

    def number(self, column: str, *, empty: Fraction | None = None, negative: bool = False) -> Fraction:
        """Return the figure of a column; ``empty`` is what an empty field means, None: it may not be empty.

        Raises:
            EconomyFault: no number, or a negative one where none is allowed.
        """
        found = self.optional(column, negative=negative)
        if found is not None:
            return found
        if empty is None:
            raise self.fault(column, "a number is expected here; the field is empty")
        return empty

    def optional(self, column: str, *, negative: bool = False) -> Fraction | None:
        """Return the figure of a column, or None where the field is empty.

        Raises:
            EconomyFault: no number, or a negative one where none is allowed.
        """
        value = self.text(column)
        if not value:
            return None
        if not FIGURE.fullmatch(value):
            raise self.fault(column, f"{value!r} is not a number; write decimal text like 12.5")
        number = Fraction(value)
        if number < 0 and not negative:
            raise self.fault(column, f"{value} is negative; 0 or more is expected")
        return number

    def decimals(self) -> int | None:
        """Return the declared decimals, or None.

        Raises:
            EconomyFault: not a whole number from 0 to 15.
        """
        found = self.optional("decimals")
        if found is not None and (found.denominator != 1 or found > 15):
            raise self.fault("decimals", f"{decimal_text(found)} will not do; a whole number from 0 to 15 is expected")
        return None if found is None else int(found)


def readers(files: Mapping[str, Sequence[Row]], file: str) -> list[Reader]:
    """Return a reader of each row of a file, its columns known and its key not yet taken.

    Raises:
        EconomyFault: a column that the file does not have, or a row that is there twice.
    """
    found: list[Reader] = []
    seen: dict[tuple[str, ...], int] = {}
    # Line 1 is the header, so that the number is the one an editor shows.
    for line, row in enumerate(files.get(file, ()), 2):
        reader = Reader(file, line, row)
        unknown = [column for column in row if column not in COLUMNS[file] and column != PERIOD]
        if unknown:
            columns = ", ".join(COLUMNS[file])
            raise reader.fault(str(unknown[0]), f"the column is unknown; {file} has columns {columns}")
        key = tuple(_key_part(reader, column) for column in (*KEYS[file], *((PERIOD,) if row.get(PERIOD) else ())))
        if key in seen:
            raise reader.fault("", f"{'|'.join(key) or 'the row'} is a duplicate of line {seen[key]}; keep one of them")
        seen[key] = line
        found.append(reader)
    return found


def _key_part(reader: Reader, column: str) -> str:
    # Two spellings of one tier are one key.
    return decimal_text(reader.number(column, empty=Fraction(2))) if column == "tier" else reader.text(column)
