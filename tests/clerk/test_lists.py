"""Lists: every one has a cell for each column, reads back from CSV, and gives a spreadsheet no formula."""

import csv
import io

import pytest
from small import seated

from comitia.clerk import lists
from comitia.federation import acts


@pytest.mark.parametrize("name", list(lists.LISTS))
def test_each_row_of_a_list_has_a_cell_for_each_column(name: str) -> None:
    state = seated().state
    read = list(csv.reader(io.StringIO(lists.as_csv(name, state, state.moment))))

    assert tuple(read[0]) == lists.LISTS[name].columns
    assert {len(row) for row in read} == {len(read[0])}
    assert len(read) - 1 == sum(1 for _ in lists.LISTS[name].rows(state, state.moment))


def test_offices_and_decisions_are_all_there() -> None:
    state = seated().state
    offices = list(csv.DictReader(io.StringIO(lists.as_csv("offices", state, state.moment))))
    decided = list(csv.DictReader(io.StringIO(lists.as_csv("decisions", state, state.moment))))

    assert ("secretary:1", "m-0014", "elected") in {(o["seat"], o["member"], o["came by"]) for o in offices}
    assert len(decided) == len(state.elections)
    assert {d["outcome"] for d in decided} == {"carried"}


def test_a_cell_that_a_spreadsheet_would_compute_gets_an_apostrophe() -> None:
    small = seated()
    of = small.state
    seat = next(t.seat for terms in of.terms.values() for t in terms if t.seat.startswith("committee/mill"))
    electors = sorted(m for m in of.members if of.members[m].groups["workplace"] == "mill")
    small.do(acts.RecallPetitioned(at=small.at, by=electors[0], recall="r", seat=seat, reason='=HYPERLINK("x")'))
    (row,) = csv.DictReader(io.StringIO(lists.as_csv("recalls", of, small.at)))

    assert row["reason"] == '\'=HYPERLINK("x")'
