"""The exports of a small bakery, as Odoo and ERPNext write them, with lines of a document below its first row."""

import csv
import io
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from comitia.plan import certificate, solve, units
from comitia.plan.rows import EconomyFault
from comitia.plan.tables import workplaces
from comitia.plan.tables.draft import Draft
from comitia.plan.tables.sheets import NotASheet
from comitia.plan.tables.workplaces import Told
from comitia.plan.units import Unit

ODOO = {
    "boms.csv": """\
External ID,Reference,Product,Quantity,Unit of Measure,BoM Lines/Component,BoM Lines/Quantity,\
BoM Lines/Product Unit of Measure,Operations/Operation,Operations/Work Center,Operations/Manual Duration,\
By-products/By-product,By-products/Quantity,By-products/Unit of Measure
__export__.bom_1,rye-loaves,[RYE] Rye bread,40,Units,[FL] Flour,20,kg,Knead,Mixer,30,Crumbs,500,g
,,,,,Salt,400,g,Bake,Oven,90,,,
,,,,,Water,14,L,,,,,,
__export__.bom_2,,Rolls,10,Dozens,[FL] Flour,6000,g,Bake,Oven,45,,,
""",
    "centres.csv": """\
Work Center,Working Hours/Hours per Week,Time Efficiency,Capacity
Oven,40,90,1
Mixer,20,100,1
""",
    "stock.csv": """\
Product,Location,Quantity,Unit of Measure
[FL] Flour,WH/Stock,900,kg
Salt,WH/Stock,3,kg
Salt,Virtual Locations/Inventory adjustment,-3,kg
Water,WH/Stock,-2,L
""",
    "products.csv": "Name,Internal Reference,Cost,Unit of Measure\nFlour,FL,0.8,kg\nSalt,,0.5,kg\nWater,,0,L\n",
    "orders.csv": """\
Order Reference,Customer,Order Lines/Product,Order Lines/Quantity,Order Lines/Unit of Measure
S001,Hilltown,[RYE] Rye bread,300,Units
,,Rolls,25,Dozens
S002,Riverbend,Rolls,120,Units
""",
}
ERPNEXT = {
    "BOM.csv": """\
ID,Item,Quantity,Item UOM,Item Code (Items),Qty (Items),UOM (Items),Operation (Operations),\
Workstation (Operations),Operation Time (Operations),Item Code (Scrap Items),Stock Qty (Scrap Items),\
Stock UOM (Scrap Items)
BOM-RYE-001,RYE,40,Nos,FL,20,Kg,Knead,Mixer,30,Crumbs,0.5,Kg
,,,,Salt,400,Gram,Bake,Oven,90,,,
,,,,Water,14,Litre,,,,,,
BOM-ROLL-001,Rolls,120,Nos,FL,6,Kg,Bake,Oven,45,,,
""",
    "Workstation.csv": """\
Workstation Name,Job Capacity,Total Working Hours,Start Time (Working Hours),End Time (Working Hours)
Oven,1,7.2,06:00,13:12
,,,14:00,14:01
Mixer,1,4,06:00,10:00
""",
    "stock-balance.csv": """\
Stock Balance,,,
Item,Warehouse,Stock UOM,Balance Qty
FL,Stores,Kg,900
Salt,Stores,Kg,3
""",
    "Item.csv": "ID,Default Unit of Measure,Valuation Rate\nFL,Kg,0.8\nSalt,Kg,0.5\nWater,Litre,0\n",
    "sales.csv": """\
ID,Customer,Item Code (Items),Quantity (Items),UOM (Items)
SO-1,Hilltown,RYE,300,Nos
,,Rolls,25,Dozen
SO-2,Riverbend,Rolls,120,Nos
""",
}


def drafted(path: Path, files: dict[str, str], told: Told | None = None) -> Draft:
    for name, text in files.items():
        (path / name).write_text(text, encoding="utf-8")
    return workplaces.read([path / name for name in files], told or Told(workplace="bakery", weeks=10))


NASTY = ("", "-1", "1e99", "inf", "1,2,3", "x|y", "#", "[]", "[A] B", "kg", "Oven", "Salt", "٣", "\x00", '"')


