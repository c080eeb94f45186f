"""Seals: a choice that nobody reads before enough tellers reveal their keys, and that all then read alike.

spec/record.md, clauses R56 to R64. A fresh key seals the choice; each teller gets one share of that key under her own
public key of this ballot. All else is derived from it, so whoever opens a seal makes it again and compares. With a
false part in it, it would open for some tellers and not for others, and a voter and one teller could decide afterwards
whether it counts. A seal that is not equal to its own making opens for nobody.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from comitia.record import hpke_seal, shamir
from comitia.record.hpke_seal import HpkeFault
from comitia.record.shamir import ShareFault

LONGEST = 8_192
PART_BYTES = shamir.SECRET_BYTES + hpke_seal.OVERHEAD
_TAG_BYTES = 16
_BOUND = b"comitia/seal/v1\n"
_BODY = b"comitia/seal/body/v1\n"
_PART = b"comitia/seal/part/v1\n"


class SealFault(Exception):
    """A choice cannot be sealed so, or a seal does not open."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class Terms:
    """How the choices of one ballot are sealed (R56).

    Args:
        tellers: the public key (X25519) of each teller, made for this ballot alone.
        needed: how many tellers open.
        length: the bytes to which every choice is filled up; a choice is shorter by at least one.

    Raises:
        SealFault: a key unsound or there twice, needed not from 1 to the number of tellers, length not from 1 to 8192.
    """

    tellers: tuple[bytes, ...]
    needed: int
    length: int

    def __post_init__(self) -> None:
        if not 1 <= self.needed <= len(self.tellers) <= shamir.MOST:
            raise SealFault(
                f"{self.needed} of {len(self.tellers)} tellers cannot open a ballot: take 1 to all, of at most 255"
            )
        if not 1 <= self.length <= LONGEST:
            raise SealFault(f"choices are filled up to between 1 and {LONGEST} bytes, not {self.length}")
        for number, key in enumerate(self.tellers, start=1):
            try:
                hpke_seal.check_public_key(key)
            except HpkeFault as fault:
                raise SealFault(f"teller {number}: {fault.reason}") from fault
            if key in self.tellers[: number - 1]:
                raise SealFault(f"teller {number} has the key of a teller before: each needs her own")

    @property
    def sealed_bytes(self) -> int:
        """The length of every seal of the ballot."""
        return self.length + _TAG_BYTES + PART_BYTES * len(self.tellers)


def seal(choice: bytes, terms: Terms, *, ballot: bytes, voter: bytes, key: bytes) -> bytes:
    """Return a choice sealed: the body, then the part of each teller (R57 to R62).

    Args:
        choice: what is chosen, at least one byte shorter than the terms' length.
        terms: tellers, how many open, length.
        ballot: the leaf hash of the act that opened the ballot.
        voter: the one-time public key that will sign this ballot.
        key: 32 fresh random bytes, never used for another choice or ballot.

    Raises:
        SealFault: the choice is too long, or ballot, voter or key has not 32 bytes.
    """
    if len(choice) >= terms.length:
        raise SealFault(f"the choice has {len(choice)} bytes, this ballot takes at most {terms.length - 1}")
    bound = bound_to(ballot, voter)
    try:
        shares = shamir.split(key, terms.needed, len(terms.tellers))
    except ShareFault as fault:
        raise SealFault(fault.reason) from fault
    padded = choice + b"\x80" + bytes(terms.length - len(choice) - 1)
    body = _body_cipher(key).encrypt(bytes(12), padded, bound)
    parts = (
        hpke_seal.seal(teller, share, info=bound, ikm=hashlib.sha256(_PART + bytes([number]) + key).digest())
        for number, (teller, share) in enumerate(zip(terms.tellers, shares, strict=True), start=1)
    )
    return body + b"".join(parts)


def bound_to(ballot: bytes, voter: bytes) -> bytes:
    """Return what a seal is bound to: a tag, the ballot's leaf hash, the one-time key (R57).

    Raises:
        SealFault: the ballot or the key has not 32 bytes.
    """
    if len(ballot) != 32 or len(voter) != 32:
        raise SealFault(f"a ballot and a one-time key have 32 bytes each, these have {len(ballot)} and {len(voter)}")
    return _BOUND + ballot + voter


def check_revealed(terms: Terms, number: int, private: bytes) -> None:
    """Raise unless a private key is that of teller ``number``, counted from 1.

    Raises:
        SealFault: no such teller, not 32 bytes, or the key of another.
    """
    if not 1 <= number <= len(terms.tellers):
        raise SealFault(f"there is no teller {number}: they are counted from 1 to {len(terms.tellers)}")
    try:
        public = hpke_seal.public_key(private)
    except HpkeFault as fault:
        raise SealFault(f"teller {number}: {fault.reason}") from fault
    if public != terms.tellers[number - 1]:
        raise SealFault(
            f"teller {number} reveals a key that does not belong to the one with which the ballot was opened"
        )


def open(sealed: bytes, terms: Terms, *, ballot: bytes, voter: bytes, keys: Mapping[int, bytes]) -> bytes:
    """Return the choice in a seal; every set of enough tellers gets the same, or the same refusal (R63).

    Args:
        sealed: the seal.
        terms: as it was sealed.
        ballot: as it was sealed.
        voter: as it was sealed.
        keys: revealed private keys by the teller's number, each checked by ``check_revealed``.

    Raises:
        SealFault: wrong length, too few keys, sealed for another ballot or voter, or not equal to its own making.
    """
    check_length(sealed, terms)
    bound = bound_to(ballot, voter)
    key = _opened_key(sealed, terms, bound, keys)
    try:
        padded = _body_cipher(key).decrypt(bytes(12), sealed[: terms.length + _TAG_BYTES], bound)
    except InvalidTag:
        raise SealFault("the body does not open with the key that the shares give") from None
    choice = padded.rstrip(b"\x00")[:-1]
    # R63. Without this comparison a false part for one teller would switch the ballot on and off.
    if seal(choice, terms, ballot=ballot, voter=voter, key=key) != sealed:
        raise SealFault("the seal is not the one that its key makes: some tellers would open it and others not")
    return choice


def check_length(sealed: bytes, terms: Terms) -> None:
    """Raise unless a seal has the one length that the ballot's seals have.

    Raises:
        SealFault: it has another.
    """
    if len(sealed) != terms.sealed_bytes:
        raise SealFault(f"a seal of this ballot has {terms.sealed_bytes} bytes, this one has {len(sealed)}")


def _opened_key(sealed: bytes, terms: Terms, bound: bytes, keys: Mapping[int, bytes]) -> bytes:
    chosen = sorted(keys)[: terms.needed]
    shares = {}
    for number in chosen:
        if not 1 <= number <= len(terms.tellers):
            raise SealFault(f"there is no teller {number}: they are counted from 1 to {len(terms.tellers)}")
        at = terms.length + _TAG_BYTES + PART_BYTES * (number - 1)
        try:
            shares[number] = hpke_seal.open(keys[number], sealed[at : at + PART_BYTES], info=bound)
        except HpkeFault as fault:
            raise SealFault(f"the part of teller {number}: {fault.reason}") from fault
    try:
        return shamir.combine(shares, terms.needed)
    except ShareFault as fault:
        raise SealFault(fault.reason) from fault


def _body_cipher(key: bytes) -> ChaCha20Poly1305:
    # The nonce is zero because this key seals one body only.
    return ChaCha20Poly1305(hashlib.sha256(_BODY + key).digest())
