import pytest
from deciding import amendment, assembled, close, decide, move, open_, opening, sitting, vote
from small import Small, refusal, refused

from comitia.federation import deadlocks, moment
from comitia.federation.state import Motion

HOUSE, OTHER, CONGRESS = "committees-house", "unions-house", "congress"
CARRIED = {HOUSE: ("for",) * 3, OTHER: ("for",) * 3}
DIVIDED = {HOUSE: ("for",) * 3, OTHER: ("against",) * 3}
LOST = {HOUSE: ("against",) * 3, OTHER: ("against",) * 3}
TEXT = "A levy of two hours a head.\nIt is paid in May.\n"


@pytest.fixture
def small() -> Small:
    return assembled()


def levy(small: Small, matter: str) -> Motion:
    return move(small, "levy", matter, TEXT)


def test_a_motion_with_two_readings_is_carried_in_each_before_it_holds(small: Small) -> None:
    of = levy(small, "read-twice")
    assert decide(small, "levy", CARRIED) == ""
    assert refusal(small, opening(small, "levy")).reason == (
        f"2 days between readings: the division opens at {moment.after(small.at, days=2)} or later"
    )
    assert "not in a deadlock" in refused(small, opening(small, "levy", stage="exit"))
    small.wait(2)

    assert decide(small, "levy", CARRIED) == "carried"
    assert [(d.reading, d.step, d.stage) for d in of.divisions] == [(1, 0, "houses"), (2, 0, "houses")]
    assert deadlocks.find_due(small.state, of) is None


def test_a_motion_lost_in_its_second_reading_is_lost(small: Small) -> None:
    levy(small, "read-twice")
    decide(small, "levy", CARRIED)
    small.wait(2)

    assert decide(small, "levy", LOST) == "lost"
    assert "decided already: lost" in refused(small, opening(small, "levy"))


def test_a_second_reading_in_a_deadlock_counts_for_that_reading_and_its_exits_are_spent(small: Small) -> None:
    of = levy(small, "read-twice")
    assert decide(small, "levy", DIVIDED) == "deadlock"
    small.wait(3)
    assert "is in a deadlock between the bodies: the same bodies vote a second time" in refused(
        small, opening(small, "levy")
    )
    assert decide(small, "levy", CARRIED, stage="exit") == ""
    small.wait(2)
    assert decide(small, "levy", DIVIDED) == "deadlock"

    # The second reading is behind; the congress is what remains.
    due = deadlocks.due(small.state, of)
    assert (due.stage, due.step, due.bodies, due.sentence) == ("exit", 2, (CONGRESS,), "congress decides alone")
    assert decide(small, "levy", {CONGRESS: ("for",) * 6}, stage="exit") == "carried"


def test_the_days_of_an_exit_are_respected(small: Small) -> None:
    of = levy(small, "read-twice")
    decide(small, "levy", DIVIDED)

    found = refusal(small, opening(small, "levy", stage="exit"))
    after = moment.after(of.divisions[-1].closes_at, days=3)
    assert (found.article, found.reason) == (
        "22",
        f"3 days before this step out of the deadlock: the division opens at {after} or later",
    )


def test_after_the_last_exit_the_motion_is_lost(small: Small) -> None:
    levy(small, "read-twice")
    decide(small, "levy", DIVIDED)
    small.wait(3)
    assert decide(small, "levy", DIVIDED, stage="exit") == "deadlock"

    # More than two thirds of the six filled seats of the congress: four are not enough.
    assert decide(small, "levy", {CONGRESS: ("for",) * 4 + ("against",) * 2}, stage="exit") == "lost"


def test_a_second_reading_that_both_reject_ends_the_matter(small: Small) -> None:
    levy(small, "read-twice")
    decide(small, "levy", DIVIDED)
    small.wait(3)

    assert decide(small, "levy", LOST, stage="exit") == "lost"