@settings(max_examples=60)
@given(
    st.sampled_from([ODOO, ERPNEXT]),
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 9), st.integers(0, 12), st.sampled_from(NASTY)), max_size=4),
)
def test_no_export_whatever_breaks_the_reading(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, str], changes: list[tuple[int, int, int, str]]
) -> None:
    tables = {name: list(csv.reader(text.splitlines())) for name, text in files.items()}
    for file, row, column, value in changes:
        table = list(tables.values())[file]
        line = table[row % len(table)]
        line[column % len(line)] = value
    written = {}
    for name, table in tables.items():
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(table)
        written[name] = out.getvalue()
    try:
        drafted(tmp_path_factory.mktemp("exports"), written)
    except (NotASheet, EconomyFault) as fault:
        assert len(str(fault)) > 10


@pytest.mark.parametrize("files", [ODOO, ERPNEXT], ids=["Odoo", "ERPNext"])
def test_a_bakery_exported_is_an_economy(tmp_path: Path, files: dict[str, str]) -> None:
    economy = drafted(tmp_path, files).economy
    rye, rolls = economy.activities

    assert (rye, rolls) in {("rye-loaves", "make-Rolls"), ("BOM-RYE-001", "BOM-ROLL-001")}
    dozens = files is ODOO
    assert economy.flows == {
        (rye, "RYE"): 40,
        (rye, "FL"): -20,
        (rye, "Crumbs"): 500 if dozens else Fraction(1, 2),
        (rye, "Salt"): Fraction(-2, 5),
        (rye, "Water"): -14,
        (rolls, "Rolls"): 10 if dozens else 120,
        (rolls, "FL"): -6,
    }
    assert economy.machine_use == {
        (rye, "Mixer"): Fraction(1, 2),
        (rye, "Oven"): Fraction(3, 2),
        (rolls, "Oven"): Fraction(3, 4),
    }
    assert economy.labour == {(rye, "workers"): 2, (rolls, "workers"): Fraction(3, 4)}
    # Ten weeks of 40 hours at 90 %, or of five days of 7.2 hours; and of 20 hours.
    assert {m.id: m.hours for m in economy.machines.values()} == {"Oven": 360, "Mixer": 200}
    assert {h.workplace: h.hours for h in economy.hours.values()} == {"bakery": 560}
    assert (economy.products["FL"].stock, economy.products["FL"].buy_price) == (900, Fraction(4, 5))
    assert (economy.products["Salt"].stock, economy.products["Water"].stock) == (3, 0)
    # 25 dozen and 120 pieces, in what rolls are counted in.
    assert {(n.council, n.product): n.quantity for n in economy.needs.values()} == {
        ("Hilltown", "RYE"): 300,
        ("Hilltown", "Rolls"): 25 if dozens else 300,
        ("Riverbend", "Rolls"): 10 if dozens else 120,
    }
    plan = solve.solve(economy, "fullest")
    certificate.check(economy, plan)
    # Of water there is none, and no cash buys it; the rolls need none.
    assert {(u.council, u.product) for u in plan.unmet if u.quantity > 1e-6} == {("Hilltown", "RYE")}


def test_every_guess_says_file_row_what_was_assumed_and_what_to_change(tmp_path: Path) -> None:
    guesses = drafted(tmp_path, ODOO).guesses
    said = [guess.sentence for guess in guesses]

    assert said == [
        "stock.csv: what is at Virtual Locations/Inventory adjustment is no stock of the house. Add it to "
        "products.stock where it is.",
        "stock.csv, row 5: the stock of Water is below 0 (-2); 0 was taken. Count it, and set products.stock.",
        "boms.csv: an operation's minutes are for one whole bill of materials, and one person works as long as the "
        "work centre. Correct labour.hours and machine_use.hours where it is otherwise.",
        "orders.csv: what is ordered is a planned need (tier 2), and one unit is worth 1 hour of common labour. "
        "Councils set needs.tier and needs.worth.",
        ": FL can be bought at 0.8, as the list of products says. Set trade_limit.cash: with no cash nothing is "
        "bought.",
        ": Salt can be bought at 0.5, as the list of products says. Set trade_limit.cash: with no cash nothing is "
        "bought.",
        ": nobody makes Water, and it is not bought: only its stock of 0 is there. Set products.buy_price and "
        "trade_limit.cash, or add its recipe.",
        ": at bakery everybody is of one trade, 'workers', and offers as many hours as the work centres. Unions set "
        "hours; split the trade in labour and hours where there are several.",
    ]


