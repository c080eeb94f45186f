"""Bad input, file by file: said with file, line, what was expected and what to do; never a traceback."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from typer.testing import CliRunner

from comitia.cli.plan.command import app

FILES = {
    "products": "product,unit,decimals,stock,buy_price\ncoal,t,3,,\niron,t,3,5,\nsalt,kg,1,,0.5\n",
    "activities": "activity,workplace,runs,decimals\nmine,pit,100,2\nsmelt,works,,2\n",
    "flows": "activity,product,quantity,unit\nmine,coal,2,t\nmine,iron,-0.1,t\nsmelt,iron,1,t\nsmelt,coal,-1.5,t\n"
    "smelt,salt,-1,kg\n",
    "labour": "activity,trade,hours\nmine,miners,4\nsmelt,smelters,2\n",
    "hours": "trade,workplace,hours,overtime\nminers,,500,10\nsmelters,works,90,0\n",
    "needs": "council,product,tier,quantity,worth\ntown,coal,1,40,9\ntown,iron,2,60,30\n",
    "trade_limit": "cash\n3\n",
}


def folder(path: Path, **changed: str) -> str:
    for name, text in {**FILES, **changed}.items():
        (path / f"{name}.csv").write_text(text, encoding="utf-8")
    return str(path)


def run(*words: str) -> tuple[int, str]:
    found = CliRunner().invoke(app, list(words))
    fault = found.exception
    # Our own faults are sentences for people; the command prints them.
    assert fault is None or isinstance(fault, SystemExit) or type(fault).__module__.startswith("comitia."), fault
    return found.exit_code, found.output


def test_the_economy_itself_is_sound(tmp_path: Path) -> None:
    code, said = run("solve", folder(tmp_path), "--out", str(tmp_path / "plan"))

    assert (code, "Note:" in said) == (0, False)


@pytest.mark.parametrize(
    ("file", "wrong", "right", "said"),
    [
        (
            "flows",
            "2,t",
            "inf,t",
            "flows, line 2, column quantity: 'inf' is not a number; write decimal text",
        ),
        (
            "flows",
            "2,t",
            "nan,t",
            "flows, line 2, column quantity: 'nan' is not a number; write decimal text",
        ),
        ("flows", "2,t", ",t", "flows, line 2, column quantity: a number is expected here; the field is empty"),
        ("flows", "2,t", "2,kg", "flows, line 2, column unit: coal is counted in t, not in kg; convert the quantity"),
        ("flows", "smelt,iron", "mine,coal", "flows, line 4: mine|coal is a duplicate of line 2; keep one of them"),
        ("needs", "town,iron", "town,gold", "needs, line 3, column product: unknown product 'gold'; declare it in"),
        ("needs", "1,40", "0,40", "needs, line 2, column tier: 0 is no tier; 1 (essential), 2 (planned) or 3"),
        ("hours", "miners", "diggers", "labour, line 2, column trade: miners has no row in hours"),
        ("products", "coal,t,3,,", "coal,t,3,-1,", "products, line 2, column stock: -1 is negative; 0 or more"),
        ("activities", "smelt,works", "smelt", "activities.csv: line 3 has 3 fields, the header has 4"),
        ("flows", "-1.5", "-1e-12", "flows.csv, line 5: -1e-12 is smaller than the 1e-9 that a plan can be computed"),
        ("needs", "2,60", "2,1e30", "needs.csv, line 3: 1e+30 is larger than the 1e15 that a plan can be computed"),
    ],
)
def test_what_is_refused_names_file_line_and_what_to_change(
    tmp_path: Path, file: str, wrong: str, right: str, said: str
) -> None:
    assert wrong in FILES[file]
    path = folder(tmp_path, **{file: FILES[file].replace(wrong, right, 1)})

    code, output = run("solve", path, "--out", str(tmp_path / "plan"))

    assert code in (1, 2)
    assert said in output
    assert not (tmp_path / "plan").exists()


def test_an_unproductive_cycle_is_said_and_planned_all_the_same(tmp_path: Path) -> None:
    path = folder(tmp_path, flows=FILES["flows"].replace("-0.1", "-1.4"))

    code, said = run("solve", path, "--out", str(tmp_path / "plan"))

    assert code == 0
    assert "Note: flows: coal needs iron needs coal: going round once, one unit of coal uses up 1.05 of itself" in said


def test_a_product_that_nobody_can_have_is_named_with_its_line(tmp_path: Path) -> None:
    needs = FILES["needs"] + "town,salt,3,5,1\n"
    path = folder(tmp_path, needs=needs, products=FILES["products"].replace("0.5", ""))

    code, said = run("solve", path, "--out", str(tmp_path / "plan"))

    assert code == 0
    assert "Note: products.csv, line 4: nobody makes it, nobody sells it and none is there (recipes that" in said


NASTY = (
    "",
    "-1",
    "0",
    "1e-30",
    "1e40",
    "inf",
    "nan",
    "x|y",
    "#",
    "coal",
    "iron",
    "mine",
    "town",
    "1/3",
    "٣",
    "\x00",
    "9" * 50,
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(FILES)), st.integers(0, 5), st.integers(0, 4), st.sampled_from(NASTY)),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from(["lightest", "fullest"]),
)
def test_no_folder_whatever_gives_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[str, int, int, str]], variant: str
) -> None:
    path = tmp_path_factory.mktemp("economy")
    tables = {name: [line.split(",") for line in text.splitlines()] for name, text in FILES.items()}
    for name, row, column, value in changes:
        table = tables[name]
        line = table[row % len(table)]
        line[column % len(line)] = value
    for name, table in tables.items():
        with (path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(table)

    code, said = run("solve", str(path), "--variant", variant, "--out", str(path / "plan"))

    assert code in (0, 1, 2)
    assert "Traceback" not in said
    if code == 0:
        assert run("check", str(path), str(path / "plan"))[0] == 0
        assert run("explain", str(path), str(path / "plan"))[0] == 0
    assert run("values", str(path))[0] in (0, 1, 2)
