"""Canonical JSON: the one way in which a value is written as the bytes of a leaf.

The restricted profile of RFC 8785 in spec/record.md, clauses R1 to R9. Inside the profile every sorted, compact JSON
writer gives the same bytes, so no canonicaliser has to be trusted: a leaf is refused unless writing what it says gives
the leaf again.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

import msgspec

Value: TypeAlias = "bool | int | str | Sequence[Value] | Mapping[str, Value] | None"

LARGEST_LEAF = 32 * 1024
LARGEST_INT = 2**53 - 1
DEEPEST = 32

_KEYS = re.compile(r"[a-z0-9_]*")
_PLAIN_KEY = re.compile(r"[a-z0-9_]+")
_encoder = msgspec.json.Encoder(order="sorted")


class NotCanonical(Exception):
    """A value or the bytes of a leaf lie outside the profile; ``path`` or ``offset`` (bytes) says where."""

    def __init__(self, reason: str, *, path: str = "", offset: int | None = None) -> None:
        self.reason = reason
        self.path = path
        self.offset = offset
        where = f" at {path}" if path else ""
        where += f" at byte {offset}" if offset is not None else ""
        super().__init__(f"not canonical{where}: {reason}")


class _Float(Exception):
    """A number that is not an integer."""


def _refuse_float(literal: str) -> None:
    raise _Float(literal)


_decoder = msgspec.json.Decoder(float_hook=_refuse_float)


def encode(value: Value) -> bytes:
    """Return the canonical bytes of a value made of dict, list, tuple, str, int, bool and None.

    Raises:
        NotCanonical: a float or another type, a key outside ``[a-z0-9_]+``, an integer beyond 2^53 - 1, text that is
            not NFC or holds U+0000 or a lone surrogate, more than 32 levels, more than 32 KiB.
    """
    _check(value, "$", 1)
    leaf = _encoder.encode(value)
    if len(leaf) > LARGEST_LEAF:
        raise NotCanonical(
            f"{len(leaf):,} bytes; a leaf holds at most {LARGEST_LEAF:,}: put the large text or table into a blob",
            offset=LARGEST_LEAF,
        )
    return leaf


def decode(leaf: bytes) -> Value:
    """Return the value that a leaf says.

    Raises:
        NotCanonical: the bytes are not JSON, or not those that ``encode`` writes for what they say.
    """
    # R9: at most 32 KiB.
    if len(leaf) > LARGEST_LEAF:
        raise NotCanonical(f"{len(leaf):,} bytes; a leaf holds at most {LARGEST_LEAF:,}", offset=LARGEST_LEAF)
    try:
        value: Value = _decoder.decode(leaf)
    except _Float as found:
        raise NotCanonical(f"{found} is not an integer; figures are decimal text") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
        raise NotCanonical(f"not JSON in UTF-8: {fault}") from None
    # Most leaves are plain ASCII, in which only keys, integers and depth are left to check.
    if not (leaf.isascii() and b"\\u0000" not in leaf and _is_plain(value, 1)):
        _check(value, "$", 1)
    # R1: whoever reads a leaf writes it again and compares.
    again = _encoder.encode(value)
    if again != leaf:
        raise NotCanonical("written in another way than the profile's", offset=first_difference(again, leaf))
    return value


def first_difference(one: bytes, other: bytes) -> int:
    """Return the offset of the first differing byte of two strings (the shorter length if one begins the other)."""
    shorter = min(len(one), len(other))
    if one[:shorter] == other[:shorter]:
        return shorter
    low, high = 0, shorter
    while high - low > 1:
        middle = (low + high) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle
    return low


def _is_plain(value: object, depth: int) -> bool:
    """Return whether a value whose texts are ASCII is surely in the profile: the fast way to a yes."""
    if type(value) is dict:
        if "" in value or _KEYS.fullmatch("".join(value)) is None:
            return False
        within: Iterable[object] = value.values()
    elif type(value) is list:
        within = value
    else:
        return False
    for each in within:
        kind = type(each)
        if kind is dict or kind is list:
            if depth == DEEPEST or not _is_plain(each, depth + 1):
                return False
        elif kind is int:
            if not -LARGEST_INT <= each <= LARGEST_INT:  # type: ignore[operator]
                return False
        elif kind is not str and kind is not bool and each is not None:
            return False
    return True


def _check(value: object, path: str, depth: int) -> None:
    """Walk a value; the order of the cases is the order of their frequency."""
    kind = type(value)
    if kind is str:
        assert isinstance(value, str)
        _check_text(value, path)
    elif kind is int:
        assert isinstance(value, int)
        # R5: integers that every JSON reader holds exactly.
        if not -LARGEST_INT <= value <= LARGEST_INT:
            raise NotCanonical(f"{value} is beyond 2^53 - 1; write it as text", path=path)
    elif kind is dict:
        assert isinstance(value, dict)
        _check_depth(path, depth)
        _check_keys(value, path)
        for key, each in value.items():
            if type(each) is not str or not each.isascii() or "\0" in each:
                _check(each, f"{path}.{key}", depth + 1)
    elif kind is list or kind is tuple:
        assert isinstance(value, list | tuple)
        _check_depth(path, depth)
        for index, each in enumerate(value):
            if type(each) is not str or not each.isascii() or "\0" in each:
                _check(each, f"{path}[{index}]", depth + 1)
    elif value is not None and kind is not bool:
        raise NotCanonical(f"a {kind.__name__} has no canonical form; use text, integers, lists, maps", path=path)


def _check_depth(path: str, depth: int) -> None:
    # R8: at most 32 levels, so that no reader runs out of stack.
    if depth > DEEPEST:
        raise NotCanonical(f"more than {DEEPEST} levels deep", path=path)


def _check_keys(value: dict[object, object], path: str) -> None:
    # R3: keys of small ASCII letters, digits and _, so that every sort order of keys is the same.
    try:
        plain = "" not in value and _KEYS.fullmatch("".join(value)) is not None  # type: ignore[arg-type]
    except TypeError:
        plain = False
    if not plain:
        wrong = next(key for key in value if type(key) is not str or not _PLAIN_KEY.fullmatch(key))
        raise NotCanonical(f"the key {wrong!r} is not made of a-z, 0-9 and _", path=path)


def _check_text(text: str, path: str) -> None:
    if "\0" in text:
        raise NotCanonical("text holds U+0000", path=path)
    if text.isascii():
        return
    for character in text:
        match unicodedata.category(character):
            case "Cs":
                raise NotCanonical(f"text holds the lone surrogate U+{ord(character):04X}", path=path)
            # R7: a normal form is settled only for assigned characters; fail rather than disagree with a newer reader.
            case "Cn":
                raise NotCanonical(
                    f"text holds U+{ord(character):04X}, not assigned in Unicode {unicodedata.unidata_version}",
                    path=path,
                )
    if not unicodedata.is_normalized("NFC", text):
        raise NotCanonical("text is not in Unicode normal form C", path=path)
