"""All that was decided in a record, computed again by whoever replays it."""

from deciding import assembled, decide, move, open_
from people import CHARTER, begun, carried, elected, opened, vote
from small import Small
from test_recalls import voting
from test_refounding import call, called

from comitia.federation import acts, decisions
from comitia.federation.rulebook import replay

MILL = "committee/mill"


def told(small: Small) -> list[tuple[str, str, bool]]:
    return [(one.sort, one.id, one.decision.carried) for one in decisions.decisions(small.state)]


def test_elections_recalls_and_calls_to_found_anew_are_all_decisions() -> None:
    small = begun()
    elected(small, MILL, "assembly/mill", ["m-0008", "m-0009"])
    voting(small, f"{MILL}:1", ["m-0010", "m-0011"])
    vote(small, "r", ['"for"'] * 3 + ['"against"'] * 5)
    # What is not decided yet is left out.
    asked = acts.RecallPetitioned(at=small.at, by="m-0010", recall="q", seat=f"{MILL}:2", reason="absent")
    small.do(asked)
    small.do(call(small, name="later"))
    small.do(opened(small, "committee/farm", "assembly/farm"))
    called(small)
    vote(small, "anew", ['"for"'] * 8)

    election = next(iter(small.state.elections))
    assert told(small) == [("election", election, True), ("recall", "r", False), ("refounding", "anew", True)]
    again = replay(small.done, small.blobs)
    assert decisions.decisions(again.state) == decisions.decisions(small.state)


def test_motions_and_those_not_decided_are_told_apart() -> None:
    small = assembled()
    before = len(decisions.decisions(small.state))
    move(small, "m", "plain", "x\n", body=MILL)
    decide(small, "m", {MILL: ("for", "against")})
    move(small, "open", "plain", "x\n", body=MILL)
    open_(small, "open")

    assert told(small)[before:] == [("motion", "m", False)]
    assert "a tie, and a tie fails" in decisions.decisions(small.state)[before].decision.sentence


def test_a_change_of_the_charter_is_decided_by_the_same_kind_of_verdict() -> None:
    small = begun()
    new = small.blob(CHARTER.replace('text = "Who sits where."', 'text = "Who sits where, and for how long."'))
    carried(small, "c", "charter", "everybody", figures=new)

    assert told(small) == [("charter", "c", True)]
    assert decisions.decisions(small.state)[0].decision.sentence.startswith("carried: general assembly 15 for")
