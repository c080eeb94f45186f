import pytest
from small import CHARTER, Small, elect, facts, founded, publish, refusal, refused

from comitia.federation import acts, moment, standing
from comitia.federation.refusal import Refused
from comitia.federation.rulebook import replay


def test_a_replay_of_the_acts_gives_the_same_state(small: Small) -> None:
    again = replay([acts.decode(acts.encode(act)) for act in small.done], small.blobs)

    assert facts(again.state) == facts(small.state)


def test_every_committee_has_the_five_members_that_its_assembly_elected(small: Small) -> None:
    found = {
        b.id: len(standing.filled(small.state, b.id, small.at))
        for b in standing.bodies(small.state)
        if b.kind.id == "committee"
    }

    assert found == {"committee/bakery": 5, "committee/farm": 5, "committee/mill": 5}


def test_terms_lapse_by_the_moment_asked(small: Small) -> None:
    term = standing.filled(small.state, "committee/mill", small.at)[0]

    assert standing.term(small.state, term.seat, term.until) is None
    assert standing.sitting(small.state, "committee/mill", moment.after(small.at, days=366)) == frozenset()


def test_an_act_dated_before_the_last_one_is_refused(small: Small) -> None:
    act = acts.CurrentFormed(at="2026-01-01T00:00:00Z", by="m-0001", current="left", name="Left", members=("m-0001",))

    assert refusal(small, act).article == "record"


def test_nobody_may_assign_a_named_person_to_work(small: Small) -> None:
    board = standing.filled(small.state, "board", small.at)[0].member
    act = acts.WorkAssigned(at=small.at, by=board, body="board", member="m-0002", workplace="mill", task="nights")

    assert refusal(small, act).article == "37"


def test_nobody_may_forbid_a_current(small: Small) -> None:
    small.do(
        acts.CurrentFormed(
            at=small.at, by="m-0001", current="opposition", name="Opposition", members=("m-0001", "m-0002", "m-0004")
        )
    )
    board = standing.filled(small.state, "board", small.at)[0].member

    assert (
        refusal(small, acts.CurrentForbidden(at=small.at, by=board, body="board", current="opposition")).article == "36"
    )


def test_a_committee_is_not_merged_from_above(small: Small) -> None:
    secretary = standing.filled(small.state, "secretary", small.at)[0].member
    act = acts.BodyMerged(
        at=small.at, by=secretary, body="secretary", bodies=("committee/mill",), into="committee/bakery", decisions=()
    )

    found = refusal(small, act)
    assert (found.article, "own consent" in found.reason) == ("40", True)


def test_a_vote_after_the_close_is_refused_with_the_article() -> None:
    small = founded()
    election = elect(small, "committee/mill", "assembly/mill", ["m-0003", "m-0006"])
    act = acts.VoteTaken(at=small.at, by="m-0003", ballot=election, member="m-0003")

    assert refusal(small, act).article == "6"


def test_a_choice_published_without_a_voter_is_refused() -> None:
    small = founded()
    with pytest.raises(Refused, match="8 members voted, but 9 choices"):
        _elect_with_choices(small, extra=1)


def _elect_with_choices(small: Small, extra: int) -> None:
    election = acts.ElectionOpened(
        at=small.at,
        by="m-0003",
        body="committee/mill",
        election="e",
        constituency="assembly/mill",
        vacant_only=False,
        nominations_until=moment.after(small.at, days=7),
        closes_at=moment.after(small.at, days=14),
        lot="0" * 64,
    )
    small.do(election)
    small.state.ballots["e"].lot = ""
    small.do(acts.CandidateNominated(at=small.at, by="m-0003", election="e", candidate="m-0003"))
    small.at = election.nominations_until
    electorate = sorted(small.state.ballots["e"].electorate)
    for member in electorate:
        small.do(acts.VoteTaken(at=small.at, by=member, ballot="e", member=member))
    small.at = election.closes_at
    publish(small, "e", ['["m-0003"]'] * (len(electorate) + extra))


def test_only_the_seats_own_electors_petition_for_its_recall(small: Small) -> None:
    seat = next(s for s in standing.seats(small.state, "committees-house") if s.constituency == "assembly/mill")
    outsider = sorted(standing.all_members(small.state) - standing.electors(small.state, seat.constituency, small.at))[
        0
    ]
    act = acts.RecallPetitioned(at=small.at, by=outsider, recall="r", seat=seat.id, reason="we are more")

    assert refusal(small, act).article == "19"


