"""What a box gives a voter for her cast: its signature that it has it and will publish it (spec/record.md, R85)."""

import hashlib
from dataclasses import dataclass

from comitia.record import canonical, ed25519, strict_base64
from comitia.record.strict_base64 import NotBase64

_PROMISE = b"comitia/promise/v1\n"
_FIELDS = {"ballot", "box", "cast", "signature"}


class NotAPromise(Exception):
    """A file holds no promise; says what is wrong with it."""


@dataclass(frozen=True)
class Promise:
    """A box's word: the ballot's leaf hash, the box's public key, the SHA-256 of the cast's line, the signature."""

    ballot: bytes
    box: bytes
    cast: bytes
    signature: bytes


def make(seed: bytes, ballot: bytes, line: bytes) -> Promise:
    """Return the promise of the box whose key has this seed, for the line of a cast."""
    cast = hashlib.sha256(line).digest()
    return Promise(ballot, ed25519.public_key(seed), cast, ed25519.sign(seed, _PROMISE + ballot + cast))


def check(promise: Promise) -> None:
    """Raise unless the box signed it.

    Raises:
        BadSignature: it did not.
    """
    ed25519.check(promise.box, promise.signature, _PROMISE + promise.ballot + promise.cast)


def text_of(promise: Promise) -> bytes:
    """Return a promise as the bytes of its file: canonical JSON and a line end."""
    fields = {name: strict_base64.encode(getattr(promise, name)) for name in sorted(_FIELDS)}
    return canonical.encode(fields) + b"\n"


def parse(text: bytes) -> Promise:
    """Return the promise of a file; whether the box signed it is for ``check``.

    Raises:
        NotAPromise: it is no such file.
    """
    try:
        found = canonical.decode(text.removesuffix(b"\n"))
    except canonical.NotCanonical as fault:
        raise NotAPromise(f"this is no promise of a box: {fault}") from None
    if not isinstance(found, dict) or found.keys() != _FIELDS or not all(isinstance(v, str) for v in found.values()):
        raise NotAPromise(f"a promise has the fields {', '.join(sorted(_FIELDS))}, each base64 text")
    try:
        return Promise(**{name: strict_base64.decode(str(value)) for name, value in found.items()})
    except NotBase64 as fault:
        raise NotAPromise(f"this is no promise of a box: {fault}") from None
