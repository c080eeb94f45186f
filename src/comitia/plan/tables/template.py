"""One spreadsheet per workplace that a committee can fill, with drop-downs; ``workbook`` reads it back.

A sheet per file of the economy folder with the same columns, and a first sheet that explains.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from comitia.plan import economy as economies
from comitia.plan.economy import Economy
from comitia.plan.rows import COLUMNS, OPTIONAL, PERIOD, TEXT
from comitia.plan.tables.sheets import NotASheet

FIRST = "Read me"
# Rows that have drop-downs; more may be filled in below them.
ROWS = 1000
# Sheets of one workplace's committee; the others are of unions, councils and the houses.
OF_A_WORKPLACE = ("products", "activities", "flows", "labour", "hours", "machines", "machine_use", "limit_use")
SHEETS = tuple(file for file in COLUMNS if file != "owners")
# Which sheet and column an id is chosen from.
CHOSEN = {
    "activity": ("activities", "activity"),
    "product": ("products", "product"),
    "machine": ("machines", "machine"),
    "limit": ("limits", "limit"),
    "trade": ("hours", "trade"),
}
SAID: Mapping[str, str] = {
    "products": "Everything that is made, used up or needed, one row each.",
    "activities": "Every way of making something, at which workplace, and the most runs it can have.",
    "flows": "What one run makes (above 0) and uses up (below 0).",
    "labour": "Hours of each trade in one run.",
    "hours": "Hours that each trade offers; overtime on top.",
    "machines": "Hours that each machine can run.",
    "machine_use": "Hours of each machine in one run.",
    "needs": "What each council needs.",
    "limits": "Limits that all keep together: land, water, emissions.",
    "limit_use": "How much of a limit one run takes; below 0 gives back.",
    "trade_limit": "Cash for what is bought outside, one row.",
    "claims": "Hours that the houses have adopted as each council's claim.",
    "capital": "What is built and wears out, by the activity that uses it.",
}
COLUMN_SAID: Mapping[str, str] = {
    "product": "name of the product",
    "unit": "what it is counted in: kg, piece, hour",
    "decimals": "decimals that runs, or what is bought and sold, are rounded to; may stay empty",
    "stock": "how much is there at the beginning; empty: none",
    "closing_stock": "how much must be there at the end; empty: none",
    "worth": "hours of common labour that one more unit is worth",
    "buy_price": "what one unit costs outside; empty: not bought",
    "sell_price": "what one unit brings outside; empty: not sold",
    "activity": "name of the way of making it",
    "workplace": "name of the workplace (in hours, empty: the whole federation)",
    "runs": "the most runs that are possible; empty: no limit",
    "quantity": "how much; in flows above 0 is made, below 0 is used up, in one run",
    "trade": "name of the trade",
    "hours": "hours",
    "overtime": "hours of overtime that the union allows; empty: none",
    "machine": "name of the machine",
    "council": "name of the council",
    "tier": "1 essential, 2 planned, 3 wished; empty: 2",
    "limit": "name of the limit",
    "cash": "amount",
    "lag": "periods until what is built can be used; empty: as the reference says",
    "life": "periods that it lasts; empty: it does not end",
    "wear": "share of it that wears out in a period",
    PERIOD: "the period that this row is for; empty: every period",
}
GREY, HEAD = PatternFill("solid", fgColor="EEEEEE"), PatternFill("solid", fgColor="DDE7F0")


def write(path: Path, economy: Economy | None = None, *, workplace: str = "") -> None:
    """Write a workbook to fill, with the rows of an economy where one is given.

    Args:
        path: where; ends in .xlsx.
        economy: whose rows stand in it already; None: it is empty.
        workplace: only the sheets of a workplace's committee, and only its own rows.

    Raises:
        NotASheet: the file cannot be written.
    """
    book = openpyxl.Workbook()
    first = book.active
    if not isinstance(first, Worksheet):
        raise AssertionError("a new workbook has a sheet")
    names = OF_A_WORKPLACE if workplace else SHEETS
    _explain(first, names, workplace)
    given = _of_workplace(economies.rows(economy), workplace) if economy else {}
    for file in names:
        timed = any(PERIOD in row for row in given.get(file, ()))
        _fill(book.create_sheet(file), (file, timed), given.get(file, ()), (names, workplace))
    try:
        book.save(path)
    except OSError as fault:
        raise NotASheet(path, 0, f"cannot be written ({fault.strerror})") from fault


def _explain(sheet: Worksheet, names: Sequence[str], workplace: str) -> None:
    sheet.title = FIRST
    lines = [
        f"Figures of {workplace}" if workplace else "Figures of an economy",
        "Fill the sheets from left to right. The first row of each names its columns: leave it as it is.",
        "A grey column may stay empty. Lists to choose from come from the sheets that declare the names.",
        "Write figures as numbers. When it is done: comitia plan import THIS.xlsx --out FOLDER",
        "",
    ]
    for text in lines:
        sheet.append([text])
    sheet["A1"].font = Font(bold=True, size=14)
    for file in names:
        sheet.append([file, SAID[file]])
        sheet.cell(sheet.max_row, 1).font = Font(bold=True)
        for column in COLUMNS[file]:
            optional = " (may stay empty)" if column in OPTIONAL.get(file, ()) else ""
            sheet.append(["", f"{column}: {COLUMN_SAID[column]}{optional}"])
    sheet.column_dimensions["A"].width = 22
    sheet.column_dimensions["B"].width = 100
    for row in sheet.iter_rows(min_row=2, max_row=4, max_col=1):
        row[0].alignment = Alignment(wrap_text=False)


def _of_workplace(given: Mapping[str, list[dict[str, str]]], workplace: str) -> Mapping[str, list[dict[str, str]]]:
    if not workplace:
        return given
    own = {row["activity"] for row in given.get("activities", ()) if row["workplace"] == workplace}
    flows = [row for row in given.get("flows", ()) if row["activity"] in own]
    touched = {row["product"] for row in flows}
    found = {"products": [row for row in given.get("products", ()) if row["product"] in touched], "flows": flows}
    for file in ("activities", "hours", "machines"):
        found[file] = [row for row in given.get(file, ()) if row["workplace"] == workplace]
    for file in ("labour", "machine_use", "limit_use"):
        found[file] = [row for row in given.get(file, ()) if row["activity"] in own]
    return found


def _fill(
    sheet: Worksheet, what: tuple[str, bool], given: Sequence[Mapping[str, str]], of: tuple[Sequence[str], str]
) -> None:
    (names, workplace), (file, timed) = of, what
    columns = (*COLUMNS[file], *((PERIOD,) if timed else ()))
    sheet.append(list(columns))
    for at, column in enumerate(columns, 1):
        head = sheet.cell(1, at)
        head.font, head.fill = Font(bold=True), HEAD
        head.comment = Comment(COLUMN_SAID[column], "Comitia")
        letter = get_column_letter(at)
        sheet.column_dimensions[letter].width = 22 if column in TEXT else 14
        if column in OPTIONAL.get(file, ()):
            for row in range(2, 30):
                sheet.cell(row, at).fill = GREY
        rule = _rule(file, column, (names, workplace))
        rule.promptTitle, rule.prompt, rule.showInputMessage = column, COLUMN_SAID[column], True
        rule.add(f"{letter}2:{letter}{ROWS}")
        sheet.add_data_validation(rule)
    for number, declared in enumerate(given, 2):
        for at, column in enumerate(columns, 1):
            sheet.cell(number, at).value = _cell(column, declared[column])
    sheet.freeze_panes = "A2"


def _rule(file: str, column: str, of: tuple[Sequence[str], str]) -> DataValidation:
    """Return what may stand in a column: a name out of a list, a tier, a figure."""
    names, workplace = of
    source, key = CHOSEN.get(column, ("", ""))
    if source and source != file and source in names:
        letter = get_column_letter(COLUMNS[source].index(key) + 1)
        found = DataValidation(type="list", formula1=f"'{source}'!${letter}$2:${letter}${ROWS}", allow_blank=True)
        # A union or a council may know a name that this workbook does not: it warns and lets it stand.
        found.errorStyle, found.error = "warning", f"No such {column} in the sheet {source}."
        found.showErrorMessage = True
        return found
    if column == "workplace" and workplace:
        return DataValidation(type="list", formula1=f'"{workplace}"', allow_blank=file == "hours")
    if column == "tier":
        return DataValidation(type="list", formula1='"1,2,3"', allow_blank=True, showErrorMessage=True)
    if column in TEXT:
        return DataValidation(type=None, allow_blank=True)
    signed = column == "quantity" and file in ("flows", "limit_use")
    found = DataValidation(type="decimal", operator="between", allow_blank=True, showErrorMessage=True)
    found.formula1, found.formula2 = ("-1E15" if signed else "0"), "1E15"
    found.error = "A number is expected here." if signed else "A number of 0 or more is expected here."
    return found


def _cell(column: str, text: str) -> str | float | int | None:
    if column in TEXT or not text:
        return text or None
    number = float(text)
    return int(number) if number.is_integer() and abs(number) < 10**15 else number
