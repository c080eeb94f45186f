"""Divisions: voting on a motion in every body that must decide it, the verdict with its sum, and what it changes.

Houses vote in the open, seat by seat; assemblies vote in secret. Whether a motion is carried is computed from the
charter, never written into an act.
"""

from comitia.charter.structure import Matter
from comitia.decide import verdict
from comitia.decide.verdict import JointVerdict, Rule, Tally, Verdict
from comitia.federation import acts, ballots, claims, deliveries, moment, motions, standing
from comitia.federation.permit import check_permitted
from comitia.federation.refusal import Refused, refuse_unless
from comitia.federation.state import Ballot, Choice, Division, Motion, Outcome, State


def open_division(state: State, act: acts.DivisionOpened) -> None:
    """Open voting in all bodies at once."""
    of = motions.motion(state, act.motion)
    on = motions.matter(state, of)
    bodies = motions.deciding_bodies(state, of) if act.stage == "houses" else _exit_body(state, of, on)
    sitting = frozenset().union(*(standing.sitting(state, b, act.at) for b in bodies))
    check_permitted(state, act, sitting | {of.by})
    moment.check_moment(act.closes_at)
    if act.stage == "houses":
        refuse_unless(
            not of.divisions,
            on.article,
            f"the division on {of.id} was opened in act {of.divisions[0].act if of.divisions else ''}",
        )
        earliest = of.at if of.amends else moment.after(of.at, days=on.notice_days)
        refuse_unless(
            act.at >= earliest,
            on.article,
            f"{on.notice_days} days of notice: the division opens at {earliest} or later",
        )
        waiting = [a for a in of.amendments if not state.amendments[a].outcome]
        refuse_unless(
            not waiting, on.article, f"amendments come first: {', '.join(waiting)} must be accepted or voted on"
        )
    close = moment.after(act.at, days=on.voting_days)
    refuse_unless(act.closes_at >= close, on.article, f"voting lasts {on.voting_days} days, until {close} or later")
    division = Division(bodies, act.stage, act.at, act.closes_at, state.size)
    for name in bodies:
        if standing.body(state, name).kind.form == "all":
            ballot_id = of.id if len(bodies) == 1 else f"{of.id}@{name.replace('/', '-')}"
            division.ballots[name] = ballot_id
            state.ballots[ballot_id] = Ballot(
                ballot_id,
                "motion",
                name,
                name,
                standing.sitting(state, name, act.at),
                act.at,
                act.closes_at,
                "",
                state.size,
            )
    of.divisions.append(division)
    of.outcome = ""


def _exit_body(state: State, of: Motion, on: Matter) -> tuple[str, ...]:
    refuse_unless(of.outcome == "deadlock", on.article, f"{of.id} is not in a deadlock between the houses")
    step = on.exits[0]
    return (step.body,)


def division(of: Motion) -> Division:
    """Return the latest division of a motion.

    Raises:
        Refused: none was opened.
    """
    if not of.divisions:
        raise Refused("record", f"no division on {of.id} has been opened")
    return of.divisions[-1]


def cast(state: State, act: acts.VoteCast) -> None:
    """A seat votes in the open; until the close it may vote again, and the last vote counts."""
    of = motions.motion(state, act.motion)
    on = motions.matter(state, of)
    running = division(of)
    seat = standing.seat(state, act.seat)
    term = standing.term(state, seat.id, act.at)
    holder = term.member if term else None
    check_permitted(state, act, frozenset({holder}) if holder else frozenset())
    refuse_unless(holder == act.by, on.article, f"{act.by} does not hold the seat {act.seat} at this moment")
    votes_in = {s.id for b in running.bodies if b not in running.ballots for s in standing.seats(state, b)}
    refuse_unless(
        seat.id in votes_in,
        on.article,
        f"{seat.body} does not vote in the open on {of.id}; {', '.join(running.bodies)} decide it",
    )
    refuse_unless(
        running.opens_at <= act.at < running.closes_at,
        on.article,
        f"the division was open from {running.opens_at} to {running.closes_at}",
    )
    running.votes[seat.id] = (act.choice, state.size)


def publish(state: State, act: acts.BallotsPublished, of: Ballot, choices: ballots.Choices) -> None:
    """Enter an assembly's secret vote into the division."""
    running = division(motions.motion(state, of.id.partition("@")[0]))
    ballots.note_published(state, of, act)
    running.tallies[of.body] = ballots.tally(choices)


