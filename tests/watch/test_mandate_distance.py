from math import inf

from comitia.watch import mandate_distance
from comitia.watch.view import View


def test_a_board_that_delegates_elect_stands_three_selections_from_the_members(freely: View) -> None:
    found = mandate_distance.readings(freely)

    # Members elect delegates, the delegates sit together as the congress, and the congress elects the board.
    assert {r.body: r.value for r in found if r.figure.id == "I2"} == {
        "committee": 1, "union": 1, "council": 1, "committees-house": 1, "unions-house": 1, "congress": 2,
        "conciliation": 2, "board": 3, "secretary": 3,
    }  # fmt: skip
    assert {r.body: r.value for r in found if r.figure.id == "I2b"} == {
        "committee": 1, "union": 1, "council": 1, "committees-house": 1, "unions-house": 1, "congress": 0.5,
        "conciliation": 0.5, "board": 0.25, "secretary": 0.25,
    }  # fmt: skip
    board = next(r for r in found if r.body == "board")
    assert board.sentence == "Selections between the members and the board: 3; by the charter's words 3."


def test_where_those_above_put_up_the_only_names_no_chain_leads_from_the_members(above: View) -> None:
    found = mandate_distance.readings(above)
    congress = next(r for r in found if r.body == "congress")

    assert {r.value for r in found if r.figure.id == "I2"} == {inf}
    assert {r.value for r in found if r.figure.id == "I2b"} == {0}
    assert congress.sentence == (
        "No chain of elections leads from the members to all seats of the congress; by the charter's words 3."
    )
    assert (congress.acts, congress.articles) == ((107,), ("5",))
