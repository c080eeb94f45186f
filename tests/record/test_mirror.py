import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from comitia.record import canonical, checkpoint, cosignature, merkle, mirror, note, tiles
from comitia.record.checkpoint import Checkpoint, CheckpointFault
from comitia.record.cosignature import CosigningKey
from comitia.record.merkle import NotConsistent
from comitia.record.mirror import Torn
from comitia.record.note import SigningKey
from comitia.record.policy import Group, Log, Policy, QuorumMissing, Witness

KEY = SigningKey("mill.example/record", bytes(range(32)))
VKEY = note.format_vkey(note.verifier_key(KEY))
BODY = b"the text of a motion\n"
HASH = hashlib.sha256(BODY).hexdigest()


def leaf(number: int) -> bytes:
    return canonical.encode({"act": "noted", "v": 1, "n": number, "text": HASH if number == 1 else ""})


def signed(leaves: list[bytes]) -> bytes:
    return checkpoint.sign(Checkpoint(KEY.name, len(leaves), merkle.root_hash(leaves)), KEY)


def export(out: Path, leaves: list[bytes], blobs: dict[str, bytes] | None = None) -> Path:
    bodies = {HASH: BODY} if blobs is None else blobs
    mirror.write(tiles.files(leaves, signed(leaves), bodies), out)
    return out


def torn(path: Path, key: str | None = VKEY) -> tuple[str, int, int | None]:
    with pytest.raises(Torn) as caught:
        mirror.read(path, key=key)
    return caught.value.file, caught.value.offset, caught.value.act


@pytest.mark.parametrize("name", ["export", "export.zip"])
@pytest.mark.parametrize("size", [0, 1, 3, 256, 600])
def test_what_was_written_is_read_back(tmp_path: Path, name: str, size: int) -> None:
    leaves = [leaf(number) for number in range(size)]
    read = mirror.read(export(tmp_path / name, leaves, {HASH: BODY} if size > 1 else {}), key=VKEY)

    assert (read.leaves, read.blobs, read.note) == (leaves, {HASH: BODY} if size > 1 else {}, signed(leaves))
    assert read.checkpoint == Checkpoint(KEY.name, size, merkle.root_hash(leaves))
    assert read.tree.root_hash() == read.checkpoint.root


def test_two_exports_of_one_record_are_equal_byte_for_byte(tmp_path: Path) -> None:
    leaves = [leaf(number) for number in range(5)]

    assert export(tmp_path / "a.zip", leaves).read_bytes() == export(tmp_path / "b.zip", leaves).read_bytes()


@pytest.mark.parametrize("key", [VKEY, None])
def test_every_flipped_byte_of_a_folder_is_named(tmp_path: Path, key: str | None) -> None:
    leaves = [leaf(number) for number in range(3)]
    folder = export(tmp_path / "export", leaves)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name, whole = path.relative_to(folder).as_posix(), path.read_bytes()
        for offset in range(len(whole)):
            path.write_bytes(whole[:offset] + bytes([whole[offset] ^ 0x01]) + whole[offset + 1 :])
            if name == "checkpoint" and key is None:
                # Without the key the origin and the signature stand open: the key in the founding act closes them.
                with pytest.raises(Torn):
                    mirror.check_key(mirror.read(folder, key=None), VKEY)
                continue
            file, at, act = torn(folder, key)
            if name == "tile/entries/000.p/3":
                assert (file, act) == (
                    name,
                    [0, 1, 2][sum(offset >= sum(len(x) + 2 for x in leaves[:n]) for n in (1, 2))],
                )
            elif name == "tile/0/000.p/3":
                assert (file, at, act) == (name, offset, None)
            elif name.startswith("blob/"):
                assert (file, at, act) == (name, 0, None)
            elif file != "checkpoint":
                assert offset >= len(KEY.name) and file.startswith("tile/")  # the size: other files are expected
        path.write_bytes(whole)
    assert mirror.read(folder, key=key).leaves == leaves


def test_every_flipped_byte_of_a_zip_is_refused_and_one_in_an_act_names_it(tmp_path: Path) -> None:
    leaves = [leaf(number) for number in range(3)]
    path = export(tmp_path / "export.zip", leaves)
    whole = path.read_bytes()
    first = whole.index(leaves[0])
    for offset in range(len(whole)):
        path.write_bytes(whole[:offset] + bytes([whole[offset] ^ 0x20]) + whole[offset + 1 :])
        file, _, act = torn(path)
        if first <= offset < first + len(leaves[0]):
            assert (file, act) == ("tile/entries/000.p/3", 0)
    for end in range(0, len(whole), 7):
        path.write_bytes(whole[:end])
        torn(path)
    path.write_bytes(whole + b"\0")
    assert torn(path) == ("export.zip", len(whole), None)


