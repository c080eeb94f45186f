import pytest
from deciding import assembled, decide, move, sitting
from small import Small, refusal, refused

from comitia.federation import acts, moment, motions
from comitia.federation.state import Current, MinorityReport, Motion

MILL = "committee/mill"


@pytest.fixture
def small() -> Small:
    return assembled()


def decided(small: Small) -> Motion:
    """Return a motion of the mill's committee that was carried."""
    of = move(small, "m", "plain", "One.\nTwo.\n", body=MILL)
    decide(small, "m", {MILL: ("for", "for", "against")})
    return of


def stating(small: Small, **fields: object) -> acts.OutcomeStated:
    """Return a statement of the outcome by the mover."""
    of = small.state.motions["m"]
    given = {"by": of.by, "text": small.blob("It is done.\n"), "review_at": moment.after(small.at, days=90), **fields}
    return acts.OutcomeStated(at=small.at, motion="m", **given)  # type: ignore[arg-type]


def reporting(small: Small, **fields: object) -> acts.MinorityReportFiled:
    """Return a minority report."""
    given = {"by": sitting(small, MILL)[2], "text": small.blob("We think otherwise.\n"), **fields}
    return acts.MinorityReportFiled(at=small.at, motion="m", **given)  # type: ignore[arg-type]


def test_the_mover_states_what_was_decided_and_when_it_is_looked_at_again(small: Small) -> None:
    of = decided(small)
    review = moment.after(small.at, days=90)
    small.do(stating(small))

    assert (of.stated, of.review_at, of.stated_act) == (small.blob("It is done.\n"), review, small.state.size - 1)
    assert "was stated in act" in refused(small, stating(small))


def test_whoever_sits_in_the_body_that_decided_may_state_the_outcome_too(small: Small) -> None:
    of = decided(small)
    small.do(stating(small, by=sitting(small, MILL)[3], review_at=""))

    assert (of.review_at, of.stated_act) == ("", small.state.size - 1)


def test_an_outcome_is_stated_after_it_by_those_concerned(small: Small) -> None:
    move(small, "m", "plain", "x\n", body=MILL)
    assert "is not decided yet" in refused(small, stating(small))
    decide(small, "m", {MILL: ("for",)})
    farmer = sitting(small, "committee/farm")[0]
    found = refusal(small, stating(small, by=farmer))
    assert (found.article, "neither moved m nor sits in" in found.reason) == ("23", True)
    assert "no blob" in refused(small, stating(small, text="0" * 64))
    assert "is not later than the statement" in refused(small, stating(small, review_at=small.at))
    assert "is not a moment" in refused(small, stating(small, review_at="in May"))


def test_a_motion_taken_back_has_an_outcome_to_state(small: Small) -> None:
    of = move(small, "m", "plain", "x\n", body=MILL)
    small.do(acts.MotionWithdrawn(at=small.at, by=of.by, motion="m"))
    small.do(stating(small))

    assert of.stated_act == small.state.size - 1


def test_a_minority_report_is_bound_to_the_text_as_it_was_decided(small: Small) -> None:
    of = decided(small)
    small.do(reporting(small))
    adopted = motions.text_hash(of)
    small.do(reporting(small, adopted=adopted))

    text = small.blob("We think otherwise.\n")
    assert of.minority_reports == [
        MinorityReport(sitting(small, MILL)[2], text, adopted, "", small.state.size - 2),
        MinorityReport(sitting(small, MILL)[2], text, adopted, "", small.state.size - 1),
    ]
    assert "is bound to the text" in refused(small, reporting(small, adopted="0" * 64))
    assert "no blob" in refused(small, reporting(small, text="0" * 64))


def test_a_minority_report_in_the_name_of_a_current_is_by_one_of_its_members(small: Small) -> None:
    of = decided(small)
    inside, outside = sitting(small, MILL)[2], sitting(small, MILL)[0]
    small.state.currents["left"] = Current("left", "Left", frozenset({inside}), 0)
    assert "there is no current 'right'" in refused(small, reporting(small, current="right"))
    assert f"{outside} is not named as a member of Left" in refused(small, reporting(small, by=outside, current="left"))
    small.do(reporting(small, current="left"))

    assert of.minority_reports[0].current == "left"


def test_a_minority_report_waits_for_the_decision(small: Small) -> None:
    move(small, "m", "plain", "x\n", body=MILL)

    assert "once the motion is decided" in refused(small, reporting(small))
