"""Which division comes next on a motion: readings in order, and the way out when bodies that must all carry it divide.

A motion with several readings is carried in each before the next opens. Where some bodies carry it and some do not, the
matter's exits follow one another: the same bodies vote again; a conciliation works out a text and the same bodies vote
again; a joint body decides alone; those who carried it carry it again over the others, by shares that rise from one
time to the next. Between two steps the outcome is ``deadlock``; after the last the motion is lost.
"""

from dataclasses import dataclass
from typing import Literal, assert_never

from comitia.charter.structure import Exit
from comitia.decide.verdict import Decision
from comitia.federation import moment, motions
from comitia.federation.refusal import Refused
from comitia.federation.state import Division, Motion, Outcome, State


@dataclass(frozen=True, slots=True)
class Due:
    """The next division on a motion.

    Attributes:
        what: ``choice`` is the count among alternative texts, ``vote`` the vote on the motion.
        stage: the word with which it is opened. reading, step: as in a ``Division``.
        earliest: the moment from which it may open. sentence: what is done, for a reader.
    """

    what: Literal["choice", "vote"]
    stage: Literal["houses", "exit"]
    reading: int
    step: int
    bodies: tuple[str, ...]
    earliest: str
    article: str
    sentence: str


def way(of: Motion, running: Division) -> Exit | None:
    """Return the exit from a deadlock to which a division belongs, or None for an ordinary reading."""
    return of.on.exits[running.step - 1] if running.stage == "exit" else None


def is_conciliation(of: Motion, running: Division) -> bool:
    """Return whether a conciliation itself votes, on the text that it worked out."""
    step = way(of, running)
    return step is not None and step.way == "conciliation" and running.bodies == (step.body,)


def sets_share(of: Motion, running: Division) -> bool:
    """Return whether a division belongs to a way out that sets a share of its own, and so is decided by vote."""
    step = way(of, running)
    return step is not None and (step.way in ("joint", "veto") or is_conciliation(of, running))


def due(state: State, of: Motion) -> Due:
    """Return the division that comes next.

    Raises:
        Refused: the motion is decided, or a division is still open.
    """
    on = of.on
    accepted = of.amends and state.amendments[of.id].outcome == "accepted"
    if accepted or of.outcome not in ("", "deadlock"):
        raise Refused(on.article, f"{of.id} is decided already: {of.outcome or 'accepted'}")
    if not of.divisions:
        earliest = of.at if of.amends else moment.after(of.at, days=on.notice_days)
        if of.alternatives:
            return _houses(state, of, "choice", 0, earliest)
        return _houses(state, of, "vote", 1, earliest)
    last = of.divisions[-1]
    if not last.closed:
        raise Refused(on.article, f"the division on {of.id} was opened in act {last.act}; it is not closed yet")
    if of.outcome == "deadlock":
        return _exit(state, of, last)
    days = on.reading_days if last.reading else 0
    return _houses(state, of, "vote", last.reading + 1, moment.after(last.closes_at, days=days))


def find_due(state: State, of: Motion) -> Due | None:
    """Return the division that comes next, or None where none does."""
    try:
        return due(state, of)
    except Refused:
        return None


def _houses(state: State, of: Motion, what: Literal["choice", "vote"], reading: int, earliest: str) -> Due:
    step = of.divisions[-1].step if of.divisions else 0
    said = "the bodies choose among the texts"
    if what == "vote":
        several = of.on.readings > 1 and not of.amends
        said = f"reading {reading} of {of.on.readings}" if several else "the vote"
    return Due(what, "houses", reading, step, motions.deciding_bodies(state, of), earliest, of.on.article, said)


def _exit(state: State, of: Motion, last: Division) -> Due:
    """Return the next division of a motion in a deadlock."""
    bodies = motions.deciding_bodies(state, of)
    before = way(of, last)
    if before is not None and last.verdict is not None and last.verdict.carried:
        # A conciliation carried a text: the same bodies vote again. A veto was overridden once: the next share.
        if is_conciliation(of, last):
            said = "the same bodies vote on the text of the conciliation"
            return Due("vote", "exit", last.reading, last.step, bodies, last.closes_at, before.article, said)
        earliest = moment.after(last.closes_at, days=before.days)
        said = f"those who carried it vote again; at least {_share(of, before, last.step)} is needed"
        return Due("vote", "exit", last.reading, last.step, last.bodies, earliest, before.article, said)
    step = of.on.exits[last.step]
    earliest = moment.after(last.closes_at, days=step.days)
    match step.way:
        case "second_reading":
            said = "the same bodies vote a second time"
        case "conciliation":
            bodies, said = (step.body,), f"{step.body} works out a text and votes on it"
        case "joint":
            bodies, said = (step.body,), f"{step.body} decides alone"
        case "veto":
            bodies = _carried_by(of)
            said = f"those who carried it vote again; at least {_share(of, step, last.step + 1)} is needed"
        case _:
            assert_never(step.way)
    return Due("vote", "exit", last.reading, last.step + 1, bodies, earliest, step.article, said)


def times(of: Motion, step: int) -> int:
    """Return how many divisions of this step lie behind."""
    return sum(d.closed and d.stage == "exit" and d.step == step for d in of.divisions)


def _share(of: Motion, step: Exit, number: int) -> str:
    return str(step.thresholds[times(of, number)])


def _carried_by(of: Motion) -> tuple[str, ...]:
    """Return the bodies that carried the motion when the bodies last divided."""
    for last in reversed(of.divisions):
        if last.verdict is not None and last.verdict.divided:
            return tuple(b for b, v in zip(last.bodies, last.verdict.verdicts, strict=True) if v.carried)
    raise AssertionError(f"{of.id} is in a deadlock, but no bodies divided")


def outcome_after(of: Motion, running: Division, result: Decision) -> Outcome:
    """Return what a division that closes with this verdict makes of the motion."""
    step = way(of, running)
    more: Outcome = "deadlock" if running.step < len(of.on.exits) else "lost"
    if step is not None and sets_share(of, running):
        if not result.carried:
            return more
        if step.way == "veto" and times(of, running.step) + 1 < len(step.thresholds):
            return "deadlock"
        return "deadlock" if step.way == "conciliation" else "carried"
    if of.on.procedure == "sense_check":
        return "heard"
    if result.carried:
        readings = 1 if of.amends else of.on.readings
        return "" if running.reading < readings else "carried"
    return more if result.divided else "lost"
