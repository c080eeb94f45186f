"""The count on an election's page: the same sheet as on the command line, and no single vote of a few."""

import copy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from comitia.decide import ties
from comitia.decide.count import stv_scottish
from comitia.decide.explanation import page
from comitia.decide.profile import Profile


def seen(browser: Any, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode().replace("&#x27;", "'")


def test_an_election_page_tells_the_count_with_its_picture_and_tables(sign_in: Any) -> None:
    text = seen(sign_in("m-0010"), "/elections/e-1/")

    for words in ("The count, stage by stage", "Votes after each stage", 'class="transfers"', "Who stands"):
        assert words in text
    assert (
        "style=" not in text[text.index("From stage to stage") :] and "<script" not in text[text.index("transfers") :]
    )
    assert text.index("</svg>") < text.index("<caption>Votes after each stage")


def test_the_same_votes_are_counted_by_another_rule(sign_in: Any) -> None:
    text = seen(sign_in("m-0010"), "/elections/e-1/?rule=schulze")

    assert "Under another rule" in text and "The same papers by the rule schulze" in text
    assert "Under another rule" not in seen(sign_in("m-0010"), "/elections/e-1/?rule=fair")


def test_where_few_could_vote_no_single_vote_is_followed(sign_in: Any, state: Any) -> None:
    electors = len(state.ballots["e-1"].electorate)
    text = seen(sign_in("m-0010"), "/elections/e-1/?paper=1")

    assert electors < 10
    assert f"Only {electors} could vote here: no single vote is followed through the count" in text
    assert "How one paper travelled" not in text and 'name="paper"' not in text


@pytest.mark.parametrize(("paper", "told"), [("1", True), ("999", False), ("0", False), ("x", False), ("", False)])
def test_where_many_could_vote_one_vote_is_followed(pages: Path, state: Any, paper: str, told: bool) -> None:
    from comitia.web.sums import count_sheet

    many = copy.copy(state)
    ballot = state.ballots["e-1"]
    many.ballots = {**state.ballots, "e-1": replace(ballot, electorate=frozenset(f"m-{n:04}" for n in range(12)))}
    found = count_sheet.of_election(many, state.elections["e-1"], paper=paper, rule="")

    assert found is not None and not found.few and found.papers
    assert ("How one paper travelled" in found.sections) is told


def test_who_was_not_elected_is_told_why_and_how_close_it_was(pages: Path, state: Any) -> None:
    from comitia.web.sums import count_sheet

    election = state.elections["e-1"]
    papers = Profile(election.sheet.candidates, ((8, (0,)),))
    fewer = replace(election, sheet=stv_scottish.count(papers, seats=1, lot=ties.Lot(b"")))
    found = count_sheet.of_election(state, fewer, paper="", rule="")

    assert found is not None
    assert "Member 04 had 0 votes at the end (stage 1), 8 fewer than Member 01, elected last." in found.sections
    assert "Closest margin: between" in found.sections


def test_how_a_text_was_chosen_is_told_by_the_titles(pages: Path, state: Any) -> None:
    from comitia.web.sums import count_sheet

    motion = state.motions["m-done"]
    choice = stv_scottish.count(Profile(("m-done", "a-1"), ((3, (0,)), (2, (1,)))), seats=1, lot=ties.Lot(b""))
    titles = {"m-done": "The <road>", "a-1": "The path"}
    told = count_sheet.of_choice(replace(motion, choice_sheet=choice), titles)

    assert "The &lt;road&gt;" in told and "The path" in told and "<svg" in told
    assert count_sheet.of_choice(motion, titles) == ""


def test_an_election_that_is_not_counted_has_no_sheet(pages: Path, state: Any) -> None:
    from comitia.web.sums import count_sheet

    assert count_sheet.of_election(state, state.elections["e-open"], paper="", rule="") is None


def test_the_style_of_the_pages_draws_a_count_as_the_page_of_its_own_does() -> None:
    style = Path(page.__file__).parents[2] / "web" / "static" / "pictures.css"

    assert page.DRAWING in style.read_text("utf-8")
