"""Zip files with one form: the same files in the same order give the same bytes, so every byte can be checked.

PKWARE APPNOTE 6.3.9, stored (method 0), no extra fields, no comments, the time 1980-01-01 00:00. Limited to what needs
no Zip64: fewer than 65,535 files and less than 4 GiB.
"""

import struct
import zlib
from collections.abc import Iterable, Iterator

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_VERSION = 20
_DATE = 0x0021
_LARGEST = 0xFFFF_FFFE
_MOST_FILES = 0xFFFE


class BadZip(Exception):
    """Bytes are not a zip file in the one form; ``offset`` is the place."""

    def __init__(self, offset: int, reason: str) -> None:
        self.offset = offset
        self.reason = reason
        super().__init__(f"byte {offset}: {reason}")


class TooLargeForZip(Exception):
    """More files or bytes than a zip file without Zip64 holds."""

    def __init__(self) -> None:
        super().__init__("the export has 65,535 files or 4 GiB or more: write it to a folder, not to a .zip")


def pack(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """Yield the bytes of a zip file over files (ASCII path, bytes), piece by piece.

    Raises:
        TooLargeForZip: it would need Zip64.
    """
    central: list[bytes] = []
    offset = 0
    for path, body in files:
        name = path.encode("ascii")
        crc, length = zlib.crc32(body), len(body)
        if offset + length > _LARGEST or len(central) >= _MOST_FILES:
            raise TooLargeForZip
        yield _local(name, crc, length)
        yield body
        central.append(
            _CENTRAL.pack(
                *(b"PK\1\2", _VERSION, _VERSION, 0, 0, 0, _DATE, crc, length, length, len(name), 0, 0, 0, 0, 0, offset)
            )
            + name
        )
        offset += _LOCAL.size + len(name) + length
    directory = b"".join(central)
    if offset + len(directory) > _LARGEST:
        raise TooLargeForZip
    yield directory
    yield _END.pack(b"PK\5\6", 0, 0, len(central), len(central), len(directory), offset, 0)


def unpack(raw: bytes) -> dict[str, bytes]:
    """Return the files of a zip file by path, in its order.

    Checks the frame around each file, not its sum nor the directory: compare with ``pack`` of what was read for that.

    Raises:
        BadZip: not in the one form, or a path twice.
    """
    files: dict[str, bytes] = {}
    offset = 0
    while raw[offset : offset + 4] == b"PK\3\4":
        if offset + _LOCAL.size > len(raw):
            raise BadZip(offset, "the file ends within a header")
        fields = _LOCAL.unpack_from(raw, offset)
        crc, length, name_length = fields[6], fields[7], fields[9]
        start = offset + _LOCAL.size + name_length
        name = raw[start - name_length : start]
        if raw[offset:start] != _local(name, crc, length):
            raise BadZip(offset, "a file's header is not in the one form of an export")
        body = raw[start : start + length]
        if len(body) != length:
            raise BadZip(offset, "the file ends within a file that it holds")
        try:
            path = name.decode("ascii")
        except UnicodeDecodeError:
            raise BadZip(offset + _LOCAL.size, "a path is not ASCII") from None
        if path in files:
            raise BadZip(offset + _LOCAL.size, f"the path {path} occurs twice")
        files[path] = body
        offset = start + length
    if raw[offset : offset + 4] not in (b"PK\1\2", b"PK\5\6"):
        raise BadZip(offset, "neither a file nor the directory begins here")
    return files


def _local(name: bytes, crc: int, length: int) -> bytes:
    return _LOCAL.pack(b"PK\3\4", _VERSION, 0, 0, 0, _DATE, crc, length, length, len(name), 0) + name
