"""Published casts: lines that say one cast each, in the order of their hashes, and every other blob refused."""

import hashlib
import json

import pytest
import small_ballot
from hypothesis import given, settings, strategies as st

from comitia.record import casts
from comitia.record.casts import CastsFault

CASTS = [small_ballot.cast(name, b"bread") for name in ("vera", "olga", "rosa")]
LINES = [casts.line_of(cast) for cast in CASTS]
BLOB = casts.blob(LINES)


def fault(text: bytes) -> str:
    with pytest.raises(CastsFault) as caught:
        casts.read(text)
    return str(caught.value)


def test_a_blob_is_read_as_the_casts_that_it_says_in_the_order_of_their_hashes() -> None:
    found = casts.read(BLOB)

    assert sorted(found, key=lambda cast: cast.voter) == sorted(CASTS, key=lambda cast: cast.voter)
    hashes = [hashlib.sha256(line).digest() for line in BLOB.split(b"\n")[:-1]]
    assert hashes == sorted(hashes)
    assert casts.blob(LINES[::-1]) == BLOB
    assert casts.read(b"") == ()


def test_a_line_out_of_its_place_or_there_twice_is_named() -> None:
    one, two, three = BLOB.split(b"\n")[:-1]

    assert fault(two + b"\n" + one + b"\n") == "line 2 of the casts: lines are sorted by their SHA-256, each once"
    assert fault(one + b"\n" + one + b"\n") == "line 2 of the casts: lines are sorted by their SHA-256, each once"
    assert fault(one + b"\n" + three) == "line 2 of the casts: the last line has no end"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"voter": 1}, "its fields are base64 text, and signatures a list of it"),
        ({"signatures": "AA=="}, "its fields are base64 text, and signatures a list of it"),
        ({"signatures": [1]}, "its fields are base64 text, and signatures a list of it"),
        ({"revision": -1}, "a revision is a number from 0 to 4294967295"),
        ({"revision": 2**32}, "a revision is a number from 0 to 4294967295"),
        ({"revision": True}, "a revision is a number from 0 to 4294967295"),
        ({"revision": "1"}, "a revision is a number from 0 to 4294967295"),
        ({"prefix": "AA"}, "not strict base64: 'AA'"),
        ({"signatures": ["AA"]}, "not strict base64: 'AA'"),
        ({"more": ""}, "a cast has the fields prefix, revision, seal, signature, signatures, voter"),
    ],
)
def test_a_line_of_another_form_is_named(changes: dict[str, object], said: str) -> None:
    told = {**json.loads(LINES[0]), **changes}
    line = json.dumps(told, separators=(",", ":"), sort_keys=True).encode()

    assert fault(line + b"\n") == f"line 1 of the casts: {said}"


def test_a_line_that_is_not_canonical_is_named() -> None:
    assert fault(LINES[0].replace(b":", b": ", 1) + b"\n").startswith("line 1 of the casts: ")
    assert fault(b"[]\n").endswith("a cast has the fields prefix, revision, seal, signature, signatures, voter")


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(BLOB) - 1), st.integers(0, 255))
def test_whatever_byte_is_changed_it_is_refused_or_says_another_cast(at: int, byte: int) -> None:
    changed = BLOB[:at] + bytes([byte]) + BLOB[at + 1 :]
    try:
        found = casts.read(changed)
    except CastsFault:
        return

    assert (found == casts.read(BLOB)) == (changed == BLOB)
