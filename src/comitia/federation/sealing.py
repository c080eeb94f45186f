"""Secret ballots by tokens and seals: keys, requests, answers, casts, reveals, and what they give.

spec/record.md, R51 to R86. Which ballots are held so, who issues and who tells is in the charter, under
``[sealed_ballots]``; the arithmetic is ``record.sealed_ballot``. No act of these links a member to what she cast.
"""

import json
from typing import Literal

from comitia.federation import acts, ballots, moment, standing
from comitia.federation.permit import check_permitted
from comitia.federation.refusal import Refused, refuse_unless
from comitia.federation.state import Ballot, Sealed, State
from comitia.record import blind_rsa, casts, ed25519, hpke_seal, merkle, sealed_ballot, strict_base64
from comitia.record.blind_rsa import BlindFault, IssuerKey
from comitia.record.casts import CastsFault
from comitia.record.hpke_seal import HpkeFault
from comitia.record.seal import SealFault, Terms
from comitia.record.sealed_ballot import Cheat, Course, Issue, Request, TooFewTellers, Void
from comitia.record.strict_base64 import NotBase64
from comitia.record.token import Token, TokenFault

_Purpose = Literal["election", "recall", "motion", "alternatives", "refounding"]


def begin(state: State, purpose: _Purpose) -> Sealed | None:
    """Return the seals of a ballot that is opened now; None where the charter has it taken in the interim form."""
    rule = standing.charter(state).sealed
    named = "motion" if purpose == "alternatives" else purpose
    return Sealed(rule) if rule is not None and named in rule.ballots else None


def sealed(of: Ballot) -> Sealed:
    """Return the seals of a ballot.

    Raises:
        Refused: it has none.
    """
    if of.sealed is None:
        raise Refused("record", f"the choices of {of.id} are not sealed; whoever votes in it does vote_taken")
    return of.sealed


def course(of: Ballot) -> Course:
    """Return the course of a sealed ballot whose keys are fixed.

    Raises:
        Refused: it is not sealed, or its keys are still to come.
    """
    found = sealed(of)
    if found.course is None:
        raise Refused(found.rule.article, f"the keys of {of.id} are not fixed yet (ballot_sealed)")
    return found.course


def requests_until(of: Ballot) -> str:
    """Return the moment at which the asking for tokens ends."""
    whole = sealed(of).rule.requests == "whole"
    return of.closes_at if whole else moment.half_way(of.opens_at, of.closes_at)


def casts_from(of: Ballot) -> str:
    """Return the moment from which casts are published."""
    whole = sealed(of).rule.requests == "whole"
    return of.opens_at if whole else moment.half_way(of.opens_at, of.closes_at)


def give_key(state: State, act: acts.BallotKeyGiven) -> None:
    """Take the key of an issuer, of a teller or of a box."""
    of = ballots.ballot(state, act.ballot)
    to = sealed(of)
    rule = to.rule
    check_permitted(state, act)
    refuse_unless(act.at < of.closes_at, rule.article, f"{of.id} closed at {of.closes_at}")
    if act.role == "box":
        _give_box_key(state, act, to)
        return
    refuse_unless(to.course is None, rule.article, f"the keys of {of.id} were fixed in act {to.act}")
    refuse_unless(
        standing.find_body(state, act.body) is not None and standing.sits_in(state, act.by, act.body, act.at),
        rule.article,
        f"{act.by} does not sit in {act.body or 'any body that the act names'}",
    )
    kind = standing.body(state, act.body).kind.id
    kinds = rule.issuers if act.role == "issuer" else rule.tellers
    refuse_unless(kind in kinds, rule.article, f"{act.body} is no {act.role}; these are: {', '.join(kinds)}")
    _check_fresh(state, act.key, rule.article)
    if act.role == "issuer":
        refuse_unless(kind not in to.issuers, rule.article, f"{act.body} has given its key")
        _issuer_key(act.key, rule.article)
        to.issuers[kind] = (act.body, act.key)
        return
    refuse_unless(len(to.tellers) < rule.number, rule.article, f"{of.id} has its {rule.number} tellers")
    refuse_unless(
        act.by not in to.tellers and act.body not in {body for body, _ in to.tellers.values()},
        rule.article,
        f"a teller of {act.body} has given her key; no two tellers come from one body, nor is one a teller twice",
    )
    try:
        hpke_seal.check_public_key(_raw(act.key, rule.article))
    except HpkeFault as fault:
        raise Refused(rule.article, f"the key of a teller: {fault.reason}") from None
    to.tellers[act.by] = (act.body, act.key)


