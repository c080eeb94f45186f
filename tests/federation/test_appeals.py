import dataclasses

import pytest
from deciding import assembled, close, decide, move, open_, sitting, vote
from small import Small, elect, refusal, refused

from comitia.federation import acts, motions
from comitia.federation.state import Motion

MILL, BOARD = "committee/mill", "district/valley"


@pytest.fixture
def small() -> Small:
    small = assembled()
    for group in ("bakery", "farm", "mill"):
        elect(small, BOARD, f"committee/{group}", sitting(small, f"committee/{group}")[:1])
    return small


def moving(small: Small, matter: str, body: str, *affects: str, name: str = "m", **more: object) -> acts.MotionMoved:
    """Return a motion that names the groups it touches."""
    given = {"affects": affects, "title": name, "text": small.blob("x\n"), **more}
    by = sitting(small, body)[0]
    return acts.MotionMoved(at=small.at, by=by, body=body, motion=name, matter=matter, **given)  # type: ignore[arg-type]


def pass_on(small: Small, days: int) -> None:
    """Let days pass and an act happen."""
    small.wait(days)
    small.do(
        acts.CurrentFormed(at=small.at, by="m-0001", current="c", name="C", members=("m-0001", "m-0002", "m-0003"))
    )


def test_what_touches_one_workplace_belongs_to_its_committee(small: Small) -> None:
    found = refusal(small, moving(small, "resolution-district", BOARD, "workplace/mill"))

    assert (found.article, found.reason) == (
        "23",
        "this touches only workplace/mill; it belongs to committee/mill, as 'resolution of a committee'",
    )


def test_what_touches_two_workplaces_belongs_to_the_district(small: Small) -> None:
    found = refusal(small, moving(small, "resolution-committee", MILL, "workplace/mill", "workplace/farm"))
    assert found.reason == (
        "this touches workplace/farm too, which committee/mill does not hold; it belongs to the tier above"
    )
    of = moving(small, "resolution-district", BOARD, "workplace/mill", "workplace/farm")
    small.do(of)

    assert small.state.motions["m"].affects == ("workplace/mill", "workplace/farm")


def test_through_two_tiers_the_lowest_is_named(small: Small) -> None:
    assert "it belongs to committee/mill" in refused(
        small, moving(small, "delayed-houses", "committees-house", "workplace/mill")
    )
    assert "it belongs to district/valley" in refused(
        small, moving(small, "delayed-houses", "committees-house", "workplace/mill", "workplace/farm")
    )


def test_a_motion_names_what_it_touches_where_the_charter_asks_for_it(small: Small) -> None:
    assert "it names none" in refused(small, moving(small, "resolution-committee", MILL))
    assert "'trade/bakers' is no workplace" in refused(
        small, moving(small, "resolution-committee", MILL, "trade/bakers")
    )
    assert "'workplace/none' is no workplace" in refused(
        small, moving(small, "resolution-committee", MILL, "workplace/none")
    )
    assert "is not bounded by what it affects" in refused(small, moving(small, "plain", MILL, "workplace/mill"))


def resolved(small: Small) -> Motion:
    """Return a decision of the mill's committee that takes effect after five days."""
    small.do(moving(small, "delayed", MILL, "workplace/mill"))
    assert decide(small, "m", {MILL: ("for",) * 3}) == "carried"
    return small.state.motions["m"]


def appealing(small: Small, name: str = "appeal", **more: object) -> acts.MotionMoved:
    """Return an appeal against the decision to the district."""
    given = {"appeals": "m", **more}
    return moving(small, "delayed-district", BOARD, name=name, **given)


def test_an_appeal_holds_the_decision_up_and_if_carried_sets_it_aside(small: Small) -> None:
    of = resolved(small)
    small.wait(4)
    small.do(appealing(small))
    appeal = small.state.motions["appeal"]
    assert (of.suspended, appeal.affects) == ("appeal", ("workplace/mill",))
    pass_on(small, 3)
    # Its delay is over, but it is held up.
    assert (of.id in small.state.pending, motions.is_in_force(small.state, of)) == (True, False)
    assert decide(small, "appeal", {BOARD: ("for",) * 3}) == "carried"
    assert of.outcome == "carried"
    small.wait(5)
    small.do(acts.KeyRegistered(at=small.at, by="m-0001", public_key="A" * 43 + "="))

    assert (of.outcome, of.suspended, small.state.pending) == ("lost", "appeal", [])


