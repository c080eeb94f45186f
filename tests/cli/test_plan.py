import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from comitia.cli.plan.command import app
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
        ("import", "a", "b", "--year", "2014", "--out", "x", "--spare", "-1"),
        ("import", "a", "b", "--year", "2014", "--out", "x", "--more", "Q"),
        ("import", "a", "--out", "x"),
        ("import", "a", "--out", "x", "--unit", "Box=six"),
        ("export", VALLEY, "x.pdf"),
        ("template", "x"),
        ("template", "x.xlsx", "--from", VALLEY, "--workplace", "nowhere"),
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
    code, said = run("import", IOT, SEA, "--year", "2014", "--spare", "0.05", "--out", str(tmp_path))

    assert code == 0
    assert "- U is left out: it has no output in 2014." in said
    assert "Imports come in unasked" in said
    assert (tmp_path / "flows.csv").exists()


def test_the_study_says_what_is_short_and_the_least_spare() -> None:
    if not Path(IOT).exists():
        pytest.skip("the WIOD tables are not here")
    more = ("--more", "Q=1.2", "--more", "P85=1.2", "--spare", "0")
    code, said = run("study", "wiod", IOT, SEA, "--year", "2014", *more)

    assert code == 0
    assert "Q: 405,136 of 2,430,816 million dollars are short" in said
    assert "19.6300 % (in Q)" in said


def test_a_published_table_has_its_multipliers_and_one_rate_of_profit() -> None:
    table = DATA / "germany_1995_iot_6.csv"
    if not table.exists():
        pytest.skip("the table of Germany is not here")

    code, said = run("values", str(table), "--json")
    answer = json.loads(said)

    assert code == 0
    assert round(answer["products"][0]["output_multiplier"], 4) == 1.7048
    assert round(answer["rate_of_profit"], 6) == 0.446588
    assert "The largest rate of profit, at a wage of 0, is 148.1783 %." in run("values", str(table))[1]


def test_what_is_no_table_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("a,b\n1,2\n")

    assert run("values", str(tmp_path / "list.csv"))[0] == 1
    assert run("values", str(tmp_path / "nothing.csv"))[0] == 2


def test_an_unproductive_economy_names_its_cycle(tmp_path: Path) -> None:
    (tmp_path / "products.csv").write_text("product,unit\ncoal,t\niron,t\n")
    (tmp_path / "activities.csv").write_text("activity,workplace\nmine,pit\nsmelt,works\n")
    (tmp_path / "flows.csv").write_text(
        "activity,product,quantity\nmine,coal,1\nmine,iron,-2\nsmelt,iron,1\nsmelt,coal,-0.6\n"
    )

    code, said = run("values", str(tmp_path), "--json")

    assert code == 1
    assert json.loads(said)["reason"].startswith("coal needs iron needs coal: going round once, one unit of coal uses")


def test_an_export_of_a_workplace_becomes_an_economy_with_a_report(tmp_path: Path) -> None:
    bills = "Product,Quantity,Unit of Measure,BoM Lines/Component,BoM Lines/Quantity,BoM Lines/Unit\n"
    (tmp_path / "boms.csv").write_text(f"{bills}Bread,40,Units,Flour,1,Sack\n,,,Salt,0.4,kg\n", encoding="utf-8")
    (tmp_path / "stock.csv").write_text(
        "Product,Location,Quantity,Unit of Measure\nFlour,WH,100,kg\n", encoding="utf-8"
    )
    given = ("import", str(tmp_path / "boms.csv"), str(tmp_path / "stock.csv"), "--out", str(tmp_path / "economy"))

    code, said = run(*given, "--workplace", "bakery")
    assert (code, "row 2: there is no conversion from 'Sack' to 'kg'; say one: --unit 'Sack=2 kg'" in said) == (1, True)

    code, said = run(*given, "--workplace", "bakery", "--unit", "sack=25 kg", "--json")
    answer = json.loads(said)

    assert code == 0
    assert answer["taken"] == ["boms.csv: bills of materials of Odoo", "stock.csv: stock of Odoo"]
    assert {
        "file": "",
        "row": 0,
        "assumed": "nobody makes Flour, and it is not bought: only its stock of 100 is there",
        "change": "Set products.buy_price and trade_limit.cash, or add its recipe.",
    } in answer["guesses"]
    assert "make-Bread,Flour,-25" in (tmp_path / "economy" / "flows.csv").read_text()
    assert "## What was assumed" in (tmp_path / "economy" / "import-report.md").read_text()
    assert run("solve", str(tmp_path / "economy"), "--out", str(tmp_path / "plan"))[0] == 0


