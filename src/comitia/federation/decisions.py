"""All that was decided in a record, each with its verdict: motions, elections, recalls, calls to found anew.

A question to the state. No act says what came of a vote, so whoever replays the acts computes every verdict again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from comitia.decide.verdict import Decision
from comitia.federation.state import State


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided: the motion, election, recall or call, and the act that opened the vote."""

    sort: Literal["motion", "charter", "election", "recall", "refounding"]
    id: str
    act: int
    decision: Decision


def decisions(state: State) -> tuple[Decided, ...]:
    """Return every decision, in the order of the acts that opened the votes."""
    return tuple(sorted(_found(state), key=lambda one: (one.act, one.id)))


def _found(state: State) -> Iterator[Decided]:
    for motion in state.motions.values():
        for running in motion.divisions:
            if running.verdict is not None:
                sort: Literal["motion", "charter"] = "charter" if motion.on.effect == "charter" else "motion"
                yield Decided(sort, motion.id, running.act, running.verdict)
    for election in state.elections.values():
        if election.verdict is not None:
            yield Decided("election", election.id, state.ballots[election.ballot].act, election.verdict)
    for recall in state.recalls.values():
        if recall.verdict is not None:
            yield Decided("recall", recall.id, state.ballots[recall.ballot].act, recall.verdict)
    for call in state.refoundings.values():
        if call.verdict is not None:
            yield Decided("refounding", call.id, state.ballots[call.ballot].act, call.verdict)
