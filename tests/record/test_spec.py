"""The vectors of spec/ are those that the code makes, and the code judges them as the clauses say."""

import base64
import importlib.util
import json
import re
from pathlib import Path
from typing import Any

import pytest

from comitia.record import (
    act_signature,
    canonical,
    checkpoint,
    cosignature,
    merkle,
    mirror,
    note,
    policy as policies,
    receipt,
    witness,
)
from comitia.record.act_signature import SignatureFault
from comitia.record.canonical import NotCanonical
from comitia.record.checkpoint import CheckpointFault
from comitia.record.mirror import Torn
from comitia.record.note import NoteFault
from comitia.record.policy import PolicyWrong, QuorumMissing

ROOT = Path(__file__).resolve().parents[2]
SPEC = ROOT / "spec"


def load(name: str) -> Any:
    return json.loads((SPEC / "vectors" / name).read_text())


def test_the_vectors_are_those_that_the_script_writes() -> None:
    described = importlib.util.spec_from_file_location("make_vectors", SPEC / "make_vectors.py")
    assert described is not None and described.loader is not None
    script = importlib.util.module_from_spec(described)
    described.loader.exec_module(script)

    assert {path.name: path.read_text() for path in (SPEC / "vectors").iterdir()} == script.vectors()


def test_the_canonical_vectors_hold() -> None:
    for case in load("canonical.json")["accepted"]:
        assert canonical.encode(case["value"]).hex() == case["hex"]
        assert canonical.decode(bytes.fromhex(case["hex"])) == case["value"]
    for case in load("canonical.json")["refused"]:
        with pytest.raises(NotCanonical):
            canonical.decode(bytes.fromhex(case["hex"]))


def test_the_signature_vectors_hold() -> None:
    case = load("act_signature.json")
    leaf = bytes.fromhex(case["leaf"])

    assert act_signature.signed_bytes(leaf).hex() == case["signed_bytes"]
    assert act_signature.public_key(bytes.fromhex(case["seed"])) == case["public_key"]
    act_signature.check(leaf, case["signature"], public_key=case["public_key"])
    for altered in case["refused"]:
        with pytest.raises(SignatureFault):
            act_signature.check(bytes.fromhex(altered), case["signature"], public_key=case["public_key"])


def test_the_tree_vectors_hold() -> None:
    case = load("tree.json")
    root = bytes.fromhex(case["roots"][7])
    for index, proof in enumerate(case["inclusion"]):
        hashed = merkle.leaf_hash(bytes([index]))
        merkle.check_inclusion(hashed, [bytes.fromhex(each) for each in proof], index=index, size=7, root=root)
    for old, proof in case["consistency"].items():
        before = bytes.fromhex(case["roots"][int(old)])
        path = [bytes.fromhex(each) for each in proof]
        merkle.check_consistency(path, old_size=int(old), old_root=before, size=7, root=root)


def test_the_checkpoint_vectors_hold() -> None:
    case = load("checkpoint.json")
    key = note.parse_vkey(case["vkey"])
    leaf = bytes.fromhex(load("act_signature.json")["leaf"])

    assert note.verifier_key(note.parse_signing_key(case["signing_key"])) == key
    assert receipt.check(case["receipt_of_act_1"].encode(), leaf, key) == checkpoint.check(
        case["checkpoint"].encode(), key
    )
    for refused in case["refused"]:
        with pytest.raises((NoteFault, CheckpointFault)):
            checkpoint.check(refused["note"].encode(), key)


def lay_out(folder: Path, files: dict[str, str | None]) -> None:
    for path, body in files.items():
        if body is not None:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(base64.b64decode(body))


def test_the_export_vectors_hold(tmp_path: Path) -> None:
    case = load("export.json")
    (tmp_path / "export.zip").write_bytes(base64.b64decode(case["zip"]))
    lay_out(tmp_path / "export", case["files"])

    folder, packed = (mirror.read(tmp_path / name, key=case["vkey"]) for name in ("export", "export.zip"))
    assert (folder.leaves, folder.blobs, folder.note) == (packed.leaves, packed.blobs, packed.note)
    for number, refused in enumerate(case["refused"]):
        torn = tmp_path / str(number)
        lay_out(torn, case["files"] | refused["put"])
        with pytest.raises(Torn) as caught:
            mirror.read(torn, key=case["vkey"])
        assert (caught.value.file, caught.value.act) == (refused["file"], refused["act"])


def test_every_clause_that_the_code_cites_is_in_the_specification() -> None:
    there = set(re.findall(r"^\*\*(R\d+)\*\*", (SPEC / "record.md").read_text(), re.MULTILINE))
    cited = set()
    for path in [*(ROOT / "src" / "comitia" / "record").glob("*.py"), SPEC / "make_vectors.py"]:
        cited |= set(re.findall(r"\bR\d+\b", path.read_text()))

    assert cited - there == set()


def test_the_witness_vectors_hold() -> None:
    case = load("witness.json")
    lines = b"".join(line.encode() + b"\n" for line in case["policy"])
    trusted = policies.parse(lines)
    key = note.parse_vkey(load("checkpoint.json")["vkey"])

    for each in case["accepted"]:
        assert policies.check(each["note"].encode(), trusted).at == each["at"]
    for each in case["refused"]:
        with pytest.raises((NoteFault, QuorumMissing)):
            policies.check(each["note"].encode(), trusted)
    for each in case["refused_policies"]:
        with pytest.raises(PolicyWrong) as wrong:
            policies.parse(b"".join(line.encode() + b"\n" for line in each["policy"]))
        assert wrong.value.line == each["line"]
    watched = {key.name: witness.Watched(key, checkpoint.parse_text(case["last"]))}
    public = cosignature.parse_vkey(case["witness"])
    for each in case["requests"]:
        signing = cosignature.CosigningKey(public.name, "ed25519", bytes([4]) * 32)
        answered = witness.answer(each["body"].encode(), watched, key=signing, at=1_767_225_700)
        assert (answered.status, answered.body.decode()) == (each["status"], each["answer"])
