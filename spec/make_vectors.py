"""Write spec/vectors/*.json: what a foreign verifier must accept and refuse, the same bytes each time.

Run it from the root of a clone: ``.venv/bin/python spec/make_vectors.py``.
"""

import json
from pathlib import Path
from typing import Any

from comitia.record import (
    act_signature,
    blobs,
    canonical,
    checkpoint,
    cosignature,
    merkle,
    note,
    policy as policies,
    receipt,
    strict_base64,
    tiles,
    witness,
    zipped,
)
from comitia.record.checkpoint import Checkpoint
from comitia.record.cosignature import CosigningKey
from comitia.record.note import SigningKey

FOLDER = Path(__file__).parent / "vectors"
KEY = SigningKey("mill.example/record", bytes(range(32)))
AUTHOR = bytes(range(100, 132))
TEXT = "Réunion du comité: le plan du printemps.\n".encode()
AT = "2026-03-02T08:00:00Z"


def act(word: str, **payload: Any) -> dict[str, Any]:
    """Return an act attested by the server; signed ones replace ``sigs``."""
    envelope = {"act": word, "v": 1, "at": AT, "by": "m-0001", "body": ""}
    return envelope | payload | {"sigs": [{"kind": "server", "key": "", "sig": ""}]}


def signed_act(word: str, **payload: Any) -> dict[str, Any]:
    """Return an act signed by its author."""
    bare = act(word, **payload)
    sig = act_signature.sign(canonical.encode(bare), AUTHOR)
    return bare | {"sigs": [{"kind": "ed25519", "key": act_signature.public_key(AUTHOR), "sig": sig}]}


def acts() -> list[bytes]:
    """Return the leaves of a small record."""
    vkey = note.format_vkey(note.verifier_key(KEY))
    said = [
        act("federation_founded", name="Mill", vkey=vkey, text=blobs.hash_of(TEXT)),
        signed_act("motion_moved", title="Plus de pain", text=blobs.hash_of(TEXT), n=-9007199254740991, none=None),
        act("vote_taken", ballot="1", member="m-0002"),
    ]
    return [canonical.encode(each) for each in said]


def canonical_vectors() -> dict[str, Any]:
    """R1 to R9: values with their bytes, and bytes to refuse with the clause."""
    values: list[canonical.Value] = [
        {},
        [],
        "",
        0,
        None,
        True,
        {"b": 2, "a": {"z_1": [], "0": "x"}},
        ['\u0001\b\t\n\f\r\u001f"\\/\x7f\u2028é\U0001f33e'],
        [9007199254740991, -9007199254740991],
    ]
    refused = [
        ("R1", '{"a": 1}'),
        ("R1", '{"b":1,"a":2}'),
        ("R1", '{"a":"\\u0041"}'),
        ("R1", '{"a":"\\/"}'),
        ("R1", '{"a":1}\n'),
        ("R1", '\ufeff{"a":1}'),
        ("R3", '{"a":1,"a":1}'),
        ("R3", '{"A":1}'),
        ("R3", '{"":1}'),
        ("R3", '{"a-b":1}'),
        ("R3", '{"é":1}'),
        ("R4", '{"a":1.0}'),
        ("R4", '{"a":1e2}'),
        ("R4", '{"a":NaN}'),
        ("R5", '{"a":9007199254740992}'),
        ("R5", '{"a":-0}'),
        ("R5", '{"a":01}'),
        ("R6", '{"a":"\\u0000"}'),
        ("R6", '{"a":"\\ud800"}'),
        ("R7", '{"a":"e\u0301"}'),
        ("R8", "[" * 33 + "]" * 33),
        ("R9", '"' + "x" * 32_767 + '"'),
    ]
    return {
        "accepted": [{"value": value, "hex": canonical.encode(value).hex()} for value in values],
        "refused": [{"clause": clause, "hex": leaf.encode().hex()} for clause, leaf in refused]
        + [{"clause": "R6", "hex": b'{"a":"\xed\xa0\x80"}'.hex()}, {"clause": "R1", "hex": b'{"a":"\xff"}'.hex()}],
    }


def signature_vectors() -> dict[str, Any]:
    """R10 to R13: the signed bytes of an act, its signature, and altered acts."""
    leaf = acts()[1]
    said = canonical.decode(leaf)
    assert isinstance(said, dict)
    return {
        "seed": AUTHOR.hex(),
        "public_key": act_signature.public_key(AUTHOR),
        "leaf": leaf.hex(),
        "signed_bytes": act_signature.signed_bytes(leaf).hex(),
        "signature": act_signature.sign(leaf, AUTHOR),
        "refused": [canonical.encode(said | {"title": "Moins de pain"}).hex(), canonical.encode(said | {"v": 2}).hex()],
    }


