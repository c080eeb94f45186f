"""Blobs: large texts and tables that acts name by SHA-256.

spec/record.md, clauses R20 to R23.
"""

import hashlib
import re

from comitia.record.canonical import Value

_HASH = re.compile(r"[0-9a-f]{64}")


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
