"""What the clerk asks of a store, whichever database keeps it: the same words, and the same tests, for each.

A store holds acts, blobs, checkpoints, and the choices of secret ballots that wait for their close. ``store_sqlite`` is
one file; ``store_postgres`` a database that several processes share.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from comitia.record.store_faults import BlobMissing

PATIENCE_SECONDS = 5.0
RESTORE = "Stop, keep the file, and restore the last backup or a mirror's export."


@dataclass(frozen=True)
class Choice:
    """A secret choice on its way into the erasable table, as the bytes that will be published."""

    ballot: str
    choice: bytes


class Store(Protocol):
    """Acts in order, blobs by hash, checkpoints, waiting choices; safe to share between threads.

    What each does, and which ``StoreFault`` it raises, stands with ``store_sqlite.Store``.
    """

    path: Path

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None
    ) -> None: ...
    def close(self) -> None: ...
    @property
    def size(self) -> int: ...
    def turn(self) -> AbstractContextManager[None]: ...
    def append(
        self,
        leaves: Sequence[bytes],
        *,
        at: int,
        blobs: Mapping[str, bytes] | None = None,
        choices: Sequence[Choice] = (),
    ) -> None: ...
    def acts(self, since: int = 0) -> Iterator[bytes]: ...
    def leaf(self, index: int) -> bytes: ...
    def blob(self, hashed: str) -> bytes: ...
    def blob_hashes(self) -> list[str]: ...
    def blobs(self) -> "Blobs": ...
    def save_checkpoint(self, size: int, note: bytes) -> None: ...
    def checkpoint(self) -> bytes | None: ...
    def choices(self, ballot: str) -> list[bytes]: ...
    def ballots(self) -> set[str]: ...
    def wipe(self, ballot: str) -> None: ...
    def check(self) -> None: ...


class Blobs(Mapping[str, bytes]):
    """The blobs of a store by hash; ``Mapping`` is the protocol that replaying asks for."""

    def __init__(self, store: Store) -> None:
        """See ``Store.blobs``."""
        self._store = store

    def __getitem__(self, hashed: str) -> bytes:
        try:
            return self._store.blob(hashed)
        except BlobMissing as fault:
            raise KeyError(hashed) from fault

    def __iter__(self) -> Iterator[str]:
        return iter(self._store.blob_hashes())

    def __len__(self) -> int:
        return len(self._store.blob_hashes())
