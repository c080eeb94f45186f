from hypothesis import given, strategies as st

from comitia.charter.structure import Seats
from comitia.federation.apportioned import seats_for


def total(number: int, *, least: int = 0, most: int = 0) -> Seats:
    return Seats(None, None, number, "sainte_lague", least, most)


def test_a_fixed_number_is_the_same_for_all() -> None:
    assert seats_for(Seats(3, None), (1, 50)) == (3, 3)


def test_a_seat_for_each_started_number_of_members_within_least_and_most() -> None:
    assert seats_for(Seats(None, 20), (1, 20, 21, 0)) == (1, 1, 2, 0)
    assert seats_for(Seats(None, 20, least=2, most=3), (1, 45, 200)) == (2, 3, 3)


def test_a_total_is_shared_by_the_rule_of_the_charter() -> None:
    votes = (53, 24, 23)
    found = {
        rule: seats_for(Seats(None, None, 7, rule), votes) for rule in ("sainte_lague", "dhondt", "largest_remainder")
    }

    assert found == {"sainte_lague": (3, 2, 2), "dhondt": (4, 2, 1), "largest_remainder": (4, 2, 1)}


def test_the_least_and_the_most_are_kept_and_the_others_share_the_rest() -> None:
    # Of the nine that are left, the ninth is claimed equally by two: nobody gets it.
    assert seats_for(total(10, least=1), (100, 100, 1)) == (4, 4, 1)
    assert seats_for(total(10, most=4), (90, 5, 5)) == (4, 3, 3)


def test_equal_claims_to_the_last_seat_leave_it_to_nobody() -> None:
    assert seats_for(total(4), (5, 5, 5)) == (1, 1, 1)


def test_nobody_has_a_seat_where_nobody_is_a_member_but_the_least() -> None:
    assert seats_for(total(5), (0, 0)) == (0, 0)
    assert seats_for(total(5, least=1), (0, 0)) == (1, 1)
    assert seats_for(total(1, least=1), (3, 3)) == (1, 1)


@given(
    st.lists(st.integers(0, 200), min_size=1, max_size=8).map(tuple),
    st.integers(1, 60),
    st.integers(0, 3),
    st.integers(3, 9),
)
def test_no_more_than_the_total_unless_the_least_asks_for_it(
    members: tuple[int, ...], number: int, least: int, most: int
) -> None:
    found = seats_for(total(number, least=least, most=most), members)

    assert sum(found) <= max(number, least * len(members))
    assert all(least <= n <= most for n in found)
