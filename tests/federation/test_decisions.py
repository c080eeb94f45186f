"""All that was decided in a record, computed again by whoever replays it."""

from deciding import assembled, decide, move
from people import begun, elected, vote
from small import Small
from test_recalls import voting
from test_refounding import called

from comitia.federation import decisions
from comitia.federation.rulebook import replay

MILL = "committee/mill"


def told(small: Small) -> list[tuple[str, str, bool]]:
    return [(one.sort, one.id, one.decision.carried) for one in decisions.decisions(small.state)]


def test_elections_recalls_and_calls_to_found_anew_are_all_decisions() -> None:
    small = begun()
    elected(small, MILL, "assembly/mill", ["m-0008", "m-0009"])
    voting(small, f"{MILL}:1", ["m-0010", "m-0011"])
    vote(small, "r", ['"for"'] * 3 + ['"against"'] * 5)
    called(small)
    vote(small, "anew", ['"for"'] * 8)

    election = next(iter(small.state.elections))
    assert told(small) == [("election", election, True), ("recall", "r", False), ("refounding", "anew", True)]
    again = replay(small.done, small.blobs)
    assert decisions.decisions(again.state) == decisions.decisions(small.state)


def test_motions_and_changes_of_the_charter_are_told_apart_and_those_not_decided_are_left_out() -> None:
    small = assembled()
    before = len(decisions.decisions(small.state))
    move(small, "m", "plain", "x\n", body=MILL)
    decide(small, "m", {MILL: ("for", "against")})
    new = small.blobs[small.state.charter_hash].decode().replace('title = "The rolls"', 'title = "Our rolls"')
    move(small, "c", "charter", "x\n", body="committees-house", figures=small.blob(new))
    small.wait(60)
    decide(small, "c", {"committees-house": ("for",) * 3, "unions-house": ("for",) * 3})
    move(small, "open", "plain", "x\n", body=MILL)

    assert told(small)[before:] == [("motion", "m", False), ("charter", "c", True)]
    assert "a tie, and a tie fails" in decisions.decisions(small.state)[before].decision.sentence
