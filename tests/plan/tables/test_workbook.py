from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from comitia.plan import economy as economies, folder
from comitia.plan.economy import Economy
from comitia.plan.tables import template, workplaces
from comitia.plan.tables.sheets import NotASheet
from comitia.plan.tables.workplaces import Told

Rows = dict[str, list[dict[str, str]]]
VALLEY = Path(__file__).parents[3] / "examples" / "valley" / "economy"


def test_a_whole_economy_goes_into_a_workbook_and_comes_back(tmp_path: Path) -> None:
    valley = folder.read_economy(VALLEY)
    template.write(tmp_path / "valley.xlsx", valley)

    draft = workplaces.read([tmp_path / "valley.xlsx"], Told())

    assert economies.economy_hash(draft.economy) == economies.economy_hash(valley)
    assert draft.guesses == ()


def test_an_empty_workbook_explains_every_sheet_and_offers_lists(tmp_path: Path) -> None:
    template.write(tmp_path / "bakery.xlsx", workplace="bakery")

    book = openpyxl.load_workbook(tmp_path / "bakery.xlsx")
    assert tuple(book.sheetnames) == (template.FIRST, *template.OF_A_WORKPLACE)
    first = [cell for row in book[template.FIRST].iter_rows(values_only=True) for cell in row if cell]
    assert "Figures of bakery" in first
    assert "runs: the most runs that are possible; empty: no limit (may stay empty)" in first
    rules = {str(rule.sqref): rule.formula1 for rule in book["flows"].data_validations.dataValidation}
    assert rules["A2:A1000"] == "'activities'!$A$2:$A$1000"
    assert (rules["B2:B1000"], rules["C2:C1000"]) == ("'products'!$A$2:$A$1000", "-1E15")
    assert [cell.value for cell in book["flows"][1]] == ["activity", "product", "quantity", "unit"]


def books(path: Path, rows: Rows) -> Economy:
    economy = economies.from_rows(rows)
    for workplace in ("farm", "mill", "bakery"):
        template.write(path / f"{workplace}.xlsx", economy, workplace=workplace)
    return economy


def test_workbooks_of_all_workplaces_make_the_economy_together(tmp_path: Path, village: Rows) -> None:
    for file in ("needs", "trade_limit", "owners", "limits", "limit_use"):
        del village[file]
    # A workbook of a workplace holds its own hours; those of the federation are the union's.
    village["hours"][0]["workplace"] = "farm"
    village["labour"].pop(1)
    whole = books(tmp_path, village)

    draft = workplaces.read([tmp_path / f"{name}.xlsx" for name in ("farm", "mill", "bakery")], Told())

    assert draft.economy.flows == whole.flows
    assert draft.economy.machines == whole.machines
    # The stock of wheat stands in the workbooks of the farm and of the mill.
    assert draft.economy.products["wheat"].stock == 200
    assert [guess.sentence for guess in draft.guesses] == [
        "mill.xlsx, sheet products, row 3: the stock of wheat is added to what the other workbook says. Declare it in "
        "one place if it is the same stock.",
        "mill.xlsx, sheet products, row 3: the closing stock of wheat is added to what the other workbook says. "
        "Declare it in one place if it is the same stock.",
    ]


def test_a_flow_in_another_unit_is_converted_and_said(tmp_path: Path, village: Rows) -> None:
    economy = economies.from_rows(village)
    template.write(tmp_path / "all.xlsx", economy)
    book = openpyxl.load_workbook(tmp_path / "all.xlsx")
    assert [cell.value for cell in book["flows"][4]] == ["bake", "salt", -0.2, "kg"]
    book["flows"]["C4"], book["flows"]["D4"] = -200, "g"
    book["needs"]["D2"] = "400,5"
    book.save(tmp_path / "all.xlsx")

    draft = workplaces.read([tmp_path / "all.xlsx"], Told())

    assert draft.economy.flows["bake", "salt"] == Fraction(-1, 5)
    assert draft.economy.needs["hilltown", "bread", 1].quantity == Fraction("400.5")
    assert [guess.sentence for guess in draft.guesses] == [
        "all.xlsx, sheet needs, row 2: the comma of 400,5 was read as a decimal comma. Write decimals with a point and "
        "no groups.",
        "all.xlsx, sheet flows, row 4: -200 g of salt are -0.2 kg. salt is counted in kg in the sheet products.",
    ]


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "said"),
    [
        ("flows", "B3", "wine", "all.xlsx, sheet flows, row 3: column product: unknown product 'wine'"),
        ("flows", "D3", "litre", "all.xlsx, sheet flows, row 3: there is no conversion from 'litre' to 'kg'"),
        ("labour", "C2", "two", "all.xlsx, sheet labour, row 2: column 'hours': 'two' is no number"),
        ("needs", "C2", 4, "all.xlsx, sheet needs, row 2: column tier: 4 is no tier"),
        ("machines", "D1", "colour", "all.xlsx, sheet machines, row 1: the column 'colour' is unknown"),
    ],
)
def test_a_cell_that_will_not_do_is_named_with_its_sheet_and_row(
    tmp_path: Path, village: Rows, sheet: str, cell: str, value: object, said: str
) -> None:
    template.write(tmp_path / "all.xlsx", economies.from_rows(village))
    book = openpyxl.load_workbook(tmp_path / "all.xlsx")
    book[sheet][cell] = value
    book.save(tmp_path / "all.xlsx")

    with pytest.raises(NotASheet) as caught:
        workplaces.read([tmp_path / "all.xlsx"], Told())
    assert said in str(caught.value)
