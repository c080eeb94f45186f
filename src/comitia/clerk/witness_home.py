"""The folder of a witness: its key, the logs that it watches, the last checkpoint of each, and evidence against them.

``key`` is its private key; ``logs`` holds a verifier key a line; ``latest/`` the last checkpoint that it cosigned of
each log, named by the SHA-256 of the origin; ``evidence/`` requests in which a log's own signature contradicts that
checkpoint.
"""

import fcntl
import os
import secrets
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Self

from comitia.record import checkpoint, cosignature, note, witness


class WitnessFault(Exception):
    """The folder of a witness cannot be used: the path, and what to do."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path}: {reason}")


class WitnessHome:
    """A witness's folder, held by one process at a time."""

    def __init__(self, path: Path) -> None:
        """Open a folder that ``make`` made, and hold it.

        Raises:
            WitnessFault: no witness lies there, another process holds it, or a file of it is damaged.
        """
        self.path = path
        key = path / "key"
        if not key.is_file():
            raise WitnessFault(path, "there is no witness here; name one with --name, and a log with --log")
        self._held = os.open(path, os.O_RDONLY)
        try:
            fcntl.flock(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._held)
            raise WitnessFault(path, "another process is this witness already; stop it first") from None
        try:
            self.key = cosignature.parse_signing_key(key.read_text().strip())
            self.logs = {log.name: self._watched(log) for log in _logs(path)}
        except (note.NoteFault, checkpoint.CheckpointFault) as fault:
            os.close(self._held)
            raise WitnessFault(path, f"{fault}; restore the file from a backup") from fault

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        os.close(self._held)

    @property
    def vkey(self) -> str:
        """The witness's public key, as a policy names it."""
        return cosignature.format_vkey(cosignature.cosigner_key(self.key))

    def add_checkpoint(self, raw: bytes, *, at: int) -> witness.Answer:
        """Return the answer to a request; what it promises is on disk before.

        Args:
            raw: the body of the request.
            at: the moment, in seconds since 1970.
        """
        answered = witness.answer(raw, self.logs, key=self.key, at=at)
        if answered.evidence:
            _write(self.path / "evidence" / sha256(raw).hexdigest(), raw)
        if answered.head is not None:
            signed = witness.parse_request(raw).note
            own = note.parse_signature(answered.body.decode().removesuffix("\n"))
            # Only the log's own line and this witness's are kept: nobody else's was checked.
            log = self.logs[answered.head.origin].key
            parsed = note.parse(signed)
            by_log = tuple(s for s in parsed.signatures if (s.name, s.key_id) == (log.name, log.key_id))[:1]
            _write(self._latest(answered.head.origin), note.format(note.Note(parsed.text, (*by_log, own))))
            self.logs[answered.head.origin] = witness.Watched(log, answered.head)
        return answered

    def latest(self, name: str) -> bytes | None:
        """Return the last checkpoint cosigned of a log, by the SHA-256 of its origin in hexadecimal; None: none."""
        origins = {sha256(origin.encode()).hexdigest(): origin for origin in self.logs}
        path = self._latest(origins[name]) if name in origins else None
        return path.read_bytes() if path is not None and path.exists() else None

    def _latest(self, origin: str) -> Path:
        return self.path / "latest" / sha256(origin.encode()).hexdigest()

    def _watched(self, log: note.VerifierKey) -> witness.Watched:
        path = self._latest(log.name)
        return witness.Watched(log, checkpoint.check(path.read_bytes(), log) if path.exists() else None)


def make(path: Path, name: str, kind: cosignature.Kind) -> None:
    """Make the folder of a new witness, with a fresh key.

    Args:
        name: of its key, an address without a scheme such as ``mill.example/witness``.

    Raises:
        WitnessFault: a witness lies there already, or the name is unfit.
    """
    if (path / "key").exists():
        raise WitnessFault(path, "there is a witness here already; leave --name out to start it")
    key = cosignature.CosigningKey(name, kind, secrets.token_bytes(cosignature.SEED_BYTES))
    try:
        text = cosignature.format_signing_key(key)
    except note.NoteFault as fault:
        raise WitnessFault(path, str(fault)) from fault
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o700)
    for folder in ("latest", "evidence"):
        (path / folder).mkdir(exist_ok=True)
    (path / "key").touch(mode=0o600)
    _write(path / "key", text.encode() + b"\n")


def watch(path: Path, log: note.VerifierKey) -> None:
    """Let the witness of a folder watch a log, from the log's next checkpoint on.

    Raises:
        WitnessFault: it watches a log of that name under another key.
    """
    known = {each.name: each for each in _logs(path)}
    if known.get(log.name, log) != log:
        raise WitnessFault(path, f"it watches {log.name} under another key; watch the new one from another folder")
    known[log.name] = log
    _write(path / "logs", "".join(note.format_vkey(each) + "\n" for each in known.values()).encode())


def _logs(path: Path) -> list[note.VerifierKey]:
    file = path / "logs"
    return [note.parse_vkey(line) for line in file.read_text().splitlines()] if file.exists() else []


def _write(path: Path, body: bytes) -> None:
    """Put bytes in the place of a file, on disk when this returns."""
    partial = path.with_name(path.name + ".partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    partial.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
