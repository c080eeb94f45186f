"""The longest interval between two meetings of a body, and who may act when it is over."""

import dataclasses

import pytest
from deciding import assembled, close, open_, opening, sitting, vote
from small import Small, founded, refusal, refused

from comitia.charter.structure import Charter
from comitia.federation import acts, awaiting, meetings, moment, rulebook, standing

BOARD, MILL = "board", "committee/mill"


@pytest.fixture
def small() -> Small:
    """A federation whose board meets every 60 days, and in which every body has just been elected."""
    return assembled()


def outsider(small: Small) -> str:
    """Return a member who sits in no house, and so neither in the congress nor in the board it elects."""
    sits = standing.sitting(small.state, "congress", small.at) | standing.sitting(small.state, BOARD, small.at)
    return sorted(standing.all_members(small.state) - sits)[0]


def delegate(small: Small) -> str:
    """Return a delegate of the congress who does not sit in the board."""
    return sorted(standing.sitting(small.state, "congress", small.at) - set(sitting(small, BOARD)))[0]


def painting(small: Small, by: str, *, motion: str = "paint") -> acts.MotionMoved:
    """Return a motion to the board; only its own people move such a matter."""
    return acts.MotionMoved(
        at=small.at, by=by, motion=motion, matter="resolution-board", body=BOARD, title="Paint", text=small.blob("x\n")
    )


def late(small: Small, days: int = 60) -> None:
    """Let so many days pass since the board last met, or first sat."""
    small.at = moment.after(meetings.last(small.state, BOARD), days=days)


def under(small: Small, **changed: object) -> None:
    """Change the board's article in the charter in force."""
    rules = standing.charter(small.state)
    kinds = {**rules.kinds, BOARD: dataclasses.replace(rules.kinds[BOARD], **changed)}  # type: ignore[arg-type]
    small.state.charter = dataclasses.replace(rules, kinds=kinds)


def test_whoever_fills_the_seats_may_move_when_the_interval_is_over_and_not_before(small: Small) -> None:
    late(small, 59)
    early = refusal(small, painting(small, delegate(small)))
    late(small)
    small.do(painting(small, delegate(small)))

    assert early.reason.endswith("it is moved by board")
    assert small.state.motions["paint"].body == BOARD
    assert refused(small, painting(small, outsider(small), motion="again")).endswith("it is moved by board")


def test_the_one_who_moved_opens_the_vote_and_nobody_holds_it_up(small: Small) -> None:
    late(small)
    small.do(painting(small, delegate(small)))
    small.wait(3)
    open_(small, "paint")
    vote(small, "paint", BOARD, "for", "for", "for", "for")

    assert close(small, "paint", by=delegate(small)) == "carried"


def test_the_next_meeting_ends_it_and_the_interval_begins_anew(small: Small) -> None:
    late(small)
    small.do(painting(small, delegate(small)))
    small.wait(3)
    met = small.at
    open_(small, "paint")

    assert meetings.last(small.state, BOARD) == met
    assert meetings.due(small.state, BOARD) == moment.after(met, days=60)
    assert refused(small, painting(small, delegate(small), motion="again")).endswith("it is moved by board")
    late(small)
    small.do(painting(small, delegate(small), motion="again"))


def test_a_vote_that_is_left_open_for_years_is_one_meeting_and_no_more(small: Small) -> None:
    small.do(painting(small, sitting(small, BOARD)[0]))
    small.wait(3)
    small.do(opening(small, "paint", days=3650))
    late(small)

    small.do(painting(small, delegate(small), motion="again"))


def test_a_motion_that_was_moved_in_time_stays_when_the_body_has_met(small: Small) -> None:
    late(small)
    small.do(painting(small, delegate(small)))
    small.do(painting(small, delegate(small), motion="again"))
    small.wait(3)
    open_(small, "paint")

    assert open_(small, "again").bodies == (BOARD,)


@pytest.mark.parametrize(("by", "mover"), [("members", True), ("electors", False), ("nobody", False)])
def test_who_may_act_is_what_the_article_says(small: Small, by: str, mover: bool) -> None:
    under(small, convened_by=by)
    late(small)
    may = meetings.may_call(
        small.state,
        standing.charter(small.state).matters["resolution-board"],
        by=outsider(small),
        body=BOARD,
        at=small.at,
    )

    assert may == mover
    assert (delegate(small) in meetings.convenors(small.state, BOARD, small.at)) == (by != "nobody")


def test_without_an_interval_nothing_is_ever_overdue(small: Small) -> None:
    under(small, meeting_days=0)
    small.wait(300)

    assert meetings.due(small.state, BOARD) == ""
    assert refused(small, painting(small, delegate(small))).endswith("it is moved by board")


