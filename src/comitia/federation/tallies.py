"""The verdict on a division: how each body voted, under the rule of the matter or of the way out of a deadlock.

The verdict is computed from votes and charter alone, so that a replay computes it again. In a house every seat has one
vote, or weighs what the roll gave it when the division opened; in an assembly every member has one.
"""

from dataclasses import replace
from fractions import Fraction
from typing import assert_never

from comitia.charter.structure import Advice, Consensus, Exit, Gradients, GroupShare
from comitia.decide import advice, consensus, consent, gradients, groups, sense_check, verdict
from comitia.decide.clause import clause
from comitia.decide.verdict import Decision, Rule, Tally, Verdict, Votes
from comitia.federation import blocks, deadlocks, motions, positions, standing
from comitia.federation.state import Choice, Division, Motion, State


def decision_of(state: State, of: Motion, running: Division, at: str) -> Decision:
    """Return what is decided at a moment: final after the close, else what it would be now."""
    at = min(at, running.closes_at)
    if of.on.groups is None or running.stage == "exit":
        return verdict.joint([_verdict(state, of, running, name, at=at) for name in running.bodies])
    return _of_groups(state, of, running, of.on.groups, at=at)


def _of_groups(state: State, of: Motion, running: Division, share: GroupShare, *, at: str) -> Decision:
    """Return what all bodies of the kind decide, counted together; a share of them must approve too."""
    demand = groups.Demand(share.turnout, share.approval, share.approval_strict, share.groups, share.groups_strict)
    rule, kind = rule_of(of, running), standing.body(state, running.bodies[0]).kind
    found = {standing.body(state, name).name: tally(state, of, running, name, at=at) for name in running.bodies}
    all_ = clause("all_bodies", bodies=kind.plural)
    each = [groups.group_verdict(name, voted, rule, demand=demand) for name, voted in found.items()]
    return verdict.together(each, groups.groups_verdict(all_, found, rule, demand=demand))


def _verdict(state: State, of: Motion, running: Division, name: str, *, at: str) -> Verdict:
    said, rule = standing.body(state, name).name, rule_of(of, running)
    found = tally(state, of, running, name, at=at)
    demand = of.on.demand
    match positions.procedure(of, running):
        case "vote":
            return verdict.verdict(said, found, rule)
        case "sense_check":
            return sense_check.sense_verdict(said, found, rule)
        case "consent":
            standing_ = sum(one.body == name for one in positions.standing_objections(state, of))
            return consent.consent_verdict(said, found, rule, objections=standing_)
        case "consensus":
            assert isinstance(demand, Consensus)
            taken = _positions(state, of, running, name)
            tallied = replace(found, for_=taken["for"], against=taken["block"], abstaining=taken["abstain"])
            asked = (demand.blocks, demand.aside)
            return consensus.consensus_verdict(said, tallied, rule, aside=taken["aside"], demand=asked)
        case "gradients":
            assert isinstance(demand, Gradients)
            levels = {int(word): number for word, number in _positions(state, of, running, name).items()}
            needed = gradients.Demand(demand.level, demand.share, demand.bad, demand.opposed)
            return gradients.gradients_verdict(said, levels, found, rule=rule, demand=needed)
        case "advice":
            assert isinstance(demand, Advice)
            given = len(of.advice)
            concerned = max(given, len(motions.sitting(state, running.bodies, at)))
            return advice.advice_verdict(said, concerned, rule, given=given, pieces=demand.pieces)
        case other:
            assert_never(other)


def _positions(state: State, of: Motion, running: Division, name: str) -> dict[str, Votes]:
    """Return how many votes stand behind each position of a body, taken in the open or on its secret ballots."""
    secret = running.counted.get(name, {})
    found: dict[str, Votes] = {word: secret.get(word, 0) for word in positions.words(of.on.procedure)}
    for seat in seats(state, running, name):
        taken = running.positions.get(seat)
        if taken is not None:
            found[taken[0]] += weight(running, seat)
    return found


def rule_of(of: Motion, running: Division) -> Rule:
    """Return the rule under which a division is decided."""
    on, step = of.on, deadlocks.way(of, running)
    rule = Rule(
        article=on.article,
        base=on.base,
        threshold=on.threshold,
        strict=on.strict,
        # A share of 0, and 0 people, ask for nobody.
        quorum=on.quorum or None,
        quorum_base=on.quorum_base,
        abstentions=on.abstentions,
        tie=on.tie,
        silence=on.silence,
        against_counts=on.no_counts_to_quorum,
        abstaining_counts=on.abstentions_count_to_quorum is not False,
    )
    return rule if step is None else _in_deadlock(rule, of, running, step)


