from comitia.watch import appointment_reach
from comitia.watch.view import View


def test_the_whole_congress_hangs_on_the_secretariat(above: View) -> None:
    (congress,) = appointment_reach.readings(above)

    assert (congress.body, congress.value, congress.count, congress.of) == ("congress", 1, 1, 1)
    assert congress.sentence == (
        "100 % of the votes of the congress depend on what secretariat or those whom it appointed appoint."
    )
    assert (congress.acts, congress.articles) == ((51,), ("5",))


def test_houses_of_elected_delegates_hang_on_nobody(freely: View) -> None:
    assert [(r.body, r.value, r.of) for r in appointment_reach.readings(freely)] == [
        ("committees-house", 0, 3),
        ("unions-house", 0, 3),
    ]
