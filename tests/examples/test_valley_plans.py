"""The invented Valley Federation: what the first draft leaves short, and what the revision mends."""

import csv
from pathlib import Path

import pytest

from comitia.plan import certificate, economy, solve
from comitia.plan.economy import Economy

VALLEY = Path(__file__).parents[2] / "examples" / "valley"

Rows = dict[str, list[dict[str, str]]]
Short = dict[tuple[str, str, int], float]


def folder(name: str) -> Rows:
    found: Rows = {}
    for path in sorted((VALLEY / name).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found[path.stem] = list(csv.DictReader(file))
    return found


def revised() -> Rows:
    rows, revision = folder("economy"), folder("revision")
    for file, changed in revision.items():
        keys = economy.KEYS[file]
        table = {tuple(row[key] for key in keys): row for row in rows[file]}
        table.update({tuple(row[key] for key in keys): row for row in changed})
        rows[file] = list(table.values())
    return rows


def short_and_overtime(of: Economy, variant: str) -> tuple[Short, dict[tuple[str, str], float]]:
    plan = solve.solve(of, variant)
    certificate.check(of, plan)
    short = {(row.product, row.council, row.tier): float(row.quantity) for row in plan.unmet}
    return short, {(row.trade, row.workplace): float(row.hours) for row in plan.overtime}


def near(figures: dict[tuple[str, str, int], float]) -> object:
    """Allow for other solvers: two units, or one in a hundred."""
    return pytest.approx(figures, rel=0.01, abs=2)


def test_both_states_read_clean() -> None:
    first, second = economy.from_rows(folder("economy")), economy.from_rows(revised())

    assert (first.warnings, second.warnings) == ((), ())
    assert (len(first.products), len(first.activities), len(second.activities)) == (65, 62, 63)


def test_the_first_draft_leaves_rye_bread_short_and_what_depends_on_the_bakery_and_the_looms() -> None:
    short, overtime = short_and_overtime(economy.from_rows(folder("economy")), "fullest")

    assert short == near(
        {
            ("rye-bread", "stonebridge", 1): 2747.5,
            ("canteen-meals", "hilltown", 2): 2600,
            ("canteen-meals", "millbrook", 2): 2550,
            ("canteen-meals", "riverbend", 2): 5300,
            ("canteen-meals", "stonebridge", 2): 3500,
            ("blankets", "hilltown", 3): 140,
            ("blankets", "millbrook", 3): 95,
            ("blankets", "riverbend", 3): 99,
            ("blankets", "stonebridge", 3): 44,
            ("cakes", "hilltown", 3): 1750,
            ("cakes", "millbrook", 3): 1300,
            ("cakes", "riverbend", 3): 1650,
            ("cakes", "stonebridge", 3): 930,
            ("furniture", "hilltown", 3): 105,
            ("furniture", "millbrook", 3): 120,
            ("furniture", "riverbend", 3): 97,
            ("furniture", "stonebridge", 3): 49.4,
        }
    )
    assert overtime == pytest.approx(
        {("bakers-and-cooks", "bakery"): 240, ("metalworkers", "tool-shop"): 900}, rel=0.01
    )


def test_the_lightest_first_draft_weighs_a_little_bread_against_meals_and_cloth() -> None:
    short, overtime = short_and_overtime(economy.from_rows(folder("economy")), "lightest")

    assert short == near(
        {
            ("rye-bread", "millbrook", 1): 203,
            ("rye-bread", "stonebridge", 1): 3800,
            ("cloth", "millbrook", 2): 595,
            ("blankets", "millbrook", 3): 95,
            ("cakes", "hilltown", 3): 1750,
            ("cakes", "millbrook", 3): 1300,
            ("cakes", "riverbend", 3): 1650,
            ("cakes", "stonebridge", 3): 930,
            ("furniture", "hilltown", 3): 72.6,
            ("furniture", "riverbend", 3): 97,
        }
    )
    assert overtime["metalworkers", "tool-shop"] == pytest.approx(900, rel=0.01)


@pytest.mark.parametrize(("variant", "bicycles"), [("fullest", 8), ("lightest", 17)])
def test_after_the_revision_only_bicycles_and_a_little_furniture_fall_short(variant: str, bicycles: float) -> None:
    short, overtime = short_and_overtime(economy.from_rows(revised()), variant)

    assert short == near(
        {
            ("bicycles", "millbrook", 3): bicycles,
            ("bicycles", "stonebridge", 3): 36,
            ("furniture", "riverbend", 3): 11.6,
        }
    )
    assert set(overtime) == {("bakers-and-cooks", "bakery"), ("builders-and-weavers", "building")}


def test_in_the_first_draft_the_hours_of_the_bakery_and_the_looms_bind() -> None:
    plan = solve.solve(economy.from_rows(folder("economy")), "fullest")
    priced = {(row.kind, row.key) for row in plan.prices if row.price > 0}

    assert {("hours", "bakers-and-cooks|bakery"), ("machine", "looms"), ("cash", "")} <= priced