def test_bytes_flipped_far_up_the_tree_are_named(tmp_path: Path) -> None:
    folder = export(tmp_path / "export", [leaf(number) for number in range(600)])
    for name, offset in [("tile/1/000.p/2", 40), ("tile/0/001", 8191), ("tile/0/002.p/88", 0)]:
        whole = (folder / name).read_bytes()
        (folder / name).write_bytes(whole[:offset] + bytes([whole[offset] ^ 0x80]) + whole[offset + 1 :])
        assert torn(folder) == (name, offset, None)
        (folder / name).write_bytes(whole)
    mirror.read(folder, key=VKEY)


def add_a_file(folder: Path) -> str:
    (folder / "tile" / "note.txt").write_bytes(b"")
    return "tile/note.txt"


def add_a_link(folder: Path) -> str:
    (folder / "link").symlink_to("checkpoint")
    return "link"


def add_an_empty_folder(folder: Path) -> str:
    (folder / "tile" / "more").mkdir()
    return "tile/more/"


def add_an_unnamed_blob(folder: Path) -> str:
    path = tiles.blob_path(hashlib.sha256(b"extra").hexdigest())
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(b"extra")
    return path


def add_a_blob_in_the_wrong_folder(folder: Path) -> str:
    (folder / "blob/sha256/zz").mkdir()
    (folder / "blob/sha256/zz" / HASH).write_bytes(BODY)
    return f"blob/sha256/zz/{HASH}"


def remove_the_checkpoint(folder: Path) -> str:
    (folder / "checkpoint").unlink()
    return "checkpoint"


def remove_a_bundle(folder: Path) -> str:
    (folder / "tile/entries/000.p/3").unlink()
    return "tile/entries/000.p/3"


def remove_a_tile(folder: Path) -> str:
    (folder / "tile/0/000.p/3").unlink()
    return "tile/0/000.p/3"


@pytest.mark.parametrize(
    "change",
    [
        add_a_file,
        add_a_link,
        add_an_empty_folder,
        add_an_unnamed_blob,
        add_a_blob_in_the_wrong_folder,
        remove_the_checkpoint,
        remove_a_bundle,
        remove_a_tile,
    ],
)
def test_an_extra_or_a_missing_file_is_named(tmp_path: Path, change: Callable[[Path], str]) -> None:
    folder = export(tmp_path / "export", [leaf(number) for number in range(3)])

    changed = change(folder)

    assert torn(folder) == (changed, 0, None)


@pytest.mark.parametrize(
    ("bad", "offset"),
    [(b'{"v":1,"act":"noted"}', 4), (b'{"act":"noted"}', 2), (b'{"act":"noted","v":"1"}', 2), (b"[]", 2), (b"", 2)],
)
def test_a_leaf_outside_the_profile_is_refused_even_under_a_good_signature(
    tmp_path: Path, bad: bytes, offset: int
) -> None:
    folder = export(tmp_path / "export", [leaf(0), bad], {})

    assert torn(folder) == ("tile/entries/000.p/2", 2 + len(leaf(0)) + offset, 1)


def test_a_zip_whose_files_stand_in_another_order_is_refused(tmp_path: Path) -> None:
    leaves = [leaf(number) for number in range(3)]
    files = list(tiles.files(leaves, signed(leaves), {HASH: BODY}))
    mirror.write(files[::-1], tmp_path / "export.zip")

    assert torn(tmp_path / "export.zip")[0] == "export.zip"


def test_another_key_is_refused(tmp_path: Path) -> None:
    other = note.format_vkey(note.VerifierKey(KEY.name, note.verifier_key(SigningKey("x", bytes(32))).key))
    folder = export(tmp_path / "export", [leaf(0)], {})

    assert torn(folder, other) == ("checkpoint", 0, None)


EMPTY = checkpoint.text_of(Checkpoint(KEY.name, 0, merkle.EMPTY_ROOT))
WITNESS_KEYS = tuple(CosigningKey(name, "ed25519", name.encode() * 16) for name in ("w1", "w2"))
COSIGNED = tuple(cosignature.cosign(EMPTY, key, at=number) for number, key in enumerate(WITNESS_KEYS, start=1))
BY_LOG = note.sign(EMPTY, (KEY,)).signatures[0]
WITNESSES = tuple(Witness(key.name, cosignature.cosigner_key(key)) for key in WITNESS_KEYS)
POLICY = Policy((Log(note.verifier_key(KEY)),), WITNESSES, (Group("both", 2, ("w1", "w2")),), "both")


