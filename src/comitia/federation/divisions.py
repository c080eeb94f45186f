"""Divisions: voting on a motion in every body that must decide it, from the opening to the close.

Houses vote in the open, seat by seat; assemblies vote in secret, or by hands that two tellers count. Whether a motion
is carried is computed from the charter (``tallies.py``), never written into an act.
"""

import re
from fractions import Fraction

from comitia.charter.structure import Kind
from comitia.federation import (
    acts,
    alternatives,
    amendments,
    ballots,
    blocks,
    deadlocks,
    effects,
    moment,
    motions,
    positions,
    sealing,
    standing,
    tallies,
)
from comitia.federation.permit import check_permitted
from comitia.federation.refusal import refuse_unless
from comitia.federation.state import Ballot, Choice, Division, Motion, Split, State

_WEIGHT = re.compile(r"\d{1,9}(/[1-9]\d{0,8})?")


def open_division(state: State, act: acts.DivisionOpened) -> None:
    """Open voting in all bodies at once: the next reading, the next step out of a deadlock, or the choice of a text."""
    of = motions.motion(state, act.motion)
    on = of.on
    due = deadlocks.due(state, of)
    check_permitted(state, act, motions.sitting(state, due.bodies, act.at) | {of.by})
    moment.check_moment(act.closes_at)
    refuse_unless(
        act.stage == due.stage,
        on.article,
        f"{of.id} is in a deadlock between the bodies: {due.sentence}"
        if due.stage == "exit"
        else f"{of.id} is not in a deadlock between the bodies",
    )
    refuse_unless(
        act.at >= due.earliest, due.article, f"{_before(of, due)}: the division opens at {due.earliest} or later"
    )
    _check_ready(state, of)
    close = moment.after(act.at, days=on.voting_days)
    refuse_unless(act.closes_at >= close, on.article, f"voting lasts {on.voting_days} days, until {close} or later")
    running = Division(due.bodies, act.stage, act.at, act.closes_at, state.size, reading=due.reading, step=due.step)
    running.weights = tallies.weights_at(state, due.bodies)
    if on.procedure != "advice":
        _open_ballots(state, of, running)
    for one in blocks.together(state, of):
        one.divisions.append(running)
        one.outcome = ""
    state.met.update(dict.fromkeys(due.bodies, act.at))


def _before(of: Motion, due: deadlocks.Due) -> str:
    if not of.divisions:
        return f"{of.on.notice_days} days of notice"
    if due.stage == "houses":
        return f"{of.on.reading_days} days between readings"
    return f"{of.on.exits[due.step - 1].days} days before this step out of the deadlock"


def _check_ready(state: State, of: Motion) -> None:
    """Raise unless nothing comes before the division on a motion, or on any of its block."""
    motions.check_not_suspended(state, of)
    blocks.check_first(state, of)
    for one in blocks.together(state, of):
        motions.check_not_suspended(state, one)
        waiting = amendments.waiting(state, one)
        refuse_unless(
            not waiting, of.on.article, f"amendments come first: {', '.join(waiting)} must be accepted or voted on"
        )
    if of.amends:
        amendments.check_turn(state, of)


def _open_ballots(state: State, of: Motion, running: Division) -> None:
    for name in running.bodies:
        if standing.body(state, name).kind.form != "all":
            continue
        ballot = tallies.ballot_id(of, running, name)
        running.ballots[name] = ballot
        state.ballots[ballot] = Ballot(
            ballot,
            "motion" if running.reading else "alternatives",
            name,
            name,
            standing.sitting(state, name, running.opens_at),
            running.opens_at,
            running.closes_at,
            "",
            state.size,
            sealed=sealing.begin(state, "motion"),
        )