def test_an_economy_goes_through_every_form(tmp_path: Path) -> None:
    for name in ("valley.xlsx", "valley.jsonld", "valley.npz", "folder"):
        assert run("export", VALLEY, str(tmp_path / name), "--json")[0] == 0
    assert run("export", VALLEY, str(tmp_path / "parquet"), "--parquet")[0] == 0
    assert run("template", str(tmp_path / "bakery.xlsx"), "--workplace", "bakery", "--from", VALLEY)[0] == 0
    for name in ("valley.xlsx", "valley.jsonld", "valley.npz"):
        assert run("import", str(tmp_path / name), "--out", str(tmp_path / "back" / name))[0] == 0

    flows = [(tmp_path / "back" / n / "flows.csv").read_text() for n in ("valley.xlsx", "valley.jsonld", "valley.npz")]
    assert [sorted(row.rsplit(",", 1)[0] for row in text.splitlines()[1:]) for text in flows] == [
        sorted(row.rsplit(",", 1)[0] for row in (tmp_path / "folder" / "flows.csv").read_text().splitlines()[1:])
    ] * 3


def test_the_explanation_says_how_far_a_limit_reaches_and_whose_numbers_conflict(solved: str) -> None:
    code, said = run("explain", VALLEY, solved, "--need", "stonebridge/rye-bread")

    assert code == 0
    assert "hours bakers-and-cooks|bakery  tier 1        6.359   +33.1644  0" in said
    assert "The numbers of hours bakers-and-cooks|bakery rule out rye-bread for stonebridge (tier 1) in full" in said
    answer = json.loads(run("explain", VALLEY, solved, "--need", "stonebridge/rye-bread", "--json")[1])
    assert [way["bodies"] for way in answer["conflicts"][0]["ways"]] == [
        ["hours bakers-and-cooks|bakery", "machine deck-ovens"]
    ]
    assert answer["ranges"][0]["up"][0]["worth"] == pytest.approx(6.359375)
    assert run("explain", VALLEY, solved, "--need", "moon/cheese")[0] == 2


def test_explain_says_what_lying_would_bring_each_body(solved: str) -> None:
    code, said = run("explain", VALLEY, solved, "--need", "stonebridge/rye-bread", "--truth")
    answer = json.loads(run("explain", VALLEY, solved, "--truth", "--json")[1])["truth"]

    rows = {line.split("  ")[0].strip(): line for line in said.splitlines()}
    assert code == 0
    assert "the truth" in rows["council hilltown"]
    assert "fewer hours" in rows["trade bakers-and-cooks"] and "4.9%" in rows["trade bakers-and-cooks"]
    assert len(answer) == 4 * 4 + 12 * 8 + 6 * 2
    assert {one["kind"] for one in answer} == {"council", "workplace", "trade"}


def test_two_plans_are_compared(solved: str, tmp_path: Path) -> None:
    assert run("solve", VALLEY, "--out", str(tmp_path))[0] == 0

    code, said = run("compare", VALLEY, solved, str(tmp_path))

    assert code == 0
    assert "- riverbend: canteen-meals (tier 2) is no longer short (it was, of 5,300)." in said
    assert "- Orders change at building, farm" in said
    assert json.loads(run("compare", VALLEY, solved, solved, "--json")[1])["hours"] == []


def test_the_pictures_of_a_plan_are_written_as_a_page_and_alone(solved: str, tmp_path: Path) -> None:
    page, folder = tmp_path / "plan.html", tmp_path / "svg"

    assert run("explain", VALLEY, solved, "--html", str(page), "--svg", str(folder))[0] == 0

    assert '<h2 id="of-flows">Who delivers to whom</h2>' in page.read_text(encoding="utf-8")
    assert sorted(path.name for path in folder.iterdir()) == ["flows.svg", "hours.svg", "shortages.svg"]