def tree_vectors() -> dict[str, Any]:
    """R24: roots of the first trees over the leaves 0x00, 0x01, ..., and proofs in the tree of seven."""
    tree = merkle.tree_of([bytes([number]) for number in range(7)])
    return {
        "roots": [tree.root_hash(size).hex() for size in range(8)],
        "inclusion": [[each.hex() for each in tree.inclusion_proof(index)] for index in range(7)],
        "consistency": {str(old): [each.hex() for each in tree.consistency_proof(old)] for old in range(1, 8)},
    }


def checkpoint_vectors() -> dict[str, Any]:
    """R25 to R29: key, checkpoint, receipt, and notes to refuse."""
    leaves = acts()
    tree = merkle.tree_of(leaves)
    head = Checkpoint(KEY.name, tree.size, tree.root_hash())
    signed = checkpoint.sign(head, KEY)
    extended = note.format(note.sign(checkpoint.text_of(head) + "extension\n", (KEY,)))
    zeros = note.format(note.sign(checkpoint.text_of(head).replace("\n3\n", "\n03\n"), (KEY,)))
    return {
        "signing_key": note.format_signing_key(KEY),
        "vkey": note.format_vkey(note.verifier_key(KEY)),
        "checkpoint": signed.decode(),
        "receipt_of_act_1": receipt.format(1, tree.inclusion_proof(1), signed).decode(),
        "refused": [
            {"clause": "R25", "note": extended.decode()},
            {"clause": "R25", "note": zeros.decode()},
            {"clause": "R12", "note": signed.decode().replace("\n3\n", "\n2\n")},
            {"clause": "R28", "note": signed.decode() + "\n"},
            {"clause": "R28", "note": signed.decode().replace("\n— ", "\n- ")},
        ],
    }


WITNESS_KEYS = {
    name: CosigningKey(f"{name}.example/w", "ed25519", bytes([number]) * 32)
    for number, name in enumerate(("committees-1", "committees-2", "committees-3", "unions-1", "unions-2"), start=1)
}


def houses() -> list[str]:
    """Return the lines of a policy of two houses: two of three, one of two, and both."""
    keys = {name: cosignature.format_vkey(cosignature.cosigner_key(key)) for name, key in WITNESS_KEYS.items()}
    return [
        f"log {note.format_vkey(note.verifier_key(KEY))}",
        *(f"witness {name} {key}" for name, key in keys.items()),
        "group committees 2 committees-1 committees-2 committees-3",
        "group unions any unions-1 unions-2",
        "group both all committees unions",
        "quorum both",
    ]


def cosigned(signed: bytes, *names: str) -> bytes:
    """Return a checkpoint with cosignatures, a moment for each witness."""
    at = {name: 1_767_225_600 + number for number, name in enumerate(WITNESS_KEYS)}
    text = note.parse(signed).text
    made = [cosignature.cosign(text, WITNESS_KEYS[name], at=at[name]) for name in names]
    return witness.with_cosignatures(signed, made)


