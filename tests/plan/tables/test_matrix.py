import csv
import gzip
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from comitia.plan import certificate, multipliers, solve, values
from comitia.plan.tables import inputoutput, matrix
from comitia.plan.tables.cells import NotATable

DATA = Path(__file__).parents[4] / "shared" / "data" / "plan"
ONS, GERMANY = DATA / "ons_uk_2010_iot_127.csv", DATA / "germany_1995_iot_6.csv"


def here(path: Path) -> Path:
    if not path.exists():
        pytest.skip(f"{path.name} is not here")
    return path


def test_the_uk_2010_has_the_published_inverse_and_all_published_multipliers_to_twelve_digits() -> None:
    found = values.of_square(inputoutput.square(matrix.read(here(ONS))))
    square = found.square
    with gzip.open(DATA / "ons_uk_2010_leontief_inverse_published.csv.gz", "rt", encoding="utf-8") as file:
        lines = list(csv.reader(file))
    inverse = np.array([[float(cell) for cell in row[1:128]] for row in lines[1:128]])
    with (DATA / "ons_uk_2010_multipliers_published.csv").open(encoding="utf-8", newline="") as file:
        published = list(csv.DictReader(file))

    L = multipliers.leontief_inverse(square.A)
    wages, added = square.primary[square.wages], square.primary[square.value_added]
    computed = {
        "Output multiplier": multipliers.output_multipliers(L),
        "GVA multiplier": multipliers.multipliers(L, added),
        "GVA effects": multipliers.effects(L, added),
        # Owner-occupiers' housing pays no wages; the office writes 0 where there is no multiplier.
        "Employment cost multiplier": np.nan_to_num(multipliers.multipliers(L, wages)),
        "Employment cost effects": multipliers.effects(L, wages),
    }

    assert len(square.products) == 127
    assert float(np.abs(L - inverse).max()) < 1e-12
    for name, column in computed.items():
        assert column == pytest.approx([float(row[name]) for row in published], abs=1e-12), name
    assert (found.output[0], computed["GVA multiplier"][0], computed["Employment cost multiplier"][0]) == pytest.approx(
        (1.831171, 1.883800, 2.111062), abs=5e-7
    )


def test_germany_1995_has_the_published_multipliers() -> None:
    found = values.of_square(inputoutput.square(matrix.read(here(GERMANY))))

    assert found.output.round(4).tolist() == [1.7048, 1.8413, 1.8136, 1.6035, 1.5951, 1.3782]
    assert found.effect is not None
    assert found.effect.round(4).tolist() == [0.8450, 0.7647, 0.8615, 0.9019, 0.9393, 0.9199]


@pytest.mark.parametrize(
    "path", [GERMANY, pytest.param(ONS, marks=pytest.mark.slow)], ids=["Germany", "United Kingdom"]
)
def test_with_the_observed_needs_the_plan_reproduces_the_observed_outputs(path: Path) -> None:
    table = matrix.read(here(path))
    economy = inputoutput.economy_of(table, spare=Fraction(0), more={}).economy

    plan = solve.solve(economy, "lightest")

    certificate.check(economy, plan)
    observed = {p: float(output) for p, output in table.output.items() if output > 0}
    assert {r.activity: float(r.runs) for r in plan.runs} == pytest.approx(observed, rel=1e-3)


HEADER = "iotables_row,a,b,total,final_consumption_households,final_consumption_government"
REST = "gross_capital_formation,inventory_change,exports"
BODY = """
a,10,20,30,70,0,0,-5,5
b,30,0,30,40,0,0,0,10
imports,0,0
net_tax_products,0,0
compensation_employees,30,20
gva,60,60
output,100,80
employment_domestic_total,3,1
"""


def test_a_small_table_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text(f"{HEADER},{REST}{BODY}", encoding="utf-8")

    table = matrix.read(tmp_path / "table.csv")
    imported = inputoutput.economy_of(table, spare=Fraction(1, 4), more={"b": Fraction(2)})

    assert (table.products, table.output) == (("a", "b"), {"a": 100, "b": 80})
    assert imported.economy.products["a"].stock == 5
    assert imported.economy.hours["people-in-a", "a"].hours == Fraction("3.75")
    assert imported.economy.needs["households", "b", 2].quantity == 80
    assert "Capacity and labour are the observed ones x 1.25; labour is counted in thousands of persons, the" in str(
        imported.assumptions
    )
    with pytest.raises(inputoutput.UnknownProduct):
        inputoutput.economy_of(table, spare=Fraction(0), more={"c": Fraction(2)})


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("output,", "outputs,", "has a layout that is not known"),
        ("a,10", "a,ten", "line 2: column 'a': 'ten' is not a number"),
        ("imports,", "import,", "the row 'imports' is missing"),
        ("iotables_row,a,b", "iotables_row,a,a", "the column 'a' is there twice"),
        ("exports\n", "export\n", "the column 'exports' is missing"),
        ("a,b,total", "c,d,total", "no product stands both as a row and as a column"),
    ],
)
def test_a_table_that_lacks_something_says_what(tmp_path: Path, wrong: str, right: str, said: str) -> None:
    text = f"{HEADER},{REST}{BODY}"
    assert wrong in text
    (tmp_path / "table.csv").write_text(text.replace(wrong, right, 1), encoding="utf-8")

    with pytest.raises(NotATable) as caught:
        matrix.read(tmp_path / "table.csv")
    assert said in str(caught.value)


def test_what_is_no_file_or_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "picture").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "empty").write_bytes(b"")

    for name in ("picture", "empty", "nowhere"):
        with pytest.raises(NotATable):
            matrix.read(tmp_path / name)
