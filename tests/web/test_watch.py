# ruff: noqa: F401, F811 (fixtures come by their names from season_home)
"""The watch: readings with their acts and articles, capture numbers with their places."""

from season_home import SignIn, clerk, enter, season_folder, seen

from comitia.clerk.clerk import Clerk
from comitia.federation import standing
from comitia.web.sums import captures


def test_the_watch_says_its_readings_with_intervals_and_articles(enter: SignIn) -> None:
    text = seen(enter("board"), "/watch/")

    assert "were filled by their electors." in text
    assert "Wilson interval 0 % to" in text and 'href="/charter/#article-' in text
    assert "Informal power leaves no act" in text


def test_each_matter_has_its_capture_number_with_places_and_arithmetic(clerk: Clerk, enter: SignIn) -> None:
    text = seen(enter("board"), "/watch/")
    state = clerk.federation.state
    plan = next(d.found for d in captures.captures(state, standing.charter(state)) if d.matter.id == "plan")

    assert plan is not None
    assert f"<b>{plan.people} of {plan.members}</b>" in text
    assert "adopting the plan" in text and "With a pencil:" in text and "Proven: no fewer." in text


def test_captures_are_reckoned_once_while_the_members_stand(clerk: Clerk) -> None:
    state = clerk.federation.state
    rules = standing.charter(state)

    assert captures.captures(state, rules) is captures.captures(state, rules)
