"""The ledger of a record: kept up as acts come in, or read from an export that is checked and replayed."""

import shutil
from pathlib import Path

import lived
import pytest
from small import Small, name

from comitia.clerk import watched
from comitia.clerk.clerk import Clerk, NoFederation
from comitia.clerk.verification import DoesNotHold
from comitia.clerk.watched import Watched
from comitia.federation import acts


def quiet(_done: int, _of: int) -> None:
    """Say nothing."""


@pytest.fixture(scope="module")
def party() -> Small:
    return lived.party(closed=False)


@pytest.fixture(scope="module")
def exported(party: Small, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lived.export(party, tmp_path_factory.mktemp("export"))


def test_an_export_is_looked_at_from_its_last_act(party: Small, exported: Path) -> None:
    found = watched.read(exported, progress=quiet)

    assert (found.at, found.ledger.size) == (party.at, len(party.done))
    assert found.ledger.fillings == lived.view(party).ledger.fillings


def test_an_export_with_a_flipped_byte_does_not_hold(exported: Path, tmp_path: Path) -> None:
    torn = tmp_path / "torn"
    shutil.copytree(exported, torn)
    bundle = next(p for p in sorted((torn / "tile" / "entries").rglob("*")) if p.is_file())
    body = bytearray(bundle.read_bytes())
    body[40] ^= 1
    bundle.write_bytes(body)

    with pytest.raises(DoesNotHold, match="does not hold"):
        watched.read(torn, progress=quiet)


def test_a_federation_that_lives_is_looked_at_now_and_kept_up(party: Small, tmp_path: Path) -> None:
    folder = lived.home(party, tmp_path / "home")
    with Clerk.open(folder) as clerk:
        kept = Watched(clerk)
        before = kept.ledger()
        size = before.size
        clerk.submit(acts.MotionMoved(
            at=clerk.now(), by="m-0009", body="congress", motion="line", matter="line", title="Line", text=TEXT,
        ), blobs={TEXT: b"Line\n"})  # fmt: skip

        assert kept.ledger() is before
        assert (before.size, before.spoken.act[-1]) == (size + 1, size)
    found = watched.read(folder, progress=quiet)
    assert (found.ledger.size, found.at >= found.state.moment) == (size + 1, True)
    assert found.charter.encode() == party.blobs[party.state.charter_hash]


TEXT = name(b"Line\n")


def test_where_nothing_is_or_nothing_was_founded_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(NoFederation, match="there is no federation here"):
        watched.read(tmp_path / "nowhere", progress=quiet)
    with Clerk.create(tmp_path / "empty", "small.example/log"):
        pass
    with pytest.raises(NoFederation, match="nothing was founded here yet"):
        watched.read(tmp_path / "empty", progress=quiet)
