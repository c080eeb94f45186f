"""The tables of columns in the docs are those of the code."""

import re
from pathlib import Path

import pytest

from comitia.plan.rows import COLUMNS, KEYS
from comitia.plan.tables.erpnext import ERPNEXT
from comitia.plan.tables.exports import Program
from comitia.plan.tables.odoo import ODOO

DOCS = Path(__file__).parents[2] / "docs"
CELL = re.compile(r"(?<!\\)\|")


def table_below(path: Path, heading: str) -> list[list[str]]:
    """Return the cells of the first table below a heading, without its head."""
    text = path.read_text("utf-8").split(heading, 1)[1]
    lines = text[text.index("\n|") + 1 :].split("\n\n", 1)[0].splitlines()
    return [[cell.strip() for cell in CELL.split(line)[1:-1]] for line in lines[2:]]


def test_the_economy_folder_is_described_column_by_column() -> None:
    said: dict[str, list[str]] = {}
    keys: dict[str, list[str]] = {}
    for files, columns in table_below(DOCS / "reference" / "economy-folder.md", "## The tables of an economy"):
        names = re.findall(r"\*{0,2}[a-z_]+\*{0,2}", re.sub(r"\([^)]*\)", "", columns))
        said[files] = [name.strip("*") for name in names]
        keys[files] = [name.strip("*") for name in names if name.startswith("**")]

    assert said == {file: list(columns) for file, columns in COLUMNS.items()}
    assert keys == {file: list(columns) for file, columns in KEYS.items()}


@pytest.mark.parametrize(("program", "column"), [(ODOO, 1), (ERPNEXT, 2)])
def test_every_header_that_the_docs_name_is_known_and_all_that_is_needed_is_named(
    program: Program, column: int
) -> None:
    exports = {export.kind: export for export in program.exports}
    rows = table_below(DOCS / "how-to" / "tables-in-and-out.md", "## Exports of Odoo and ERPNext")

    assert [row[0] for row in rows] == ["bills of materials", "work centres", "stock", "orders", "products"]
    for row in rows:
        export = exports[row[0]]
        ours = {header: name for name, headers in export.columns.items() for header in headers}
        named = re.findall(r"`([^`]+)`", row[column])
        bold = re.findall(r"\*\*`([^`]+)`\*\*", row[column])
        assert [header for header in named if header.casefold() not in ours] == []
        # One header may stand for two fields; each field that is needed has one in bold.
        needed = {name for name in export.needs for header in bold if header.casefold() in export.columns[name]}
        assert needed == export.needs
