"""The invented Valley Federation as its files describe it.

Groups, members, the economy as first declared, the revision.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from comitia.plan import economy

Row = dict[str, str]


ORDER = (
    "products",
    "activities",
    "machines",
    "limits",
    "flows",
    "labour",
    "machine_use",
    "limit_use",
    "hours",
    "needs",
    "trade_limit",
)


class ValleyMissing(Exception):
    """The example folder is not where it should be."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(f"{path} is missing; the demo is run from a clone, which holds examples/valley")


@dataclass(frozen=True, slots=True)
class Declaration:
    """Rows of one file that one body declares, in column order."""

    body: str
    file: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Valley:
    """The files of examples/valley: rows by column name."""

    groups: tuple[Row, ...]
    keepers: tuple[Row, ...]
    members: tuple[Row, ...]
    declared: Mapping[str, tuple[Row, ...]]
    revised: Mapping[str, tuple[Row, ...]]


def _rows(path: Path) -> tuple[Row, ...]:
    return tuple(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def _folder(path: Path) -> dict[str, tuple[Row, ...]]:
    return {p.stem: _rows(p) for p in sorted(path.glob("*.csv"))}


def read(path: Path) -> Valley:
    """Return the example as its files have it.

    Raises:
        ValleyMissing: there is no such folder.
    """
    if not (path / "members.csv").exists():
        raise ValleyMissing(path)
    return Valley(
        _rows(path / "groups.csv"),
        _rows(path / "keepers.csv"),
        _rows(path / "members.csv"),
        _folder(path / "economy"),
        _folder(path / "revision"),
    )


def declarations(valley: Valley, files: Mapping[str, tuple[Row, ...]]) -> list[Declaration]:
    """Return who declares what, in an order in which each row finds what it refers to.

    A product's row belongs to the committee that keeps its stock, a limit to the council that set it (keepers.csv).
    """
    where = {a["activity"]: a["workplace"] for f in (valley.declared, valley.revised) for a in f.get("activities", ())}
    keeper = {(k["file"], k["key"]): k["body"] for k in valley.keepers}
    found: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for file in ORDER:
        for row in files.get(file, ()):
            match file:
                case "products" | "limits":
                    body = keeper[file, row[economy.KEYS[file][0]]]
                case "limit_use":
                    body = keeper["limits", row["limit"]]
                case "activities" | "machines":
                    body = f"committee/{row['workplace']}"
                case "flows" | "labour" | "machine_use":
                    body = f"committee/{where[row['activity']]}"
                case "hours":
                    body = f"union/{row['trade']}"
                case "needs":
                    body = f"council/{row['council']}"
                case _:
                    body = "board"
            found.setdefault((file, body), []).append(tuple(row.get(c) or "" for c in economy.COLUMNS[file]))
    return [Declaration(body, file, tuple(rows)) for (file, body), rows in found.items()]
