"""What workplaces have, taken for what it is and made one economy: exports, filled workbooks, ValueFlows, demplan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from comitia.plan.tables import demplan, exports, sheets, valueflows, workbook
from comitia.plan.tables.draft import Draft, Drafting
from comitia.plan.tables.erpnext import ERPNEXT
from comitia.plan.tables.exports import Found, Season
from comitia.plan.tables.odoo import ODOO
from comitia.plan.tables.sheets import ZIP, NotASheet, Sheet
from comitia.plan.units import Unit

PROGRAMS = (ODOO, ERPNEXT)


@dataclass(frozen=True)
class Told:
    """What no file says and the reader was told: workplace, weeks of the season (0: guess), units defined."""

    workplace: str = ""
    weeks: int = 0
    units: Mapping[str, Unit] = field(default_factory=dict)


def read(paths: Sequence[Path], told: Told) -> Draft:
    """Return the economy that the files make together.

    Raises:
        NotASheet: a file that is nothing known, a cell or a unit that cannot be used; where, and what to do.
        EconomyFault: the rows make no economy.
    """
    drafting = Drafting(said=told.units)
    filled: list[Sheet] = []
    found: list[Found] = []
    for path in paths:
        if _is_arrays(path):
            demplan.read(drafting, path)
        elif _begins_like_json(path):
            valueflows.read(drafting, path, workplace=told.workplace)
        else:
            given = sheets.read(path)
            if workbook.is_workbook(given):
                filled += given
            else:
                found += [_recognised(sheet) for sheet in given]
    if filled:
        workbook.read(drafting, filled)
    if found:
        exports.add(drafting, found, Season(told.workplace, told.weeks))
    return drafting.finished()


def is_known(path: Path) -> bool:
    """Return whether a file is one of these."""
    try:
        if _is_arrays(path) or _begins_like_json(path):
            return True
        given = sheets.read(path)
    except NotASheet:
        return False
    return workbook.is_workbook(given) or any(exports.recognise(sheet, PROGRAMS) for sheet in given)


def _recognised(sheet: Sheet) -> Found:
    found = exports.recognise(sheet, PROGRAMS)
    if found is None:
        known = "; ".join(
            f"{export.kind} of {program.name} ({', '.join(sorted(export.needs))})"
            for program in PROGRAMS
            for export in program.exports
        )
        reason = f"its columns ({', '.join(sheet.columns[:6])}) are of no export that is known: {known}"
        raise NotASheet(sheet.path, 0, reason, sheet.name)
    return found


def _is_arrays(path: Path) -> bool:
    # Both .npz and .xlsx are zip files; only the first holds arrays.
    return path.suffix == ".npz" and _head(path, 4) == ZIP


def _begins_like_json(path: Path) -> bool:
    return _head(path, 64).removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def _head(path: Path, size: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(size)
    except OSError as fault:
        raise NotASheet(path, 0, f"cannot be read ({fault.strerror})") from fault
