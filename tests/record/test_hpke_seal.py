import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from hypothesis import given, strategies as st

from comitia.record import hpke_seal
from comitia.record.hpke_seal import HpkeFault

VECTORS = Path(__file__).resolve().parents[3] / "shared/data/vectors/hpke/base_x25519_p256.json"
SUITE = {"mode": 0, "kem_id": 0x20, "kdf_id": 1, "aead_id": 3}
PRIVATE = hpke_seal.derive_private_key(bytes(range(32)))
KEY = hpke_seal.public_key(PRIVATE)
# The points of small order on the curve, by their canonical and other encodings (y = 0, 1, order 8, p - 1, p, p + 1).
SMALL = [
    bytes(32),
    b"\x01" + bytes(31),
    bytes.fromhex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"),
    bytes.fromhex("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"),
    *((2**255 - 19 + each).to_bytes(32, "little") for each in (-1, 0, 1)),
]


@pytest.mark.skipif(not VECTORS.is_file(), reason="no vectors beside the clone (../shared/data/vectors/hpke)")
def test_the_vectors_of_rfc_9180_for_our_suite_hold() -> None:
    cases = [case for case in json.loads(VECTORS.read_text()) if SUITE.items() <= case.items()]
    for case in cases:
        raw = {name: bytes.fromhex(value) for name, value in case.items() if isinstance(value, str)}
        first = {name: bytes.fromhex(value) for name, value in case["encryptions"][0].items()}

        assert hpke_seal.derive_private_key(raw["ikmR"]) == raw["skRm"]
        assert hpke_seal.public_key(raw["skRm"]) == raw["pkRm"]
        assert hpke_seal.derive_private_key(raw["ikmE"]) == raw["skEm"]
        enc, key, nonce = hpke_seal.context(raw["pkRm"], info=raw["info"], ikm=raw["ikmE"])
        assert (enc, key, nonce) == (raw["enc"], raw["key"], raw["base_nonce"])
        assert ChaCha20Poly1305(key).encrypt(nonce, first["pt"], first["aad"]) == first["ct"]
    assert len(cases) == 1


@given(st.binary(max_size=100), st.binary(max_size=100), st.binary(min_size=32, max_size=64))
def test_what_is_sealed_here_another_library_opens(text: bytes, info: bytes, ikm: bytes) -> None:
    sealed = hpke_seal.seal(KEY, text, info=info, ikm=ikm)

    assert hpke_seal.open(PRIVATE, sealed, info=info) == text
    assert hpke_seal.seal(KEY, text, info=info, ikm=ikm) == sealed
    assert len(sealed) == len(text) + hpke_seal.OVERHEAD


def test_what_another_library_seals_is_opened_here() -> None:
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
    sealed = suite.encrypt(b"text", X25519PublicKey.from_public_bytes(KEY), b"info")

    assert hpke_seal.open(PRIVATE, sealed, info=b"info") == b"text"


def test_every_flipped_bit_and_another_info_close_a_seal() -> None:
    sealed = hpke_seal.seal(KEY, b"text", info=b"info", ikm=bytes(32))
    # The highest bit of an X25519 key is masked away, but the encapsulated key is hashed as it was written.
    for bit in range(8 * len(sealed)):
        flipped = bytearray(sealed)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(HpkeFault, match="does not open"):
            hpke_seal.open(PRIVATE, bytes(flipped), info=b"info")
    with pytest.raises(HpkeFault, match="does not open"):
        hpke_seal.open(PRIVATE, sealed, info=b"other")


@pytest.mark.parametrize(
    "key", [*SMALL, (2**255 - 19 + 9).to_bytes(32, "little"), KEY[:31] + bytes([KEY[31] | 0x80]), b"", bytes(33)]
)
def test_an_unsound_public_key_is_refused(key: bytes) -> None:
    with pytest.raises(HpkeFault):
        hpke_seal.check_public_key(key)


@given(st.binary(max_size=80), st.binary(max_size=80))
def test_malformed_bytes_raise_the_named_error_only(one: bytes, two: bytes) -> None:
    for work in (
        lambda: hpke_seal.open(PRIVATE, one, info=two),
        lambda: hpke_seal.open(one[:31], two, info=b""),
        lambda: hpke_seal.public_key(one[:31]),
        lambda: hpke_seal.derive_private_key(one[:31]),
        lambda: hpke_seal.seal(KEY, one, info=two, ikm=two[:31]),
        lambda: hpke_seal.seal(one[:31], two, info=b"", ikm=bytes(32)),
    ):
        with pytest.raises(HpkeFault):
            work()