def test_the_rounds_show_value_and_bound_until_they_meet_and_leave_a_plan_that_holds(tmp_path: Path) -> None:
    out, svg = tmp_path / "plan", tmp_path / "rounds.svg"

    code, said = run("rounds", VALLEY, "--out", str(out), "--svg", str(svg))

    assert code == 0
    assert " 1      39,803.50         344,037.31     8.84e-01  0" in said
    assert "nobody can propose better" in said
    assert "| " in said and "round  1" in said
    assert 'class="course bound"' in svg.read_text(encoding="utf-8")
    assert run("check", VALLEY, str(out))[0] == 0


def test_rounds_that_have_not_met_exit_1_and_say_how_far_they_are() -> None:
    code, said = run("rounds", VALLEY, "--most", "3", "--json")
    answer = json.loads(said)

    assert (code, answer["met"], answer["mechanism"]) == (1, False, "proposals")
    assert [one["proposals"] for one in answer["rounds"]] == [0, 12, 24]
    assert all(float(one["value"]) <= float(one["bound"]) for one in answer["rounds"])
    assert "They have not met after 3 rounds" in run("rounds", VALLEY, "--most", "3")[1]
    assert run("rounds", VALLEY, "--most", "0")[0] == 2


def test_rounds_name_the_activity_that_nothing_limits(tmp_path: Path) -> None:
    (tmp_path / "products.csv").write_text("product,unit\ncoal,t\n")
    (tmp_path / "activities.csv").write_text("activity,workplace\nmine,pit\n")
    (tmp_path / "flows.csv").write_text("activity,product,quantity\nmine,coal,1\n")

    code, said = run("rounds", str(tmp_path), "--json")

    assert (code, json.loads(said)["what"]) == (1, "runs of mine")


def test_hahnels_procedure_is_run_on_a_published_experiment(tmp_path: Path) -> None:
    experiment, svg = DATA / "pequod" / "dep1ex01.clj.gz", tmp_path / "imbalances.svg"
    if not experiment.exists():
        pytest.skip("the experiments are not here")

    code, said = run("rounds", str(experiment), "--svg", str(svg))
    stopped, early = run("rounds", str(experiment), "--most", "8", "--json")

    assert code == 0
    assert "Every imbalance below 10%: first in round 7." in said
    assert "Every imbalance below 3%: first in round 19." in said
    assert 'class="course bound"' in svg.read_text(encoding="utf-8")
    answer = json.loads(early)
    assert (stopped, answer["mechanism"], answer["met"]) == (1, "hahnel", False)
    assert answer["below"] == {"0.1": 7, "0.05": None, "0.03": None}


def test_hahnels_board_moves_prices_on_an_economy_for_comparison() -> None:
    code, said = run("rounds", VALLEY, "--mechanism", "hahnel", "--most", "4")
    answer = json.loads(run("rounds", VALLEY, "--mechanism", "hahnel", "--most", "4", "--json")[1])

    assert (code, answer["mechanism"], answer["met"]) == (1, "hahnel", False)
    assert "largest imbalance" in said and "200%" in said
    assert all(one["imbalance"] > 0 for one in answer["rounds"])
    assert run("rounds", VALLEY, "--mechanism", "auction")[0] == 2


def test_cockshotts_tables_are_known_as_a_folder_or_as_four_files(tmp_path: Path) -> None:
    given = DATA / "5yearplan"
    if not given.exists():
        pytest.skip("Cockshott's tables are not here")
    files = [str(given / f"{name}.csv") for name in ("labtarg", "cap", "flows", "dep")]

    code, said = run("import", str(given), "--out", str(tmp_path / "one"))
    other, told = run("import", *files, "--out", str(tmp_path / "other"), "--json")

    assert (code, other) == (0, 0)
    assert "- There are 5 periods, a year each, and the targets of 'targets' are needs of tier 2." in said
    assert "the four tables of a plan over several years" in json.loads(told)["taken"][0]
    for name in ("flows", "products", "needs", "capital"):
        one, two = (tmp_path / folder / f"{name}.csv" for folder in ("one", "other"))
        assert one.read_bytes() == two.read_bytes()
    _, solved = run(
        "solve", str(tmp_path / "one"), "--variant", "in-proportion", "--out", str(tmp_path / "p"), "--json"
    )
    answer = json.loads(solved)
    assert round(-float(answer["objective"]), 6) == 8.797299
    # What is delivered beyond a target is no shortage.
    assert all(float(short["quantity"]) > 0 for short in answer["short"])


