"""The envelope that all acts share.

``v`` (version of the type), ``at`` (the moment, ``YYYY-MM-DDTHH:MM:SSZ``), ``by`` (the author: a member's number, or
``clerk``), ``body`` (the body it was done for, or ""), ``sigs``. The payload follows flat. Figures are decimal text;
large texts and tables are named by the SHA-256 of a blob. An act's id is its index in the record. ``salt`` is 32 random
hexadecimal digits that the clerk adds to what the server alone vouches for: without them an act that the public edition
withholds could be guessed from its hash. A field that a later
version added is ``msgspec.UNSET`` where it was not given, and then stands nowhere in the bytes.
"""

from typing import Literal

import msgspec


class Signature(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who vouches for an act: the author's key, or only the server that took it in (``kind = "server"``)."""

    kind: Literal["server", "ed25519"]
    key: str = ""
    sig: str = ""


def snake_case(name: str) -> str:
    """Return ``MotionMoved`` as ``motion_moved``, the word in the record."""
    return "".join("_" + c.lower() if c.isupper() else c for c in name).lstrip("_")


class Act(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="act", tag=snake_case):
    """The envelope that all acts share."""

    at: str
    by: str
    body: str = ""
    v: Literal[1] = 1
    salt: str | msgspec.UnsetType = msgspec.UNSET
    sigs: tuple[Signature, ...] = (Signature(kind="server"),)
