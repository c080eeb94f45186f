"""The first season's record, written by the first version, verifies with every later one."""

from pathlib import Path

from comitia.clerk.verification import verify

RECORD = Path(__file__).parents[1] / "fixtures" / "first-season.zip"
KEY = "valley.example/comitia+5d3e51da+AZaGWvHDybbDcIFtyQH6t5m5DSNKv/OBlDXVRw74NXlg"
ROOT = "b0b873038c255a470e7b4f95edd840287b0e9d80b14cc669e579a5cf3cfd9d60"


def test_the_first_record_still_verifies() -> None:
    found = verify(RECORD, key=KEY)
    state = found.federation.state

    assert (found.size, found.root) == (2907, ROOT)
    assert {m.id: m.outcome for m in state.motions.values() if m.id.startswith("plan-")} == {
        "plan-1": "deadlock",
        "plan-2": "carried",
        "plan-3": "",
    }
    assert state.recalls["recall-1"].outcome == "carried"