def test_a_folder_that_is_none_of_cockshotts_is_said_to_be_one(tmp_path: Path) -> None:
    code, said = run("import", str(tmp_path), "--out", str(tmp_path / "out"))

    assert code == 2
    assert "is a folder, and not one of Cockshott's; name the files in it" in said


def test_names_in_brackets_are_printed_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "products.csv").write_text("product,unit\n[red]wheat[/red],[b]kg[/b]\n")
    (tmp_path / "activities.csv").write_text("activity,workplace\ngrow,farm\n")
    (tmp_path / "flows.csv").write_text("activity,product,quantity\ngrow,[red]wheat[/red],2\n")
    (tmp_path / "labour.csv").write_text("activity,trade,hours\ngrow,[i]growers[/i],1\n")
    (tmp_path / "hours.csv").write_text("trade,workplace,hours\n[i]growers[/i],,40\n")
    (tmp_path / "needs.csv").write_text("council,product,tier,quantity,worth\n[u]all[/u],[red]wheat[/red],1,90,3\n")
    (tmp_path / "limits.csv").write_text("limit,unit,quantity\n[x],ha,100\n")
    (tmp_path / "limit_use.csv").write_text("activity,limit,quantity\ngrow,[x],1\n")
    economy, plan, other = str(tmp_path), str(tmp_path / "p"), str(tmp_path / "q")

    assert "[red]wheat[/red]" in run("values", economy)[1]
    assert "use of [x]" in run("solve", economy, "--variant", "leanest|[x]", "--out", other)[1]
    assert run("solve", economy, "--variant", "fullest", "--out", plan)[0] == 0
    (tmp_path / "hours.csv").write_text("trade,workplace,hours\n[i]growers[/i],,30\n")
    assert run("solve", economy, "--out", other)[0] == 0
    assert "hours [i]growers[/i]" in run("explain", economy, other)[1]


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


def test_a_large_economy_is_planned_again_from_its_last_plan_and_says_whose_orders_change(tmp_path: Path) -> None:
    folder.write_columns(drawn.drawn(500, 1), tmp_path / "e")
    economy, last, now = str(tmp_path / "e"), str(tmp_path / "last"), str(tmp_path / "now")
    assert run("solve", economy, "--out", last, "--tolerance", "1e-5")[0] == 0
    machines = tmp_path / "e" / "hours.csv"
    header, first, *rest = machines.read_text().splitlines()
    trade, place, hours = first.split(",")
    machines.write_text("\n".join([header, f"{trade},{place},{float(hours) / 2}", *rest]) + "\n")

    code, said = run("solve", economy, "--out", now, "--from", last, "--tolerance", "1e-5", "--json")
    again, told = run("solve", economy, "--out", now, "--from", last, "--tolerance", "1e-5")

    changed = json.loads(said)["changed"]
    assert (code, again) == (0, 0)
    assert float(json.loads(said)["gap"]) <= 1e-5
    assert changed == sorted(changed, key=lambda c: -c["hours"])
    assert all(c["share"] > 0.01 for c in changed)
    assert f"Orders change by more than 1% of their hours at {len(changed)} workplaces:" in told
    assert f"- {changed[0]['workplace']}: {changed[0]['hours']:,.1f} hours" in told
    assert run("check", economy, now)[0] == 0


def test_a_plan_of_another_economy_is_no_beginning(tmp_path: Path) -> None:
    folder.write_columns(drawn.drawn(500, 1), tmp_path / "e")
    folder.write_columns(drawn.drawn(600, 1), tmp_path / "larger")
    economy, larger, out = str(tmp_path / "e"), str(tmp_path / "larger"), str(tmp_path / "p")
    assert run("solve", larger, "--out", out, "--tolerance", "1e-3")[0] == 0

    code, said = run("solve", economy, "--out", str(tmp_path / "q"), "--from", out)

    assert code == 2
    assert f"{out}: runs: has a1500, which the economy does not have; --from wants a plan of the same products" in said
    assert not (tmp_path / "q").exists()


def test_a_small_economy_needs_no_beginning(tmp_path: Path) -> None:
    folder.write_columns(drawn.drawn(20, 1), tmp_path / "e")

    code, said = run("solve", str(tmp_path / "e"), "--out", str(tmp_path / "p"), "--from", str(tmp_path / "q"))

    assert code == 2
    assert "this one is planned anew at once, and comitia plan compare says whose orders change" in said
