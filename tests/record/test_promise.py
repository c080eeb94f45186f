"""Promises of boxes: signed, read back byte by byte, and every alteration seen."""

from dataclasses import replace

import pytest

from comitia.record import promise
from comitia.record.ed25519 import BadSignature
from comitia.record.promise import NotAPromise

SEED, BALLOT, LINE = b"\x07" * 32, b"\x0b" * 32, b'{"a cast":1}'


def test_a_promise_is_read_back_and_holds() -> None:
    made = promise.make(SEED, BALLOT, LINE)

    assert promise.parse(promise.text_of(made)) == made
    promise.check(made)


@pytest.mark.parametrize("field", ["ballot", "box", "cast", "signature"])
def test_a_promise_with_another_byte_does_not_hold(field: str) -> None:
    made = promise.make(SEED, BALLOT, LINE)
    old: bytes = getattr(made, field)

    with pytest.raises(BadSignature):
        promise.check(replace(made, **{field: bytes([old[0] ^ 1]) + old[1:]}))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"", "this is no promise of a box: "),
        (b"[]\n", "a promise has the fields ballot, box, cast, signature, each base64 text"),
        (b'{"ballot":1,"box":"","cast":"","signature":""}\n', "a promise has the fields"),
        (b'{"ballot":"!","box":"","cast":"","signature":""}\n', "this is no promise of a box: "),
    ],
)
def test_what_is_no_promise_is_said_to_be_none(text: bytes, why: str) -> None:
    with pytest.raises(NotAPromise) as caught:
        promise.parse(text)

    assert why in str(caught.value)
