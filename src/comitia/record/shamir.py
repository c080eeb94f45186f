"""Shares of a secret: any ``needed`` of them give it back, fewer say nothing.

Shamir 1979, byte by byte over GF(256) with the polynomial x^8 + x^4 + x^3 + x + 1 (FIPS 197 section 4), share i at
x = i for i = 1, 2, ..., n. The coefficients are not drawn but derived from the secret (spec/record.md R60), so that
whoever has the secret has all shares. Fewer shares than needed hide the secret only as well as a hash hides 32 random
bytes: a secret that can be guessed MUST NOT be shared with this.
"""

import hashlib
from collections.abc import Mapping

SECRET_BYTES = 32
MOST = 255
_TAG = b"comitia/shamir/v1\n"


class ShareFault(Exception):
    """A secret cannot be shared so, or shares do not belong together."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def split(secret: bytes, needed: int, count: int) -> tuple[bytes, ...]:
    """Return ``count`` shares of 32 bytes of a secret of 32 random bytes, of which ``needed`` give it back.

    Raises:
        ShareFault: the secret has another length, or not 1 <= needed <= count <= 255.
    """
    if len(secret) != SECRET_BYTES:
        raise ShareFault(f"a secret has {SECRET_BYTES} bytes, this one has {len(secret)}")
    if not 1 <= needed <= count <= MOST:
        raise ShareFault(f"{needed} of {count} shares: there must be 1 to {MOST}, and not more needed than there are")
    coefficients = [
        hashlib.sha256(_TAG + bytes([needed, degree]) + secret).digest() for degree in range(needed - 1, 0, -1)
    ]
    shares = []
    for x in range(1, count + 1):
        # Horner's scheme, all 32 bytes in step.
        times_x = _TIMES[x]
        value = bytes(SECRET_BYTES)
        for coefficient in (*coefficients, secret):
            value = _plus(value.translate(times_x), coefficient)
        shares.append(value)
    return tuple(shares)


def combine(shares: Mapping[int, bytes], needed: int) -> bytes:
    """Return the secret that the shares with the ``needed`` lowest numbers give.

    Nothing shows here whether they are shares of one secret: who combines splits again and compares.

    Args:
        shares: share by its number, from 1.
        needed: how many give the secret.

    Raises:
        ShareFault: fewer than needed, a number out of range, or a share that has not 32 bytes.
    """
    if not 1 <= needed <= len(shares):
        raise ShareFault(f"{len(shares)} shares are here, {needed} are needed, and at least 1")
    for number, share in shares.items():
        if not 1 <= number <= MOST or len(share) != SECRET_BYTES:
            raise ShareFault(f"share {number} of {len(share)} bytes: numbers go from 1 to {MOST}, shares have 32 bytes")
    chosen = sorted(shares)[:needed]
    secret = bytes(SECRET_BYTES)
    for x in chosen:
        # Lagrange at 0: the product of other / (other - x); in this field minus is plus is exclusive or.
        weight = 1
        for other in chosen:
            if other != x:
                weight = _TIMES[weight][_TIMES[other][_INVERSE[other ^ x]]]
        secret = _plus(secret, shares[x].translate(_TIMES[weight]))
    return secret


def _plus(a: bytes, b: bytes) -> bytes:
    return (int.from_bytes(a, "big") ^ int.from_bytes(b, "big")).to_bytes(SECRET_BYTES, "big")


def _times(a: int, b: int) -> int:
    product = 0
    while b:
        if b & 1:
            product ^= a
        a = a << 1 ^ (0x11B if a & 0x80 else 0)
        b >>= 1
    return product


# Row a: a times each byte. Row 0 is all zero, and 0 has no inverse.
_TIMES = tuple(bytes(_times(a, b) for b in range(256)) for a in range(256))
_INVERSE = (0, *(_TIMES[a].index(1) for a in range(1, 256)))
