"""A ballot box: a folder in which sealed ballots wait until they are published, and which promises each that it has it.

It knows no voter: a cast comes with a one-time key and a token. Its folder holds the box's signing key, and ``casts/``
with a file for each cast, named by its SHA-256; the files' times are all the same. Any body may keep one, on any
machine; the record's operator need not.
"""

import hashlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Self

from comitia.record import casts, ed25519, promise, sealed_ballot, strict_base64
from comitia.record.blind_rsa import BlindFault
from comitia.record.casts import CastsFault
from comitia.record.ed25519 import BadSignature
from comitia.record.promise import Promise
from comitia.record.seal import SealFault
from comitia.record.token import TokenFault


class BoxFault(Exception):
    """A folder is no box, or a box does not take a ballot; says what was expected."""


class Box:
    """The box of one ballot."""

    def __init__(self, path: Path) -> None:
        """Open a box.

        Raises:
            BoxFault: the folder holds none.
        """
        self.path = path
        try:
            self._seed = bytes.fromhex((path / "key").read_text("ascii").strip())
        except (OSError, ValueError) as fault:
            raise BoxFault(f"{path} is no ballot box: {fault}; comitia ballot key --as box makes one") from None
        if len(self._seed) != 32:
            raise BoxFault(f"{path} is no ballot box: its key has {len(self._seed)} bytes, not 32")

    @classmethod
    def make(cls, path: Path) -> Self:
        """Make a new box, with a fresh key that only the owner reads.

        Raises:
            BoxFault: there is something in the folder.
        """
        if path.exists() and any(path.iterdir()):
            raise BoxFault(f"{path} is not empty; choose a new folder for the box")
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.chmod(0o700)
        (path / "casts").mkdir()
        (path / "key").touch(mode=0o600)
        (path / "key").write_text(secrets.token_bytes(32).hex() + "\n", encoding="ascii")
        return cls(path)

    @property
    def key(self) -> str:
        """The public key of its promises, as base64 text."""
        return strict_base64.encode(ed25519.public_key(self._seed))

    def take(self, ballot: sealed_ballot.Ballot, line: bytes) -> Promise:
        """Take the line of a cast, write it down for good, and promise it.

        Raises:
            BoxFault: the record would refuse it: nothing is kept.
        """
        try:
            sealed_ballot.check_cast(ballot, casts.cast_of(line))
        except (CastsFault, TokenFault, SealFault, BlindFault, BadSignature) as fault:
            raise BoxFault(f"this ballot is not taken: {fault}") from None
        name = self.path / "casts" / hashlib.sha256(line).hexdigest()
        if not name.exists():
            partial = name.with_suffix(f".{secrets.token_hex(8)}")
            with partial.open("wb") as file:
                file.write(line)
                file.flush()
                os.fsync(file.fileno())
            # The hour at which a ballot came is nobody's business.
            os.utime(partial, (0, 0))
            partial.rename(name)
            _sync(name.parent)
        return promise.make(self._seed, ballot.leaf_hash, line)

    def lines(self) -> list[bytes]:
        """Return what waits in it, in an order that says nothing of when it came."""
        return [path.read_bytes() for path in sorted((self.path / "casts").iterdir()) if not path.suffix]

    def empty(self, published: Iterable[bytes]) -> None:
        """Throw away lines that stand on the record."""
        for line in published:
            (self.path / "casts" / hashlib.sha256(line).hexdigest()).unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    held = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)
