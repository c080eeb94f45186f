"""An inclusion proof, step by step, so that anyone can redo it: which two hashes are joined, and what comes out."""

from collections.abc import Sequence
from dataclasses import dataclass

from comitia.record import merkle


@dataclass(frozen=True, slots=True)
class Step:
    """One step upwards: the hash on the left, the hash on the right, and the hash of both; which of them is given."""

    left: str
    right: str
    joined: str
    is_left_given: bool


def steps(hashed: bytes, proof: Sequence[bytes], *, index: int, size: int) -> tuple[Step, ...]:
    """Return the steps from a leaf's hash to the root (RFC 9162 section 2.1.3.2); ``merkle.check_inclusion`` judges."""
    found: list[Step] = []
    fn, sn, r = index, size - 1, hashed
    for p in proof:
        given_left = bool(fn & 1) or fn == sn
        if given_left:
            joined = merkle.node_hash(p, r)
            found.append(Step(p.hex(), r.hex(), joined.hex(), True))
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            joined = merkle.node_hash(r, p)
            found.append(Step(r.hex(), p.hex(), joined.hex(), False))
        r = joined
        fn, sn = fn >> 1, sn >> 1
    return tuple(found)
