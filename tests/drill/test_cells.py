import pytest

from comitia.charter.structure import Charter
from comitia.drill import cells
from comitia.drill.cells import Cells, WrongCells

HEAD = "member,workplace,trade,locality\n"


def test_members_with_the_same_groups_form_one_cell(shipped: Charter) -> None:
    text = HEAD + "m-1,mill,millers,hill\nm-2,mill,millers,hill\nm-3,farm,,hill\n"
    rows = cells.parse_members(text, file="members.csv", charter=shipped)
    within = cells.parse_groups("roll,id,name,within\nworkplace,mill,Old Mill,district/north\n", file="groups.csv")
    counted = cells.count(shipped, rows, within)

    assert counted == Cells(
        ("workplace", "trade", "locality"),
        {("farm", "", "hill"): 1, ("mill", "millers", "hill"): 2},
        {"workplace/mill": "district/north"},
    )
    assert cells.groups(counted, "trade") == ("millers",)
    assert cells.groups(counted, "district") == ("north",)
    assert cells.inside(counted, "district", "north") == (("mill", "millers", "hill"),)
    assert cells.project(counted, frozenset({"locality"})).sizes == {("hill",): 3}


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("member,workplace\n", 1, "the columns member, workplace, trade, locality"),
        (HEAD + "m-1,mill,millers,hill\nm-1,mill,millers,hill\n", 3, "each member once, with a number"),
        (HEAD + ",mill,millers,hill\n", 2, "each member once, with a number"),
        (HEAD + "m-1,mill,millers\n", 2, "4 fields"),
        (HEAD + "m-1,mill,millers,hill,x\n", 2, "4 fields"),
        ("", 1, "the columns member, workplace, trade, locality"),
    ],
)
def test_a_wrong_table_is_refused_with_its_line(shipped: Charter, text: str, line: int, expected: str) -> None:
    with pytest.raises(WrongCells) as caught:
        cells.parse_members(text, file="members.csv", charter=shipped)

    assert (caught.value.line, caught.value.expected) == (line, expected)
