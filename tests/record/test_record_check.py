"""The verifier of the pages, in JavaScript, judges the same vectors as the one in Python; they share no code."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULE = ROOT / "src" / "comitia" / "web" / "static" / "record-check.mjs"
SPEC = ROOT / "spec" / "vectors"
SHARED = ROOT.parent / "shared" / "data" / "vectors"
NODE = shutil.which("node")

pytestmark = pytest.mark.skipif(NODE is None, reason="no node here: apt-get install nodejs runs this test")


@pytest.fixture(scope="module")
def said() -> Any:
    words = [str(NODE), str(Path(__file__).with_name("record_check.mjs")), str(MODULE), str(SPEC)]
    done = subprocess.run([*words, *([str(SHARED)] if SHARED.is_dir() else [])], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def load(name: str) -> Any:
    return json.loads((SPEC / name).read_text())


def test_proofs_checkpoint_and_receipt_of_the_specification_hold(said: Any) -> None:
    assert (said["inclusion"], said["consistency"], said["checkpoint"]) == ([True] * 7, [True] * 7, [True])
    assert said["receipt"] == [True, "the proof leads to another root"]


def test_every_note_that_the_specification_refuses_is_refused(said: Any) -> None:
    refused = said["refused_checkpoints"] + said["refused_notes"]

    assert len(refused) == len(load("checkpoint.json")["refused"]) + len(load("witness.json")["refused"])
    assert True not in refused


def test_cosigned_checkpoints_are_accepted_with_the_same_moments(said: Any) -> None:
    assert said["cosigned"] == [case["at"] for case in load("witness.json")["accepted"]]
    assert said["message_ml_dsa_44"] == load("witness.json")["message_ml_dsa_44"]


def test_policies_are_refused_at_the_same_lines(said: Any) -> None:
    assert said["refused_policies"] == [case["line"] for case in load("witness.json")["refused_policies"]]


@pytest.mark.skipif(not SHARED.is_dir(), reason="no vectors beside the clone (../shared/data/vectors)")
def test_official_proofs_and_the_edge_cases_of_ed25519_are_judged_as_published(said: Any) -> None:
    for kind in ("official_inclusion", "official_consistency"):
        judged = said[kind]
        assert {name: pair for name, pair in judged.items() if pair[0] == pair[1]} == {}
        assert (len(judged), sum(wanted for _, wanted in judged.values())) == (98, 92)
    assert len(said["ed25519"]) == 43


def test_the_two_verifiers_share_nothing_but_the_vectors() -> None:
    text = MODULE.read_text()

    # Only the platform's own cryptography is imported.
    assert re.findall(r"""(?:from|import\()\s*["']([^"']+)["']""", text) == ["node:crypto"]
