import pytest
from deciding import assembled, decide, move, open_, sitting, vote
from small import Small, refused

from comitia.federation import acts, divisions, mandates, standing

SEAT, BASE = "committees-house:mill:1", "assembly/mill"


@pytest.fixture
def small() -> Small:
    small = assembled()
    move(small, "levy", "levies", "A levy of two hours a head.\n", body="committees-house")
    return small


def instructed(small: Small, text: str = "against levy\n") -> acts.MandateGiven:
    """Return the mandate of the mill's assembly to its delegate, decided by the assembly."""
    move(small, "instruct", "mandate-workplace", text, body=BASE, subject=SEAT)
    assert decide(small, "instruct", {BASE: ("for",) * 4}) == "carried"
    by = sitting(small, BASE)[0]
    return acts.MandateGiven(at=small.at, by=by, seat=SEAT, motion="levy", instruction="against", decision="instruct")


def test_a_mandate_stands_beside_the_open_vote(small: Small) -> None:
    act = instructed(small)
    small.do(act)
    small.wait(7)
    running = open_(small, "levy")
    vote(small, "levy", "committees-house", "for", "for", "for")
    of = small.state.motions["levy"]
    seats = standing.seats(small.state, "committees-house")

    found = {c.seat: (c.instruction, c.vote, c.standing) for c in mandates.compared(small.state, of, running, seats)}
    assert found == {
        "committees-house:bakery:1": (None, "for", "free"),
        "committees-house:farm:1": (None, "for", "free"),
        SEAT: ("against", "for", "broken"),
    }
    assert divisions.choices_of(of, running, seats)[SEAT] == "for"


def test_a_mandate_is_what_was_decided_and_nothing_else(small: Small) -> None:
    act = instructed(small, "for levy\n")

    assert "the decision reads 'for levy', the mandate 'against levy'" in refused(small, act)


def test_a_mandate_without_a_carried_decision_is_refused(small: Small) -> None:
    move(small, "instruct", "mandate-workplace", "against levy\n", body=BASE, subject=SEAT)
    by = sitting(small, BASE)[0]
    act = acts.MandateGiven(at=small.at, by=by, seat=SEAT, motion="levy", instruction="against", decision="instruct")

    assert "is no carried decision of the electors to instruct the seat" in refused(small, act)
