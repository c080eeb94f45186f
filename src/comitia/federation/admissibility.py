"""Admissibility: what no body may decide is not moved, and a motion is challenged under an article that says so.

A motion whose subject is an act that the charter forbids for ever, or that would end a current, is refused at once.
Where it takes judgement, a motion with the effect ``admissibility`` challenges another under the article; that rests
until the challenge is decided. If it is carried, the motion is inadmissible; if it is lost, the motion goes on.
"""

from comitia.charter.structure import Matter
from comitia.federation import acts, blocks, motions, standing
from comitia.federation.refusal import Refused, refuse_unless
from comitia.federation.state import Motion, State


def check_allowed(state: State, act: acts.MotionMoved, on: Matter) -> None:
    """Raise where a motion plainly asks for what no body may do.

    Raises:
        Refused: with the article that forbids it.
    """
    rules = standing.charter(state)
    current = act.subject.rpartition("/")[2]
    ends_a_current = on.effect in ("dissolution", "merger") and current in state.currents
    for never in rules.never.values():
        asked = act.subject in never.acts or (ends_a_current and "current_forbidden" in never.acts)
        if asked and on.effect != "admissibility":
            title = rules.articles[never.article].title
            raise Refused(never.article, f"{title}: no body may decide this ({act.subject})")


def check_challenge(state: State, act: acts.MotionMoved, on: Matter) -> None:
    """Raise unless a challenge names a motion that may still be challenged, and an article on what none may decide.

    Raises:
        Refused: it does not, or the same challenge was made before.
    """
    challenged = motions.motion(state, act.subject)
    forbidding = [n.article for n in standing.charter(state).never.values()]
    refuse_unless(
        act.figures in forbidding,
        on.article,
        f"a challenge names the article on what no body may decide: {', '.join(forbidding)}; not {act.figures!r}",
    )
    refuse_unless(
        challenged.on.effect != "admissibility" and not challenged.amends,
        on.article,
        f"{challenged.id} is not challenged by itself; vote a challenge down; an amendment falls with its motion",
    )
    refuse_unless(
        not challenged.outcome and not challenged.divisions,
        on.article,
        f"{challenged.id} is challenged before the division on it opens",
    )
    earlier = [m for m in state.motions.values() if _is_same(m, act)]
    refuse_unless(
        not earlier,
        on.article,
        f"{challenged.id} was challenged under article {act.figures} already, by {earlier[0].id if earlier else ''}",
    )


def check_judges(state: State, made: Motion, bodies: tuple[str, ...]) -> None:
    """Raise unless those who decide on a challenge are among those who decide the challenged motion.

    Raises:
        Refused: another body would judge it.
    """
    if made.on.effect != "admissibility":
        return
    own = motions.deciding_bodies(state, state.motions[made.subject])
    refuse_unless(
        set(bodies) <= set(own),
        made.on.article,
        f"{made.subject} is decided by {', '.join(own)}; nobody else decides whether it may be voted on",
    )


def _is_same(other: Motion, act: acts.MotionMoved) -> bool:
    return (
        other.on.effect == "admissibility"
        and not other.amends
        and (other.subject, other.figures) == (act.subject, act.figures)
    )


def strike(state: State, of: Motion) -> None:
    """End the challenged motion, for the challenge was carried."""
    challenged = state.motions[of.subject]
    if not challenged.outcome:
        blocks.leave(state, challenged)
        motions.conclude(state, challenged, "inadmissible")
        challenged.suspended = of.id
