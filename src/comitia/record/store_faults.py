"""What a store says when it cannot do what it was asked.

Apart from the store itself, which only the clerk may import, so that the doors can show what it said.
"""

from pathlib import Path


class StoreFault(Exception):
    """The store cannot do what it was asked; nothing was changed."""

    def __init__(self, path: Path, reason: str, advice: str) -> None:
        self.path = path
        self.reason = reason
        self.advice = advice
        super().__init__(f"{path}: {reason}. {advice}")


class StoreLocked(StoreFault):
    """Another process holds the store."""


class StoreFull(StoreFault):
    """The disk, or the quota, is full."""


class StoreTorn(StoreFault):
    """The file is damaged, or is not a record."""


class StoreMoved(StoreFault):
    """Another process has appended acts that this one has not replayed."""


class StoreLost(StoreFault):
    """The connection to the database was lost; whether what was under way is recorded shows once it is back."""


class BlobMissing(StoreFault):
    """No blob has this hash."""
