"""The gap between the charter as written and as practised, on the small party."""

from fractions import Fraction
from math import inf

import lived

from comitia.charter import parse
from comitia.drill import living, practice
from comitia.drill.practice import Gap, Numbers
from comitia.watch import practised

CELL = Numbers(None, None)


def test_put_up_twice_by_secretaries_the_party_is_held_by_fewer_and_by_nobody_taken_back() -> None:
    small = lived.twice_put_up().small
    view, text = lived.view(small), small.blobs[small.state.charter_hash].decode()
    other = parse.parse(practised.charter_text(view, text, practised.infer(view, text)), file="practised")
    asked: list[str] = []
    found = practice.gaps(view.rules, other, living.cells_of(small.state), seconds=30, progress=asked.append)

    # Written: 16 + 5 of the two cells, 14 of the committee, and a majority of each gate; practised: no cell is needed.
    secretariat = next(g for g in found if g.body == "secretariat")
    assert secretariat == Gap("secretariat", "secretariat", Numbers(39, inf), Numbers(18, inf), 40)
    assert asked[0] == "congress"
    hold, recovery = practice.readings((secretariat,), view.rules)
    assert (hold.value, hold.sentence) == (
        Fraction(18, 39), "The secretariat is held by 18 people as practised, by 39 people as written."
    )  # fmt: skip
    assert (recovery.value, recovery.sentence) == (
        inf, "Against everybody in office the secretariat is taken back by nobody as practised, by nobody as written."
    )  # fmt: skip


def test_where_the_charter_is_practised_as_written_both_numbers_are_the_same() -> None:
    small = lived.free()
    view = lived.view(small)
    found = practice.gaps(view.rules, view.rules, living.cells_of(small.state), seconds=30)

    assert {g.body: (g.written.hold, g.written.recovery) for g in found} == {
        "committees-house": (10, 10), "unions-house": (9, 9), "councils-conference": (14, 14), "board": (19, 19),
        "secretary": (19, 19), "tellers": (19, 19),
    }  # fmt: skip
    assert all(g.written == g.practised for g in found)


def test_what_nobody_can_fill_or_was_not_settled_is_not_told() -> None:
    small = lived.party(closed=False)
    view = lived.view(small)
    gap = Gap("congress", "congress", CELL, CELL, 40)

    assert [(r.value, r.of) for r in practice.readings((gap,), view.rules)] == [(None, 0), (None, 0)]
    assert practice.people(None) == "a number not settled"
