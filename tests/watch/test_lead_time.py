import lived
from small import Small

from comitia.federation import acts
from comitia.watch import lead_time
from comitia.watch.view import View

HOUSES = ("committees-house:bakery:1", "committees-house:farm:1", "committees-house:mill:1",
          "unions-house:bakers:1", "unions-house:drivers:1", "unions-house:growers:1")  # fmt: skip


def test_a_week_of_notice_is_a_week_of_lead() -> None:
    small: Small = lived.free()
    board = small.state.terms["board:1"][-1].member
    lived.decide(small, "first", board, "board", "levies", dict.fromkeys(HOUSES, "for"))
    lead, before, access = lead_time.readings(lived.view(small))

    assert (lead.value, lead.of) == (168, 1)
    assert lead.sentence == "Half of 1 motions were known 168 hours or more before voting opened."
    assert (before.count, before.of, access.value) == (0, 1, None)


def test_a_party_that_votes_at_once_opens_before_debate() -> None:
    small = lived.party(closed=False)
    lived.decide(small, "line", "m-0009", "congress", "line", {"congress:tula:1": "for"})
    lead, before, _ = lead_time.readings(lived.view(small))

    assert (lead.value, before.count, before.of, before.acts) == (0, 1, 1, (small.state.size - 1,))
    assert before.sentence == "Voting on 1 of 1 motions opened within a day of their being moved."


def test_one_of_two_currents_reached_the_members() -> None:
    small = lived.party_with_currents()
    for name, first in (("left", 11), ("right", 21)):
        people = tuple(f"m-{n:04}" for n in range(first, first + 10))
        small.do(acts.CurrentFormed(at=small.at, by=people[0], current=name, name=name, members=people))
    small.do(acts.PlatformPublished(at=small.at, by="m-0011", current="left", text=small.blob("Bread.\n")))
    access = lead_time.readings(lived.view(small))[2]

    assert (access.count, access.of, access.acts) == (1, 2, (small.state.size - 1,))
    assert access.sentence == "1 of 2 currents put a platform to all members; not: right."


def test_where_nothing_was_voted_on_no_lead_is_said(freely: View) -> None:
    lead, before, _ = lead_time.readings(freely)

    assert (lead.value, lead.sentence, before.value) == (
        None, "Nothing was put to a vote in the last 365 days.", None
    )  # fmt: skip
