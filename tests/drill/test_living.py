from small import founded

from comitia.drill import living


def test_members_who_stand_in_the_same_groups_are_one_cell() -> None:
    cells = living.cells_of(founded().state)

    assert sum(cells.sizes.values()) == 24
    assert cells.within["workplace/mill"] == "district/valley"
