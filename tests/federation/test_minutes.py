"""Minutes are made from the acts, in their order, and each line names its act."""

from pathlib import Path

import pytest
from deciding import amendment, assembled, close, decide, move, open_, sitting
from small import elect, founded, publish, seated

from comitia.clerk.verification import verify
from comitia.federation import acts, minutes, moment, standing
from comitia.federation.refusal import Refused

FIXTURE = Path(__file__).parents[1] / "fixtures" / "first-season.zip"
ALWAYS = {"since": "0000", "until": "9999"}


def said(at: str) -> str:
    """Return a moment as minutes say it."""
    return at[:16].replace("T", " ")


def test_minutes_of_a_committee_tell_its_motions_amendments_objections_votes_and_outcomes() -> None:
    small = assembled()
    of = move(small, "paint", "plain", "one\ntwo\n", body="committee/mill")
    small.do(amendment(small, "blue", "paint", 1, 1, "uno"))
    small.do(acts.AmendmentAccepted(at=small.at, by=of.by, amendment="blue"))
    holders = sitting(small, "committee/mill")
    assert decide(small, "paint", {"committee/mill": ("for",) * 5}) == "carried"
    report = small.blob("We were not heard.\n")
    small.do(acts.MinorityReportFiled(at=small.at, by=holders[1], motion="paint", text=report))
    review = moment.after(small.at, days=90)
    small.do(
        acts.OutcomeStated(at=small.at, by=of.by, motion="paint", text=small.blob("We paint.\n"), review_at=review)
    )
    move(small, "dropped", "plain", "never\n", body="committee/mill")
    small.do(acts.MotionWithdrawn(at=small.at, by=small.state.motions["dropped"].by, motion="dropped"))

    found = minutes.minutes(small.state, "committee/mill", **ALWAYS)

    told = [line.text for line in found.lines if not line.text.startswith("The election")]
    by = of.by
    assert told[1:] == [
        f"{by} moves paint, “paint” (article 23).",
        f"{by} moves the amendment blue to line 1 of paint; accepted.",
        f"Voting opens on paint, until {said(of.divisions[0].closes_at)}.",
        f"paint {of.divisions[0].verdict.sentence}.",
        f"{holders[1]} attaches a minority report to paint.",
        f"The outcome of paint is stated, to be looked at again on {review[:10]}.",
        f"{by} moves dropped, “dropped” (article 23); withdrawn.",
    ]
    assert [line.act for line in found.lines] == sorted(line.act for line in found.lines)


def test_minutes_tell_elections_recalls_reports_and_who_gives_up_a_seat() -> None:
    small = seated()
    seat = standing.filled(small.state, "committee/mill", small.at)[0]
    small.do(acts.ReportGiven(at=small.at, by=seat.member, seat=seat.seat, text=small.blob("I did.\n")))
    voters = sorted(standing.electors(small.state, "assembly/mill", small.at))
    small.do(acts.RecallPetitioned(at=small.at, by=voters[0], recall="r-1", seat=seat.seat, reason="absent"))
    closes = moment.after(small.at, days=7)
    small.do(acts.RecallOpened(at=small.at, by=voters[0], recall="r-1", closes_at=closes))
    for member in voters:
        small.do(acts.VoteTaken(at=small.at, by=member, ballot="r-1", member=member))
    small.at = closes
    publish(small, "r-1", ['"for"'] * len(voters))
    elsewhere = standing.filled(small.state, "committee/farm", small.at)[0].seat
    farmer = sorted(standing.electors(small.state, "assembly/farm", small.at))[0]
    small.do(acts.RecallPetitioned(at=small.at, by=farmer, recall="r-2", seat=elsewhere, reason="not here"))
    again = standing.filled(small.state, "committee/mill", small.at)[1].seat
    small.do(acts.RecallPetitioned(at=small.at, by=voters[0], recall="r-3", seat=again, reason="late"))
    other = standing.filled(small.state, "committee/mill", small.at)[0]
    small.do(acts.SeatResigned(at=small.at, by=other.member, seat=other.seat))

    recalled = small.state.recalls["r-1"].verdict
    assert recalled is not None

    found = minutes.minutes(small.state, "committee/mill", since=seat.since, until="9999")

    assert [line.text for line in found.lines[1:]] == [
        f"{seat.member} reports for {seat.seat}.",
        f"A petition to recall {seat.member} from {seat.seat}: absent",
        f"{recalled.sentence}.",
        f"A petition to recall {small.state.recalls['r-3'].member} from {again}: late",
        f"{other.member} gives up {other.seat}: resigned.",
    ]
    assert found.lines[0].text.startswith("The election e-")
    assert "; 5 of 5 seats of committee of Mill" in found.lines[0].text


def test_an_objection_stands_in_the_minutes_with_its_reason_and_when_it_was_met() -> None:
    small = assembled()
    of = move(small, "soft", "consent-committee", "soft\n", body="committee/mill")
    small.wait(3)
    open_(small, "soft")
    holders = sitting(small, "committee/mill")
    for number, member in enumerate(holders[:2]):
        small.do(
            acts.ObjectionRaised(at=small.at, by=member, objection=f"o-{number}", motion="soft", reason="too loud")
        )
    small.do(acts.ObjectionWithdrawn(at=small.at, by=holders[0], objection="o-0"))
    close(small, "soft")

    told = [line.text for line in minutes.minutes(small.state, "committee/mill", **ALWAYS).lines]

    met = small.state.objections["o-0"].withdrawn
    assert f"{holders[0]} objects to soft: too loud; withdrawn in act {met}." in told
    assert f"{holders[1]} objects to soft: too loud." in told
    assert of.outcome == "lost"


