"""Which table a file is, by what stands in it and not by its name."""

from collections.abc import Sequence
from pathlib import Path

from comitia.plan.tables import bea, cells, matrix, wiod
from comitia.plan.tables.cells import NotATable
from comitia.plan.tables.inputoutput import Table

WIOD_IOT = {"Year", "Code", "Origin", "GO"}
WIOD_SEA = {"code", "year", "H_EMPE"}


def input_output(paths: Sequence[Path], *, year: int | None = None) -> Table:
    """Return the input-output table of one file (ONS, Eurostat) or of two (WIOD with accounts, BEA use and make).

    Args:
        paths: the files, in any order.
        year: which year of a file that holds several.

    Raises:
        NotATable: no layout fits, or the one that fits lacks something.
        NotWiod: the same of WIOD's files.
    """
    headers = {path: _first_line(path) for path in paths}
    iot = [path for path, header in headers.items() if header >= WIOD_IOT]
    sea = [path for path, header in headers.items() if header >= WIOD_SEA]
    if iot and sea:
        if year is None:
            raise NotATable(iot[0], 0, "holds several years; say which one: --year 2014")
        return wiod.read(iot[0], sea[0], year=year)
    if len(paths) == 1 and not iot:
        return matrix.read(paths[0])
    if len(paths) == 2 and all(bea.is_bea(path) or _has_industries(path) for path in paths):
        use = [path for path in paths if bea.is_bea(path)]
        make = [path for path in paths if path not in use]
        if use and make:
            return bea.read(use[0], make[0])
    raise NotATable(
        paths[0],
        0,
        "is no table that is known; expected are one file (ONS, Eurostat manual), a WIOD table with its accounts, or a "
        "use and a make table of the Bureau of Economic Analysis",
    )


def _first_line(path: Path) -> set[str]:
    lines = cells.read(path)
    return set(lines[0][1]) if lines else set()


def _has_industries(path: Path) -> bool:
    return any(row[0] in bea.HEADS for _, row in cells.read(path))
