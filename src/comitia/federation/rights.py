"""Rights of members and bodies: currents, reports, mergers by own consent, inspection of the books."""

from comitia.books import inspection
from comitia.federation import acts, motions, standing
from comitia.federation.founding import check_new_id, end
from comitia.federation.permit import check_permitted
from comitia.federation.refusal import Refused, refuse_unless
from comitia.federation.state import Current, Inspection, State


def form_current(state: State, act: acts.CurrentFormed) -> None:
    """Members form a current."""
    check_permitted(state, act)
    check_new_id(act.current, act.current in state.currents, "a current")
    present = standing.all_members(state)
    strangers = [m for m in act.members if m not in present]
    refuse_unless(
        not strangers and act.by in act.members,
        "record",
        f"a current is formed by members, its author among them: {', '.join(strangers)}",
    )
    state.currents[act.current] = Current(act.current, act.name, frozenset(act.members), state.size)


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
    """Bodies go up into another one; each by a decision of its own base."""
    rules = standing.charter(state)
    article = next((m.article for m in rules.matters.values() if m.effect == "merger"), "record")
    into = standing.body(state, act.into)
    consent: set[str] = set()
    for name in act.decisions:
        decision = motions.motion(state, name)
        if motions.matter(state, decision).effect == "merger" and decision.outcome == "carried":
            consent |= set(decision.divisions[-1].bodies)
    for name in act.bodies:
        own = _base_of(state, name)
        refuse_unless(
            own in consent,
            article,
            f"{name} cannot be merged into {into.id} without its own consent: {own} has not carried it; nobody "
            f"above may decide it",
        )
    check_permitted(state, act, standing.sitting(state, _base_of(state, act.into), act.at))
    for name in act.bodies:
        if name == into.id:
            continue
        for term in standing.filled(state, name, act.at):
            end(term, act.at, "replaced", state.size)
        state.merged[name] = into.id


def _base_of(state: State, name: str) -> str:
    """Return the body whose consent counts: the one of all members behind it."""
    of = standing.body(state, name)
    while of.kind.form != "all":
        electing = standing.electing_bodies(state, of.id)
        if len(electing) != 1:
            return of.id
        of = standing.body(state, electing[0])
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
