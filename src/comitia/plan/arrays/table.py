"""Tables of text in bulk, by pyarrow: CSV and Parquet to columns, columns to exact figures, both to canonical CSV."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
from numpy.typing import NDArray

from comitia.plan.arrays import figures
from comitia.plan.arrays.figures import DIGITS, MOST_PLACES, Figures
from comitia.plan.rows import FIGURE

# Columns of text, all of one length. Arrow's arrays have no types of their own here.
Texts = Any
Columns = Mapping[str, Texts]
CHUNK = 1 << 20
# What the shortest exact decimal of a figure looks like.
SHORTEST = r"^(0|-?[1-9][0-9]*|-?(0|[1-9][0-9]*)\.[0-9]*[1-9])$"
# A block of a CSV file, parsed by one thread.
BLOCK = 1 << 26


class NotATable(Exception):
    """Bytes that are no table; says why."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class NotFigures(Exception):
    """Texts of a column that are no figures of eighteen digits; says where the first stands."""

    def __init__(self, at: int) -> None:
        self.at = at
        super().__init__(f"text {at} is no figure")


def read_csv(path: str) -> dict[str, Texts]:
    """Return the columns of a CSV file, all as text.

    Raises:
        NotATable: the file is no CSV, or names a column twice.
    """
    try:
        with pa.memory_map(path) as source:
            opened = pacsv.open_csv(source, pacsv.ReadOptions(use_threads=False, block_size=BLOCK))
            names = [name.strip() for name in opened.schema.names]
        convert = pacsv.ConvertOptions(
            column_types={name: pa.string() for name in opened.schema.names}, strings_can_be_null=False
        )
        with pa.memory_map(path) as source:
            table = pacsv.read_csv(source, pacsv.ReadOptions(block_size=BLOCK), convert_options=convert)
    except (pa.ArrowException, OSError) as fault:
        raise NotATable(f"is no CSV that can be read ({fault})") from fault
    return _columns(table, names)


def parquet_rows(path: str) -> int:
    """Return how many rows a Parquet file has.

    Raises:
        NotATable: the file is no Parquet.
    """
    try:
        return int(pq.read_metadata(path).num_rows)
    except (pa.ArrowException, OSError) as fault:
        raise NotATable(f"is no Parquet file ({fault})") from fault


def read_parquet(path: str) -> dict[str, Texts]:
    """Return the columns of a Parquet file, all as text, missing values as empty text.

    Raises:
        NotATable: the file is no Parquet, or holds what is neither text nor a whole number.
    """
    try:
        table = pq.read_table(path, memory_map=True)
        for i, field in enumerate(table.schema):
            if not (pa.types.is_string(field.type) or pa.types.is_integer(field.type)):
                reason = (
                    f"column {field.name} is of {field.type}; of a large economy text or whole numbers are expected"
                )
                raise NotATable(reason)
            table = table.set_column(i, field.name, pc.fill_null(pc.cast(table.column(i), pa.string()), ""))
    except (pa.ArrowException, OSError) as fault:
        raise NotATable(f"is no Parquet file that can be read ({fault})") from fault
    return _columns(table, [name.strip() for name in table.column_names])


def _columns(table: Any, names: list[str]) -> dict[str, Texts]:
    if len(set(names)) != len(names) or not names:
        raise NotATable("line 1 must name each column once")
    return dict(zip(names, table.columns, strict=True))


def trimmed(texts: Texts) -> Texts:
    """Return texts without blanks around them."""
    return pc.utf8_trim_whitespace(texts)


def parse(texts: Texts) -> Figures:
    """Return the figures of a column of decimal text.

    Raises:
        NotFigures: a text that is no figure, or none of eighteen digits.
    """
    chunks = texts.chunks if isinstance(texts, pa.ChunkedArray) else [texts]
    found, done = [], 0
    for chunk in chunks:
        for first in range(0, len(chunk), CHUNK):
            part = chunk.slice(first, CHUNK)
            try:
                found.append(_parsed(part))
            except NotFigures as fault:
                raise NotFigures(done + fault.at) from None
            done += len(part)
    return figures.joined(found) if found else figures.whole_numbers(np.zeros(0, np.int64))


def _parsed(texts: Texts) -> Figures:
    # Signs, exponents and what is no figure at all are rare: one by one.
    plain = pc.match_substring_regex(texts, r"^-?[0-9]*[0-9.][0-9]*$")
    if not pc.all(plain).as_py():
        return _one_by_one(texts, plain)
    point = _numbers(pc.find_substring(texts, "."))
    length = _numbers(pc.binary_length(texts))
    places = np.where(point < 0, 0, length - point - 1)
    digits = pc.replace_substring(texts, ".", "")
    try:
        whole = pc.cast(digits, pa.int64()).to_numpy(zero_copy_only=False)
    except pa.ArrowInvalid:
        return _one_by_one(texts, None)
    if len(whole) and (np.abs(whole).max() >= 10**DIGITS or places.max() > MOST_PLACES):
        raise NotFigures(int(np.argmax((np.abs(whole) >= 10**DIGITS) | (places > MOST_PLACES))))
    return figures.shortest(whole, places.astype(np.int8))