def _give_box_key(state: State, act: acts.BallotKeyGiven, to: Sealed) -> None:
    """Take the key of a box: whoever may publish casts may have one (R84)."""
    article = to.rule.article
    check_permitted(
        state, acts.CastsPublished(at=act.at, by=act.by, body=act.body, ballot=act.ballot, casts="", number=0)
    )
    keeper = act.body or act.by
    refuse_unless(keeper not in to.boxes, article, f"the box of {keeper} has its key")
    _check_fresh(state, act.key, article)
    try:
        ed25519.check_key(_raw(act.key, article))
    except ed25519.BadSignature as fault:
        raise Refused(article, f"the key of a box: {fault.reason}") from None
    to.boxes[keeper] = act.key


def _check_fresh(state: State, key: str, article: str) -> None:
    for other in state.ballots.values():
        if other.sealed is not None:
            given = {text for _, text in (*other.sealed.issuers.values(), *other.sealed.tellers.values())}
            refuse_unless(
                key not in given | set(other.sealed.boxes.values()),
                article,
                f"this key was given for {other.id}; make a new one",
            )


def _raw(text: str, article: str) -> bytes:
    try:
        return strict_base64.decode(text)
    except NotBase64 as fault:
        raise Refused(article, str(fault)) from None


def _issuer_key(text: str, article: str) -> IssuerKey:
    try:
        return blind_rsa.parse_key(_raw(text, article))
    except BlindFault as fault:
        raise Refused(article, f"the key of an issuer: {fault.reason}") from None


def fix_keys(state: State, act: acts.BallotSealed) -> None:
    """Fix the keys of a ballot, once they are complete."""
    of = ballots.ballot(state, act.ballot)
    to = sealed(of)
    rule = to.rule
    check_permitted(state, act, of.electorate)
    refuse_unless(to.course is None, rule.article, f"the keys of {of.id} were fixed in act {to.act}")
    refuse_unless(act.at < of.closes_at, rule.article, f"{of.id} closed at {of.closes_at}")
    waiting = [kind for kind in rule.issuers if kind not in to.issuers]
    refuse_unless(
        not waiting and len(to.tellers) == rule.number,
        rule.article,
        f"keys are missing: of issuers {', '.join(waiting) or 'none'}, of tellers {rule.number - len(to.tellers)}",
    )
    issuers = tuple(to.issuers[kind][1] for kind in rule.issuers)
    tellers = tuple(key for _, key in to.tellers.values())
    refuse_unless(
        (act.issuers, act.tellers) == (issuers, tellers),
        rule.article,
        "the act says other keys than were given, issuers in the charter's order and tellers in that of giving",
    )
    try:
        terms = Terms(tuple(_raw(key, rule.article) for key in tellers), rule.needed, rule.length)
        # R75: what everything of the ballot is bound to is the leaf of this act.
        bound = merkle.leaf_hash(acts.encode(act))
        keys = tuple(_issuer_key(key, rule.article) for key in issuers)
        to.course = Course(sealed_ballot.Ballot(bound, keys, terms))
    except (SealFault, TokenFault) as fault:
        raise Refused(rule.article, f"these keys cannot hold a ballot: {fault}") from None
    to.act = state.size


def request(state: State, act: acts.TokenRequested) -> None:
    """Take an elector's request for a token."""
    of = ballots.ballot(state, act.ballot)
    on = course(of)
    rule = sealed(of).rule
    check_permitted(state, act, of.electorate)
    until = requests_until(of)
    # R76
    refuse_unless(
        of.opens_at <= act.at < until, rule.article, f"tokens of {of.id} are asked for from {of.opens_at} to {until}"
    )
    refuse_unless(act.by in of.electorate, rule.article, f"{act.by} is not among the electors of {of.id}")
    refuse_unless(
        act.by not in of.voted, rule.article, f"{act.by} has voted on paper in {of.id} (act {of.voted.get(act.by)})"
    )
    blinded = tuple(_raw(text, rule.article) for text in act.blinded)
    try:
        on.ask(Request(act.by, blinded))
    except Cheat as cheat:
        raise Refused(rule.article, cheat.reason) from None


def issue(state: State, act: acts.TokenIssued) -> None:
    """Take an issuer's answer to a request."""
    of = ballots.ballot(state, act.ballot)
    on, to = course(of), sealed(of)
    article = to.rule.article
    check_permitted(state, act)
    bodies = [to.issuers[kind][0] for kind in to.rule.issuers]
    refuse_unless(act.body in bodies, article, f"{act.body or 'nobody'} is no issuer of {of.id}: {', '.join(bodies)}")
    refuse_unless(standing.sits_in(state, act.by, act.body, act.at), article, f"{act.by} does not sit in {act.body}")
    refuse_unless(act.at < of.closes_at, article, f"{of.id} closed at {of.closes_at}; a token of now casts nothing")
    refuse_unless(act.member in on.asked, article, f"{act.member} has asked for no token of {of.id}")
    answer = Issue(bodies.index(act.body), on.asked[act.member], _raw(act.signature, article))
    try:
        on.issue(answer)
    except Cheat as cheat:
        raise Refused(article, cheat.reason) from None


