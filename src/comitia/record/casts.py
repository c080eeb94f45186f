"""Sealed ballots as they are published: a blob of canonical JSON lines, sorted by their SHA-256 (spec/record.md, R78).

The order by a hash says nothing about the hour at which a ballot came.
"""

import hashlib
from collections.abc import Sequence
from typing import Any

from comitia.record import canonical, strict_base64
from comitia.record.sealed_ballot import LAST_REVISION, Cast
from comitia.record.strict_base64 import NotBase64
from comitia.record.token import Token

_FIELDS = {"prefix", "revision", "seal", "signature", "signatures", "voter"}


class CastsFault(Exception):
    """A blob is not one of published casts: which line, and what is wrong with it."""

    def __init__(self, line: int, reason: str) -> None:
        self.line, self.reason = line, reason
        super().__init__(f"line {line} of the casts: {reason}")


def line_of(cast: Cast) -> bytes:
    """Return a cast as a line, without its end."""
    text = strict_base64.encode
    return canonical.encode(
        {
            "prefix": text(cast.token.prefix),
            "revision": cast.revision,
            "seal": text(cast.sealed),
            "signature": text(cast.signature),
            "signatures": [text(each) for each in cast.token.signatures],
            "voter": text(cast.voter),
        }
    )


def cast_of(line: bytes) -> Cast:
    """Return the cast of a line; whether it holds is for ``sealed_ballot.check_cast``.

    Raises:
        CastsFault: the line is no cast; its number is 0.
    """
    try:
        found: Any = canonical.decode(line)
    except canonical.NotCanonical as fault:
        raise CastsFault(0, str(fault)) from None
    if not isinstance(found, dict) or found.keys() != _FIELDS:
        raise CastsFault(0, f"a cast has the fields {', '.join(sorted(_FIELDS))}")
    signatures, revision = found["signatures"], found["revision"]
    texts = [found[name] for name in ("prefix", "seal", "signature", "voter")]
    if not isinstance(signatures, list) or not all(isinstance(text, str) for text in (*texts, *signatures)):
        raise CastsFault(0, "its fields are base64 text, and signatures a list of it")
    if type(revision) is not int or not 0 <= revision <= LAST_REVISION:
        raise CastsFault(0, f"a revision is a number from 0 to {LAST_REVISION}")
    try:
        prefix, seal, signature, voter = map(strict_base64.decode, texts)
        whole = Token(prefix, tuple(map(strict_base64.decode, signatures)))
    except NotBase64 as fault:
        raise CastsFault(0, str(fault)) from None
    return Cast(voter, whole, revision, seal, signature)


def blob(lines: Sequence[bytes]) -> bytes:
    """Return lines as the blob that is published."""
    return b"".join(line + b"\n" for line in sorted(lines, key=_by_hash))


def read(text: bytes) -> tuple[Cast, ...]:
    """Return the casts of a blob, in its order.

    Raises:
        CastsFault: the first line that is no cast, or stands in another place than its hash gives it.
    """
    lines = text.split(b"\n")
    if lines.pop() != b"":
        raise CastsFault(len(lines) + 1, "the last line has no end")
    found = []
    for number, line in enumerate(lines, start=1):
        try:
            found.append(cast_of(line))
        except CastsFault as fault:
            raise CastsFault(number, fault.reason) from None
        if number > 1 and _by_hash(lines[number - 2]) >= _by_hash(line):
            raise CastsFault(number, "lines are sorted by their SHA-256, each once")
    return tuple(found)


def _by_hash(line: bytes) -> bytes:
    return hashlib.sha256(line).digest()
