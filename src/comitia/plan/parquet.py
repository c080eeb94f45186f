"""Rows of text from and to the bytes of a Parquet file; the only module that knows pyarrow."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pyarrow as pa
import pyarrow.parquet as pq

from comitia.plan.rows import decimal_text


class NotParquet(Exception):
    """Bytes that are no Parquet file, or a value in one that is neither text nor a number."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def parse(content: bytes) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the columns and the rows of a Parquet file, every value as text (a missing one is empty).

    Raises:
        NotParquet: the bytes are no Parquet file, or a value is neither text nor a number.
    """
    try:
        table = pq.read_table(pa.BufferReader(content))
    except pa.ArrowException as fault:
        raise NotParquet(f"is no Parquet file ({fault})") from fault
    columns = tuple(str(name) for name in table.column_names)
    if not columns:
        return columns, []
    values = [[_text(value) for value in table.column(name).to_pylist()] for name in columns]
    return columns, list(zip(*values, strict=True))


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            raise NotParquet(f"holds {value}, which is neither text nor a number")
        case int():
            return str(value)
        case Decimal() if value.is_finite():
            return decimal_text(Fraction(value))
        case float():
            # The shortest decimal that reads back as this float.
            return repr(value)
        case _:
            raise NotParquet(f"holds {value!r}, which is neither text nor a number")


def format_rows(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Return the bytes of a Parquet file with these rows; figures stay exact because they stay text."""
    table = pa.table({name: pa.array([row[i] for row in rows], pa.string()) for i, name in enumerate(columns)})
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink)
    return bytes(sink.getvalue().to_pybytes())
