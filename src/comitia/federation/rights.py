"""Rights of members and bodies: reports, merger and dissolution by own consent, inspection of the books."""

from comitia.books import inspection
from comitia.charter.structure import Effect
from comitia.federation import acts, motions, seating, standing, under_way
from comitia.federation.founding import check_new_id
from comitia.federation.permit import check_permitted
from comitia.federation.refusal import Refused, refuse_unless
from comitia.federation.state import Ending, Inspection, Motion, State


def report(state: State, act: acts.ReportGiven) -> None:
    """A holder reports to her electors."""
    seat = standing.seat(state, act.seat)
    term = standing.term(state, seat.id, act.at)
    article = standing.body(state, seat.body).kind.article
    check_permitted(state, act, frozenset({term.member}) if term else frozenset())
    if term is None or term.member != act.by:
        raise Refused(article, f"{act.by} does not hold the seat {act.seat}")
    refuse_unless(act.text in state.blobs, "record", f"the text is missing: no blob {act.text}")
    term.reports.append((act.at, state.size))


def merge(state: State, act: acts.BodyMerged) -> None:
    """Bodies go up into another one; each by a decision of its own base, and that other one too."""
    article = _article(state, "merger")
    into = standing.body(state, act.into)
    bases = {name: base_of(state, name) for name in (*act.bodies, into.id)}
    consent: set[str] = set()
    for name in act.decisions:
        decision = motions.motion(state, name)
        # A decision to merge with one body is no consent to be merged into another.
        if _holds(state, decision, "merger") and bases[into.id] in decision.concerns:
            consent |= set(decision.divisions[-1].bodies)
    for name, own in bases.items():
        refuse_unless(
            own in consent,
            article,
            f"{name} cannot be merged into {into.id} without its own consent: {own} has not carried it; nobody "
            f"above may decide it",
        )
    check_permitted(state, act, standing.sitting(state, bases[into.id], act.at))
    under_way.keep_seats(state, standing.charter(state))
    for name in act.bodies:
        if name != into.id:
            _end(state, name, "replaced", act.at)
            state.merged[name] = into.id
    under_way.end_with_bodies(state)


def dissolve(state: State, act: acts.BodyDissolved) -> None:
    """A body ceases to be, by the decision of its own base alone."""
    article = _article(state, "dissolution")
    own = base_of(state, act.dissolves)
    check_permitted(state, act, standing.sitting(state, own, act.at))
    decision = motions.motion(state, act.decision)
    refuse_unless(
        _holds(state, decision, "dissolution")
        and decision.subject == act.dissolves
        and own in decision.divisions[-1].bodies,
        article,
        f"{act.dissolves} is dissolved by its own base alone: {act.decision} is no decision in force of {own} to "
        f"dissolve it; nobody above may decide it",
    )
    under_way.keep_seats(state, standing.charter(state))
    _end(state, act.dissolves, "dissolved", act.at)
    state.dissolved[act.dissolves] = act.decision
    seating.end_lost_seats(state, act.at)
    under_way.end_with_bodies(state)


def _article(state: State, effect: Effect) -> str:
    matters = standing.charter(state).matters.values()
    return next((m.article for m in matters if m.effect == effect), "record")


def _holds(state: State, decision: Motion, effect: Effect) -> bool:
    return decision.on.effect == effect and not decision.amends and motions.is_in_force(state, decision)


def _end(state: State, name: str, how: Ending, at: str) -> None:
    for term in standing.filled(state, name, at):
        seating.end(term, at, how, state.size)


def base_of(state: State, name: str) -> str:
    """Return the body whose consent counts for another: the one of all members behind it.

    Where several bodies fill its seats, or nobody below does, its consent is its own.
    """
    of = standing.body(state, name)
    passed = {of.id}
    while of.kind.form == "elected":
        electing = standing.electing_bodies(state, of.id)
        if len(electing) != 1 or electing[0] in passed:
            return of.id
        of = standing.body(state, electing[0])
        passed.add(of.id)
    return of.id


def demand(state: State, act: acts.InspectionDemanded) -> None:
    """A member demands to inspect a body's books."""
    check_permitted(state, act)
    rules = standing.charter(state).procedures
    check_new_id(act.inspection, act.inspection in state.inspections, "an inspection")
    standing.body(state, act.subject)
    refuse_unless(bool(act.question.strip()), rules.inspection_article, "a demand says what is to be shown")
    deadline = inspection.deadline(act.at, rules.inspection_days)
    state.inspections[act.inspection] = Inspection(
        act.inspection, act.by, act.subject, act.question, act.at, deadline, state.size
    )


def answer(state: State, act: acts.InspectionAnswered) -> None:
    """The body answers; late answers are taken too, and shown as late."""
    of = state.inspections.get(act.inspection)
    if of is None:
        raise Refused("record", f"there is no inspection {act.inspection!r}")
    article = standing.charter(state).procedures.inspection_article
    check_permitted(state, act, standing.sitting(state, of.subject, act.at))
    refuse_unless(
        standing.sits_in(state, act.by, of.subject, act.at),
        article,
        f"{act.by} does not sit in {of.subject}, which must answer",
    )
    refuse_unless(not of.answered, article, f"{act.inspection} was answered at {of.answered}")
    refuse_unless(act.answer in state.blobs, "record", f"the answer is missing: no blob {act.answer}")
    of.answer, of.answered = act.answer, act.at
