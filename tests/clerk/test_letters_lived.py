"""Letters of whole lives of federations: at every act to those alone whom they concern, outcomes to all electors."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import test_charters_lived as lived
from life import Life

from comitia.clerk import calendars, letters
from comitia.federation import moment, standing
from comitia.federation.rulebook import Federation
from comitia.federation.state import State

LIVES = (
    lived.colab, lived.cotech, lived.debian, lived.joint_management_1921, lived.nixos, lived.optimism_two_houses,
    lived.party_statutes_1922,
)  # fmt: skip


def nobody_else_is_written_to(state: State, at: str) -> None:
    """Check every letter that is due at a moment against the votes themselves."""
    found = list(letters.due(state, at, since="", said=str))
    assert len({letter.key for letter in found}) == len(found)
    assert {letter.member for letter in found} <= standing.all_members(state)
    for of in (of for of in state.ballots.values() if of.sealed is None):
        told = [one for one in found if f"/ballot/{of.id}/" in one.key]
        is_open = of.opens_at <= at < of.closes_at
        last_day = moment.parse(of.closes_at) - moment.parse(at) <= timedelta(hours=24)
        still = sorted((of.electorate - set(of.voted)) & standing.all_members(state)) if is_open else []
        assert sorted(one.member for one in told if one.kind == "notice") == still
        assert sorted(one.member for one in told if one.kind == "reminder") == (still if last_day else [])
    for election in state.elections.values():
        told = [one for one in found if one.key.startswith(f"outcome/election/{election.id}/")]
        heard = state.ballots[election.ballot].electorate & standing.all_members(state) if election.verdict else set()
        assert {one.member for one in told} == heard
    for motion in state.motions.values():
        told = [one for one in found if f"/division/{motion.id}/" in one.key]
        if not motion.divisions:
            assert told == []
            continue
        running = motion.divisions[-1]
        spoken = running.votes.keys() | running.positions.keys()
        assert [one for one in told if any(f" as {seat}: " in one.text for seat in spoken)] == []
        assert told == [] or running.opens_at <= at < running.closes_at


@pytest.mark.parametrize("live", LIVES, ids=lambda live: live.__name__)
def test_at_every_act_of_a_life_letters_go_to_those_alone_whom_they_concern(live: Callable[[], Life]) -> None:
    small = live().small
    federation = Federation(small.blobs)
    for act in small.done:
        federation.apply(act)
        state = federation.state
        nobody_else_is_written_to(state, state.moment)
        # Also on the last day of each vote that is open now, as if nothing happened until then.
        for closes in {b.closes_at for b in state.ballots.values() if b.opens_at <= state.moment < b.closes_at}:
            nobody_else_is_written_to(state, moment.format(moment.parse(closes) - timedelta(hours=1)))


@pytest.mark.parametrize("live", LIVES, ids=lambda live: live.__name__)
def test_every_member_and_body_of_a_life_has_a_calendar(live: Callable[[], Life]) -> None:
    state = live().small.state
    found = [calendars.of_member(state, member, state.moment) for member in sorted(state.members)]
    found += [calendars.of_body(state, body.id) for body in standing.bodies(state)]

    for dated in found:
        assert len({one.about for one in dated}) == len(dated)
        assert all(one.begins <= one.ends for one in dated)
        assert calendars.text("Ours", dated, at=state.moment, site="https://ours.example").endswith(
            b"END:VCALENDAR\r\n"
        )
