# ruff: noqa: F401, F811 (fixtures come by their names from season_home)
"""The watch: the gap first, alarms, readings over time with their acts and articles, capture numbers with places."""

import dataclasses
import tomllib

from season_home import SignIn, clerk, enter, season_folder, seen

from comitia.charter import parse
from comitia.clerk.clerk import Clerk
from comitia.clerk.watched import Watched
from comitia.federation import standing
from comitia.watch import thresholds
from comitia.watch.indicator import LIMITS
from comitia.watch.view import View
from comitia.web.sums import captures, watching


def test_the_watch_says_its_readings_with_intervals_and_articles(enter: SignIn) -> None:
    text = seen(enter("board"), "/watch/")

    assert "were filled by their electors." in text
    assert "with counts and Wilson interval (95 %)" in text and 'href="/charter/#article-' in text
    assert all(limit in text for limit in LIMITS)


def test_written_against_practised_comes_first_and_the_alarms_stand_before_the_indicators(enter: SignIn) -> None:
    text = seen(enter("board"), "/watch/")
    places = [text.index(f'id="{section}"') for section in ("gap", "alarms", "indicators", "capture")]

    assert places == sorted(places)
    assert "The record shows nothing practised otherwise than the charter says." in text
    assert "To contest a line, name an act among those from which it is read" in text


def test_each_course_has_a_picture_with_its_table_under_it(clerk: Clerk, enter: SignIn) -> None:
    text = seen(enter("board"), "/watch/")
    found = watching.looked(Watched(clerk).ledger(), clerk.federation.state, clerk.now())
    told = [r for r in found.readings if sum(x is not None for x in found.course.get(_key(r), ())) > 1]

    assert len(told) > 20
    assert text.count('class="drawn narrow course"') == len(told)
    assert text.count("<summary>The figures</summary>") == len(told)
    assert "appointment share over time" in text


def _key(reading: object) -> tuple[str, str, str]:
    from comitia.watch.indicator import Reading

    assert isinstance(reading, Reading)
    return reading.figure.id, reading.figure.name, reading.body


def test_the_practised_charter_is_handed_out_as_a_charter(clerk: Clerk, enter: SignIn) -> None:
    answer = enter("board").get("/watch/practised.toml")
    text = answer.content.decode()
    written = clerk.federation.state.blobs[clerk.federation.state.charter_hash].decode()

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert tomllib.loads(text) == tomllib.loads(written)
    assert parse.parse(text, file="practised").name == standing.charter(clerk.federation.state).name


def test_what_was_looked_at_is_kept_until_an_act_comes_in(clerk: Clerk) -> None:
    watched, state = Watched(clerk), clerk.federation.state
    first = watching.looked(watched.ledger(), state, clerk.now())

    assert watching.looked(watched.ledger(), state, clerk.now()) is first
    view = View(watched.ledger(), clerk.now())
    assert [o.alarm.threshold in thresholds.THRESHOLDS for o in first.alarms] == [True] * len(first.alarms)
    assert dataclasses.astuple(first.readings[0]) == dataclasses.astuple(watching.looked(
        watched.ledger(), state, clerk.now()).readings[0])  # fmt: skip
    assert view.members == len([m for m in state.members.values() if not m.left])


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
