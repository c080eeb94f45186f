import json
from collections.abc import Callable
from pathlib import Path

import pytest

from comitia.plan import certificate, economy as economies, folder, packing, solve
from comitia.plan.folder import FolderFault
from comitia.plan.listing import NotAPlan
from comitia.plan.rows import EconomyFault

Rows = dict[str, list[dict[str, str]]]


@pytest.mark.parametrize("as_parquet", [False, True])
def test_an_economy_and_its_plan_come_back_from_their_folders(village: Rows, tmp_path: Path, as_parquet: bool) -> None:
    economy = economies.from_rows(village)
    plan = solve.solve(economy, "fullest")

    folder.write_economy(economy, tmp_path / "e", as_parquet=as_parquet)
    folder.write_plan(plan, tmp_path / "p", seconds={"solve": 0.123456}, as_parquet=as_parquet)

    assert folder.read_economy(tmp_path / "e") == economy
    assert folder.read_plan(tmp_path / "p") == plan
    certificate.check(folder.read_economy(tmp_path / "e"), folder.read_plan(tmp_path / "p"))
    assert json.loads((tmp_path / "p" / "certificate.json").read_text())["seconds"] == {"solve": 0.1235}
    assert packing.plan_hash(folder.read_plan(tmp_path / "p")) == packing.plan_hash(plan)


def test_the_files_of_an_economy_are_its_canonical_csv(village: Rows, tmp_path: Path) -> None:
    economy = economies.from_rows(village)

    folder.write_economy(economy, tmp_path)

    written = {path.stem: path.read_bytes() for path in tmp_path.iterdir()}
    assert written == economies.canonical_csv(economy)


def put(name: str, content: bytes) -> Callable[[Path], None]:
    def carry_out(path: Path) -> None:
        (path / name).write_bytes(content)

    return carry_out


def take(name: str) -> Callable[[Path], None]:
    return lambda path: (path / name).unlink()


SPOILT = {
    "twice": (put("needs.parquet", b"x"), FolderFault),
    "a field too many": (put("claims.csv", b"council,hours\na,1,2\n"), FolderFault),
    "a blank line in between": (put("claims.csv", b"council,hours\na,1\n\nb,2\n"), FolderFault),
    "a column twice": (put("claims.csv", b"council,council\na,1\n"), FolderFault),
    "no header": (put("claims.csv", b""), FolderFault),
    "an open quote": (put("claims.csv", b'council,hours\n"a,1\n'), FolderFault),
    "no UTF-8": (put("claims.csv", b"council,hours\n\xff,1\n"), FolderFault),
    "no Parquet": (put("claims.parquet", b"PAR1"), FolderFault),
    "a missing column": (put("claims.csv", b"council\n"), EconomyFault),
    "another file": (put("people.csv", b"name\nvera\n"), EconomyFault),
}


@pytest.mark.parametrize(("spoil", "kind"), SPOILT.values(), ids=SPOILT.keys())
def test_a_spoilt_economy_folder_is_refused(
    village: Rows, tmp_path: Path, spoil: Callable[[Path], None], kind: type[Exception]
) -> None:
    folder.write_economy(economies.from_rows(village), tmp_path)
    spoil(tmp_path)

    with pytest.raises(kind):
        folder.read_economy(tmp_path)


def test_a_folder_without_an_economy_or_no_folder_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none"):
        with pytest.raises(FolderFault):
            folder.read_economy(path)


def test_an_economy_is_not_mixed_with_another(village: Rows, tmp_path: Path) -> None:
    folder.write_economy(economies.from_rows(village), tmp_path)
    del village["limits"], village["limit_use"]

    with pytest.raises(FolderFault, match="limit_use"):
        folder.write_economy(economies.from_rows(village), tmp_path)


SPOILT_PLANS = {
    "a table missing": (take("runs.csv"), FolderFault),
    "no certificate": (take("certificate.json"), FolderFault),
    "no JSON": (put("certificate.json", b"{"), NotAPlan),
    "no object": (put("certificate.json", b"[]"), NotAPlan),
    "other columns": (put("runs.csv", b"activity,number\n"), NotAPlan),
    "no number": (put("runs.csv", b"activity,runs\nbake,many\n"), NotAPlan),
    "no level": (put("prices.csv", b"level,kind,key,price\nfirst,cash,,1\n"), NotAPlan),
    "another file": (put("more.csv", b"a\n"), FolderFault),
}


@pytest.mark.parametrize(("spoil", "kind"), SPOILT_PLANS.values(), ids=SPOILT_PLANS.keys())
def test_a_spoilt_plan_folder_is_refused(
    village: Rows, tmp_path: Path, spoil: Callable[[Path], None], kind: type[Exception]
) -> None:
    folder.write_plan(solve.solve(economies.from_rows(village), "lightest"), tmp_path)
    spoil(tmp_path)

    with pytest.raises(kind):
        folder.read_plan(tmp_path)


def test_every_single_digit_changed_in_a_plan_folder_is_noticed(village: Rows, tmp_path: Path) -> None:
    economy = economies.from_rows(village)
    plan = solve.solve(economy, "fullest")
    folder.write_plan(plan, tmp_path)

    unnoticed = []
    for path in sorted(tmp_path.iterdir()):
        content = path.read_bytes()
        for at, byte in enumerate(content):
            if not chr(byte).isdigit():
                continue
            path.write_bytes(content[:at] + bytes([48 + (byte - 47) % 10]) + content[at + 1 :])
            try:
                changed = folder.read_plan(tmp_path)
                certificate.check(economy, changed)
                # Prices may move in a digit that the bound does not show; the hash of the plan still does.
                if packing.plan_hash(changed) == packing.plan_hash(plan) or path.stem != "prices":
                    line = content[: at + 1].splitlines()[-1]
                    unnoticed.append((path.name, line.split(b":")[0].strip()))
            except (NotAPlan, FolderFault, certificate.DoesNotHold):
                pass
        path.write_bytes(content)

    # What no one can recompute from the figures: how the solver called itself, and what rounding cost it.
    assert {line for name, line in unnoticed} <= {b'"solver"', b'"tolerance"', b'"rounding"'}
