from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from comitia.plan import parquet
from comitia.plan.parquet import NotParquet


def parquet_of(**columns: list[object]) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), sink)
    return bytes(sink.getvalue().to_pybytes())


def test_text_stays_as_it_is() -> None:
    rows = [("a", "1.50"), ("b", "")]

    assert parquet.parse(parquet.format_rows(("limit", "quantity"), rows)) == (("limit", "quantity"), rows)


def test_numbers_become_decimal_text_and_what_is_missing_is_empty() -> None:
    content = parquet_of(limit=["a", "b", "c"], quantity=[0.1, 3.0, None], cash=[Decimal("1.50"), None, Decimal("2")])

    assert parquet.parse(content) == (
        ("limit", "quantity", "cash"),
        [("a", "0.1", "1.5"), ("b", "3.0", ""), ("c", "", "2")],
    )


def test_what_is_neither_text_nor_number_is_refused() -> None:
    for content in (parquet_of(limit=[True]), parquet_of(limit=[["a"]]), b"PAR1", b""):
        with pytest.raises(NotParquet):
            parquet.parse(content)
