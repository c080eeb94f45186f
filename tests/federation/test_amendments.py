import pytest
from deciding import amendment, assembled, close, decide, move, open_, opening, sitting, vote
from small import Small, refusal, refused

from comitia.federation import acts, amendments
from comitia.federation.refusal import Refused
from comitia.federation.state import Motion

MILL = "committee/mill"
TEXT = "A levy of two hours a head.\nIt is paid in May.\nIt is spent on tools.\n"
ALL = {MILL: ("for",) * 5}
NONE = {MILL: ("against",) * 5}


@pytest.fixture
def small() -> Small:
    return assembled()


def levy(small: Small, matter: str = "plain") -> Motion:
    return move(small, "levy", matter, TEXT, body=MILL)


def test_an_amendment_that_is_carried_replaces_its_lines_at_once(small: Small) -> None:
    of = levy(small)
    small.do(amendment(small, "june", "levy", 2, 2, "It is paid in June."))
    assert decide(small, "june", ALL) == "carried"

    assert of.lines == ("A levy of two hours a head.", "It is paid in June.", "It is spent on tools.")
    assert small.state.amendments["june"].outcome == "carried"


def test_an_amendment_may_insert_lines_and_strike_them_out(small: Small) -> None:
    of = levy(small)
    small.do(amendment(small, "first", "levy", 1, 0, "In the year 2026:"))
    small.do(amendment(small, "gone", "levy", 3, 3))
    assert "insert nothing" in refused(small, amendment(small, "empty", "levy", 3, 2))
    for name in ("first", "gone"):
        assert decide(small, name, ALL) == "carried"

    assert of.lines == ("In the year 2026:", "A levy of two hours a head.", "It is paid in May.")


def test_an_amendment_to_lines_that_the_text_has_not_is_refused(small: Small) -> None:
    levy(small)

    found = refusal(small, amendment(small, "beyond", "levy", 3, 4, "x"))
    assert (found.article, found.reason) == ("23", "the text has lines 1 to 3; the amendment names 3 to 4")


def test_amendments_to_one_place_are_voted_the_furthest_first_and_the_others_fall(small: Small) -> None:
    of = levy(small, "ordered")
    small.do(amendment(small, "near", "levy", 2, 2, "It is paid in June."))
    small.do(amendment(small, "far", "levy", 2, 3, "Nobody pays it."))
    small.do(amendment(small, "elsewhere", "levy", 1, 1, "A levy of one hour a head."))
    assert amendments.waiting(small.state, of) == ("far", "near", "elsewhere")
    assert refusal(small, opening(small, "near")).reason == (
        "the amendment far is voted on first: the furthest from the text first"
    )

    assert decide(small, "far", ALL) == "carried"
    assert {a: small.state.amendments[a].outcome for a in of.amendments} == {
        "near": "lost",
        "far": "carried",
        "elsewhere": "",
    }
    assert small.state.motions["near"].outcome == "lost"
    assert "is decided already: lost" in refused(small, opening(small, "near"))
    assert decide(small, "elsewhere", ALL) == "carried"
    assert of.lines == ("A levy of one hour a head.", "Nobody pays it.")


def test_when_the_furthest_is_lost_the_next_is_voted_on(small: Small) -> None:
    of = levy(small, "ordered")
    small.do(amendment(small, "near", "levy", 2, 2, "It is paid in June."))
    small.do(amendment(small, "far", "levy", 2, 3, "Nobody pays it."))

    assert decide(small, "far", NONE) == "lost"
    assert decide(small, "near", ALL) == "carried"
    assert of.lines == ("A levy of two hours a head.", "It is paid in June.", "It is spent on tools.")


def test_as_moved_means_the_first_that_was_moved(small: Small) -> None:
    of = levy(small)
    small.do(amendment(small, "near", "levy", 2, 2, "It is paid in June."))
    small.do(amendment(small, "far", "levy", 2, 3, "Nobody pays it."))

    assert amendments.waiting(small.state, of) == ("near", "far")
    assert "near is voted on first: in the order in which they were moved" in refused(small, opening(small, "far"))


def test_what_is_changed_already_is_not_changed_again(small: Small) -> None:
    levy(small)
    small.do(amendment(small, "june", "levy", 2, 2, "It is paid in June."))
    decide(small, "june", ALL)

    assert refused(small, amendment(small, "july", "levy", 2, 2, "It is paid in July.")).endswith(
        "the amendment june changes lines 2 to 2 already"
    )


def test_an_amendment_of_an_amendment_is_decided_first_and_changes_its_lines(small: Small) -> None:
    of = levy(small)
    small.do(amendment(small, "june", "levy", 2, 2, "It is paid in June.", "In hours."))
    small.do(amendment(small, "money", "june", 2, 2, "In money."))
    assert "amendments come first: money" in refused(small, opening(small, "june"))
    assert "amends an amendment already" in refused(small, amendment(small, "deep", "money", 1, 1, "x"))

    assert decide(small, "money", ALL) == "carried"
    assert small.state.motions["june"].lines == ("It is paid in June.", "In money.")
    assert decide(small, "june", ALL) == "carried"
    assert of.lines == ("A levy of two hours a head.", "It is paid in June.", "In money.", "It is spent on tools.")


def test_where_the_charter_says_one_deep_an_amendment_is_not_amended(small: Small) -> None:
    levy(small, "one-deep")
    small.do(amendment(small, "june", "levy", 2, 2, "It is paid in June."))

    assert "an amendment cannot be amended" in refused(small, amendment(small, "july", "june", 1, 1, "x"))


def test_where_the_charter_has_no_amendments_none_is_moved(small: Small) -> None:
    move(small, "levy", "sense-committee", TEXT, body=MILL)

    assert "is not amended" in refused(small, amendment(small, "june", "levy", 2, 2, "x"))


