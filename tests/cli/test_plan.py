import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from comitia.cli.plan import app
from comitia.plan import folder
from comitia.plan.arrays import drawn

VALLEY = str(Path(__file__).parents[2] / "examples" / "valley" / "economy")
DATA = Path(__file__).parents[3] / "shared" / "data" / "plan"
IOT, SEA = (str(DATA / f"wiod2016_usa_{name}_2000_2014.csv.gz") for name in ("iot", "sea"))


def run(*words: str) -> tuple[int, str]:
    found = CliRunner().invoke(app, list(words))
    return found.exit_code, found.output


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> str:
    out = str(tmp_path_factory.mktemp("plan"))
    assert run("solve", VALLEY, "--variant", "fullest", "--out", out, "--tolerance", "1e-2")[0] == 0
    return out


def test_a_plan_solved_is_a_plan_that_holds(solved: str) -> None:
    code, said = run("check", VALLEY, solved)

    assert code == 0
    assert "It holds" in said


def test_solving_answers_in_json_alone(tmp_path: Path) -> None:
    code, said = run("solve", VALLEY, "--out", str(tmp_path), "--json", "--home", "nowhere")

    answer = json.loads(said)
    assert code == 0
    assert (answer["variant"], answer["out"]) == ("lightest", str(tmp_path))
    assert json.loads((tmp_path / "certificate.json").read_text())["objective"] == answer["objective"]


def test_one_figure_changed_does_not_hold_any_more(solved: str, tmp_path: Path) -> None:
    for path in Path(solved).iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    with (tmp_path / "runs.csv").open(newline="") as file:
        rows = list(csv.reader(file))
    rows[1][1] = str(float(rows[1][1]) / 2)
    with (tmp_path / "runs.csv").open("w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)

    code, said = run("check", VALLEY, str(tmp_path), "--json")

    assert code == 1
    assert json.loads(said)["holds"] is False
    assert run("explain", VALLEY, str(tmp_path))[0] == 1


def test_the_explanation_names_the_hours_that_bind(solved: str) -> None:
    code, said = run("explain", VALLEY, solved)

    assert code == 0
    assert "The working time of bakers-and-cooks at bakery binds" in said
    assert json.loads(run("explain", VALLEY, solved, "--json")[1])["variant"] == "fullest"


def test_labour_values_are_printed_by_product() -> None:
    code, said = run("values", VALLEY, "--json")

    assert code == 0
    assert json.loads(said)["hours"]["wheat-bread"] == pytest.approx(0.0995, abs=1e-4)
    assert "wheat-bread" in run("values", VALLEY)[1]


@pytest.mark.parametrize(
    "words",
    [
        ("check", "nowhere", "nowhere"),
        ("check", VALLEY, "nowhere"),
        ("explain", VALLEY, "nowhere"),
        ("solve", VALLEY, "--out", "x", "--variant", "richest"),
        ("solve", VALLEY, "--out", "x", "--tolerance", "0"),
        ("solve", VALLEY),
        ("import", "wiod", "a", "b", "--year", "2014", "--out", "x", "--spare", "-1"),
        ("import", "wiod", "a", "b", "--year", "2014", "--out", "x", "--more", "Q"),
        ("frobnicate",),
    ],
)
def test_wrong_use_exits_2(words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    try:
        assert run(*words)[0] == 2
    finally:
        assert not (tmp_path / "x").exists()


def test_an_economy_with_a_fault_does_not_hold_and_the_line_is_said(tmp_path: Path) -> None:
    (tmp_path / "products.csv").write_text("product,unit,stock\nwheat,kg,-1\n")

    code, said = run("values", str(tmp_path))

    assert code == 1
    assert "products, line 2, column stock: -1 is negative" in said


def test_a_table_is_imported_with_every_assumption_said(tmp_path: Path) -> None:
    if not Path(IOT).exists():
        pytest.skip("the WIOD tables are not here")
    code, said = run("import", "wiod", IOT, SEA, "--year", "2014", "--spare", "0.05", "--out", str(tmp_path))

    assert code == 0
    assert "- U is left out: it has no output in 2014." in said
    assert "Imports are as the file gives them" in said
    assert (tmp_path / "flows.csv").exists()


def test_the_study_says_what_is_short_and_the_least_spare() -> None:
    if not Path(IOT).exists():
        pytest.skip("the WIOD tables are not here")
    more = ("--more", "Q=1.2", "--more", "P85=1.2", "--spare", "0")
    code, said = run("study", "wiod", IOT, SEA, "--year", "2014", *more)

    assert code == 0
    assert "Q: 405,136 of 2,430,816 million dollars are short" in said
    assert "19.6300 % (in Q)" in said


def test_a_large_economy_is_solved_and_checked_as_arrays(tmp_path: Path) -> None:
    folder.write_columns(drawn.drawn(500, 1), tmp_path / "e")
    economy, out = str(tmp_path / "e"), str(tmp_path / "p")

    code, said = run("solve", economy, "--out", out, "--tolerance", "1e-5", "--json")
    checked, judged = run("check", economy, out, "--json")

    answer, judgement = json.loads(said), json.loads(judged)
    assert (code, checked) == (0, 0)
    assert folder.is_large(tmp_path / "e")
    assert float(answer["gap"]) <= 1e-5
    assert (judgement["holds"], judgement["rows"], judgement["levels"]) == (True, 520, answer["levels"])
    runs = tmp_path / "p" / "runs.csv"
    runs.write_text("".join(runs.read_text().splitlines(keepends=True)[:-9]))
    code, judged = run("check", economy, out, "--json")
    assert (code, json.loads(judged)["holds"]) == (1, False)
