import dataclasses

import pytest
from deciding import amendment, assembled, decide, move, open_, opening, sitting
from small import Small, refusal, refused

from comitia.federation import acts, motions

MILL = "committee/mill"


@pytest.fixture
def small() -> Small:
    return assembled()


def moving(small: Small, **fields: object) -> acts.MotionMoved:
    """Return a resolution of the mill's committee, or what the fields make of it."""
    text = small.blob("x\n")
    given = {"by": sitting(small, MILL)[0], "body": MILL, "motion": "m", "matter": "plain", "title": "M", "text": text}
    return acts.MotionMoved(at=small.at, **{**given, **fields})  # type: ignore[arg-type]


def test_a_motion_keeps_the_matter_as_the_charter_had_it(small: Small) -> None:
    of = move(small, "m", "plain", "x\n", body=MILL)

    assert small.state.charter is not None
    assert of.on == small.state.charter.matters["plain"]
    assert motions.matter(small.state, of) is of.on


def test_a_motion_needs_a_matter_a_text_and_an_id_of_its_own(small: Small) -> None:
    small.do(moving(small))
    latin = small.federation.state.blobs
    small.blobs["latin"] = "dürfen".encode("latin-1")

    assert "there is a motion 'm' already" in refused(small, moving(small))
    assert "has no matter 'none'" in refused(small, moving(small, motion="n", matter="none"))
    assert "no blob missing" in refused(small, moving(small, motion="n", text="missing"))
    assert "is UTF-8" in refused(small, moving(small, motion="n", text="latin"))
    assert latin is small.blobs


def test_a_matter_is_moved_by_those_whom_the_charter_names(small: Small) -> None:
    farmer = sitting(small, "committee/farm")[0]
    other = refusal(small, moving(small, by=farmer))
    assert (other.article, f"{farmer} cannot move 'plain' for {MILL}" in other.reason) == ("23", True)
    assert "the clerk may not do" in refused(small, moving(small, matter="resolution-general", by="clerk", body=""))
    assert "it is moved by any member concerned" in refused(
        small, moving(small, matter="by-member", body="committee/farm")
    )

    assert move(small, "g", "resolution-general", "x\n").by == "m-0001"


def test_a_matter_of_one_body_names_the_body(small: Small) -> None:
    miller = sitting(small, "assembly/mill")[0]

    assert "is decided by one committee; do the act for that body, committee/GROUP" in refused(
        small,
        moving(small, matter="resolution-committee", body="assembly/mill", by=miller, affects=("workplace/mill",)),
    )


def test_a_motion_is_taken_back_by_its_mover_until_the_division_opens(small: Small) -> None:
    of = move(small, "m", "plain", "x\n", body=MILL)
    back = acts.MotionWithdrawn(at=small.at, by=of.by, motion="m")
    assert f"only the mover, {of.by}" in refused(
        small, acts.MotionWithdrawn(at=small.at, by=sitting(small, MILL)[1], motion="m")
    )
    small.do(back)

    assert of.outcome == "withdrawn"
    assert "is decided already: withdrawn" in refused(small, back)
    assert "is decided already: withdrawn" in refused(small, opening(small, "m"))


def test_once_the_division_has_opened_a_motion_belongs_to_those_who_vote(small: Small) -> None:
    of = move(small, "m", "plain", "x\n", body=MILL)
    open_(small, "m")

    found = refusal(small, acts.MotionWithdrawn(at=small.at, by=of.by, motion="m"))
    assert (found.article, "belongs to those who vote" in found.reason) == ("23", True)


def test_an_amendment_is_not_taken_back_as_a_motion(small: Small) -> None:
    of = move(small, "m", "plain", "x\n", body=MILL)
    small.do(amendment(small, "a", "m", 1, 1, "y"))

    assert "takes it back as an amendment" in refused(small, acts.MotionWithdrawn(at=small.at, by=of.by, motion="a"))
    assert "there is no motion 'none'" in refused(small, acts.MotionWithdrawn(at=small.at, by=of.by, motion="none"))


def test_a_motion_of_two_houses_moved_for_one_is_decided_by_both(small: Small) -> None:
    of = move(small, "m", "levies", "x\n", body="committees-house")

    assert motions.deciding_bodies(small.state, of) == ("committees-house", "unions-house")


