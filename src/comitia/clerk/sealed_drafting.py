"""Acts of a ballot by tokens and seals, made from the public state and from what a voter or an office keeps to itself.

Nothing here needs the clerk's store: a voter makes her acts from an exported record, on her own machine, and hands in
what comes of it. Moments are empty: the clerk stamps them. Whether an act is lawful the rule book says.
"""

import hashlib
from collections.abc import Sequence

from comitia.federation import acts, sealing, standing
from comitia.federation.state import Ballot, State
from comitia.record import blind_rsa, casts, hpke_seal, strict_base64, wallet
from comitia.record.blind_rsa import IssuingKey
from comitia.record.promise import Promise
from comitia.record.sealed_ballot import Cast, Void
from comitia.record.token import Token
from comitia.record.wallet import Wallet

_text = strict_base64.encode


class NotYet(Exception):
    """A step of a sealed ballot waits for another; says which, and on whom."""


def body_for(state: State, of: Ballot, role: str, by: str, at: str) -> str:
    """Return the body for which a member can be an issuer, a teller or the keeper of a box; the first one that is free.

    Raises:
        NotYet: she sits in none.
    """
    to = sealing.sealed(of)
    kinds = {
        "issuer": to.rule.issuers,
        "teller": to.rule.tellers,
        "box": standing.charter(state).permissions["casts_published"].by,
    }[role]
    taken = {"issuer": {b for b, _ in to.issuers.values()}, "teller": {b for b, _ in to.tellers.values()}}.get(
        role, set(to.boxes)
    )
    hers = [body for body in standing.bodies_of(state, by, at) if body.partition("/")[0] in kinds]
    if not hers:
        raise NotYet(f"{by} sits in no body that is {'an' if role[0] == 'i' else 'a'} {role}: {', '.join(kinds)}")
    return next((body for body in hers if body not in taken), hers[0])


def issuer_key(of: Ballot, by: str, body: str, key: IssuingKey) -> acts.BallotKeyGiven:
    """Return the act by which an issuer gives the public half of its key."""
    public = _text(blind_rsa.format_key(blind_rsa.issuer_key(key)))
    return acts.BallotKeyGiven(at="", by=by, body=body, ballot=of.id, role="issuer", key=public)


def teller_key(of: Ballot, by: str, body: str, private: bytes) -> acts.BallotKeyGiven:
    """Return the act by which a teller gives the public half of her key."""
    public = _text(hpke_seal.public_key(private))
    return acts.BallotKeyGiven(at="", by=by, body=body, ballot=of.id, role="teller", key=public)


def fixing(of: Ballot, by: str) -> acts.BallotSealed:
    """Return the act that fixes the keys that were given."""
    to = sealing.sealed(of)
    return acts.BallotSealed(
        at="",
        by=by,
        ballot=of.id,
        issuers=tuple(to.issuers[kind][1] for kind in to.rule.issuers if kind in to.issuers),
        tellers=tuple(key for _, key in to.tellers.values()),
    )


def request(of: Ballot, by: str, hers: Wallet) -> acts.TokenRequested:
    """Return the act by which a voter asks every issuer for a blind signature."""
    blinded = wallet.request(hers, sealing.course(of).ballot)
    return acts.TokenRequested(at="", by=by, ballot=of.id, blinded=tuple(map(_text, blinded)))


def answering(of: Ballot, by: str, body: str, key: IssuingKey) -> list[acts.TokenIssued]:
    """Return the acts by which an issuer answers every request that waits for it.

    Raises:
        NotYet: the body is no issuer of this ballot.
        BlindFault: a request is not one below the modulus.
    """
    on, to = sealing.course(of), sealing.sealed(of)
    bodies = [to.issuers[kind][0] for kind in to.rule.issuers]
    if body not in bodies:
        raise NotYet(f"{body} is no issuer of {of.id}; these are {', '.join(bodies)}")
    place = bodies.index(body)
    return [
        acts.TokenIssued(
            at="",
            by=by,
            body=body,
            ballot=of.id,
            member=asked.by,
            signature=_text(wallet.answer(key, asked.blinded[place])),
        )
        for number, asked in enumerate(on.requests)
        if number not in on.answered[place]
    ]


