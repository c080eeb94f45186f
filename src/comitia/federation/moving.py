"""Moving a motion and taking it back: who moves what for which body, and what each effect asks of a motion.

Where a body has not met for as long as its article allows, those whom the article names move too (``meetings.py``).

The mover may take her motion back until the division on it opens, and a motion that goes by advice until it is closed.
"""

from typing import assert_never

import msgspec

from comitia.charter import changes
from comitia.charter.structure import Matter
from comitia.federation import acts, admissibility, appeals, blocks, claims, founding, meetings, motions, standing
from comitia.federation.founding import check_new_id
from comitia.federation.permit import check_permitted
from comitia.federation.refusal import Refused, refuse_unless
from comitia.federation.state import Motion, State


def move(state: State, act: acts.MotionMoved) -> None:
    """Put a motion on the order paper."""
    rules = standing.charter(state)
    on = rules.matters.get(act.matter)
    calls = on is not None and meetings.may_call(state, on, by=act.by, body=act.body, at=act.at)
    check_permitted(state, act, frozenset({act.by}) if calls else frozenset())
    taken = act.motion in state.motions or act.motion in state.ballots or act.motion in state.alternatives
    check_new_id(act.motion, taken, "a motion")
    if on is None:
        raise Refused("record", f"the charter has no matter {act.matter!r}; its matters are {', '.join(rules.matters)}")
    if not calls:
        check_mover(state, act, on)
    admissibility.check_allowed(state, act, on)
    lines = motions.lines_of(state, act.text, "the motion")
    made = Motion(
        act.motion,
        act.matter,
        act.body,
        act.title,
        act.text,
        act.subject,
        act.figures,
        act.by,
        act.at,
        state.size,
        on,
        lines=lines,
    )
    made.concerns = _concerned(state, act, on)
    made.affects = () if act.affects is msgspec.UNSET else act.affects
    made.appeals = "" if act.appeals is msgspec.UNSET else act.appeals
    appeals.check_appeal(state, made)
    bodies = motions.deciding_bodies(state, made)
    appeals.check_tier(state, made, bodies)
    admissibility.check_judges(state, made, bodies)
    state.motions[act.motion] = made
    held = motions.against(state, made)
    if held is not None:
        held.suspended = motions.suspending(state, held)


def withdraw(state: State, act: acts.MotionWithdrawn) -> None:
    """The mover takes her motion back."""
    of = motions.motion(state, act.motion)
    on = of.on
    check_permitted(state, act, frozenset({of.by}))
    refuse_unless(not of.amends, on.article, f"{of.id} is an amendment; its mover takes it back as an amendment")
    refuse_unless(act.by == of.by, on.article, f"only the mover, {of.by}, takes a motion back")
    refuse_unless(not of.outcome, on.article, f"{of.id} is decided already: {of.outcome}")
    # Who asks for advice decides herself, so she may change her mind until the end.
    refuse_unless(
        not of.divisions or on.procedure == "advice",
        on.article,
        f"the division on {of.id} has opened; from then on it belongs to those who vote",
    )
    for running in of.divisions:
        running.closed = True
    blocks.leave(state, of)
    motions.conclude(state, of, "withdrawn")


def check_mover(state: State, act: acts.MotionMoved | acts.AlternativeMoved, on: Matter) -> None:
    """Raise unless the author may move this matter for the body she names.

    Raises:
        Refused: the matter is moved by others.
    """
    if "member" in on.movers and act.by in standing.all_members(state):
        kinds = standing.charter(state).kinds
        own = [k for k in on.decided_by if k in kinds and kinds[k].each]
        # A matter of one body's own is moved by those who sit in it; where all bodies of the kind vote, by anybody.
        if not own or on.groups is not None or standing.sits_in(state, act.by, act.body, act.at):
            return
    for kind in on.movers:
        if kind == "member":
            continue
        if act.body.partition("/")[0] == kind and standing.sits_in(state, act.by, act.body, act.at):
            return
    who = ", ".join("any member concerned" if m == "member" else m for m in on.movers)
    raise Refused(on.article, f"{act.by} cannot move {on.name!r} for {act.body or 'no body'}; it is moved by {who}")