def empty(folder: Path, *signatures: note.Signature) -> Path:
    mirror.write(tiles.files([], note.format(note.Note(EMPTY, signatures)), {}), folder / "export")
    return folder / "export"


def test_a_checkpoint_is_read_with_its_cosignatures_and_checked_under_a_policy(tmp_path: Path) -> None:
    path = empty(tmp_path, BY_LOG, *COSIGNED)

    assert mirror.read(path, key=VKEY).cosigned == {}
    assert mirror.read(path, key=VKEY, policy=POLICY).cosigned == {"w1": 1, "w2": 2}


@pytest.mark.parametrize(
    "signatures",
    [
        (COSIGNED[0], BY_LOG),
        (BY_LOG, COSIGNED[1], COSIGNED[0]),
        (BY_LOG, COSIGNED[0], COSIGNED[0]),
        (BY_LOG, BY_LOG),
    ],
)
def test_signatures_in_another_order_or_twice_are_refused(
    tmp_path: Path, signatures: tuple[note.Signature, ...]
) -> None:
    assert torn(empty(tmp_path, *signatures)) == ("checkpoint", 0, None)


def test_under_a_policy_no_line_of_the_checkpoint_is_free(tmp_path: Path) -> None:
    stranger = cosignature.cosign(EMPTY, CosigningKey("w3", "ed25519", bytes(32)), at=3)
    path = empty(tmp_path, BY_LOG, *COSIGNED, stranger)

    with pytest.raises(Torn, match=r"the signature by w3\+[0-9a-f]{8} is none of the policy's"):
        mirror.read(path, key=VKEY, policy=POLICY)


def test_every_flipped_byte_of_a_cosigned_checkpoint_is_refused_under_a_policy(tmp_path: Path) -> None:
    path = empty(tmp_path, BY_LOG, *COSIGNED) / "checkpoint"
    body = path.read_bytes()
    for offset in range(len(body)):
        path.write_bytes(body[:offset] + bytes([body[offset] ^ 1]) + body[offset + 1 :])
        with pytest.raises((Torn, QuorumMissing)):
            mirror.read(path.parent, key=None, policy=POLICY)


def test_a_record_that_too_few_witnesses_vouch_for_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QuorumMissing, match="both has 1 of 2, 2 needed; missing: w2"):
        mirror.read(empty(tmp_path, BY_LOG, COSIGNED[0]), key=None, policy=POLICY)


def test_a_checkpoint_that_counts_more_acts_than_the_files_hold_is_refused_at_once(tmp_path: Path) -> None:
    vast = checkpoint.sign(Checkpoint(KEY.name, 10**15, bytes(32)), KEY)
    mirror.write(tiles.files([], vast, {}), tmp_path / "export")

    assert torn(tmp_path / "export") == ("checkpoint", 0, None)


def test_a_record_continues_an_older_checkpoint_or_says_that_it_does_not(tmp_path: Path) -> None:
    leaves = [leaf(number) for number in range(9)]
    read = mirror.read(export(tmp_path / "export", leaves), key=VKEY)

    for size in range(10):
        mirror.check_since(read, signed(leaves[:size]), key=VKEY)
    with pytest.raises(NotConsistent, match="one of the first 4 acts is not the one it was"):
        mirror.check_since(read, signed([*leaves[:3], b"other"]), key=VKEY)
    with pytest.raises(NotConsistent, match="acts are withheld"):
        mirror.check_since(read, signed([*leaves, b"more"]), key=None)
    elsewhere = SigningKey("elsewhere", bytes(32))
    with pytest.raises(CheckpointFault, match="the older checkpoint is of 'elsewhere'"):
        mirror.check_since(read, checkpoint.sign(Checkpoint("elsewhere", 0, merkle.EMPTY_ROOT), elsewhere), key=None)


def test_an_export_does_not_write_over_anything(tmp_path: Path) -> None:
    with pytest.raises(mirror.NotWritten, match="it exists already"):
        mirror.write([], tmp_path)
    (tmp_path / "new.partial").mkdir()
    with pytest.raises(mirror.NotWritten, match="from a broken export"):
        mirror.write([], tmp_path / "new")


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    assert torn(tmp_path / "nothing") == ("nothing", 0, None)
    assert torn(tmp_path / "nothing.zip") == ("nothing.zip", 0, None)
    (tmp_path / "empty").mkdir()
    assert torn(tmp_path / "empty") == ("checkpoint", 0, None)
