"""Verification on two cores: one process checks every byte of an export while this one already replays its acts.

What is replayed is compared, hash by hash, with what the other process checked; a fault of the bytes is named before
any fault of an act, as when one follows the other.
"""

import gc
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

from comitia.record import blobs, mirror, policy as policies, tiles
from comitia.record.mirror import Mirror, Torn

Found = tuple[str, int, int | None, str] | str | Mirror


class Lying(Mapping[str, bytes]):
    """The blobs of a folder, each compared with its name when it is read."""

    def __init__(self, folder: Path) -> None:
        """Take the folder of the export."""
        self._folder = folder

    def __getitem__(self, hashed: str) -> bytes:
        path = self._folder / tiles.blob_path(hashed)
        if not blobs.is_hash(hashed) or not path.is_file():
            raise KeyError(hashed)
        body = path.read_bytes()
        if blobs.hash_of(body) != hashed:
            raise Torn(tiles.blob_path(hashed), 0, reason="the bytes have another SHA-256 than the name of the file")
        return body

    def __iter__(self) -> Iterator[str]:
        return (path.name for path in sorted((self._folder / "blob").rglob("*")) if path.is_file())

    def __len__(self) -> int:
        return sum(1 for _ in self)


@contextmanager
def checking(path: Path, *, key: str | None, policy: policies.Policy | None) -> Iterator["Future[Found]"]:
    """Check the bytes of an export in another process while the block runs."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        yield pool.submit(_checked, path, key, policy)


def result(checked: "Future[Found]") -> Mirror:
    """Return what the other process found: the export without its leaves and blobs.

    Raises:
        Torn | QuorumMissing: as ``mirror.read``.
    """
    match checked.result():
        case Mirror() as read:
            return read
        case str() as missing:
            raise Missing(missing)
        case (file, offset, act, reason):
            raise Torn(file, offset, act=act, reason=reason)


class Missing(Exception):
    """Too few witnesses of the policy vouch for the checkpoint."""


def leaves(path: Path, size: int) -> Iterator[bytes]:
    """Yield the leaves of a folder as they lie there.

    Raises:
        Torn: a bundle is missing, or ends within an act.
    """
    for bundle, start, end in tiles.bundles(size):
        try:
            raw = (path / bundle).read_bytes()
        except OSError as fault:
            raise Torn(bundle, 0, reason=f"it cannot be read: {fault.strerror}") from fault
        for leaf, _ in mirror.entries(raw, bundle, start, end):
            yield leaf


def _checked(path: Path, key: str | None, policy: policies.Policy | None) -> Found:
    # This process ends with its one answer: nothing is to be thrown away before.
    gc.disable()
    # Exceptions of ours carry fields that do not pass from process to process.
    try:
        read = mirror.read(path, key=key, policy=policy)
    except Torn as torn:
        return (torn.file, torn.offset, torn.act, torn.reason)
    except policies.QuorumMissing as missing:
        return str(missing)
    return replace(read, leaves=[], blobs={}, cosigned=dict(read.cosigned))
