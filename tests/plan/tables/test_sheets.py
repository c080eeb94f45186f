from datetime import date
from pathlib import Path

import openpyxl
import pytest

from comitia.plan.tables import sheets
from comitia.plan.tables.sheets import NotASheet


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_usual_separator_will_do_and_rows_keep_their_numbers(tmp_path: Path, separator: str) -> None:
    text = "Stock Balance\n\nItem,Qty\nflour,12\n\nsalt,3\n".replace(",", separator)
    (tmp_path / "stock.csv").write_text(text, encoding="utf-8-sig")

    [sheet] = sheets.read(tmp_path / "stock.csv")

    assert sheet.columns == ("Item", "Qty")
    assert sheet.rows == ((4, {"Item": "flour", "Qty": "12"}), (6, {"Item": "salt", "Qty": "3"}))
    assert sheet.place == "stock.csv"


def book(path: Path, *rows: list[object]) -> Path:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "flows"
    for row in rows:
        sheet.append(row)
    made.save(path)
    return path


def test_a_workbook_is_read_as_it_is_shown(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ["name", "amount", None], ["flour", 0.1, None], [None, None], ["salt", 3, None])

    [sheet] = sheets.read(path)

    assert sheet.rows == ((2, {"name": "flour", "amount": "0.1"}), (4, {"name": "salt", "amount": "3"}))
    assert sheet.place == "a.xlsx, sheet flows"


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("=B2*2", "the formula =B2*2 was never computed"),
        (date(2026, 5, 1), "the cell holds the date 2026-05-01"),
        ("#REF!", "the cell holds the error #REF!"),
    ],
)
def test_a_cell_that_cannot_be_used_names_its_row(tmp_path: Path, cell: object, said: str) -> None:
    path = book(tmp_path / "a.xlsx", ["name", "amount"], ["flour", 1], ["salt", cell])

    with pytest.raises(NotASheet) as caught:
        sheets.read(path)

    assert (caught.value.row, caught.value.sheet) == (3, "flows")
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a,a\n1,2\n", "the column 'a' is there twice"),
        (b"a,b\n1,2,3\n", "row 2: has 3 fields, the header has 2"),
        (b"a,b\n\xff,1\n", "is not UTF-8"),
        (b'a,b\n"1,2\n' + b"x" * 200000, "is no CSV"),
        (b"PK\x03\x04 but no workbook", "is no workbook that can be read"),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "file").write_bytes(content)

    with pytest.raises(NotASheet) as caught:
        sheets.read(tmp_path / "file")
    assert said in str(caught.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotASheet, match="cannot be read"):
        sheets.read(tmp_path / "nowhere")
