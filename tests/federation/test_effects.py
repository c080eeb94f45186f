from decimal import Decimal

import pytest
from deciding import assembled, decide, move, opening, sitting
from small import Small, refused

from comitia.charter import parse
from comitia.federation import acts, moment, standing
from comitia.federation.state import Motion

MILL, HOUSE, OTHER = "committee/mill", "committees-house", "unions-house"
CARRIED = {HOUSE: ("for",) * 3, OTHER: ("for",) * 3}


@pytest.fixture
def small() -> Small:
    return assembled()


def a_day(small: Small) -> None:
    """Let an act happen, so that what is due takes effect."""
    small.do(acts.KeyRegistered(at=small.at, by="m-0024", public_key="A" * 43 + "="))


def amended(small: Small, name: str, old: str, new: str) -> Motion:
    """Return a carried change of the charter; it takes effect 28 days later."""
    text = small.blobs[small.state.charter_hash].decode()
    assert old in text
    of = move(small, name, "charter", f"{name}\n", body=HOUSE, figures=small.blob(text.replace(old, new)))
    small.wait(14)
    closes = opening(small, name, days=7)
    small.do(closes)
    for house in (HOUSE, OTHER):
        for seat, member in seats(small, house):
            act = acts.VoteCast(at=small.at, by=member, body=house, motion=name, seat=seat, choice="for")
            small.do(act)
    small.wait(7)
    small.do(acts.DivisionClosed(at=small.at, by="clerk", motion=name))
    assert of.outcome == "carried"
    return of


def seats(small: Small, house: str) -> list[tuple[str, str]]:
    """Return the filled seats of a house with their holders."""
    return [(t.seat, t.member) for t in standing.filled(small.state, house, small.at)]


def test_a_charter_is_in_force_when_its_delay_is_over(small: Small) -> None:
    before = small.state.charter_hash
    of = amended(small, "longer", "building_ceiling", "building_ceiling")
    assert small.state.charter_hash == before
    small.wait(28)
    a_day(small)

    assert small.state.charter_hash == of.figures
    assert small.state.charters[-1] == (of.figures, of.effect_at, small.state.size - 1)


def test_a_motion_moved_before_the_change_keeps_the_rules_under_which_it_was_moved(small: Small) -> None:
    old = '[way.seats]\nprocedure = "vote"\nreadings = 1\nnotice_days = 3'
    amended(small, "hurry", old, old.replace("notice_days = 3", "notice_days = 1"))
    small.wait(27)
    running = move(small, "m", "resolution-board", "x\n", body="board")
    small.wait(1)
    a_day(small)
    later = move(small, "n", "resolution-board", "x\n", body="board")

    assert (running.on.notice_days, later.on.notice_days) == (3, 1)
    small.wait(1)
    assert "3 days of notice" in refused(small, opening(small, "m"))
    small.do(opening(small, "n"))


def test_a_charter_moved_before_an_entrenched_article_changed_does_not_undo_it(small: Small) -> None:
    old = '[way.seats]\nprocedure = "vote"\nreadings = 1\nnotice_days = 3'
    of = amended(small, "hurry", old, old.replace("notice_days = 3", "notice_days = 1"))
    text = small.blobs[small.state.charter_hash].decode()
    stricter = text.replace('acts = ["current_forbidden"]', 'acts = ["current_forbidden", "group_registered"]')
    # By the stricter procedure an entrenched article was changed while the delay ran.
    small.state.charter = parse.parse(stricter, file="the charter")
    small.wait(28)
    a_day(small)

    assert of.outcome == "inadmissible"
    assert small.state.charter == parse.parse(stricter, file="the charter")


def test_a_decision_without_an_effect_of_its_own_only_stands(small: Small) -> None:
    of = move(small, "m", "plain", "x\n", body=MILL)
    assert decide(small, "m", {MILL: ("for",)}) == "carried"

    assert (of.effect_at, small.state.pending) == (small.at, [])


def test_claims_that_are_carried_are_the_claims_of_the_season(small: Small) -> None:
    board = sitting(small, "board")[0]
    season = acts.SeasonOpened(
        at=small.at,
        by=board,
        body="board",
        season="s",
        name="S",
        declarations_until=moment.after(small.at, days=30),
        ends_at=moment.after(small.at, days=120),
    )
    small.do(season)
    claimed = small.blob("council,hours\nhilltown,120\nriverbend,80.5\n")
    move(small, "claims", "claims", "x\n", body=HOUSE, subject="s", figures=claimed)
    small.wait(7)
    assert decide(small, "claims", CARRIED) == "carried"

    found = small.state.seasons["s"]
    assert (found.claims, found.claims_motion) == (
        {"hilltown": Decimal(120), "riverbend": Decimal("80.5")},
        "claims",
    )


def test_of_two_charters_the_one_due_first_is_in_force_first(small: Small) -> None:
    old = '[way.seats]\nprocedure = "vote"\nreadings = 1\nnotice_days = 3'
    first = amended(small, "first", old, old.replace("notice_days = 3", "notice_days = 1"))
    second = amended(small, "second", old, old.replace("notice_days = 3", "notice_days = 2"))
    # The order is that of the days on which they take effect, whatever was carried first.
    first.effect_at, second.effect_at = moment.after(small.at, days=40), moment.after(small.at, days=39)
    small.wait(41)
    a_day(small)

    assert [c[0] for c in small.state.charters[-2:]] == [second.figures, first.figures]
