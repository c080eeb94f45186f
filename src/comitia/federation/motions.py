"""Motions and amendments: who moves what, on which road. The voting is in ``divisions.py``."""

import hashlib

import msgspec

from comitia.charter import changes, parse
from comitia.charter.structure import Matter
from comitia.decide import motion as text_of
from comitia.federation import acts, claims, founding, standing
from comitia.federation.founding import check_new_id
from comitia.federation.permit import check_permitted
from comitia.federation.refusal import Refused, refuse_unless
from comitia.federation.state import Amendment, Mandate, MinorityReport, Motion, State


def motion(state: State, name: str) -> Motion:
    """Return the motion of that id.

    Raises:
        Refused: there is none.
    """
    found = state.motions.get(name)
    if found is None:
        raise Refused("record", f"there is no motion {name!r}")
    return found


def matter(state: State, of: Motion) -> Matter:
    """Return the matter on which a motion was moved, as the charter then had it."""
    return of.on


def move(state: State, act: acts.MotionMoved) -> None:
    """Put a motion on the order paper."""
    check_permitted(state, act)
    rules = standing.charter(state)
    check_new_id(act.motion, act.motion in state.motions or act.motion in state.ballots, "a motion")
    on = rules.matters.get(act.matter)
    if on is None:
        raise Refused("record", f"the charter has no matter {act.matter!r}; its matters are {', '.join(rules.matters)}")
    _check_mover(state, act, on)
    text = state.blobs.get(act.text)
    if text is None:
        raise Refused("record", f"the text of the motion is missing: no blob {act.text}")
    try:
        lines = tuple(text.decode().splitlines())
    except UnicodeDecodeError:
        raise Refused("record", "the text of a motion is UTF-8") from None
    concerns = _concerned(state, act, on)
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
    made.concerns = concerns
    deciding_bodies(state, made)
    state.motions[act.motion] = made


def _check_mover(state: State, act: acts.MotionMoved, on: Matter) -> None:
    if "member" in on.movers and act.by in standing.all_members(state):
        kinds = standing.charter(state).kinds
        own = [k for k in on.decided_by if kinds[k].each]
        # A matter of one body's own is moved by those who sit in it.
        if not own or standing.sits_in(state, act.by, act.body, act.at):
            return
    for kind in on.movers:
        if kind == "member":
            continue
        if act.body.partition("/")[0] == kind and standing.sits_in(state, act.by, act.body, act.at):
            return
    who = ", ".join("any member concerned" if m == "member" else m for m in on.movers)
    raise Refused(on.article, f"{act.by} cannot move {on.name!r} for {act.body or 'no body'}; it is moved by {who}")


def _concerned(state: State, act: acts.MotionMoved, on: Matter) -> tuple[str, ...]:
    match on.effect:
        case "plan" | "plan-cut":
            return _concerned_by_plan(state, act, on)
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
            bodies = tuple(act.subject.split())
            refuse_unless(
                len(bodies) >= 2, on.article, "a merger names the bodies concerned, two at least, joined by blanks"
            )
            for name in bodies:
                standing.body(state, name)
            return bodies
        case "none" | "building" | "season":
            pass
    return ()


def _concerned_by_plan(state: State, act: acts.MotionMoved, on: Matter) -> tuple[str, ...]:
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
    return ()


def _check_new_charter(state: State, act: acts.MotionMoved, on: Matter) -> None:
    text = state.blobs.get(act.figures)
    if text is None:
        raise Refused(on.article, "figures must be the hash of the new charter's text, and its blob must be given")
    try:
        new = founding.readable_charter(text)
    except founding.NotExecutable as fault:
        raise Refused(on.article, f"the new charter cannot be carried out: {fault}") from fault
    changed = changes.changed_entrenched(standing.charter(state), new)
    stricter = on.entrenched
    refuse_unless(
        not changed or stricter,
        on.article,
        f"articles {', '.join(changed)} are entrenched; only the stricter procedure changes them",
    )


def deciding_bodies(state: State, of: Motion) -> tuple[str, ...]:
    """Return the bodies that must all carry a motion.

    Raises:
        Refused: the matter is decided by a kind of which the motion names no body.
    """
    on = matter(state, of)
    found: list[str] = []
    for name in on.decided_by:
        kind = standing.charter(state).kinds[name]
        if not kind.each:
            found.append(name)
        elif on.effect == "merger":
            found += [c for c in of.concerns if c.partition("/")[0] == name]
        elif of.body.partition("/")[0] == name:
            found.append(standing.body(state, of.body).id)
        elif len(on.decided_by) == 1:
            raise Refused(
                on.article, f"{on.name!r} is decided by one {kind.name}; do the act for that body, {name}/GROUP"
            )
    if not found:
        raise Refused(on.article, f"no body of kinds {', '.join(on.decided_by)} is concerned by this motion")
    return tuple(found)


