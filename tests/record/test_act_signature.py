import pytest

from comitia.record import act_signature, canonical
from comitia.record.act_signature import SignatureFault

SEED = bytes(range(32))
ACT: dict[str, canonical.Value] = {
    "act": "motion_moved",
    "v": 1,
    "at": "2026-05-01T10:00:00Z",
    "by": "m-0001",
    "body": "",
}
SERVER = {"kind": "server", "key": "", "sig": ""}


def leaf(act: dict[str, canonical.Value]) -> bytes:
    return canonical.encode(act)


def test_the_signed_bytes_are_the_context_and_the_act_without_its_signatures() -> None:
    expected = b'comitia/act/v1\n{"act":"motion_moved","at":"2026-05-01T10:00:00Z","body":"","by":"m-0001","v":1}'

    assert act_signature.signed_bytes(leaf(ACT)) == expected
    assert act_signature.signed_bytes(leaf(ACT | {"sigs": [SERVER]})) == expected


def test_a_signature_vouches_for_its_act_and_for_no_other() -> None:
    key = act_signature.public_key(SEED)
    sig = act_signature.sign(leaf(ACT), SEED)
    whole = leaf(ACT | {"sigs": [{"kind": "ed25519", "key": key, "sig": sig}]})

    act_signature.check(whole, sig, public_key=key)
    for altered in (ACT | {"body": "committee/mill"}, ACT | {"extra": 1}):
        with pytest.raises(SignatureFault, match="not a signature of these bytes"):
            act_signature.check(leaf(altered), sig, public_key=key)
    with pytest.raises(SignatureFault):
        act_signature.check(whole, sig, public_key=act_signature.public_key(bytes(32)))


@pytest.mark.parametrize(
    ("sig", "key"), [("", ""), ("AAAA", "AAAA"), ("A" * 86 + "==", "not base64"), ("A" * 86 + "==", "A" * 43 + "=")]
)
def test_what_is_no_signature_is_refused(sig: str, key: str) -> None:
    with pytest.raises(SignatureFault):
        act_signature.check(leaf(ACT), sig, public_key=key)


def test_a_leaf_that_is_no_object_is_not_signed() -> None:
    with pytest.raises(SignatureFault, match="must be a JSON object"):
        act_signature.sign(b"[]", SEED)


def test_an_act_vouched_for_by_the_server_alone_says_so() -> None:
    signed = {"kind": "ed25519", "key": "k", "sig": "s"}

    assert [
        act_signature.is_attested_only(ACT | {"sigs": sigs})
        for sigs in ([SERVER], [SERVER, SERVER], [signed], [SERVER, signed], [])
    ] == [True, True, False, False, False]
    assert not act_signature.is_attested_only(ACT)
