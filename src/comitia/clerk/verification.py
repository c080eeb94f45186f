"""Verify an export, offline: bytes, tree, checkpoint, then every act again through the same rule book.

Needs no store, no solver and no network: cryptography, msgspec and numpy only. Whoever trusts a key or an older
checkpoint gives it; without one the record is shown to be consistent in itself, and the fingerprint is printed to be
compared.
"""

import gc
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from comitia.clerk import twofold
from comitia.federation import acts
from comitia.federation.refusal import Refused
from comitia.federation.rulebook import Federation
from comitia.record import checkpoint, merkle, mirror, note, policy as policies
from comitia.record.canonical import NotCanonical

Progress = Callable[[str, int, int], None]
# Below so many acts another process costs more than it saves.
WORTH_TWO = 20_000


class DoesNotHold(Exception):
    """The first thing in a record that does not hold: the act, or the file and the offset."""

    def __init__(self, where: str, reason: str, *, act: int | None = None) -> None:
        self.where, self.reason, self.act = where, reason, act
        super().__init__(f"{where} does not hold: {reason}")


@dataclass(frozen=True, slots=True)
class Verified:
    """A record that holds, and what it says of itself.

    Attributes:
        trusted: a key or a policy was given, and vouches for it.
        cosigned: when each witness of the policy cosigned it, in seconds since 1970, by name; empty without a policy.
        cosignatures: how many cosignatures it carries; without a policy none of them was checked.
    """

    origin: str
    size: int
    root: str
    fingerprint: str
    trusted: bool
    cosigned: Mapping[str, int]
    cosignatures: int
    federation: Federation


def verify(
    path: Path,
    *,
    key: str | None = None,
    policy: policies.Policy | None = None,
    since: bytes | None = None,
    processes: int = 1,
    progress: Progress | None = None,
) -> Verified:
    """Return what a record says after checking all of it.

    Args:
        path: the export, a folder or a .zip.
        key: the verification key (vkey) that one trusts, or None to take the one of the founding act.
        policy: the logs and witnesses that one trusts; their quorum must have cosigned the checkpoint.
        since: an older signed checkpoint that this record must continue.
        processes: with two or more, a large folder's bytes are checked in a process of their own meanwhile.
        progress: called with what is done, how many acts, of how many.

    Raises:
        DoesNotHold: a file, an offset or an act that does not hold; the first one.
    """
    say = progress or (lambda _what, _done, _of: None)
    if processes > 1 and path.suffix != ".zip" and _size(path) >= WORTH_TWO:
        read, federation = _on_two_cores(path, key, policy, say)
    else:
        say("reading every file again from the acts", 0, 0)
        read = _read(path, key, policy)
        federation = Federation(read.blobs)
        _replay(federation, read.leaves, read.checkpoint.size, say)
    state = federation.state
    try:
        mirror.check_key(read, state.vkey)
        if since is not None:
            mirror.check_since(read, since, key=state.vkey)
    except Exception as fault:
        raise DoesNotHold("checkpoint", str(fault)) from fault
    say("replaying acts", read.checkpoint.size, read.checkpoint.size)
    return Verified(
        read.checkpoint.origin,
        read.checkpoint.size,
        read.checkpoint.root.hex(),
        sha256(state.vkey.encode()).hexdigest()[:32],
        key is not None or policy is not None,
        read.cosigned,
        len(note.parse(read.note).signatures) - 1,
        federation,
    )


def _read(path: Path, key: str | None, policy: policies.Policy | None) -> mirror.Mirror:
    try:
        return mirror.read(path, key=key, policy=policy)
    except policies.QuorumMissing as missing:
        raise DoesNotHold("checkpoint", str(missing)) from missing
    except mirror.Torn as torn:
        raise _torn(torn) from torn


def _torn(torn: mirror.Torn) -> DoesNotHold:
    where = f"act {torn.act}" if torn.act is not None else f"{torn.file}, offset {torn.offset}"
    return DoesNotHold(where, str(torn), act=torn.act)


def _size(path: Path) -> int:
    """Return how many acts a folder says it holds, 0 where that cannot be read: the reader will say why."""
    try:
        return checkpoint.parse((path / "checkpoint").read_bytes()).size
    except (OSError, note.NoteFault, checkpoint.CheckpointFault):
        return 0


def _replay(federation: Federation, leaves: Iterable[bytes], size: int, say: Progress) -> bytes:
    """Carry acts out and return their joined leaf hashes."""
    hashes = bytearray()
    # The state only grows: looking through all of it for what could be thrown away takes longer than the acts.
    collecting = gc.isenabled()
    gc.disable()
    try:
        for index, leaf in enumerate(leaves):
            try:
                federation.apply(acts.decode(leaf))
            except (Refused, acts.NotAnAct, NotCanonical) as fault:
                raise DoesNotHold(f"act {index}", str(fault), act=index) from fault
            hashes += merkle.leaf_hash(leaf)
            if index % 1000 == 0:
                say("replaying acts", index, size)
    finally:
        if collecting:
            gc.enable()
    return bytes(hashes)


def _on_two_cores(
    path: Path, key: str | None, policy: policies.Policy | None, say: Progress
) -> tuple[mirror.Mirror, Federation]:
    """Replay while another process checks the bytes; its findings come first."""
    federation, size = Federation(twofold.Lying(path)), _size(path)
    with twofold.checking(path, key=key, policy=policy) as checked:
        hashes, failed = b"", None
        try:
            hashes = _replay(federation, twofold.leaves(path, size), size, say)
        except (DoesNotHold, mirror.Torn) as fault:
            failed = fault
        say("waiting for every file to be read again", size, size)
        try:
            read = twofold.result(checked)
            if isinstance(failed, mirror.Torn):
                raise failed
        except twofold.Missing as missing:
            raise DoesNotHold("checkpoint", str(missing)) from missing
        except mirror.Torn as torn:
            raise _torn(torn) from torn
    if failed is not None:
        raise failed
    if hashes != read.tree.hashes(0, 0, size):
        raise DoesNotHold("tile/entries", "the files were changed while they were read; verify again")
    return read, federation
