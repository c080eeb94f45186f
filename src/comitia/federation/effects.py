"""What a decision changes: when its delay is over, and unless an appeal holds it up, a carried motion takes effect.

An amendment enters its text at once; the delay is the motion's own. A charter is in force from its moment on, unless
another was put in force in the meantime that the older text would undo: nobody voted on that.
"""

from typing import assert_never

from comitia.charter import changes, parse
from comitia.charter.structure import Charter
from comitia.federation import (
    admissibility,
    amendments,
    appeals,
    claims,
    deliveries,
    founding,
    moment,
    motions,
    seating,
    standing,
    under_way,
)
from comitia.federation.refusal import refuse_unless
from comitia.federation.state import Motion, Outcome, State


def check_effect(state: State, of: Motion) -> None:
    """Raise where what is about to be carried can no longer be carried out.

    Raises:
        Refused: the season of the plan has closed.
    """
    if of.on.effect in ("plan", "plan-cut") and not of.amends:
        draft = state.drafts[of.subject]
        refuse_unless(
            not state.seasons[draft.season].closed,
            of.on.article,
            f"the season {draft.season} closed before the decision",
        )


def decide(state: State, of: Motion, outcome: Outcome, *, at: str) -> None:
    """Note the outcome of a division; what was carried takes effect after its delay."""
    match outcome:
        case "carried":
            of.outcome = "carried"
            if of.amends:
                of.effect_at = at
                amendments.carry(state, of)
                return
            of.effect_at = moment.after(at, days=of.on.delay_days)
            state.pending.append(of.id)
        case "lost" | "withdrawn" | "inadmissible":
            motions.conclude(state, of, outcome)
        case "" | "deadlock" | "heard":
            of.outcome = outcome
        case _:
            assert_never(outcome)


def settle(state: State, at: str) -> None:
    """Let carried motions whose delay is over take effect; called by the rule book before each act."""
    if not state.pending:
        return
    due = [m for m in state.pending if state.motions[m].effect_at <= at and not state.motions[m].suspended]
    for name in sorted(due, key=lambda m: state.motions[m].effect_at):
        state.pending.remove(name)
        state.moment = max(state.moment, state.motions[name].effect_at)
        _take_effect(state, state.motions[name])


def _take_effect(state: State, of: Motion) -> None:
    on = of.on
    match on.effect:
        case "plan" | "plan-cut":
            draft = state.drafts[of.subject]
            season = state.seasons[draft.season]
            season.adopted, season.adopted_act = draft.id, state.size
            deliveries.open_books(state, season, of.effect_at)
        case "claims":
            season = state.seasons[of.subject]
            season.claims, season.claims_motion = claims.parse(state, of.figures, on.article), of.id
        case "charter":
            _adopt(state, of)
        case "admissibility":
            admissibility.strike(state, of)
        case "none" | "mandate" | "merger" | "dissolution" | "building" | "season" | "leaving" | "emergency":
            # Other acts refer to the decision: a mandate given, a body merged or dissolved, a leaving announced.
            pass
        case _:
            assert_never(on.effect)
    if of.appeals:
        appeals.set_aside(state, of)


def _adopt(state: State, of: Motion) -> None:
    new, old = _read(state, of.figures), standing.charter(state)
    by_ordinary_vote = changes.changed_entrenched(old, new) and not of.on.entrenched
    if by_ordinary_vote or (old.language > 1 and undone(state, of)):
        motions.conclude(state, of, "inadmissible")
        return
    adopt_charter(state, of.figures, at=of.effect_at)


def _read(state: State, text: str) -> Charter:
    return parse.parse(state.blobs[text].decode(), file="the charter")


def undone(state: State, of: Motion) -> tuple[str, ...]:
    """Return the articles of the charter in force that a motion's text would change and did not when it was moved.

    They were changed since. Whoever carried the older text did not decide on them.
    """
    moved_under = next(text for text, _, act in reversed(state.charters) if act <= of.act)
    new = _read(state, of.figures)
    decided = changes.changed_articles(_read(state, moved_under), new)
    return tuple(a for a in changes.changed_articles(standing.charter(state), new) if a not in decided)


def adopt_charter(state: State, text: str, *, at: str) -> None:
    """Put a charter in force from a moment on, by its hash; terms and motions end whose seats and bodies it strikes."""
    held = seating.held_seats(state, at)
    new = _read(state, text)
    under_way.keep_seats(state, new)
    founding.put_in_force(state, new, text, at)
    seating.end_struck_seats(state, held, at)
    under_way.end_with_bodies(state)
