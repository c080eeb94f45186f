"""Tokens: every issuer of a ballot has signed a voter's one-time key without seeing it.

spec/record.md, clauses R51 to R55. A token is bound to one ballot and one key; it holds only with the signatures of all
issuers, so no issuer alone can make one, and none can link it to the request that it answered.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from comitia.record import blind_rsa
from comitia.record.blind_rsa import BlindFault, Blinding, IssuerKey

BALLOT_BYTES = 32
VOTER_BYTES = 32
_TAG = b"comitia/token/v1\n"


class TokenFault(Exception):
    """A token does not admit this key to this ballot."""

    def __init__(self, reason: str, issuer: int | None = None) -> None:
        self.reason = reason
        self.issuer = issuer
        super().__init__(reason if issuer is None else f"issuer {issuer}: {reason}")


@dataclass(frozen=True)
class Asking:
    """What a voter keeps to herself from request to token.

    Args:
        ballot: the leaf hash of the act that opened the ballot.
        voter: her one-time public key (Ed25519), made for this ballot alone.
        prefix: 32 fresh random bytes.
        blindings: one for each issuer.
    """

    ballot: bytes
    voter: bytes
    prefix: bytes
    blindings: tuple[Blinding, ...]


@dataclass(frozen=True)
class Token:
    """The prefix of what was signed, and the signature of each issuer in the ballot's order."""

    prefix: bytes
    signatures: tuple[bytes, ...]


def check_issuers(issuers: Sequence[IssuerKey]) -> None:
    """Raise unless the keys of a ballot's issuers are at least one and share no prime (R52).

    Raises:
        TokenFault: no issuer, or the second of two keys with a common divisor.
    """
    if not issuers:
        raise TokenFault("a ballot has at least one issuer")
    for number, key in enumerate(issuers):
        if any(math.gcd(key.n, other.n) != 1 for other in issuers[:number]):
            raise TokenFault("its key shares a prime with the key of an issuer before it", number)


def message(ballot: bytes, voter: bytes) -> bytes:
    """Return what the issuers sign, before the prefix: a tag, the ballot's leaf hash, the one-time key (R53).

    Raises:
        TokenFault: the ballot or the key has not 32 bytes.
    """
    if len(ballot) != BALLOT_BYTES or len(voter) != VOTER_BYTES:
        raise TokenFault(f"a ballot and a one-time key have 32 bytes each, these have {len(ballot)} and {len(voter)}")
    return _TAG + ballot + voter


def request(issuers: Sequence[IssuerKey], asking: Asking) -> tuple[bytes, ...]:
    """Return the blinded message for each issuer, which the voter publishes under her own name.

    Raises:
        TokenFault: wrong lengths, not one blinding for each issuer, or a blinding that RFC 9474 refuses.
    """
    _check_count(len(asking.blindings), len(issuers), "blindings")
    prepared = _prepared(asking.ballot, asking.voter, asking.prefix)
    blinded = []
    for number, (key, blinding) in enumerate(zip(issuers, asking.blindings, strict=True)):
        try:
            blinded.append(blind_rsa.blind(key, prepared, blinding))
        except BlindFault as fault:
            raise TokenFault(fault.reason, number) from fault
    return tuple(blinded)


def finish(issuers: Sequence[IssuerKey], asking: Asking, answers: Sequence[bytes]) -> Token:
    """Return the token that the issuers' answers make.

    Raises:
        TokenFault: wrong lengths, not one answer for each issuer, or an answer that is no signature of the request.
    """
    _check_count(len(asking.blindings), len(issuers), "blindings")
    _check_count(len(answers), len(issuers), "answers")
    prepared = _prepared(asking.ballot, asking.voter, asking.prefix)
    signatures = []
    for number, (key, blinding, answer) in enumerate(zip(issuers, asking.blindings, answers, strict=True)):
        try:
            signatures.append(blind_rsa.finalize(key, prepared, answer, blinding.factor))
        except BlindFault as fault:
            raise TokenFault(fault.reason, number) from fault
    return Token(asking.prefix, tuple(signatures))


def check(issuers: Sequence[IssuerKey], token: Token, *, ballot: bytes, voter: bytes) -> None:
    """Raise unless a token admits a one-time key to a ballot: the signatures of all its issuers hold (R54).

    Raises:
        TokenFault: wrong lengths, a signature missing or too many, or one that does not hold.
    """
    _check_count(len(token.signatures), len(issuers), "signatures")
    prepared = _prepared(ballot, voter, token.prefix)
    for number, (key, signature) in enumerate(zip(issuers, token.signatures, strict=True)):
        try:
            blind_rsa.verify(key, prepared, signature)
        except BlindFault as fault:
            raise TokenFault(fault.reason, number) from fault


def _check_count(count: int, issuers: int, name: str) -> None:
    if count != issuers:
        raise TokenFault(f"here are {count} {name}, the ballot has {issuers} issuers, and each counts")


def _prepared(ballot: bytes, voter: bytes, prefix: bytes) -> bytes:
    try:
        return blind_rsa.prepare(message(ballot, voter), prefix)
    except BlindFault as fault:
        raise TokenFault(fault.reason) from fault
