"""Ask the witnesses of a policy to cosign a checkpoint, and say what each of them answered."""

import http.client
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from comitia.record import checkpoint, note, witness
from comitia.record.policy import Witness
from comitia.record.witness import NotCosigned, Request

SECONDS = 10.0
LARGEST_ANSWER = 65_536
Prove = Callable[[int, int], Sequence[bytes]]


@dataclass(frozen=True, slots=True)
class Unwitnessed:
    """A witness that did not cosign.

    Attributes:
        split: it knows another record under the same name, signed by the same key: somebody was shown what others were
            not.
    """

    name: str
    reason: str
    split: bool


@dataclass(frozen=True, slots=True)
class Gathered:
    """The checkpoint with the cosignatures that came, and who did not cosign."""

    note: bytes
    unwitnessed: tuple[Unwitnessed, ...]


def gather(signed: bytes, witnesses: Sequence[Witness], prove: Prove) -> Gathered:
    """Return a checkpoint with the cosignatures of all witnesses that can be reached and agree.

    Args:
        signed: the note of the checkpoint.
        witnesses: those without an address are left out.
        prove: the consistency proof from one size of the record to another.
    """
    asked = [each for each in witnesses if each.url]
    if not asked:
        return Gathered(signed, ())
    with ThreadPoolExecutor(max_workers=len(asked)) as pool:
        answers = list(pool.map(lambda each: _ask(signed, each, prove), asked))
    cosignatures = [each for each in answers if isinstance(each, note.Signature)]
    failed = tuple(each for each in answers if isinstance(each, Unwitnessed))
    return Gathered(witness.with_cosignatures(signed, cosignatures), failed)


def _ask(signed: bytes, by: Witness, prove: Prove) -> note.Signature | Unwitnessed:
    head = checkpoint.parse(signed)
    # "If a client doesn't have information on the latest cosigned checkpoint, it MAY initially make a request with an
    # old size of zero to obtain it."
    try:
        return _send(Request(0, (), signed), by)
    except NotCosigned as answered:
        known = answered.size
        if known is None or known == 0:
            return Unwitnessed(by.name, str(answered), split=False)
    except (OSError, http.client.HTTPException, ValueError) as fault:
        return Unwitnessed(by.name, f"{by.url} does not answer: {fault}", split=False)
    if known > head.size:
        return Unwitnessed(
            by.name,
            f"it has cosigned {known} acts, this record has {head.size}: an older copy was put in its place, or acts "
            "are withheld here",
            split=True,
        )
    try:
        proof = prove(known, head.size) if known < head.size else ()
        return _send(Request(known, tuple(proof), signed), by)
    except NotCosigned as answered:
        # 422: no proof leads from what it knows; 409 with the same size: the same size has another root.
        split = answered.status == 422 or answered.size == known
        told = f"its record of {known} acts is another one than this" if split else str(answered)
        return Unwitnessed(by.name, told, split=split)
    except (OSError, http.client.HTTPException, ValueError) as fault:
        return Unwitnessed(by.name, f"{by.url} does not answer: {fault}", split=False)


def _send(request: Request, by: Witness) -> note.Signature:
    url = by.url.rstrip("/") + "/add-checkpoint"
    if not url.startswith(("http://", "https://")):
        raise ValueError("its address begins neither with http:// nor with https://")
    asked = urllib.request.Request(url, data=witness.format_request(request), method="POST")
    try:
        with urllib.request.urlopen(asked, timeout=SECONDS) as answer:
            status, body = answer.status, answer.read(LARGEST_ANSWER)
    except urllib.error.HTTPError as refusal:
        status, body = refusal.code, refusal.read(LARGEST_ANSWER)
    return witness.read_answer(status, body, request.note, by.key)
