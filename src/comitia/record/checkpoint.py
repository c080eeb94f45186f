"""Checkpoints: the signed head of the tree.

C2SP tlog-checkpoint, https://c2sp.org/tlog-checkpoint: a signed note of three lines (origin, size, root in base64). We
write and read no extension lines.
"""

import re
from dataclasses import dataclass

from comitia.record import note, strict_base64

_SIZE = re.compile(r"0|[1-9][0-9]{0,15}")


class CheckpointFault(Exception):
    """A note is not a checkpoint, or one of another log."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class Checkpoint:
    """The head of a log: its origin, the number of leaves, the root hash (32 bytes)."""

    origin: str
    size: int
    root: bytes


def text_of(head: Checkpoint) -> str:
    """Return the text of a checkpoint: three lines."""
    return f"{head.origin}\n{head.size}\n{strict_base64.encode(head.root)}\n"


def sign(head: Checkpoint, key: note.SigningKey) -> bytes:
    """Return a checkpoint as a note signed by the log's key.

    Raises:
        CheckpointFault: the key bears another name than the origin, or size or root are out of range.
        NoteFault: the origin is unfit as a key name.
    """
    if key.name != head.origin:
        raise CheckpointFault(f"the key is named {key.name!r}, the log {head.origin!r}")
    raw = note.format(note.sign(text_of(head), (key,)))
    if parse(raw) != head:
        raise CheckpointFault("the origin does not fit on one line")
    return raw


def parse(raw: bytes) -> Checkpoint:
    """Return what a checkpoint says; no signature is checked.

    Raises:
        NoteFault: not a note.
        CheckpointFault: not three lines of origin, size and root.
    """
    return parse_text(note.parse(raw).text)


def parse_text(text: str) -> Checkpoint:
    """Return what the text of a checkpoint's note says.

    Raises:
        CheckpointFault: not three lines of origin, size and root.
    """
    lines = text.split("\n")
    # The text ends in a line feed: three lines make four parts, the last empty. No extension lines.
    if len(lines) != 4:
        raise CheckpointFault(f"a checkpoint has three lines of text, not {len(lines) - 1}")
    origin, size, root, _ = lines
    if not origin or not _SIZE.fullmatch(size):
        raise CheckpointFault("a checkpoint begins with a line for the origin and a line for the size in digits")
    try:
        hashed = strict_base64.decode(root)
    except strict_base64.NotBase64:
        raise CheckpointFault("the root is not strict base64") from None
    if len(hashed) != 32:
        raise CheckpointFault(f"the root has {len(hashed)} bytes, not 32")
    return Checkpoint(origin, int(size), hashed)


def check(raw: bytes, key: note.VerifierKey) -> Checkpoint:
    """Return what a checkpoint says, signed by the log's key.

    Raises:
        NoteFault: not a note, or not signed by the key.
        CheckpointFault: not a checkpoint, or one of another origin than the key's name.
    """
    head = parse(raw)
    if head.origin != key.name:
        raise CheckpointFault(f"the checkpoint is of {head.origin!r}, the key of {key.name!r}")
    note.check(note.parse(raw), key)
    return head
