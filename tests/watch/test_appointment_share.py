from fractions import Fraction

from small import Small, founded

from comitia.federation import acts
from comitia.watch import appointment_share, noting
from comitia.watch.view import View


def test_seats_that_electors_filled_give_a_share_of_nought(freely: View) -> None:
    whole, by_reach = appointment_share.readings(freely)

    assert (whole.count, whole.of, whole.value, whole.acts) == (0, 54, 0, ())
    assert whole.sentence == "All 54 seats of the federation filled in the last 365 days were filled by their electors."
    assert (by_reach.count, by_reach.of) == (0, 174)


def test_whoever_is_put_up_alone_from_above_was_appointed(above: View) -> None:
    whole, by_reach, *kinds = appointment_share.readings(above)

    # Of fifteen: two appointed secretaries, four delegates and three of the committee put up alone; six were elected.
    assert (whole.count, whole.of, whole.value) == (9, 15, Fraction(3, 5))
    assert whole.sentence == (
        "9 of 15 seats of the federation filled in the last 365 days were filled from above (district-secretary/north, "
        "politburo, provincial-secretary/tula, secretariat)."
    )
    assert (by_reach.count, by_reach.of) == (61, 130)
    assert [(r.body, r.count, r.of) for r in kinds] == [
        ("district-conference", 2, 2),
        ("provincial-conference", 1, 1),
        ("provincial-secretary", 1, 1),
        ("district-secretary", 1, 1),
        ("congress", 1, 1),
        ("central-committee", 3, 3),
    ]
    assert kinds[0].articles == ("3",)


def test_a_carried_over_officer_counts_neither_as_elected_nor_as_appointed() -> None:
    small: Small = founded()
    small.do(acts.OfficerCarriedOver(at=small.at, by="m-0001", seat="secretary:1", member="m-0002"))
    whole, _ = appointment_share.readings(View(noting.fold(small.done, small.state), small.at))

    assert (whole.count, whole.of, whole.value) == (0, 0, None)
    assert whole.sentence == "No seat of the federation was filled in the last 365 days."
