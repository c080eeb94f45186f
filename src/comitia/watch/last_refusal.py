"""Days since a house last refused what the executive moved: the simplest alarm for docility.

A house that never says no to the board may agree with it, or may have stopped deciding. Compare with its own past.
"""

from comitia.federation import standing
from comitia.federation.state import State
from comitia.watch.indicator import Reading
from comitia.watch.terms_overdue import days_between

NAME = "days since a house last refused the board"


def readings(state: State, at: str) -> tuple[Reading, ...]:
    """Return one reading for each house of the charter."""
    return tuple(_house(state, house, at) for house in standing.charter(state).houses)


def _house(state: State, house: str, at: str) -> Reading:
    decided = carried = 0
    last = ""
    acts: list[int] = []
    first = ""
    for motion in state.motions.values():
        for division in motion.divisions:
            if not division.closed or house not in division.bodies or division.verdict is None:
                continue
            if not _moved_by_executive(state, motion.body):
                continue
            decided += 1
            first = first or division.closes_at
            own = division.verdict.verdicts[division.bodies.index(house)]
            carried += own.carried
            if not own.carried:
                last, acts = division.closes_at, [*acts, division.act]
    name = standing.body(state, house).name
    if not decided:
        days, sentence = 0, f"{name} has not yet voted on anything that the board moved."
    elif last:
        days = days_between(last, at)
        sentence = (
            f"{name} last refused the board {days} days ago; it has refused {decided - carried} of "
            f"{decided} of its motions."
        )
    else:
        days = days_between(first, at)
        sentence = f"{name} has never refused the board, in {decided} motions over {days} days."
    article = standing.charter(state).kinds[house].article
    return Reading(
        "I7b",
        NAME,
        "moment asked - close of the last lost division",
        "0 and up",
        "POWER indicator I7b",
        house,
        days,
        decided,
        "days",
        sentence,
        tuple(acts),
        (article,),
    )


def _moved_by_executive(state: State, body: str) -> bool:
    """Return whether a body is an executive: elected by a joint body or a house, not by members."""
    found = standing.find_body(state, body)
    if found is None or not found.kind.electors:
        return False
    return standing.charter(state).kinds[found.kind.electors].form == "joint"
