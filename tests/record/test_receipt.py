import pytest

from comitia.record import checkpoint, cosignature, merkle, note, receipt, witness
from comitia.record.checkpoint import Checkpoint
from comitia.record.cosignature import CosigningKey
from comitia.record.note import SigningKey
from comitia.record.policy import Log, Policy, Witness, Witnessed
from comitia.record.receipt import Receipt, ReceiptFault

KEY = SigningKey("mill.example/record", bytes(range(32)))
LEAVES = [b'{"act":"noted","n":%d,"v":1}' % number for number in range(7)]
TREE = merkle.tree_of(LEAVES)
NOTE = checkpoint.sign(Checkpoint(KEY.name, 7, TREE.root_hash()), KEY)


def receipt_of(index: int) -> bytes:
    return receipt.format(index, TREE.inclusion_proof(index), NOTE)


def test_a_receipt_of_every_act_shows_it_and_no_other() -> None:
    for index in range(7):
        assert receipt.check(receipt_of(index), LEAVES[index], note.verifier_key(KEY)) == checkpoint.parse(NOTE)
        with pytest.raises(ReceiptFault):
            receipt.check(receipt_of(index), LEAVES[(index + 1) % 7], note.verifier_key(KEY))


def test_a_receipt_is_the_text_of_tlog_proof() -> None:
    raw = receipt_of(6)

    assert raw.split(b"\n")[:2] == [b"c2sp.org/tlog-proof@v1", b"index 6"]
    assert raw.endswith(b"\n\n" + NOTE)
    assert receipt.parse(raw) == Receipt(6, tuple(TREE.inclusion_proof(6)), NOTE)


def test_a_log_of_one_act_needs_no_hashes() -> None:
    head = checkpoint.sign(Checkpoint(KEY.name, 1, merkle.leaf_hash(b"1")), KEY)
    raw = receipt.format(0, [], head)

    assert raw == b"c2sp.org/tlog-proof@v1\nindex 0\n\n" + head
    assert receipt.check(raw, b"1", note.verifier_key(KEY)).size == 1


def test_every_flipped_bit_of_a_receipt_is_refused() -> None:
    raw = receipt_of(3)
    for bit in range(len(raw) * 8):
        flipped = bytearray(raw)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(ReceiptFault):
            receipt.check(bytes(flipped), LEAVES[3], note.verifier_key(KEY))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"c2sp.org/tlog-proof@v1\n",
        b"c2sp.org/tlog-proof@v2\nindex 0\n\n" + NOTE,
        b"c2sp.org/tlog-proof@v1\nindex 00\n\n" + NOTE,
        b"c2sp.org/tlog-proof@v1\nextra AAAA\nindex 0\n\n" + NOTE,
        b"c2sp.org/tlog-proof@v1\nindex 0\nAAAB=\n\n" + NOTE,
        b"c2sp.org/tlog-proof@v1\nindex 0\n" + b"A" * 43 + b"=\n" * 70 + b"\n" + NOTE,
    ],
)
def test_what_is_not_a_receipt_is_refused(raw: bytes) -> None:
    with pytest.raises(ReceiptFault):
        receipt.check(raw, LEAVES[0], note.verifier_key(KEY))


def test_a_receipt_holds_under_a_policy_whose_quorum_cosigned_its_checkpoint() -> None:
    signing = CosigningKey("w1.example", "ed25519", bytes([1]) * 32)
    public = cosignature.cosigner_key(signing)
    trusted = Policy((Log(note.verifier_key(KEY)),), (Witness("w1", public),), (), "w1")
    cosigned = witness.with_cosignatures(NOTE, [cosignature.cosign(note.parse(NOTE).text, signing, at=9)])
    raw = receipt.format(3, TREE.inclusion_proof(3), cosigned)

    assert receipt.check_witnessed(raw, LEAVES[3], trusted) == Witnessed(checkpoint.parse(NOTE), {"w1": 9})
    with pytest.raises(ReceiptFault, match="does not hold"):
        receipt.check_witnessed(raw, LEAVES[4], trusted)
    with pytest.raises(ReceiptFault, match="w1 has not cosigned it"):
        receipt.check_witnessed(receipt_of(3), LEAVES[3], trusted)
