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


class ValleyMissing(Exception):
    """The example folder is not where it should be."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(f"{path} is missing; the demo is run from a clone, which holds examples/valley")


@dataclass(frozen=True, slots=True)
class Valley:
    """The files of examples/valley: rows by column name."""

    groups: tuple[Row, ...]
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
        _rows(path / "groups.csv"), _rows(path / "members.csv"), _folder(path / "economy"), _folder(path / "revision")
    )


def declarations(
    files: Mapping[str, tuple[Row, ...]], known: Mapping[str, tuple[Row, ...]]
) -> list[tuple[str, str, tuple[tuple[str, ...], ...]]]:
    """Return who declares what: (body, file, rows in column order), in an order in which each row finds what
    it refers to.

    ``known`` are the files as first declared, by which a revised row is given to the same body.
    """
    workplace = {a["activity"]: a["workplace"] for f in (known, files) for a in f.get("activities", ())}
    makers: dict[str, str] = {}
    for flow in (*known.get("flows", ()), *files.get("flows", ())):
        makers.setdefault(flow["product"], workplace[flow["activity"]])
        if not flow["quantity"].startswith("-") and makers.get("+" + flow["product"]) is None:
            makers["+" + flow["product"]] = workplace[flow["activity"]]
    councils = sorted({n["council"] for n in known["needs"]})
    limits = {row["limit"]: councils[i % len(councils)] for i, row in enumerate(known.get("limits", ()))}
    found: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for file in (
        "products",
        "activities",
        "flows",
        "labour",
        "machines",
        "machine_use",
        "hours",
        "needs",
        "limits",
        "limit_use",
        "trade_limit",
    ):
        for row in files.get(file, ()):
            match file:
                case "products":
                    owner = makers.get("+" + row["product"]) or makers[row["product"]]
                    body = f"committee/{owner}"
                case "activities" | "machines":
                    body = f"committee/{row['workplace']}"
                case "flows" | "labour" | "machine_use":
                    body = f"committee/{workplace[row['activity']]}"
                case "hours":
                    body = f"union/{row['trade']}"
                case "needs":
                    body = f"council/{row['council']}"
                case "limits" | "limit_use":
                    body = f"council/{limits[row['limit']]}"
                case _:
                    body = "board"
            found.setdefault((file, body), []).append(tuple(row.get(c) or "" for c in economy.COLUMNS[file]))
    return [(body, file, tuple(rows)) for (file, body), rows in found.items()]