def amend(state: State, act: acts.AmendmentMoved) -> None:
    """Propose to replace lines of a motion's text.

    The amendment is then a motion of its own, decided by the same bodies.
    """
    of = motion(state, act.motion)
    on = matter(state, of)
    check_new_id(act.amendment, act.amendment in state.motions or act.amendment in state.ballots, "an amendment")
    sitting = frozenset().union(*(standing.sitting(state, b, act.at) for b in deciding_bodies(state, of)))
    check_permitted(state, act, sitting)
    refuse_unless(not of.amends, on.article, "an amendment cannot be amended; move another one to the motion itself")
    refuse_unless(not of.divisions, on.article, "amendments are moved before the division opens")
    refuse_unless(
        on.effect in ("none", "building"),
        on.article,
        "this motion adopts figures by their hash; move another draft instead of an amendment",
    )
    refuse_unless(
        1 <= act.first <= act.last <= len(of.lines),
        on.article,
        f"the text has lines 1 to {len(of.lines)}; the amendment names {act.first} to {act.last}",
    )
    taken = [state.amendments[a] for a in of.amendments if state.amendments[a].outcome != "lost"]
    change = text_of.Amendment(act.amendment, act.first, act.last, act.lines)
    for other in taken:
        # Two amendments to the same lines could not both be carried; the second mover must wait or choose other lines.
        clash = text_of.is_conflict(change, text_of.Amendment(other.id, other.first, other.last, other.lines))
        refuse_unless(
            not clash, on.article, f"the amendment {other.id} changes lines {other.first} to {other.last} already"
        )
    state.amendments[act.amendment] = Amendment(
        act.amendment, of.id, act.first, act.last, act.lines, act.by, state.size
    )
    of.amendments.append(act.amendment)
    made = Motion(
        act.amendment, of.matter, of.body, f"Amendment to: {of.title}", of.text, "", "", act.by, act.at, state.size, on
    )
    made.amends, made.lines, made.concerns = of.id, act.lines, of.concerns
    state.motions[act.amendment] = made


def accept(state: State, act: acts.AmendmentAccepted) -> None:
    """The mover takes an amendment into her motion."""
    found = state.amendments.get(act.amendment)
    if found is None:
        raise Refused("record", f"there is no amendment {act.amendment!r}")
    of = motion(state, found.motion)
    on = matter(state, of)
    check_permitted(state, act, frozenset({of.by}))
    refuse_unless(act.by == of.by, on.article, f"only the mover, {of.by}, takes an amendment into the motion")
    refuse_unless(
        not of.divisions and not found.outcome, on.article, "the amendment is decided, or the division has opened"
    )
    refuse_unless(not state.motions[found.id].divisions, on.article, "the amendment is being voted on")
    found.outcome = "accepted"
    enter(state, of)


def enter(state: State, of: Motion) -> None:
    """Write the amendments that were accepted or carried into the motion's lines."""
    text = "\n".join(state.blobs[of.text].decode().splitlines())
    taken = [state.amendments[a] for a in of.amendments if state.amendments[a].outcome in ("accepted", "carried")]
    changes = [text_of.Amendment(a.id, a.first, a.last, a.lines) for a in taken]
    of.lines = tuple(text_of.amended(text, changes).split("\n"))


def text_hash(of: Motion) -> str:
    """Return the hash of a motion's text as it stands, amendments entered."""
    return hashlib.sha256("".join(line + "\n" for line in of.lines).encode()).hexdigest()


def give_mandate(state: State, act: acts.MandateGiven) -> None:
    """The electors instruct their seat, by a decision of their own."""
    seat = standing.seat(state, act.seat)
    kind = standing.body(state, seat.body).kind
    electorate = standing.electors(state, seat.constituency, act.at)
    check_permitted(state, act, electorate)
    decision = motion(state, act.decision)
    refuse_unless(
        matter(state, decision).effect == "mandate" and decision.outcome == "carried" and decision.subject == act.seat,
        kind.article,
        f"{act.decision} is no carried decision of the electors to instruct the seat {act.seat}",
    )
    # The decision names the instruction in its first line, so that the mandate is what was voted on.
    wanted = f"{act.instruction} {act.motion}"
    refuse_unless(
        bool(decision.lines) and decision.lines[0].strip() == wanted,
        kind.article,
        f"the decision reads {decision.lines[0] if decision.lines else ''!r}, the mandate {wanted!r}; its first "
        f"line must be the instruction",
    )
    motion(state, act.motion)
    state.mandates[act.seat, act.motion] = Mandate(act.seat, act.motion, act.instruction, act.decision, state.size)


def adopt_charter(state: State, of: Motion) -> None:
    """Put the carried charter in force."""
    state.charter = parse.parse(state.blobs[of.figures].decode(), file="the charter")
    state.charter_hash = of.figures


def file_minority_report(state: State, act: acts.MinorityReportFiled) -> None:
    """Attach a minority report to a motion that was decided."""
    check_permitted(state, act)
    of = motion(state, act.motion)
    refuse_unless(
        bool(of.outcome), matter(state, of).article, "a minority report is attached once the motion is decided"
    )
    refuse_unless(act.text in state.blobs, "record", f"the text is missing: no blob {act.text}")
    adopted = text_hash(of)
    refuse_unless(
        act.adopted is msgspec.UNSET or act.adopted == adopted,
        "record",
        f"the report is bound to the text {act.adopted}, but the motion as decided reads {adopted}",
    )
    current = "" if act.current is msgspec.UNSET else act.current
    of.minority_reports.append(MinorityReport(act.by, act.text, adopted, current, state.size))
