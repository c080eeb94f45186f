from comitia.watch import personalisation
from comitia.watch.view import View


def test_one_secretary_did_all_that_the_centre_did(above: View) -> None:
    (found,) = personalisation.readings(above)

    # One appointment and three nominations; the elections that she opened were for the electors.
    assert (found.count, found.of, found.acts) == (4, 4, (51, 109, 110, 111))
    assert found.sentence == "m-0001 did 4 of the 4 acts done for the centre in the last 365 days."


def test_a_centre_that_did_nothing_says_so(freely: View) -> None:
    (found,) = personalisation.readings(freely)

    assert (found.value, found.sentence) == (None, "The centre did nothing in the last 365 days.")
