"""Amendments line by line: their effect, their order, and their conflicts."""

import pytest
from hypothesis import given, strategies as st

from comitia.decide import motion
from comitia.decide.motion import Amendment, AmendmentsConflict, DiffLine, OutsideText

TEXT = "one\ntwo\nthree\nfour"


def test_lines_are_replaced_struck_and_inserted_by_the_numbers_of_the_text_as_it_stands() -> None:
    amendments = [
        Amendment("a", 1, 1, ("ONE", "one and a half")),
        Amendment("b", 3, 3, ()),
        Amendment("c", 4, 3, ("before four",)),
        Amendment("d", 5, 4, ("five",)),
    ]
    assert motion.amended(TEXT, amendments) == "ONE\none and a half\ntwo\nbefore four\nfour\nfive"
    assert motion.amended(TEXT, amendments[::-1]) == motion.amended(TEXT, amendments)


@pytest.mark.parametrize(("first", "last"), [(0, 1), (1, 5), (6, 5), (3, 1)])
def test_lines_that_the_text_has_not_are_refused(first: int, last: int) -> None:
    with pytest.raises(OutsideText) as refused:
        motion.amended(TEXT, [Amendment("a", first, last, ())])
    assert str(refused.value) == (
        f"amendment a changes lines {first} to {last}, but the text has 4 lines: choose first from 1 to 5 and last "
        "from first - 1 to 4"
    )


@pytest.mark.parametrize(
    ("one", "other", "conflict"),
    [
        ((1, 2), (2, 3), True),
        ((1, 2), (3, 4), False),
        ((2, 1), (2, 1), True),
        ((2, 1), (2, 2), False),
        ((1, 3), (2, 1), True),
        ((1, 3), (4, 3), False),
        ((1, 3), (1, 0), False),
        ((2, 2), (2, 2), True),
    ],
)
def test_amendments_conflict_where_they_change_the_same_place(
    one: tuple[int, int], other: tuple[int, int], conflict: bool
) -> None:
    first, second = Amendment("a", *one, ("x",)), Amendment("b", *other, ("y",))
    assert motion.is_conflict(first, second) == motion.is_conflict(second, first) == conflict


def test_conflicting_amendments_cannot_both_be_carried() -> None:
    first, second = Amendment("a", 1, 2, ("x",)), Amendment("b", 2, 2, ("y",))
    with pytest.raises(AmendmentsConflict) as refused:
        motion.amended(TEXT, [first, second])
    assert str(refused.value) == (
        "amendments a (lines 1 to 2) and b (lines 2 to 2) change the same place: carry one of them"
    )
    assert motion.fallen(first, [second, Amendment("c", 4, 4, ())]) == (second,)


def test_a_comparison_shows_every_line_with_its_numbers() -> None:
    assert motion.diff("a\nb\nc", "a\nB\nc\nd") == (
        DiffLine("kept", 1, 1, "a"),
        DiffLine("struck", 2, None, "b"),
        DiffLine("added", None, 2, "B"),
        DiffLine("kept", 3, 3, "c"),
        DiffLine("added", None, 4, "d"),
    )


def test_the_furthest_from_the_text_is_voted_first_or_the_first_moved() -> None:
    near, far = Amendment("near", 1, 1, ("ONE",)), Amendment("far", 2, 4, ())
    same = Amendment("same", 2, 2, ("TWO",))
    assert motion.voting_order(TEXT, [near, far, same], "furthest_first") == (far, near, same)
    assert motion.voting_order(TEXT, [near, far, same], "as_moved") == (near, far, same)


LINES = st.lists(st.text("ab", max_size=2), min_size=1, max_size=8)


@given(LINES, LINES)
def test_a_comparison_holds_both_texts(before: list[str], after: list[str]) -> None:
    shown = motion.diff("\n".join(before), "\n".join(after))
    assert [line.text for line in shown if line.kind != "added"] == before
    assert [line.text for line in shown if line.kind != "struck"] == after
