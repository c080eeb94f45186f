from comitia.watch import officials
from comitia.watch.view import View


def test_two_secretaries_stand_beside_forty_members_and_three_old_officers_sit_on(above: View) -> None:
    ratio, staff, carried = officials.readings(above)

    assert (ratio.count, ratio.of, ratio.sentence) == (2, 40, "2 officials stand beside 40 members (one for 20).")
    assert (staff.count, staff.of) == (0, 1)
    assert (carried.count, carried.of, carried.acts) == (3, 18, (46, 48, 50))
    assert carried.articles == ("10",)


def test_an_elected_federation_has_one_secretary_and_carries_nobody_over(freely: View) -> None:
    assert [(r.count, r.of) for r in officials.readings(freely)] == [(1, 24), (0, 6), (0, 54)]
