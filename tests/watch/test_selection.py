"""Chains of selection that can be reckoned by hand."""

from fractions import Fraction
from math import inf

import pytest

from comitia.watch import selection
from comitia.watch.selection import BASE, Selection


def chain(**shares: dict[str, Fraction]) -> Selection:
    return Selection(shares, dict.fromkeys(shares, 10))


def half_appointed(share: Fraction) -> Selection:
    """A committee and the delegates who elect it; the committee puts up a share of the delegates."""
    return chain(committee={"delegates": Fraction(1)}, delegates={BASE: 1 - share, "committee": share})


@pytest.mark.parametrize(
    ("share", "distance"), [(Fraction(0), 2), (Fraction(6, 7), 14), (Fraction(18, 19), 38), (Fraction(1), inf)]
)
def test_the_distance_grows_with_the_share_put_up_by_those_elected(share: Fraction, distance: float) -> None:
    # d = 1 + e, e = 1 + share * d: d = 2 / (1 - share).
    assert selection.distances(half_appointed(share))["committee"] == pytest.approx(distance)


def test_each_tier_halves_the_root_and_a_closed_loop_has_none() -> None:
    assert selection.rootedness(half_appointed(Fraction(0))) == {"committee": 0.5, "delegates": 1}
    assert selection.rootedness(half_appointed(Fraction(1))) == {"committee": 0, "delegates": 0}


@pytest.mark.parametrize(
    ("share", "closed"), [(Fraction(1, 2), ()), (Fraction(51, 100), (("committee", "delegates"),))]
)
def test_a_circuit_is_closed_by_more_than_half_of_the_seats(
    share: Fraction, closed: tuple[tuple[str, ...], ...]
) -> None:
    assert selection.circuits(half_appointed(share)) == closed


def test_what_depends_on_one_body_goes_through_all_who_select_in_between() -> None:
    of = chain(
        secretary={BASE: Fraction(1)},
        conference={"secretary": Fraction(1, 2), BASE: Fraction(1, 2)},
        congress={"conference": Fraction(4, 5), BASE: Fraction(1, 5)},
    )

    assert selection.dependence(of, "secretary") == pytest.approx({"secretary": 1, "conference": 0.5, "congress": 0.4})
    assert selection.dependence(of, "nobody") == {"secretary": 0, "conference": 0, "congress": 0}
    assert selection.reached(of, "secretary") == {"conference", "congress"}


def test_a_body_that_depends_on_itself_alone_depends_on_no_other() -> None:
    of = chain(closed={"closed": Fraction(1)}, office={BASE: Fraction(1)}, house={"closed": Fraction(1)})

    assert selection.dependence(of, "office") == {"closed": 0, "office": 1, "house": 0}
    assert selection.dependence(of, "closed") == {"closed": 1, "office": 0, "house": 1}


def test_nobody_selects_in_a_record_without_seats() -> None:
    empty = Selection({}, {})

    assert (selection.distances(empty), selection.rootedness(empty), selection.circuits(empty)) == ({}, {}, ())
