import json
from pathlib import Path
from typing import Any

import pytest
import small_ballot
from hypothesis import given, settings, strategies as st

from comitia.record import blind_rsa
from comitia.record.blind_rsa import BlindFault, Blinding, IssuerKey, IssuingKey

VECTORS = Path(__file__).resolve().parents[3] / "shared/data/vectors/rfc9474/test_vectors_rfc9474.json"
KEY = small_ballot.BALLOT.issuers[0]
ISSUING = small_ballot.ISSUING[0]
FACTORS = st.integers(1, KEY.n - 1)


def vectors() -> list[dict[str, Any]]:
    return json.loads(VECTORS.read_text()) if VECTORS.is_file() else []


def raw(case: dict[str, str], name: str) -> bytes:
    return bytes.fromhex(case[name].removeprefix("0x"))


def number(case: dict[str, str], name: str) -> int:
    return int(case[name], 16)


@pytest.mark.skipif(not vectors(), reason="no vectors beside the clone (../shared/data/vectors/rfc9474)")
def test_all_four_vectors_of_rfc_9474_are_signed_and_those_with_our_salt_hold() -> None:
    verified = []
    for case in vectors():
        issuing = IssuingKey(number(case, "p"), number(case, "q"))
        key = blind_rsa.issuer_key(issuing)
        factor = pow(number(case, "inv"), -1, key.n)
        prepared, blinded, answer = raw(case, "input_msg"), raw(case, "blinded_msg"), raw(case, "blind_sig")

        assert (key.n, number(case, "e")) == (number(case, "n"), blind_rsa.E)
        assert blind_rsa.blind_sign(issuing, blinded, bytes(32)) == answer
        blind_rsa.check_blind_signature(key, answer, blinded)
        if number(case, "sLen") == blind_rsa.SALT_BYTES:
            assert blind_rsa.blind(key, prepared, Blinding(raw(case, "salt"), factor)) == blinded
            assert blind_rsa.finalize(key, prepared, answer, factor) == raw(case, "sig")
            blind_rsa.verify(key, prepared, raw(case, "sig"))
            verified.append(case["name"])
        else:
            with pytest.raises(BlindFault, match="not this issuer's signature"):
                blind_rsa.finalize(key, prepared, answer, factor)
            with pytest.raises(BlindFault, match="not this issuer's signature"):
                blind_rsa.verify(key, prepared, raw(case, "sig"))

    assert verified == ["RSABSSA-SHA384-PSS-Randomized", "RSABSSA-SHA384-PSS-Deterministic"]


@pytest.mark.skipif(not vectors(), reason="no vectors beside the clone (../shared/data/vectors/rfc9474)")
def test_the_randomized_vector_is_prepared_with_its_prefix() -> None:
    case = vectors()[0]

    assert blind_rsa.prepare(raw(case, "msg"), raw(case, "msg_prefix")) == raw(case, "input_msg")


def test_a_signature_does_not_depend_on_the_mask() -> None:
    blinded = blind_rsa.blind(KEY, b"prepared", Blinding(bytes(48), 12345))

    assert len({blind_rsa.blind_sign(ISSUING, blinded, bytes([each]) * 32) for each in range(5)}) == 1


@settings(max_examples=15)
@given(FACTORS, FACTORS, st.binary(max_size=80), st.binary(max_size=80), st.binary(min_size=48, max_size=48))
def test_what_an_issuer_saw_fits_every_token_that_it_made(
    one: int, two: int, first: bytes, second: bytes, salt: bytes
) -> None:
    """For both assignments of two requests to two tokens a blinding factor exists that explains it."""
    messages = (b"a" + first, b"b" + second)
    asked, answered, tokens = [], [], []
    for message, factor in zip(messages, (one, two), strict=True):
        asked.append(blind_rsa.blind(KEY, message, Blinding(salt, factor)))
        answered.append(blind_rsa.blind_sign(ISSUING, asked[-1], bytes(32)))
        tokens.append(blind_rsa.finalize(KEY, message, answered[-1], factor))

    for at in (0, 1):
        for other in (0, 1):
            # s_blind = s r, so this is the only factor that leads from the token to the answer.
            factor = int.from_bytes(answered[at], "big") * pow(int.from_bytes(tokens[other], "big"), -1, KEY.n) % KEY.n
            assert blind_rsa.blind(KEY, messages[other], Blinding(salt, factor)) == asked[at]
            assert blind_rsa.finalize(KEY, messages[other], answered[at], factor) == tokens[other]


