import lived
import pytest
from small import Small

from comitia.watch import indicators, saying, series
from comitia.watch.indicator import Reading
from comitia.watch.series import Onset
from comitia.watch.view import View


@pytest.fixture(scope="module")
def twice() -> Small:
    return lived.twice_put_up().small


def test_moments_are_months_apart_and_stay_as_days_go_by(twice: Small) -> None:
    ledger = lived.view(twice).ledger
    found = series.moments(ledger, twice.at)

    assert (len(found), found[0][:10], found[1][:10], found[-1]) == (13, "2026-01-05", "2026-02-04", twice.at)
    assert series.moments(ledger, "2026-01-20T08:00:00Z") == ("2026-01-05T08:00:00Z", "2026-01-20T08:00:00Z")
    assert found[:-1] == series.moments(ledger, "2026-12-28T08:00:00Z")[:-1]
    later = series.moments(ledger, "2036-01-20T08:00:00Z")
    assert (len(later), set(found[::8]) - {twice.at} <= set(later)) == (17, True)


def test_an_alarm_is_dated_to_the_day_on_which_its_act_was_done(twice: Small) -> None:
    view = lived.view(twice)
    samples = series.moments(view.ledger, twice.at)
    course = series.table(view.ledger, samples)
    found = {
        (o.alarm.reading.figure.id, o.alarm.reading.body): o.since[:10]
        for o in series.onsets(view.ledger, indicators.readings(view), samples, course)
    }

    # The committee was put up on the fifteenth; the provincial secretary appointed on the first day.
    assert twice.done[113].at[:10] == "2026-01-15"
    assert found["I2", "central-committee"] == "2026-01-15"
    assert found["I9", "central-committee"] == "2026-01-15"


def test_an_alarm_is_dated_alike_however_far_apart_the_moments_lie(twice: Small) -> None:
    view = lived.view(twice)
    readings = indicators.readings(view)
    dated = []
    for most in (3, 24):
        samples = series.moments(view.ledger, twice.at, most=most)
        given = series.onsets(view.ledger, readings, samples, series.table(view.ledger, samples))
        dated.append({(o.alarm.threshold.name, o.alarm.reading.body): o.since for o in given if o.alarm.reading.body})

    assert dated[0] == dated[1]


def test_the_table_gives_each_figure_at_each_moment_and_keeps_what_is_past(twice: Small) -> None:
    view = lived.view(twice)
    samples = series.moments(view.ledger, twice.at, most=3)
    asked: list[tuple[int, int]] = []
    known: dict[str, tuple[Reading, ...]] = {}
    found = series.table(view.ledger, samples, known=known, progress=lambda done, of: asked.append((done, of)))

    assert [(r.count, r.of) if r else None for r in found["I1", "appointment share", ""]] == [
        (2, 2), (9, 9), (9, 9), (15, 15)
    ]  # fmt: skip
    assert found["I2", "mandate distance", "congress"][0] is None
    assert asked == [(0, 4), (1, 4), (2, 4), (3, 4)]
    assert sorted(known) == list(samples[:-1])
    assert series.table(view.ledger, samples, known=known) == found


def test_changes_name_the_acts_that_came_since(twice: Small) -> None:
    changed = series.changes(lived.view(twice).ledger, "2026-12-01T00:00:00Z", twice.at)
    share = next(c for c in changed if c.after.figure.id == "I1")

    assert share.before is not None
    assert (share.before.count, share.after.count, share.acts) == (9, 15, (114, 115, 128, 161, 166, 170))
    assert saying.change(share) == (
        "Appointment share: 9 of 9 (100 %, 70 % to 100 %) became 15 of 15 (100 %, 80 % to 100 %) (acts 114, 115, 128, "
        "161, 166, 170); articles 3, 4, 5, 6, 7 answer it."
    )
    assert all(c.before is None or c.before != c.after for c in changed)


def test_an_alarm_in_a_sentence(twice: Small) -> None:
    view = View(lived.view(twice).ledger, twice.at)
    samples = (twice.at,)
    given = series.onsets(view.ledger, indicators.readings(view), samples, series.table(view.ledger, samples))
    congress = next(o for o in given if o.alarm.reading.body == "congress" and o.alarm.reading.figure.id == "I2")

    assert saying.alarm(congress) == (
        "No chain of elections leads from the members to all seats of the congress; by the charter's words 3. Since "
        "2026-12-19 at least 10, by act 170: elected in tiers, no real federation has more than five; ten means a loop "
        "of four in five seats; article 5 answers it."
    )
    assert saying.alarm(Onset(congress.alarm, "")).split(". ")[1].startswith("At present at least 10")


def test_values_and_lists_in_words() -> None:
    assert (saying.amount(float("inf"), "days"), saying.amount(2.5, "hours"), saying.amount(2.0, "count")) == (
        "without end", "2.5 hours", "2"
    )  # fmt: skip
    assert (saying.acts(()), saying.acts((3,)), saying.acts((3, 4, 5), most=2)) == ("", "act 3", "acts 3, 4 and 1 more")
    assert saying.articles(()) == "no article of this charter answers it"
