from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from comitia.record import checkpoint, cosignature, note
from comitia.record.checkpoint import Checkpoint, CheckpointFault
from comitia.record.cosignature import CosignerKey, CosigningKey, Kind
from comitia.record.note import NoteFault, SigningKey

# A checkpoint of a public log of 2026-05-23 with the cosignatures of four public witnesses, and their published keys.
PUBLIC = (Path(__file__).parents[1] / "fixtures" / "public-checkpoint.txt").read_bytes()
PUBLIC_LOG = "arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f"
PUBLIC_WITNESSES = (
    "transparency.dev/DEV:witness-little-garden+d8042a87+BCtusOxINQNUTN5Oj8HObRkh2yHf/MwYaGX4CPdiVEPM",
    "witness1.smartit.nu/witness1+a48c820f+BPSFWg9G6KPiO7QPryYO5Xq4oYJJ+kAvLKLSimDhoxMO",
    "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2",
    "witness.stagemole.eu+67f7aea0+BEqSG3yu9YrmcM3BHvQYTxwFj3uSWakQepafafpUqklv",
)
AT = 1779573024

LOG = SigningKey("valley.example/record", bytes(range(32)))
HEAD = Checkpoint(LOG.name, 7, bytes(range(32)))
RAW = checkpoint.sign(HEAD, LOG)
TEXT = checkpoint.text_of(HEAD)
KINDS: tuple[Kind, ...] = ("ed25519", "ml-dsa-44")


def signing(kind: Kind, name: str = "mill.example/witness") -> CosigningKey:
    return CosigningKey(name, kind, bytes(range(32, 64)))


def test_the_cosignatures_of_four_public_witnesses_hold() -> None:
    signed = note.parse(PUBLIC)
    keys = [cosignature.parse_vkey(text) for text in PUBLIC_WITNESSES]
    own = {(each.name, each.key_id): each for each in signed.signatures}

    assert [cosignature.format_vkey(key) for key in keys] == list(PUBLIC_WITNESSES)
    assert [cosignature.check(own[key.name, key.key_id], signed.text, key) for key in keys] == [AT] * 4
    note.check(signed, note.parse_vkey(PUBLIC_LOG))


@pytest.mark.parametrize("kind", KINDS)
def test_a_cosignature_holds_and_says_when_it_was_made(kind: Kind) -> None:
    key = cosignature.cosigner_key(signing(kind))
    signature = cosignature.cosign(TEXT, signing(kind), at=1_800_000_000)

    assert cosignature.check(signature, TEXT, key) == 1_800_000_000
    assert (signature.name, signature.key_id) == (key.name, key.key_id)
    assert note.parse_signature(note.format_signature(signature).removesuffix("\n")) == signature


def test_what_is_signed_with_ed25519_is_two_lines_and_the_text() -> None:
    # The example of "Ed25519 signed message" in C2SP tlog-cosignature.
    text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"

    assert cosignature.cosigned_message("any", "ed25519", text, at=1679315147).decode() == (
        "cosignature/v1\ntime 1679315147\n"
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    )