def witness_vectors() -> dict[str, Any]:
    """R47 to R49: a policy, checkpoints that it accepts and refuses, policies to refuse, requests and their answers."""
    tree = merkle.tree_of([bytes([number]) for number in range(7)])
    signed = {size: checkpoint.sign(Checkpoint(KEY.name, size, tree.root_hash(size)), KEY) for size in (3, 7)}
    lines = houses()
    policy = policies.parse("".join(line + "\n" for line in lines).encode())
    enough = ("committees-1", "committees-3", "unions-2")
    whole = cosigned(signed[7], *enough)
    text = note.parse(signed[7]).text
    stranger = cosignature.cosign(text, CosigningKey("stranger.example/w", "ed25519", bytes(32)), at=1)
    false = note.Signature("unions-1.example/w", cosignature.cosigner_key(WITNESS_KEYS["unions-1"]).key_id, bytes(72))
    bad_policies = [
        (0, [*lines[:-1]]),
        (4, [*lines[:3], lines[2], *lines[3:]]),
        (8, [*lines[:7], "group unions any unions-1 nobody", *lines[8:]]),
        (8, [*lines[:7], "group unions any unions-1 committees-1", *lines[8:]]),
        (7, [*lines[:6], "group committees 4 committees-1 committees-2 committees-3", *lines[7:]]),
        (11, [*lines, "quorum none"]),
        (2, [lines[0], f"witness none {lines[1].split()[2]}", *lines[2:]]),
        (1, [lines[0].replace("log ", "log\r "), *lines[1:]]),
    ]
    proof = tree.consistency_proof(3, 7)
    last = Checkpoint(KEY.name, 3, tree.root_hash(3))
    fork = checkpoint.sign(Checkpoint(KEY.name, 3, bytes(32)), KEY)
    requests = [
        (witness.Request(3, tuple(proof), signed[7]), 200),
        (witness.Request(3, (), signed[3]), 200),
        (witness.Request(0, (), signed[7]), 409),
        (witness.Request(3, tuple(proof[:-1]), signed[7]), 422),
        (witness.Request(3, (), fork), 409),
        (witness.Request(7, (), signed[3]), 400),
        (witness.Request(3, tuple(proof), signed[7].replace(b"\n7\n", b"\n6\n")), 403),
    ]
    logs = {KEY.name: witness.Watched(note.verifier_key(KEY), last)}
    answers = []
    for request, status in requests:
        body = witness.format_request(request)
        answered = witness.answer(body, logs, key=WITNESS_KEYS["unions-1"], at=1_767_225_700)
        assert answered.status == status
        answers.append({"body": body.decode(), "status": status, "answer": answered.body.decode()})
    return {
        "policy": lines,
        "message_ml_dsa_44": cosignature.cosigned_message("unions-1.example/w", "ml-dsa-44", text, at=258).hex(),
        "accepted": [
            {"note": each.decode(), "at": dict(policies.check(each, policy).at)}
            for each in (whole, witness.with_cosignatures(whole, [stranger]), cosigned(signed[7], *WITNESS_KEYS))
        ],
        "refused": [
            {"clause": "R48", "note": signed[7].decode()},
            {"clause": "R48", "note": cosigned(signed[7], "committees-1", "unions-1", "unions-2").decode()},
            {"clause": "R48", "note": cosigned(signed[7], "committees-1", "committees-2", "committees-3").decode()},
            {"clause": "R48", "note": witness.with_cosignatures(whole, [false]).decode()},
            {"clause": "R47", "note": whole.decode().replace("\n7\n", "\n6\n")},
        ],
        "refused_policies": [{"clause": "R48", "line": line, "policy": bad} for line, bad in bad_policies],
        "witness": lines[4].split()[2],
        "last": checkpoint.text_of(last),
        "requests": answers,
    }


def export_vectors() -> dict[str, Any]:
    """R30 to R38: every file of a small export, its zip file, and exports to refuse."""
    leaves = acts()
    head = Checkpoint(KEY.name, len(leaves), merkle.root_hash(leaves))
    files = dict(tiles.files(leaves, checkpoint.sign(head, KEY), {blobs.hash_of(TEXT): TEXT}))
    zipped_whole = b"".join(zipped.pack(files.items()))
    entries, tile = "tile/entries/000.p/3", "tile/0/000.p/3"
    flipped = {path: files[path][:9] + bytes([files[path][9] ^ 1]) + files[path][10:] for path in (entries, tile)}
    blob = tiles.blob_path(blobs.hash_of(TEXT))
    extra = tiles.blob_path(blobs.hash_of(b"extra"))
    return {
        "vkey": note.format_vkey(note.verifier_key(KEY)),
        "files": {path: strict_base64.encode(body) for path, body in files.items()},
        "zip": strict_base64.encode(zipped_whole),
        "refused": [
            {"clause": "R35", "file": entries, "act": 0, "put": {entries: strict_base64.encode(flipped[entries])}},
            {"clause": "R35", "file": tile, "act": None, "put": {tile: strict_base64.encode(flipped[tile])}},
            {"clause": "R23", "file": blob, "act": None, "put": {blob: ""}},
            {"clause": "R36", "file": tile, "act": None, "put": {tile: None}},
            {"clause": "R36", "file": "README", "act": None, "put": {"README": ""}},
            {"clause": "R37", "file": extra, "act": None, "put": {extra: strict_base64.encode(b"extra")}},
        ],
    }


def vectors() -> dict[str, str]:
    """Return the text of each vector file by its name."""
    made = {
        "canonical.json": canonical_vectors(),
        "act_signature.json": signature_vectors(),
        "tree.json": tree_vectors(),
        "checkpoint.json": checkpoint_vectors(),
        "export.json": export_vectors(),
        "witness.json": witness_vectors(),
    }
    return {name: json.dumps(content, indent=1, ensure_ascii=True) + "\n" for name, content in made.items()}


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in vectors().items():
        (FOLDER / name).write_text(text)
        print(f"{name}: {len(text):,} bytes")