def test_what_adopts_figures_by_their_hash_is_not_amended(small: Small) -> None:
    of = levy(small)
    # A charter that allows amendments on such a matter does not make them mean anything.
    object.__setattr__(of, "on", _with_effect(of, "plan"))

    assert "by their hash" in refused(small, amendment(small, "june", "levy", 2, 2, "x"))


def _with_effect(of: Motion, effect: str) -> object:
    import dataclasses

    return dataclasses.replace(of.on, effect=effect)  # type: ignore[arg-type]


def test_the_mover_takes_an_amendment_in_unless_another_competes(small: Small) -> None:
    of = levy(small)
    small.do(amendment(small, "june", "levy", 2, 2, "It is paid in June."))
    small.do(amendment(small, "july", "levy", 2, 2, "It is paid in July."))
    small.do(amendment(small, "machines", "levy", 3, 3, "It is spent on machines."))
    accepted = acts.AmendmentAccepted(at=small.at, by=of.by, amendment="machines")
    other = sitting(small, MILL)[1]
    assert f"only the mover, {of.by}" in refused(
        small, acts.AmendmentAccepted(at=small.at, by=other, amendment="machines")
    )
    assert "july would change the same place" in refused(
        small, acts.AmendmentAccepted(at=small.at, by=of.by, amendment="june")
    )
    assert "no amendment 'none'" in refused(small, acts.AmendmentAccepted(at=small.at, by=of.by, amendment="none"))
    small.do(accepted)

    assert of.lines == ("A levy of two hours a head.", "It is paid in May.", "It is spent on machines.")
    assert "the amendment is decided" in refused(small, accepted)
    assert "is decided already: accepted" in refused(small, opening(small, "machines"))


def test_an_amendment_with_an_amendment_waiting_is_not_taken_in(small: Small) -> None:
    of = levy(small)
    small.do(amendment(small, "june", "levy", 2, 2, "It is paid in June."))
    small.do(amendment(small, "july", "june", 1, 1, "It is paid in July."))

    assert "decided first" in refused(small, acts.AmendmentAccepted(at=small.at, by=of.by, amendment="june"))


def test_an_amendment_is_taken_back_by_its_mover_before_it_is_voted_on(small: Small) -> None:
    of = levy(small)
    small.do(amendment(small, "june", "levy", 2, 2, "It is paid in June."))
    small.do(amendment(small, "july", "june", 1, 1, "It is paid in July."))
    other = sitting(small, MILL)[1]
    back = acts.AmendmentWithdrawn(at=small.at, by=of.by, amendment="june")
    assert "who moved the amendment" in refused(small, acts.AmendmentWithdrawn(at=small.at, by=other, amendment="june"))
    small.do(back)

    assert [small.state.amendments[a].outcome for a in ("june", "july")] == ["withdrawn", "withdrawn"]
    assert "decided already: withdrawn" in refused(small, back)
    assert amendments.waiting(small.state, of) == ()


def test_an_amendment_that_is_voted_on_is_not_taken_back_nor_in_nor_amended(small: Small) -> None:
    of = levy(small)
    small.do(amendment(small, "june", "levy", 2, 2, "It is paid in June."))
    open_(small, "june")

    assert "being voted on" in refused(small, acts.AmendmentWithdrawn(at=small.at, by=of.by, amendment="june"))
    assert "being voted on" in refused(small, acts.AmendmentAccepted(at=small.at, by=of.by, amendment="june"))
    assert "being voted on" in refused(small, amendment(small, "july", "june", 1, 1, "x"))


def test_once_the_division_opens_nothing_is_amended(small: Small) -> None:
    levy(small)
    open_(small, "levy")
    found = refusal(small, amendment(small, "late", "levy", 1, 1, "x"))
    assert (found.article, found.reason) == ("23", "amendments are moved before the division opens")
    vote(small, "levy", MILL, "for", "for", "for")
    assert close(small, "levy") == "carried"

    assert "before the division opens" in refused(small, amendment(small, "late", "levy", 1, 1, "x"))


def test_a_motion_that_was_taken_back_is_not_amended_and_its_amendments_fall(small: Small) -> None:
    of = levy(small)
    small.do(amendment(small, "june", "levy", 2, 2, "It is paid in June."))
    small.do(acts.MotionWithdrawn(at=small.at, by=of.by, motion="levy"))

    assert small.state.amendments["june"].outcome == "withdrawn"
    assert "is decided already: withdrawn" in refused(small, amendment(small, "july", "levy", 1, 1, "x"))


def test_a_page_shows_what_an_amendment_changes(small: Small) -> None:
    levy(small)
    small.do(amendment(small, "june", "levy", 2, 2, "It is paid in June."))

    lines = amendments.effect_of(small.state, small.state.amendments["june"])
    assert [(line.kind, line.text) for line in lines] == [
        ("kept", "A levy of two hours a head."),
        ("struck", "It is paid in May."),
        ("added", "It is paid in June."),
        ("kept", "It is spent on tools."),
    ]


def test_an_amendment_needs_an_id_of_its_own(small: Small) -> None:
    levy(small)
    with pytest.raises(Refused, match="there is an amendment 'levy' already"):
        small.do(amendment(small, "levy", "levy", 2, 2, "x"))


def test_a_lost_motion_keeps_in_its_text_what_was_carried_before(small: Small) -> None:
    of = levy(small)
    small.do(amendment(small, "june", "levy", 2, 2, "It is paid in June."))
    decide(small, "june", ALL)
    assert decide(small, "levy", NONE) == "lost"

    assert (small.state.amendments["june"].outcome, of.lines[1]) == ("carried", "It is paid in June.")
