"""National input-output tables of WIOD 2016 with hours worked (socio-economic accounts).

Source: Timmer, Dietzenbacher, Los, Stehrer and de Vries (2015), World Input-Output Database, release 2016. One product,
one activity and one trade per industry; a run is one million dollars of gross output.
"""

import csv
import gzip
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path

from comitia.plan.rows import FIGURE
from comitia.plan.tables.inputoutput import Labour, Table

Text = Mapping[str, str]
COUNCILS = {
    "CONS_h": "households",
    "CONS_np": "non-profits",
    "CONS_g": "government",
    "GFCF": "investment",
    "INVEN": "inventories",
    "EXP": "abroad",
}
USES = tuple(COUNCILS)
MILLION = 10**6


class NotWiod(Exception):
    """A file that is no WIOD table: which, which line, what was expected."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        self.path, self.line, self.reason = path, line, reason
        super().__init__(f"{path}{f', line {line}' if line else ''}: {reason}")


def read(iot: Path, sea: Path, *, year: int) -> Table:
    """Return one year of a table and its accounts; the files may be gzipped.

    Raises:
        NotWiod: a file that cannot be read, lacks a column, the year or an industry, or has text for a number.
    """
    wanted = [
        (line, r) for line, r in _rows(iot, ("Year", "Code", "Description", "Origin", "GO")) if _year(r["Year"]) == year
    ]
    if not wanted:
        raise NotWiod(iot, 0, f"has no rows of the year {year}")
    remarks = []
    foreign = [r["Code"] for _, r in wanted if r["Origin"] != "Domestic"]
    if foreign:
        remarks.append(f"{len(foreign)} rows whose origin is not Domestic are imports and are left out.")
    domestic = [(line, r) for line, r in wanted if r["Origin"] == "Domestic"]
    codes = [r["Code"] for _, r in domestic]
    output = {r["Code"]: _figure(iot, line, r, "GO") for line, r in domestic}
    kept = tuple(c for c in codes if output[c] > 0)
    for c in codes:
        if output[c] <= 0:
            remarks.append(f"{c} is left out: it has no output in {year}.")
    accounts = {r["code"]: (line, r) for line, r in _rows(sea, ("code", "year", "H_EMPE")) if _year(r["year"]) == year}
    missing = [c for c in kept if c not in accounts]
    if missing:
        raise NotWiod(sea, 0, f"has no row of {missing[0]} in {year}")
    rows = {r["Code"]: (line, r) for line, r in domestic if r["Code"] in kept}
    hours = {c: _figure(sea, *accounts[c], "H_EMPE") * MILLION for c in kept}
    said = "hours are those of employees only (H_EMPE), the self-employed are not in them."
    return Table(
        source=f"WIOD 2016, {year}",
        unit="million dollars",
        products=kept,
        names={r["Code"]: r["Description"] for _, r in domestic},
        flows={(c, other): _figure(iot, line, r, other) for c, (line, r) in rows.items() for other in kept},
        uses={(c, u): _figure(iot, line, r, u) for c, (line, r) in rows.items() for u in USES},
        councils=COUNCILS,
        output={c: output[c] for c in kept},
        labour=Labour(hours, "hours", "employees-in", said),
        primary={},
        households="CONS_h",
        remarks=tuple(remarks),
    )


def _rows(path: Path, columns: Sequence[str]) -> list[tuple[int, Text]]:
    try:
        content = path.read_bytes()
        # RFC 1952: a gzip file begins with 1f 8b.
        text = (gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content).decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError) as fault:
        raise NotWiod(path, 0, f"cannot be read ({fault})") from fault
    reader = csv.DictReader(text.splitlines())
    missing = [c for c in columns if c not in (reader.fieldnames or ())]
    if missing:
        raise NotWiod(path, 1, f"the column {missing[0]} is missing; {', '.join(columns)} are expected")
    return [(line, {k: v or "" for k, v in row.items() if k}) for line, row in enumerate(reader, 2)]


def _year(text: str) -> int:
    # The tables write 2014 and 2014.0.
    whole = text.partition(".")[0]
    return int(whole) if whole.isascii() and whole.isdigit() else 0


def _figure(path: Path, line: int, row: Text, column: str) -> Fraction:
    text = row.get(column, "")
    if not FIGURE.fullmatch(text):
        raise NotWiod(path, line, f"column {column}: {text!r} is not a number")
    return Fraction(text)
