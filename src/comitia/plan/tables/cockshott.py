"""P. Cockshott's plans over several years, as his program reads them: four CSV files in one folder.

``flows``: per year, what each industry (columns) uses up of each product (rows), then its labour and its output.
``cap``: the stock of each product in each industry that goes with that output, as it stands at the beginning. ``dep``:
what share of it wears out a year. ``labtarg``: by year the target of each product, then the labour there is.

His model, as our periods: output waits for stocks of its own industry, which wear out by a share a year; what is
invested in one year is there from the next, whole; nothing else is carried over.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from comitia.plan import economy as economies
from comitia.plan.economy import Economy
from comitia.plan.rows import FIGURE, decimal_text

FILES = ("flows", "cap", "dep", "labtarg")
COUNCIL, TRADE, PLACE = "targets", "labour", "economy"


class NotCockshott(Exception):
    """A file that is not one of the four: which, which line, what was expected."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        self.path, self.line, self.reason = path, line, reason
        super().__init__(f"{path}{f', line {line}' if line else ''}: {reason}")


@dataclass(frozen=True)
class FiveYears:
    """Flows, stocks and wear by (product, industry); labour and output by industry; targets and labour by year."""

    products: tuple[str, ...]
    flows: Mapping[tuple[str, str], Fraction]
    labour: Mapping[str, Fraction]
    output: Mapping[str, Fraction]
    stocks: Mapping[tuple[str, str], Fraction]
    wear: Mapping[tuple[str, str], Fraction]
    targets: tuple[Mapping[str, Fraction], ...]
    workforce: tuple[Fraction, ...]


def folder_of(paths: Sequence[Path]) -> Path | None:
    """Return the folder of his four files where these are they, or the folder that holds them; else None.

    The four are known by their names, as in his program, and by what stands in ``flows``: ``cap`` and ``dep`` have the
    same headings.
    """
    folders = {path if path.is_dir() else path.parent for path in paths}
    named = [path.name for path in paths if not path.is_dir()]
    if len(folders) != 1 or sorted(named) not in ([], sorted(f"{name}.csv" for name in FILES)):
        return None
    [folder] = folders
    if not all((folder / f"{name}.csv").is_file() for name in FILES):
        return None
    try:
        first = [row[0].casefold() for row in _table(folder / "flows.csv")]
    except NotCockshott:
        return None
    return folder if {"labour", "output"} <= set(first) else None


def assumptions(table: FiveYears) -> tuple[str, ...]:
    """Return what an economy made of these tables assumes, and how to plan it."""
    return (
        f"There are {len(table.workforce)} periods, a year each, and the targets of {COUNCIL!r} are needs of tier 2.",
        "Output waits for the stocks of its own industry, which wear out by their share a year.",
        "What is invested in one year is there from the next, whole; nothing else is carried over.",
        "One run of an industry makes the output of the flows; labour is of one trade, in the unit of the table.",
        "His objective is the variant in-proportion: give it to plan solve with --variant.",
    )


def read(folder: Path) -> FiveYears:
    """Return the tables of a folder.

    Raises:
        NotCockshott: a file is missing, or a line does not fit.
    """
    tables = {name: _table(folder / f"{name}.csv") for name in FILES}
    products = tuple(tables["flows"][0][1:])
    flows = _named(folder / "flows.csv", tables["flows"], (*products, "labour", "output"), products)
    stocks = _named(folder / "cap.csv", tables["cap"], products, products)
    wear = _named(folder / "dep.csv", tables["dep"], products, products)
    years = tuple(row[0] for row in tables["labtarg"][1:])
    targets = _named(folder / "labtarg.csv", tables["labtarg"], years, (*products, "labour"))
    for j in products:
        if not flows["output", j]:
            raise NotCockshott(folder / "flows.csv", 0, f"{j} has no output; a number above 0 is expected")
    return FiveYears(
        products=products,
        flows={(i, j): flows[i, j] for i in products for j in products},
        labour={j: flows["labour", j] for j in products},
        output={j: flows["output", j] for j in products},
        stocks=stocks,
        wear=wear,
        targets=tuple({i: targets[year, i] for i in products} for year in years),
        workforce=tuple(targets[year, "labour"] for year in years),
    )


