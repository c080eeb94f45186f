import base64
import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from comitia.record import merkle
from comitia.record.merkle import NotConsistent, NotIncluded

VECTORS = Path(__file__).resolve().parents[3] / "shared" / "data" / "vectors" / "rfc6962"
needs_vectors = pytest.mark.skipif(
    not VECTORS.is_dir(), reason="no vectors beside the clone (../shared/data/vectors/rfc6962)"
)


def root_by_definition(leaves: list[bytes]) -> bytes:
    """MTH(D) of RFC 6962 section 2.1, word by word."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    k = max(2**i for i in range(20) if 2**i < len(leaves))
    return hashlib.sha256(b"\1" + root_by_definition(leaves[:k]) + root_by_definition(leaves[k:])).digest()


def decoded(texts: list[str] | None) -> list[bytes]:
    return [base64.b64decode(text) for text in texts or []]


@needs_vectors
def test_every_official_inclusion_proof_is_judged_as_published() -> None:
    judged = {}
    for path in sorted((VECTORS / "inclusion").rglob("*.json")):
        given_ = json.loads(path.read_text())
        leaf, root = decoded([given_["leafHash"], given_["root"]])
        try:
            merkle.check_inclusion(
                leaf, decoded(given_["proof"]), index=given_["leafIdx"], size=given_["treeSize"], root=root
            )
            refused = False
        except NotIncluded:
            refused = True
        judged[path.relative_to(VECTORS).as_posix()] = (refused, given_["wantErr"])

    assert {name: pair for name, pair in judged.items() if pair[0] != pair[1]} == {}
    assert (len(judged), sum(want for _, want in judged.values())) == (98, 92)


@needs_vectors
def test_every_official_consistency_proof_is_judged_as_published() -> None:
    judged = {}
    for path in sorted((VECTORS / "consistency").rglob("*.json")):
        given_ = json.loads(path.read_text())
        old, new = decoded([given_["root1"], given_["root2"]])
        try:
            merkle.check_consistency(
                decoded(given_["proof"]), old_size=given_["size1"], old_root=old, size=given_["size2"], root=new
            )
            refused = False
        except NotConsistent:
            refused = True
        judged[path.relative_to(VECTORS).as_posix()] = (refused, given_["wantErr"])

    assert {name: pair for name, pair in judged.items() if pair[0] != pair[1]} == {}
    assert (len(judged), sum(want for _, want in judged.values())) == (98, 92)


@given(st.lists(st.binary(max_size=4), max_size=40))
def test_the_growing_tree_has_the_root_of_the_definition_at_every_size(leaves: list[bytes]) -> None:
    tree = merkle.tree_of(leaves)

    assert [tree.root_hash(size) for size in range(len(leaves) + 1)] == [
        root_by_definition(leaves[:size]) for size in range(len(leaves) + 1)
    ]
    assert merkle.root_hash(leaves) == root_by_definition(leaves)


@given(st.integers(0, 40), st.integers(0, 40))
def test_a_tree_made_at_once_grows_on_like_one_that_was_appended_to(first: int, more: int) -> None:
    leaves = [b"%d" % number for number in range(first + more)]
    grown, appended = merkle.tree_of(leaves[:first]), merkle.Tree()
    for leaf in leaves[first:]:
        grown.append(leaf)
    for leaf in leaves:
        appended.append(leaf)

    assert [grown.root_hash(size) for size in range(first + more + 1)] == [
        appended.root_hash(size) for size in range(first + more + 1)
    ]


def test_every_leaf_of_every_small_tree_is_shown_to_be_included_and_no_other() -> None:
    leaves = [b"%d" % number for number in range(20)]
    tree = merkle.tree_of(leaves)
    for size in range(1, 21):
        root = tree.root_hash(size)
        for index in range(size):
            proof = tree.inclusion_proof(index, size)
            merkle.check_inclusion(merkle.leaf_hash(leaves[index]), proof, index=index, size=size, root=root)
            for other in set(range(20)) - {index}:
                with pytest.raises(NotIncluded):
                    merkle.check_inclusion(merkle.leaf_hash(leaves[other]), proof, index=index, size=size, root=root)
                with pytest.raises(NotIncluded):
                    merkle.check_inclusion(merkle.leaf_hash(leaves[index]), proof, index=other, size=size, root=root)


def test_every_small_tree_is_shown_to_begin_every_larger_one() -> None:
    tree = merkle.tree_of([b"%d" % number for number in range(20)])
    forged = merkle.tree_of([b"%d" % (number % 7) for number in range(20)])
    for size in range(1, 21):
        for old in range(1, size + 1):
            proof = tree.consistency_proof(old, size)
            merkle.check_consistency(
                proof, old_size=old, old_root=tree.root_hash(old), size=size, root=tree.root_hash(size)
            )
            if size > 7:
                with pytest.raises(NotConsistent):
                    merkle.check_consistency(
                        proof, old_size=old, old_root=tree.root_hash(old), size=size, root=forged.root_hash(size)
                    )


def test_a_proof_outside_the_tree_is_an_index_error() -> None:
    tree = merkle.tree_of([b"a", b"b"])

    for ask in (
        lambda: tree.inclusion_proof(2),
        lambda: tree.inclusion_proof(-1),
        lambda: tree.consistency_proof(0),
        lambda: tree.consistency_proof(3),
        lambda: tree.root_hash(3),
    ):
        with pytest.raises(IndexError):
            ask()
