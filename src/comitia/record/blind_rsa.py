"""Blind RSA signatures: an issuer signs a message that it does not see, and anyone checks both halves.

RFC 9474, variant RSABSSA-SHA384-PSS-Randomized, https://www.rfc-editor.org/rfc/rfc9474. It is the only one here: its
random prefix keeps the message hidden even from an issuer who made its key badly on purpose.

Whoever asks blinds with a factor drawn uniformly below the modulus: for each blinded message and each message there is
exactly one factor that leads from the one to the other, so what the issuer saw says nothing about what it signed, ever.

Randomness is an argument everywhere: a prefix of 32 bytes, a salt of 48 bytes, factors drawn uniformly from 1 to n - 1.
Each MUST come fresh from the system's generator; a factor derived from a short seed would be no longer uniform.

The private operation is Python's ``pow``, which takes no constant time. What it works on is masked by a fresh factor,
and each of its exponents by a fresh multiple of p - 1 or q - 1, so the times that can be seen do not depend on the
message and an average over many does not show the exponent. An issuer answers from the record in batches; a foreign
program on the issuer's own processor is not defended against.

Notation: n = p q (modulus), e = 65537, m (encoded message as a number), z (blinded message), s (signature).
"""

import functools
import hashlib
import math
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA384

E = 65_537
KEY_BITS = (2048, 3072, 4096)
PREFIX_BYTES = 32
HASH_BYTES = 48
SALT_BYTES = 48
MASK_BYTES = 32
_PSS = padding.PSS(padding.MGF1(SHA384()), SALT_BYTES)
_SHA384 = SHA384()


class BlindFault(Exception):
    """A key, a blinded message or a signature is not what RFC 9474 asks for."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class IssuerKey:
    """The public key of an issuer: the modulus, of 2048, 3072 or 4096 bits and odd. The exponent is always 65537.

    Raises:
        BlindFault: any other number.
    """

    n: int

    def __post_init__(self) -> None:
        if self.n < 0 or self.n.bit_length() not in KEY_BITS or not self.n & 1:
            raise BlindFault(f"an issuer's modulus is odd and has 2048, 3072 or 4096 bits, not {self.n.bit_length()}")

    @property
    def size(self) -> int:
        """The number of bytes of the modulus, and of everything that is signed under it."""
        return self.n.bit_length() // 8


@dataclass(frozen=True)
class IssuingKey:
    """The private key of an issuer: the two primes."""

    p: int
    q: int


@dataclass(frozen=True)
class Blinding:
    """What blinds one message for one issuer, drawn afresh by who asks: 48 bytes of salt, a factor from 1 to n - 1."""

    salt: bytes
    factor: int


def issuer_key(key: IssuingKey) -> IssuerKey:
    """Return the public half of an issuer's key.

    Raises:
        BlindFault: the product of the primes is no modulus of an issuer.
    """
    return IssuerKey(key.p * key.q)


def format_key(key: IssuerKey) -> bytes:
    """Return an issuer's public key as bytes: the modulus, big-endian."""
    return key.n.to_bytes(key.size, "big")


def parse_key(raw: bytes) -> IssuerKey:
    """Return the public key of an issuer from its modulus.

    spec/record.md R51.

    Raises:
        BlindFault: no modulus of an issuer, or zeros before it.
    """
    key = IssuerKey(int.from_bytes(raw, "big"))
    if key.size != len(raw):
        raise BlindFault(f"an issuer's modulus of {key.size} bytes is written in {len(raw)}")
    return key


def prepare(message: bytes, prefix: bytes) -> bytes:
    """Return what is signed: a message behind its prefix of 32 random bytes (RFC 9474 section 4.1).

    Raises:
        BlindFault: the prefix has another length.
    """
    if len(prefix) != PREFIX_BYTES:
        raise BlindFault(f"a prefix has {PREFIX_BYTES} bytes, this one has {len(prefix)}")
    return prefix + message


def blind(key: IssuerKey, prepared: bytes, blinding: Blinding) -> bytes:
    """Return the blinded message that goes to the issuer (RFC 9474 section 4.2).

    Raises:
        BlindFault: the salt has another length than 48, the factor is not from 1 to n - 1, or shares a divisor with n.
    """
    if len(blinding.salt) != SALT_BYTES:
        raise BlindFault(f"a salt has {SALT_BYTES} bytes, this one has {len(blinding.salt)}")
    if not 0 < blinding.factor < key.n:
        raise BlindFault("a blinding factor lies between 1 and the modulus less 1")
    m = int.from_bytes(_pss_encode(prepared, blinding.salt, key.n.bit_length() - 1), "big")
    if math.gcd(m, key.n) != 1 or math.gcd(blinding.factor, key.n) != 1:
        raise BlindFault("the message or the factor shares a divisor with the modulus: the issuer's key is broken")
    return (m * pow(blinding.factor, E, key.n) % key.n).to_bytes(key.size, "big")


