from collections.abc import Mapping
from itertools import combinations

import pytest
import small_ballot
from cryptography.exceptions import InvalidTag
from hypothesis import given, settings, strategies as st

from comitia.record import hpke_seal, seal, shamir
from comitia.record.seal import SealFault, Terms

BALLOT = small_ballot.BALLOT.leaf_hash
VERA = small_ballot.voter("vera").asking.voter
ANNA = small_ballot.voter("anna").asking.voter
TERMS = small_ballot.TERMS
TELLERS = small_ballot.TELLERS
KEY = bytes(range(32))
PAIRS = list(combinations(TELLERS, 2))
SMALL_ORDER = b"\x01" + bytes(31)


def sealed(choice: bytes = b"bread") -> bytes:
    return seal.seal(choice, TERMS, ballot=BALLOT, voter=VERA, key=KEY)


def opened(made: bytes, tellers: tuple[int, ...], *, voter: bytes = VERA, ballot: bytes = BALLOT) -> bytes:
    return seal.open(made, TERMS, ballot=ballot, voter=voter, keys={each: TELLERS[each] for each in tellers})


def without_comparison(made: bytes, keys: Mapping[int, bytes]) -> bytes:
    """Return what a verifier reads who does not make the seal again and compare."""
    bound = seal.bound_to(BALLOT, VERA)
    key = seal._opened_key(made, TERMS, bound, keys)
    return seal._body_cipher(key).decrypt(bytes(12), made[: TERMS.length + 16], bound).rstrip(b"\0")[:-1]


def toggled(choice: bytes = b"bread") -> bytes:
    """Return a seal whose part for teller 3 holds a false share: a voter and teller 3 decide later if it counts."""
    part = hpke_seal.seal(TERMS.tellers[2], bytes(32), info=seal.bound_to(BALLOT, VERA), ikm=bytes(32))
    return sealed(choice)[: -seal.PART_BYTES] + part


@settings(max_examples=20)
@given(
    st.binary(max_size=40),
    st.binary(min_size=32, max_size=32),
    st.integers(1, 5).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n))),
)
def test_any_tellers_enough_read_the_same_choice_and_fewer_none(
    choice: bytes, key: bytes, sizes: tuple[int, int]
) -> None:
    """Threat 12: tellers who are lost change nothing as long as enough are left."""
    needed, count = sizes
    private = {each: hpke_seal.derive_private_key(bytes([each]) * 32) for each in range(1, count + 1)}
    terms = Terms(tuple(hpke_seal.public_key(each) for each in private.values()), needed, 41)
    made = seal.seal(choice, terms, ballot=BALLOT, voter=VERA, key=key)

    assert len(made) == terms.sealed_bytes == 41 + 16 + 80 * count
    for size in range(count + 1):
        for chosen in combinations(private, size):
            keys = {each: private[each] for each in chosen}
            if size >= needed:
                assert seal.open(made, terms, ballot=BALLOT, voter=VERA, keys=keys) == choice
            else:
                with pytest.raises(SealFault):
                    seal.open(made, terms, ballot=BALLOT, voter=VERA, keys=keys)


def test_a_toggle_would_work_without_the_comparison_and_opens_for_nobody_with_it() -> None:
    """Threat 13."""
    made = toggled()

    assert without_comparison(made, {1: TELLERS[1], 2: TELLERS[2]}) == b"bread"
    with pytest.raises(InvalidTag):
        without_comparison(made, {1: TELLERS[1], 3: TELLERS[3]})
    for pair in PAIRS:
        with pytest.raises(SealFault):
            opened(made, pair)


def test_two_bodies_that_fit_two_sets_of_shares_open_for_nobody() -> None:
    """The part of teller 3 holds a true share of another key."""
    other = shamir.split(bytes(32), 2, 3)
    part = hpke_seal.seal(TERMS.tellers[2], other[2], info=seal.bound_to(BALLOT, VERA), ikm=bytes(32))

    for pair in PAIRS:
        with pytest.raises(SealFault):
            opened(sealed()[: -seal.PART_BYTES] + part, pair)


def test_an_honest_share_under_another_ephemeral_key_opens_for_nobody() -> None:
    """Else one choice would have many seals, and a copy of a ballot would not show."""
    share = shamir.split(KEY, 2, 3)[2]
    part = hpke_seal.seal(TERMS.tellers[2], share, info=seal.bound_to(BALLOT, VERA), ikm=bytes(32))

    for pair in PAIRS:
        with pytest.raises(SealFault, match="is not the one that its key makes"):
            opened(sealed()[: -seal.PART_BYTES] + part, pair)