def _in_deadlock(rule: Rule, of: Motion, running: Division, step: Exit) -> Rule:
    """Return the rule of a step out of a deadlock; where the same bodies vote again, the matter's own."""
    if not deadlocks.sets_share(of, running):
        return rule
    share, strict = step.threshold, step.strict
    if step.way == "veto":
        done = sum(d.stage == "exit" and d.step == running.step and d.act < running.act for d in of.divisions)
        share, strict = step.thresholds[done], False
    return replace(rule, article=step.article, base=step.base, threshold=share, strict=strict, tie="fails")


def tally(state: State, of: Motion, running: Division, name: str, *, at: str) -> Tally:
    """Return how a body has voted, with the chair's casting vote where one was given."""
    hands, casting = running.hands.get(name), running.casting.get(name)
    if hands is not None:
        members = electorate(state, of, running, name)
        votes = (hands.in_favour, hands.against, hands.abstaining)
        found = Tally(members, 0, members, *votes, present=hands.present)
    elif name in running.ballots:
        members = electorate(state, of, running, name)
        found = Tally(members, 0, members, *running.tallies.get(name, (0, 0, 0)))
    else:
        found = _house(state, running, name, at)
    return replace(found, chair=casting[0] if casting else None)


def electorate(state: State, of: Motion, running: Division, name: str) -> int:
    """Return how many members could vote in an assembly, counted when the division opened."""
    # Where hands took its place, the ballot that opened with the division is still there, closed and unused.
    ballot = running.ballots.get(name) or ballot_id(blocks.first(state, of), running, name)
    return len(state.ballots[ballot].electorate)


def ballot_id(of: Motion, running: Division, name: str) -> str:
    """Return the id of an assembly's ballot: the motion's own, or with the number of the division and the body."""
    number = next((n for n, d in enumerate(of.divisions) if d is running), len(of.divisions))
    if number == 0 and len(running.bodies) == 1:
        return of.id
    return f"{of.id}@{'' if number == 0 else f'{number + 1}-'}{name.replace('/', '-')}"


def _house(state: State, running: Division, name: str, at: str) -> Tally:
    have = seats(state, running, name)
    said: dict[Choice, Votes] = {"for": 0, "against": 0, "abstain": 0}
    for seat in have:
        for choice, part in parts(running, seat).items():
            said[choice] += part
    # A seat that voted and fell vacant before the close keeps its vote, so it counts as filled: nobody makes the
    # majority smaller by voting and giving up her seat.
    spoken = running.votes.keys() | running.splits.keys() | running.positions.keys()
    voted = {seat for seat in have if seat in spoken}
    held = {seat for seat in have if standing.term(state, seat, at) is not None}
    filled: Votes = sum(weight(running, seat) for seat in held | voted)
    if standing.charter(state).language == 1:
        # Language 1 counted who holds a seat at the close, unless more had voted; its records replay as they were.
        filled = max(len(held), len(voted))
    whole: Votes = sum(weight(running, seat) for seat in have)
    members = len(standing.base_members(state, name))
    return Tally(members, whole, filled, said["for"], said["against"], said["abstain"])


def seats(state: State, running: Division, name: str) -> tuple[str, ...]:
    """Return the seats of a body that vote in a division: those it has, or had when the charter changed meanwhile."""
    return running.seats.get(name) or tuple(seat.id for seat in standing.seats(state, name))


def weight(running: Division, seat: str) -> Votes:
    """Return what a seat weighs: one vote, or what the roll gave it when the division opened."""
    return running.weights.get(seat, 0) if running.weights else 1


def parts(running: Division, seat: str) -> dict[Choice, Votes]:
    """Return how a seat has voted: its whole weight on one choice, divided, or nothing yet."""
    divided = running.splits.get(seat)
    if divided is not None:
        return {"for": divided.in_favour, "against": divided.against, "abstain": divided.abstaining}
    cast = running.votes.get(seat)
    return {} if cast is None else {cast[0]: weight(running, seat)}


def weights_at(state: State, bodies: tuple[str, ...]) -> dict[str, Fraction]:
    """Return what each seat of these bodies weighs by the roll as it is now; none where every seat has one vote."""
    seats = [seat for body in bodies for seat in standing.seats(state, body)]
    if all(standing.body(state, seat.body).kind.weights == "equal" for seat in seats):
        return {}
    return {seat.id: standing.weight(state, seat) for seat in seats}
