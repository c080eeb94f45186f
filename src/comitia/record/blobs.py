"""Blobs: large texts and tables that acts name by SHA-256.

spec/record.md, clauses R20 to R23.
"""

import hashlib
import re
from collections.abc import Iterable

from comitia.record import canonical
from comitia.record.canonical import Value

_HASH = re.compile(r"[0-9a-f]{64}")
_HASH_INSIDE = re.compile(rb'"[0-9a-f]{64}"')


def hash_of(body: bytes) -> str:
    """Return the name of a blob: its SHA-256 in small hexadecimal digits."""
    return hashlib.sha256(body).hexdigest()


def is_hash(text: str) -> bool:
    """Return whether a text has the form of a blob's name."""
    return _HASH.fullmatch(text) is not None


def named(value: Value) -> set[str]:
    """Return every text in an act that has the form of a blob's name, at any depth."""
    found: set[str] = set()
    waiting: list[object] = [value]
    while waiting:
        match waiting.pop():
            case str() as text:
                if len(text) == 64 and is_hash(text):
                    found.add(text)
            case list() | tuple() as several:
                waiting.extend(several)
            case dict() as fields:
                waiting.extend(fields.values())
    return found


def named_by(leaves: Iterable[bytes]) -> set[str]:
    """Return the blob names in leaves: those that an export holds a blob for, if the record has one.

    Raises:
        NotCanonical: a leaf that names one is not canonical.
    """
    found: set[str] = set()
    for leaf in leaves:
        # Most acts name no blob, and need not be decoded to see it.
        if _HASH_INSIDE.search(leaf):
            found |= named(canonical.decode(leaf))
    return found
