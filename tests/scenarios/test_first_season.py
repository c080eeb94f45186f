"""The first season's record, written by the first version, verifies with every later one."""

from pathlib import Path

from comitia.clerk.verification import verify

RECORD = Path(__file__).parents[1] / "fixtures" / "first-season.zip"
KEY = "valley.example/comitia+c7aabea5+AbBVtFab0T4WBT34ieGmh3o13JbaOdGlelkwPd8ndelL"
ROOT = "b6c324032f084a9dcda12f3efb66ae7dfe97d2e428a448b3e25afbac9c89abd7"


def test_the_first_record_still_verifies() -> None:
    found = verify(RECORD, key=KEY)
    state = found.federation.state

    assert (found.size, found.root) == (2899, ROOT)
    assert {m.id: m.outcome for m in state.motions.values() if m.id.startswith("plan-")} == {
        "plan-1": "deadlock",
        "plan-2": "carried",
        "plan-3": "",
    }
    assert state.recalls["recall-1"].outcome == "carried"
