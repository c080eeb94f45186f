import json
from pathlib import Path

import pytest

from comitia.record import ed25519
from comitia.record.ed25519 import BadSignature

VECTORS = Path(__file__).resolve().parents[3] / "shared" / "data" / "vectors" / "ed25519" / "ed25519vectors.json"
# The pinned rule refuses exactly these flags; a low-order component beside a prime-order one does not matter.
REFUSED = {"low_order_A", "low_order_R", "non_canonical_A", "non_canonical_R", "low_order_residue", "reencoded_k"}


@pytest.mark.skipif(not VECTORS.is_file(), reason="no vectors beside the clone (../shared/data/vectors/ed25519)")
def test_of_914_edge_cases_the_43_without_a_refused_flag_are_accepted() -> None:
    accepted, expected = [], []
    for case in json.loads(VECTORS.read_text()):
        if not set(case["flags"] or []) & REFUSED:
            expected.append(case["number"])
        try:
            ed25519.check(bytes.fromhex(case["key"]), bytes.fromhex(case["sig"]), case["msg"].encode())
            accepted.append(case["number"])
        except BadSignature:
            pass

    assert accepted == expected
    assert len(accepted) == 43


def test_the_second_test_of_rfc_8032_is_signed_and_checked() -> None:
    seed = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
    key = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    signature = bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )

    assert (ed25519.public_key(seed), ed25519.sign(seed, b"\x72")) == (key, signature)
    ed25519.check(key, signature, b"\x72")


def test_every_flipped_bit_of_a_signature_or_key_is_refused() -> None:
    seed = bytes(range(32))
    whole = ed25519.public_key(seed) + ed25519.sign(seed, b"act")
    for bit in range(len(whole) * 8):
        flipped = bytearray(whole)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(BadSignature):
            ed25519.check(bytes(flipped[:32]), bytes(flipped[32:]), b"act")


def test_s_plus_the_order_of_the_base_point_is_refused() -> None:
    seed = bytes(range(32))
    signature = ed25519.sign(seed, b"act")
    s = int.from_bytes(signature[32:], "little") + ed25519.L

    with pytest.raises(BadSignature, match="S is not below"):
        ed25519.check(ed25519.public_key(seed), signature[:32] + s.to_bytes(32, "little"), b"act")


@pytest.mark.parametrize(("key", "signature"), [(b"k" * 31, b"s" * 64), (b"k" * 32, b"s" * 63), (b"", b"")])
def test_wrong_lengths_are_refused(key: bytes, signature: bytes) -> None:
    with pytest.raises(BadSignature, match="bytes, not"):
        ed25519.check(key, signature, b"act")
