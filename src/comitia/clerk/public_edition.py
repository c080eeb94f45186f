"""The public edition of a record: for anybody, under the root of the members' edition (spec/record.md, R88 to R93).

It shows the acts of those who hold or held an office, and hashes in the place of all others: who belongs to which
workplace, union or current, and who voted when, is nobody's business outside. Whoever reads it checks the tree, the
head's signatures, every act that is shown, the totals' signature; a member who has the whole record derives it again
and compares every byte.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from comitia.federation import acts, standing
from comitia.federation.state import State
from comitia.record import blobs as blob_names, canonical, checkpoint, merkle, mirror, note, policy as policies, tiles
from comitia.record.canonical import Value
from comitia.record.merkle import HASH_BYTES, Tree
from comitia.record.mirror import Torn

ACTS, SUMMARY = "public/acts.jsonl", "public/summary"
LEAST = 5
"""No cell of a total has fewer people."""

# R90: what a member does as one, whoever she is, is withheld.
PERSONAL = frozenset({
    "member_joined", "member_left", "key_registered", "vote_taken", "token_requested", "token_issued",
    "candidate_nominated", "candidacy_withdrawn", "petition_signed", "refounding_signed", "current_formed",
    "current_joined", "current_left", "leaving_joined",
})  # fmt: skip
_WORD = re.compile(rb"[A-Za-z0-9-]+")


class NotPublic(Exception):
    """A public edition cannot be made; says why and what to do."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What the log's key signs of a record beside its root.

    Attributes:
        size, root: of the record, the root in hexadecimal digits.
        withheld: how many acts are shown as hashes alone.
        members: how many there are; None where fewer than five.
        rolls: for each roll its groups with their members, none below five; the group "" stands for all others.
        offices: each term that was ever held: seat, member, origin, since, until, ended, act.
    """

    size: int
    root: str
    withheld: int
    members: int | None
    rolls: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
    offices: tuple[tuple[str, str, str, str, str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """A public edition that holds: its head, what it shows, what the log signed of the rest."""

    origin: str
    shown: int
    blobs: int
    summary: Summary
    trusted: bool
    cosigned: Mapping[str, int]


def named(state: State) -> frozenset[str]:
    """Return whom the public edition names: who holds or held a seat, and the founders."""
    return frozenset({term.member for terms in state.terms.values() for term in terms} | set(state.founders))


def cells(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Return counts in cells of five or more, "" being all groups that are too small to be shown by themselves.

    A small rest takes the smallest shown group in, so that no subtraction from the total gives it away.

    Args:
        counts: members by group; "" are those who are in none.
    """
    shown = sorted((number, name) for name, number in counts.items() if name and number >= LEAST)
    rest = sum(counts.values()) - sum(number for number, _ in shown)
    while 0 < rest < LEAST and shown:
        number, _ = shown.pop(0)
        rest += number
    found = {name: number for number, name in shown}
    if rest >= LEAST:
        found[""] = rest
    return tuple(sorted(found.items()))


def summary(state: State, root: str, withheld: int) -> Summary:
    """Return the totals and the offices of a federation."""
    present = standing.all_members(state)
    rules = standing.charter(state)
    rolls = []
    for roll in sorted({roll for roll, _ in state.groups} & set(rules.rolls)):
        counts = Counter(state.members[member].groups.get(roll, "") for member in present)
        if len(present) >= LEAST and counts.keys() != {""}:
            rolls.append((roll, cells(counts)))
    offices = tuple(
        (t.seat, t.member, t.origin, t.since, t.until, t.ended, t.act)
        for seat in sorted(state.terms)
        for t in state.terms[seat]
    )
    return Summary(state.size, root, withheld, len(present) if len(present) >= LEAST else None, tuple(rolls), offices)