def _table(path: Path) -> list[list[str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise NotCockshott(path, 0, f"cannot be read ({fault}); the folder needs {', '.join(FILES)}.csv") from fault
    rows = [[field.strip() for field in row] for row in csv.reader(io.StringIO(text))]
    # Some of these files end in a line of blanks.
    found = [row for row in rows if any(row)]
    if len(found) < 2:
        raise NotCockshott(path, 0, "holds no table; a line of headings and a line for each row are expected")
    return found


def _named(
    path: Path, table: Sequence[Sequence[str]], rows: Sequence[str], columns: Sequence[str]
) -> dict[tuple[str, str], Fraction]:
    if tuple(table[0][1:]) != tuple(columns):
        raise NotCockshott(path, 1, f"expected the headings {', '.join(columns)}")
    found: dict[tuple[str, str], Fraction] = {}
    for line, row in enumerate(table[1:], 2):
        if row[0] not in rows or len(row) != len(table[0]):
            raise NotCockshott(path, line, f"expected one of {', '.join(rows)} and {len(columns)} figures")
        for column, text in zip(columns, row[1:], strict=True):
            if not FIGURE.fullmatch(text) or Fraction(text) < 0:
                raise NotCockshott(path, line, f"{text!r} is no figure of 0 or more (column {column})")
            found[row[0], column] = Fraction(text)
    for row_name in rows:
        if (row_name, columns[0]) not in found:
            raise NotCockshott(path, 0, f"the row {row_name} is missing")
    return found


def economy_of(table: FiveYears) -> Economy:
    """Return the economy of several periods that these tables describe; one run makes the output of the flows.

    Solve it with ``in-proportion``. Stocks are products like ``iron-in-corn``, built by ``iron-for-corn``.
    """
    d, products = decimal_text, table.products
    years = range(1, len(table.workforce) + 1)
    files: dict[str, list[dict[str, str]]] = {
        "products": [{"product": i, "unit": "unit"} for i in products],
        "activities": [{"activity": j, "workplace": PLACE, "decimals": "12"} for j in products],
        "flows": [{"activity": j, "product": j, "quantity": d(table.output[j])} for j in products],
        "labour": [{"activity": j, "trade": TRADE, "hours": d(table.labour[j])} for j in products],
        "hours": [
            {"trade": TRADE, "workplace": "", "hours": d(hours), "period": str(year)}
            for year, hours in zip(years, table.workforce, strict=True)
        ],
        # Nothing made is carried over: it lasts for the year in which it is made.
        "capital": [{"activity": j, "product": j, "lag": "0", "life": "1"} for j in products],
        "needs": [],
    }
    for year, targets in zip(years, table.targets, strict=True):
        for i, amount in targets.items():
            need = {"council": COUNCIL, "product": i, "tier": "2", "quantity": d(amount), "worth": "1"}
            files["needs"].append({**need, "period": str(year)})
    for (i, j), used in table.flows.items():
        if i == j:
            files["flows"][products.index(j)]["quantity"] = d(table.output[j] - used)
        elif used:
            files["flows"].append({"activity": j, "product": i, "quantity": d(-used)})
    for (i, j), stock in table.stocks.items():
        if stock:
            _add_stock(files, (i, j), (stock, table.wear[i, j]), years)
    return economies.from_rows(files)


def _add_stock(
    files: dict[str, list[dict[str, str]]], of: tuple[str, str], there: tuple[Fraction, Fraction], years: range
) -> None:
    """Add the stock of a product in an industry: what there is year by year, what a run ties up, how it is built."""
    (i, j), (stock, wear), d = of, there, decimal_text
    tied, building = f"{i}-in-{j}", f"{i}-for-{j}"
    for year in years:
        left = d(stock * (1 - wear) ** (year - 1))
        files["products"].append({"product": tied, "unit": "unit", "stock": left, "period": str(year)})
    files["activities"].append({"activity": building, "workplace": PLACE, "decimals": "12"})
    files["flows"] += [
        {"activity": j, "product": tied, "quantity": d(-stock)},
        {"activity": building, "product": i, "quantity": "-1"},
        {"activity": building, "product": tied, "quantity": "1"},
    ]
    files["capital"].append({"activity": building, "product": tied, "lag": "1", "wear": d(wear)})
