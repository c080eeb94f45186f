import pytest

from comitia.books import inspection
from comitia.books.inspection import Answer, Answered, AnsweredLate, Demand, Unanswered, Waiting

DEMAND = Demand(5, "2026-03-02T08:00:00Z", "m-0001", "committee/mill", "flour in March", "2026-03-09T08:00:00Z")
BEFORE, ON, AFTER = "2026-03-05T08:00:00Z", "2026-03-09T08:00:00Z", "2026-03-09T08:00:01Z"


def test_a_deadline_counts_whole_days_over_the_end_of_a_month() -> None:
    assert inspection.deadline("2028-02-27T23:00:00Z", 3) == "2028-03-01T23:00:00Z"


@pytest.mark.parametrize("text", ["2026-03-02", "2026-13-02T08:00:00Z", "2026-03-02T08:00:00+01:00"])
def test_a_deadline_from_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(inspection.NotAMoment) as refused:
        inspection.deadline(text, 7)

    assert refused.value.text == text


def test_a_demand_waits_until_its_deadline_and_then_shows_as_unanswered() -> None:
    standings = [inspection.standing(DEMAND, None, at) for at in (BEFORE, ON, AFTER)]

    assert standings == [Waiting(ON), Waiting(ON), Unanswered(ON)]


def test_an_answer_counts_from_the_moment_it_was_given() -> None:
    in_time, late = Answer(9, ON, 5, "ab" * 32), Answer(9, AFTER, 5, "ab" * 32)

    assert [inspection.standing(DEMAND, in_time, at) for at in (BEFORE, ON)] == [Waiting(ON), Answered(9)]
    assert inspection.standing(DEMAND, late, AFTER) == AnsweredLate(9, ON)
