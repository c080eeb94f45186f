import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from comitia.cli.drill import app

runner = CliRunner()


@pytest.mark.parametrize("weights", [["4", "4", "4", "2", "2", "1"], ["4,4,4,2,2,1"], ["4, 4", "4,2", "2,", "1"]])
def test_power_is_reckoned_from_weights_with_blanks_or_commas(weights: list[str]) -> None:
    answer = runner.invoke(app, ["power", "--quota", "12", "--weights", *weights, "--json"])
    facts = json.loads(answer.stdout)

    assert answer.exit_code == 0
    assert (facts["winning"], facts["act_exact"], len(facts["members"])) == (14, "7/32", 6)
    assert facts["members"][0] == {
        "banzhaf": 5 / 21,
        "banzhaf_exact": "5/21",
        "banzhaf_absolute": 0.3125,
        "banzhaf_absolute_exact": "5/16",
        "shapley_shubik": 7 / 30,
        "shapley_shubik_exact": "7/30",
        "coleman_prevent": 10 / 14,
        "coleman_prevent_exact": "5/7",
        "coleman_initiate": 0.2,
        "coleman_initiate_exact": "1/5",
        "swings": 10,
    }


def test_wrong_weights_are_wrong_use() -> None:
    for words in (["--quota", "a", "--weights", "1"], ["--quota", "0", "--weights", "1"]):
        answer = runner.invoke(app, ["power", *words])

        assert answer.exit_code == 2
        assert answer.stderr


def test_weights_may_be_fractions() -> None:
    halves = runner.invoke(app, ["power", "--quota", "2.5", "--weights", "1.5 1 0.5", "--json"])
    whole = runner.invoke(app, ["power", "--quota", "5", "--weights", "3 2 1", "--json"])

    assert halves.stdout == whole.stdout


def test_a_vote_with_two_quotas_at_once_is_read_from_a_file(tmp_path: Path) -> None:
    game = tmp_path / "game.json"
    game.write_text(
        '{"ways": [[{"quota": 2.5, "weights": [2, 1, 0.5]}, {"quota": 2, "weights": [1, 1, 1]}]]}', encoding="utf-8"
    )
    answer = runner.invoke(app, ["power", "--game", str(game), "--json"])
    facts = json.loads(answer.stdout)

    assert (answer.exit_code, facts["winning"]) == (0, 3)
    assert [one["swings"] for one in facts["members"]] == [3, 1, 1]
    game.write_text('{"ways": [[{"quota": 3}]]}', encoding="utf-8")
    assert runner.invoke(app, ["power", "--game", str(game)]).exit_code == 2


def test_a_vote_of_a_thousand_is_reckoned_with_its_tolerance_and_limits() -> None:
    weights = ",".join(str(1 + n % 10) for n in range(1000))
    answer = runner.invoke(app, ["power", "--quota", "2751", "--weights", weights, "--json"])
    facts = json.loads(answer.stdout)

    assert answer.exit_code == 0
    assert "a priori" in facts["limits"] and "1e-09" in facts["limits"]
    assert facts["members"][0]["shapley_shubik_exact"] is None
    assert abs(sum(one["shapley_shubik"] for one in facts["members"]) - 1) < 1e-9
    assert len({one["swings"] for one in facts["members"]}) == 10


def test_one_matter_is_drilled_on_members_from_a_table(tmp_path: Path) -> None:
    members = tmp_path / "members.csv"
    rows = [f"m-{n},{'mill' if n < 20 else 'farm'},trade-{n % 2},hill" for n in range(51)]
    members.write_text("member,workplace,trade,locality\n" + "\n".join(rows) + "\n")
    words = ["capture", "co-op-federation", "--members", str(members), "--matter", "resolution-assembly"]
    answer = runner.invoke(app, words)

    assert answer.exit_code == 0
    assert "  As few as 11 of 51 members (21.6 %) decide it. Proven smallest.\n" in answer.stdout
    enough = "  As few as 7 of 51 members (13.7 %) are enough where nobody else comes. Proven smallest.\n"
    assert enough in answer.stdout
    facts = json.loads(runner.invoke(app, [*words, "--json"]).stdout)
    assert [(m["people"], m["bound"], m["smallest"]) for m in facts["matters"]] == [(11, 11, True)]
    assert facts["matters"][0]["coalition"] == [{"workplace": "mill", "people": 11}]
    assert facts["matters"][0]["others_absent"]["coalition"] == [{"workplace": "mill", "people": 7}]


