"""What a witness answers to a log that asks for a cosignature, and what the log sends and reads.

C2SP tlog-witness, https://c2sp.org/tlog-witness, the call ``add-checkpoint``: the log sends the size that the witness
knows, a consistency proof and a checkpoint; the witness cosigns what continues the log that it knows, once. It knows no
act and no member. Reading and keeping are the door's: the witness must keep ``Answer.head`` before it sends the answer,
and take one request of a log at a time.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from comitia.record import checkpoint, cosignature, merkle, note, strict_base64

SIZE_TYPE = "text/x.tlog.size"
TEXT_TYPE = "text/plain; charset=utf-8"
MOST_HASHES = 63
_OLD = re.compile(r"old (0|[1-9][0-9]{0,15})")
_EMPTY = merkle.root_hash(())


class RequestWrong(Exception):
    """A request that is not in the form of ``add-checkpoint``."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"not a request for a cosignature: {reason}")


class NotCosigned(Exception):
    """A witness's answer without its cosignature: ``status`` of HTTP; ``size`` that it knows, where it says so."""

    def __init__(self, status: int, size: int | None, reason: str) -> None:
        self.status = status
        self.size = size
        super().__init__(f"the witness did not cosign (status {status}): {reason}")


@dataclass(frozen=True)
class Request:
    """The size of the last checkpoint that the witness knows, the consistency proof from it, the new checkpoint."""

    old_size: int
    proof: tuple[bytes, ...]
    note: bytes


@dataclass(frozen=True)
class Answer:
    """What a witness answers.

    Attributes:
        status: of HTTP: 200 cosigned; 400, 403, 404, 409, 422 as the protocol says.
        body: cosignature lines, the known size, or a reason.
        head: with status 200, the checkpoint to keep before answering.
        evidence: the log's own signature stands under a checkpoint that contradicts the one before: keep the request.
    """

    status: int
    body: bytes
    content_type: str = TEXT_TYPE
    head: checkpoint.Checkpoint | None = None
    evidence: bool = False


@dataclass(frozen=True)
class Watched:
    """A log that a witness watches: its key, and the last checkpoint cosigned (None: none yet)."""

    key: note.VerifierKey
    last: checkpoint.Checkpoint | None


def format_request(request: Request) -> bytes:
    """Return the body of a request."""
    lines = [f"old {request.old_size}", *map(strict_base64.encode, request.proof), "", ""]
    return "\n".join(lines).encode() + request.note


def parse_request(raw: bytes) -> Request:
    """Return what the body of a request says; nothing is checked.

    Raises:
        RequestWrong: not an ``old`` line, at most 63 hashes, an empty line and a note.
    """
    above, blank, signed = raw.partition(b"\n\n")
    try:
        lines = above.decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise RequestWrong("the lines before the checkpoint are not ASCII") from None
    old = _OLD.fullmatch(lines[0])
    if not old or not blank:
        raise RequestWrong("expected a line 'old SIZE', lines of hashes, an empty line, then the checkpoint")
    if len(lines) - 1 > MOST_HASHES:
        raise RequestWrong(f"{len(lines) - 1} hashes; at most {MOST_HASHES} are read")
    try:
        proof = tuple(map(strict_base64.decode, lines[1:]))
    except strict_base64.NotBase64 as fault:
        raise RequestWrong(str(fault)) from fault
    if any(len(each) != 32 for each in proof):
        raise RequestWrong("a hash of the proof has not 32 bytes")
    return Request(int(old[1]), proof, signed)


def answer(raw: bytes, logs: Mapping[str, Watched], *, key: cosignature.CosigningKey, at: int) -> Answer:
    """Return a witness's answer to a request.

    Args:
        raw: the body of the request.
        logs: the logs that it watches, by origin.
        key: the witness's own.
        at: the moment, in seconds since 1970.
    """
    try:
        request = parse_request(raw)
        signed = note.parse(request.note)
        head = checkpoint.parse(request.note)
    except (RequestWrong, note.NoteFault, checkpoint.CheckpointFault) as fault:
        return _refusal(400, str(fault))
    watched = logs.get(head.origin)
    if watched is None:
        return _refusal(404, f"this witness does not watch {head.origin}")
    try:
        note.check(signed, watched.key)
    except note.NoteFault as fault:
        return _refusal(403, str(fault))
    if request.old_size > head.size:
        return _refusal(400, f"the old size {request.old_size} is larger than the checkpoint's {head.size}")
    last = watched.last or checkpoint.Checkpoint(head.origin, 0, _EMPTY)
    if request.old_size != last.size:
        return Answer(409, f"{last.size}\n".encode(), SIZE_TYPE)
    # "If the old size matches the checkpoint size, the witness MUST check that the root hashes are also identical."
    if head.size == last.size:
        if head.root != last.root:
            return Answer(409, f"{last.size}\n".encode(), SIZE_TYPE, evidence=True)
        if request.proof:
            return _refusal(422, "from a size to the same size the proof is empty")
    elif last.size == 0:
        # "The proof MUST be empty if the old size is zero."
        if request.proof:
            return _refusal(422, "from size 0 the proof is empty")
    else:
        try:
            merkle.check_consistency(
                request.proof, old_size=last.size, old_root=last.root, size=head.size, root=head.root
            )
        except merkle.NotConsistent as fault:
            return Answer(422, f"{fault}\n".encode(), evidence=True)
    line = note.format_signature(cosignature.cosign(signed.text, key, at=at))
    return Answer(200, line.encode(), head=head)


def _refusal(status: int, reason: str) -> Answer:
    return Answer(status, f"{reason}\n".encode())


def read_answer(status: int, body: bytes, signed: bytes, key: cosignature.CosignerKey) -> note.Signature:
    """Return the cosignature of a witness's answer, checked.

    Args:
        status: of HTTP.
        body: of the answer.
        signed: the note of the checkpoint that was sent.

    Raises:
        NotCosigned: another status, with the size that the witness knows if it answered one, or no cosignature of this
            witness that holds.
    """
    text = body.decode("utf-8", "replace")
    if status != 200:
        stripped = text.strip()
        size = int(stripped) if status == 409 and re.fullmatch(r"0|[1-9][0-9]{0,15}", stripped) else None
        raise NotCosigned(status, size, stripped[:200] or "no reason given")
    try:
        lines = [note.parse_signature(line) for line in text.removesuffix("\n").split("\n")]
        # "The client MUST ignore any cosignatures from unknown keys."
        own = next((each for each in lines if (each.name, each.key_id) == (key.name, key.key_id)), None)
        if own is None:
            raise NotCosigned(status, None, f"the answer holds no cosignature by {key.name}")
        cosignature.check(own, note.parse(signed).text, key)
    except note.NoteFault as fault:
        raise NotCosigned(status, None, str(fault)) from fault
    return own


def with_cosignatures(signed: bytes, cosignatures: Sequence[note.Signature]) -> bytes:
    """Return the note of a checkpoint with more signature lines, sorted by name and key id behind those it has."""
    before = note.parse(signed)
    more = sorted(set(cosignatures) - set(before.signatures), key=lambda each: (each.name, each.key_id))
    return note.format(note.Note(before.text, (*before.signatures, *more)))
