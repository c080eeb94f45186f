"""Ed25519 under one pinned rule.

Libraries disagree on edge cases: of 914 test vectors OpenSSL accepts 208, libsodium 43. The rule here (spec/record.md,
R12): RFC 8032 section 5.1.7 without the cofactor; key, R and S in canonical encoding; key and R not of small order. It
is the strictest in use (libsodium, ``verify_strict`` of ed25519-dalek); OpenSSL does the arithmetic, a check before it
pins the rule.
"""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

# RFC 8032 section 5.1: the field prime and the order of the base point.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493

# The y coordinates of the eight points of small order (orders 1, 2, 4, and 8 twice).
_ORDER_8 = int.from_bytes(bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little")
SMALL_ORDER = frozenset({0, 1, P - 1, _ORDER_8, P - _ORDER_8})


class BadSignature(Exception):
    """A signature does not hold under the pinned rule."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"the Ed25519 signature does not hold: {reason}")


def public_key(seed: bytes) -> bytes:
    """Return the 32 bytes of the public key of a 32-byte seed (RFC 8032 section 5.1.5)."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def sign(seed: bytes, message: bytes) -> bytes:
    """Return the 64 bytes of the signature of a message under a 32-byte seed (RFC 8032 section 5.1.6)."""
    return Ed25519PrivateKey.from_private_bytes(seed).sign(message)


def check_key(key: bytes) -> None:
    """Raise unless these 32 bytes are a public key under the pinned rule.

    Raises:
        BadSignature: another length, not canonical, or of small order.
    """
    if len(key) != 32:
        raise BadSignature(f"the key has {len(key)} bytes, not 32")
    _check_point(key, "the key")


def check(key: bytes, signature: bytes, message: bytes) -> None:
    """Raise unless a signature of a message holds under a public key.

    Raises:
        BadSignature: wrong length, a point or S not canonical, a point of small order, or the equation fails.
    """
    check_key(key)
    if len(signature) != 64:
        raise BadSignature(f"the signature has {len(signature)} bytes, not 64")
    _check_point(signature[:32], "R")
    # RFC 8032 section 5.1.7: S in range 0 <= S < L.
    if int.from_bytes(signature[32:], "little") >= L:
        raise BadSignature("S is not below the order of the base point")
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        raise BadSignature("it is not a signature of these bytes by this key") from None


def _check_point(encoded: bytes, name: str) -> None:
    y = int.from_bytes(encoded, "little") & (2**255 - 1)
    if y >= P:
        raise BadSignature(f"{name} is not in canonical encoding")
    # Of the encodings with y = 1 or -1 the one with the sign bit is not canonical either; both are of small order.
    if y in SMALL_ORDER:
        raise BadSignature(f"{name} is a point of small order")