def test_what_cannot_be_drilled_is_told_with_exit_1_and_wrong_use_with_exit_2(tmp_path: Path) -> None:
    members = tmp_path / "members.csv"
    members.write_text("member,workplace,trade,locality\nm-1,mill,millers,hill\n")
    words = ["capture", "co-op-federation", "--members", str(members), "--matter"]

    assert runner.invoke(app, [*words, "resolution-district"]).exit_code == 1
    assert runner.invoke(app, [*words, "war"]).exit_code == 2
    members.write_text("member,work\n")
    assert runner.invoke(app, [*words, "plan"]).exit_code == 2


def test_a_certificate_is_written_and_checked(tmp_path: Path) -> None:
    words = ["capture", "co-op-federation", "--matter", "plan", "--certificates", str(tmp_path)]
    assert runner.invoke(app, words).exit_code == 0
    proof = tmp_path / "plan.json"
    answer = runner.invoke(app, ["check", str(proof)])
    facts = json.loads(proof.read_text(encoding="utf-8"))

    assert answer.exit_code == 0
    assert answer.stdout.startswith(f"{sum(facts['coalition'])} people decide it; ")
    absent = runner.invoke(app, ["check", str(tmp_path / "plan-others-absent.json")])
    assert (absent.exit_code, absent.stdout) == (0, "6 people decide it; proven smallest.\n")
    proof.write_text(json.dumps({**facts, "coalition": [0] * len(facts["coalition"])}), encoding="utf-8")
    assert runner.invoke(app, ["check", str(proof)]).exit_code == 1
    proof.write_text("{}", encoding="utf-8")
    assert runner.invoke(app, ["check", str(proof)]).exit_code == 2


def test_hold_recover_diff_and_weakest_answer_in_json() -> None:
    held = runner.invoke(app, ["hold", "co-op-federation", "--body", "committees-house", "--json"])
    back = runner.invoke(app, ["recover", "co-op-federation", "--body", "committees-house", "--json"])
    same = runner.invoke(app, ["diff", "co-op-federation", "co-op-federation", "--json"])
    better = runner.invoke(app, ["weakest", "co-op-federation", "--matter", "plan", "--json"])

    assert json.loads(held.stdout)["bodies"]["committees-house"]["open"]["people"] == 77
    assert json.loads(back.stdout)["bodies"]["committees-house"]["recover"]["people"] == 77
    assert json.loads(same.stdout) == {"changes": []}
    assert len(json.loads(better.stdout)["repairs"]) > 1
    assert runner.invoke(app, ["hold", "co-op-federation", "--body", "nobody"]).exit_code == 2
    assert runner.invoke(app, ["weakest", "co-op-federation", "--matter", "nothing"]).exit_code == 2


def test_power_over_production_is_read_from_an_economy_folder(tmp_path: Path) -> None:
    valley = Path(__file__).parents[2] / "examples" / "valley" / "economy"
    answer = runner.invoke(app, ["production", str(valley), "--json"])
    facts = json.loads(answer.stdout)

    assert answer.exit_code == 0
    assert facts["worth_short"] > facts["worth_anyway"]
    assert (facts["workplaces"], len(facts["plans"])) == (["transport"], 1)
    assert facts["losses"][0]["workplace"] == "transport"
    assert set(facts["losses"][0]["councils"]) == {"hilltown", "millbrook", "riverbend", "stonebridge"}
    told = runner.invoke(app, ["production", str(valley)]).stdout
    assert told.startswith("As few as 1 of 12 workplaces, refusing, leave essential needs short by ")
    assert "\nNo fewer do.\n" in told
    assert runner.invoke(app, ["production", str(tmp_path)]).exit_code == 2
