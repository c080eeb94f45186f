"""Refounding: the members, counted on members alone, found the federation anew under another charter.

A member calls, members sign, all members vote in secret, and what they carry is in force at once. No office is asked,
and none can stop it: every act is a member's, and the clerk only publishes the ballot. Who sits goes on as carried over
until an election; seats that the new charter does not have end.
"""

from comitia.charter import structure
from comitia.decide import recall, verdict
from comitia.decide.clause import clause
from comitia.federation import acts, ballots, founding, moment, motions, sealing, seating, standing, under_way
from comitia.federation.permit import check_permitted
from comitia.federation.refusal import Refused, refuse_unless
from comitia.federation.state import Ballot, Refounding, State, Term


def refounding(state: State, name: str) -> Refounding:
    """Return the call of that id.

    Raises:
        Refused: there is none.
    """
    found = state.refoundings.get(name)
    if found is None:
        raise Refused("record", f"there is no call to found anew {name!r}")
    return found


def rule_of(of: Refounding) -> structure.Refounding:
    """Return the procedure of a call, as the charter had it when it was made."""
    assert of.rule is not None
    return of.rule


def call(state: State, act: acts.RefoundingCalled) -> None:
    """A member calls on all members, with the text of the new charter; her call is the first signature."""
    rule = standing.charter(state).procedures.refounding
    check_permitted(state, act)
    if rule is None:
        raise Refused("record", "the charter has no [refounding]; it does not say how the members found anew")
    taken = act.refounding in state.refoundings or act.refounding in state.ballots or act.refounding in state.motions
    founding.check_new_id(act.refounding, taken, "a call")
    _check_member(state, act.by, rule.article)
    text = state.blobs.get(act.charter)
    if text is None:
        raise Refused("record", f"the text of the new charter is missing: no blob {act.charter}")
    try:
        founding.readable_charter(text)
    except founding.NotExecutable as fault:
        raise Refused(rule.article, f"the new charter cannot be carried out: {fault}") from fault
    refuse_unless(act.charter != state.charter_hash, rule.article, "this charter is in force already")
    made = Refounding(act.refounding, act.charter, act.by, act.at, state.size, rule=rule)
    made.signatures[act.by] = state.size
    state.refoundings[act.refounding] = made


def _check_member(state: State, by: str, article: str) -> None:
    refuse_unless(by in standing.all_members(state), article, "members alone found anew, each in her own name")


def closes(of: Refounding) -> str:
    """Return until when a call may be signed and its vote opened."""
    return moment.after(of.at, days=rule_of(of).window_days)


def progress(state: State, of: Refounding) -> recall.Petition:
    """Return how many present members have signed, of how many, and how many are needed."""
    members = standing.all_members(state)
    return recall.petition_reached(len(members & of.signatures.keys()), len(members), rule_of(of).share)


def sign(state: State, act: acts.RefoundingSigned) -> None:
    """A member signs the call."""
    check_permitted(state, act)
    of = refounding(state, act.refounding)
    article = rule_of(of).article
    _check_member(state, act.by, article)
    refuse_unless(act.by not in of.signatures, article, f"{act.by} has signed {of.id} already")
    refuse_unless(not of.ballot, article, f"the vote on {of.id} has been opened; signing is over")
    refuse_unless(act.at < closes(of), article, f"the call {of.id} could be signed until {closes(of)}")
    of.signatures[act.by] = state.size


def open_vote(state: State, act: acts.RefoundingOpened) -> None:
    """Enough members have signed: all members vote, in secret."""
    check_permitted(state, act)
    of = refounding(state, act.refounding)
    rule = rule_of(of)
    _check_member(state, act.by, rule.article)
    refuse_unless(not of.ballot, rule.article, f"the vote on {of.id} has been opened already")
    refuse_unless(act.at < closes(of), rule.article, f"the call {of.id} lapsed at {closes(of)}; call anew")
    signed = progress(state, of)
    refuse_unless(
        signed.reached,
        rule.article,
        f"{signed.have} of {signed.electors} members have signed; {signed.needed} are needed",
    )
    moment.check_moment(act.closes_at)
    close = moment.after(act.at, days=rule.voting_days)
    refuse_unless(act.closes_at >= close, rule.article, f"voting lasts {rule.voting_days} days, until {close} or later")
    of.ballot = of.id
    everybody = next((b.id for b in standing.bodies(state) if b.kind.form == "all" and not b.kind.each), "")
    state.ballots[of.id] = Ballot(
        of.id,
        "refounding",
        everybody,
        everybody,
        standing.all_members(state),
        act.at,
        act.closes_at,
        "",
        state.size,
        sealed=sealing.begin(state, "refounding"),
    )


def publish(state: State, act: acts.BallotsPublished, of: Ballot, choices: ballots.Choices) -> None:
    """Decide the refounding; carried, the new charter holds from this moment."""
    made = state.refoundings[of.id]
    found = _verdict(rule_of(made), len(of.electorate), ballots.tally(choices))
    ballots.note_published(state, of, act)
    made.verdict, made.outcome = verdict.alone(found), "carried" if found.carried else "lost"
    if found.carried:
        _found_anew(state, made.charter, act.at)


def _verdict(rule: structure.Refounding, members: int, votes: tuple[int, int, int]) -> verdict.Verdict:
    for_, against, abstaining = votes
    tally = verdict.Tally(members, 0, members, for_, against, abstaining)
    asked = verdict.Rule(
        article=rule.article,
        base=rule.base,
        threshold=rule.threshold,
        strict=rule.strict,
        quorum=rule.quorum,
        quorum_base="members",
        abstentions="counted",
        tie="fails",
        silence="absent",
        against_counts=True,
        abstaining_counts=True,
    )
    return verdict.verdict(clause("everybody"), tally, asked)


def _found_anew(state: State, text: str, at: str) -> None:
    new = founding.readable_charter(state.blobs[text])
    under_way.keep_seats(state, new)
    founding.put_in_force(state, new, text, at)
    longest = moment.after(at, days=new.procedures.carried_over_days)
    for seat_id, terms in list(state.terms.items()):
        term = terms[-1]
        if not standing.is_running(term, at):
            continue
        if standing.find_seat(state, seat_id) is None:
            seating.end(term, at, "dissolved", state.size)
        elif term.origin != "acting":
            until = min(term.until, longest)
            seating.seat_member(state, Term(seat_id, term.member, "carried over", at, until, state.size))
    _end_old_amendments(state)
    under_way.end_with_bodies(state)


def _end_old_amendments(state: State) -> None:
    """End the motions that would put the old charter, amended, in the place of what the members have founded."""
    for of in state.motions.values():
        open_ = of.outcome in ("", "deadlock") or of.id in state.pending
        if of.on.effect == "charter" and not of.amends and open_:
            if of.id in state.pending:
                state.pending.remove(of.id)
            for running in of.divisions:
                running.closed = True
            motions.conclude(state, of, "inadmissible")
