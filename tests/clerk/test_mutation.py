"""Every byte of an exported record, changed: the verifier refuses each, and names the act, or the file."""

import random
from pathlib import Path

import pytest
from small import founded

from comitia.clerk.clerk import Clerk
from comitia.clerk.verification import DoesNotHold, verify
from comitia.federation import acts, moment

START = "2026-01-05T08:00:00Z"


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the export of a federation that has held an election."""
    folder = tmp_path_factory.mktemp("mutation")
    nominations = moment.after(START, days=7)
    closes = moment.after(nominations, days=7)
    now = [START]
    with Clerk.create(folder / "home", "small.example/log", time=lambda: now[0]) as clerk:
        small = founded(vkey=clerk.vkey)
        clerk.submit_all(small.done, blobs=small.blobs)
        clerk.submit(
            acts.ElectionOpened(
                at=START,
                by="m-0003",
                body="committee/mill",
                election="e",
                constituency="assembly/mill",
                vacant_only=False,
                nominations_until=nominations,
                closes_at=closes,
                lot=clerk.lot("e"),
            )
        )
        for candidate in ("m-0003", "m-0006"):
            clerk.submit(acts.CandidateNominated(at=START, by=candidate, election="e", candidate=candidate))
        now[0] = nominations
        clerk.vote(acts.VoteTaken(at="", by="m-0003", ballot="e", member="m-0003"), ["m-0003"])
        now[0] = closes
        clerk.publish("e")
        clerk.export(folder / "export")
    return folder / "export"


def refused(export: Path) -> DoesNotHold:
    with pytest.raises(DoesNotHold) as caught:
        verify(export)
    return caught.value


def change_each(export: Path, step: int) -> int:
    """Change every ``step``-th byte to another value, one at a time, and return how many were refused."""
    changed = 0
    for path in sorted(p for p in export.rglob("*") if p.is_file()):
        name, whole = path.relative_to(export).as_posix(), path.read_bytes()
        other = random.Random(name)
        for offset in range(other.randrange(step), len(whole), 1 if name == "checkpoint" else step):
            path.write_bytes(whole[:offset] + bytes([whole[offset] ^ other.randrange(1, 256)]) + whole[offset + 1 :])
            fault = refused(export)
            named = fault.where.partition(",")[0]
            if name.startswith("tile/entries"):
                assert fault.act is not None, (offset, fault)
            elif name != "checkpoint":
                assert named == name, (offset, fault)
            changed += 1
        path.write_bytes(whole)
    verify(export)
    return changed


def test_a_byte_changed_anywhere_in_a_sample_is_refused_and_named(export: Path) -> None:
    assert change_each(export, 53) > 1000


@pytest.mark.slow
def test_each_byte_of_an_exported_record_changed_is_refused_and_named(export: Path) -> None:
    assert change_each(export, 1) == sum(path.stat().st_size for path in export.rglob("*") if path.is_file())


def test_a_file_cut_short_lengthened_emptied_or_exchanged_is_refused(export: Path) -> None:
    files = sorted(p for p in export.rglob("*") if p.is_file())
    for path in files:
        whole = path.read_bytes()
        for body in (whole[:-1], whole[1:], whole + b"\0", whole + whole, b"", *(p.read_bytes() for p in files)):
            if body != whole:
                path.write_bytes(body)
                refused(export)
        path.write_bytes(whole)
    verify(export)
