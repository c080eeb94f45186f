"""Economy folders and plan folders, read and written; CSV or Parquet with the same columns, missing file = no rows.

With ``tables/`` the only module of this room that opens files.
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from comitia.plan import economy as economies, listing, parquet, rows
from comitia.plan.economy import Economy
from comitia.plan.solution import Plan

CERTIFICATE = "certificate.json"
Table = tuple[tuple[str, ...], list[tuple[str, ...]]]


class FolderFault(Exception):
    """A folder or file that cannot be used: which, and what to do."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path}: {reason}")


def read_economy(path: Path) -> Economy:
    """Return the economy of a folder.

    Raises:
        FolderFault: no such folder, no economy in it, a file twice or not readable.
        EconomyFault: a row that does not make an economy; see ``economy.from_rows``.
    """
    files: dict[str, list[Mapping[str, str]]] = {}
    for file, table in _tables(path).items():
        known = rows.COLUMNS.get(file, ())
        columns, found = table
        missing = [c for c in known if c not in columns and c not in rows.OPTIONAL.get(file, ())]
        if missing:
            raise rows.EconomyFault(
                file, 1, missing[0], f"the column is missing; {file} has columns {', '.join(known)}"
            )
        files[file] = [dict(zip(columns, row, strict=True)) for row in found]
    if not files:
        raise FolderFault(path, f"holds no economy; it needs files like products.csv, of {', '.join(rows.COLUMNS)}")
    return economies.from_rows(files)


def write_economy(economy: Economy, path: Path, *, as_parquet: bool = False) -> None:
    """Write an economy into a folder, in canonical rows.

    Raises:
        FolderFault: the folder holds a file of another economy, or cannot be written.
    """
    suffix = "parquet" if as_parquet else "csv"
    names = {f"{file}.{suffix}" for file in economy.files}
    others = [f"{file}.{s}" for file in rows.COLUMNS for s in ("csv", "parquet")]
    stale = [name for name in others if name not in names and (path / name).exists()]
    if stale:
        raise FolderFault(path, f"holds {', '.join(stale)} of another economy; choose an empty folder, or take it away")
    for file, found in economy.files.items():
        _write(path / f"{file}.{suffix}", _format(economies.columns(file, found), found, as_parquet=as_parquet))


def read_plan(path: Path) -> Plan:
    """Return the plan of a folder.

    Raises:
        FolderFault: no such folder, a table or the certificate missing, or not readable.
        NotAPlan: a row or a figure of the certificate that cannot be read.
    """
    tables: dict[str, list[tuple[str, ...]]] = {}
    for file, (columns, found) in _tables(path).items():
        if file not in listing.COLUMNS:
            raise FolderFault(path / f"{file}.csv", f"is no file of a plan: {', '.join(listing.COLUMNS)}")
        if columns != listing.COLUMNS[file]:
            raise listing.NotAPlan(file, 1, f"expected columns {', '.join(listing.COLUMNS[file])}")
        tables[file] = found
    missing = [file for file in listing.COLUMNS if file not in tables]
    if missing:
        raise FolderFault(path, f"holds no plan: {missing[0]}.csv is missing; plan solve --out writes all of them")
    return listing.plan_of(tables, _certificate(path / CERTIFICATE))


def _certificate(path: Path) -> str:
    """Return the certificate in canonical form, without the seconds, which no hash binds."""
    text = _decode(path, _bytes(path))
    try:
        said = json.loads(text)
    except ValueError as fault:
        raise listing.NotAPlan(CERTIFICATE, 0, f"is no JSON ({fault})") from fault
    if not isinstance(said, dict):
        raise listing.NotAPlan(CERTIFICATE, 0, "is no JSON object")
    said.pop("seconds", None)
    return listing.json_text(said)


def write_plan(plan: Plan, path: Path, *, seconds: Mapping[str, float] | None = None, as_parquet: bool = False) -> None:
    """Write a plan into a folder; ``seconds`` by phase go into the certificate, outside what is hashed.

    Raises:
        FolderFault: the folder holds the same tables in the other form, or cannot be written.
    """
    suffix, other = ("parquet", "csv") if as_parquet else ("csv", "parquet")
    for file, found in listing.rows_of(plan).items():
        if (path / f"{file}.{other}").exists():
            raise FolderFault(path, f"holds {file}.{other} of another plan; choose an empty folder, or take it away")
        _write(path / f"{file}.{suffix}", _format(listing.COLUMNS[file], found, as_parquet=as_parquet))
    text = listing.certificate_text(plan.certificate)
    if seconds is not None:
        text = listing.json_text({**json.loads(text), "seconds": {k: round(v, 4) for k, v in seconds.items()}})
    _write(path / CERTIFICATE, text.encode())


def _tables(path: Path) -> dict[str, Table]:
    if not path.is_dir():
        raise FolderFault(path, "there is no such folder; give the folder that holds the CSV or Parquet files")
    found: dict[str, Table] = {}
    for file in sorted(path.iterdir()):
        if file.suffix not in (".csv", ".parquet") or not file.is_file():
            continue
        if file.stem in found:
            raise FolderFault(file, "is there twice, as CSV and as Parquet; keep one of them")
        found[file.stem] = _parquet(file) if file.suffix == ".parquet" else _csv(file)
    return found


def _parquet(path: Path) -> Table:
    try:
        return parquet.parse(_bytes(path))
    except parquet.NotParquet as fault:
        raise FolderFault(path, fault.reason) from fault


def _csv(path: Path) -> Table:
    reader = csv.reader(io.StringIO(_decode(path, _bytes(path)), newline=""), strict=True)
    found: list[tuple[str, ...]] = []
    try:
        columns = tuple(name.strip() for name in next(reader, []))
        if len(set(columns)) != len(columns) or not columns:
            raise FolderFault(path, "line 1 must name each column once")
        blank = 0
        for row in reader:
            if not row:
                blank = blank or reader.line_num
                continue
            # A blank line further up would shift every line number that a fault names.
            if blank or len(row) != len(columns):
                said = f"has {len(row)} fields, the header has {len(columns)}"
                raise FolderFault(path, f"line {blank} is empty" if blank else f"line {reader.line_num} {said}")
            found.append(tuple(row))
    except csv.Error as fault:
        raise FolderFault(path, f"line {reader.line_num} is no CSV ({fault})") from fault
    return columns, found


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise FolderFault(path, f"cannot be read ({fault.strerror})") from fault


def _decode(path: Path, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise FolderFault(path, f"is not UTF-8 at byte {fault.start}; save it as UTF-8") from fault


def _format(columns: Sequence[str], found: Sequence[Sequence[str]], *, as_parquet: bool) -> bytes:
    if as_parquet:
        return parquet.format_rows(columns, found)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(found)
    return out.getvalue().encode()


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as fault:
        raise FolderFault(path, f"cannot be written ({fault.strerror})") from fault