def test_a_body_without_events_says_so_and_one_that_is_not_there_is_refused() -> None:
    small = seated()

    text = minutes.text(minutes.minutes(small.state, "tellers", **ALWAYS))

    assert text == "Minutes of the bench of tellers (tellers), from 0000 to before 9999\n\nNothing happened.\n"
    with pytest.raises(Refused, match="there is no body 'nobody'"):
        minutes.minutes(small.state, "nobody", **ALWAYS)


def test_a_motion_that_names_no_body_stands_in_nobody_elses_minutes() -> None:
    small = seated()
    elect(small, "tellers", "congress", sorted(standing.all_members(small.state))[-3:])

    text = minutes.text(minutes.minutes(small.state, "tellers", **ALWAYS))

    assert text.count("[act ") == 2


def test_the_first_season_has_minutes_of_its_houses() -> None:
    state = verify(FIXTURE).federation.state

    found = minutes.minutes(state, "unions-house", **ALWAYS)

    assert len(found.lines) > 20
    assert all(0 <= line.act < state.size for line in found.lines)
    assert any("moves plan-1, “Adopt draft-1 as the plan of the spring season” (article 28)" in line.text
               for line in found.lines)  # fmt: skip


def test_minutes_tell_votes_that_are_open_outcomes_without_a_day_and_reports_of_a_current() -> None:
    small = assembled()
    of = move(small, "paint", "plain", "one\n", body="committee/mill")
    holders = sitting(small, "committee/mill")
    members = tuple(sorted(standing.all_members(small.state)))[:3]
    small.do(acts.CurrentFormed(at=small.at, by=members[0], current="green", name="Green", members=members))
    decide(small, "paint", {"committee/mill": ("for",) * 5})
    text = small.blob("We were not heard.\n")
    small.do(acts.MinorityReportFiled(at=small.at, by=members[0], motion="paint", text=text, current="green"))
    small.do(acts.OutcomeStated(at=small.at, by=of.by, motion="paint", text=text, review_at=""))
    move(small, "later", "plain", "two\n", body="committee/mill")
    running = open_(small, "later")
    until = moment.after(small.at, days=7)
    closes = moment.after(until, days=7)
    standing_ = standing.filled(small.state, "committee/mill", small.at)[0]
    small.do(acts.SeatResigned(at=small.at, by=standing_.member, seat=standing_.seat))
    small.do(
        acts.ElectionOpened(
            at=small.at, by=holders[1], body="committee/mill", election="e-new", constituency="assembly/mill",
            vacant_only=True, nominations_until=until, closes_at=closes, lot="0" * 64,
        )
    )  # fmt: skip

    told = [line.text for line in minutes.minutes(small.state, "committee/mill", **ALWAYS).lines]

    assert "the current green attaches a minority report to paint." in told
    assert "The outcome of paint is stated." in told
    assert f"Voting opens on later, until {said(running.closes_at)}." in told
    assert f"Voting opens in the election e-new, until {said(closes)}." in told


def test_a_motion_whose_body_has_gone_stands_in_the_minutes_of_its_own() -> None:
    small = assembled()
    of = move(small, "paint", "plain", "one\n", body="committee/mill")
    small.state.dissolved["committee/mill"] = "by-itself"

    told = [line.text for line in minutes.minutes(small.state, "committee/farm", **ALWAYS).lines]

    assert not any("paint" in line for line in told)
    assert of.body == "committee/mill"


def test_who_was_carried_over_and_who_left_stand_in_the_minutes() -> None:
    small = founded()
    small.do(acts.OfficerCarriedOver(at=small.at, by="m-0001", seat="secretary:1", member="m-0002"))
    small.do(acts.MemberLeft(at=small.at, by="m-0002", member="m-0002"))

    told = [line.text for line in minutes.minutes(small.state, "secretary", **ALWAYS).lines]

    assert told == ["m-0002 holds secretary:1: carried over.", "m-0002 gives up secretary:1: left."]


def test_minutes_are_checked_line_by_line_against_the_acts() -> None:
    small = seated()
    found = minutes.minutes(small.state, "committee/mill", since="2026-01-01T00:00:00Z", until="2027-01-01T00:00:00Z")
    said = minutes.text(found)

    assert minutes.check(small.state, said) == found
    line = next(n for n, one in enumerate(said.splitlines(), start=1) if "elected: " in one)
    false = said.replace("elected: m-0003", "elected: m-0001")
    with pytest.raises(
        minutes.NotSo, match=f"line {line} of the minutes says “.*elected: m-0001.*”; the acts say"
    ) as no:
        minutes.check(small.state, false)
    assert (no.value.line, "elected: m-0003" in no.value.acts) == (line, True)
    with pytest.raises(minutes.NotSo, match="the acts say “”"):
        minutes.check(small.state, said.rstrip() + "\n2026-05-01 08:00  The board is thanked. [act 3]\n")
    with pytest.raises(minutes.NotSo, match="says “”; the acts say “2026"):
        minutes.check(small.state, "\n".join(said.rstrip().splitlines()[:-1]))


@pytest.mark.parametrize(
    ("head", "acts"),
    [
        ("", "Minutes of the NAME"),
        ("Notes of a meeting", "Minutes of the NAME"),
        ("Minutes of the bakers (union/nobody), from 2026-01-01 to before 2027-01-01", "there is no body union/nobody"),
    ],
)
def test_minutes_of_nobody_are_no_minutes(head: str, acts: str) -> None:
    with pytest.raises(minutes.NotSo, match=acts):
        minutes.check(seated().state, head)