def test_the_remedy_goes_by_the_permissions_as_every_act_does(small: Small) -> None:
    rules = standing.charter(small.state)
    permitted = rules.permissions["motion_moved"]

    def by(*who: str) -> Charter:
        permission = dataclasses.replace(permitted, by=who)
        return dataclasses.replace(rules, permissions={**rules.permissions, "motion_moved": permission})

    late(small)
    small.state.charter = by("tellers")
    assert "may not do motion_moved" in refused(small, painting(small, delegate(small)))
    small.state.charter = by("elector")
    assert "may not do motion_moved" in refused(small, painting(small, outsider(small)))

    small.do(painting(small, delegate(small)))


def test_a_body_of_a_group_is_called_by_the_members_of_that_group(small: Small) -> None:
    miller = sorted(set(sitting(small, "assembly/mill")) - set(sitting(small, MILL)))[0]
    baker = sorted(set(sitting(small, "assembly/bakery")) - set(sitting(small, "assembly/mill")))[0]
    assert meetings.is_overdue(small.state, MILL, small.at)
    plough = acts.MotionMoved(
        at=small.at, by=baker, motion="plough", matter="plain", body=MILL, title="Plough", text=small.blob("x\n")
    )

    assert refused(small, plough).endswith("it is moved by committee")
    assert refused(small, dataclass_with(plough, by=miller, body="committee/farm")).endswith("it is moved by committee")
    small.do(dataclass_with(plough, by=miller))
    assert small.state.motions["plough"].by == miller


def dataclass_with(act: acts.MotionMoved, **changed: object) -> acts.MotionMoved:
    """Return the act with some fields otherwise."""
    fields = {name: getattr(act, name) for name in act.__struct_fields__}
    return acts.MotionMoved(**{**fields, **changed})


def test_the_interval_begins_when_a_body_begins_to_sit() -> None:
    small = founded()
    rules = standing.charter(small.state)
    kinds = {**rules.kinds, "congress": dataclasses.replace(rules.kinds["congress"], meeting_days=365)}
    small.state.charter = dataclasses.replace(rules, kinds=kinds)

    assert meetings.last(small.state, "general-assembly") == small.state.charters[0][1]
    assert meetings.last(small.state, "assembly/mill") == small.state.groups["workplace", "mill"].since == small.at
    assert [meetings.due(small.state, name) for name in (BOARD, "congress", "conciliation")] == ["", "", ""]
    assert meetings.overdue(small.state, moment.after(small.at, days=179)) == ()
    assert {m.body for m in meetings.overdue(small.state, moment.after(small.at, days=180))} == {
        b.id for b in standing.bodies(small.state) if b.kind.form == "all" and b.kind.each
    }


def test_a_joint_body_begins_with_the_first_of_its_houses_and_is_called_by_the_people_of_all(small: Small) -> None:
    rules = standing.charter(small.state)
    joint = dataclasses.replace(rules.kinds["congress"], meeting_days=90, convened_by="electors")
    small.state.charter = dataclasses.replace(rules, kinds={**rules.kinds, "congress": joint})
    houses = [meetings.last(small.state, house) for house in joint.houses]

    assert meetings.last(small.state, "congress") == min(houses)
    assert meetings.convenors(small.state, "congress", small.at) == standing.all_members(small.state)


def test_a_matter_whose_bodies_are_gone_is_called_by_nobody(small: Small) -> None:
    on = standing.charter(small.state).matters["resolution-board"]
    gone = dataclasses.replace(on, decided_by=("presidium",))
    late(small)

    assert not meetings.may_call(small.state, gone, by=delegate(small), body=BOARD, at=small.at)


def test_the_body_that_is_overdue_awaits_those_who_may_move(small: Small) -> None:
    late(small)
    rules = standing.charter(small.state)
    kinds = {
        k.id: k if k.id in (BOARD, "union") else dataclasses.replace(k, meeting_days=0) for k in rules.kinds.values()
    }
    small.state.charter = dataclasses.replace(rules, kinds=kinds)
    person, other = delegate(small), outsider(small)
    union = next(b for b in standing.bodies_of(small.state, person, small.at) if b.startswith("trade-assembly/"))
    union = union.replace("trade-assembly", "union")
    found = [a for a in awaiting.awaits(small.state, person, small.at) if a.task == "meeting"]

    text = f"not met in time: {standing.body(small.state, union).name}, board; you may move something"
    assert [(a.id, a.body, a.text, a.until) for a in found] == [(union, union, text, meetings.due(small.state, union))]
    assert ["board" in a.text for a in awaiting.awaits(small.state, other, small.at) if a.task == "meeting"] == [False]
    small.state.charter = dataclasses.replace(rules, kinds=kinds, matters={})
    assert awaiting.awaits(small.state, person, small.at) == ()


def test_what_was_called_replays_as_it_was(small: Small) -> None:
    late(small)
    small.do(painting(small, delegate(small)))
    again = rulebook.replay(small.done, small.blobs)

    assert again.state.motions == small.state.motions
