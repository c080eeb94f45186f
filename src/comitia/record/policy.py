"""Whose signatures make a checkpoint valid: the logs, the witnesses, and the quorum of their groups.

C2SP tlog-policy, https://c2sp.org/tlog-policy: a file of lines, ``log``, ``witness``, ``group``, ``quorum``. With a
group for each house and a quorum that needs all of them, no house alone can vouch for a record.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from comitia.record import checkpoint, cosignature, note

NONE = "none"
_LINE = re.compile(rb"[\t\x20-\x7e\x80-\xff]*")
_LEAST = re.compile(r"[1-9][0-9]{0,8}")


class PolicyWrong(Exception):
    """A policy file that cannot be read: ``line`` from 1, 0 for the file as a whole, and what was expected there."""

    def __init__(self, line: int, reason: str) -> None:
        self.line = line
        self.reason = reason
        super().__init__(f"the policy, line {line}: {reason}" if line else f"the policy: {reason}")


class QuorumMissing(Exception):
    """A checkpoint that too few witnesses cosigned.

    ``group`` is the name of the quorum, ``lacking`` its members that do not vouch.
    """

    def __init__(self, group: str, lacking: Sequence[str], reason: str) -> None:
        self.group = group
        self.lacking = tuple(lacking)
        self.reason = reason
        super().__init__(f"too few witnesses vouch for the checkpoint: {reason}")


@dataclass(frozen=True)
class Log:
    """A log whose checkpoints are accepted; the key's name is its origin. ``url`` may be empty."""

    key: note.VerifierKey
    url: str = ""


@dataclass(frozen=True)
class Witness:
    """A witness by the name that the policy gives it. ``url`` may be empty."""

    name: str
    key: cosignature.CosignerKey
    url: str = ""


@dataclass(frozen=True)
class Group:
    """Witnesses and groups of which at least so many must vouch."""

    name: str
    least: int
    members: tuple[str, ...]


@dataclass(frozen=True)
class Policy:
    """Which checkpoints to believe; ``quorum`` names a witness or a group, or is ``none``."""

    logs: tuple[Log, ...]
    witnesses: tuple[Witness, ...]
    groups: tuple[Group, ...]
    quorum: str


@dataclass(frozen=True)
class Witnessed:
    """A checkpoint that a policy accepts, and when each witness cosigned it, by name, in seconds since 1970."""

    head: checkpoint.Checkpoint
    at: Mapping[str, int]


@dataclass(slots=True)
class _Reading:
    logs: list[Log] = field(default_factory=list)
    witnesses: list[Witness] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    quorum: str = ""
    # Names defined so far; whether a group lists them already.
    listed: dict[str, bool] = field(default_factory=dict)


def parse(raw: bytes) -> Policy:
    """Return the policy of a file.

    Names and addresses are opaque octets: those that are not UTF-8 are kept as lone surrogates.

    Raises:
        PolicyWrong: the first line that is not as the format asks, or no quorum.
    """
    if raw and not raw.endswith(b"\n"):
        raise PolicyWrong(raw.count(b"\n") + 1, "the last line does not end in a line feed; add one")
    read = _Reading()
    for number, line in enumerate(raw.split(b"\n")[:-1], start=1):
        if not _LINE.fullmatch(line):
            raise PolicyWrong(number, "a control character; blanks, tabs and printed characters are allowed")
        words = [word for word in re.split(r"[ \t]+", line.decode("utf-8", "surrogateescape")) if word]
        if not words or words[0].startswith("#"):
            continue
        readers: dict[str, Callable[[_Reading, list[str]], None]] = {
            "log": _read_log, "witness": _read_witness, "group": _read_group, "quorum": _read_quorum,
        }  # fmt: skip
        reader = readers.get(words[0])
        try:
            if reader is None:
                raise _Unfit(f"{words[0]!r} begins no line of a policy; expected log, witness, group or quorum")
            reader(read, words[1:])
        except (_Unfit, note.NoteFault) as fault:
            raise PolicyWrong(number, str(fault)) from fault
    if not read.quorum:
        raise PolicyWrong(0, "no line says the quorum; write 'quorum NAME', or 'quorum none' to ask for no witness")
    return Policy(tuple(read.logs), tuple(read.witnesses), tuple(read.groups), read.quorum)


class _Unfit(Exception):
    pass


def _read_log(read: _Reading, words: list[str]) -> None:
    if not 1 <= len(words) <= 2:
        raise _Unfit("expected: log KEY [ADDRESS]")
    key = note.parse_vkey(words[0])
    if any(log.key.key == key.key for log in read.logs):
        raise _Unfit(f"the key of {key.name} stands for a log already")
    read.logs.append(Log(key, *words[1:]))


def _read_witness(read: _Reading, words: list[str]) -> None:
    if not 2 <= len(words) <= 3:
        raise _Unfit("expected: witness NAME KEY [ADDRESS]")
    key = cosignature.parse_vkey(words[1])
    if any(witness.key.key == key.key for witness in read.witnesses):
        raise _Unfit(f"the key of {key.name} stands for a witness already")
    _define(read, words[0])
    read.witnesses.append(Witness(words[0], key, *words[2:]))