def _one_by_one(texts: Texts, plain: Any) -> Figures:
    odd = np.arange(len(texts)) if plain is None else np.flatnonzero(~_truths(plain))
    if plain is not None and len(odd) < len(texts):
        replaced = pc.if_else(plain, texts, "0")
        found = _parsed(replaced)
    else:
        found = figures.whole_numbers(np.zeros(len(texts), np.int64))
    for at in odd.tolist():
        said = texts[at].as_py().strip()
        if not FIGURE.fullmatch(said):
            raise NotFigures(at)
        try:
            one = figures.of_fractions([Fraction(said)])
        except figures.TooManyDigits:
            raise NotFigures(at) from None
        found.whole[at], found.places[at] = one.whole[0], one.places[0]
    return found


def _numbers(found: Any) -> NDArray[np.int64]:
    numbers: NDArray[np.int64] = found.to_numpy(zero_copy_only=False).astype(np.int64)
    return numbers


def _truths(found: Any) -> NDArray[np.bool_]:
    truths: NDArray[np.bool_] = found.to_numpy(zero_copy_only=False).astype(np.bool_)
    return truths


def text(of: Figures) -> Texts:
    """Return the shortest exact decimals of figures."""
    digits = pc.cast(pa.array(np.abs(of.whole)), pa.string())
    found = digits
    for k in np.unique(of.places).tolist():
        if not k:
            continue
        here = of.places == k
        padded = pc.utf8_lpad(digits.filter(pa.array(here)), k + 1, "0")
        head, tail = pc.utf8_slice_codeunits(padded, 0, -k), pc.utf8_slice_codeunits(padded, -k)
        found = pc.replace_with_mask(found, pa.array(here), pc.binary_join_element_wise(head, tail, "."))
    minus = of.whole < 0
    if minus.any():
        found = pc.if_else(pa.array(minus), pc.binary_join_element_wise("-", found, ""), found)
    return found


def canonical(texts: Texts, of: Figures) -> Texts:
    """Return the shortest exact decimals of texts whose figures these are; the texts themselves where they are that."""
    texts = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
    other = ~_truths(pc.match_substring_regex(texts, SHORTEST))
    if not other.any():
        return texts
    return pc.replace_with_mask(texts, pa.array(other), text(of[np.flatnonzero(other)]))


def quoted(texts: Texts) -> Texts:
    """Return texts as RFC 4180 quotes them."""
    odd = pc.match_substring_regex(texts, '[",\\r\\n]')
    if not pc.any(odd).as_py():
        return texts
    inner = pc.replace_substring(texts, '"', '""')
    return pc.if_else(odd, pc.binary_join_element_wise('"', inner, '"', ""), texts)


def lines(columns: Sequence[Texts]) -> Iterator[bytes | memoryview]:
    """Yield the rows of a table as CSV, a block of them at a time."""
    count = len(columns[0])
    for first in range(0, count, CHUNK):
        part = [_whole(c.slice(first, CHUNK)) for c in columns]
        row = pc.binary_join_element_wise(*[quoted(p) for p in part], ",")
        ended = pc.binary_join_element_wise(row, pa.scalar("\n"), "")
        ended = _whole(ended).cast(pa.large_binary())
        start, end = np.frombuffer(ended.buffers()[1], np.int64)[[ended.offset, ended.offset + len(ended)]]
        yield memoryview(ended.buffers()[2])[start:end]


def _whole(texts: Texts) -> Texts:
    return texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts


def parquet_bytes(columns: Mapping[str, Texts]) -> Any:
    """Return a Parquet file of these columns, as a buffer."""
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table(dict(columns)), sink)
    return sink.getvalue()


def places_of(texts: Texts, among: Texts) -> NDArray[np.int32]:
    """Return where each text stands among the others; -1 where it does not."""
    found = pc.index_in(texts, value_set=among)
    filled: NDArray[np.int32] = pc.fill_null(found, -1).to_numpy().astype(np.int32)
    return filled


def order(columns: Sequence[Texts]) -> NDArray[np.int64]:
    """Return the order of rows by these columns of text, by the code points of each in turn."""
    table = pa.table({str(i): c for i, c in enumerate(columns)})
    found: NDArray[np.int64] = (
        pc.sort_indices(table, sort_keys=[(str(i), "ascending") for i in range(len(columns))])
        .to_numpy()
        .astype(np.int64)
    )
    return found
