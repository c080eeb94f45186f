"""A workbook that a committee has filled (``template`` writes it), or several together, as rows of an economy.

A product that two of them declare is declared once; what they differ in is a guess in the report.
"""

from collections.abc import Mapping, Sequence

from comitia.plan import economy as economies
from comitia.plan.rows import COLUMNS, KEYS, PERIOD, TEXT, EconomyFault
from comitia.plan.tables.draft import Drafting, text_of
from comitia.plan.tables.sheets import NotASheet, Sheet

Row = dict[str, str]


def is_workbook(sheets: Sequence[Sheet]) -> bool:
    """Return whether these sheets are of a workbook that ``write`` made."""
    return any(sheet.name in COLUMNS and set(KEYS[sheet.name]) <= set(sheet.columns) for sheet in sheets)


def read(drafting: Drafting, sheets: Sequence[Sheet]) -> None:
    """Add the rows of a workbook, or of several, to a draft.

    Raises:
        NotASheet: a cell that cannot be used, or two declarations that contradict each other.
    """
    places: dict[str, list[tuple[Sheet, int]]] = {}
    products: dict[str, dict[str, str]] = {}
    for sheet in sheets:
        if sheet.name not in COLUMNS:
            continue
        _check_columns(sheet)
        drafting.taken.append(f"{sheet.place}: {len(sheet.rows)} rows of {sheet.name}")
        for number, cells in sheet.rows:
            row = {column: _value(drafting, sheet, number, (column, value)) for column, value in cells.items()}
            if sheet.name == "products" and _joined(drafting, sheet, number, (row, products)):
                continue
            drafting.rows.setdefault(sheet.name, []).append(row)
            places.setdefault(sheet.name, []).append((sheet, number))
    _convert_flows(drafting, places.get("flows", ()), products)
    _check(drafting, places)


def _check_columns(sheet: Sheet) -> None:
    unknown = [column for column in sheet.columns if column not in (*COLUMNS[sheet.name], PERIOD)]
    if unknown:
        known = ", ".join(COLUMNS[sheet.name])
        raise NotASheet(sheet.path, 1, f"the column {unknown[0]!r} is unknown; {known} are expected", sheet.name)


def _value(drafting: Drafting, sheet: Sheet, number: int, cell: tuple[str, str]) -> str:
    column, value = cell
    if column in TEXT or not value:
        # 12.0 in a column of names is the name 12.
        return " ".join(value.split())
    signed = value.startswith("-")
    found = drafting.number(sheet, number, column, value[1:] if signed else value)
    return text_of(-found if signed else found)


def _joined(
    drafting: Drafting, sheet: Sheet, number: int, of: tuple[dict[str, str], dict[str, dict[str, str]]]
) -> bool:
    """Return whether a product was declared before, after adding this stock to that row."""
    row, products = of
    # A product may be declared anew for each period.
    name = "@".join(part for part in (row.get("product", ""), row.get(PERIOD, "")) if part)
    if name not in products:
        products[name] = row
        return False
    first = products[name]
    for column in ("stock", "closing_stock"):
        given = row.get(column, "")
        if given and given != "0":
            amount = drafting.number(sheet, number, column, given)
            added = drafting.converted(sheet, number, amount, row.get("unit", ""), first.get("unit", ""))
            before = drafting.number(sheet, number, column, first.get(column) or "0")
            first[column] = text_of(before + added)
            told = f"the {column.replace('_', ' ')} of {name} is added to what the other workbook says"
            drafting.guess(sheet, number, told, "Declare it in one place if it is the same stock.")
    for column in ("worth", "buy_price", "sell_price", "decimals"):
        mine, other = row.get(column, ""), first.get(column, "")
        if mine and other and mine != other:
            told = f"the {column} of {name} is {other}, as the first workbook says, not {mine}"
            drafting.guess(sheet, number, told, "Agree on one.")
        elif mine and not other:
            first[column] = mine
    return True


def _convert_flows(
    drafting: Drafting, places: Sequence[tuple[Sheet, int]], products: Mapping[str, Mapping[str, str]]
) -> None:
    """Bring every flow that names another unit into the unit of its product."""
    for row, (sheet, number) in zip(drafting.rows.get("flows", ()), places, strict=False):
        unit, counted = row.get("unit", ""), products.get(row.get("product", ""), {}).get("unit", "")
        if unit and counted and unit != counted and row.get("quantity"):
            signed = row["quantity"].startswith("-")
            amount = drafting.number(sheet, number, "quantity", row["quantity"].lstrip("-"))
            there = drafting.converted(sheet, number, amount, unit, counted)
            told = f"{row['quantity']} {unit} of {row['product']} are {'-' if signed else ''}{text_of(there)} {counted}"
            drafting.guess(sheet, number, told, f"{row['product']} is counted in {counted} in the sheet products.")
            row["quantity"], row["unit"] = text_of(-there if signed else there), counted


def _check(drafting: Drafting, places: Mapping[str, Sequence[tuple[Sheet, int]]]) -> None:
    """Raise with the sheet and its row where the rows make no economy."""
    try:
        economies.from_rows(drafting.rows)
    except EconomyFault as fault:
        at = places.get(fault.file, ())
        if 2 <= fault.line < len(at) + 2:
            sheet, number = at[fault.line - 2]
            column = f"column {fault.column}: " if fault.column else ""
            raise NotASheet(sheet.path, number, f"{column}{fault.reason}", sheet.name) from fault
        raise
