"""Public-key sealing whose randomness is an argument, so that a seal can be made again and compared.

RFC 9180, base mode, single shot with empty aad: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305,
https://www.rfc-editor.org/rfc/rfc9180. ``cryptography`` opens; it has no way to seal under a given ephemeral key,
so the sender's half is written here. In the RFC's test vectors ``ikm`` of the sender is called ikmE.
"""

import functools
import hmac

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

KEY_BYTES = 32
# What a seal adds to its text: the ephemeral public key and the tag.
OVERHEAD = 32 + 16
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
# RFC 9180 sections 4.1 and 5.1: KEM 0x0020; KDF 0x0001 and AEAD 0x0003 beside it.
_KEM_ID = b"KEM\x00\x20"
_SUITE_ID = b"HPKE\x00\x20\x00\x01\x00\x03"
_P = 2**255 - 19


class HpkeFault(Exception):
    """A key is unsound, or a seal does not open."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def derive_private_key(ikm: bytes) -> bytes:
    """Return the private key that RFC 9180 section 7.1.3 derives from at least 32 bytes of randomness.

    Raises:
        HpkeFault: fewer than 32 bytes.
    """
    if len(ikm) < KEY_BYTES:
        raise HpkeFault(f"a key is derived from at least {KEY_BYTES} bytes, here are {len(ikm)}")
    return _expand(_extract(_KEM_ID, b"", b"dkp_prk", ikm), _KEM_ID, b"sk", b"", 32)


def public_key(private: bytes) -> bytes:
    """Return the public half of a private key.

    Raises:
        HpkeFault: the key has not 32 bytes.
    """
    return _private(private).public_key().public_bytes_raw()


def check_public_key(key: bytes) -> None:
    """Raise unless a public key is in canonical encoding and not of small order.

    Raises:
        HpkeFault: not 32 bytes, not below 2^255 - 19, or a point that makes every shared secret zero.
    """
    _shared(X25519PrivateKey.from_private_bytes(bytes(32)), key)
    if int.from_bytes(key, "little") >= _P:
        raise HpkeFault("the public key is not in canonical encoding")


def seal(key: bytes, plaintext: bytes, *, info: bytes, ikm: bytes) -> bytes:
    """Return a text sealed to a public key: the ephemeral public key, then the ciphertext.

    Args:
        key: the receiver's public key, 32 bytes.
        plaintext: what only the receiver reads.
        info: what the seal is bound to; it opens under no other.
        ikm: at least 32 bytes; the same bytes make the same seal, so they are never used for another text.

    Raises:
        HpkeFault: the key is unsound, or ikm is too short.
    """
    enc, secret, nonce = context(key, info=info, ikm=ikm)
    return enc + ChaCha20Poly1305(secret).encrypt(nonce, plaintext, None)


def open(private: bytes, sealed: bytes, *, info: bytes) -> bytes:
    """Return the text of a seal.

    Raises:
        HpkeFault: the private key has not 32 bytes, or the seal is not one to this key, bound to this info.
    """
    try:
        return _SUITE.decrypt(sealed, _private(private), info)
    except (InvalidTag, ValueError):
        raise HpkeFault("the seal does not open with this key") from None


def context(key: bytes, *, info: bytes, ikm: bytes) -> tuple[bytes, bytes, bytes]:
    """Return what SetupBaseS gives: the encapsulated key, the AEAD key, the base nonce (RFC 9180 section 5.1.1).

    Raises:
        HpkeFault: the key is unsound, or ikm is too short.
    """
    ephemeral = X25519PrivateKey.from_private_bytes(derive_private_key(ikm))
    enc = ephemeral.public_key().public_bytes_raw()
    # Section 4.1, Encap and ExtractAndExpand.
    prk = _extract(_KEM_ID, b"", b"eae_prk", _shared(ephemeral, key))
    shared = _expand(prk, _KEM_ID, b"shared_secret", enc + key, 32)
    # Section 5.1, KeySchedule in base mode (0x00): no psk, no psk_id.
    said = b"\x00" + _PSK_ID_HASH + _info_hash(info)
    secret = _extract(_SUITE_ID, shared, b"secret", b"")
    return enc, _expand(secret, _SUITE_ID, b"key", said, 32), _expand(secret, _SUITE_ID, b"base_nonce", said, 12)


def _private(raw: bytes) -> X25519PrivateKey:
    if len(raw) != KEY_BYTES:
        raise HpkeFault(f"a private key has {KEY_BYTES} bytes, this one has {len(raw)}")
    return X25519PrivateKey.from_private_bytes(raw)


def _shared(private: X25519PrivateKey, public: bytes) -> bytes:
    if len(public) != KEY_BYTES:
        raise HpkeFault(f"a public key has {KEY_BYTES} bytes, this one has {len(public)}")
    try:
        return private.exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError:
        # RFC 9180 section 7.1.4: a shared secret of zeros is refused.
        raise HpkeFault("the public key is of small order") from None


def _extract(suite: bytes, salt: bytes, label: bytes, ikm: bytes) -> bytes:
    # RFC 9180 section 4, LabeledExtract; RFC 5869 section 2.2, an empty salt stands for zeros.
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + ikm, "sha256")


def _expand(prk: bytes, suite: bytes, label: bytes, info: bytes, length: int) -> bytes:
    # RFC 9180 section 4, LabeledExpand. Never more than one block of 32 bytes, so RFC 5869 section 2.3 is one step.
    return hmac.digest(prk, length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info + b"\x01", "sha256")[:length]


@functools.lru_cache(maxsize=8)
def _info_hash(info: bytes) -> bytes:
    # One ballot is sealed to several tellers under one info.
    return _extract(_SUITE_ID, b"", b"info_hash", info)


_PSK_ID_HASH = _extract(_SUITE_ID, b"", b"psk_id_hash", b"")
