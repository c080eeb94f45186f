"""Marks that are no plain ranking are refused, or read as somebody said."""

import pytest

from comitia.decide import marks
from comitia.decide.marks import MarksUnread, Reading
from comitia.decide.profile import Ranks

SKIPPED = [[0], [], [1]]
REPEATED = [[0], [1], [0], [2]]
OVERVOTED = [[0], [1, 2], [3]]


@pytest.mark.parametrize(
    ("marked", "reading", "read"),
    [
        ([[2], [0]], Reading(), ((2,), (0,))),
        ([], Reading(), ()),
        ([[0], [], []], Reading(), ((0,),)),
        (SKIPPED, Reading(skipped="skip"), ((0,), (1,))),
        (SKIPPED, Reading(skipped="stop"), ((0,),)),
        (SKIPPED, Reading(skipped="spoilt"), None),
        (REPEATED, Reading(repeated="skip"), ((0,), (1,), (2,))),
        (REPEATED, Reading(repeated="stop"), ((0,), (1,))),
        (REPEATED, Reading(repeated="spoilt"), None),
        (OVERVOTED, Reading(overvoted="skip"), ((0,), (3,))),
        (OVERVOTED, Reading(overvoted="stop"), ((0,),)),
        (OVERVOTED, Reading(overvoted="spoilt"), None),
        (OVERVOTED, Reading(overvoted="equal"), ((0,), (1, 2), (3,))),
        # One of two at a rank was named before: she is passed over, the other is alone there.
        ([[0], [0, 1]], Reading(repeated="skip"), ((0,), (1,))),
        ([[0], [0, 1, 2]], Reading(repeated="skip", overvoted="equal"), ((0,), (1, 2))),
        # Somebody passed over in an overvote may still be ranked later.
        ([[0, 1], [1]], Reading(overvoted="skip"), ((1,),)),
        ([[0, 0]], Reading(repeated="skip"), ((0,),)),
    ],
)
def test_marks_are_read_as_somebody_said(marked: list[list[int]], reading: Reading, read: Ranks | None) -> None:
    assert marks.ranks(marked, reading) == read


@pytest.mark.parametrize(
    ("marked", "said"),
    [
        (SKIPPED, "rank 2 is skipped; say how that is to be read: skipped = skip, stop, spoilt"),
        (REPEATED, "rank 3 names a candidate again; say how that is to be read: repeated = skip, stop, spoilt"),
        (
            OVERVOTED,
            "rank 2 names several candidates; say how that is to be read: overvoted = skip, stop, spoilt or equal",
        ),
    ],
)
def test_marks_of_which_nobody_said_how_to_read_them_are_refused(marked: list[list[int]], said: str) -> None:
    with pytest.raises(MarksUnread) as refused:
        marks.ranks(marked, Reading())
    assert str(refused.value) == said
