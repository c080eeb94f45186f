import pytest
from hypothesis import given, strategies as st

from comitia.record import note
from comitia.record.note import Note, NoteFault, SigningKey, VerifierKey

# The key and the note of the documentation of golang.org/x/mod/sumdb/note.
GO_SIGNING_KEY = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
GO_NOTE = (
    GO_TEXT
    + "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
).encode()
KEY = SigningKey("mill.example/record", bytes(range(32)))


def test_the_note_of_the_go_documentation_is_signed_and_checked_byte_for_byte() -> None:
    signing = note.parse_signing_key(GO_SIGNING_KEY)
    key = note.parse_vkey(GO_VKEY)

    assert note.verifier_key(signing) == key
    assert note.format_vkey(key) == GO_VKEY
    assert note.format_signing_key(signing) == GO_SIGNING_KEY
    assert note.format(note.sign(GO_TEXT, (signing,))) == GO_NOTE
    note.check(note.parse(GO_NOTE), key)


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=10), min_size=1, max_size=5),
    st.integers(1, 3),
)
def test_a_signed_note_is_read_back_as_it_was_written(lines: list[str], keys: int) -> None:
    text = "\n".join(lines) + "\n"
    signing = tuple(SigningKey(f"key{number}", bytes([number]) * 32) for number in range(keys))
    signed = note.sign(text, signing)
    raw = note.format(signed)

    assert note.parse(raw) == signed
    assert note.format(note.parse(raw)) == raw
    for key in signing:
        note.check(signed, note.verifier_key(key))


def test_every_flipped_bit_of_a_note_is_refused() -> None:
    raw = note.format(note.sign("one\n\ntwo\n", (KEY,)))
    for bit in range(len(raw) * 8):
        flipped = bytearray(raw)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(NoteFault):
            note.check(note.parse(bytes(flipped)), note.verifier_key(KEY))


def test_the_signature_of_an_unknown_key_is_passed_over_and_a_false_one_of_a_known_key_is_not() -> None:
    other = SigningKey("other.example", bytes(32))
    both = note.sign("text\n", (KEY, other))
    forged = Note("text\n", (*both.signatures, note.Signature(KEY.name, both.signatures[0].key_id, bytes(64))))

    note.check(both, note.verifier_key(KEY))
    with pytest.raises(NoteFault, match="does not hold"):
        note.check(forged, note.verifier_key(KEY))
    with pytest.raises(NoteFault, match="carries no signature by third"):
        note.check(both, VerifierKey("third", bytes(32)))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"text\n",
        b"text\n\n",
        b"text\n\n\n",
        "text\n\n— key AAAAAAA=".encode(),
        "text\n\n— key AAAAAAA\n".encode(),
        "text\n\n— key AAAAAAB=\n".encode(),
        "text\n\n— key AAAAAA==\n".encode(),
        b"text\n\n- key AAAAAAA=\n",
        "text\n\n— k+y AAAAAAA=\n".encode(),
        "text\n\n—  AAAAAAA=\n".encode(),
        "text\n\n— key AAAA AAA=\n".encode(),
        "te\txt\n\n— key AAAAAAA=\n".encode(),
        b"te\xffxt\n\n\xe2\x80\x94 key AAAAAAA=\n",
        b"text\n\n" + "— key AAAAAAA=\n".encode() * 101,
        b"x" * 1_000_001,
    ],
)
def test_what_is_not_a_note_is_refused(raw: bytes) -> None:
    with pytest.raises(NoteFault):
        note.parse(raw)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("name", "is not of the form"),
        (GO_VKEY.replace("c74f20a3", "c74f20a4"), "mistyped: its hash should be c74f20a3"),
        (GO_VKEY.replace("PeterNeumann", "PeterNewmann"), "mistyped"),
        (GO_VKEY[:-1], "strict base64"),
        ("two words+00000000+AQ==", "holds a blank"),
        ("name+00000000+AQ==", "not an Ed25519 key"),
    ],
)
def test_a_mistyped_key_is_refused(text: str, reason: str) -> None:
    with pytest.raises(NoteFault, match=reason):
        note.parse_vkey(text)


def test_the_refusal_of_a_signing_key_does_not_repeat_it() -> None:
    for damaged in (GO_SIGNING_KEY[:-1], GO_SIGNING_KEY.replace("c74f20a3", "00000000"), GO_SIGNING_KEY[8:]):
        with pytest.raises(NoteFault) as caught:
            note.parse_signing_key(damaged)
        assert "AYEKFALV" not in str(caught.value)


def test_text_that_cannot_be_a_note_is_not_signed() -> None:
    for text in ("no line feed", "tab\t\n", ""):
        with pytest.raises(NoteFault):
            note.sign(text, (KEY,))
