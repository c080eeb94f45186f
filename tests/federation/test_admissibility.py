import msgspec
import pytest
from deciding import amendment, assembled, ballot, close, decide, move, open_, opening, sitting
from small import Small, refusal, refused

from comitia.federation import acts
from comitia.federation.state import Motion

MILL = "assembly/mill"


@pytest.fixture
def small() -> Small:
    small = assembled()
    move(small, "diary", "plain-assembly", "Everybody shows her diary.\n", body=MILL)
    return small


def challenging(small: Small, name: str = "challenge", body: str = MILL, **more: object) -> acts.MotionMoved:
    """Return a challenge of the motion under the article on private life."""
    given = {"subject": "diary", "figures": "39", "matter": "admissibility-assembly", "title": "Not ours", **more}
    by = sitting(small, body)[1]
    return acts.MotionMoved(
        at=small.at,
        by=by,
        body=body,
        motion=name,
        text=small.blob("Private life.\n"),
        **given,  # type: ignore[arg-type]
    )


def diary(small: Small) -> Motion:
    """Return the challenged motion."""
    return small.state.motions["diary"]


def test_a_challenge_holds_the_motion_up_and_if_carried_ends_it(small: Small) -> None:
    small.do(challenging(small))
    found = refusal(small, opening(small, "diary"))
    assert (found.article, found.reason) == (
        "47",
        "diary rests until challenge is decided, which was moved against it: 'Not ours'",
    )
    # One third of the votes for and against is enough to keep the assembly out of private life.
    assert decide(small, "challenge", {MILL: ("for", "against", "against")}) == "carried"

    assert (diary(small).outcome, diary(small).suspended) == ("inadmissible", "challenge")
    assert "is decided already: inadmissible" in refused(small, opening(small, "diary"))


def test_a_challenge_that_is_lost_lets_the_motion_go_on(small: Small) -> None:
    small.do(challenging(small))
    assert decide(small, "challenge", {MILL: ("for", "against", "against", "against")}) == "lost"

    assert diary(small).suspended == ""
    assert decide(small, "diary", {MILL: ("for",) * 3}) == "carried"


def test_one_challenge_under_each_article_and_the_motion_rests_until_all_are_decided(small: Small) -> None:
    small.do(challenging(small))
    assert "was challenged under article 39 already, by challenge" in refused(small, challenging(small, "again"))
    small.do(challenging(small, "other", figures="37"))
    assert decide(small, "challenge", {MILL: ("against",) * 4}) == "lost"
    assert diary(small).suspended == "other"
    other = small.state.motions["other"]
    small.do(acts.MotionWithdrawn(at=small.at, by=other.by, motion="other"))

    assert diary(small).suspended == ""


def test_a_challenge_carried_after_the_motion_was_taken_back_changes_nothing(small: Small) -> None:
    small.do(challenging(small))
    of = diary(small)
    small.do(acts.MotionWithdrawn(at=small.at, by=of.by, motion="diary"))
    assert decide(small, "challenge", {MILL: ("for",) * 4}) == "carried"

    assert (of.outcome, of.suspended) == ("withdrawn", "challenge")


def test_a_challenge_names_an_article_on_what_no_body_may_decide(small: Small) -> None:
    found = refusal(small, challenging(small, figures="23"))
    assert (found.article, "a challenge names the article on what no body may decide: " in found.reason) == ("47", True)
    assert "there is no motion 'none'" in refused(small, challenging(small, subject="none"))


def test_only_those_who_decide_a_motion_decide_whether_it_may_be_voted_on(small: Small) -> None:
    farm = challenging(small, body="assembly/farm")
    board = challenging(small, body="board", matter="admissibility-board")

    assert "diary is decided by assembly/mill; nobody else decides whether" in refused(small, farm)
    assert "nobody else decides whether" in refused(small, board)


def test_a_challenge_comes_before_the_division_and_is_not_challenged_itself(small: Small) -> None:
    small.do(amendment(small, "a", "diary", 1, 1, "Nobody shows her diary."))
    assert "an amendment falls with its motion" in refused(small, challenging(small, subject="a"))
    small.do(acts.AmendmentWithdrawn(at=small.at, by=small.state.amendments["a"].by, amendment="a"))
    small.do(challenging(small))
    assert "vote a challenge down" in refused(small, challenging(small, "second", subject="challenge"))
    close_challenge(small)
    open_(small, "diary")

    assert "before the division on it opens" in refused(small, challenging(small, "late", figures="37"))


def close_challenge(small: Small) -> None:
    """Let the assembly vote the challenge down."""
    open_(small, "challenge")
    ballot(small, "challenge", MILL, "against", "against", "against", "against")
    assert close(small, "challenge") == "lost"


def test_a_suspended_motion_is_not_put_in_a_block_nor_objected_to(small: Small) -> None:
    move(small, "second", "plain-assembly", "x\n", body=MILL)
    small.do(challenging(small))
    by = sitting(small, MILL)[0]

    assert "rests until challenge is decided" in refused(
        small, acts.BlockFormed(at=small.at, by=by, block="b", motions=("second", "diary"))
    )


def test_an_amendment_of_a_suspended_motion_waits_with_it(small: Small) -> None:
    small.do(amendment(small, "a", "diary", 1, 1, "Nobody shows her diary."))
    small.do(challenging(small))

    assert "rests until challenge is decided" in refused(small, opening(small, "a"))


def test_what_plainly_asks_for_a_forbidden_act_is_not_moved(small: Small) -> None:
    act = challenging(small, matter="plain-assembly", subject="work_assigned", figures="")
    found = refusal(small, act)

    assert (found.article, found.reason) == (
        "37",
        "No command over labour: no body may decide this (work_assigned)",
    )


def test_a_motion_to_dissolve_a_current_is_refused_with_the_entrenched_article(small: Small) -> None:
    members = ("m-0001", "m-0004", "m-0007")
    small.do(acts.CurrentFormed(at=small.at, by="m-0001", current="left", name="Left", members=members))
    act = challenging(small, matter="dissolution", subject="left", figures="")

    assert refusal(small, act).article == "36"
    assert refusal(small, msgspec.structs.replace(act, subject="current/left")).article == "36"