def test_what_is_signed_with_ml_dsa_names_the_witness_and_the_log() -> None:
    assert cosignature.cosigned_message("w", "ml-dsa-44", TEXT, at=258) == (
        b"subtree/v1\n\x00"
        b"\x01w"
        b"\x00\x00\x00\x00\x00\x00\x01\x02"
        b"\x15valley.example/record"
        b"\x00\x00\x00\x00\x00\x00\x00\x00"
        b"\x00\x00\x00\x00\x00\x00\x00\x07" + bytes(range(32))
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_cosignature_holds_for_no_other_moment_text_or_key(kind: Kind) -> None:
    key = cosignature.cosigner_key(signing(kind))
    signature = cosignature.cosign(TEXT, signing(kind), at=5)
    later = note.Signature(key.name, key.key_id, (6).to_bytes(8, "big") + signature.signature[8:])
    other = cosignature.cosigner_key(CosigningKey(key.name, kind, bytes(32)))

    for moved, text, by in (
        (later, TEXT, key),
        (signature, TEXT.replace("7", "8"), key),
        (signature, TEXT, other),
        (note.Signature(key.name, key.key_id, signature.signature[:-1]), TEXT, key),
        (note.Signature(key.name, key.key_id, b"\xff" + signature.signature[1:]), TEXT, key),
    ):
        with pytest.raises(NoteFault):
            cosignature.check(moved, text, by)


@given(st.integers(0, 71 * 8 - 1))
def test_a_cosignature_with_a_flipped_bit_does_not_hold(bit: int) -> None:
    key = cosignature.cosigner_key(signing("ed25519"))
    flipped = bytearray(cosignature.cosign(TEXT, signing("ed25519"), at=5).signature)
    flipped[bit // 8] ^= 1 << bit % 8

    with pytest.raises(NoteFault):
        cosignature.check(note.Signature(key.name, key.key_id, bytes(flipped)), TEXT, key)


def test_an_ml_dsa_cosignature_does_not_hold_under_another_name() -> None:
    signature = cosignature.cosign(TEXT, signing("ml-dsa-44"), at=5)
    renamed = CosignerKey("bakery.example/witness", "ml-dsa-44", cosignature.cosigner_key(signing("ml-dsa-44")).key)

    with pytest.raises(NoteFault, match="does not hold"):
        cosignature.check(signature, TEXT, renamed)


@pytest.mark.parametrize("kind", KINDS)
def test_keys_are_read_back_as_they_were_written(kind: Kind) -> None:
    key = signing(kind)

    assert cosignature.parse_signing_key(cosignature.format_signing_key(key)) == key
    assert cosignature.parse_vkey(cosignature.format_vkey(cosignature.cosigner_key(key))) == cosignature.cosigner_key(
        key
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (note.format_vkey(note.verifier_key(LOG)), "of no type that a witness signs with"),
        (PUBLIC_WITNESSES[2].replace("da77ade7", "da77ade8"), "mistyped: its hash should be da77ade7"),
        (PUBLIC_WITNESSES[2].replace("da77ade7", "DA77ADE7"), "no hash of eight digits"),
        ("w+12345678", "not of the form"),
        ("w w+12345678+BA==", "holds a blank"),
    ],
)
def test_a_text_that_is_no_key_of_a_witness_is_refused(text: str, reason: str) -> None:
    with pytest.raises(NoteFault, match=reason):
        cosignature.parse_vkey(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (note.format_signing_key(LOG), "not that of a witness"),
        (PUBLIC_WITNESSES[0], "does not begin with"),
        (cosignature.format_signing_key(signing("ed25519")).replace("/witness", "/other"), "damaged"),
    ],
)
def test_a_damaged_private_key_is_refused_and_never_repeated(text: str, reason: str) -> None:
    with pytest.raises(NoteFault, match=reason) as refused:
        cosignature.parse_signing_key(text)
    assert text[-20:] not in str(refused.value)


def test_moments_of_cosignatures_are_said_as_dates_as_long_as_there_are_dates() -> None:
    assert cosignature.moment_text(AT) == "2026-05-23T21:50:24Z"
    assert cosignature.moment_text(253_402_300_799) == "9999-12-31T23:59:59Z"
    assert cosignature.moment_text(2**63 - 1) == "9223372036854775807 seconds after 1970"


def test_nothing_but_a_checkpoint_is_cosigned() -> None:
    with pytest.raises(CheckpointFault):
        cosignature.cosign("a motion\n", signing("ed25519"), at=0)
    with pytest.raises(ValueError, match="outside"):
        cosignature.cosign(TEXT, signing("ed25519"), at=2**63)
    with pytest.raises(CheckpointFault, match="1 to 255 bytes"):
        cosignature.cosign(TEXT, signing("ml-dsa-44", "w" * 256), at=0)