def verdict_of(state: State, of: Motion, running: Division, at: str) -> JointVerdict:
    """Return the verdict as it stands at a moment: final after the close, else what it would be now."""
    on = motions.matter(state, of)
    at = min(at, running.closes_at)
    return verdict.joint(tuple(_verdict(state, of, on, running, name, at) for name in running.bodies))


def _verdict(state: State, of: Motion, on: Matter, running: Division, name: str, at: str) -> Verdict:
    body = standing.body(state, name)
    rule = _rule(on, running)
    if name in running.ballots:
        members = len(state.ballots[running.ballots[name]].electorate)
        for_, against, abstaining = running.tallies.get(name, (0, 0, 0))
        tally = Tally(members, 0, members, for_, against, abstaining)
    else:
        seats = standing.seats(state, name)
        filled = len(standing.filled(state, name, at))
        votes = [running.votes[s.id][0] for s in seats if s.id in running.votes]
        members = len(standing.base_members(state, name))
        # A seat that voted and fell vacant before the close keeps its vote, so it counts as filled.
        filled = max(filled, len(votes))
        tally = Tally(members, len(seats), filled, votes.count("for"), votes.count("against"), votes.count("abstain"))
    return verdict.verdict(body.name, tally, rule)


def _rule(on: Matter, running: Division) -> Rule:
    if running.stage == "exit":
        step = on.exits[0]
        return Rule(
            article=on.article,
            base=step.base,
            threshold=step.threshold,
            strict=step.strict,
            quorum=on.quorum,
            quorum_base=on.quorum_base,
            abstentions=on.abstentions,
            tie="fails",
            silence=on.silence,
            against_counts=on.no_counts_to_quorum,
        )
    return Rule(
        article=on.article,
        base=on.base,
        threshold=on.threshold,
        strict=on.strict,
        quorum=on.quorum,
        quorum_base=on.quorum_base,
        abstentions=on.abstentions,
        tie=on.tie,
        silence=on.silence,
        against_counts=on.no_counts_to_quorum,
    )


def close(state: State, act: acts.DivisionClosed) -> None:
    """Note the close and carry out what was decided."""
    of = motions.motion(state, act.motion)
    on = motions.matter(state, of)
    running = division(of)
    sitting = frozenset().union(*(standing.sitting(state, b, act.at) for b in running.bodies))
    check_permitted(state, act, sitting | {of.by})
    refuse_unless(not running.closed, on.article, f"the division on {of.id} is closed already")
    refuse_unless(act.at >= running.closes_at, on.article, f"the division on {of.id} is open until {running.closes_at}")
    unpublished = [b for b in running.ballots if b not in running.tallies]
    refuse_unless(not unpublished, on.article, f"the ballots of {', '.join(unpublished)} must be published first")
    result = verdict_of(state, of, running, act.at)
    outcome = _outcome(result, on, running)
    if outcome == "carried" and not of.amends:
        _check_effect(state, of, on)
    running.closed, running.verdict, of.outcome = True, result, outcome
    if outcome == "carried":
        of.effect_at = moment.after(act.at, days=on.delay_days)
        state.pending.append(of.id)
    elif of.amends:
        state.amendments[of.id].outcome = "lost"


def _outcome(result: JointVerdict, on: Matter, running: Division) -> Outcome:
    if result.carried:
        return "carried"
    return "deadlock" if result.divided and running.stage == "houses" and on.exits else "lost"


def _check_effect(state: State, of: Motion, on: Matter) -> None:
    if on.effect in ("plan", "plan-cut"):
        draft = state.drafts[of.subject]
        refuse_unless(
            not state.seasons[draft.season].closed, on.article, f"the season {draft.season} closed before the decision"
        )


def settle(state: State, at: str) -> None:
    """Let carried motions whose delay is over take effect; called by the rule book before each act."""
    for name in [m for m in state.pending if state.motions[m].effect_at <= at]:
        state.pending.remove(name)
        state.moment = max(state.moment, state.motions[name].effect_at)
        _take_effect(state, state.motions[name])


def _take_effect(state: State, of: Motion) -> None:
    if of.amends:
        state.amendments[of.id].outcome = "carried"
        motions.enter(state, state.motions[of.amends])
        return
    on = motions.matter(state, of)
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
            motions.adopt_charter(state, of)
        case "none" | "mandate" | "merger" | "building" | "season":
            pass


def choices_of(running: Division, seats: tuple[standing.Seat, ...]) -> dict[str, Choice]:
    """Return the open votes of some seats."""
    return {s.id: running.votes[s.id][0] for s in seats if s.id in running.votes}
