import json
from pathlib import Path

from typer.testing import CliRunner

from comitia.charter import schema
from comitia.cli.charter import app

runner = CliRunner()
SHIPPED = Path(__file__).parents[2] / "src/comitia/charter/shipped/co-op-federation.toml"


def changed(folder: Path, name: str, *changes: tuple[str, str]) -> Path:
    """Return a file with the shipped charter, each ``old`` replaced once by ``new``."""
    text = SHIPPED.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


UNCORRECTED = ('correction_article = "42"\n', "")


def line_of(file: Path, start: str) -> int:
    return next(n for n, line in enumerate(file.read_text("utf-8").split("\n"), start=1) if line.startswith(start))


def test_the_shipped_charter_is_clean_under_its_name_and_under_its_path() -> None:
    for name in ("co-op-federation", str(SHIPPED)):
        answer = runner.invoke(app, ["check", name])

        assert answer.exit_code == 0
        assert answer.stdout.splitlines()[0] == f"{name}  clean"
        assert "16 kinds of body" in answer.stdout


def test_a_fault_is_printed_after_the_summary_with_its_place_harm_and_repair(tmp_path: Path) -> None:
    file = changed(tmp_path, "ours.toml", UNCORRECTED)
    answer = runner.invoke(app, ["check", str(file)])
    lines = answer.stdout.splitlines()

    assert answer.exit_code == 1
    assert lines[0] == f"{file}  1 fault █"
    assert lines[2:] == [
        "",
        f"{file}:{line_of(file, '[procedures]')}: [no-correction]",
        "  The charter has no correction: its article, or its number in [procedures], is missing or zero.",
        "  For instance: A wrong entry stands for ever, and the next ones rest on it.",
        "  Repair: Write an article on correction and name it in [procedures].",
    ]


def test_several_charters_are_summed_up_first_and_told_one_after_the_other(tmp_path: Path) -> None:
    one, two = changed(tmp_path, "one.toml", UNCORRECTED), changed(tmp_path, "two.toml", ("seats = 7", "seats = 8"))
    many = changed(tmp_path, "many.toml", ('silence = "absent"', 'silence = "consents"'))
    broken = tmp_path / "broken.toml"
    broken.write_text('language = 2\nname = "x"\nhouses = []\nrool = 1\n')
    answer = runner.invoke(app, ["check", "co-op-federation", str(one), str(two), str(many), str(broken)])
    bars = {line.split()[0]: line.split("  ")[-1].strip() for line in answer.stdout.split("\n\n")[0].splitlines()}

    assert answer.exit_code == 1
    assert (bars["co-op-federation"], bars[str(one)], bars[str(broken)]) == ("clean", "1 fault █", "not a charter")
    assert bars[str(many)].endswith("█" * 24)
    assert answer.stdout.index("[no-correction]") < answer.stdout.index("[tie-blocks]")
    assert "line 4, rool: expected “roll”" in answer.stderr


def test_the_answer_for_programs_holds_each_charter_with_its_faults(tmp_path: Path) -> None:
    file = changed(tmp_path, "ours.toml", UNCORRECTED)
    broken = tmp_path / "broken.toml"
    broken.write_text('language = 2\nname = "x"\nhouses = []\nrool = 1\n')
    answer = runner.invoke(app, ["check", str(file), str(broken), "--json"])
    first, second = json.loads(answer.stdout)["charters"]

    assert answer.exit_code == 1
    assert [fault["name"] for fault in first["faults"]] == ["no-correction"]
    assert (second["file"], second["wrong"]["line"], second["wrong"]["key"]) == (str(broken), 4, "rool")


def test_a_missing_file_is_wrong_use_and_nothing_is_reported(tmp_path: Path) -> None:
    answer = runner.invoke(app, ["check", "co-op-federation", str(tmp_path / "none.toml")])

    assert (answer.exit_code, answer.stdout) == (2, "")
    assert "cannot be read" in answer.stderr


def test_a_wrong_charter_is_not_shown(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_text('name = "x"\nhouses = []\nrool = 1\n')
    answer = runner.invoke(app, ["show", str(file)])

    assert (answer.exit_code, answer.stdout) == (1, "")
    assert "line 3, rool: expected “roll”, the nearest known key" in answer.stderr


def test_a_charter_is_shown_by_topic_to_people_and_to_programs() -> None:
    answer = runner.invoke(app, ["show", "co-op-federation"])
    topics = json.loads(runner.invoke(app, ["show", "co-op-federation", "--json"]).stdout)["topics"]

    assert answer.exit_code == 0
    assert "\nHow a plan is adopted\n  - " in answer.stdout
    assert "How a plan is adopted" in [topic["title"] for topic in topics]


def test_a_difference_is_told_by_article_with_the_faults_it_brings_and_mends(tmp_path: Path) -> None:
    old = changed(tmp_path, "old.toml", UNCORRECTED)
    new = changed(tmp_path, "new.toml", ("seats = 7", "seats = 8"))
    answer = runner.invoke(app, ["diff", str(old), str(new)])

    assert answer.exit_code == 1
    assert answer.stdout.startswith("2 articles differ; entrenched: 14, 42.\n")
    assert "Article 14, The board: changed, entrenched\n  kind.board, seats.fixed: 7 becomes 8.\n" in answer.stdout
    assert f"It brings 1 fault:\n{new}:{line_of(new, '[matter.resolution-board]')}: article 23" in answer.stdout
    assert f"It mends 1 fault:\n{old}:{line_of(old, '[procedures]')}: [no-correction]" in answer.stdout
    told = json.loads(runner.invoke(app, ["diff", str(old), str(new), "--json"]).stdout)
    assert [article["number"] for article in told["articles"]] == ["14", "42"]
    assert ([f["name"] for f in told["brings"]], [f["name"] for f in told["mends"]]) == (
        ["tie-blocks"],
        ["no-correction"],
    )


def test_no_difference_and_a_harmless_one_are_told_and_end_well(tmp_path: Path) -> None:
    same = runner.invoke(app, ["diff", "co-op-federation", str(SHIPPED)])
    longer = changed(tmp_path, "longer.toml", ("report_days = 180", "report_days = 90"))
    harmless = runner.invoke(app, ["diff", "co-op-federation", str(longer)])
    # A fault that stands in both, on another line, is neither brought nor mended.
    old, moved = changed(tmp_path, "old.toml", UNCORRECTED), changed(tmp_path, "moved.toml", UNCORRECTED)
    moved.write_text("# moved\n" + moved.read_text("utf-8"), encoding="utf-8")

    assert (same.exit_code, same.stdout) == (0, "No article differs; entrenched: none.\n")
    assert harmless.exit_code == 0
    assert harmless.stdout.startswith("1 article differs; entrenched: none.\n")
    assert runner.invoke(app, ["diff", str(old), str(moved)]).stdout == "No article differs; entrenched: none.\n"


def test_the_schema_for_editors_is_printed() -> None:
    answer = runner.invoke(app, ["schema"])

    assert (answer.exit_code, json.loads(answer.stdout)) == (0, schema.schema())
