import pytest
from deciding import amendment, assembled, ballot, close, closing, decide, move, open_, published, sitting, vote
from small import Small

from comitia.federation import acts, deadlocks
from comitia.federation.road import Road, road

MILL, ASSEMBLY, HOUSE = "committee/mill", "assembly/mill", "committees-house"


@pytest.fixture
def small() -> Small:
    return assembled()


def seen(small: Small, name: str) -> Road:
    """Return where a motion is now."""
    return road(small.state, small.state.motions[name], small.at)


def test_the_road_of_a_motion_from_notice_to_its_end(small: Small) -> None:
    of = move(small, "m", "resolution-board", "One.\nTwo.\n", body="board")
    stages = [seen(small, "m").stage]
    small.do(amendment(small, "a", "m", 1, 1, "Eins."))
    stages.append(seen(small, "m").stage)
    assert seen(small, "m").waiting == ("a",)
    small.do(acts.AmendmentAccepted(at=small.at, by=of.by, amendment="a"))
    # What was taken in is not voted on.
    assert (seen(small, "a").stage, seen(small, "a").due) == ("decided", None)
    small.wait(3)
    stages.append(seen(small, "m").stage)
    running = open_(small, "m")
    stages.append(seen(small, "m").stage)
    vote(small, "m", "board", "for", "for", "for", "for")
    small.at = running.closes_at
    stages.append(seen(small, "m").stage)
    small.do(closing(small, "m"))
    stages.append(seen(small, "m").stage)

    assert stages == ["notice", "amendments", "ready", "voting", "counting", "decided"]
    assert seen(small, "m") == Road(
        "decided", None, running.verdict, ("for", "against", "abstain"), (), ("m",), (), ("m",), (), ""
    )


def test_in_a_deadlock_the_page_says_what_comes_next_and_from_when(small: Small) -> None:
    of = move(small, "m", "overridden", "x\n")
    decide(small, "m", {HOUSE: ("for",) * 3, "unions-house": ("against",) * 3})
    found = seen(small, "m")
    assert (found.stage, found.due) == ("deadlock", deadlocks.due(small.state, of))
    small.wait(2)

    assert seen(small, "m").stage == "ready"


def test_a_tie_awaits_the_chair_once_the_ballots_are_published(small: Small) -> None:
    move(small, "m", "chaired-assembly", "x\n", body=ASSEMBLY)
    open_(small, "m")
    ballot(small, "m", ASSEMBLY, "for", "against")
    small.wait(5)
    assert (seen(small, "m").stage, seen(small, "m").chairs) == ("counting", ())
    published(small, "m")

    assert seen(small, "m").chairs == (ASSEMBLY,)


def test_a_challenged_motion_rests_and_a_choice_has_no_verdict(small: Small) -> None:
    move(small, "m", "mixed", "x\n")
    other = small.blob("y\n")
    small.do(acts.AlternativeMoved(at=small.at, by="m-0001", alternative="n", motion="m", title="N", text=other))
    open_(small, "m")
    assert (seen(small, "m").verdict, seen(small, "m").texts) == (None, ("m", "n"))
    close(small, "m")
    move(small, "d", "plain-assembly", "x\n", body=ASSEMBLY)
    move(
        small,
        "c",
        "admissibility-assembly",
        "x\n",
        body=ASSEMBLY,
        subject="d",
        figures="39",
        by=sitting(small, ASSEMBLY)[1],
    )

    assert (seen(small, "d").stage, seen(small, "d").suspended) == ("suspended", "c")


def test_the_reader_sees_the_objections_that_stand(small: Small) -> None:
    move(small, "m", "consent-committee", "x\n", body=MILL)
    by = sitting(small, MILL)[1]
    small.do(acts.ObjectionRaised(at=small.at, by=by, objection="o", motion="m", reason="It is unsafe."))

    assert (seen(small, "m").objections, seen(small, "m").words) == (
        (small.state.objections["o"],),
        ("for", "abstain"),
    )
