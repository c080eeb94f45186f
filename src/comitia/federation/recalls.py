"""Recall: a petition by the seat's own electors, their secret vote, the vacancy.

A petition is decided under the rule that the charter had when it was opened (``RecallPetition.rule``), also where its
body is no more. A vote is on whether the holder shall go, or, where the article asks for confidence, on whether she
shall stay.
"""

from comitia.charter.structure import Recall
from comitia.decide import recall, verdict
from comitia.decide.clause import Clause, clause
from comitia.federation import acts, ballots, moment, sealing, seating, standing
from comitia.federation.founding import check_new_id
from comitia.federation.permit import check_permitted
from comitia.federation.refusal import Refused, refuse_unless
from comitia.federation.state import Ballot, RecallPetition, State


def rule_of(of: RecallPetition) -> Recall:
    """Return the rule of a petition, as the charter had it when it was opened."""
    assert of.rule is not None
    return of.rule


def petition(state: State, act: acts.RecallPetitioned) -> None:
    """An elector of the seat opens a petition against its holder."""
    seat = standing.seat(state, act.seat)
    kind = standing.body(state, seat.body).kind
    rule = kind.recall
    if rule is None:
        raise Refused(kind.article, f"the charter gives {kind.name} no recall")
    electorate = standing.electors(state, seat.constituency, act.at)
    check_permitted(state, act, electorate)
    check_new_id(act.recall, act.recall in state.recalls or act.recall in state.ballots, "a petition")
    # Only the seat's own electors, so that a majority elsewhere cannot unseat a minority's delegate.
    refuse_unless(
        act.by in electorate,
        rule.article,
        f"{act.by} is not an elector of {act.seat}; its own electors ({seat.constituency}) alone may recall its holder",
    )
    term = standing.term(state, act.seat, act.at)
    if term is None:
        raise Refused(rule.article, f"the seat {act.seat} is vacant; there is nobody to recall")
    for other in state.recalls.values():
        if other.seat == act.seat and other.member == term.member and is_open(state, other, act.at):
            raise Refused(rule.article, f"the petition {other.id} against the same holder is still open")
    made = RecallPetition(act.recall, act.seat, term.member, act.reason, act.at, electorate, state.size, rule=rule)
    made.seats = sum(s.constituency == seat.constituency for s in standing.seats(state, seat.body))
    made.signatures[act.by] = state.size
    state.recalls[act.recall] = made


def is_open(state: State, of: RecallPetition, at: str) -> bool:
    """Return whether a petition is undecided and its window not over."""
    return not of.outcome and at <= closes(state, of)


def closes(state: State, of: RecallPetition) -> str:
    """Return until when a petition may be signed."""
    return moment.after(of.at, days=rule_of(of).window_days)


def needed(state: State, of: RecallPetition) -> int:
    """Return how many signatures a petition needs."""
    return recall.petition_reached(len(of.signatures), len(of.electorate), rule_of(of).petition).needed


def _petition(state: State, name: str) -> RecallPetition:
    found = state.recalls.get(name)
    if found is None:
        raise Refused("record", f"there is no petition {name!r}")
    return found


def sign(state: State, act: acts.PetitionSigned) -> None:
    """An elector signs."""
    of = _petition(state, act.recall)
    rule = rule_of(of)
    check_permitted(state, act, of.electorate)
    refuse_unless(act.by in of.electorate, rule.article, f"{act.by} is not an elector of {of.seat}")
    refuse_unless(act.by not in of.signatures, rule.article, f"{act.by} has signed {of.id} already")
    refuse_unless(
        act.at < closes(state, of), rule.article, f"the petition {of.id} could be signed until {closes(state, of)}"
    )
    refuse_unless(not of.ballot, rule.article, f"the vote on {of.id} has been opened; signing is over")
    of.signatures[act.by] = state.size


def open_vote(state: State, act: acts.RecallOpened) -> None:
    """Enough electors have signed: they vote, in secret."""
    of = _petition(state, act.recall)
    rule = rule_of(of)
    check_permitted(state, act, of.electorate)
    reached = recall.petition_reached(len(of.signatures), len(of.electorate), rule.petition)
    refuse_unless(
        reached.reached,
        rule.article,
        f"{len(of.signatures)} of {len(of.electorate)} electors have signed; {reached.needed} are needed",
    )
    refuse_unless(not of.ballot, rule.article, f"the vote on {of.id} is open already")
    moment.check_moment(act.closes_at)
    close = moment.after(act.at, days=rule.voting_days)
    refuse_unless(act.closes_at >= close, rule.article, f"voting lasts {rule.voting_days} days, until {close} or later")
    term = standing.term(state, of.seat, act.at)
    refuse_unless(term is not None and term.member == of.member, rule.article, f"{of.member} no longer holds {of.seat}")
    seat = standing.seat(state, of.seat)
    of.ballot = of.id
    state.ballots[of.id] = Ballot(
        of.id,
        "recall",
        seat.body,
        seat.constituency,
        of.electorate,
        act.at,
        act.closes_at,
        "",
        state.size,
        sealed=sealing.begin(state, "recall"),
    )


def publish(state: State, act: acts.BallotsPublished, of: Ballot, choices: ballots.Choices) -> None:
    """Decide the recall; where she is recalled, the seat is vacant from this moment."""
    made = state.recalls[of.id]
    found = _verdict(state, made, ballots.tally(choices))
    ballots.note_published(state, of, act)
    made.outcome, made.verdict = "carried" if found.carried else "lost", verdict.alone(found)
    term = standing.term(state, made.seat, act.at)
    if found.carried and term is not None and term.member == made.member:
        seating.end(term, act.at, "recalled", state.size)


def _verdict(state: State, of: RecallPetition, votes: tuple[int, int, int]) -> verdict.Verdict:
    """Return the verdict on votes for, against and abstaining; carried says that she is recalled.

    For is for the recall; where the question is one of confidence, for is for her to stay.
    """
    rule, electors, seat = rule_of(of), len(of.electorate), _named(state, of)
    for_, against, abstaining = votes
    # For and against are the other way about: who votes for her to stay votes against her recall.
    turned = rule.question == "confidence" and rule.by == "own_quota"
    sides = (against, for_) if turned else (for_, against)
    tally = verdict.Tally(electors, 0, electors, *sides, abstaining)
    if rule.by == "own_quota":
        return recall.own_quota_verdict(seat, tally, _as_rule(rule), seats=of.seats)
    asked = recall.recall_verdict if rule.question == "recall" else recall.confidence_verdict
    return asked(seat, tally, _as_rule(rule))


def _named(state: State, of: RecallPetition) -> Clause:
    """Return the seat by the names of its body and of whoever fills it; by their ids where they are no more."""
    ballot = state.ballots[of.ballot]
    place, _, number = of.seat.partition(":")[2].rpartition(":")
    body, group = (standing.find_body(state, name) for name in (ballot.body, ballot.constituency))
    said = body.name if body else ballot.body
    if not place:
        return clause("seat", body=said, number=number)
    return clause("seat_for", body=said, group=group.name if group else ballot.constituency, number=number)


def _as_rule(rule: Recall) -> verdict.Rule:
    return verdict.Rule(
        article=rule.article,
        base=rule.base,
        threshold=rule.threshold,
        strict=rule.strict,
        quorum=rule.quorum,
        quorum_base="members",
        abstentions="counted",
        # Asked for confidence, an equal vote does not protect her.
        tie="fails" if rule.tie_protects or rule.question == "confidence" else "carries",
        silence="absent",
        against_counts=True,
        abstaining_counts=True,
    )
