"""Who gets which letter when: those whom something awaits, reminders for those who have not voted, outcomes."""

from datetime import timedelta
from functools import cache

import pytest
import sealed
from small import CHARTER, Small, publish

from comitia.clerk import letters
from comitia.clerk.letters import Letter
from comitia.federation import acts, moment


@cache
def _running() -> Small:
    small = sealed.recalled(CHARTER)
    for member in sorted(small.state.ballots["r"].electorate)[:3]:
        small.do(acts.VoteTaken(at=small.at, by=member, ballot="r", member=member))
    return small


def due(at: str, *, since: str = "2999-01-01T00:00:00Z", small: Small | None = None) -> list[Letter]:
    return list(letters.due((small or _running()).state, at, since=since, said=str.upper))


def to(found: list[Letter], kind: str, about: str) -> list[str]:
    return [letter.member for letter in found if letter.kind == kind and f"/{about}/" in letter.key]


def test_a_notice_goes_to_each_whom_a_ballot_awaits_and_to_nobody_else() -> None:
    small = _running()
    electors = sorted(small.state.ballots["r"].electorate)
    found = due(small.at)

    assert to(found, "notice", "ballot/r") == electors[3:]
    assert to(found, "reminder", "ballot/r") == []
    letter = next(one for one in found if "/ballot/r/" in one.key)
    closes = moment.parse(small.state.ballots["r"].closes_at)
    assert letter == Letter(
        key=f"notice/ballot/r/committee/mill/{electors[3]}",
        member=electors[3],
        body="committee/mill",
        kind="notice",
        subject="Vote on the recall from committee/mill:1",
        text="Vote on the recall from committee/mill:1.\n\n"
        f"Until {closes:%A} {closes.day} {closes:%B %Y, %H:%M} (UTC).",
        path="/ballots/r/",
    )


def test_a_day_before_the_close_those_are_reminded_who_have_not_voted() -> None:
    small = _running()
    electors = sorted(small.state.ballots["r"].electorate)
    closes = small.state.ballots["r"].closes_at
    early, late = moment.format(moment.parse(closes) - letters.REMINDED), closes
    just_before = moment.format(moment.parse(early) - timedelta(seconds=1))

    assert to(due(just_before), "reminder", "ballot/r") == []
    assert to(due(early), "reminder", "ballot/r") == electors[3:]
    assert to(due(late), "reminder", "ballot/r") == []


def test_an_outcome_is_told_to_every_elector_with_its_sum_and_says_of_nobody_how_she_voted() -> None:
    small = sealed.recall(CHARTER).small
    of = small.state.ballots["r"]
    electors = sorted(of.electorate)
    for member in electors[:5]:
        small.do(acts.VoteTaken(at=small.at, by=member, ballot="r", member=member))
    small.at = of.closes_at
    publish(small, "r", ['"for"'] * 4 + ['"against"'])
    found = due(small.at, since=of.closes_at, small=small)

    assert to(found, "outcome", "recall/r") == electors
    told = {letter.text for letter in found if letter.kind == "outcome"}
    assert len(told) == 1
    assert "4 FOR THE RECALL, 1 FOR HER TO STAY" in told.pop()
    assert due(small.at, since="2999-01-01T00:00:00Z", small=small) == [one for one in found if one.kind != "outcome"]


@pytest.mark.parametrize("kind", ["notice", "outcome"])
def test_each_letter_has_a_key_of_its_own_and_asking_again_gives_the_same(kind: str) -> None:
    small = _running()
    found = due(small.at, since="2026-01-01T00:00:00Z")
    keys = [letter.key for letter in found]

    assert len(set(keys)) == len(keys)
    assert due(small.at, since="2026-01-01T00:00:00Z") == found
    assert any(letter.kind == kind for letter in found)
    assert all(len(letter.subject) <= 90 and "\n" not in letter.subject for letter in found)