def _concerned(state: State, act: acts.MotionMoved, on: Matter) -> tuple[str, ...]:
    """Check what a motion with this effect must name; return the bodies that it concerns."""
    match on.effect:
        case "plan" | "plan-cut":
            _check_draft(state, act, on)
        case "claims":
            season = state.seasons.get(act.subject)
            if season is None or season.closed:
                raise Refused(on.article, f"claims are moved for an open season; {act.subject!r} is none")
            claims.parse(state, act.figures, on.article)
        case "mandate":
            seat = standing.seat(state, act.subject)
            refuse_unless(
                act.body in seat.constituency.split(","),
                on.article,
                f"{act.body} does not fill the seat {act.subject}; its electors instruct it",
            )
        case "charter":
            _check_new_charter(state, act, on)
        case "merger":
            return _merged(state, act, on)
        case "dissolution":
            return (standing.body(state, act.subject).id,)
        case "leaving":
            roll, _, group = act.subject.partition("/")
            refuse_unless(
                (roll, group) in state.groups,
                on.article,
                f"{act.subject!r} is no group; a motion to leave names who leaves, for instance workplace/mill",
            )
        case "emergency":
            refuse_unless(
                act.subject in state.emergencies,
                on.article,
                f"{act.subject!r} is no emergency; the motion names the use of the power that it is about",
            )
        case "admissibility":
            admissibility.check_challenge(state, act, on)
        case "none" | "building" | "season":
            pass
        case _:
            assert_never(on.effect)
    return ()


def _merged(state: State, act: acts.MotionMoved, on: Matter) -> tuple[str, ...]:
    bodies = tuple(act.subject.split())
    refuse_unless(len(bodies) >= 2, on.article, "a merger names the bodies concerned, two at least, joined by blanks")
    for name in bodies:
        standing.body(state, name)
    return bodies


def _check_draft(state: State, act: acts.MotionMoved, on: Matter) -> None:
    draft = state.drafts.get(act.subject)
    if draft is None:
        raise Refused(
            on.article, f"{act.subject!r} is no draft plan; a motion to adopt names a draft with its certificate"
        )
    refuse_unless(
        act.figures == draft.plan,
        on.article,
        "the motion binds the plan by the hash of its figures; it differs from the draft's",
    )
    refuse_unless(not state.seasons[draft.season].closed, on.article, f"the season {draft.season} is closed")
    cut = any(u.tier == 1 and u.quantity > 0 for u in draft.solution.unmet)
    matters = standing.charter(state).matters.values()
    if cut and on.effect == "plan" and any(m.effect == "plan-cut" for m in matters):
        other = next(m for m in matters if m.effect == "plan-cut")
        raise Refused(
            other.article,
            f"the draft leaves essential needs unmet; it is moved as {other.name!r}, which the councils must also "
            f"carry",
        )
    refuse_unless(
        cut or on.effect == "plan", on.article, "this draft meets every essential need; move it as an ordinary plan"
    )


def _check_new_charter(state: State, act: acts.MotionMoved, on: Matter) -> None:
    text = state.blobs.get(act.figures)
    if text is None:
        raise Refused(on.article, "figures must be the hash of the new charter's text, and its blob must be given")
    try:
        new = founding.readable_charter(text)
    except founding.NotExecutable as fault:
        raise Refused(on.article, f"the new charter cannot be carried out: {fault}") from fault
    old = standing.charter(state)
    changed = changes.changed_entrenched(old, new)
    if changed and not on.entrenched:
        stricter = next((m for m in old.matters.values() if m.effect == "charter" and m.entrenched), None)
        way = f"only {stricter.name!r} (article {stricter.article}) changes them" if stricter else "nobody changes them"
        raise Refused(changed[0], f"articles {', '.join(changed)} are entrenched; {way}")
