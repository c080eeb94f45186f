"""The numbers that a body declares: its rows by file, with units, what stands now and who declared it; and back again.

A form has one field for each figure; what a row is about (its key) is fixed in a row that stands, free in a new one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from comitia.federation import figures, standing
from comitia.federation.state import Figure, Season, State
from comitia.plan import economy

# What a row of a body's own is about is the body's own group: it is not asked for.
OWN = {"committee": "workplace", "union": "trade", "council": "council"}
FILES = {
    "products": "Products and their stocks",
    "activities": "Techniques",
    "flows": "What a run makes and uses up",
    "labour": "Hours of work in a run",
    "machines": "Machines",
    "machine_use": "Machine hours in a run",
    "hours": "Hours that the trade offers",
    "needs": "Needs",
    "limits": "Limits on land, water and air",
    "limit_use": "What a run takes of a limit",
    "trade_limit": "Cash for trade outside",
}
COLUMNS = {
    "closing_stock": "stock at the end",
    "stock": "stock at the start",
    "worth": "worth, in hours, of one unit",
    "buy_price": "price bought",
    "sell_price": "price sold",
    "runs": "most runs",
    "tier": "tier (1 essential, 2 planned, 3 wished)",
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form: its name there, its column, its label, its value, its unit, and whether it is fixed."""

    name: str
    column: str
    label: str
    value: str
    unit: str
    is_fixed: bool
    is_number: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a file: its fields, what it is about, the figure in force (None in a new row), and last season's."""

    fields: tuple[Field, ...]
    about: str
    figure: Figure | None
    before: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A file of a body: its rows and the empty lines for new ones."""

    file: str
    title: str
    body: str
    article: str
    lines: tuple[Line, ...]
    new: tuple[Line, ...]


def tables(state: State, season: Season, body: str) -> tuple[Table, ...]:
    """Return every file that the charter gives to this kind of body, with the body's own rows."""
    kind = body.partition("/")[0]
    rules = standing.charter(state).numbers
    return tuple(
        _table(state, season, body, file)
        for file in FILES
        if file in rules and rules[file].owner == kind and file in economy.COLUMNS
    )


def _table(state: State, season: Season, body: str, file: str) -> Table:
    rows = [f for f in season.figures.get(file, {}).values() if f.body == body]
    before = _last_season(state, season, file)
    lines = [_line(season, file, f"r{n}", figure, before) for n, figure in enumerate(rows)]
    new = [] if file == "trade_limit" and rows else [_blank(season, file, "n0", body)]
    return Table(file, FILES[file], body, standing.charter(state).numbers[file].article, tuple(lines), tuple(new))


def _last_season(state: State, season: Season, file: str) -> Mapping[tuple[str, ...], Figure]:
    earlier = [s for s in state.seasons.values() if s.act < season.act]
    return earlier[-1].figures.get(file, {}) if earlier else {}


def _line(season: Season, file: str, prefix: str, figure: Figure, before: Mapping[tuple[str, ...], Figure]) -> Line:
    named = dict(zip(economy.COLUMNS[file], figure.row, strict=True))
    key = tuple(named[c] for c in economy.KEYS[file])
    own = OWN.get(figure.body.partition("/")[0], "")
    keys = {*economy.KEYS[file], own}
    fields = tuple(_field(season, file, prefix, named, column, is_fixed=column in keys) for column in named)
    last = before.get(key)
    return Line(fields, " · ".join(k for k in key if k), figure, last.row if last else ())


def _blank(season: Season, file: str, prefix: str, body: str) -> Line:
    kind, _, group = body.partition("/")
    own = OWN.get(kind, "")
    named = {c: group if c == own else "" for c in economy.COLUMNS[file]}
    fields = tuple(_field(season, file, prefix, named, c, is_fixed=c == own) for c in named)
    return Line(fields, "a new row", None, ())


def _field(season: Season, file: str, prefix: str, named: Mapping[str, str], column: str, *, is_fixed: bool) -> Field:
    label = COLUMNS.get(column, column.replace("_", " "))
    return Field(
        f"{prefix}-{column}",
        column,
        "runs" if file != "activities" and column == "runs" else label,
        named[column],
        _unit(season, file, named, column),
        is_fixed,
        column in figures.NUMBERS,
    )


def _unit(season: Season, file: str, named: Mapping[str, str], column: str) -> str:
    if column in ("hours", "overtime"):
        return "hours per run" if file in ("labour", "machine_use") else "hours"
    if column == "quantity" and file in ("flows", "needs"):
        product = season.figures.get("products", {}).get((named.get("product", ""),))
        unit = product.row[1] if product else ""
        return f"{unit} per run" if file == "flows" and unit else unit
    if column in ("stock", "closing_stock"):
        return named.get("unit", "")
    if column in ("quantity", "cash"):
        return named.get("unit", "") if column == "quantity" else "of money"
    return ""


def changed_rows(table: Table, given: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a form that differ from those in force, and new rows with anything in their figures."""
    found: list[tuple[str, ...]] = []
    for line in (*table.lines, *table.new):
        row = tuple(f.value if f.is_fixed else given.get(f.name, f.value).strip() for f in line.fields)
        was = tuple(f.value for f in line.fields)
        if row != was:
            found.append(row)
    return tuple(found)


def in_force(season: Season, body: str) -> int:
    """Return how many rows a body has declared."""
    return sum(f.body == body for table in season.figures.values() for f in table.values())
