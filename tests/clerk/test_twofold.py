"""On two cores a record is judged as on one: the same answer, and the same first fault."""

from pathlib import Path

import pytest
from small import founded

from comitia.clerk import verification
from comitia.clerk.clerk import Clerk
from comitia.clerk.verification import DoesNotHold, verify
from comitia.record import checkpoint, cosignature, merkle, mirror, note, tiles
from comitia.record.policy import Group, Log, Policy, Witness

AT = "2026-01-05T08:00:00Z"


@pytest.fixture(autouse=True)
def small_records_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verification, "WORTH_TWO", 1)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    with Clerk.create(tmp_path / "home", "small.example/log", time=lambda: AT) as clerk:
        small = founded(vkey=clerk.vkey)
        clerk.submit_all(small.done, blobs=small.blobs)
        clerk.export(tmp_path / "export")
    return tmp_path / "export"


def fault(export: Path, processes: int, policy: Policy | None = None) -> tuple[str, int | None]:
    with pytest.raises(DoesNotHold) as caught:
        verify(export, processes=processes, policy=policy)
    return caught.value.where, caught.value.act


def test_on_two_cores_the_same_record_holds(export: Path) -> None:
    one, two = verify(export), verify(export, processes=2)

    assert (one.size, one.root, one.fingerprint) == (two.size, two.root, two.fingerprint)
    assert sorted(one.federation.state.members) == sorted(two.federation.state.members)


@pytest.mark.parametrize("name", ["checkpoint", "tile/0", "tile/entries", "blob"])
def test_on_two_cores_a_changed_byte_is_named_as_on_one(export: Path, name: str) -> None:
    path = next(
        p for p in sorted(export.rglob("*")) if p.is_file() and p.relative_to(export).as_posix().startswith(name)
    )
    whole = path.read_bytes()
    path.write_bytes(whole[:30] + bytes([whole[30] ^ 1]) + whole[31:])

    assert fault(export, 2) == fault(export, 1)
    path.unlink()
    assert fault(export, 2) == fault(export, 1)


def test_on_two_cores_an_unlawful_act_is_named_under_a_good_signature(export: Path, tmp_path: Path) -> None:
    key = note.parse_signing_key((tmp_path / "home" / "keys" / "log.key").read_text().strip())
    read = mirror.read(export, key=None)
    # The last member joins twice.
    leaves = [*read.leaves, read.leaves[-1]]
    head = checkpoint.Checkpoint(key.name, len(leaves), merkle.root_hash(leaves))
    mirror.write(tiles.files(leaves, checkpoint.sign(head, key), read.blobs), tmp_path / "unlawful")

    assert fault(tmp_path / "unlawful", 2) == fault(tmp_path / "unlawful", 1)
    assert fault(tmp_path / "unlawful", 2)[1] == len(leaves) - 1


def test_on_two_cores_a_missing_quorum_is_said(export: Path, tmp_path: Path) -> None:
    key = note.verifier_key(note.parse_signing_key((tmp_path / "home" / "keys" / "log.key").read_text().strip()))
    witness = Witness("w", cosignature.cosigner_key(cosignature.CosigningKey("w", "ed25519", bytes(32))))
    policy = Policy((Log(key),), (witness,), (Group("all", 1, ("w",)),), "all")

    assert fault(export, 2, policy) == fault(export, 1, policy) == ("checkpoint", None)