def blind_sign(key: IssuingKey, blinded: bytes, mask: bytes) -> bytes:
    """Return an issuer's signature of a blinded message (RFC 9474 section 4.3).

    Args:
        key: the issuer's private key.
        blinded: the blinded message, as long as the modulus.
        mask: 32 fresh random bytes that mask the private operation; the signature does not depend on them.

    Raises:
        BlindFault: the key is unsound, the message has another length or is not below the modulus, the mask has another
            length, or the signature does not hold.
    """
    public = issuer_key(key)
    m = _below_modulus(public, blinded, "the blinded message")
    if len(mask) != MASK_BYTES:
        raise BlindFault(f"a mask has {MASK_BYTES} bytes, this one has {len(mask)}")
    stretched = hashlib.shake_256(b"comitia/blind-rsa-mask/v1\n" + mask + blinded).digest(public.size + 32)
    by_p, by_q = int.from_bytes(stretched[:16], "big"), int.from_bytes(stretched[16:32], "big")
    factor = int.from_bytes(stretched[32:], "big") % public.n
    try:
        s = _root(key, m * pow(factor, E, public.n) % public.n, by_p, by_q) * pow(factor, -1, public.n) % public.n
    except ValueError:
        raise BlindFault("the issuer's primes do not make a key with exponent 65537") from None
    # RFC 9474 section 4.3, step 4: a fault of the machine in one half would give a prime away.
    if pow(s, E, public.n) != m:
        raise BlindFault("the signature does not hold: the issuer's primes are wrong, or the machine miscalculated")
    return s.to_bytes(public.size, "big")


def check_blind_signature(key: IssuerKey, blind_signature: bytes, blinded: bytes) -> None:
    """Raise unless an issuer's answer is the signature of a blinded message: s^e = z mod n.

    Anyone can do this from the record, so an issuer that answers falsely is seen by all.

    Raises:
        BlindFault: wrong length, not below the modulus, or the equation fails.
    """
    z = _below_modulus(key, blinded, "the blinded message")
    s = _below_modulus(key, blind_signature, "the blind signature")
    if pow(s, E, key.n) != z:
        raise BlindFault("the blind signature is not this issuer's signature of the blinded message")


def finalize(key: IssuerKey, prepared: bytes, blind_signature: bytes, factor: int) -> bytes:
    """Return the signature of a message from the issuer's answer (RFC 9474 section 4.4).

    Raises:
        BlindFault: wrong length, no factor of this modulus, or what results is no signature of the message.
    """
    z = _below_modulus(key, blind_signature, "the blind signature")
    try:
        signature = (z * pow(factor, -1, key.n) % key.n).to_bytes(key.size, "big")
    except ValueError:
        raise BlindFault("the blinding factor has no inverse under this modulus") from None
    verify(key, prepared, signature)
    return signature


def verify(key: IssuerKey, prepared: bytes, signature: bytes) -> None:
    """Raise unless a signature of a prepared message holds (RFC 9474 section 4.5): RSASSA-PSS, SHA-384, salt of 48.

    Raises:
        BlindFault: wrong length, or no signature of this message by this key.
    """
    if len(signature) != key.size:
        raise BlindFault(f"a signature of this issuer has {key.size} bytes, this one has {len(signature)}")
    try:
        _loaded(key.n).verify(signature, prepared, _PSS, _SHA384)
    except (InvalidSignature, ValueError):
        raise BlindFault("the signature is not this issuer's signature of the message") from None


@functools.lru_cache(maxsize=64)
def _loaded(n: int) -> rsa.RSAPublicKey:
    return rsa.RSAPublicNumbers(E, n).public_key()


def _below_modulus(key: IssuerKey, raw: bytes, name: str) -> int:
    if len(raw) != key.size:
        raise BlindFault(f"{name} has {len(raw)} bytes, not {key.size} as the issuer's modulus")
    number = int.from_bytes(raw, "big")
    if number >= key.n:
        raise BlindFault(f"{name} is not below the issuer's modulus")
    return number


def _root(key: IssuingKey, m: int, by_p: int, by_q: int) -> int:
    # RFC 8017 section 5.1.2 with the Chinese remainder theorem; exponents masked by multiples of the groups' orders.
    at_p = pow(m, pow(E, -1, key.p - 1) + by_p * (key.p - 1), key.p)
    at_q = pow(m, pow(E, -1, key.q - 1) + by_q * (key.q - 1), key.q)
    return at_q + (at_p - at_q) * pow(key.q, -1, key.p) % key.p * key.q


def _pss_encode(message: bytes, salt: bytes, bits: int) -> bytes:
    # RFC 8017 section 9.1.1, with SHA-384 and a salt of 48 bytes.
    length = (bits + 7) // 8
    hashed = hashlib.sha384(bytes(8) + hashlib.sha384(message).digest() + salt).digest()
    block = bytes(length - SALT_BYTES - HASH_BYTES - 2) + b"\x01" + salt
    mask = _mgf1(hashed, len(block))
    masked = int.from_bytes(block, "big") ^ int.from_bytes(mask, "big")
    masked &= (1 << 8 * len(block) - (8 * length - bits)) - 1
    return masked.to_bytes(len(block), "big") + hashed + b"\xbc"


def _mgf1(seed: bytes, length: int) -> bytes:
    # RFC 8017 appendix B.2.1.
    blocks = (hashlib.sha384(seed + number.to_bytes(4, "big")).digest() for number in range(-(-length // HASH_BYTES)))
    return b"".join(blocks)[:length]
