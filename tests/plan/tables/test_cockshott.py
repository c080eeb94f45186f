"""Cockshott's plan of five years (ACCEPTANCE A1): published objective, fulfilment, iron output and labour."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from comitia.plan import certificate, solve
from comitia.plan.solution import Plan
from comitia.plan.tables import cockshott
from comitia.plan.tables.cockshott import FiveYears

DATA = Path(__file__).resolve().parents[4] / "shared/data/plan/5yearplan"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="needs ../shared/data/plan/5yearplan")


def planned(table: FiveYears) -> tuple[Plan, list[float], list[float], list[float]]:
    """Return the certified plan, and by year the fulfilment, the iron made and the labour used."""
    economy = cockshott.economy_of(table)
    plan = solve.solve(economy, "in-proportion")
    certificate.check(economy, plan)
    made = {r.activity: float(r.runs) for r in plan.runs}
    short = {(u.product): u.quantity for u in plan.unmet}
    years = range(1, 6)
    fulfilled = [float(1 - short[f"bread@{y}"] / economy.needs["targets", f"bread@{y}", 2].quantity) for y in years]
    iron = [made.get(f"iron@{y}", 0.0) * float(table.output["iron"]) for y in years]
    labour = [sum(made.get(f"{j}@{y}", 0.0) * float(table.labour[j]) for j in table.products) for y in years]
    return plan, fulfilled, iron, labour


@needs_data
def test_with_coal_5_the_published_plan_comes_out_year_by_year() -> None:
    table = cockshott.read(DATA)

    plan, fulfilled, iron, labour = planned(replace(table, output={**table.output, "coal": Fraction(5)}))

    assert -float(plan.certificate.levels[0].value) == pytest.approx(7.33645, abs=1e-5)
    assert plan.certificate.gap < Fraction(1, 10**8)
    assert fulfilled == pytest.approx([0.159221, 1.75043, 1.75259, 1.71516, 1.95906], abs=1e-5)
    assert iron == pytest.approx([9.02671, 1.34269, 1.33837, 1.13124, 0.197885], abs=1e-5)
    assert labour == pytest.approx([2.07495, 3.01, 3.02, 3.03, 3.07], abs=1e-5)


@needs_data
def test_as_the_files_stand_with_coal_6_the_objective_is_8_797299() -> None:
    plan, fulfilled, _, _ = planned(cockshott.read(DATA))

    assert -float(plan.certificate.levels[0].value) == pytest.approx(8.797299, abs=1e-6)
    assert fulfilled == pytest.approx([0.5, 2.06187, 2.03932, 1.98685, 2.20926], abs=1e-5)


@pytest.mark.parametrize(
    ("file", "text", "line"),
    [
        ("cap", "headings,iron\n", 0),
        ("cap", "headings,coal\niron,1\n", 1),
        ("cap", "headings,iron\niron,-1\n", 2),
        ("cap", "headings,iron\ntin,1\n", 2),
        ("flows", "headings,iron\niron,0\nlabour,1\n", 0),
        ("flows", "headings,iron\niron,0\nlabour,1\noutput,0\n", 0),
    ],
)
def test_a_table_that_does_not_fit_is_refused_with_its_line(tmp_path: Path, file: str, text: str, line: int) -> None:
    good = {
        "flows": "headings,iron\niron,0.1\nlabour,1\noutput,1\n",
        "cap": "headings,iron\niron,1\n \n",
        "dep": "headings,iron\niron,0.1\n",
        "labtarg": "headings,iron,labour\nyear1,1,3\n",
    }
    for name, content in good.items():
        (tmp_path / f"{name}.csv").write_text(content)
    assert cockshott.read(tmp_path).workforce == (3,)
    (tmp_path / f"{file}.csv").write_text(text)

    with pytest.raises(cockshott.NotCockshott) as found:
        cockshott.read(tmp_path)

    assert (found.value.path.name, found.value.line) == (f"{file}.csv", line)
