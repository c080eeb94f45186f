"""Who vouches for an act: an Ed25519 signature over its bytes, or only the server that took it in.

spec/record.md, clauses R10 to R14. The signed bytes are ``comitia/act/v1``, a line feed, and the canonical bytes of the
act without its field ``sigs``. An act whose every signature is of the kind ``server`` is attested by the server alone.
"""

from collections.abc import Mapping

from comitia.record import canonical, ed25519, strict_base64

CONTEXT = b"comitia/act/v1\n"


class SignatureFault(Exception):
    """A signature does not vouch for the act."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def signed_bytes(leaf: bytes) -> bytes:
    """Return the bytes that an author signs, from the leaf of her act, with or without signatures in it.

    Raises:
        NotCanonical: the leaf is not canonical.
        SignatureFault: the leaf is not a JSON object.
    """
    act = canonical.decode(leaf)
    if not isinstance(act, dict):
        raise SignatureFault("a leaf that is signed must be a JSON object")
    return CONTEXT + canonical.encode({key: value for key, value in act.items() if key != "sigs"})


def public_key(seed: bytes) -> str:
    """Return the base64 text of the public key of a 32-byte seed."""
    return strict_base64.encode(ed25519.public_key(seed))


def sign(leaf: bytes, seed: bytes) -> str:
    """Return the base64 text of an author's signature of her act.

    Args:
        leaf: the canonical bytes of the act, with or without signatures, which are left out.
        seed: the 32 bytes of the author's private key.

    Raises:
        NotCanonical: the leaf is not canonical.
    """
    return strict_base64.encode(ed25519.sign(seed, signed_bytes(leaf)))


def check(leaf: bytes, sig: str, *, public_key: str) -> None:
    """Raise unless a signature vouches for an act.

    Args:
        leaf: the canonical bytes of the act.
        sig: base64 of the 64 bytes of the signature.
        public_key: base64 of the 32 bytes of the author's key.

    Raises:
        NotCanonical: the leaf is not canonical.
        SignatureFault: not base64, not a sound key, or not a signature of these bytes.
    """
    try:
        key, signature = strict_base64.decode(public_key), strict_base64.decode(sig)
        ed25519.check(key, signature, signed_bytes(leaf))
    except (strict_base64.NotBase64, ed25519.BadSignature) as fault:
        raise SignatureFault(str(fault)) from fault


def is_attested_only(act: Mapping[str, canonical.Value]) -> bool:
    """Return whether nobody but the server vouches for an act."""
    sigs = act.get("sigs")
    if not isinstance(sigs, list | tuple):
        return False
    return len(sigs) > 0 and all(isinstance(each, dict) and each.get("kind") == "server" for each in sigs)
