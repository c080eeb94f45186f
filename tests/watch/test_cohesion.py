from fractions import Fraction

import lived
import pytest
from small import Small

from comitia.watch import cohesion, last_refusal

HOUSES = ("committees-house:bakery:1", "committees-house:farm:1", "committees-house:mill:1",
          "unions-house:bakers:1", "unions-house:drivers:1", "unions-house:growers:1")  # fmt: skip


@pytest.fixture(scope="module")
def voted() -> Small:
    small = lived.free()
    board = small.state.terms["board:1"][-1].member
    lived.decide(small, "first", board, "board", "levies", dict.fromkeys(HOUSES, "for"))
    votes = dict(zip(HOUSES, ("for", "against", "abstain", "against", "against", "for"), strict=True))
    lived.decide(small, "second", board, "board", "levies", votes)
    return small


def test_cohesion_is_the_mean_over_divisions(voted: Small) -> None:
    found = {(r.figure.name, r.body): (r.value, r.count, r.of) for r in cohesion.readings(lived.view(voted))}

    # Committees: 3:0, then 1:1 and one abstaining. Unions: 3:0, then 1:2.
    assert found == {
        ("unanimous divisions", "committees-house"): (Fraction(1, 2), 1, 2),
        ("Rice cohesion", "committees-house"): (Fraction(1, 2), 2, 2),
        ("agreement index", "committees-house"): (Fraction(1, 2), 2, 2),
        ("unanimous divisions", "unions-house"): (Fraction(1, 2), 1, 2),
        ("Rice cohesion", "unions-house"): (Fraction(2, 3), 2, 2),
        ("agreement index", "unions-house"): (Fraction(3, 4), 2, 2),
    }


def test_a_house_says_when_it_last_refused_the_board(voted: Small) -> None:
    voted_at, later = lived.view(voted), lived.view(voted, "2027-01-01T08:00:00Z")
    committees, unions = last_refusal.readings(voted_at)

    assert (committees.value, committees.count, committees.of) == (0, 1, 2)
    assert last_refusal.readings(later)[1].sentence == (
        f"The unions' house last refused an executive body {last_refusal.days_between(voted.at, later.at)} days ago; "
        "it has refused 1 of 2 of their motions."
    )
    assert unions.acts == (len(voted.done) - 1,)


def test_a_house_that_has_not_voted_or_never_refused_says_so(free: Small, voted: Small) -> None:
    first = next(d for d in lived.view(voted).decided)
    assert last_refusal.readings(lived.view(free))[0].sentence == (
        "The committees' house has not yet voted on anything that an executive body moved."
    )
    assert last_refusal.readings(lived.view(voted, first.at))[0].sentence == (
        "The committees' house has never refused an executive body, in 1 motion over 0 days."
    )
