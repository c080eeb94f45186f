from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from comitia.plan import certificate, pegging, solve
from comitia.plan.tables import inputoutput, wiod
from comitia.plan.tables.inputoutput import Table

DATA = Path(__file__).parents[4] / "shared" / "data" / "plan"
IOT, SEA = DATA / "wiod2016_usa_iot_2000_2014.csv.gz", DATA / "wiod2016_usa_sea_2000_2014.csv.gz"
MORE = {"Q": Fraction(6, 5), "P85": Fraction(6, 5)}


@pytest.fixture(scope="module")
def usa() -> Table:
    if not IOT.exists():
        pytest.skip("the WIOD tables are not here")
    return wiod.read(IOT, SEA, year=2014)


def test_the_table_has_55_industries_with_output_and_their_hours(usa: Table) -> None:
    assert len(usa.products) == 55
    assert usa.remarks == ("U is left out: it has no output in 2014.",)
    assert usa.output["Q"] == 2087106
    assert usa.labour.amount["Q"] == 32645740000
    assert sum(usa.labour.amount.values()) == 262614229000


@pytest.mark.parametrize("year", [2000, 2007, 2014])
def test_with_the_observed_needs_the_plan_reproduces_the_observed_outputs(usa: Table, year: int) -> None:
    table = usa if year == 2014 else wiod.read(IOT, SEA, year=year)
    economy = inputoutput.economy_of(table, spare=Fraction(0), more={}).economy

    plan = solve.solve(economy, "lightest")

    certificate.check(economy, plan)
    assert {r.activity: float(r.runs) for r in plan.runs} == pytest.approx(
        {code: float(output) for code, output in table.output.items()}, rel=1e-7
    )
    # Of 2007, 64 dollars fall to rounding; of every other year nothing.
    assert sum(float(u.quantity) for u in plan.unmet) < 1e-4
    assert float(plan.certificate.gap) < 1e-9


def test_with_a_fifth_more_health_and_education_those_two_are_short_and_bind(usa: Table) -> None:
    short: dict[str, dict[str, float]] = {}
    bound: dict[str, set[tuple[str, str]]] = {}
    for spare in ("0", "0.05", "0.1", "0.2"):
        economy = inputoutput.economy_of(usa, spare=Fraction(spare), more=MORE).economy
        for s in pegging.explain(economy, solve.solve(economy, "lightest")):
            found = short.setdefault(spare, {})
            found[s.product] = found.get(s.product, 0.0) + float(s.quantity)
            bound.setdefault(spare, set()).update((b.kind, b.key) for b in s.bindings)

    assert short == {
        "0": pytest.approx({"Q": 405136.02, "P85": 54737.88}, abs=1),
        "0.05": pytest.approx({"Q": 301944.22, "P85": 39038.20}, abs=1),
        "0.1": pytest.approx({"Q": 198752.43, "P85": 23338.51}, abs=1),
    }
    both = {("runs", c) for c in MORE} | {("hours", f"employees-in-{c}|{c}") for c in MORE}
    assert bound == {"0": both, "0.05": both, "0.1": both}


def test_the_least_spare_is_the_least(usa: Table) -> None:
    least, industry = inputoutput.least_spare(usa, more=MORE)

    assert industry == "Q"
    assert float(least) == pytest.approx(0.1963, abs=1e-5)
    for spare, enough in ((least, True), (least - Fraction(1, 10**5), False)):
        economy = inputoutput.economy_of(usa, spare=spare, more=MORE).economy
        assert (solve.solve(economy, "lightest").unmet == ()) == enough


def test_an_unknown_industry_is_refused(usa: Table) -> None:
    with pytest.raises(inputoutput.UnknownProduct):
        inputoutput.economy_of(usa, spare=Fraction(0), more={"Z": Fraction(2)})


HEADER = "Year,Code,Description,Origin,A,B,CONS_h,CONS_np,CONS_g,GFCF,INVEN,EXP,GO\n"
ROWS = "2014.0,A,Farms,Domestic,10,20,60,0,0,5,-5,10,100\n2014.0,B,Mills,Domestic,30,0,40,0,0,0,0,10,80\n"
HOURS = "country,code,year,H_EMPE\nX,A,2014,3\nX,B,2014,2.5\n"


def files(path: Path, iot: str, sea: str) -> tuple[Path, Path]:
    (path / "iot.csv").write_text(iot, encoding="utf-8")
    (path / "sea.csv").write_text(sea, encoding="utf-8")
    return path / "iot.csv", path / "sea.csv"


def test_a_negative_change_of_inventories_is_opening_stock(tmp_path: Path) -> None:
    table = wiod.read(*files(tmp_path, HEADER + ROWS, HOURS), year=2014)

    imported = inputoutput.economy_of(table, spare=Fraction(1, 10), more={"A": Fraction(2)})

    assert imported.economy.products["A"].stock == 5
    assert imported.economy.activities["A"].runs == 110
    assert imported.economy.hours["employees-in-A", "A"].hours == 3300000
    assert imported.economy.needs["households", "A", 2].quantity == 120
    assert imported.economy.flows["A", "A"] == Fraction(9, 10)
    assert "Negative final uses are opening stock: A inventories -5." in imported.assumptions
    assert "Needs are raised: A x 2." in imported.assumptions


SPOILT: dict[str, Callable[[str, str], tuple[str, str]]] = {
    "no such year": lambda iot, sea: (iot.replace("2014", "2013"), sea),
    "a column missing": lambda iot, sea: (iot.replace("Origin", "From"), sea),
    "no number": lambda iot, sea: (iot.replace("60", "sixty"), sea),
    "no hours of an industry": lambda iot, sea: (iot, sea.replace("X,B", "X,C")),
    "empty": lambda iot, sea: ("", sea),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT.keys())
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, spoil: Callable[[str, str], tuple[str, str]]) -> None:
    with pytest.raises(wiod.NotWiod):
        wiod.read(*files(tmp_path, *spoil(HEADER + ROWS, HOURS)), year=2014)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(wiod.NotWiod):
        wiod.read(tmp_path / "iot.csv", tmp_path / "sea.csv", year=2014)