def test_a_recalled_delegate_leaves_the_seat_vacant(small: Small) -> None:
    seat = next(s for s in standing.seats(small.state, "committees-house") if s.constituency == "assembly/mill")
    electorate = sorted(standing.electors(small.state, seat.constituency, small.at))
    small.do(acts.RecallPetitioned(at=small.at, by=electorate[0], recall="r", seat=seat.id, reason="no report"))
    closes = moment.after(small.at, days=7)
    small.do(acts.RecallOpened(at=small.at, by=electorate[0], recall="r", closes_at=closes))
    for member in electorate:
        small.do(acts.VoteTaken(at=small.at, by=member, ballot="r", member=member))
    small.at = closes
    publish(small, "r", ['"for"'] * 5 + ['"against"'] * 3)

    assert standing.term(small.state, seat.id, small.at) is None
    assert small.state.recalls["r"].outcome == "carried"


def test_an_equal_vote_does_not_recall_under_the_default_charter(small: Small) -> None:
    seat = next(s for s in standing.seats(small.state, "committees-house") if s.constituency == "assembly/mill")
    electorate = sorted(standing.electors(small.state, seat.constituency, small.at))
    small.do(acts.RecallPetitioned(at=small.at, by=electorate[0], recall="r", seat=seat.id, reason="no report"))
    closes = moment.after(small.at, days=7)
    small.do(acts.RecallOpened(at=small.at, by=electorate[0], recall="r", closes_at=closes))
    for member in electorate:
        small.do(acts.VoteTaken(at=small.at, by=member, ballot="r", member=member))
    small.at = closes
    publish(small, "r", ['"for"'] * 4 + ['"against"'] * 4)

    assert small.state.recalls["r"].outcome == "lost"
    assert standing.term(small.state, seat.id, small.at) is not None


def test_a_number_is_declared_by_its_owner_only(small: Small) -> None:
    board = standing.filled(small.state, "board", small.at)[0].member
    small.do(
        acts.SeasonOpened(
            at=small.at,
            by=board,
            body="board",
            season="s",
            name="S",
            declarations_until=moment.after(small.at, days=30),
            ends_at=moment.after(small.at, days=120),
        )
    )
    miller = standing.filled(small.state, "committee/mill", small.at)[0].member
    rows = (("bakers", "", "100", "0"),)
    act = acts.FiguresDeclared(at=small.at, by=miller, body="committee/mill", season="s", file="hours", rows=rows)
    assert refusal(small, act).article == "25"

    baker = standing.filled(small.state, "union/bakers", small.at)[0].member
    small.do(acts.FiguresDeclared(at=small.at, by=baker, body="union/bakers", season="s", file="hours", rows=rows))
    assert small.state.seasons["s"].figures["hours"][("bakers", "")].body == "union/bakers"
    other = acts.FiguresDeclared(
        at=small.at, by=baker, body="union/bakers", season="s", file="hours", rows=(("growers", "", "9", "0"),)
    )
    assert "not its own" in refusal(small, other).reason


def test_both_houses_must_carry_a_joint_decision(small: Small) -> None:
    at, motion = small.at, "levy"
    mover = standing.filled(small.state, "committees-house", at)[0].member
    text = small.blob("A levy of two hours a head.\n")
    small.do(
        acts.MotionMoved(
            at=at, by=mover, body="committees-house", motion=motion, matter="levies", title="Levy", text=text
        )
    )
    small.wait(7)
    closes = moment.after(small.at, days=5)
    early = acts.DivisionClosed(at=small.at, by="clerk", motion=motion)
    small.do(acts.DivisionOpened(at=small.at, by=mover, motion=motion, closes_at=closes))
    for house, choice in (("committees-house", "for"), ("unions-house", "against")):
        for term in standing.filled(small.state, house, small.at):
            small.do(
                acts.VoteCast(at=small.at, by=term.member, body=house, motion=motion, seat=term.seat, choice=choice)
            )
    assert "open until" in refusal(small, early).reason
    small.at = closes
    small.do(acts.DivisionClosed(at=small.at, by="clerk", motion=motion))

    assert small.state.motions[motion].outcome == "deadlock"
    # The first way out that the charter names: both vote again, three days later.
    small.wait(3)
    closes = moment.after(small.at, days=5)
    small.do(acts.DivisionOpened(at=small.at, by=mover, motion=motion, closes_at=closes, stage="exit"))
    for term in standing.filled(small.state, "committees-house", small.at):
        seat, body = term.seat, "committees-house"
        small.do(acts.VoteCast(at=small.at, by=term.member, body=body, motion=motion, seat=seat, choice="for"))
    small.at = closes
    small.do(acts.DivisionClosed(at=small.at, by="clerk", motion=motion))
    assert small.state.motions[motion].outcome == "deadlock"
    # The last: the houses sitting together, by more than two thirds.
    closes = moment.after(small.at, days=5)
    small.do(acts.DivisionOpened(at=small.at, by=mover, motion=motion, closes_at=closes, stage="exit"))
    for term in standing.filled(small.state, "congress", small.at):
        small.do(
            acts.VoteCast(at=small.at, by=term.member, body="congress", motion=motion, seat=term.seat, choice="for")
        )
    small.at = closes
    small.do(acts.DivisionClosed(at=small.at, by="clerk", motion=motion))
    assert small.state.motions[motion].outcome == "carried"


