import copy

import pytest
from deciding import assembled, close, move, open_, sitting, vote
from harvest import declared
from people import begun, elected, opened
from small import Small
from test_alternatives import beside, ranked
from test_candidacy import stands
from test_positions import objecting, taking

from comitia.federation import acts, awaiting, moment

MILL = "committee/mill"
ASSEMBLY = "assembly/mill"


@pytest.fixture
def small() -> Small:
    return assembled()


def tasks(small: Small, member: str) -> list[tuple[str, str]]:
    """Return what awaits a member now: task and id."""
    return [(a.task, a.id) for a in awaiting.awaits(small.state, member, small.at)]


def test_nothing_awaits_a_stranger(small: Small) -> None:
    assert tasks(small, "m-0099") == []


def test_who_asks_for_many_members_finds_what_is_late_once_and_the_same_for_each() -> None:
    small = begun()
    late = moment.after(small.at, days=900)
    found = awaiting.late(small.state, late)

    assert {m: awaiting.awaited(small.state, m, late, found) for m in small.state.members} == {
        m: awaiting.awaits(small.state, m, late) for m in small.state.members
    }


def test_candidates_await_the_gate_until_nominations_close() -> None:
    small = begun()
    elected(small, "screeners", "everybody", ["m-0014", "m-0015"])
    small.do(opened(small, "board", "everybody"))
    election = next(e.id for e in small.state.elections.values() if e.body == "board")
    assert tasks(small, "m-0014") == [("nomination", election)]
    small.do(stands(small, election, "m-0001"))
    small.do(stands(small, election, "m-0002"))
    small.do(acts.CandidacyWithdrawn(at=small.at, by="m-0002", election=election))

    found = [a for a in awaiting.awaits(small.state, "m-0014", small.at) if a.task == "screening"]
    assert [(a.body, a.text) for a in found] == [
        ("screeners", "admit candidates for board or say why not: m-0001"),
    ]
    assert tasks(small, "m-0001") == [("nomination", election)]
    small.wait(3)
    assert tasks(small, "m-0014") == [("ballot", election)]


def test_an_objection_awaits_the_mover_until_it_is_met(small: Small) -> None:
    of = move(small, "m", "consent-committee", "x\n", body=MILL)
    small.do(objecting(small))
    found = [a for a in awaiting.awaits(small.state, of.by, small.at) if a.task == "objection"]
    assert [(a.id, a.body, a.until, a.text) for a in found] == [
        ("m", MILL, "", "meet the objection to “m”: It is unsafe.")
    ]
    small.wait(3)
    open_(small, "m")
    found = [a for a in awaiting.awaits(small.state, of.by, small.at) if a.task == "objection"]
    assert [a.until for a in found] == [of.divisions[-1].closes_at]
    small.do(acts.ObjectionWithdrawn(at=small.at, by=sitting(small, MILL)[1], objection="o-1"))
    assert ("objection", "m") not in tasks(small, of.by)


def test_a_position_or_a_ranking_is_awaited_until_it_is_given(small: Small) -> None:
    of = move(small, "m", "consensus", "x\n", body=MILL)
    open_(small, "m")
    assert ("division", "m") in tasks(small, of.by)
    act = taking(small, "for")
    small.do(act)
    assert ("division", "m") not in tasks(small, act.by)
    other = move(small, "n", "choice-instant-runoff", "n\n", body=MILL)
    small.do(beside(small, "o", "n"))
    open_(small, "n")
    seat = next(t for t in small.state.terms if t.startswith(MILL) and small.state.terms[t][-1].member == other.by)
    assert ("division", "n") in tasks(small, other.by)
    small.do(ranked(small, seat, other.by, ("n",), "n"))
    assert ("division", "n") not in tasks(small, other.by)


def test_a_motion_that_is_not_open_or_closed_awaits_nobody(small: Small) -> None:
    of = move(small, "m", "plain", "x\n", body=MILL)
    assert ("division", "m") not in tasks(small, of.by)
    open_(small, "m")
    late = copy.deepcopy(small)
    late.wait(30)
    assert ("division", "m") not in tasks(late, of.by)
    gone = copy.deepcopy(small)
    gone.state.dissolved[MILL] = "x"
    assert ("division", "m") not in tasks(gone, of.by)
    vote(small, "m", MILL, "for", "for", "for")
    close(small, "m")
    assert ("division", "m") not in tasks(small, of.by)


def test_a_secret_vote_and_a_secret_choice_await_the_members_of_an_assembly(small: Small) -> None:
    move(small, "m", "plain-assembly", "m\n", body=ASSEMBLY)
    open_(small, "m")
    asked = [a.text for a in awaiting.awaits(small.state, sitting(small, ASSEMBLY)[0], small.at) if a.task == "ballot"]
    assert asked == ["vote in secret: m"]
    (ballot,) = small.state.motions["m"].divisions[-1].ballots.values()
    small.state.ballots[ballot].purpose = "alternatives"
    asked = [a.text for a in awaiting.awaits(small.state, sitting(small, ASSEMBLY)[0], small.at) if a.task == "ballot"]
    assert asked == ["choose among the texts: m"]


def test_numbers_await_their_owners_until_the_deadline() -> None:
    small = declared()
    miller = sorted(small.state.terms["committee/mill:1"], key=lambda t: t.since)[-1].member
    found = [a for a in awaiting.awaits(small.state, miller, small.at) if a.task == "declare"]

    assert {(a.id, a.text) for a in found} == {("s", "revise your numbers for S")}
    small.do(
        acts.FiguresWithdrawn(
            at=small.at, by=miller, body="committee/mill", season="s", file="labour", keys=(("grind", "bakers"),)
        )
    )
    small.state.seasons["s"].figures = {}
    found = [a for a in awaiting.awaits(small.state, miller, small.at) if a.task == "declare"]
    assert {a.text for a in found} == {"declare your numbers for S"}
    small.wait(60)
    assert [a for a in awaiting.awaits(small.state, miller, small.at) if a.task == "declare"] == []
