"""The Merkle tree over the leaves: hashes, roots, inclusion and consistency proofs.

RFC 6962 section 2.1 and RFC 9162 section 2.1, with SHA-256. ``Tree`` grows by appending and keeps the hash of every
complete subtree, 64 bytes for each leaf, so that the root and the proofs of every earlier size are at hand.

Notation: D the list of leaves, n its length, k the largest power of two smaller than n, MTH(D) the root hash.
"""

import hashlib
from collections.abc import Iterable, Sequence

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()


class NotIncluded(Exception):
    """An inclusion proof does not lead from the leaf to the root."""

    def __init__(self, index: int, size: int, reason: str) -> None:
        self.index = index
        self.size = size
        self.reason = reason
        super().__init__(f"leaf {index} is not shown to be in the tree of {size}: {reason}")


class NotConsistent(Exception):
    """A consistency proof does not show that one tree begins the other."""

    def __init__(self, old_size: int, size: int, reason: str) -> None:
        self.old_size = old_size
        self.size = size
        self.reason = reason
        super().__init__(f"the tree of {size} is not shown to continue the tree of {old_size}: {reason}")


def leaf_hash(leaf: bytes) -> bytes:
    """Return the hash of a leaf: SHA-256(0x00 || leaf)."""
    return hashlib.sha256(b"\0" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node: SHA-256(0x01 || left || right)."""
    return hashlib.sha256(b"\1" + left + right).digest()


class Tree:
    """A tree that grows at the right edge; level h holds the hashes of the complete subtrees of 2^h leaves."""

    def __init__(self) -> None:
        """Begin with no leaf."""
        self._levels: list[bytearray] = [bytearray()]

    @property
    def size(self) -> int:
        """The number of leaves."""
        return len(self._levels[0]) // HASH_BYTES

    def append(self, leaf: bytes) -> int:
        """Add a leaf and return its index."""
        return self.append_hash(leaf_hash(leaf))

    def append_hash(self, hashed: bytes) -> int:
        """Add a leaf by its hash and return its index."""
        index = self.size
        self._levels[0] += hashed
        level, at = 0, index
        # A subtree is complete when its right half is: climb while this node is a right child.
        while at & 1:
            row = self._levels[level]
            parent = hashlib.sha256(b"\1" + row[-2 * HASH_BYTES :]).digest()
            level, at = level + 1, at >> 1
            if level == len(self._levels):
                self._levels.append(bytearray())
            self._levels[level] += parent
        return index

    def leaf_hash(self, index: int) -> bytes:
        """Return the hash of the leaf with this index."""
        return self.hashes(0, index, index + 1)

    def hashes(self, level: int, start: int, end: int) -> bytes:
        """Return the joined hashes of the complete subtrees ``start`` to ``end`` (excluded) of 2^level leaves."""
        if level >= len(self._levels):
            return b""
        return bytes(self._levels[level][start * HASH_BYTES : end * HASH_BYTES])

    def root_hash(self, size: int | None = None) -> bytes:
        """Return the root of the first ``size`` leaves (all if None).

        Raises:
            IndexError: the tree is smaller.
        """
        size = self._checked(size)
        return self._range_hash(0, size) if size else EMPTY_ROOT

    def inclusion_proof(self, index: int, size: int | None = None) -> list[bytes]:
        """Return PATH(index, D[size]) of RFC 6962 section 2.1.1, the leaf's sibling first.

        Raises:
            IndexError: the tree is smaller, or the index lies outside it.
        """
        size = self._checked(size)
        if not 0 <= index < size:
            raise IndexError(f"leaf {index} of a tree of {size}")
        path: list[bytes] = []
        low, high = 0, size
        while high - low > 1:
            middle = low + _split(high - low)
            if index < middle:
                path.append(self._range_hash(middle, high))
                high = middle
            else:
                path.append(self._range_hash(low, middle))
                low = middle
        return path[::-1]

    def consistency_proof(self, old_size: int, size: int | None = None) -> list[bytes]:
        """Return PROOF(old_size, D[size]) of RFC 6962 section 2.1.2.

        Raises:
            IndexError: the tree is smaller, or ``old_size`` is not between 1 and ``size``.
        """
        size = self._checked(size)
        if not 0 < old_size <= size:
            raise IndexError(f"no consistency proof from {old_size} to {size} leaves")
        path: list[bytes] = []
        low, high, whole = 0, size, True
        # SUBPROOF(m, D[n], b): ``whole`` is b, true while the old tree is the whole left part so far.
        while old_size != high:
            middle = low + _split(high - low)
            if old_size <= middle:
                path.append(self._range_hash(middle, high))
                high = middle
            else:
                path.append(self._range_hash(low, middle))
                low, whole = middle, False
        if not whole:
            path.append(self._range_hash(low, high))
        return path[::-1]

    def _checked(self, size: int | None) -> int:
        if size is None:
            return self.size
        if not 0 <= size <= self.size:
            raise IndexError(f"a tree of {self.size} leaves has no earlier state of {size}")
        return size

    def _range_hash(self, low: int, high: int) -> bytes:
        """Return MTH(D[low:high]), where ``low`` is a multiple of the power of two not smaller than the length."""
        width = high - low
        if width & (width - 1) == 0:
            level = width.bit_length() - 1
            return self.hashes(level, low >> level, (low >> level) + 1)
        middle = low + _split(width)
        return node_hash(self._range_hash(low, middle), self._range_hash(middle, high))


def tree_of(leaves: Iterable[bytes]) -> Tree:
    """Return the tree over these leaves."""
    return tree_of_hashes(b"".join([leaf_hash(leaf) for leaf in leaves]))


def tree_of_hashes(hashes: bytes | bytearray) -> Tree:
    """Return the tree over leaves by their joined hashes; level by level, faster than appending one by one."""
    tree = Tree()
    row = bytearray(hashes)
    tree._levels = [row]
    pair, sha256 = 2 * HASH_BYTES, hashlib.sha256
    while len(row) >= pair:
        row = bytearray().join([sha256(b"\1" + row[at : at + pair]).digest() for at in range(0, len(row) - 63, pair)])
        tree._levels.append(row)
    return tree


def root_hash(leaves: Iterable[bytes]) -> bytes:
    """Return MTH(leaves) of RFC 6962 section 2.1."""
    return tree_of(leaves).root_hash()


def check_inclusion(hashed: bytes, proof: Sequence[bytes], *, index: int, size: int, root: bytes) -> None:
    """Raise unless a proof shows that a leaf hash is at an index of the tree with this root.

    RFC 9162 section 2.1.3.2.

    Raises:
        NotIncluded: the index is outside the tree, the proof has another length, or leads to another root.
    """
    if not 0 <= index < size:
        raise NotIncluded(index, size, "the index lies outside the tree")
    if any(len(each) != HASH_BYTES for each in (hashed, root, *proof)):
        raise NotIncluded(index, size, "a hash has not 32 bytes")
    fn, sn, r = index, size - 1, hashed
    for p in proof:
        if sn == 0:
            raise NotIncluded(index, size, "the proof is too long")
        if fn & 1 or fn == sn:
            r = node_hash(p, r)
            # Skip the levels at which the right edge has no sibling.
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = node_hash(r, p)
        fn, sn = fn >> 1, sn >> 1
    if sn:
        raise NotIncluded(index, size, "the proof is too short")
    if r != root:
        raise NotIncluded(index, size, "the proof leads to another root")


def check_consistency(proof: Sequence[bytes], *, old_size: int, old_root: bytes, size: int, root: bytes) -> None:
    """Raise unless a proof shows that the tree of ``size`` leaves begins with the tree of ``old_size`` leaves.

    RFC 9162 section 2.1.4.2. Nothing can be shown from an empty tree.

    Raises:
        NotConsistent: sizes out of order, a proof of another length, or one that leads to other roots.
    """
    if not 0 < old_size <= size:
        raise NotConsistent(old_size, size, "the old size must be at least 1 and at most the new one")
    if old_size == size:
        if proof:
            raise NotConsistent(old_size, size, "between equal sizes the proof is empty")
        if old_root != root:
            raise NotConsistent(old_size, size, "two trees of one size have different roots")
        return
    if any(len(each) != HASH_BYTES for each in (old_root, root, *proof)):
        raise NotConsistent(old_size, size, "a hash has not 32 bytes")
    # Step 2: if the old tree is complete, its root begins the path.
    path = [old_root, *proof] if old_size & (old_size - 1) == 0 else list(proof)
    if not proof:
        raise NotConsistent(old_size, size, "the proof is empty")
    fn, sn = old_size - 1, size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            raise NotConsistent(old_size, size, "the proof is too long")
        if fn & 1 or fn == sn:
            fr, sr = node_hash(c, fr), node_hash(c, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, c)
        fn, sn = fn >> 1, sn >> 1
    if sn:
        raise NotConsistent(old_size, size, "the proof is too short")
    if fr != old_root:
        raise NotConsistent(old_size, size, "the proof leads to another old root")
    if sr != root:
        raise NotConsistent(old_size, size, "the proof leads to another new root")


def _split(n: int) -> int:
    # RFC 6962 section 2.1: k, the largest power of two smaller than n.
    return 1 << (n - 1).bit_length() - 1