@pytest.mark.parametrize("padded", [bytes(16), b"bread\x80" + bytes(9) + b"\x01", b"bread" + bytes(11), b"\xff" * 16])
def test_a_choice_that_is_filled_up_otherwise_opens_for_nobody(padded: bytes) -> None:
    body = seal._body_cipher(KEY).encrypt(bytes(12), padded, seal.bound_to(BALLOT, VERA))

    for pair in PAIRS:
        with pytest.raises(SealFault, match="is not the one that its key makes"):
            opened(body + sealed()[len(body) :], pair)


def test_a_copy_of_anothers_sealed_ballot_opens_for_nobody() -> None:
    """Threat 14."""
    for pair in PAIRS:
        with pytest.raises(SealFault, match="does not open with this key"):
            opened(sealed(), pair, voter=ANNA)


def test_a_seal_of_another_ballot_opens_for_nobody() -> None:
    with pytest.raises(SealFault, match="does not open with this key"):
        opened(sealed(), (1, 2), ballot=bytes(32))


def test_every_flipped_byte_closes_a_seal_for_all() -> None:
    """Threat 15."""
    made = sealed()
    for at in range(len(made)):
        flipped = made[:at] + bytes([made[at] ^ 1]) + made[at + 1 :]
        for pair in PAIRS:
            with pytest.raises(SealFault):
                opened(flipped, pair)


def test_choices_of_all_lengths_make_seals_of_one_length() -> None:
    assert {len(sealed(b"x" * length)) for length in range(TERMS.length)} == {TERMS.sealed_bytes}
    for choice in (b"", b"\x80", b"\x80\x00\x00", b"\x00" * 15):
        assert opened(sealed(choice), (1, 3)) == choice
    with pytest.raises(SealFault, match="at most 15"):
        sealed(b"x" * 16)


@pytest.mark.parametrize(
    ("tellers", "needed", "length"),
    [
        ((), 0, 16),
        ((), 1, 16),
        (TERMS.tellers, 0, 16),
        (TERMS.tellers, 4, 16),
        (TERMS.tellers * 86, 2, 16),
        (TERMS.tellers, 2, 0),
        (TERMS.tellers, 2, seal.LONGEST + 1),
        ((*TERMS.tellers, TERMS.tellers[0]), 2, 16),
        ((*TERMS.tellers, SMALL_ORDER), 2, 16),
        ((*TERMS.tellers, b""), 2, 16),
    ],
)
def test_odd_terms_are_refused(tellers: tuple[bytes, ...], needed: int, length: int) -> None:
    with pytest.raises(SealFault):
        Terms(tellers, needed, length)


def test_only_the_tellers_own_key_is_revealed() -> None:
    seal.check_revealed(TERMS, 1, TELLERS[1])
    for number, private in ((1, TELLERS[2]), (0, TELLERS[1]), (4, TELLERS[1]), (1, b"short")):
        with pytest.raises(SealFault):
            seal.check_revealed(TERMS, number, private)


@given(st.binary(max_size=300), st.binary(max_size=33), st.dictionaries(st.integers(-1, 300), st.binary(max_size=33)))
def test_malformed_bytes_raise_the_named_error_only(made: bytes, short: bytes, keys: dict[int, bytes]) -> None:
    for work in (
        lambda: seal.open(made, TERMS, ballot=BALLOT, voter=VERA, keys=TELLERS),
        lambda: seal.open(
            made.ljust(TERMS.sealed_bytes)[: TERMS.sealed_bytes], TERMS, ballot=BALLOT, voter=VERA, keys=TELLERS
        ),
        lambda: seal.open(sealed(), TERMS, ballot=BALLOT, voter=VERA, keys=keys),
        lambda: seal.open(sealed(), TERMS, ballot=short[:31], voter=VERA, keys=TELLERS),
        lambda: seal.seal(b"", TERMS, ballot=BALLOT, voter=short[:31], key=KEY),
        lambda: seal.seal(b"", TERMS, ballot=BALLOT, voter=VERA, key=short[:31]),
        lambda: Terms((short[:31],), 1, 16),
    ):
        with pytest.raises(SealFault):
            work()
