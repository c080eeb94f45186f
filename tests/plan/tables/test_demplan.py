"""The bridge, with demplan itself where it is installed (the peers' environment, or COMITIA_PEERS names its Python)."""

import json
import os
import subprocess
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from comitia.plan import economy as economies, folder, solve
from comitia.plan.tables import demplan, workplaces
from comitia.plan.tables.sheets import NotASheet
from comitia.plan.tables.workplaces import Told

Rows = dict[str, list[dict[str, str]]]
ROOT = Path(__file__).parents[3]
VALLEY = ROOT / "examples" / "valley" / "economy"
PEERS = Path(os.environ.get("COMITIA_PEERS", str(ROOT / ".venv" / "peers" / "bin" / "python")))
# As docs/how-to/tables-in-and-out.md shows it; then the least labour for the needs in the file.
THEIRS = """
import json, sys
import demplan, numpy as np
arrays, bags = dict(np.load(sys.argv[1])), {}
for name in [name for name in arrays if "/" in name]:
    bag, key = name.split("/")
    bags.setdefault(bag, {})[key] = arrays.pop(name)
economy = demplan.Economy.from_arrays({**arrays, "period": int(arrays["period"]), **bags})
counted = np.flatnonzero(bags["commodity_extra"]["kind"] == "hours")
floor = bags["consumer_extra"]["need"].sum(axis=0)
found = demplan.reference_solution(economy, demplan.MinimizeLabor(floor, counted))
print(json.dumps({"units": economy.n_units, "hours": found.objective_value}))
"""


def test_an_economy_goes_through_demplans_arrays_and_comes_back(tmp_path: Path) -> None:
    valley = folder.read_economy(VALLEY)
    demplan.write(valley, tmp_path / "valley.npz")

    back = workplaces.read([tmp_path / "valley.npz"], Told()).economy

    assert back.activities.keys() == valley.activities.keys()
    assert {a.id: a.runs for a in back.activities.values()} == {a.id: a.runs for a in valley.activities.values()}
    assert (back.flows, back.labour, back.machine_use, back.limit_use) == (
        valley.flows,
        valley.labour,
        valley.machine_use,
        valley.limit_use,
    )
    assert {k: h.hours for k, h in back.hours.items()} == {k: h.hours + h.overtime for k, h in valley.hours.items()}


def test_the_least_labour_of_both_programs_is_the_same(tmp_path: Path, wheat_and_cloth: Rows) -> None:
    if not PEERS.exists():
        pytest.skip("demplan is not installed")
    economy = economies.from_rows(wheat_and_cloth)
    demplan.write(economy, tmp_path / "wheat.npz")
    ran = subprocess.run([str(PEERS), "-c", THEIRS, str(tmp_path / "wheat.npz")], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr

    theirs = json.loads(ran.stdout)

    ours = solve.solve(economy, "lightest").certificate.levels[-1].value
    assert theirs == {"units": 2, "hours": pytest.approx(float(ours), rel=1e-9)}
    assert float(ours) == pytest.approx(260)


def test_an_economy_of_their_own_making_is_read_with_what_it_does_not_say(tmp_path: Path) -> None:
    np.savez(tmp_path / "theirs.npz", **THEIR_ARRAYS)  # type: ignore[arg-type]

    draft = workplaces.read([tmp_path / "theirs.npz"], Told())

    assert draft.economy.flows == {("unit-0", "commodity-0"): 1, ("unit-0", "commodity-1"): Fraction("-0.5")}
    assert draft.economy.products["commodity-1"].stock == 1000
    assert [guess.assumed for guess in draft.guesses] == [
        "every commodity is a product, hours of labour too: their endowment is opening stock",
        "nobody needs anything: demplan keeps targets in its objective",
    ]


THEIR_ARRAYS: dict[str, object] = {
    "commodity_id": np.arange(2),
    "endowment": np.array([0.0, 1000.0]),
    "unit_id": np.arange(1),
    "technology_kind": np.array(["leontief"]),
    "input_offsets": np.array([0, 1]),
    "input_commodity": np.array([1]),
    "input_coefficient": np.array([0.5]),
    "output_offsets": np.array([0, 1]),
    "output_commodity": np.array([0]),
    "output_coefficient": np.array([1.0]),
    "consumer_id": np.arange(1),
}


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("technology_kind", np.array(["cobb_douglas"]), "only fixed proportions (leontief) are planned"),
        ("input_commodity", np.array([7]), "its arrays contradict each other"),
        ("endowment", np.array([0.0, np.inf]), "a finite number is expected"),
        ("consumer_id", None, "the array 'consumer_id' is missing"),
    ],
)
def test_arrays_that_are_no_such_economy_are_refused(tmp_path: Path, name: str, value: object, said: str) -> None:
    given = {**THEIR_ARRAYS, name: value}
    np.savez(tmp_path / "bad.npz", **{k: v for k, v in given.items() if v is not None})  # type: ignore[arg-type]

    with pytest.raises(NotASheet) as caught:
        workplaces.read([tmp_path / "bad.npz"], Told())
    assert said in str(caught.value)


def test_a_file_of_no_arrays_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.npz").write_bytes(b"PK\x03\x04 nothing")

    with pytest.raises(NotASheet, match="no file of arrays"):
        workplaces.read([tmp_path / "bad.npz"], Told())