def test_what_nobody_said_is_guessed_and_said(tmp_path: Path) -> None:
    bill = "Product,BoM Lines/Component,BoM Lines/Quantity,Operations/Work Center,Operations/Duration\n"
    draft = drafted(tmp_path, {"boms.csv": f'{bill}Bread,Flour,"0,5",Oven,30\n'}, Told())
    said = " ".join(guess.sentence for guess in draft.guesses)

    assert (draft.economy.flows["make-Bread", "Flour"], draft.economy.machines["Oven"].hours) == (Fraction(-1, 2), 520)
    for guess in (
        "boms.csv, row 2: Bread is counted in pieces: no unit is given.",
        "boms.csv, row 2: a run makes 1 Units of Bread.",
        "boms.csv: every recipe belongs to the workplace 'workplace'. Say which it is: --workplace NAME.",
        "boms.csv, row 2: the comma of 0,5 was read as a decimal comma.",
        "boms.csv: the plan is for 13 weeks. Say for how many it is: --weeks N.",
        "boms.csv, row 2: Oven works 40 hours a week: no list of work centres names it.",
    ):
        assert guess in said


def test_a_ton_is_taken_for_a_tonne_and_said(tmp_path: Path) -> None:
    stock = "Product,Location,Quantity,Unit of Measure\nFlour,WH,2,Ton\n"
    bill = "Product,Quantity,Unit,BoM Lines/Component,BoM Lines/Quantity,BoM Lines/Unit\nBread,1,Units,Flour,500,kg\n"
    draft = drafted(tmp_path, {"stock.csv": stock, "boms.csv": bill})

    assert draft.economy.flows["make-Bread", "Flour"] == Fraction(-1, 2)
    assert draft.guesses[0].assumed == "the Ton that Flour is counted in is a tonne of 1000 kg"


def test_a_unit_that_does_not_convert_names_its_row_and_what_to_say(tmp_path: Path) -> None:
    orders = ODOO["orders.csv"].replace("120,Units", "3,Crate")

    with pytest.raises(NotASheet) as caught:
        drafted(tmp_path, {**ODOO, "orders.csv": orders})
    assert str(caught.value).endswith(
        "orders.csv, row 4: there is no conversion from 'Crate' to 'Dozens'; say one: --unit 'Crate=2 Dozens'"
    )

    told = Told(workplace="bakery", weeks=10, units={"crate": Unit(units.PIECE, Fraction(48))})
    economy = drafted(tmp_path, {**ODOO, "orders.csv": orders}, told).economy
    assert economy.needs["Riverbend", "Rolls", 2].quantity == 12


@pytest.mark.parametrize(
    ("name", "wrong", "right", "said"),
    [
        ("boms.csv", ",20,kg,Knead", ",twenty,kg,Knead", "row 2: column 'BoM Lines/Quantity': 'twenty' is no number"),
        ("boms.csv", "[RYE] Rye bread,40", ",40", "row 2: the bill names no product"),
        ("boms.csv", "By-products/Quantity", "Note", "row 2: the column of the by-product quantity is missing; export"),
        ("stock.csv", "Location", "Place", "are of no export that is known"),
        ("orders.csv", "S002,Riverbend", "S002,#", "row 4: '#' is no name"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(tmp_path: Path, name: str, wrong: str, right: str, said: str) -> None:
    assert wrong in ODOO[name]

    with pytest.raises(NotASheet) as caught:
        drafted(tmp_path, {**ODOO, name: ODOO[name].replace(wrong, right)})
    assert said in str(caught.value)


def test_the_form_of_an_export_that_can_be_imported_again_is_known_too(tmp_path: Path) -> None:
    bill = "id,product_tmpl_id,product_qty,product_uom_id,bom_line_ids/product_id,bom_line_ids/product_qty,"
    rest = "bom_line_ids/product_uom_id\nb1,Bread,10,Units,Flour,5,kg\nb1,Bread,10,Units,Salt,50,g\n"
    draft = drafted(tmp_path, {"mrp.bom.csv": bill + rest})

    # The second row repeats its document: it goes on with it.
    assert draft.economy.flows == {
        ("make-Bread", "Bread"): 10,
        ("make-Bread", "Flour"): -5,
        ("make-Bread", "Salt"): -50,
    }
    assert draft.taken == ("mrp.bom.csv: bills of materials of Odoo",)
