"""Where a motion is on its road, for whoever asks: what comes next and from when, what is waited for, how it stands.

A question to the state and a moment; nothing here decides anything, and every act is checked again when it is done.
"""

from dataclasses import dataclass
from typing import Literal

from comitia.decide.verdict import Decision
from comitia.federation import (
    alternatives,
    amendments,
    blocks,
    deadlocks,
    divisions,
    motions,
    outcomes,
    positions,
    tallies,
)
from comitia.federation.deadlocks import Due
from comitia.federation.state import Motion, Objection, State

Stage = Literal["notice", "amendments", "ready", "voting", "counting", "deadlock", "suspended", "decided"]


@dataclass(frozen=True, slots=True)
class Road:
    """A motion at a moment.

    Attributes:
        stage: ``notice`` (the next division may not open yet), ``amendments`` (they come first), ``ready`` (it may
            open), ``voting``, ``counting`` (voting is over, the result is not noted), ``deadlock`` (the next step out
            of it may not open yet), ``suspended`` (by ``suspended``, a challenge or an appeal), ``decided``.
        due: the next division: its bodies, how it is opened and from when; None while one is open, and at the end.
        verdict: of the latest vote, as it stands or as it was; None before the first.
        words: what may be said in the vote that is open, or that comes next.
        waiting: amendments that come first, in the order in which they are voted.
        texts: what is chosen among, the motion first; one alone where there are no alternatives.
        objections: those that nobody took back. together: the motions that one division decides.
        chairs: bodies with a tie whose chair is awaited.
    """

    stage: Stage
    due: Due | None
    verdict: Decision | None
    words: tuple[str, ...]
    waiting: tuple[str, ...]
    texts: tuple[str, ...]
    objections: tuple[Objection, ...]
    together: tuple[str, ...]
    chairs: tuple[str, ...]
    suspended: str


def road(state: State, of: Motion, at: str) -> Road:
    """Return where a motion is at a moment."""
    running = of.divisions[-1] if of.divisions else None
    over = running is not None and not running.closed and at >= running.closes_at
    verdict = None
    # A division that ended with its body has no verdict.
    if running is not None and running.reading and (running.verdict or not running.closed):
        verdict = running.verdict or tallies.decision_of(state, of, running, at)
    published = running is not None and all(state.ballots[b].published for b in running.ballots.values())
    due = deadlocks.find_due(state, of)
    return Road(
        _stage(state, of, due, at),
        due,
        verdict,
        positions.allowed(of),
        amendments.waiting(state, of),
        alternatives.texts(of),
        positions.standing_objections(state, of),
        tuple(one.id for one in blocks.together(state, of)),
        divisions.tied(state, of, running, at) if running is not None and over and published else (),
        motions.root(state, of).suspended,
    )


def _stage(state: State, of: Motion, due: Due | None, at: str) -> Stage:
    accepted = of.amends and state.amendments[of.id].outcome == "accepted"
    if accepted or outcomes.is_decided(of):
        return "decided"
    if motions.root(state, of).suspended:
        return "suspended"
    if due is None:
        return "voting" if of.divisions and at < of.divisions[-1].closes_at else "counting"
    if amendments.waiting(state, of):
        return "amendments"
    if at < due.earliest:
        return "deadlock" if due.stage == "exit" else "notice"
    return "ready"
