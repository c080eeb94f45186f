"""What a voter, an issuer and a teller keep to themselves of one sealed ballot, drawn from the system's generator.

spec/record.md, R51 to R74. Each is a small file of JSON that only its owner reads; whoever has a voter's file can vote
for her until the close and can show how she voted ever after.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa

from comitia.record import blind_rsa, ed25519, hpke_seal, seal, sealed_ballot, strict_base64, token
from comitia.record.blind_rsa import Blinding, IssuingKey
from comitia.record.sealed_ballot import Ballot, Cast, Void
from comitia.record.token import Asking, Token

ISSUER_BITS = 2048
_text, _bytes = strict_base64.encode, strict_base64.decode


class NotAWallet(Exception):
    """A file is none of these, or of another ballot; says what was expected."""


@dataclass(frozen=True)
class Wallet:
    """A voter's secrets: the seed of her one-time key, what she blinded with, and how often she has cast."""

    name: str
    seed: bytes
    asking: Asking
    revision: int = 0


def wallet(name: str, ballot: Ballot) -> Wallet:
    """Return fresh secrets of a voter for one ballot.

    Args:
        name: the ballot's id.
        ballot: its keys.
    """
    seed = secrets.token_bytes(32)
    # R55: uniform from 1 to n - 1.
    blindings = tuple(
        Blinding(secrets.token_bytes(blind_rsa.SALT_BYTES), 1 + secrets.randbelow(key.n - 1)) for key in ballot.issuers
    )
    prefix = secrets.token_bytes(blind_rsa.PREFIX_BYTES)
    return Wallet(name, seed, Asking(ballot.leaf_hash, ed25519.public_key(seed), prefix, blindings))


def request(of: Wallet, ballot: Ballot) -> tuple[bytes, ...]:
    """Return the blinded message for each issuer, to be published under the voter's own name.

    Raises:
        TokenFault, BlindFault: the ballot has other issuers than the wallet was made for.
    """
    return token.request(ballot.issuers, of.asking)


def cast(of: Wallet, ballot: Ballot, answers: Sequence[bytes], choice: bytes) -> tuple[Wallet, Cast]:
    """Return the next cast of a voter, and her wallet after it.

    Args:
        of: her wallet.
        ballot: the ballot's keys.
        answers: what the issuers answered on the record, in the ballot's order.
        choice: the line that is counted.

    Raises:
        TokenFault: an answer is missing or false.
        SealFault: the choice is too long for this ballot.
    """
    whole = _token(of, ballot, answers)
    after = replace(of, revision=of.revision + 1)
    voter = of.asking.voter
    sealed = seal.seal(choice, ballot.terms, ballot=ballot.leaf_hash, voter=voter, key=secrets.token_bytes(32))
    return after, sealed_ballot.signed_cast(ballot, Cast(voter, whole, after.revision, sealed, b""), of.seed)


def void(of: Wallet, ballot: Ballot, answers: Sequence[bytes]) -> Void:
    """Return what makes a voter's token void, for one who cast nothing.

    Raises:
        TokenFault: an answer is missing or false.
    """
    return sealed_ballot.signed_void(ballot, Void(of.asking.voter, _token(of, ballot, answers), b""), of.seed)


def _token(of: Wallet, ballot: Ballot, answers: Sequence[bytes]) -> Token:
    return token.finish(ballot.issuers, of.asking, answers)


def issuing_key() -> IssuingKey:
    """Return a fresh key of an issuer, for one ballot."""
    numbers = rsa.generate_private_key(blind_rsa.E, ISSUER_BITS).private_numbers()
    return IssuingKey(numbers.p, numbers.q)


def answer(key: IssuingKey, blinded: bytes) -> bytes:
    """Return an issuer's blind signature of a blinded message.

    Raises:
        BlindFault: the message is not one below the modulus.
    """
    return blind_rsa.blind_sign(key, blinded, secrets.token_bytes(blind_rsa.MASK_BYTES))


def teller_key() -> bytes:
    """Return a fresh private key of a teller, for one ballot."""
    return hpke_seal.derive_private_key(secrets.token_bytes(32))


def voter_text(of: Wallet) -> str:
    """Return a wallet as the text of its file."""
    asking = of.asking
    return _json(
        kind="voter",
        ballot=of.name,
        leaf=_text(asking.ballot),
        seed=_text(of.seed),
        prefix=_text(asking.prefix),
        blindings=[{"salt": _text(b.salt), "factor": str(b.factor)} for b in asking.blindings],
        revision=of.revision,
    )


def voter_of(text: str, name: str) -> Wallet:
    """Return the wallet of a file.

    Raises:
        NotAWallet: it is none, or one of another ballot.
    """
    found = _read(text, "voter", name)
    try:
        seed = _bytes(found["seed"])
        blindings = tuple(Blinding(_bytes(b["salt"]), int(b["factor"])) for b in found["blindings"])
        asking = Asking(_bytes(found["leaf"]), ed25519.public_key(seed), _bytes(found["prefix"]), blindings)
        return Wallet(name, seed, asking, int(found["revision"]))
    except (KeyError, TypeError, ValueError, strict_base64.NotBase64) as fault:
        raise NotAWallet(f"the file of a voter is damaged: {fault}") from None


def issuer_text(name: str, key: IssuingKey) -> str:
    """Return an issuer's key as the text of its file."""
    return _json(kind="issuer", ballot=name, p=str(key.p), q=str(key.q))


def issuer_of(text: str, name: str) -> IssuingKey:
    """Return the issuer's key of a file.

    Raises:
        NotAWallet: it is none, or one of another ballot.
    """
    found = _read(text, "issuer", name)
    try:
        return IssuingKey(int(found["p"]), int(found["q"]))
    except (KeyError, TypeError, ValueError) as fault:
        raise NotAWallet(f"the file of an issuer is damaged: {fault}") from None


def teller_text(name: str, key: bytes) -> str:
    """Return a teller's key as the text of its file."""
    return _json(kind="teller", ballot=name, key=_text(key))


def teller_of(text: str, name: str) -> bytes:
    """Return the teller's key of a file.

    Raises:
        NotAWallet: it is none, or one of another ballot.
    """
    found = _read(text, "teller", name)
    try:
        return _bytes(found["key"])
    except (KeyError, TypeError, strict_base64.NotBase64) as fault:
        raise NotAWallet(f"the file of a teller is damaged: {fault}") from None


def _json(**fields: object) -> str:
    return json.dumps(fields, indent=1) + "\n"


def _read(text: str, kind: str, name: str) -> Mapping[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict) or found.get("kind") != kind:
        raise NotAWallet(f"this is no file of a {kind}; comitia ballot writes them")
    if found.get("ballot") != name:
        raise NotAWallet(f"this file is of the ballot {found.get('ballot')!r}, not of {name!r}")
    return found