def files(
    leaves: Sequence[bytes], state: State, signed: bytes, blobs: Mapping[str, bytes], key: note.SigningKey
) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the public edition of a record as path and bytes.

    Args:
        leaves: all acts.
        state: what follows from them.
        signed: the checkpoint over them.
        blobs: by hash.
        key: the log's, which signs the totals.

    Raises:
        NotPublic: an act that would be withheld could be guessed from its hash.
    """
    tree = merkle.tree_of(leaves)
    hidden = frozenset(name.encode() for name in state.members.keys() - named(state))
    shown = [(index, leaf) for index, leaf in enumerate(leaves) if is_public(leaf, hidden)]
    _check_salted(leaves, {index for index, _ in shown})
    told = summary(state, tree.root_hash().hex(), len(leaves) - len(shown))
    yield "checkpoint", signed
    yield from tiles.hash_tiles(tree)
    yield ACTS, b"".join(_line(index, leaf) for index, leaf in shown)
    yield SUMMARY, note.format(note.sign(_text_of(told), (key,)))
    for hashed in sorted(blob_names.named_by(leaf for _, leaf in shown)):
        if hashed in blobs and not names_any(blobs[hashed], hidden):
            yield tiles.blob_path(hashed), blobs[hashed]


def is_public(leaf: bytes, hidden: frozenset[bytes]) -> bool:
    """Return whether an act is shown: none of a member as such, and none that names somebody without an office.

    Args:
        leaf: the act.
        hidden: numbers of those who are not named.
    """
    value = canonical.decode(leaf)
    assert isinstance(value, dict)
    return value["act"] not in PERSONAL and not names_any(leaf, hidden)


def names_any(text: bytes, numbers: frozenset[bytes]) -> bool:
    """Return whether one of these numbers stands in a text, also within a longer word that hyphens join."""
    for word in set(_WORD.findall(text)):
        parts = word.split(b"-")
        ends = range(1, len(parts) + 1)
        if any(b"-".join(parts[start:end]) in numbers for end in ends for start in range(end)):
            return True
    return False


def _check_salted(leaves: Sequence[bytes], shown: set[int]) -> None:
    for index, leaf in enumerate(leaves):
        if index not in shown and b'"salt":"' not in leaf and b'"kind":"ed25519"' not in leaf:
            word = acts.word(acts.decode(leaf))
            raise NotPublic(
                f"act {index} ({word}) bears no salt: whoever knows when it was done could guess it from its hash. "
                "It was recorded before the clerk added salts; such a record has no public edition"
            )


def _line(index: int, leaf: bytes) -> bytes:
    return b'{"index":%d,"leaf":%s}\n' % (index, leaf)


def _text_of(told: Summary) -> str:
    return canonical.encode(msgspec.to_builtins(told)).decode() + "\n"


def check(path: Path, *, key: str | None = None, policy: policies.Policy | None = None) -> Edition:
    """Return what a public edition says, every byte of it checked.

    Args:
        path: the folder.
        key: the log's verification key (vkey) that one trusts, or None to take the one of the founding act.
        policy: the logs and witnesses that one trusts.

    Raises:
        Torn: a byte, a missing or an extra file.
        QuorumMissing: too few witnesses of the policy vouch for the head.
    """
    source = mirror.folder_source(path)
    for needed in ("checkpoint", ACTS, SUMMARY):
        if needed not in source.paths:
            raise Torn(needed, 0, reason="the file is missing; is this a public edition?")
    signed = source.fetch("checkpoint")
    head, cosigned = mirror.checked_head(signed, key, policy)
    tree = _tree(source, head)
    leaves = list(_shown(source.fetch(ACTS), tree))
    trusted = key or _founding_key(leaves)
    if trusted is None:
        raise Torn(ACTS, 0, reason="the founding act is not shown; give the key that you trust")
    mirror.checked_head(signed, trusted, None)
    told = _summary(source.fetch(SUMMARY), trusted)
    if (told.size, told.root, told.withheld) != (head.size, head.root.hex(), head.size - len(leaves)):
        raise Torn(SUMMARY, 0, reason="its size, root or number of withheld acts are not those of this record")
    bodies = _blobs(source, blob_names.named_by(leaves))
    expected = {"checkpoint", ACTS, SUMMARY, *(p for p, _ in tiles.hash_tiles(tree)), *map(tiles.blob_path, bodies)}
    for extra in sorted(source.paths - expected):
        raise Torn(extra, 0, reason="it is extra; no public edition of this record holds it")
    return Edition(head.origin, len(leaves), len(bodies), told, key is not None or policy is not None, cosigned)


def _tree(source: mirror.Source, head: checkpoint.Checkpoint) -> Tree:
    hashes = bytearray()
    for path in tiles.tile_paths("tile/0", head.size):
        if path not in source.paths:
            raise Torn(path, 0, reason=f"the file is missing; the checkpoint counts {head.size} acts")
        hashes += source.fetch(path)
    if len(hashes) != HASH_BYTES * head.size:
        raise Torn("tile/0", 0, reason=f"it holds {len(hashes)} bytes, not a hash for each of {head.size} acts")
    tree = merkle.tree_of_hashes(hashes)
    for path, body in tiles.hash_tiles(tree):
        found = source.fetch(path) if path in source.paths else b""
        if found != body:
            at = canonical.first_difference(body, found)
            raise Torn(path, at, reason="a hash is not that of the hashes below it")
    if tree.root_hash() != head.root:
        raise Torn("checkpoint", 0, reason="the root is not that of the hashes")
    return tree


def _shown(text: bytes, tree: Tree) -> Iterator[bytes]:
    """Yield the acts that are shown, each found at its place in the tree."""
    offset, last = 0, -1
    for line in text.splitlines(keepends=True):
        try:
            value: Value = canonical.decode(line.removesuffix(b"\n"))
        except canonical.NotCanonical as fault:
            raise Torn(ACTS, offset, reason=str(fault)) from fault
        if not isinstance(value, dict) or value.keys() != {"index", "leaf"} or type(value["index"]) is not int:
            raise Torn(ACTS, offset, reason="a line has an index and a leaf")
        index, leaf = value["index"], canonical.encode(value["leaf"])
        if not last < index < tree.size or _line(index, leaf) != line:
            raise Torn(ACTS, offset, reason=f"lines go by their index, each once, below {tree.size}")
        if merkle.leaf_hash(leaf) != tree.leaf_hash(index):
            raise Torn(ACTS, offset, act=index, reason="the act is not the one in the tree under the checkpoint")
        yield leaf
        offset, last = offset + len(line), index


def _founding_key(leaves: Iterable[bytes]) -> str | None:
    for leaf in leaves:
        act = acts.decode(leaf)
        return act.vkey if isinstance(act, acts.FederationFounded) else None
    return None


def _summary(raw: bytes, key: str) -> Summary:
    try:
        signed = note.parse(raw)
        note.check(signed, note.parse_vkey(key))
        text = signed.text
        told = msgspec.json.decode(text, type=Summary)
    except (note.NoteFault, msgspec.DecodeError) as fault:
        raise Torn(SUMMARY, 0, reason=str(fault)) from fault
    if _text_of(told) != text:
        raise Torn(SUMMARY, 0, reason="it is not written as a summary is")
    return told


def _blobs(source: mirror.Source, named_here: set[str]) -> list[str]:
    found = []
    for path in sorted(path for path in source.paths if path.startswith("blob/")):
        hashed = path.rpartition("/")[2]
        if hashed not in named_here or path != tiles.blob_path(hashed):
            raise Torn(path, 0, reason="it is extra; no act that is shown names this blob")
        if blob_names.hash_of(source.fetch(path)) != hashed:
            raise Torn(path, 0, reason="the bytes have another SHA-256 than the name of the file")
        found.append(hashed)
    return found


def differs(path: Path, whole: Iterable[tuple[str, bytes]]) -> str:
    """Return the first file in which an edition differs from the one that the whole record gives; "" if none does.

    The totals are compared by their text: a signature of the log is not made again by others.

    Args:
        path: the edition's folder.
        whole: what ``files`` yields, signed by whatever key.
    """
    source = mirror.folder_source(path)
    left = set(source.paths)
    for name, body in whole:
        left.discard(name)
        found = source.fetch(name) if name in source.paths else None
        if name in ("checkpoint", SUMMARY):
            same = found is not None and note.parse(found).text == note.parse(body).text
        else:
            same = found == body
        if not same:
            return name
    return min(left, default="")