def test_a_conciliation_works_out_a_text_and_the_same_bodies_vote_on_it(small: Small) -> None:
    of = levy(small, "mediated")
    small.do(amendment(small, "june", "levy", 2, 2, "It is paid in June."))
    decide(small, "june", CARRIED)
    assert decide(small, "levy", DIVIDED) == "deadlock"
    delegate = sitting(small, "conciliation")[0]
    outside = next(m for m in sorted(small.state.members) if m not in sitting(small, "conciliation"))
    act = amendment(small, "july", "levy", 2, 2, "It is paid in July.")
    found = refusal(small, _by(act, outside))
    assert (found.article, found.reason) == (
        "22",
        "in the deadlock only those who sit in the conciliation amend the text",
    )
    small.do(_by(act, delegate))
    assert small.state.motions["july"].divisions == []
    small.wait(2)
    assert "amendments come first: july" in refused(small, opening(small, "levy", stage="exit"))
    assert decide(small, "july", {"conciliation": ("for",) * 6}) == "carried"
    assert of.lines == ("A levy of two hours a head.", "It is paid in July.")

    assert decide(small, "levy", {"conciliation": ("for",) * 6}, stage="exit") == "deadlock"
    assert deadlocks.due(small.state, of).sentence == "the same bodies vote on the text of the conciliation"
    assert decide(small, "levy", CARRIED, stage="exit") == "carried"
    assert [(d.step, d.bodies) for d in of.divisions] == [
        (0, (HOUSE, OTHER)),
        (1, ("conciliation",)),
        (1, (HOUSE, OTHER)),
    ]
    assert of.lines == ("A levy of two hours a head.", "It is paid in July.")


def _by(act: object, who: str) -> object:
    import msgspec

    return msgspec.structs.replace(act, by=who)


def test_a_conciliation_that_carries_no_text_leads_to_the_next_step(small: Small) -> None:
    of = levy(small, "mediated")
    decide(small, "levy", DIVIDED)
    small.wait(2)
    assert decide(small, "levy", {"conciliation": ("for",) * 2}, stage="exit") == "deadlock"

    due = deadlocks.due(small.state, of)
    assert (due.step, due.bodies, due.sentence) == (
        2,
        (HOUSE,),
        "those who carried it vote again; at least 1/2 is needed",
    )


def test_an_amendment_in_a_deadlock_without_conciliation_is_refused(small: Small) -> None:
    levy(small, "read-twice")
    decide(small, "levy", DIVIDED)

    assert "no body works out another text" in refused(small, amendment(small, "late", "levy", 2, 2, "x"))


def test_a_veto_is_overridden_when_those_who_carried_it_carry_it_again_by_rising_shares(small: Small) -> None:
    of = levy(small, "overridden")
    assert decide(small, "levy", DIVIDED) == "deadlock"
    small.wait(2)
    assert decide(small, "levy", {HOUSE: ("for", "for", "against")}, stage="exit") == "deadlock"
    due = deadlocks.due(small.state, of)
    assert (due.bodies, due.sentence) == ((HOUSE,), "those who carried it vote again; at least 2/3 is needed")
    small.wait(2)
    assert decide(small, "levy", {HOUSE: ("for", "for", "against")}, stage="exit") == "carried"
    assert [v.needed for d in of.divisions[1:] for v in d.verdict.verdicts] == [2, 2]  # type: ignore[union-attr]


def test_a_veto_stands_when_the_share_is_missed(small: Small) -> None:
    levy(small, "overridden")
    decide(small, "levy", DIVIDED)
    small.wait(2)

    assert decide(small, "levy", {HOUSE: ("for", "against", "against")}, stage="exit") == "lost"


def test_while_a_division_is_open_no_other_opens(small: Small) -> None:
    of = levy(small, "overridden")
    running = open_(small, "levy")

    assert f"was opened in act {running.act}; it is not closed yet" in refused(small, opening(small, "levy"))
    vote(small, "levy", HOUSE, "for", "for")
    assert close(small, "levy") == "deadlock"
    assert of.divisions == [running]
