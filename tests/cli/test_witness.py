"""The commands of a witnessed record, as somebody types them: each in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from small import founded

from comitia.clerk.clerk import Clerk
from comitia.record import note

AT = "2026-01-05T08:00:00Z"


def run(*words: object) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "comitia", *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    return done.returncode, done.stdout


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with Clerk.create(tmp_path / "home", "small.example/log", time=lambda: AT) as clerk:
        small = founded(vkey=clerk.vkey)
        clerk.submit_all(small.done, blobs=small.blobs)
    return tmp_path / "home"


def vkey_of(home: Path) -> str:
    with Clerk.open(home, time=lambda: AT) as clerk:
        return clerk.vkey


def test_a_receipt_is_made_and_checked_and_another_act_is_refused(home: Path, tmp_path: Path) -> None:
    vkey = vkey_of(home)

    made = run("receipt", "make", 3, "--home", home, "--out", tmp_path)
    run("receipt", "make", 4, "--home", home, "--out", tmp_path)

    assert made == (0, f"{tmp_path}/act-3.json\n{tmp_path}/act-3.tlog-proof\n")
    act, proof = tmp_path / "act-3.json", tmp_path / "act-3.tlog-proof"
    code, said = run("receipt", "check", act, proof, "--key", vkey)
    assert (code, said.startswith("holds: this is act 3 of the ")) == (0, True)
    code, said = run("receipt", "check", tmp_path / "act-4.json", proof, "--key", vkey)
    assert (code, said.startswith("the receipt does not hold: ")) == (1, True)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("check", "act", "proof"), "give --key KEY or --policy FILE"),
        (("check", "act", "proof", "--key", "x"), "act cannot be read: No such file"),
        (("make", "999"), "the record has no act 999"),
    ],
)
def test_wrong_use_of_receipts_says_what_to_do(home: Path, words: tuple[str, ...], reason: str) -> None:
    code, said = run("receipt", *words, "--home", home)

    assert (code, reason in said) == (2, True)


def test_a_witness_prints_its_line_of_a_policy_and_the_record_is_checked_under_it(home: Path, tmp_path: Path) -> None:
    vkey = vkey_of(home)
    code, said = run("witness", tmp_path / "unions", "--name", "unions.example/w", "--log", vkey, "--port", "0")
    policy = home / "policy"
    policy.write_text(f"log {vkey}\n{said.splitlines()[0]}\nquorum unions\n")

    assert (code, said.splitlines()[1]) == (0, "watches small.example/log")
    # Its witness has no address: nobody is asked, and the quorum is missing.
    code, said = run("checkpoint", "--home", home, "--json")
    assert (code, json.loads(said)["missing"]) == (
        1, "too few witnesses vouch for the checkpoint: unions has not cosigned it"
    )  # fmt: skip
    assert run("checkpoint", "--home", home, "--alone")[1].encode() == note.format(
        note.parse(json.loads(said)["checkpoint"].encode())
    )
    run("export", "--home", home, tmp_path / "export")
    code, said = run("verify", tmp_path / "export", "--policy", policy)
    assert (code, said.strip()) == (
        1, "checkpoint does not hold: too few witnesses vouch for the checkpoint: unions has not cosigned it"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ((), "there is no witness here; name one with --name"),
        (("--log", "nonsense"), "not of the form name+hash+base64"),
        (("--name", "two words"), "holds a blank or a plus"),
    ],
)
def test_wrong_use_of_a_witness_says_what_to_do(tmp_path: Path, words: tuple[str, ...], reason: str) -> None:
    code, said = run("witness", tmp_path / "w", *words, "--port", "0")

    assert (code, reason in said) == (2, True)
