from fractions import Fraction

from comitia.watch import centralisation
from comitia.watch.view import View


def test_the_provincial_secretary_fills_most_bodies_from_above(above: View) -> None:
    freeman, hierarchy = centralisation.readings(above)

    # Eight bodies: the provincial secretary fills three others, and three bodies fill one each: 8 * 3 - 6 of 49.
    assert (freeman.count, freeman.of, freeman.value) == (18, 49, Fraction(18, 49))
    assert freeman.sentence == (
        "Of 8 bodies provincial-secretary/tula filled seats of 3 others from above, more than any."
    )
    assert freeman.acts == (51, 52, 65, 98, 103, 107, 113)
    # The secretariat reaches five bodies, the provincial secretary four, the district secretary and the bureau one.
    assert (hierarchy.count, hierarchy.of) == (11, 11)


def test_where_nobody_fills_seats_of_others_nothing_is_central(freely: View) -> None:
    freeman, hierarchy = centralisation.readings(freely)

    assert (freeman.value, freeman.of, hierarchy.value) == (0, 121, None)
    assert freeman.sentence == "Of 12 bodies none filled seats of another from above."
