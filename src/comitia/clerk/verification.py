"""Verify an export, offline: bytes, tree, checkpoint, then every act again through the same rule book.

Needs no store, no solver and no network: cryptography, msgspec and numpy only. Whoever trusts a key or an older
checkpoint gives it; without one the record is shown to be consistent in itself, and the fingerprint is printed to be
compared.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from comitia.federation import acts
from comitia.federation.refusal import Refused
from comitia.federation.rulebook import Federation
from comitia.record import mirror, note, policy as policies
from comitia.record.canonical import NotCanonical

Progress = Callable[[str, int, int], None]


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
    progress: Progress | None = None,
) -> Verified:
    """Return what a record says after checking all of it.

    Args:
        path: the export, a folder or a .zip.
        key: the verification key (vkey) that one trusts, or None to take the one of the founding act.
        policy: the logs and witnesses that one trusts; their quorum must have cosigned the checkpoint.
        since: an older signed checkpoint that this record must continue.
        progress: called with what is done, how many acts, of how many.

    Raises:
        DoesNotHold: a file, an offset or an act that does not hold; the first one.
    """
    say = progress or (lambda _what, _done, _of: None)
    say("reading every file again from the acts", 0, 0)
    try:
        read = mirror.read(path, key=key, policy=policy)
    except policies.QuorumMissing as missing:
        raise DoesNotHold("checkpoint", str(missing)) from missing
    except mirror.Torn as torn:
        where = f"act {torn.act}" if torn.act is not None else f"{torn.file}, offset {torn.offset}"
        raise DoesNotHold(where, str(torn), act=torn.act) from torn
    federation = Federation(read.blobs)
    for index, leaf in enumerate(read.leaves):
        try:
            federation.apply(acts.decode(leaf))
        except (Refused, acts.NotAnAct, NotCanonical) as fault:
            raise DoesNotHold(f"act {index}", str(fault), act=index) from fault
        if index % 100 == 0:
            say("replaying acts", index, len(read.leaves))
    state = federation.state
    try:
        mirror.check_key(read, state.vkey)
        if since is not None:
            mirror.check_since(read, since, key=state.vkey)
    except Exception as fault:
        raise DoesNotHold("checkpoint", str(fault)) from fault
    say("replaying acts", len(read.leaves), len(read.leaves))
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
