import json
from pathlib import Path

from typer.testing import CliRunner

from comitia.cli.charter import app

runner = CliRunner()
SHIPPED = Path(__file__).parents[2] / "src/comitia/charter/shipped/co-op-federation.toml"


def test_the_shipped_charter_is_clean_under_its_name_and_under_its_path() -> None:
    for name in ("co-op-federation", str(SHIPPED)):
        answer = runner.invoke(app, ["check", name])

        assert (answer.exit_code, answer.stdout) == (
            0,
            "Charter of a federation of worker co-operatives: 46 articles, 16 kinds of body, 28 matters; "
            "no fault found.\n",
        )


def test_a_fault_is_printed_with_line_harm_and_repair(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_text(SHIPPED.read_text().replace('leaving_article = "4"', 'leaving_article = ""'))
    answer = runner.invoke(app, ["check", str(file)])

    assert answer.exit_code == 1
    assert "[no-leaving]" in answer.stdout
    assert "Repair: Write an article on leaving and name it in [procedures]." in answer.stdout
    as_json = json.loads(runner.invoke(app, ["check", str(file), "--json"]).stdout)
    assert [fault["name"] for fault in as_json["faults"]] == ["no-leaving"]


def test_a_wrong_charter_is_exit_1_and_a_missing_file_exit_2(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_text('name = "x"\nhouses = []\nrool = 1\n')
    wrong = runner.invoke(app, ["check", str(file)])
    missing = runner.invoke(app, ["check", str(tmp_path / "none.toml")])

    assert wrong.exit_code == 1
    assert "line 3, rool: expected “roll”, the nearest known key" in wrong.stderr
    assert missing.exit_code == 2
    assert "cannot be read" in missing.stderr
    assert json.loads(runner.invoke(app, ["check", str(file), "--json"]).stdout)["wrong"]["line"] == 3


def test_a_charter_is_shown_by_topic() -> None:
    answer = runner.invoke(app, ["show", "co-op-federation"])

    assert answer.exit_code == 0
    assert "\nHow a plan is adopted\n  - Claims of the localities: moved by" in answer.stdout
