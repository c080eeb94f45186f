"""Choices that wait in a database whose logs cannot be emptied: sealed under a key that lies outside it.

spec/record.md, R87. A database keeps what was written in its logs, where a choice stands beside its voter's mark. So
the database sees only ciphertexts of one length, and the key of each ballot, a file beside the clerk's other keys, is
overwritten and removed when the ballot is published: from then on nothing opens them.
"""

import hashlib
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

PREFIX = "waiting-"
# Every ciphertext is as long as its neighbours: a length would tell which published choice it is.
STEP_BYTES = 4096
_NONCE_BYTES = 12


class Unsealed(Exception):
    """A choice cannot be opened: its key is missing, or is another one."""

    def __init__(self, ballot: str, key: Path) -> None:
        self.ballot = ballot
        self.key = key
        super().__init__(f"the choices of ballot {ballot} cannot be opened: the key {key} is missing or another one")


class Keys:
    """The keys of open ballots, one file each, readable by the owner only."""

    def __init__(self, folder: Path) -> None:
        """Take the folder of the clerk's keys."""
        self._folder = folder

    def path(self, ballot: str) -> Path:
        """Return where a ballot's key lies."""
        return self._folder / (PREFIX + hashlib.sha256(ballot.encode()).hexdigest())

    def seal(self, ballot: str, choice: bytes) -> bytes:
        """Return a choice sealed under its ballot's key, which is made at the first one and is then on disk."""
        filled = choice + b"\x80"
        filled += bytes(-len(filled) % STEP_BYTES)
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + ChaCha20Poly1305(self._key(ballot)).encrypt(nonce, filled, ballot.encode())

    def open(self, ballot: str, sealed: bytes) -> bytes:
        """Return a sealed choice.

        Raises:
            Unsealed: the key is missing, or does not fit.
        """
        try:
            key = self.path(ballot).read_bytes()
            filled = ChaCha20Poly1305(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], ballot.encode())
        except (OSError, ValueError, InvalidTag) as fault:
            raise Unsealed(ballot, self.path(ballot)) from fault
        return filled.rstrip(b"\0")[:-1]

    def destroy(self, ballot: str) -> None:
        """Overwrite a ballot's key and remove it."""
        path = self.path(ballot)
        if path.exists():
            with path.open("r+b") as file:
                file.write(bytes(path.stat().st_size))
                file.flush()
                os.fsync(file.fileno())
            path.unlink()
            self._on_disk()

    def _key(self, ballot: str) -> bytes:
        path = self.path(ballot)
        if not path.exists():
            partial = path.with_name(path.name + ".partial")
            with open(partial, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
                file.write(ChaCha20Poly1305.generate_key())
                file.flush()
                os.fsync(file.fileno())
            partial.rename(path)
            self._on_disk()
        return path.read_bytes()

    def _on_disk(self) -> None:
        folder = os.open(self._folder, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
