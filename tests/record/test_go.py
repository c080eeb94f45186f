"""A verifier in Go that shares no code with this one: golang.org/x/mod/sumdb, as Debian packages it."""

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from comitia.record import canonical, checkpoint, cosignature, merkle, mirror, note, receipt, strict_base64, tiles
from comitia.record.checkpoint import Checkpoint
from comitia.record.cosignature import CosigningKey
from comitia.record.note import SigningKey

SUMDB = Path("/usr/share/gocode/src/golang.org/x/mod/sumdb")
VECTORS = Path(__file__).parents[2] / "spec" / "vectors"
KEY = SigningKey("mill.example/record", bytes(range(32)))
VKEY = note.format_vkey(note.verifier_key(KEY))
BODY = b"a text"
SIZES = (1, 2, 3, 255, 256, 257, 600)


@pytest.fixture(scope="module")
def check(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Go program, built from Debian's packages alone, without a network."""
    go = shutil.which("go")
    if go is None or not SUMDB.is_dir():
        pytest.skip("Go or its sumdb is not installed (Debian: apt-get install golang-go golang-golang-x-mod-dev)")
    folder = tmp_path_factory.mktemp("go")
    settings = {"GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOCACHE": str(folder / "cache"), "GOFLAGS": ""}
    source = Path(__file__).parent / "go" / "check.go"
    done = subprocess.run(
        [go, "build", "-o", str(folder / "check"), str(source)],
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder / "check"


def leaf(number: int) -> bytes:
    text = hashlib.sha256(BODY).hexdigest() if number == 1 else ""
    return canonical.encode({"act": "noted", "v": 1, "n": number, "text": text})


class Record:
    """A record of so many leaves as an export, with consistency proofs and receipts made here."""

    def __init__(self, folder: Path, size: int, *, witnesses: int = 0) -> None:
        self.leaves = [leaf(number) for number in range(size)]
        self.tree = merkle.tree_of(self.leaves)
        self.folder = folder
        head = Checkpoint(KEY.name, size, self.tree.root_hash())
        self.signed = checkpoint.sign(head, KEY)
        if witnesses:
            keys = [CosigningKey(f"w{n}", "ed25519", bytes([n]) * 32) for n in range(witnesses)]
            lines = [cosignature.cosign(checkpoint.text_of(head), key, at=7) for key in keys]
            of_log = note.parse(self.signed)
            self.signed = note.format(note.Note(of_log.text, (*of_log.signatures, *lines)))
        folder.mkdir()
        mirror.write(tiles.files(self.leaves, self.signed, {hashlib.sha256(BODY).hexdigest(): BODY}), self.export)
        self.proofs.write_text("".join(f"{self.line(old)}\n" for old in range(1, size + 1)))
        for index in {0, size // 2, size - 1}:
            self.receipt(index).write_bytes(receipt.format(index, self.tree.inclusion_proof(index), self.signed))
            self.receipt(index).with_suffix(".json").write_bytes(self.leaves[index])

    @property
    def export(self) -> Path:
        return self.folder / "export"

    @property
    def proofs(self) -> Path:
        return self.folder / "consistency"

    def line(self, old: int) -> str:
        return " ".join([str(old), *(strict_base64.encode(each) for each in self.tree.consistency_proof(old))])

    def receipt(self, index: int) -> Path:
        return self.folder / f"act-{index}.tlog-proof"

    def judged(self, check: Path, vkey: str = VKEY) -> tuple[int, str]:
        """Return what the Go program says of it."""
        receipts = [(path, path.with_suffix(".json")) for path in sorted(self.folder.glob("*.tlog-proof"))]
        command = [str(check), str(self.export), vkey, str(self.proofs), *(str(p) for pair in receipts for p in pair)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout.strip()


@pytest.mark.parametrize("size", SIZES)
def test_go_accepts_our_notes_tiles_and_proofs(check: Path, tmp_path: Path, size: int) -> None:
    record = Record(tmp_path / "record", size)
    receipts = len({0, size // 2, size - 1})

    assert record.judged(check) == (0, f"holds: {size} leaves, {size} consistency proofs, {receipts} receipts")


def test_go_accepts_a_checkpoint_that_witnesses_cosigned(check: Path, tmp_path: Path) -> None:
    assert Record(tmp_path / "record", 3, witnesses=2).judged(check)[0] == 0


def test_go_refuses_every_flipped_byte_of_tiles_bundles_and_the_signed_lines(check: Path, tmp_path: Path) -> None:
    record = Record(tmp_path / "record", 3)
    for path in (
        record.export / "tile/0/000.p/3",
        record.export / "tile/entries/000.p/3",
        record.export / "checkpoint",
    ):
        whole = path.read_bytes()
        for offset in range(0, len(whole), 5):
            path.write_bytes(whole[:offset] + bytes([whole[offset] ^ 1]) + whole[offset + 1 :])
            assert record.judged(check)[0] == 1, (path.name, offset)
        path.write_bytes(whole)
    assert record.judged(check)[0] == 0


def test_go_refuses_proofs_that_are_wrong_and_another_key(check: Path, tmp_path: Path) -> None:
    record = Record(tmp_path / "record", 6)
    stranger = note.format_vkey(note.VerifierKey(KEY.name, note.verifier_key(SigningKey("x", bytes(32))).key))
    assert record.judged(check, stranger)[0] == 1
    whole = record.proofs.read_text()
    for wrong in (record.line(3).replace("3 ", "2 ", 1), record.line(3) + " " + strict_base64.encode(bytes(32)), "3"):
        record.proofs.write_text(wrong + "\n")
        code, said = record.judged(check)
        assert (code, said.partition(":")[0]) == (1, f'consistency "{wrong[:20]}"')
    record.proofs.write_text(whole)
    path = record.receipt(3)
    good = path.read_bytes()
    for body in (good.replace(b"index 3", b"index 2"), good.replace(b"@v1", b"@v2"), good[:40], b""):
        path.write_bytes(body)
        assert record.judged(check)[0] == 1
    path.write_bytes(good)
    path.with_suffix(".json").write_bytes(leaf(4))
    assert record.judged(check)[0] == 1


def test_go_reads_the_vectors_of_the_spec_as_we_do(check: Path, tmp_path: Path) -> None:
    vectors = json.loads((VECTORS / "checkpoint.json").read_text())
    exported = json.loads((VECTORS / "export.json").read_text())
    record = Record(tmp_path / "record", 3)
    shutil.rmtree(record.export)
    for name, body in exported["files"].items():
        (record.export / name).parent.mkdir(parents=True, exist_ok=True)
        (record.export / name).write_bytes(strict_base64.decode(body))
    read = mirror.read(record.export, key=exported["vkey"])
    record.tree, record.leaves = read.tree, read.leaves
    record.proofs.write_text("".join(f"{record.line(old)}\n" for old in (1, 2, 3)))
    for path in record.folder.glob("act-*"):
        path.unlink()
    record.receipt(1).write_bytes(vectors["receipt_of_act_1"].encode())
    record.receipt(1).with_suffix(".json").write_bytes(read.leaves[1])

    assert record.judged(check, vectors["vkey"]) == (0, "holds: 3 leaves, 3 consistency proofs, 1 receipts")
    for each in vectors["refused"]:
        (record.export / "checkpoint").write_bytes(each["note"].encode())
        assert record.judged(check, vectors["vkey"])[0] == 1, each["clause"]
