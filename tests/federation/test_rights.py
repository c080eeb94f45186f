from small import Small, founded, publish, refused

from comitia.federation import acts, awaiting, moment, standing


def test_two_committees_merge_when_each_assembly_has_decided_it_for_itself(small: Small) -> None:
    mover = sorted(standing.sitting(small.state, "assembly/mill", small.at))[0]
    text = small.blob("The mill goes up into the bakery.\n")
    small.do(
        acts.MotionMoved(
            at=small.at,
            by=mover,
            body="assembly/mill",
            motion="merge",
            matter="merger",
            title="Merge",
            text=text,
            subject="assembly/mill assembly/bakery",
        )
    )
    small.wait(14)
    closes = moment.after(small.at, days=7)
    small.do(acts.DivisionOpened(at=small.at, by=mover, motion="merge", closes_at=closes))
    running = small.state.motions["merge"].divisions[0]
    for ballot in running.ballots.values():
        for member in sorted(small.state.ballots[ballot].electorate):
            small.do(acts.VoteTaken(at=small.at, by=member, ballot=ballot, member=member))
    small.at = closes
    for ballot in running.ballots.values():
        publish(small, ballot, ['"for"'] * len(small.state.ballots[ballot].electorate))
    small.do(acts.DivisionClosed(at=small.at, by="clerk", motion="merge"))
    secretary = standing.filled(small.state, "secretary", small.at)[0].member
    merge = acts.BodyMerged(
        at=small.at,
        by=secretary,
        body="secretary",
        bodies=("committee/mill", "committee/bakery"),
        into="committee/bakery",
        decisions=("merge",),
    )
    small.do(merge)

    assert standing.find_body(small.state, "committee/mill") is None
    assert len(standing.filled(small.state, "committee/bakery", small.at)) == 5


def test_an_appointment_from_above_is_refused_by_the_entrenched_article(small: Small) -> None:
    board = standing.filled(small.state, "board", small.at)[0].member
    act = acts.SeatAppointed(at=small.at, by=board, body="board", seat="secretary:1", member=board)

    assert "article 38" in refused(small, act)


def test_a_charter_change_that_touches_an_entrenched_table_needs_the_stricter_way(small: Small) -> None:
    text = small.blobs[small.state.charter_hash].decode()
    harder = text.replace('petition = "1/10"', 'petition = "1/1"')
    assert harder != text
    mover = standing.filled(small.state, "committees-house", small.at)[0].member
    act = acts.MotionMoved(
        at=small.at,
        by=mover,
        body="committees-house",
        motion="c",
        matter="charter",
        title="Harder recall",
        text=small.blob("Recall is petitioned for by all.\n"),
        figures=small.blob(harder),
    )

    assert "entrenched" in refused(small, act)


def test_an_unanswered_inspection_awaits_the_body_and_is_answered_by_it_alone(small: Small) -> None:
    small.do(
        acts.InspectionDemanded(
            at=small.at, by="m-0001", inspection="i", subject="committee/mill", question="Where did the flour go?"
        )
    )
    miller = standing.filled(small.state, "committee/mill", small.at)[0].member
    stranger = standing.filled(small.state, "committee/bakery", small.at)[0].member
    answer = small.blob("To the bakery.\n")
    wrong = acts.InspectionAnswered(at=small.at, by=stranger, body="committee/mill", inspection="i", answer=answer)

    assert [a.task for a in awaiting.awaits(small.state, miller, small.at)] == ["inspection"]
    assert "does not sit in committee/mill" in refused(small, wrong)
    small.do(acts.InspectionAnswered(at=small.at, by=miller, body="committee/mill", inspection="i", answer=answer))
    assert small.state.inspections["i"].answered == small.at
    assert awaiting.awaits(small.state, miller, small.at) == ()


def test_a_report_stands_with_the_term_it_reports_on(small: Small) -> None:
    term = standing.filled(small.state, "committees-house", small.at)[0]
    text = small.blob("I voted as instructed.\n")
    small.do(acts.ReportGiven(at=small.at, by=term.member, body="committees-house", seat=term.seat, text=text))

    assert standing.term(small.state, term.seat, small.at) is term
    assert [at for at, _ in term.reports] == [small.at]


def test_a_correction_leaves_the_act_and_stands_beside_it(small: Small) -> None:
    secretary = standing.filled(small.state, "secretary", small.at)[0].member
    size = small.state.size
    small.do(acts.CorrectionMade(at=small.at, by=secretary, body="secretary", corrects=3, reason="misspelt"))

    assert small.state.corrections == {3: [(size, "misspelt")]}
    later = acts.CorrectionMade(at=small.at, by=secretary, body="secretary", corrects=9999, reason="x")
    assert "no act 9999" in refused(small, later)


