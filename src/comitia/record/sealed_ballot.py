"""The arithmetic of one ballot by tokens and seals: from what the record shows to the choices, or the first cheat.

spec/record.md, clauses R65 to R74. Everything here can be done by anyone from the record alone. Who may vote, when a
window opens and which tellers and issuers a ballot must have is no matter of this module.
"""

import contextlib
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from comitia.record import blind_rsa, ed25519, seal, token
from comitia.record.blind_rsa import BlindFault, IssuerKey
from comitia.record.ed25519 import BadSignature
from comitia.record.seal import SealFault, Terms
from comitia.record.token import Token, TokenFault

LAST_REVISION = 2**32 - 1
_CAST = b"comitia/cast/v1\n"
_VOID = b"comitia/void/v1\n"

Step = Literal["request", "issue", "cast", "void", "reveal"]


class Cheat(Exception):
    """Something on the record of a ballot that must not be there: the first such thing, and where it stands."""

    def __init__(self, step: Step, at: int, reason: str) -> None:
        self.step = step
        self.at = at
        self.reason = reason
        super().__init__(f"{step} {at} of the ballot: {reason}")


class TooFewTellers(Exception):
    """The ballot cannot be opened and must be held again; the tellers who did not reveal are known (R72)."""

    def __init__(self, missing: tuple[int, ...], needed: int) -> None:
        self.missing = missing
        self.needed = needed
        super().__init__(f"{needed} tellers must reveal their keys; these have not: {', '.join(map(str, missing))}")


@dataclass(frozen=True)
class Ballot:
    """A ballot as its opening act fixes it: its leaf hash, the issuers' keys, the terms of its seals.

    Raises:
        TokenFault: the leaf hash has not 32 bytes, or the issuers' keys do not go together.
    """

    leaf_hash: bytes
    issuers: tuple[IssuerKey, ...]
    terms: Terms

    def __post_init__(self) -> None:
        token.message(self.leaf_hash, bytes(token.VOTER_BYTES))
        token.check_issuers(self.issuers)


@dataclass(frozen=True)
class Request:
    """Who asks for a token, under her own number, and one blinded message for each issuer."""

    by: str
    blinded: tuple[bytes, ...]


@dataclass(frozen=True)
class Issue:
    """An issuer's answer, both counted from 0, to a request."""

    issuer: int
    request: int
    blind_signature: bytes


@dataclass(frozen=True)
class Cast:
    """A sealed ballot under a one-time key; of those of one key the highest revision counts."""

    voter: bytes
    token: Token
    revision: int
    sealed: bytes
    signature: bytes


@dataclass(frozen=True)
class Void:
    """The holder of a token who has cast nothing makes it void after the close."""

    voter: bytes
    token: Token
    signature: bytes


@dataclass(frozen=True)
class Shown:
    """What the record of one ballot shows after the close, each list in its order; keys by the teller's number."""

    requests: Sequence[Request]
    issues: Sequence[Issue]
    casts: Sequence[Cast]
    voids: Sequence[Void]
    revealed: Mapping[int, bytes]


@dataclass(frozen=True)
class Outcome:
    """What a ballot gives.

    Args:
        choices: the choices that opened, sorted by their bytes.
        spoilt: index of each last revision whose seal opens for nobody.
        issued: how many requests each issuer answered.
        unanswered: (request, issuer) of each answer that an issuer owes.
        voided: how many tokens were made void.
        missing: numbers of the tellers who did not reveal.
    """

    choices: tuple[bytes, ...]
    spoilt: tuple[int, ...]
    issued: tuple[int, ...]
    unanswered: tuple[tuple[int, int], ...]
    voided: int
    missing: tuple[int, ...]


def cast_bytes(ballot: Ballot, cast: Cast) -> bytes:
    """Return what the one-time key signs of a cast; its signature does not matter (R67).

    Raises:
        TokenFault: the revision is not from 0 to 2^32 - 1.
    """
    if not 0 <= cast.revision <= LAST_REVISION:
        raise TokenFault(f"a revision is a number from 0 to {LAST_REVISION}, not {cast.revision}")
    hashed = hashlib.sha256(cast.sealed).digest()
    return _CAST + ballot.leaf_hash + cast.voter + cast.revision.to_bytes(4, "big") + hashed + _token_hash(cast.token)


def void_bytes(ballot: Ballot, void: Void) -> bytes:
    """Return what the one-time key signs of a voiding; its signature does not matter (R70)."""
    return _VOID + ballot.leaf_hash + void.voter + _token_hash(void.token)


def signed_cast(ballot: Ballot, cast: Cast, seed: bytes) -> Cast:
    """Return a cast with the signature of its one-time key, whose seed has 32 bytes.

    Raises:
        TokenFault: the revision is not from 0 to 2^32 - 1.
    """
    return replace(cast, signature=ed25519.sign(seed, cast_bytes(ballot, cast)))


def signed_void(ballot: Ballot, void: Void, seed: bytes) -> Void:
    """Return a voiding with the signature of its one-time key, whose seed has 32 bytes."""
    return replace(void, signature=ed25519.sign(seed, void_bytes(ballot, void)))


def check_cast(ballot: Ballot, cast: Cast) -> None:
    """Raise unless a cast may stand on the record: all tokens, the seal's length, the signature (R66, R67).

    Raises:
        TokenFault: a token does not hold, or the revision is no number of a revision.
        SealFault: the seal has another length.
        BadSignature: the one-time key did not sign it.
    """
    token.check(ballot.issuers, cast.token, ballot=ballot.leaf_hash, voter=cast.voter)
    seal.check_length(cast.sealed, ballot.terms)
    ed25519.check(cast.voter, cast.signature, cast_bytes(ballot, cast))