def cast(state: State, act: acts.VoteCast) -> None:
    """A seat votes in the open; until the close it may vote again, and the last vote counts."""
    of = motions.motion(state, act.motion)
    seat = standing.seat(state, act.seat)
    check_permitted(state, act, motions.holder(state, seat, act.at))
    running = motions.check_holds(state, of, seat, by=act.by, at=act.at)
    _check_weighs(of, running, seat)
    words = positions.allowed(of)
    refuse_unless(
        act.choice in words and not positions.is_positions(of),
        of.on.article,
        f"{positions.present(of)} decides {of.id}; say {', '.join(words) or 'what you advise'}"
        + (", or object with a reason" if positions.present(of) == "consent" else ""),
    )
    running.splits.pop(seat.id, None)
    running.votes[seat.id] = (act.choice, state.size)


def _check_weighs(of: Motion, running: Division, seat: standing.Seat) -> None:
    article = of.on.article
    refuse_unless(running.reading > 0, article, f"a choice among texts is open on {of.id}; rank them")
    before = [name for names in running.seats.values() for name in names]
    refuse_unless(
        (not running.weights or seat.id in running.weights) and (not before or seat.id in before),
        article,
        f"the seat {seat.id} was added after the division opened; it has no weight in it",
    )


def split(state: State, act: acts.VoteSplit) -> None:
    """A seat divides its weight as its electors were divided."""
    of = motions.motion(state, act.motion)
    seat = standing.seat(state, act.seat)
    check_permitted(state, act, motions.holder(state, seat, act.at))
    kind = standing.body(state, seat.body).kind
    refuse_unless(kind.split_votes, kind.article, f"a seat of the {kind.name} casts its vote undivided")
    refuse_unless(
        positions.present(of) in ("vote", "sense_check"),
        of.on.article,
        f"{positions.present(of)} decides {of.id}; nothing is split",
    )
    running = motions.check_holds(state, of, seat, by=act.by, at=act.at)
    _check_weighs(of, running, seat)
    parts = [_weight(kind, text) for text in (act.in_favour, act.against, act.abstaining)]
    whole = tallies.weight(running, seat.id)
    refuse_unless(
        sum(parts) == whole, kind.article, f"the parts add up to {sum(parts)}; the seat {seat.id} weighs {whole}"
    )
    running.votes.pop(seat.id, None)
    running.splits[seat.id] = Split(parts[0], parts[1], parts[2], state.size)


def _weight(kind: Kind, text: str) -> Fraction:
    refuse_unless(bool(_WEIGHT.fullmatch(text)), kind.article, f"{text!r} is no part of a vote; write 3 or 7/2")
    return Fraction(text)


def publish(state: State, act: acts.BallotsPublished, of: Ballot, choices: ballots.Choices) -> None:
    """Enter an assembly's secret vote, its positions or its rankings into the division."""
    on = motions.motion(state, of.id.partition("@")[0])
    running = motions.division(on)
    refuse_unless(
        running.ballots.get(of.body) == of.id, on.on.article, f"hands were counted in {of.body}; nothing is published"
    )
    ballots.note_published(state, of, act)
    if of.purpose == "motion" and positions.is_positions(on):
        running.counted[of.body] = {word: choices.count(word) for word in positions.allowed(on)}
    elif of.purpose == "motion":
        running.tallies[of.body] = ballots.tally(choices)


def give_casting_vote(state: State, act: acts.CastingVoteGiven) -> None:
    """The chair of a body breaks its tie, after the close of voting and before the result is noted."""
    check_permitted(state, act)
    of = motions.motion(state, act.motion)
    on = of.on
    running = motions.division(of)
    refuse_unless(act.body in running.bodies, on.article, f"{act.body or 'no body'} does not decide {of.id}")
    chair = _chair(state, act.body)
    refuse_unless(
        chair != "" and standing.sits_in(state, act.by, chair, act.at),
        on.article,
        f"{act.by} does not chair {act.body}; {chair or 'nobody'} does",
    )
    refuse_unless(
        running.closes_at <= act.at and not running.closed,
        on.article,
        f"the casting vote is given after {running.closes_at}, before the result is noted",
    )
    _check_published(state, of, running)
    given = running.casting.get(act.body)
    refuse_unless(given is None, on.article, f"the casting vote was given in act {given[1] if given else ''}")
    refuse_unless(
        act.body in tied(state, of, running, act.at), on.article, f"{act.body} has no tie that its chair could break"
    )
    running.casting[act.body] = (act.choice, state.size)


