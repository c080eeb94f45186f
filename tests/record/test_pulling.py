import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from comitia.record import canonical, checkpoint, cosignature, merkle, mirror, note, pulling, tiles
from comitia.record.checkpoint import Checkpoint
from comitia.record.cosignature import CosigningKey
from comitia.record.mirror import Torn
from comitia.record.note import SigningKey
from comitia.record.policy import Group, Log, Policy, QuorumMissing, Witness
from comitia.record.pulling import NotPulled, SplitView

KEY = SigningKey("mill.example/record", bytes(range(32)))
VKEY = note.format_vkey(note.verifier_key(KEY))
BODIES = {hashlib.sha256(b"text %d" % n).hexdigest(): b"text %d" % n for n in range(9)}
NAMES = list(BODIES)


def leaf(number: int, word: str = "noted") -> bytes:
    """Return an act; every hundredth names a text, the founding act carries the key."""
    named = NAMES[number // 100 % 9] if number % 100 == 7 else "0" * 64
    vkey = {"vkey": VKEY} if number == 0 else {}
    return canonical.encode({"act": word, "v": 1, "n": number, "text": named, **vkey})


LEAVES = [leaf(number) for number in range(900)]


def signed(leaves: list[bytes], key: SigningKey = KEY) -> bytes:
    return checkpoint.sign(Checkpoint(key.name, len(leaves), merkle.root_hash(leaves)), key)


class Shown:
    """A record's files, and what was asked for."""

    def __init__(self, leaves: list[bytes], key: SigningKey = KEY) -> None:
        self.files = dict(tiles.files(leaves, signed(leaves, key), BODIES))
        self.asked: list[str] = []

    def fetch(self, path: str, largest: int) -> bytes | None:
        self.asked.append(path)
        return self.files.get(path)


def everything(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("size", [1, 256, 600, 900])
def test_a_mirror_is_the_export_byte_for_byte(tmp_path: Path, size: int) -> None:
    source = Shown(LEAVES[:size])
    pulled = pulling.pull(source, tmp_path / "mirror", key=VKEY)

    assert everything(tmp_path / "mirror") == source.files
    assert (pulled.old_size, pulled.size, pulled.root, pulled.vkey, pulled.trusted) == (
        *(0, size, merkle.root_hash(LEAVES[:size]), VKEY, True),
    )
    assert mirror.read(tmp_path / "mirror", key=VKEY).leaves == LEAVES[:size]
    assert [p.name for p in tmp_path.iterdir()] == ["mirror"]


def test_the_next_pull_fetches_what_is_new_alone(tmp_path: Path) -> None:
    pulling.pull(Shown(LEAVES[:600]), tmp_path / "mirror")
    more = Shown(LEAVES)
    pulled = pulling.pull(more, tmp_path / "mirror")

    assert (pulled.old_size, pulled.size, pulled.trusted) == (600, 900, False)
    assert sorted(more.asked) == sorted(
        [
            *("checkpoint", "tile/0/002", "tile/0/003.p/132", "tile/entries/002", "tile/entries/003.p/132"),
            *(tiles.blob_path(name) for name in (*NAMES[6:9], "0" * 64)),
        ]
    )
    assert everything(tmp_path / "mirror") == more.files


def test_without_a_key_the_first_pull_takes_the_founding_acts_and_later_ones_stay_with_it(tmp_path: Path) -> None:
    assert pulling.pull(Shown(LEAVES[:3]), tmp_path / "mirror").vkey == VKEY
    stranger = SigningKey(KEY.name, bytes(32))
    with pytest.raises(Torn, match="checkpoint, byte 0"):
        pulling.pull(Shown(LEAVES[:5], stranger), tmp_path / "mirror")
    with pytest.raises(Torn, match="checkpoint, byte 0"):
        pulling.pull(Shown(LEAVES[:5], stranger), tmp_path / "new")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("path", ["checkpoint", "tile/0/001", "tile/entries/002", tiles.blob_path(NAMES[3])])
def test_a_flipped_byte_is_named_before_anything_is_kept_and_a_good_source_heals_it(tmp_path: Path, path: str) -> None:
    pulling.pull(Shown(LEAVES[:200]), tmp_path / "mirror")
    before = everything(tmp_path / "mirror")
    lying = Shown(LEAVES)
    lying.files[path] = lying.files[path][:4] + bytes([lying.files[path][4] ^ 1]) + lying.files[path][5:]
    with pytest.raises(Torn) as caught:
        pulling.pull(lying, tmp_path / "mirror", key=VKEY)
    assert caught.value.file == ("checkpoint" if path == "tile/0/001" else path)
    assert everything(tmp_path / "mirror") == before

    good = Shown(LEAVES)
    pulling.pull(good, tmp_path / "mirror", key=VKEY)
    assert everything(tmp_path / "mirror") == good.files


@pytest.mark.parametrize("path", ["checkpoint", "tile/0/001", "tile/entries/002"])
def test_a_missing_file_is_named(tmp_path: Path, path: str) -> None:
    source = Shown(LEAVES)
    del source.files[path]
    with pytest.raises((Torn, NotPulled), match=path):
        pulling.pull(source, tmp_path / "mirror", key=VKEY)
    assert not (tmp_path / "mirror").exists()


def test_a_file_that_was_torn_in_the_mirror_is_fetched_again(tmp_path: Path) -> None:
    source = Shown(LEAVES)
    pulling.pull(source, tmp_path / "mirror", key=VKEY)
    for path in ("tile/0/001", "tile/entries/002", "tile/1/000.p/3", tiles.blob_path(NAMES[4])):
        (tmp_path / "mirror" / path).write_bytes(b"torn")
    (tmp_path / "mirror" / "tile" / "entries" / "001").unlink()
    pulling.pull(source, tmp_path / "mirror", key=VKEY)

    assert everything(tmp_path / "mirror") == source.files


def test_a_second_history_is_refused_and_its_checkpoint_kept_as_evidence(tmp_path: Path) -> None:
    pulling.pull(Shown(LEAVES[:600]), tmp_path / "mirror", key=VKEY)
    before = everything(tmp_path / "mirror")
    for size in (300, 600, 900):
        other = [*LEAVES[:280], leaf(280, "forged"), *LEAVES[281:size]]
        with pytest.raises(SplitView, match=f"SPLIT VIEW of {KEY.name}"):
            pulling.pull(Shown(other), tmp_path / "mirror", key=VKEY)
        assert (tmp_path / f"mirror.split-{size}").read_bytes() == signed(other)
    assert everything(tmp_path / "mirror") == before


def test_a_source_that_is_behind_is_said(tmp_path: Path) -> None:
    pulling.pull(Shown(LEAVES[:600]), tmp_path / "mirror", key=VKEY)
    with pytest.raises(
        NotPulled, match="the source shows 300 acts and the mirror holds 600: it is behind, or withholds"
    ):
        pulling.pull(Shown(LEAVES[:300]), tmp_path / "mirror", key=VKEY)


def test_a_leaf_outside_the_profile_is_refused_even_under_a_good_signature(tmp_path: Path) -> None:
    with pytest.raises(Torn) as caught:
        pulling.pull(Shown([*LEAVES[:3], b'{"v":1,"act":"noted"}']), tmp_path / "mirror", key=VKEY)
    assert (caught.value.file, caught.value.act) == ("tile/entries/000.p/4", 3)


def test_another_federations_record_does_not_take_the_mirrors_place(tmp_path: Path) -> None:
    pulling.pull(Shown(LEAVES[:3]), tmp_path / "mirror", key=VKEY)
    other = SigningKey("bakery.example/record", bytes(32))
    with pytest.raises(NotPulled, match=r"it is of 'bakery.example/record', the mirror of 'mill.example/record'"):
        pulling.pull(Shown(LEAVES[:5], other), tmp_path / "mirror", key=note.format_vkey(note.verifier_key(other)))


def test_a_policy_whose_quorum_is_missing_keeps_the_mirror_as_it_is(tmp_path: Path) -> None:
    witness = Witness("w", cosignature.cosigner_key(CosigningKey("w", "ed25519", bytes(32))))
    trusted = Policy((Log(note.verifier_key(KEY)),), (witness,), (Group("all", 1, ("w",)),), "all")
    with pytest.raises(QuorumMissing):
        pulling.pull(Shown(LEAVES[:3]), tmp_path / "mirror", policy=trusted)
    assert list(tmp_path.iterdir()) == []


class Killed(BaseException):
    """Stands for a kill at a step: nothing after it runs but what the interpreter unwinds."""


@pytest.mark.parametrize("last", range(1, 9))
def test_a_pull_broken_off_at_any_request_leaves_the_mirror_whole_and_is_gone_on_with(
    tmp_path: Path, last: int
) -> None:
    pulling.pull(Shown(LEAVES[:200]), tmp_path / "mirror", key=VKEY)
    before = everything(tmp_path / "mirror")
    breaking = Shown(LEAVES)
    whole = breaking.fetch

    def broken(path: str, largest: int) -> bytes | None:
        if len(breaking.asked) == last:
            breaking.asked.append(path)
            raise Killed
        return whole(path, largest)

    breaking.fetch = broken  # type: ignore[method-assign]
    with pytest.raises(Killed):
        pulling.pull(breaking, tmp_path / "mirror", key=VKEY)
    assert everything(tmp_path / "mirror") == before

    again = Shown(LEAVES)
    pulling.pull(again, tmp_path / "mirror", key=VKEY)
    assert everything(tmp_path / "mirror") == again.files
    # What was fetched before the break is not fetched again, but for the checkpoint.
    assert {path for path in breaking.asked[:-1] if path in again.asked} <= {"checkpoint"}
    assert [p.name for p in tmp_path.iterdir()] == ["mirror"]


def between_the_renames(out: Path) -> None:
    out.rename(out.with_name("mirror.old"))


def before_the_old_one_is_removed(out: Path) -> None:
    old = out.with_name("mirror.old")
    old.mkdir()
    (old / "checkpoint").write_bytes(b"old")


@pytest.mark.parametrize("killed", [between_the_renames, before_the_old_one_is_removed])
def test_a_pull_killed_while_it_exchanges_the_folders_is_finished_by_the_next(
    tmp_path: Path, killed: Callable[[Path], None]
) -> None:
    pulling.pull(Shown(LEAVES[:200]), tmp_path / "mirror", key=VKEY)
    killed(tmp_path / "mirror")
    source = Shown(LEAVES)
    assert pulling.pull(source, tmp_path / "mirror", key=VKEY).old_size == 200
    assert everything(tmp_path / "mirror") == source.files
    assert [p.name for p in tmp_path.iterdir()] == ["mirror"]