def check_void(ballot: Ballot, void: Void) -> None:
    """Raise unless the holder of a whole token makes it void (R70).

    Raises:
        TokenFault: a token does not hold.
        BadSignature: the one-time key did not sign it.
    """
    token.check(ballot.issuers, void.token, ballot=ballot.leaf_hash, voter=void.voter)
    ed25519.check(void.voter, void.signature, void_bytes(ballot, void))


def outcome(ballot: Ballot, shown: Shown) -> Outcome:
    """Return what a ballot gives, every line of its record checked.

    Raises:
        Cheat: the first line that must not be there, in the order requests, issues, casts, voids, reveals.
        TooFewTellers: nothing is wrong, but it cannot be opened.
    """
    answered = _answered(ballot, shown)
    issued = tuple(len(each) for each in answered)
    last = _last_casts(ballot, shown.casts, issued)
    _check_voids(ballot, shown.voids, last, issued)
    missing = _missing(ballot, shown.revealed)
    choices, spoilt = [], []
    for at in sorted(last.values()):
        cast = shown.casts[at]
        try:
            choices.append(_opened(ballot, cast, shown.revealed))
        except SealFault:
            spoilt.append(at)
    owed = [
        (request, issuer)
        for request in range(len(shown.requests))
        for issuer, done in enumerate(answered)
        if request not in done
    ]
    return Outcome(tuple(sorted(choices)), tuple(spoilt), issued, tuple(owed), len(shown.voids), missing)


def _opened(ballot: Ballot, cast: Cast, keys: Mapping[int, bytes]) -> bytes:
    return seal.open(cast.sealed, ballot.terms, ballot=ballot.leaf_hash, voter=cast.voter, keys=keys)


def _answered(ballot: Ballot, shown: Shown) -> list[set[int]]:
    """Return for each issuer the requests that it answered, every request and answer checked (R65, R66)."""
    asked: set[str] = set()
    for at, request in enumerate(shown.requests):
        if request.by in asked:
            raise Cheat("request", at, f"{request.by} has asked before, and each asks once")
        asked.add(request.by)
        if [len(each) for each in request.blinded] != [key.size for key in ballot.issuers]:
            raise Cheat("request", at, "it has not one blinded message for each issuer, as long as the issuer's key")
    answered: list[set[int]] = [set() for _ in ballot.issuers]
    for at, issue in enumerate(shown.issues):
        if not 0 <= issue.issuer < len(ballot.issuers) or not 0 <= issue.request < len(shown.requests):
            raise Cheat("issue", at, f"there is no issuer {issue.issuer} or no request {issue.request}")
        if issue.request in answered[issue.issuer]:
            raise Cheat("issue", at, f"issuer {issue.issuer} has answered request {issue.request} before")
        blinded = shown.requests[issue.request].blinded[issue.issuer]
        with _named("issue", at):
            blind_rsa.check_blind_signature(ballot.issuers[issue.issuer], issue.blind_signature, blinded)
        answered[issue.issuer].add(issue.request)
    return answered


def _last_casts(ballot: Ballot, casts: Sequence[Cast], issued: Sequence[int]) -> dict[bytes, int]:
    """Return the index of the last revision by one-time key, every cast checked (R67 to R69, R71)."""
    last: dict[bytes, int] = {}
    seen: set[tuple[bytes, int]] = set()
    for at, cast in enumerate(casts):
        with _named("cast", at):
            check_cast(ballot, cast)
        if (cast.voter, cast.revision) in seen:
            raise Cheat("cast", at, f"this key has cast revision {cast.revision} before")
        seen.add((cast.voter, cast.revision))
        if cast.voter not in last:
            _check_issued("cast", at, len(last) + 1, issued)
        if cast.voter not in last or cast.revision > casts[last[cast.voter]].revision:
            last[cast.voter] = at
    return last


def _check_voids(ballot: Ballot, voids: Sequence[Void], last: Mapping[bytes, int], issued: Sequence[int]) -> None:
    seen: set[bytes] = set()
    for at, void in enumerate(voids):
        with _named("void", at):
            check_void(ballot, void)
        if void.voter in last:
            raise Cheat("void", at, f"this key has cast a ballot (cast {last[void.voter]})")
        if void.voter in seen:
            raise Cheat("void", at, "this key has made its token void before")
        seen.add(void.voter)
        _check_issued("void", at, len(last) + len(seen), issued)


def _check_issued(step: Step, at: int, tokens: int, issued: Sequence[int]) -> None:
    # R71: whoever signs more tokens than it answered requests has signed one behind the record's back.
    for issuer, count in enumerate(issued):
        if tokens > count:
            raise Cheat(
                step, at, f"it is token {tokens}, and issuer {issuer} has answered {count} requests on the record"
            )


def _missing(ballot: Ballot, revealed: Mapping[int, bytes]) -> tuple[int, ...]:
    for number, private in sorted(revealed.items()):
        with _named("reveal", number):
            seal.check_revealed(ballot.terms, number, private)
    missing = tuple(each for each in range(1, len(ballot.terms.tellers) + 1) if each not in revealed)
    if len(revealed) < ballot.terms.needed:
        raise TooFewTellers(missing, ballot.terms.needed)
    return missing


@contextlib.contextmanager
def _named(step: Step, at: int) -> Iterator[None]:
    try:
        yield
    except (BlindFault, TokenFault, SealFault, BadSignature) as fault:
        raise Cheat(step, at, str(fault)) from fault


def _token_hash(whole: Token) -> bytes:
    return hashlib.sha256(whole.prefix + b"".join(whole.signatures)).digest()
