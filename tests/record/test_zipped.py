import io
import zipfile

import pytest
from hypothesis import given, strategies as st

from comitia.record import zipped
from comitia.record.zipped import BadZip

FILES = {"checkpoint": b"note\n", "tile/0/000.p/1": bytes(32), "empty": b""}


@given(st.dictionaries(st.text("abc/", min_size=1, max_size=5), st.binary(max_size=50), max_size=4))
def test_the_files_are_read_back_in_order(files: dict[str, bytes]) -> None:
    raw = b"".join(zipped.pack(files.items()))

    assert list(zipped.unpack(raw).items()) == list(files.items())


def test_the_standard_library_reads_what_was_packed() -> None:
    with zipfile.ZipFile(io.BytesIO(b"".join(zipped.pack(FILES.items())))) as packed:
        assert packed.testzip() is None
        assert {name: packed.read(name) for name in packed.namelist()} == FILES


@given(st.binary(max_size=80))
def test_other_bytes_are_refused_or_differ_when_packed_again(raw: bytes) -> None:
    try:
        files = zipped.unpack(raw)
    except BadZip:
        return
    assert b"".join(zipped.pack(files.items())) != raw


def test_a_path_that_occurs_twice_is_refused() -> None:
    raw = b"".join(zipped.pack([("a", b"1"), ("a", b"2")]))

    with pytest.raises(BadZip, match="the path a occurs twice"):
        zipped.unpack(raw)