def answers(of: Ballot, member: str) -> list[bytes]:
    """Return what the issuers answered a voter, in the ballot's order.

    Raises:
        NotYet: she has not asked, or an issuer has not answered yet.
    """
    on, to = sealing.course(of), sealing.sealed(of)
    if member not in on.asked:
        raise NotYet(f"{member} has asked for no token of {of.id}; comitia ballot ask does it")
    at = on.asked[member]
    owing = [to.issuers[kind][0] for kind, done in zip(to.rule.issuers, on.answered, strict=True) if at not in done]
    if owing:
        raise NotYet(f"these have not answered {member} yet: {', '.join(owing)}; that they owe it is on the record")
    return [done[at] for done in on.answered]


def fresh(of: Ballot, lines: Sequence[bytes]) -> list[bytes]:
    """Return the lines of a box that the record has not: none twice, none whose key was made void."""
    on = sealing.course(of)
    found: dict[tuple[bytes, int], bytes] = {}
    for line in lines:
        cast = casts.cast_of(line)
        place = (cast.voter, cast.revision)
        if place not in on.revisions and cast.voter not in on.voids:
            found.setdefault(place, line)
    return list(found.values())


def batch(of: Ballot, by: str, body: str, lines: Sequence[bytes]) -> tuple[acts.CastsPublished, bytes]:
    """Return the act that publishes lines of casts, and the blob that it names."""
    blob = casts.blob(lines)
    name = hashlib.sha256(blob).hexdigest()
    return acts.CastsPublished(at="", by=by, body=body, ballot=of.id, casts=name, number=len(lines)), blob


def voiding(of: Ballot, by: str, body: str, void: Void) -> acts.TokenVoided:
    """Return the act by which somebody publishes a void for a voter who is not named."""
    return acts.TokenVoided(
        at="",
        by=by,
        body=body,
        ballot=of.id,
        voter=_text(void.voter),
        prefix=_text(void.token.prefix),
        signatures=tuple(map(_text, void.token.signatures)),
        signature=_text(void.signature),
    )


def void_of(act: acts.TokenVoided) -> Void:
    """Return the void of an act.

    Raises:
        NotBase64: a field is not base64 text.
    """
    raw = strict_base64.decode
    token = Token(raw(act.prefix), tuple(map(raw, act.signatures)))
    return Void(raw(act.voter), token, raw(act.signature))


def revealing(of: Ballot, by: str, private: bytes) -> acts.TellerKeyRevealed:
    """Return the act by which a teller publishes her private key.

    Raises:
        NotYet: she is no teller of this ballot.
    """
    tellers = sealing.sealed(of).tellers
    if by not in tellers:
        raise NotYet(f"{by} is no teller of {of.id}; these are {', '.join(tellers) or 'nobody yet'}")
    return acts.TellerKeyRevealed(at="", by=by, body=tellers[by][0], ballot=of.id, key=_text(private))


def cast_on_record(of: Ballot, voter: bytes) -> Cast | None:
    """Return the cast of a one-time key that counts so far; None where the record has none."""
    on = sealing.course(of)
    return on.casts[on.last[voter]] if voter in on.last else None


def keeper(of: Ballot, promise: Promise) -> str | None:
    """Return whose box gave a promise: the body, or the clerk; None where no box of the ballot has that key."""
    key = _text(promise.box)
    return next((name for name, given in sealing.sealed(of).boxes.items() if given == key), None)


def is_kept(of: Ballot, promise: Promise) -> bool:
    """Return whether what a box promised stands on the record."""
    return any(hashlib.sha256(casts.line_of(cast)).digest() == promise.cast for cast in sealing.course(of).casts)