def test_an_answer_by_another_key_or_to_another_request_is_seen_by_all() -> None:
    blinded = [blind_rsa.blind(KEY, b"prepared", Blinding(bytes(48), factor)) for factor in (5, 7)]
    answer = blind_rsa.blind_sign(ISSUING, blinded[0], bytes(32))
    blind_rsa.check_blind_signature(KEY, answer, blinded[0])

    with pytest.raises(BlindFault, match="not this issuer's signature"):
        blind_rsa.check_blind_signature(KEY, answer, blinded[1])
    with pytest.raises(BlindFault, match="not this issuer's signature"):
        blind_rsa.check_blind_signature(small_ballot.BALLOT.issuers[1], answer, blinded[0])


@pytest.mark.parametrize(
    "key",
    [
        b"",
        b"\xff" * 255,
        b"\xff" * 257,
        b"\x7f" + b"\xff" * 255,
        b"\xff" * 255 + b"\xfe",
        b"\x00" + b"\xff" * 256,
        b"\xff" * 1024,
    ],
)
def test_an_odd_key_of_an_issuer_is_refused(key: bytes) -> None:
    with pytest.raises(BlindFault, match="modulus"):
        blind_rsa.parse_key(key)


def test_a_key_is_written_and_read() -> None:
    assert blind_rsa.parse_key(blind_rsa.format_key(KEY)) == KEY


@pytest.mark.parametrize(
    "primes", [(0, 0), (ISSUING.p, -ISSUING.q), (ISSUING.p, ISSUING.q + 2), (KEY.n, 1), (3, KEY.n // 3 | 1)]
)
def test_primes_that_make_no_key_sign_nothing(primes: tuple[int, int]) -> None:
    with pytest.raises(BlindFault):
        blind_rsa.blind_sign(IssuingKey(*primes), b"\x01" * 256, bytes(32))


def test_lengths_and_factors_out_of_range_are_refused() -> None:
    with pytest.raises(BlindFault, match="a prefix has 32 bytes"):
        blind_rsa.prepare(b"message", bytes(31))
    with pytest.raises(BlindFault, match="a salt has 48 bytes"):
        blind_rsa.blind(KEY, b"prepared", Blinding(bytes(47), 5))
    for factor in (0, -1, KEY.n):
        with pytest.raises(BlindFault, match="a blinding factor lies between"):
            blind_rsa.blind(KEY, b"prepared", Blinding(bytes(48), factor))
    with pytest.raises(BlindFault, match="shares a divisor"):
        blind_rsa.blind(KEY, b"prepared", Blinding(bytes(48), ISSUING.p))
    with pytest.raises(BlindFault, match="not below the issuer's modulus"):
        blind_rsa.blind_sign(ISSUING, blind_rsa.format_key(KEY), bytes(32))
    with pytest.raises(BlindFault, match="a mask has 32 bytes"):
        blind_rsa.blind_sign(ISSUING, b"\x01" * 256, b"")
    with pytest.raises(BlindFault, match="no inverse"):
        blind_rsa.finalize(KEY, b"prepared", b"\x01" * 256, ISSUING.q)


@given(st.binary(max_size=300), st.binary(max_size=300), st.binary(max_size=300))
def test_malformed_bytes_raise_the_named_error_only(one: bytes, two: bytes, three: bytes) -> None:
    for work in (
        lambda: blind_rsa.verify(KEY, one, two),
        lambda: blind_rsa.verify(KEY, one, two.ljust(256, b"\xff")),
        lambda: blind_rsa.check_blind_signature(KEY, one, two),
        lambda: blind_rsa.finalize(KEY, one, two, int.from_bytes(three, "big")),
        lambda: blind_rsa.parse_key(one[:200]),
        lambda: blind_rsa.prepare(one, two + bytes(33)),
        lambda: blind_rsa.verify(
            IssuerKey(int.from_bytes(three.ljust(256, b"\x81")[:256], "big") | 1 | 1 << 2047), one, two
        ),
    ):
        with pytest.raises(BlindFault):
            work()
