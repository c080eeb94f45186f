"""What ``comitia verify`` says of decisions, and of minutes that somebody sent round."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from comitia.clerk.verification import verify
from comitia.cli import verify as command
from comitia.federation import minutes

app = typer.Typer()
app.command()(command.verify)
RECORD = Path(__file__).parents[1] / "fixtures" / "first-season.zip"


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The minutes of the committees' house, as they were sent round."""
    state = verify(RECORD).federation.state
    found = minutes.minutes(state, "committees-house", since="2026-01-01T00:00:00Z", until="2027-01-01T00:00:00Z")
    path = tmp_path_factory.mktemp("sent") / "minutes.txt"
    path.write_text(minutes.text(found), encoding="utf-8")
    return path


def test_every_verdict_is_computed_again_and_told() -> None:
    ran = CliRunner().invoke(app, [str(RECORD), "--json"])
    told = json.loads(ran.stdout)["decisions"]

    assert ran.exit_code == 0
    assert {one["sort"] for one in told} == {"motion", "election", "recall"}
    divided = next(one for one in told if one["id"] == "plan-1" and not one["carried"])
    assert divided["says"].startswith("not carried: committees' house ")
    assert "decided      66 votes and elections, every sum computed again: 65 carried" in (
        CliRunner().invoke(app, [str(RECORD)]).stdout
    )


def test_minutes_that_say_what_the_acts_say_hold(sent: Path) -> None:
    ran = CliRunner().invoke(app, [str(RECORD), "--minutes", str(sent)])

    assert (ran.exit_code, ran.stdout.splitlines()[0]) == (0, "holds: 2899 acts of Valley Federation (invented)")


def test_a_verdict_that_was_turned_round_in_the_minutes_is_named(sent: Path, tmp_path: Path) -> None:
    said = sent.read_text(encoding="utf-8")
    line = next(n for n, one in enumerate(said.splitlines(), start=1) if "plan-1 not carried: " in one)
    false = tmp_path / "minutes.txt"
    false.write_text(said.replace("plan-1 not carried: ", "plan-1 carried: ", 1), encoding="utf-8")

    ran = CliRunner().invoke(app, [str(RECORD), "--minutes", str(false)])

    assert ran.exit_code == 1
    assert ran.stdout.startswith(f"{false} does not hold: line {line} of the minutes says “")
    assert "plan-1 not carried: committees' house" in ran.stdout.partition("the acts say")[2]