def test_a_motion_to_dissolve_leave_or_end_an_emergency_names_what_it_is_about(small: Small) -> None:
    miller = sitting(small, "assembly/mill")[0]
    base = {"by": miller, "body": "assembly/mill"}

    assert "there is no body 'nowhere'" in refused(
        small, moving(small, matter="dissolution", subject="nowhere", **base)
    )
    assert "is no group" in refused(small, moving(small, matter="leaving", subject="mill", **base))
    assert "is no emergency" in refused(
        small, moving(small, matter="emergency", subject="none", by=sitting(small, "board")[0], body="board")
    )
    of = move(small, "leave", "leaving", "x\n", body="assembly/mill", subject="workplace/mill")
    ended = move(small, "end", "dissolution", "x\n", body="assembly/mill", subject=MILL)
    assert (of.concerns, ended.concerns) == ((), (MILL,))


def test_a_motion_to_merge_names_two_bodies(small: Small) -> None:
    miller = sitting(small, "assembly/mill")[0]

    assert "two at least" in refused(
        small, moving(small, matter="merger", subject="assembly/mill", by=miller, body="assembly/mill")
    )


def test_a_charter_that_strikes_an_entrenched_right_is_refused_with_that_article(small: Small) -> None:
    text = small.blobs[small.state.charter_hash].decode()
    without = text.replace('acts = ["current_forbidden"]', "acts = []")
    assert without != text
    house = sitting(small, "committees-house")[0]
    act = moving(small, matter="charter", by=house, body="committees-house", figures=small.blob(without))

    found = refusal(small, act)
    assert (found.article, found.reason) == (
        "36",
        "articles 36 are entrenched; only 'changing an entrenched article' (article 44) changes them",
    )
    small.do(moving(small, matter="amend-entrenched", by=house, body="committees-house", figures=small.blob(without)))


def test_where_no_stricter_procedure_stands_nobody_changes_an_entrenched_article(small: Small) -> None:
    assert small.state.charter is not None
    text = small.blobs[small.state.charter_hash].decode()
    without = text.replace('acts = ["current_forbidden"]', "acts = []")
    ordinary = {k: m for k, m in small.state.charter.matters.items() if not m.entrenched}
    small.state.charter = dataclasses.replace(small.state.charter, matters=ordinary)
    house = sitting(small, "committees-house")[0]
    act = moving(small, matter="charter", by=house, body="committees-house", figures=small.blob(without))

    assert "nobody changes them" in refused(small, act)


def test_a_charter_needs_its_text_and_must_be_readable(small: Small) -> None:
    house = sitting(small, "committees-house")[0]
    base = {"matter": "charter", "by": house, "body": "committees-house"}

    assert "its blob must be given" in refused(small, moving(small, figures="0" * 64, **base))
    assert "cannot be carried out" in refused(small, moving(small, figures=small.blob("name = 3\n"), **base))


def test_claims_are_moved_for_an_open_season_and_a_plan_names_a_draft(small: Small) -> None:
    house = sitting(small, "committees-house")[0]
    base = {"by": house, "body": "committees-house"}

    assert "is none" in refused(small, moving(small, matter="claims", subject="s", **base))
    assert "is no draft plan" in refused(small, moving(small, matter="plan", subject="d", **base))


def test_a_mandate_is_moved_by_those_who_fill_the_seat(small: Small) -> None:
    miller = sitting(small, "assembly/mill")[0]

    assert "does not fill the seat" in refused(
        small,
        moving(
            small,
            matter="mandate-workplace",
            subject="committees-house:farm:1",
            by=miller,
            body="assembly/mill",
        ),
    )


def test_a_motion_is_decided_by_the_kinds_that_still_are(small: Small) -> None:
    of = move(small, "m", "plain", "x\n", body=MILL)
    of.on = dataclasses.replace(of.on, decided_by=("senate",))
    assert "the charter has no such body any more" in refused(small, opening(small, "m"))
    of.on = dataclasses.replace(of.on, decided_by=("union", "council"))
    assert "no body of kinds union, council is concerned" in refused(small, opening(small, "m"))


def test_carried_is_in_force_once_its_delay_is_over(small: Small) -> None:
    of = move(small, "m", "delayed", "x\n", body=MILL, affects=("workplace/mill",))
    decide(small, "m", {MILL: ("for",) * 3})
    assert (of.outcome, motions.is_in_force(small.state, of)) == ("carried", False)
    small.wait(5)
    small.do(acts.KeyRegistered(at=small.at, by="m-0001", public_key="A" * 43 + "="))

    assert motions.is_in_force(small.state, of)
