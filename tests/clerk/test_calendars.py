"""Calendars as other programs read them: what awaits a member, a body's dates, the same event under the same UID."""

from functools import cache

import sealed
from hypothesis import given, strategies as st
from icalendar import Calendar
from small import CHARTER, Small

from comitia.clerk import calendars
from comitia.federation import acts, moment


@cache
def _running() -> Small:
    return sealed.recalled(CHARTER)


def events(body: bytes) -> dict[str, tuple[str, str, str]]:
    """Return the events of a file by UID: summary, begin, end."""
    read = Calendar.from_ical(body.decode())
    return {
        str(each["uid"]): (
            str(each["summary"]),
            moment.format(each.decoded("dtstart")),
            moment.format(each.decoded("dtend")) if "dtend" in each else "",
        )
        for each in read.walk("VEVENT")
    }  # fmt: skip


def file_of(found: list[calendars.Dated], at: str) -> bytes:
    return calendars.text("Ours", found, at=at, site="https://ours.example")


def test_what_awaits_a_member_stands_at_its_deadline_and_goes_when_she_has_done_it() -> None:
    small = _running()
    voter = min(small.state.ballots["r"].electorate)
    closes = small.state.ballots["r"].closes_at
    before = events(file_of(calendars.of_member(small.state, voter, small.at), small.at))
    asked = [uid for uid, (text, *_) in before.items() if text == "Until now: vote on the recall from committee/mill:1"]
    assert [before[uid][1:] for uid in asked] == [(closes, "")]
    later = moment.after(small.at, days=1)
    again = events(file_of(calendars.of_member(small.state, voter, later), later))
    assert asked[0] in again

    small.do(acts.VoteTaken(at=small.at, by=voter, ballot="r", member=voter))
    after = events(file_of(calendars.of_member(small.state, voter, small.at), small.at))
    assert before.keys() - after.keys() == set(asked)


def test_the_dates_of_a_body_are_its_votes_and_the_ends_of_its_terms() -> None:
    small = _running()
    of = small.state.ballots["r"]
    found = set(events(file_of(calendars.of_body(small.state, "committee/mill"), small.at)).values())

    assert ("Vote in secret: recall r", of.opens_at, of.closes_at) in found
    assert sum(text.startswith("Term ends: committee/mill:") for text, *_ in found) == 5


def test_a_calendar_is_a_file_that_other_programs_read() -> None:
    small = _running()
    body = file_of(calendars.of_body(small.state, "committee/mill"), small.at)

    assert body.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Comitia//EN\r\n")
    assert body.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    assert b"URL:https://ours.example/ballots/r/" in body


def test_a_calendar_in_which_there_is_nothing_is_one_all_the_same() -> None:
    read = Calendar.from_ical(file_of([], "2026-08-17T09:00:00Z").decode())

    assert (str(read["name"]), [each.name for each in read.subcomponents]) == ("Ours", ["VTIMEZONE"])


DATED = st.builds(
    calendars.Dated,
    about=st.text(min_size=1),
    text=st.text(alphabet=st.characters(exclude_categories=["Cs"])),
    begins=st.just("2026-08-17T09:00:00Z"),
    ends=st.sampled_from(["2026-08-17T09:00:00Z", "2026-08-24T09:00:00Z"]),
    path=st.text(alphabet=st.characters(exclude_categories=["Cs"])).map(lambda text: f"/{text}"),
)


@given(st.lists(DATED, max_size=5, unique_by=lambda one: one.about))
def test_whatever_stands_in_an_entry_the_file_keeps_to_rfc_5545(found: list[calendars.Dated]) -> None:
    body = file_of(found, "2026-08-17T09:00:00Z")
    lines = body.split(b"\r\n")
    read = Calendar.from_ical(body.decode())

    # Section 3.1: lines end in CRLF and have at most 75 octets; no control characters but the tabulator.
    assert all(len(line) <= 75 for line in lines)
    assert not any((c < 32 and c != 9) or c == 127 for line in lines for c in line)
    # Section 3.6.1: each event has one UID, DTSTAMP and DTSTART; section 3.8.2.2: what ends does so later.
    events = read.walk("VEVENT")
    assert len({str(each["uid"]) for each in events}) == len(events) == len(found)
    assert all({"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= each.keys() for each in events)
    assert all("DTEND" not in each or each.decoded("dtend") > each.decoded("dtstart") for each in events)
    assert sorted(str(each["summary"]) for each in events) == sorted(
        " ".join("".join(c if c.isprintable() else " " for c in one.text).split()) for one in found
    )
