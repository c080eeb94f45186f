from fractions import Fraction

from comitia.watch import interlock
from comitia.watch.view import View


def test_who_sits_in_the_bureau_and_the_secretariat_is_seen_and_what_the_charter_asks_for_is_not(above: View) -> None:
    posts, overlap, density = interlock.readings(above)

    # Bureau and secretariat are filled from the committee: of 28 pairs of eight bodies only their own overlap counts.
    assert (posts.value, posts.count, posts.of) == (2, 18, 9)
    assert posts.sentence == "9 people hold 18 seats; m-0003 sits in 3 bodies, the most of all."
    assert (overlap.count, overlap.of, overlap.value) == (3, 3, 1)
    assert overlap.sentence == "3 of 3 in the smaller of politburo and secretariat sit in both."
    assert (density.count, density.of) == (1, 28)


def test_a_small_federation_whose_people_sit_in_many_bodies(freely: View) -> None:
    posts, overlap, density = interlock.readings(freely)

    assert (posts.value, posts.sentence) == (
        Fraction(54, 17),
        "17 people hold 54 seats; m-0010 sits in 4 bodies, the most of all.",
    )
    assert (overlap.count, overlap.of, density.count, density.of) == (3, 3, 43, 66)
    assert overlap.articles == ("10", "11", "12", "14", "15")
