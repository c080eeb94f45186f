"""What is under way when the charter or its bodies change: what goes on under the old rules, what falls with its body.

A motion, an election, a petition keeps the rules under which it began. A division that is open keeps its seats too:
its sum is that of the body that began to vote. What can no longer be decided, for the body that was to decide it is no
more, ends; nobody waits for a body that is gone.

Language 1 knew neither: there a motion outlived its body, and an open division was summed over the seats that were left
at the close. Where a charter of language 1 stays in force, both are as they were, for its records replay.
"""

from collections.abc import Iterator

from comitia.charter.structure import Charter
from comitia.federation import blocks, deadlocks, motions, outcomes, standing
from comitia.federation.refusal import Refused
from comitia.federation.state import Division, Election, Motion, RecallPetition, State


def undecided(state: State) -> tuple[Motion, ...]:
    """Return the motions on which nothing is decided yet, amendments left out."""
    return tuple(of for of in state.motions.values() if not of.amends and not outcomes.is_decided(of))


def unfilled(state: State) -> tuple[Election, ...]:
    """Return the elections that are not counted yet."""
    return tuple(election for election in state.elections.values() if election.sheet is None)


def unanswered(state: State) -> tuple[RecallPetition, ...]:
    """Return the petitions that are not decided yet."""
    return tuple(petition for petition in state.recalls.values() if not petition.outcome)


def gone(state: State, of: Motion) -> tuple[str, ...]:
    """Return the bodies that vote on a motion now or next, and that the charter in force does not have."""
    if of.divisions and not of.divisions[-1].closed:
        bodies = of.divisions[-1].bodies
    else:
        try:
            bodies = deadlocks.due(state, of).bodies
        except Refused:
            # A motion that is not decided and not being voted on is due, unless its bodies cannot be found.
            return of.on.decided_by
    return tuple(name for name in bodies if standing.find_body(state, name) is None)


def keep_seats(state: State, under: Charter) -> None:
    """Note the seats of every body in the divisions that are open, before their number changes.

    Args:
        under: the charter that is in force when they have changed.
    """
    if under.language == 1:
        return
    for running in _open(state):
        for name in running.bodies:
            if name not in running.ballots and name not in running.seats:
                running.seats[name] = tuple(seat.id for seat in standing.seats(state, name))


def _open(state: State) -> Iterator[Division]:
    for of in state.motions.values():
        if of.divisions and not of.divisions[-1].closed:
            yield of.divisions[-1]


def end_with_bodies(state: State) -> None:
    """End the motions that nobody can decide any more, for their body is gone."""
    if standing.charter(state).language == 1:
        return
    for of in undecided(state):
        if gone(state, of):
            for running in of.divisions:
                running.closed = True
            blocks.leave(state, of)
            motions.conclude(state, of, "inadmissible")
