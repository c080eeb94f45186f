"""Economy folders and plan folders, read and written; CSV or Parquet with the same columns, missing file = no rows.

With ``tables/`` the only module of this room that opens files.
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from comitia.plan import economy as economies, listing, parquet, rows
from comitia.plan.arrays import reader, table
from comitia.plan.arrays.model import Declared
from comitia.plan.arrays.table import Columns
from comitia.plan.economy import Economy
from comitia.plan.solution import Certificate, Plan

CERTIFICATE = "certificate.json"
# From so many flows on an economy is read, planned and checked as arrays (docs/explanation/large-plans.md).
LARGE = 10_000
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
    for file, (columns, found) in _tables(path).items():
        known = rows.COLUMNS.get(file, ())
        missing = [c for c in known if c not in columns and c not in rows.OPTIONAL.get(file, ())]
        if missing:
            raise rows.EconomyFault(
                file, 1, missing[0], f"the column is missing; {file} has columns {', '.join(known)}"
            )
        files[file] = [dict(zip(columns, row, strict=True)) for row in found]
    if not files:
        raise FolderFault(path, f"holds no economy; it needs files like products.csv, of {', '.join(rows.COLUMNS)}")
    return economies.from_rows(files)


def is_large(path: Path) -> bool:
    """Say whether an economy has so many flows that it is handled as arrays."""
    columnar, text = path / "flows.parquet", path / "flows.csv"
    if columnar.is_file():
        try:
            return table.parquet_rows(str(columnar)) >= LARGE
        except table.NotATable as fault:
            raise FolderFault(columnar, fault.reason) from fault
    if not text.is_file():
        return False
    count = 0
    with text.open("rb") as opened:
        while count <= LARGE and (block := opened.read(1 << 20)):
            count += block.count(b"\n")
    return count > LARGE


def read_declared(path: Path) -> Declared:
    """Return the economy of a folder as arrays, of any size.

    Raises:
        FolderFault: no such folder, no economy in it, a file twice or not readable.
        EconomyFault: a row that does not make an economy; see ``reader.declared``.
    """
    files = _columns(path)
    if not files:
        raise FolderFault(path, f"holds no economy; it needs files like products.csv, of {', '.join(rows.COLUMNS)}")
    return reader.declared(files)


def write_columns(files: Mapping[str, Columns], path: Path, *, as_parquet: bool = False) -> None:
    """Write tables of text into a folder.

    Raises:
        FolderFault: the folder holds the same tables in the other form, or cannot be written.
    """
    suffix, other = ("parquet", "csv") if as_parquet else ("csv", "parquet")
    for file, columns in files.items():
        if (path / f"{file}.{other}").exists():
            raise FolderFault(path, f"holds {file}.{other} already; choose an empty folder, or take it away")
        try:
            path.mkdir(parents=True, exist_ok=True)
            with (path / f"{file}.{suffix}").open("wb") as opened:
                if as_parquet:
                    opened.write(table.parquet_bytes(columns))
                else:
                    opened.write(f"{','.join(columns)}\n".encode())
                    for block in table.lines(list(columns.values())):
                        opened.write(block)
        except OSError as fault:
            raise FolderFault(path, f"cannot be written ({fault.strerror})") from fault


def write_certificate(certificate: Certificate, path: Path, *, seconds: Mapping[str, float] | None = None) -> None:
    """Write the certificate of a plan; ``seconds`` by phase stand outside what is hashed.

    Raises:
        FolderFault: it cannot be written.
    """
    text = listing.certificate_text(certificate)
    if seconds is not None:
        text = listing.json_text({**json.loads(text), "seconds": {k: round(v, 4) for k, v in seconds.items()}})
    _write(path / CERTIFICATE, text.encode())


def read_columns(path: Path) -> tuple[dict[str, Columns], Certificate]:
    """Return the tables of a large plan and its certificate.

    Raises:
        FolderFault: no such folder, or a file that cannot be read.
        NotAPlan: a certificate that cannot be read.
    """
    return _columns(path), listing.certificate_of(_certificate(path / CERTIFICATE))


def _columns(path: Path) -> dict[str, Columns]:
    found: dict[str, Columns] = {}
    for name, file in _files(path).items():
        try:
            found[name] = table.read_parquet(str(file)) if file.suffix == ".parquet" else table.read_csv(str(file))
        except table.NotATable as fault:
            raise FolderFault(file, fault.reason) from fault
    return found


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
    write_certificate(plan.certificate, path, seconds=seconds)


def places(path: Path) -> dict[tuple[str, tuple[str, ...]], str]:
    """Return where each row of a folder stands, by file and key: ``needs.csv, line 3``.

    Raises:
        FolderFault: no such folder, or a file that cannot be read.
    """
    found: dict[tuple[str, tuple[str, ...]], str] = {}
    for file, (columns, given) in _tables(path).items():
        key = [columns.index(c) if c in columns else -1 for c in rows.KEYS.get(file, ())]
        suffix = "csv" if (path / f"{file}.csv").exists() else "parquet"
        for number, row in enumerate(given, 2):
            found[file, tuple(row[i].strip() if i >= 0 else "" for i in key)] = f"{file}.{suffix}, line {number}"
    return found


def write_text(path: Path, text: str) -> None:
    """Write a text that goes with a folder: a report, or an economy in another form.

    Raises:
        FolderFault: it cannot be written.
    """
    _write(path, text.encode())


def _tables(path: Path) -> dict[str, Table]:
    return {name: _parquet(file) if file.suffix == ".parquet" else _csv(file) for name, file in _files(path).items()}


def _files(path: Path) -> dict[str, Path]:
    if not path.is_dir():
        raise FolderFault(path, "there is no such folder; give the folder that holds the CSV or Parquet files")
    found: dict[str, Path] = {}
    for file in sorted(path.iterdir()):
        if file.suffix not in (".csv", ".parquet") or not file.is_file():
            continue
        if file.stem in found:
            raise FolderFault(file, "is there twice, as CSV and as Parquet; keep one of them")
        found[file.stem] = file
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
