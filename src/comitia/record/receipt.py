"""Receipts: an act's inclusion proof and a checkpoint on one sheet, checkable offline for ever.

C2SP tlog-proof, https://c2sp.org/tlog-proof, without the optional ``extra`` line. File suffix ``.tlog-proof``.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from comitia.record import checkpoint, merkle, note, policy as policies, strict_base64

HEAD = "c2sp.org/tlog-proof@v1"
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,15})")
_MOST_HASHES = 64


class ReceiptFault(Exception):
    """A receipt is not well formed, or does not show that the act is in the record."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"the receipt does not hold: {reason}")


@dataclass(frozen=True)
class Receipt:
    """An act's index, its inclusion proof, and the bytes of the checkpoint it leads to."""

    index: int
    proof: tuple[bytes, ...]
    note: bytes


def format(index: int, proof: Sequence[bytes], signed: bytes) -> bytes:
    """Return a receipt as text.

    Args:
        index: the act's index in the record.
        proof: its inclusion proof in the tree of the checkpoint.
        signed: the checkpoint's note, as it was signed.
    """
    lines = [HEAD, f"index {index}", *(strict_base64.encode(each) for each in proof), "", ""]
    return "\n".join(lines).encode() + signed


def parse(raw: bytes) -> Receipt:
    """Return what a receipt says; nothing is checked.

    Raises:
        ReceiptFault: not in the form of a receipt.
    """
    above, blank, signed = raw.partition(b"\n\n")
    try:
        lines = above.decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise ReceiptFault("its lines are not ASCII") from None
    if not blank or lines[0] != HEAD or len(lines) < 2:
        raise ReceiptFault(f"it does not begin with {HEAD} and an index")
    index = _INDEX.fullmatch(lines[1])
    if not index:
        raise ReceiptFault(f"the line {lines[1][:80]!r} is not an index")
    if len(lines) - 2 > _MOST_HASHES:
        raise ReceiptFault("it has more hashes than any tree is high")
    try:
        proof = tuple(strict_base64.decode(line) for line in lines[2:])
    except strict_base64.NotBase64 as fault:
        raise ReceiptFault(str(fault)) from fault
    return Receipt(int(index[1]), proof, signed)


def check(raw: bytes, leaf: bytes, key: note.VerifierKey) -> checkpoint.Checkpoint:
    """Return the checkpoint under which a receipt shows that a leaf is in the record.

    Raises:
        ReceiptFault: not in form, not signed by the log's key, or another leaf.
    """
    receipt = parse(raw)
    try:
        head = checkpoint.check(receipt.note, key)
    except (note.NoteFault, checkpoint.CheckpointFault) as fault:
        raise ReceiptFault(str(fault)) from fault
    _check_included(receipt, leaf, head)
    return head


def check_witnessed(raw: bytes, leaf: bytes, policy: policies.Policy) -> policies.Witnessed:
    """Return the checkpoint, accepted by a policy, under which a receipt shows that a leaf is in the record.

    Raises:
        ReceiptFault: not in form, not vouched for as the policy asks, or another leaf.
    """
    receipt = parse(raw)
    try:
        witnessed = policies.check(receipt.note, policy)
    except (note.NoteFault, checkpoint.CheckpointFault, policies.QuorumMissing) as fault:
        raise ReceiptFault(str(fault)) from fault
    _check_included(receipt, leaf, witnessed.head)
    return witnessed


def _check_included(receipt: Receipt, leaf: bytes, head: checkpoint.Checkpoint) -> None:
    hashed = merkle.leaf_hash(leaf)
    try:
        merkle.check_inclusion(hashed, receipt.proof, index=receipt.index, size=head.size, root=head.root)
    except merkle.NotIncluded as fault:
        raise ReceiptFault(str(fault)) from fault