def test_a_member_who_leaves_gives_up_her_seats(small: Small) -> None:
    term = standing.filled(small.state, "committee/mill", small.at)[0]
    small.do(acts.MemberLeft(at=small.at, by=term.member, member=term.member))

    assert standing.term(small.state, term.seat, small.at) is None
    assert term.member not in standing.all_members(small.state)
    act = acts.CurrentFormed(at=small.at, by=term.member, current="c", name="C", members=(term.member,))
    assert "is not a member" in refused(small, act)


def test_nobody_ends_another_members_membership(small: Small) -> None:
    assert refused(small, acts.MemberLeft(at=small.at, by="m-0002", member="m-0001")).startswith("refused")


def test_an_officer_carried_over_lapses_when_the_charters_days_are_over() -> None:
    small = founded()
    small.do(acts.OfficerCarriedOver(at=small.at, by="m-0001", seat="secretary:1", member="m-0002"))
    assert small.state.charter is not None
    days = small.state.charter.procedures.carried_over_days

    assert standing.term(small.state, "secretary:1", moment.after(small.at, days=days - 1)) is not None
    assert standing.term(small.state, "secretary:1", moment.after(small.at, days=days)) is None


def test_officers_are_not_carried_over_after_the_first_election(small: Small) -> None:
    act = acts.OfficerCarriedOver(at=small.at, by="m-0001", seat="tellers:1", member="m-0002")

    assert "at the founding only" in refused(small, act)


def test_a_federation_is_founded_once(small: Small) -> None:
    first = small.done[0]
    assert isinstance(first, acts.FederationFounded)
    again = acts.FederationFounded(
        at=small.at, by=first.by, name="X", zone="UTC", charter=first.charter, vkey="x", founders=first.founders
    )

    assert "founded once" in refused(small, again)


def test_a_paper_vote_is_entered_by_two_tellers_who_are_not_the_voter() -> None:
    small = founded()
    nominations = moment.after(small.at, days=7)
    small.do(
        acts.ElectionOpened(
            at=small.at,
            by="m-0003",
            body="committee/mill",
            election="e",
            constituency="assembly/mill",
            vacant_only=False,
            nominations_until=nominations,
            closes_at=moment.after(nominations, days=7),
            lot="0" * 64,
        )
    )
    small.do(acts.CandidateNominated(at=small.at, by="m-0003", election="e", candidate="m-0003"))
    small.at = nominations
    for tellers in (("m-0006",), ("m-0006", "m-0012"), ("m-0006", "m-0001")):
        wrong = acts.VoteTaken(at=small.at, by="m-0006", ballot="e", member="m-0012", channel="paper", tellers=tellers)
        assert "two tellers" in refused(small, wrong)
    small.do(
        acts.VoteTaken(
            at=small.at, by="m-0006", ballot="e", member="m-0012", channel="paper", tellers=("m-0006", "m-0009")
        )
    )

    assert (small.state.ballots["e"].paper, set(small.state.ballots["e"].voted)) == (1, {"m-0012"})


def test_a_division_awaits_delegates_until_they_have_voted(small: Small) -> None:
    mover = standing.filled(small.state, "committees-house", small.at)[0]
    text = small.blob("Two hours a head.\n")
    small.do(
        acts.MotionMoved(
            at=small.at,
            by=mover.member,
            body="committees-house",
            motion="levy",
            matter="levies",
            title="Levy",
            text=text,
        )
    )
    small.wait(7)
    closes = moment.after(small.at, days=5)
    small.do(acts.DivisionOpened(at=small.at, by=mover.member, motion="levy", closes_at=closes))
    assert [a.until for a in awaiting.awaits(small.state, mover.member, small.at)] == [closes]
    vote = acts.VoteCast(
        at=small.at, by=mover.member, body="committees-house", motion="levy", seat=mover.seat, choice="for"
    )
    small.do(vote)

    assert awaiting.awaits(small.state, mover.member, small.at) == ()
    other = standing.filled(small.state, "unions-house", small.at)[0]
    stolen = acts.VoteCast(
        at=small.at, by=mover.member, body="unions-house", motion="levy", seat=other.seat, choice="for"
    )
    assert "may not do vote_cast" in refused(small, stolen) or "does not hold the seat" in refused(small, stolen)
