"""A small ballot by tokens and seals, the same each time: two issuers, three tellers of whom two open.

What must be random in use is stretched here from labels. Used by ``make_vectors.py`` and by the tests.
"""

import functools
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from comitia.record import blind_rsa, ed25519, hpke_seal, merkle, seal, sealed_ballot, token
from comitia.record.blind_rsa import Blinding, IssuingKey
from comitia.record.seal import Terms
from comitia.record.sealed_ballot import Ballot, Cast, Issue, Request, Shown, Void
from comitia.record.token import Asking, Token


def drawn(label: str, count: int) -> bytes:
    """Return bytes that stand for random ones."""
    return hashlib.shake_256(label.encode()).digest(count)


def prime(label: str, offset: int) -> int:
    """Return the prime of 1024 bits that lies so far behind the number that a label gives."""
    return (int.from_bytes(drawn(label, 128), "big") | 3 << 1022 | 1) + offset


ISSUING = (
    IssuingKey(prime("mill p", 778), prime("mill q", 824)),
    IssuingKey(prime("union p", 82), prime("union q", 710)),
)
TELLERS = {number: hpke_seal.derive_private_key(drawn(f"teller {number}", 32)) for number in (1, 2, 3)}
TERMS = Terms(tuple(hpke_seal.public_key(private) for private in TELLERS.values()), 2, 16)
BALLOT = Ballot(merkle.leaf_hash(b"a ballot is opened"), tuple(map(blind_rsa.issuer_key, ISSUING)), TERMS)


@dataclass(frozen=True)
class Voter:
    """An elector's secrets of one ballot."""

    name: str
    seed: bytes
    asking: Asking


def voter(name: str) -> Voter:
    """Return an elector's secrets, drawn from her name."""
    seed = drawn(f"{name} key", 32)
    blindings = tuple(
        Blinding(
            drawn(f"{name} salt {at}", 48), 1 + int.from_bytes(drawn(f"{name} factor {at}", 272), "big") % (key.n - 1)
        )
        for at, key in enumerate(BALLOT.issuers)
    )
    return Voter(name, seed, Asking(BALLOT.leaf_hash, ed25519.public_key(seed), drawn(f"{name} prefix", 32), blindings))


def request(name: str) -> Request:
    """Return an elector's request."""
    return Request(name, token.request(BALLOT.issuers, voter(name).asking))


@functools.cache
def answers(name: str) -> tuple[bytes, ...]:
    """Return what the issuers answer to an elector's request."""
    blinded = request(name).blinded
    return tuple(blind_rsa.blind_sign(key, each, drawn("mask", 32)) for key, each in zip(ISSUING, blinded, strict=True))


def whole_token(name: str) -> Token:
    """Return the token of an elector whom all issuers answered, on the record or not."""
    return token.finish(BALLOT.issuers, voter(name).asking, answers(name))


def sealed(name: str, choice: bytes, revision: int = 1) -> bytes:
    """Return a choice sealed for an elector's one-time key."""
    key = drawn(f"{name} seal {revision} {choice!r}", 32)
    return seal.seal(choice, TERMS, ballot=BALLOT.leaf_hash, voter=voter(name).asking.voter, key=key)


def cast(name: str, choice: bytes, revision: int = 1) -> Cast:
    """Return the ballot that an elector casts."""
    return cast_sealed(name, sealed(name, choice, revision), revision)


def cast_sealed(name: str, sealed_choice: bytes, revision: int = 1) -> Cast:
    """Return what an elector casts, whatever she calls her seal."""
    who = voter(name)
    bare = Cast(who.asking.voter, whole_token(name), revision, sealed_choice, b"")
    return sealed_ballot.signed_cast(BALLOT, bare, who.seed)


def void(name: str) -> Void:
    """Return the voiding of an elector's token."""
    who = voter(name)
    return sealed_ballot.signed_void(BALLOT, Void(who.asking.voter, whole_token(name), b""), who.seed)


def shown(choices: Mapping[str, bytes | None]) -> Shown:
    """Return an honest record: each elector asks and is answered, those with a choice cast it, all tellers reveal."""
    requests = [request(name) for name in choices]
    issues = [Issue(issuer, at, each) for at, name in enumerate(choices) for issuer, each in enumerate(answers(name))]
    casts = [cast(name, choice) for name, choice in choices.items() if choice is not None]
    return Shown(requests, issues, casts, [], TELLERS)
