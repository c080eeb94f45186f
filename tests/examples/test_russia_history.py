"""The history of 1917-1929 played under both charters: what passes, what is refused by which article, what fires."""

import history
import pytest
from playing import Playing

from comitia.federation import acts
from comitia.federation.rulebook import replay


@pytest.fixture(scope="module")
def industry() -> history.History:
    return history.read("economy")


def outcomes(played: Playing) -> list[tuple[str, str, bool, tuple[str, ...]]]:
    return [(o.entry.id, o.entry.date, o.passed, o.articles) for o in played.outcomes if o.entry.takes]


def test_every_act_names_its_author_and_its_date(industry: history.History) -> None:
    assert all(e.source and e.date and e.what for e in industry.entries)


def test_under_the_statutes_of_the_time_the_acts_that_took_power_in_industry_pass(industry: history.History) -> None:
    assert outcomes(Playing(industry, industry.statutes).play()) == [("E05", "1918-01", True, ("record",))]


def test_under_joint_management_they_are_refused_with_the_article(industry: history.History) -> None:
    assert outcomes(Playing(industry, industry.joint).play()) == [("E05", "1918-01", False, ("16", "19"))]


def test_the_record_replays_to_the_same_state(industry: history.History) -> None:
    played = Playing(industry, industry.statutes).play()
    again = replay([acts.decode(acts.encode(act)) for act in played.done], played.blobs)

    assert again.state.terms == played.state.terms
    assert again.state.charters == played.state.charters
