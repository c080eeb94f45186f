"""The vectors of spec/ are those that the code makes, and the code judges them as the clauses say."""

import base64
import importlib.util
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from comitia.record import (
    act_signature,
    blind_rsa,
    canonical,
    checkpoint,
    cosignature,
    merkle,
    mirror,
    note,
    policy as policies,
    receipt,
    seal,
    sealed_ballot,
    shamir,
    token,
    witness,
)
from comitia.record.act_signature import SignatureFault
from comitia.record.blind_rsa import BlindFault, Blinding, IssuingKey
from comitia.record.canonical import NotCanonical
from comitia.record.checkpoint import CheckpointFault
from comitia.record.mirror import Torn
from comitia.record.note import NoteFault
from comitia.record.policy import PolicyWrong, QuorumMissing
from comitia.record.seal import SealFault, Terms
from comitia.record.sealed_ballot import Ballot, Cast, Cheat, Issue, Outcome, Request, Shown, Void
from comitia.record.token import Asking, Token, TokenFault

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


def token_of(case: Any) -> Token:
    return Token(bytes.fromhex(case["prefix"]), raw_of(case["signatures"]))


def raw_of(texts: list[str]) -> tuple[bytes, ...]:
    return tuple(map(bytes.fromhex, texts))


def test_the_token_vectors_hold() -> None:
    case = load("token.json")
    issuing = [IssuingKey(*(int(prime, 16) for prime in primes)) for primes in case["primes"]]
    issuers = tuple(map(blind_rsa.issuer_key, issuing))
    held = case["token"]
    ballot, voter, prefix = (bytes.fromhex(held[name]) for name in ("ballot", "voter", "prefix"))
    blindings = tuple(
        Blinding(bytes.fromhex(salt), int(factor, 16))
        for salt, factor in zip(case["salts"], case["factors"], strict=True)
    )
    asking, answers = Asking(ballot, voter, prefix, blindings), raw_of(case["answers"])

    assert tuple(map(blind_rsa.parse_key, raw_of(case["issuers"]))) == issuers
    assert token.message(ballot, voter).hex() == case["message"]
    assert token.request(issuers, asking) == raw_of(case["blinded"])
    for key, blinded, answer in zip(issuing, raw_of(case["blinded"]), answers, strict=True):
        assert blind_rsa.blind_sign(key, blinded, bytes(32)) == answer
        blind_rsa.check_blind_signature(blind_rsa.issuer_key(key), answer, blinded)
    assert token.finish(issuers, asking, answers) == token_of(held)
    for each in case["refused_keys"]:
        with pytest.raises(BlindFault):
            blind_rsa.parse_key(bytes.fromhex(each["key"]))
    for each in case["refused"]:
        with pytest.raises(TokenFault):
            token.check(
                issuers, token_of(each), ballot=bytes.fromhex(each["ballot"]), voter=bytes.fromhex(each["voter"])
            )


def terms_of(case: Any) -> Terms:
    return Terms(raw_of(case["tellers"]), case["needed"], case["length"])


def keys_of(revealed: dict[str, str]) -> dict[int, bytes]:
    return {int(number): bytes.fromhex(private) for number, private in revealed.items()}


def test_the_seal_vectors_hold() -> None:
    case = load("seal.json")
    terms, keys = terms_of(case["terms"]), keys_of(case["revealed"])
    key, choice = bytes.fromhex(case["key"]), bytes.fromhex(case["choice"])
    ballot, voter, sealed = (bytes.fromhex(case["seal"][name]) for name in ("ballot", "voter", "sealed"))

    assert shamir.split(key, terms.needed, len(terms.tellers)) == raw_of(case["shares"])
    assert seal.seal(choice, terms, ballot=ballot, voter=voter, key=key) == sealed
    for number, private in keys.items():
        seal.check_revealed(terms, number, private)
        others = {each: keys[each] for each in keys if each != number}
        assert seal.open(sealed, terms, ballot=ballot, voter=voter, keys=others) == choice
        for each in case["refused"]:
            altered = {name: bytes.fromhex(each[name]) for name in ("ballot", "voter", "sealed")}
            with pytest.raises(SealFault):
                seal.open(altered["sealed"], terms, ballot=altered["ballot"], voter=altered["voter"], keys=others)


def line_of(name: str, case: Any) -> Any:
    raw = {key: bytes.fromhex(case[key]) for key in ("voter", "sealed", "signature", "blind_signature") if key in case}
    match name:
        case "requests":
            return Request(case["by"], raw_of(case["blinded"]))
        case "issues":
            return Issue(case["issuer"], case["request"], raw["blind_signature"])
        case "casts":
            return Cast(raw["voter"], token_of(case), case["revision"], raw["sealed"], raw["signature"])
        case "voids":
            return Void(raw["voter"], token_of(case), raw["signature"])


def test_the_vectors_of_a_whole_ballot_hold() -> None:
    case, tokens, seals = load("sealed_ballot.json"), load("token.json"), load("seal.json")
    issuers = tuple(map(blind_rsa.parse_key, raw_of(tokens["issuers"])))
    ballot = Ballot(bytes.fromhex(tokens["token"]["ballot"]), issuers, terms_of(seals["terms"]))
    lists = {name: [line_of(name, each) for each in case[name]] for name in ("requests", "issues", "casts", "voids")}
    shown, expected = Shown(**lists, revealed=keys_of(case["revealed"])), case["outcome"]

    assert sealed_ballot.outcome(ballot, shown) == Outcome(
        choices=raw_of(expected["choices"]),
        spoilt=tuple(expected["spoilt"]),
        issued=tuple(expected["issued"]),
        unanswered=tuple(map(tuple, expected["unanswered"])),
        voided=expected["voided"],
        missing=tuple(expected["missing"]),
    )
    for each in case["refused"]:
        name, at = each["list"], each["at"]
        altered = [*lists[name][:at], line_of(name, each["line"]), *lists[name][at + 1 :]]
        with pytest.raises(Cheat) as caught:
            sealed_ballot.outcome(ballot, replace(shown, **{name: altered}))
        assert (f"{caught.value.step}s", caught.value.at) == (name, at)