def test_an_appeal_that_is_lost_lets_the_decision_stand(small: Small) -> None:
    of = resolved(small)
    small.do(appealing(small))
    assert decide(small, "appeal", {BOARD: ("against",) * 3}) == "lost"

    assert (of.outcome, of.suspended, motions.is_in_force(small.state, of)) == ("carried", "", True)


def test_an_appeal_that_is_taken_back_lets_the_decision_stand_and_is_not_brought_again(small: Small) -> None:
    of = resolved(small)
    small.do(appealing(small))
    appeal = small.state.motions["appeal"]
    small.do(acts.MotionWithdrawn(at=small.at, by=appeal.by, motion="appeal"))

    assert of.suspended == ""
    assert "an appeal against m was brought: appeal" in refused(small, appealing(small, "again"))


def test_an_appeal_is_brought_in_time_where_the_charter_leads_it(small: Small) -> None:
    resolved(small)
    move(small, "other", "plain", "x\n", body=MILL)
    assert "other is no decision that was carried" in refused(small, appealing(small, appeals="other"))
    assert "there is no motion 'none'" in refused(small, appealing(small, appeals="none"))
    decide(small, "other", {MILL: ("for",)})
    found = refusal(small, appealing(small, appeals="other"))
    assert (found.article, found.reason) == ("23", "from 'plain' an appeal leads to nobody, not to delayed-district")
    late = assembled()
    for group in ("bakery", "farm", "mill"):
        elect(late, BOARD, f"committee/{group}", sitting(late, f"committee/{group}")[:1])
    of = resolved(late)
    pass_on(late, 5)
    assert "an appeal is brought within 4 days; for m they ended at" in refused(late, appealing(late))
    assert of.suspended == ""


def test_an_appeal_goes_to_the_body_that_holds_what_is_touched(small: Small) -> None:
    resolved(small)
    small.do(
        acts.GroupRegistered(
            at=small.at,
            by=sitting(small, "secretary")[0],
            body="secretary",
            roll="district",
            group="hills",
            name="Hills",
        )
    )
    miller = sitting(small, MILL)[0]
    act = acts.MotionMoved(
        at=small.at,
        by=miller,
        body="district/hills",
        motion="appeal",
        matter="delayed-district",
        title="A",
        text=small.blob("x\n"),
        appeals="m",
    )

    assert "cannot move" in refused(small, act)


def test_what_has_taken_effect_in_the_state_is_not_undone_by_an_appeal(small: Small) -> None:
    of = resolved(small)
    pass_on(small, 0)
    of.on = dataclasses.replace(of.on, delay_days=0, effect="claims")
    of.effect_at = small.at
    small.state.pending.remove("m")

    assert "has taken effect already; move the opposite instead" in refused(small, appealing(small))


def test_an_appeal_against_an_appeal_lets_the_first_decision_stand_again(small: Small) -> None:
    of = resolved(small)
    small.do(appealing(small))
    decide(small, "appeal", {BOARD: ("for",) * 3})
    higher = moving(small, "delayed-houses", "committees-house", name="higher", appeals="appeal")
    small.wait(4)
    small.do(moving(small, "delayed-houses", "committees-house", name="higher", appeals="appeal"))
    assert higher.motion == "higher"
    votes = {"committees-house": ("for",) * 3, "unions-house": ("for",) * 3}
    assert small.state.motions["appeal"].suspended == "higher"
    assert decide(small, "higher", votes) == "carried"

    appeal = small.state.motions["appeal"]
    assert (appeal.outcome, appeal.suspended) == ("lost", "higher")
    assert (of.outcome, of.suspended) == ("carried", "")


def test_a_decision_set_aside_and_appealed_after_its_effect_stands_again(small: Small) -> None:
    of = resolved(small)
    small.do(appealing(small))
    appeal = small.state.motions["appeal"]
    assert decide(small, "appeal", {BOARD: ("for",) * 3}) == "carried"
    # The appeal took effect before anybody went further.
    small.state.pending.remove("appeal")
    of.outcome, of.suspended = "lost", "appeal"
    small.state.pending.remove("m")
    small.do(moving(small, "delayed-houses", "committees-house", name="higher", appeals="appeal"))
    open_(small, "higher")
    vote(small, "higher", "committees-house", "for", "for", "for")
    vote(small, "higher", "unions-house", "for", "for", "for")
    assert close(small, "higher") == "carried"

    assert (of.outcome, of.suspended, appeal.outcome) == ("carried", "", "lost")
