import lived

from comitia.watch import closed_circuit
from comitia.watch.view import View


def test_a_bureau_and_the_committee_that_fill_each_other_are_a_closed_circuit(above: View) -> None:
    (found,) = closed_circuit.readings(above)

    assert (found.value, found.count, found.of) == (1, 2, 9)
    assert found.sentence == (
        "1 closed: of each of these bodies more than half is filled by the others: central-committee, politburo."
    )
    assert found.acts == (113, 121)


def test_before_the_circle_closes_nothing_is_said() -> None:
    (found,) = closed_circuit.readings(lived.view(lived.party(closed=False)))

    assert (found.value, found.acts) == (0, ())
    assert found.sentence == "No circuit is closed; the seats of 7 bodies were looked at."


def test_a_federation_of_elected_bodies_has_none_and_recall_answers_it(freely: View) -> None:
    (found,) = closed_circuit.readings(freely)

    assert (found.value, found.articles) == (0, ("19", "45"))
