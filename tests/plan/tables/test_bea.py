"""The two-industry example of Miller and Blair, Input-Output Analysis, ch. 5, in the layout of the bureau's files."""

from fractions import Fraction
from pathlib import Path

import pytest

from comitia.plan import certificate, solve
from comitia.plan.tables import bea, inputoutput, recognition
from comitia.plan.tables.cells import NotATable

USE = """Use Table,,,,,
"[Millions of dollars]",,,,,
IOCode,Name,11,21,F010,F040
Name,,Farms,Mines,,
C1,Grain,12,8,70,10
C2,Ore,10,7,80,3
V001,Compensation of employees,40,60,,
V003,Gross operating surplus,28,35,...,---
T008,Total industry output,90,110,,
Note: an example.,,,,,
"""
MAKE = """Make Table,,,
Industries/Commodities,Name,C1,C2
11,Farms,90,0
21,Mines,10,100
T007,Total commodity output,100,100
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "use.csv").write_text(USE, encoding="utf-8")
    (tmp_path / "make.csv").write_text(MAKE, encoding="utf-8")
    return tmp_path / "use.csv", tmp_path / "make.csv"


def test_the_coefficients_are_those_of_the_industry_technology(files: tuple[Path, Path]) -> None:
    square = inputoutput.square(bea.read(*files))

    # BD with B = U x^-1 and D = V q^-1.
    assert square.A.round(4).tolist() == [[0.1273, 0.0727], [0.1064, 0.0636]]
    assert square.products == ("C1", "C2")
    assert square.primary["value added"].round(4).tolist() == [0.7664, 0.8636]


def test_the_two_files_are_known_in_any_order(files: tuple[Path, Path]) -> None:
    use, make = files

    table = recognition.input_output([make, use])

    assert (table.councils, table.households) == ({"F010": "households", "F040": "abroad"}, "F010")
    economy = inputoutput.economy_of(table, spare=Fraction(0), more={}).economy
    plan = solve.solve(economy, "lightest")
    certificate.check(economy, plan)
    assert {r.activity: round(float(r.runs), 3) for r in plan.runs} == {"C1": 100, "C2": 100}


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("21,Mines,10,100", "21,Mines,0,0", "the industry 21 makes nothing"),
        ("Industries/Commodities", "Industries", "no line begins with"),
        ("C1,C2", "D1,D2", "no industry and commodity in common"),
    ],
)
def test_a_make_table_that_does_not_fit_is_refused(files: tuple[Path, Path], wrong: str, right: str, said: str) -> None:
    files[1].write_text(MAKE.replace(wrong, right), encoding="utf-8")

    with pytest.raises(NotATable, match=said):
        bea.read(*files)


def test_files_of_no_known_layout_are_refused(tmp_path: Path, files: tuple[Path, Path]) -> None:
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")

    for paths in ([tmp_path / "other.csv"], [tmp_path / "other.csv", files[0]], [files[1]]):
        with pytest.raises(NotATable):
            recognition.input_output(paths)
