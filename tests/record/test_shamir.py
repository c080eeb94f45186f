from itertools import combinations

import pytest
from hypothesis import given, strategies as st

from comitia.record import shamir
from comitia.record.shamir import ShareFault

SECRETS = st.binary(min_size=32, max_size=32)


def test_the_field_is_that_of_fips_197() -> None:
    assert (shamir._times(0x57, 0x83), shamir._times(0x57, 0x13)) == (0xC1, 0xFE)
    assert all(shamir._TIMES[a][shamir._INVERSE[a]] == 1 for a in range(1, 256))


@given(SECRETS, st.integers(1, 6).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n))))
def test_any_shares_enough_give_the_same_secret(secret: bytes, sizes: tuple[int, int]) -> None:
    needed, count = sizes
    shares = dict(enumerate(shamir.split(secret, needed, count), start=1))

    for chosen in combinations(shares, needed):
        assert shamir.combine({each: shares[each] for each in chosen}, needed) == secret


@given(SECRETS, SECRETS)
def test_two_shares_of_three_needed_fit_every_secret(secret: bytes, other: bytes) -> None:
    """A third share exists that makes the two into any other secret: alone they say nothing."""
    one, two, _ = shamir.split(secret, 3, 3)
    # Lagrange at 3 through (0, other), (1, one), (2, two), solved by the combination at 0 being linear in the third.
    weights = [
        shamir.combine({1: a, 2: b, 3: c}, 3)
        for a, b, c in ((one, two, bytes(32)), (bytes(32), bytes(32), b"\x01" * 32))
    ]
    inverse = shamir._INVERSE[weights[1][0]]
    third = bytes(shamir._times(inverse, x ^ y) for x, y in zip(weights[0], other, strict=True))

    assert shamir.combine({1: one, 2: two, 3: third}, 3) == other


def test_one_share_of_one_is_the_secret_and_255_are_the_most() -> None:
    secret = bytes(range(32))
    shares = dict(enumerate(shamir.split(secret, 128, 255), start=1))

    assert shamir.split(secret, 1, 2) == (secret, secret)
    assert shamir.combine({number: shares[number] for number in range(128, 256)}, 128) == secret


@pytest.mark.parametrize(("needed", "count"), [(0, 1), (-1, 3), (3, 2), (1, 256), (0, 0)])
def test_impossible_numbers_of_shares_are_refused(needed: int, count: int) -> None:
    with pytest.raises(ShareFault, match="there must be 1 to 255"):
        shamir.split(bytes(32), needed, count)


@pytest.mark.parametrize(
    ("shares", "needed"),
    [({}, 0), ({}, 1), ({1: bytes(32)}, 2), ({0: bytes(32)}, 1), ({256: bytes(32)}, 1), ({1: bytes(31)}, 1)],
)
def test_shares_that_are_none_are_refused(shares: dict[int, bytes], needed: int) -> None:
    with pytest.raises(ShareFault):
        shamir.combine(shares, needed)


def test_a_secret_of_another_length_is_refused() -> None:
    with pytest.raises(ShareFault, match="a secret has 32 bytes"):
        shamir.split(b"short", 1, 1)
