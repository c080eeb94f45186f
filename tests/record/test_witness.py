import pytest
from hypothesis import given, strategies as st

from comitia.record import checkpoint, cosignature, merkle, note, strict_base64, witness
from comitia.record.checkpoint import Checkpoint
from comitia.record.cosignature import CosigningKey
from comitia.record.note import SigningKey
from comitia.record.witness import Answer, NotCosigned, Request, RequestWrong, Watched

LOG = SigningKey("valley.example/record", bytes(range(32)))
KEY = CosigningKey("mill.example/witness", "ed25519", bytes(range(32, 64)))
PUBLIC = cosignature.cosigner_key(KEY)
LEAVES = [f"act {n}".encode() for n in range(40)]
TREE = merkle.tree_of(LEAVES)
FORKED = merkle.tree_of([*LEAVES[:5], b"another act", *LEAVES[6:]])


def head(size: int, tree: merkle.Tree = TREE) -> Checkpoint:
    return Checkpoint(LOG.name, size, tree.root_hash(size))


def request(old: int, size: int, tree: merkle.Tree = TREE) -> bytes:
    proof = tree.consistency_proof(old, size) if 0 < old < size else []
    return witness.format_request(Request(old, tuple(proof), checkpoint.sign(head(size, tree), LOG)))


def ask(raw: bytes, last: int | None) -> Answer:
    known = None if last is None else head(last)
    return witness.answer(raw, {LOG.name: Watched(note.verifier_key(LOG), known)}, key=KEY, at=100)


@given(st.integers(0, 40), st.integers(0, 40))
def test_what_continues_the_known_log_is_cosigned(one: int, other: int) -> None:
    old, size = sorted((one, other))
    raw = request(old, size)

    answered = ask(raw, old or None)

    signed = checkpoint.sign(head(size), LOG)
    own = witness.read_answer(answered.status, answered.body, signed, PUBLIC)
    assert (answered.status, answered.head, answered.evidence) == (200, head(size), False)
    assert cosignature.check(own, note.parse(signed).text, PUBLIC) == 100


def test_a_log_that_sends_another_size_is_told_the_one_that_is_known() -> None:
    assert ask(request(0, 9), 7) == Answer(409, b"7\n", "text/x.tlog.size")
    assert ask(request(3, 9), None) == Answer(409, b"0\n", "text/x.tlog.size")
    with pytest.raises(NotCosigned) as refused:
        witness.read_answer(409, b"7\n", b"", PUBLIC)
    assert (refused.value.status, refused.value.size) == (409, 7)


def test_a_split_view_is_not_cosigned_and_its_signed_proof_is_kept() -> None:
    same_size = ask(request(7, 7, FORKED), 7)
    longer = ask(request(7, 9, FORKED), 7)

    assert (same_size.status, same_size.head, same_size.evidence) == (409, None, True)
    assert (longer.status, longer.head, longer.evidence) == (422, None, True)


@pytest.mark.parametrize(
    ("raw", "last", "status"),
    [
        (b"", None, 400),
        (b"old 1\n\n", None, 400),
        (request(9, 7), 9, 400),
        (request(0, 7).replace(b"valley", b"forger"), None, 404),
        (request(0, 7).replace(b"7\n", b"8\n", 1), None, 403),
        (request(0, 7).replace(b"old 0\n", b"old 0\n" + strict_base64.encode(bytes(32)).encode() + b"\n"), None, 422),
        (request(7, 7).replace(b"old 7\n", b"old 7\n" + strict_base64.encode(bytes(32)).encode() + b"\n"), 7, 422),
    ],
)
def test_what_is_wrong_with_a_request_has_its_status(raw: bytes, last: int | None, status: int) -> None:
    answered = ask(raw, last)

    assert (answered.status, answered.head, answered.evidence) == (status, None, False)
    assert answered.body.endswith(b"\n")


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"old 01\n\nx", "expected a line 'old SIZE'"),
        (b"old -1\n\nx", "expected a line 'old SIZE'"),
        (b"old 1\nAA==\n\nx", "32 bytes"),
        (b"old 1\n!\n\nx", "not strict base64"),
        (b"old 1\n\xff\n\nx", "not ASCII"),
        (b"old 1\n" + b"AA==\n" * 64 + b"\nx", "64 hashes; at most 63"),
    ],
)
def test_a_request_in_another_form_is_refused(raw: bytes, reason: str) -> None:
    with pytest.raises(RequestWrong, match=reason):
        witness.parse_request(raw)


@given(st.binary(max_size=300))
def test_no_bytes_bring_anything_but_an_answer(raw: bytes) -> None:
    assert ask(raw, None).status == 400
    assert ask(b"old 0\n\n" + raw, None).status in (400, 403, 404)


def test_a_request_is_read_back_as_it_was_written() -> None:
    raw = request(5, 40)

    assert witness.format_request(witness.parse_request(raw)) == raw


def test_an_answer_without_this_witnesss_cosignature_is_refused() -> None:
    signed = checkpoint.sign(head(7), LOG)
    stranger = CosigningKey("stranger.example", "ed25519", bytes(32))
    by_stranger = note.format_signature(cosignature.cosign(note.parse(signed).text, stranger, at=1)).encode()
    of_other = ask(request(0, 8), None).body

    for status, body, reason in (
        (200, b"", "not a signature line"),
        (200, by_stranger, "holds no cosignature by mill.example/witness"),
        (200, of_other, "does not hold"),
        (404, b"this witness does not watch it\n", "status 404.*does not watch"),
        (409, b"seven\n", "status 409"),
        (500, b"", "no reason given"),
    ):
        with pytest.raises(NotCosigned, match=reason):
            witness.read_answer(status, body, signed, PUBLIC)


def test_lines_of_strangers_in_an_answer_are_passed_over() -> None:
    signed = checkpoint.sign(head(7), LOG)
    stranger = CosigningKey("stranger.example", "ed25519", bytes(32))
    by_stranger = note.format_signature(cosignature.cosign(note.parse(signed).text, stranger, at=1)).encode()
    own = ask(request(0, 7), None).body

    found = witness.read_answer(200, by_stranger + own, signed, PUBLIC)

    assert note.format_signature(found).encode() == own
    assert note.parse(witness.with_cosignatures(signed, [found, found])).signatures[1:] == (found,)