def test_an_amendment_is_voted_before_the_motion_and_changes_its_lines(small: Small) -> None:
    mover = standing.filled(small.state, "committees-house", small.at)[0].member
    text = small.blob("A levy of two hours a head.\nIt is paid in May.\n")
    small.do(
        acts.MotionMoved(
            at=small.at, by=mover, body="committees-house", motion="levy", matter="levies", title="Levy", text=text
        )
    )
    small.do(
        acts.AmendmentMoved(
            at=small.at,
            by=mover,
            body="committees-house",
            amendment="june",
            motion="levy",
            first=2,
            last=2,
            lines=("It is paid in June.",),
        )
    )
    small.wait(7)
    closes = moment.after(small.at, days=5)
    opened = acts.DivisionOpened(at=small.at, by=mover, motion="levy", closes_at=closes)
    assert "amendments come first" in refusal(small, opened).reason
    small.do(acts.DivisionOpened(at=small.at, by=mover, motion="june", closes_at=closes))
    for house in ("committees-house", "unions-house"):
        for term in standing.filled(small.state, house, small.at):
            small.do(
                acts.VoteCast(at=small.at, by=term.member, body=house, motion="june", seat=term.seat, choice="for")
            )
    small.at = closes
    small.do(acts.DivisionClosed(at=small.at, by="clerk", motion="june"))

    assert small.state.motions["levy"].lines == ("A levy of two hours a head.", "It is paid in June.")


def test_a_member_with_a_key_signs_and_the_server_cannot_act_for_her(small: Small) -> None:
    from comitia.record import act_signature

    seed = b"k" * 32
    key = act_signature.public_key(seed)
    small.do(acts.KeyRegistered(at=small.at, by="m-0001", public_key=key))
    three = ("m-0001", "m-0002", "m-0003")
    act = acts.CurrentFormed(at=small.at, by="m-0001", current="left", name="Left", members=three)
    assert "registered a key" in refusal(small, act).reason
    signature = act_signature.sign(acts.encode(act), seed)
    signed = acts.CurrentFormed(
        at=small.at,
        by="m-0001",
        current="left",
        name="Left",
        members=("m-0001", "m-0002", "m-0003"),
        sigs=(acts.Signature(kind="ed25519", key=key, sig=signature),),
    )
    forged = acts.CurrentFormed(
        at=small.at,
        by="m-0001",
        current="right",
        name="Right",
        members=("m-0001", "m-0002", "m-0003"),
        sigs=(acts.Signature(kind="ed25519", key=key, sig=signature),),
    )
    assert "does not fit" in refusal(small, forged).reason
    small.do(signed)
    assert list(small.state.currents) == ["left"]


def test_a_record_with_an_act_that_does_not_hold_says_which_act_it_is(small: Small) -> None:
    wrong = acts.SeatResigned(at=small.at, by="m-0001", seat="board:1")

    with pytest.raises(Refused) as caught:
        replay([*small.done, wrong], small.blobs)

    assert caught.value.facts["act"] == len(small.done)


def test_a_charter_that_permits_command_over_labour_finds_no_rule_that_carries_it_out() -> None:
    small = Small()
    text = CHARTER.replace(
        '[never.labour-command]\nacts = ["work_assigned"]\narticle = "37"',
        '[[permission]]\nacts = ["work_assigned"]\nby = ["member"]\narticle = "37"',
    )
    assert text != CHARTER
    founders = ("m-0001", "m-0002", "m-0003")
    small.do(
        acts.FederationFounded(
            at=small.at, by="m-0001", name="N", zone="UTC", charter=small.blob(text), vkey="", founders=founders
        )
    )
    small.do(acts.GroupRegistered(at=small.at, by="m-0001", roll="workplace", group="mill", name="Mill"))
    small.do(acts.GroupRegistered(at=small.at, by="m-0001", roll="trade", group="bakers", name="Bakers"))
    small.do(acts.GroupRegistered(at=small.at, by="m-0001", roll="locality", group="hill", name="Hill"))
    placed = {"workplace": "mill", "trade": "bakers", "locality": "hill"}
    small.do(acts.MemberJoined(at=small.at, by="m-0001", member="m-0001", commitment="0" * 64, groups=placed))
    act = acts.WorkAssigned(at=small.at, by="m-0001", member="m-0001", workplace="mill", task="nights")

    assert "no rule of this version carries out work_assigned" in refused(small, act)