def _chair(state: State, name: str) -> str:
    """Return the body of the office that chairs another: of the same group, or the one there is."""
    kind = standing.body(state, name).kind
    office = standing.charter(state).kinds.get(kind.chair)
    if office is None:
        return ""
    return standing.body_id(office, name.partition("/")[2])


def tied(state: State, of: Motion, running: Division, at: str) -> tuple[str, ...]:
    """Return the bodies whose tie their chair may break and has not broken."""
    if of.on.groups is not None:
        return ()
    found = tallies.decision_of(state, of, running, at).verdicts
    return tuple(
        body
        for body, one in zip(running.bodies, found, strict=True)
        if one.rule.tie == "chair" and one.tied and one.quorum_met and not one.carried and body not in running.casting
    )


def close(state: State, act: acts.DivisionClosed) -> None:
    """Note the close and what was decided, on the motion and on all of its block."""
    of = motions.motion(state, act.motion)
    on = of.on
    running = motions.division(of)
    check_permitted(state, act, motions.sitting(state, running.bodies, act.at) | {of.by})
    refuse_unless(not running.closed, on.article, f"the division on {of.id} is closed already")
    refuse_unless(act.at >= running.closes_at, on.article, f"the division on {of.id} is open until {running.closes_at}")
    refuse_unless(
        on.procedure != "advice" or act.by == of.by, on.article, f"{of.by} asked for advice and decides herself"
    )
    blocks.check_first(state, of)
    _check_published(state, of, running)
    if running.reading == 0:
        alternatives.close_choice(state, of, running)
        return
    _check_chair(state, of, running, act.at)
    result = tallies.decision_of(state, of, running, act.at)
    outcome = deadlocks.outcome_after(of, running, result)
    refuse_unless(
        on.procedure != "advice" or result.carried,
        on.article,
        f"{result.sentence}; wait for more advice, or take the motion back",
    )
    together = blocks.together(state, of)
    if outcome == "carried":
        for one in together:
            effects.check_effect(state, one)
    running.closed, running.verdict, running.closed_act = True, result, state.size
    for one in together:
        effects.decide(state, one, outcome, at=act.at)


def _check_published(state: State, of: Motion, running: Division) -> None:
    unpublished = [body for body, ballot in running.ballots.items() if not state.ballots[ballot].published]
    refuse_unless(not unpublished, of.on.article, f"the ballots of {', '.join(unpublished)} must be published first")


def _check_chair(state: State, of: Motion, running: Division, at: str) -> None:
    """Raise while a casting vote is due: the chair has as many days as the voters had, if there is one."""
    until = moment.after(running.closes_at, days=of.on.voting_days)
    if at >= until:
        return
    due = [
        b for b in tied(state, of, running, at) if _chair(state, b) and standing.sitting(state, _chair(state, b), at)
    ]
    refuse_unless(
        not due, of.on.article, f"a tie in {', '.join(due)}; the chair's casting vote is awaited until {until}"
    )


def choices_of(of: Motion, running: Division, seats: tuple[standing.Seat, ...]) -> dict[str, Choice]:
    """Return how seats spoke in the open, beside what their electors instructed: vote, position, or larger part."""
    found: dict[str, Choice] = {}
    for seat in seats:
        taken = running.positions.get(seat.id)
        said = tallies.parts(running, seat.id)
        if taken is not None:
            found[seat.id] = positions.as_choice(of, taken[0])
        elif said:
            found[seat.id] = max(said, key=lambda choice: said[choice])
    return found
