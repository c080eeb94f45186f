"""``comitia watch`` on an exported record: the gap first, alarms since when, changes, the practised charter."""

import json
from pathlib import Path

import lived
import pytest
import typer
from typer.testing import CliRunner, Result

from comitia.charter import parse
from comitia.cli.watch import watch

APP = typer.Typer()
APP.command()(watch)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lived.export(lived.twice_put_up().small, tmp_path_factory.mktemp("record"))


def run(*given: str) -> Result:
    return CliRunner().invoke(APP, list(given))


def test_the_gap_comes_first_then_alarms_since_when_and_the_limits_last(record: Path) -> None:
    found = run(str(record))
    lines = found.stdout.splitlines()

    assert (found.exit_code, lines[0]) == (0, "WRITTEN AGAINST PRACTISED")
    assert lines[1] == (
        '  line 106, form = "elected": 2 of 2 posts of district conferences filled twice count as appointed: in their '
        "last two fillings those whom district secretaries appointed or put up stood alone. Acts 65, 98, 128, 161."
    )
    assert (
        "  secretariat: held by 39 people as written, 18 people as practised; taken back by nobody as written, nobody "
        "as practised."
    ) in lines
    alarms = lines[lines.index("ALARMS") + 1 : lines.index("INDICATORS")]
    assert (
        "  I22 seats beyond recall: 15 of 15 filled seats are beyond recall by the members: the secretariat, the "
        "political bureau, provincial secretaries, district secretaries, district conferences, provincial conferences, "
        "the congress, the central committee. Since 2026-01-05 at least 50 %, by acts 45, 46, 47, 48, 49, 50, 113, 114 "
        "and 5 more: half of the seats cannot be taken back; article 10 answers it."
    ) in alarms
    assert lines[-1].startswith("Informal power leaves no act")


def test_json_says_the_same_and_names_no_composite_score(record: Path) -> None:
    found = json.loads(run(str(record), "--json").stdout)

    assert (found["acts"], found["at"][:10]) == (171, "2026-12-19")
    assert {g["body"]: (g["written"]["hold"], g["practised"]["hold"]) for g in found["gap"]}["congress"] == (39.0, 18.0)
    assert [(p["kind"], p["what"], p["stands"]) for p in found["practised"]][-1] == (
        "central-committee", "appointed", False
    )  # fmt: skip
    share = next(i for i in found["indicators"] if i["id"] == "I1")
    assert (share["count"], share["of"], [round(bound, 2) for bound in share["wilson"]]) == (15, 15, [0.8, 1.0])
    since = {(a["id"], a["body"]): a["since"][:10] for a in found["alarms"]}
    assert since["I1", ""] == "2026-01-11"
    assert {f"I{n}" for n in range(1, 31)} - {i["id"] for i in found["indicators"]} == {"I7", "I28", "I29"}
    assert set(found) == {"at", "acts", "practised", "gap", "alarms", "changes", "indicators", "limits"}


def test_since_a_day_only_what_changed_is_said(record: Path) -> None:
    lines = run(str(record), "--since", "2026-12-01").stdout.splitlines()
    changed = lines[lines.index("CHANGED SINCE 2026-12-01") + 1 :]

    assert changed[0] == (
        "  I1 Appointment share: 9 of 9 (100 %, 70 % to 100 %) became 15 of 15 (100 %, 80 % to 100 %) (acts 114, 115, "
        "128, 161, 166, 170); articles 3, 4, 5, 6, 7 answer it."
    )
    assert not any("Median tenure" in line for line in changed)
    assert "INDICATORS" not in lines


@pytest.mark.parametrize(
    ("since", "says"), [("yesterday", "is not a moment"), ("1917-03-01", "lies before the founding")]
)
def test_a_day_that_is_none_or_too_early_is_wrong_use(record: Path, since: str, says: str) -> None:
    found = run(str(record), "--since", since)

    assert (found.exit_code, says in found.output) == (2, True)


def test_the_practised_charter_is_written_and_read_again(record: Path, tmp_path: Path) -> None:
    file = tmp_path / "practised.toml"
    found = run(str(record), "--practised", str(file))
    charter = parse.parse(file.read_text(encoding="utf-8"), file="practised")

    assert f"The charter as practised is in {file}" in found.output
    assert charter.kinds["congress"].appointed_by == ("provincial-secretary",)


def test_a_federation_s_own_folder_is_looked_at_too(tmp_path: Path) -> None:
    folder = lived.home(lived.party(closed=False), tmp_path / "home")
    found = run("--home", str(folder), "--practised", str(tmp_path / "practised.toml"))

    assert (found.exit_code, found.stdout.splitlines()[0]) == (0, "WRITTEN AGAINST PRACTISED")
    assert "The record shows nothing practised otherwise than the charter says." in found.stdout
    assert "(not taken up) No post of the central committee was filled twice" in found.stdout


def test_a_file_that_cannot_be_written_is_wrong_use(record: Path, tmp_path: Path) -> None:
    found = run(str(record), "--practised", str(tmp_path / "nowhere" / "practised.toml"))

    assert (found.exit_code, "cannot be written" in found.output) == (2, True)
