"""``comitia drill chance``: the same bytes from one machine and from a cluster; what is asked wrongly is said."""

import json
from collections.abc import Iterator

import pytest
from distributed import LocalCluster
from typer.testing import CliRunner

from comitia.cli.drill import app
from comitia.drill.turnout import NAMES

ASKED = {
    "turnout": ["--matter", "plan", "--support", "0.55", "--turnout", "0.4", "--spread", "0.1"],
    "drift": ["--body", "board", "--appointed", "0.1", "--half-years", "6"],
    "terms": ["--body", "committees-house", "--support", "0.6", "--half-years", "3"],
}


def asked(*words: str) -> str:
    """Return what the command prints for a question of 5,500 draws."""
    answer = CliRunner().invoke(
        app, ["chance", "co-op-federation", "--seed", "open, 2026", "--draws", "5500", "--json", *words]
    )
    assert answer.exit_code == 0, answer.output
    return answer.stdout


@pytest.fixture(params=[1, 2, 4], scope="module")
def cluster(request: pytest.FixtureRequest) -> Iterator[str]:
    """Give the address of a cluster with so many workers, each a process of its own."""
    with LocalCluster(
        n_workers=request.param, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0", host="127.0.0.1"
    ) as found:
        yield found.scheduler_address


def test_a_cluster_of_one_two_or_four_workers_gives_the_same_bytes(cluster: str) -> None:
    for words in ASKED.values():
        assert asked(*words, "--dask", cluster).encode() == asked(*words).encode()


def test_the_answer_says_what_was_asked_and_gives_counts_and_intervals() -> None:
    facts = json.loads(asked(*ASKED["turnout"]))

    assert {key: facts[key] for key in ("matter", "body", "seed", "draws")} == {
        "matter": "plan", "body": "", "seed": "open, 2026", "draws": 5500,
    }  # fmt: skip
    assert [one["name"] for one in facts["estimates"]] == list(NAMES)
    for one in facts["estimates"]:
        low, high = one["wilson"]
        assert 0 <= low <= one["count"] / 5500 == one["share"] <= high <= 1


def test_the_text_names_each_share_with_its_interval() -> None:
    answer = CliRunner().invoke(app, ["chance", "co-op-federation", "--seed", "x", "--draws", "100", *ASKED["drift"]])

    assert answer.exit_code == 0
    assert "board, 100 draws from the seed “x”" in answer.stdout
    assert "after 6 half-years" in answer.stdout
    assert "what will happen" in answer.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--matter", "plan", "--support", "0.5"], "no --seed"),
        (["--seed", "x", "--matter", "plans", "--support", "0.5"], "the matter “plans”"),
        (["--seed", "x", "--matter", "plan"], "--matter without --support"),
        (["--seed", "x"], "neither a matter nor a body"),
        (["--seed", "x", "--body", "board"], "neither a matter nor a body"),
        (["--seed", "x", "--body", "boards", "--support", "0.5"], "the body “boards”"),
        (["--seed", "x", "--matter", "plan", "--support", "2"], "a chance from 0 to 1"),
        (["--seed", "x", "--matter", "plan", "--support", "0.5", "--draws", "0"], "0 draws"),
        (["--seed", "x", "--matter", "plan", "--support", "0.5", "--dask", "tcp://127.0.0.1:1"], "tcp://127.0.0.1:1"),
    ],
)
def test_what_is_asked_wrongly_is_said(words: list[str], said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comitia.cli.cluster._SECONDS", "1s")
    answer = CliRunner().invoke(app, ["chance", "co-op-federation", *words])

    assert answer.exit_code == 2
    assert said in answer.stderr


def test_coalitions_are_drawn_where_a_vote_is_too_large_to_be_counted() -> None:
    words = ["power", "--quota", "4", "--weights", "3 2 1 1", "--draws", "4000", "--json"]
    facts = json.loads(CliRunner().invoke(app, [*words, "--seed", "x"]).stdout)
    exact = [0.75, 0.25, 0.25, 0.25]

    assert (facts["seed"], facts["draws"], len(facts["members"])) == ("x", 4000, 4)
    assert [abs(one["banzhaf_absolute"] - p) < 0.03 for one, p in zip(facts["members"], exact, strict=True)] == [
        True
    ] * 4
    text = CliRunner().invoke(app, [*words[:-1], "--seed", "x"]).stdout
    assert f"the power to act is {facts['act']:.5f}" in text
    without = CliRunner().invoke(app, words)
    assert (without.exit_code, "--draws without --seed" in without.stderr) == (2, True)