def publish_casts(state: State, act: acts.CastsPublished) -> None:
    """Take a batch of sealed ballots from a box, whole or not at all."""
    of = ballots.ballot(state, act.ballot)
    on = course(of)
    article = sealed(of).rule.article
    check_permitted(state, act)
    start = casts_from(of)
    # R77
    refuse_unless(
        start <= act.at < of.closes_at, article, f"ballots of {of.id} are published from {start} to {of.closes_at}"
    )
    text = state.blobs.get(act.casts)
    if text is None:
        raise Refused("record", f"the casts are missing: no blob {act.casts}")
    try:
        batch = casts.read(text)
        refuse_unless(
            0 < len(batch) == act.number, article, f"the blob holds {len(batch)} casts, the act says {act.number}"
        )
        on.cast(batch)
    except CastsFault as fault:
        raise Refused(article, str(fault)) from None
    except Cheat as cheat:
        raise Refused(article, f"cast {cheat.at - len(on.casts) + 1} of the blob: {cheat.reason}") from None


def void(state: State, act: acts.TokenVoided) -> None:
    """Take the voiding of a token with which nothing was cast."""
    of = ballots.ballot(state, act.ballot)
    on = course(of)
    article = sealed(of).rule.article
    check_permitted(state, act, of.electorate)
    _check_counting(of, act.at)
    token = Token(_raw(act.prefix, article), tuple(_raw(text, article) for text in act.signatures))
    try:
        on.void(Void(_raw(act.voter, article), token, _raw(act.signature, article)))
    except Cheat as cheat:
        raise Refused(article, cheat.reason) from None


def _check_counting(of: Ballot, at: str) -> None:
    article = sealed(of).rule.article
    refuse_unless(at >= of.closes_at, article, f"{of.id} is open until {of.closes_at}; keys and voids come after")
    refuse_unless(not of.published, article, f"the choices of {of.id} were published in act {of.published_act}")


def reveal(state: State, act: acts.TellerKeyRevealed) -> None:
    """Take the private key of a teller."""
    of = ballots.ballot(state, act.ballot)
    on, to = course(of), sealed(of)
    article = to.rule.article
    check_permitted(state, act)
    _check_counting(of, act.at)
    refuse_unless(act.by in to.tellers, article, f"{act.by} is no teller of {of.id}: {', '.join(to.tellers)}")
    try:
        on.reveal(list(to.tellers).index(act.by) + 1, _raw(act.key, article))
    except Cheat as cheat:
        raise Refused(article, cheat.reason) from None


def repeat(state: State, act: acts.BallotRepeated) -> None:
    """Hold a sealed ballot again that could not be opened: new keys and tokens, the same electors; papers stay."""
    of = ballots.ballot(state, act.ballot)
    to = sealed(of)
    article = to.rule.article
    check_permitted(state, act, of.electorate)
    moment.check_moment(act.closes_at)
    again = moment.after(of.closes_at, days=to.rule.repeat_days)
    # R82
    refuse_unless(not of.published, article, f"the choices of {of.id} were published in act {of.published_act}")
    refuse_unless(act.at >= again, article, f"{of.id} may be held again from {again}, if it cannot be opened before")
    refuse_unless(
        to.course is None or len(to.course.revealed) < to.rule.needed,
        article,
        f"enough tellers have revealed their keys of {of.id}; its choices are to be published",
    )
    least = moment.later(act.at, of.opens_at, of.closes_at)
    refuse_unless(act.closes_at >= least, article, f"it lasts as long as before, until {least} or later")
    of.opens_at, of.closes_at = act.at, act.closes_at
    of.sealed = Sealed(to.rule, tries=to.tries + 1)


def choices(state: State, of: Ballot) -> tuple[list[bytes], int]:
    """Return the lawful choices of a sealed ballot as lines, and how many ballots are spoilt.

    Raises:
        Refused: its keys were never fixed, or too few tellers have revealed theirs.
    """
    on, to = course(of), sealed(of)
    try:
        found = on.outcome()
    except TooFewTellers as few:
        missing = [list(to.tellers)[number - 1] for number in few.missing]
        raise Refused(
            to.rule.article,
            f"{few.needed} tellers of {of.id} must reveal their keys; these have not: {', '.join(missing)}",
        ) from None
    paper = ballots.paper(state, of)
    # R80: another writing of the same choice would mark whose it is.
    lawful = [line for line in found.choices if _is_lawful(paper, line)]
    return lawful, len(found.choices) - len(lawful) + len(found.spoilt)


def _is_lawful(paper: ballots.Paper, line: bytes) -> bool:
    try:
        choice = json.loads(line)
        ballots.check_paper(paper, choice)
    except (ValueError, RecursionError, Refused):
        return False
    return ballots.line_of(choice) == line