def _read_group(read: _Reading, words: list[str]) -> None:
    if len(words) < 3:
        raise _Unfit("expected: group NAME all|any|NUMBER MEMBER ..., with at least one member")
    name, least, members = words[0], words[1], words[2:]
    for member in members:
        if member not in read.listed:
            raise _Unfit(f"{member!r} is no witness and no group of a line above")
        # "Each defined name can be listed as a group member at most once."
        if read.listed[member]:
            raise _Unfit(f"{member!r} is a member of a group already; nobody counts twice")
        read.listed[member] = True
    needed = {"all": len(members), "any": 1}.get(least) or (int(least) if _LEAST.fullmatch(least) else 0)
    if not 1 <= needed <= len(members):
        raise _Unfit(f"{least!r} is not all, any, or a number from 1 to {len(members)}")
    _define(read, name)
    read.groups.append(Group(name, needed, tuple(members)))


def _read_quorum(read: _Reading, words: list[str]) -> None:
    if len(words) != 1:
        raise _Unfit("expected: quorum NAME")
    if read.quorum:
        raise _Unfit("a second quorum; a policy has one")
    if words[0] != NONE and words[0] not in read.listed:
        raise _Unfit(f"{words[0]!r} is no witness and no group of a line above")
    read.quorum = words[0]


def _define(read: _Reading, name: str) -> None:
    if name == NONE:
        raise _Unfit(f"the name {NONE!r} is taken: it stands for no witness at all")
    if name in read.listed:
        raise _Unfit(f"the name {name!r} is taken by a line above")
    read.listed[name] = False


def format(policy: Policy) -> bytes:
    """Return a policy as a file that ``parse`` reads back; members of groups must be defined in their order."""
    logs = [" ".join(("log", note.format_vkey(log.key), log.url)).rstrip() for log in policy.logs]
    witnesses = [
        " ".join(("witness", each.name, cosignature.format_vkey(each.key), each.url)).rstrip()
        for each in policy.witnesses
    ]
    groups = [" ".join(("group", each.name, str(each.least), *each.members)) for each in policy.groups]
    lines = [*logs, *witnesses, *groups, f"quorum {policy.quorum}"]
    return "".join(line + "\n" for line in lines).encode("utf-8", "surrogateescape")


def check(raw: bytes, policy: Policy) -> Witnessed:
    """Return the checkpoint of a note that a policy accepts, with the moments of its cosignatures.

    Raises:
        NoteFault: not a note, not signed by a log of the policy, or a signature of a known key that does not hold.
        CheckpointFault: not a checkpoint.
        QuorumMissing: too few witnesses cosigned it.
    """
    signed = note.parse(raw)
    head = checkpoint.parse(raw)
    logs = [log for log in policy.logs if log.key.name == head.origin]
    if not logs:
        names = ", ".join(log.key.name for log in policy.logs) or "none"
        raise note.NoteFault(f"the policy names no log {head.origin!r}; its logs: {names}")
    # A log may have several keys; "signed by any one of the listed logs".
    signing = {(each.name, each.key_id) for each in signed.signatures}
    known = [log for log in logs if (log.key.name, log.key.key_id) in signing] or logs[:1]
    for log in known:
        note.check(signed, log.key)
    at = cosigned_at(signed, policy.witnesses)
    check_quorum(policy, at)
    return Witnessed(head, at)


def cosigned_at(signed: note.Note, witnesses: Sequence[Witness]) -> dict[str, int]:
    """Return when each of these witnesses cosigned a checkpoint, by name; who did not is left out.

    Raises:
        NoteFault: a cosignature of a known witness that does not hold; it spoils the whole note.
    """
    found: dict[str, int] = {}
    for witness in witnesses:
        own = [each for each in signed.signatures if (each.name, each.key_id) == (witness.key.name, witness.key.key_id)]
        if own:
            found[witness.name] = max(cosignature.check(each, signed.text, witness.key) for each in own)
    return found


def check_quorum(policy: Policy, cosigned: Mapping[str, int]) -> None:
    """Raise unless these witnesses, by name, make the quorum of a policy.

    Raises:
        QuorumMissing: with the group that is short, and who of it is missing.
    """
    if policy.quorum == NONE:
        return
    vouching = set(cosigned)
    short: dict[str, str] = {}
    # Groups stand after their members: one pass upwards settles each.
    for group in policy.groups:
        here = [member for member in group.members if member in vouching]
        if len(here) >= group.least:
            vouching.add(group.name)
        else:
            missing = ", ".join(member for member in group.members if member not in vouching)
            short[group.name] = (
                f"{group.name} has {len(here)} of {len(group.members)}, {group.least} needed; missing: {missing}"
            )
    if policy.quorum not in vouching:
        members = {group.name: group.members for group in policy.groups}
        lacking = [name for name in members.get(policy.quorum, (policy.quorum,)) if name not in vouching]
        said = [short[name] for name in (policy.quorum, *lacking) if name in short]
        reason = "; ".join(said) or f"{policy.quorum} has not cosigned it"
        raise QuorumMissing(policy.quorum, lacking, reason)
