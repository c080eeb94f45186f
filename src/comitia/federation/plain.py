"""Most leaves are plain: ASCII, of a type that holds texts alone. For those one comparison shows the whole profile.

spec/record.md, R1 to R9: a plain act written again by msgspec with sorted members is canonical, since nothing is left
in which the profile is stricter: no integer, no text beyond ASCII, no key but field names, no depth. Whatever is not
plain goes the long way, with the same answer; a test compares the two.
"""

import re
from collections.abc import Iterable
from typing import Literal, get_args, get_origin, get_type_hints

import msgspec

from comitia.federation.act import Act, Signature
from comitia.record.canonical import LARGEST_LEAF

# A text that may be left out stands nowhere in the bytes then.
_TEXTS = (str, bool, Literal[1], tuple[str, ...], tuple[Signature, ...], str | msgspec.UnsetType)
_KEYS = re.compile(r"[a-z0-9_]+")
_encoder = msgspec.json.Encoder(order="sorted")


class Plain:
    """The plain types among all types of acts, each with its fields that are maps of texts."""

    def __init__(self, types: Iterable[type[Act]]) -> None:
        """Look through the types once."""
        self._maps: dict[type, tuple[str, ...]] = {}
        for each in types:
            hints = {name: get_type_hints(each)[name] for name in each.__struct_fields__}
            maps = tuple(name for name, hint in hints.items() if hint == dict[str, str])
            # The word stands under "act", before every other member: no order of sorting can tell it apart.
            if all(_is_text(hints[name]) or name in maps for name in hints) and min(hints) > "act":
                self._maps[each] = maps

    def is_canonical(self, leaf: bytes, act: Act) -> bool:
        """Return True where an act's leaf is surely canonical and says every field; False where that is still open."""
        maps = self._maps.get(type(act))
        return (
            maps is not None
            and len(leaf) <= LARGEST_LEAF
            and leaf.isascii()
            and b"\\u0000" not in leaf
            and all(_KEYS.fullmatch(key) for name in maps for key in getattr(act, name))
            and _encoder.encode(act) == leaf
        )


def _is_text(hint: object) -> bool:
    if hint in _TEXTS:
        return True
    return get_origin(hint) is Literal and all(isinstance(word, str) for word in get_args(hint))
