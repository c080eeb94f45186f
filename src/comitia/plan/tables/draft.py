"""An economy made from what a workplace has, and everything that was guessed on the way, row by row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from comitia.plan import economy as economies, units
from comitia.plan.economy import Economy
from comitia.plan.rows import decimal_text
from comitia.plan.tables import figures
from comitia.plan.tables.sheets import NotASheet, Sheet
from comitia.plan.units import Unit

Rows = dict[str, list[dict[str, str]]]


@dataclass(frozen=True, slots=True)
class Guess:
    """Something that no file says and that was assumed: where, what was assumed, and what to change if it is wrong."""

    file: str
    row: int
    assumed: str
    change: str

    @property
    def sentence(self) -> str:
        """The guess as one line of the report."""
        where = f"{self.file}{f', row {self.row}' if self.row else ''}"
        return f"{where}: {self.assumed}. {self.change}"


@dataclass(frozen=True)
class Draft:
    """An economy with what was guessed and which files were taken for what."""

    economy: Economy
    taken: tuple[str, ...]
    guesses: tuple[Guess, ...]


@dataclass
class Drafting:
    """Rows of an economy being gathered; ``said`` are units that somebody defined."""

    said: Mapping[str, Unit] = field(default_factory=dict)
    rows: Rows = field(default_factory=dict)
    taken: list[str] = field(default_factory=list)
    guesses: dict[Guess, None] = field(default_factory=dict)

    def guess(self, sheet: Sheet | None, row: int, assumed: str, change: str) -> None:
        """Note what was assumed."""
        self.guesses[Guess(sheet.place if sheet else "", row, assumed, change)] = None

    def add(self, file: str, **row: str) -> None:
        """Add a row."""
        self.rows.setdefault(file, []).append(row)

    def id(self, sheet: Sheet, row: int, text: str) -> str:
        """Return a name as an id of an economy folder: no ``|``, no ``#`` in front, the reference in brackets alone."""
        name = " ".join(text.split())
        if name.startswith("[") and "]" in name and name[1 : name.index("]")].strip():
            # Odoo shows a product as "[REFERENCE] Name".
            name = name[1 : name.index("]")].strip()
        clean = name.replace("|", "/").lstrip("#").strip()
        if not clean or not clean.isprintable():
            raise NotASheet(sheet.path, row, f"{text!r} is no name; give one that can be read", sheet.name)
        if clean != name:
            self.guess(sheet, row, f"{name!r} is called {clean!r}", "Ids hold no '|' and begin with no '#'.")
        return clean

    def number(self, sheet: Sheet, row: int, column: str, text: str) -> Fraction:
        """Return the figure of a cell.

        Raises:
            NotASheet: no number, or one below 0.
        """
        found = figures.parse(text)
        if found is None or found[0] < 0:
            reason = f"column {column!r}: {text!r} is no number of 0 or more; write decimal text like 12.5"
            raise NotASheet(sheet.path, row, reason, sheet.name)
        if found[1]:
            self.guess(sheet, row, found[1], "Write decimals with a point and no groups.")
        return found[0]

    def converted(self, sheet: Sheet, row: int, quantity: Fraction, source: str, target: str) -> Fraction:
        """Return a quantity in another unit.

        Raises:
            NotASheet: no conversion is known; says how to define one.
        """
        try:
            return units.convert(quantity, source, target, self.said)
        except units.NoConversion as fault:
            raise NotASheet(sheet.path, row, str(fault), sheet.name) from fault

    def finished(self) -> Draft:
        """Return the draft.

        Raises:
            EconomyFault: the rows make no economy.
        """
        return Draft(economies.from_rows(self.rows), tuple(self.taken), tuple(self.guesses))


def text_of(number: Fraction) -> str:
    """Return a figure as decimal text; what no decimal states is rounded to fifteen digits.

    Example:
        >>> text_of(Fraction(1, 8)), text_of(Fraction(1, 3))
        ('0.125', '0.333333333333333')
    """
    exact = decimal_text(number)
    if "/" not in exact and len(exact) <= 40:
        return exact
    return decimal_text(Fraction(f"{float(number):.15g}"))
