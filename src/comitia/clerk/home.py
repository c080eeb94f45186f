"""The folder in which a federation lives: where each file lies."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Home:
    """A federation's folder.

    ``record.sqlite3`` is the record, or ``postgresql`` says which database keeps it; ``people.sqlite3`` holds names and
    invitations and can be erased row by row; ``web.sqlite3`` is the pages' own (accounts, sessions); ``keys/`` holds
    the key that signs checkpoints; ``outbox/`` takes mail where no server is set; ``policy`` names the witnesses,
    ``cosigned`` is the last checkpoint that they cosigned.
    """

    path: Path

    @property
    def record(self) -> Path:
        """The record's database."""
        return self.path / "record.sqlite3"

    @property
    def database(self) -> Path:
        """How to reach the PostgreSQL database of the record, where it is not kept in ``record``."""
        return self.path / "postgresql"

    @property
    def people(self) -> Path:
        """Names, contacts and invitations."""
        return self.path / "people.sqlite3"

    @property
    def keys(self) -> Path:
        """Private keys, readable by the owner only."""
        return self.path / "keys"

    @property
    def log_key(self) -> Path:
        """The key that signs checkpoints."""
        return self.keys / "log.key"

    @property
    def policy(self) -> Path:
        """The logs, witnesses and quorum that make a checkpoint of this record valid (C2SP tlog-policy)."""
        return self.path / "policy"

    @property
    def cosigned(self) -> Path:
        """The last checkpoint with the cosignatures that its witnesses gave."""
        return self.path / "cosigned"

    @property
    def search(self) -> Path:
        """The index of what can be found; it may be thrown away at any time."""
        return self.path / "search.sqlite3"

    @property
    def outbox(self) -> Path:
        """Mail that is to be sent by hand."""
        return self.path / "outbox"

    @property
    def postman(self) -> Path:
        """Held locked by the one postman who goes round; it has nothing in it."""
        return self.path / "postman.lock"
