from deciding import move as moved
from people import CHARTER, begun, carried, elected
from small import Small, founded, publish, refusal, refused

from comitia.federation import acts, awaiting, moment, rights, standing


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
    paint, other = (
        moved(small, name, "resolution-committee", "Paint.\n", body=f"committee/{name}", affects=(f"workplace/{name}",))
        for name in ("mill", "bakery")
    )
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
    # What waited for the committee that is gone ends; what the other one has before it goes on.
    assert (paint.outcome, other.outcome) == ("inadmissible", "")


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

    assert [a.task for a in awaiting.awaits(small.state, miller, small.at) if a.task != "meeting"] == ["inspection"]
    assert "does not sit in committee/mill" in refused(small, wrong)
    small.do(acts.InspectionAnswered(at=small.at, by=miller, body="committee/mill", inspection="i", answer=answer))
    assert small.state.inspections["i"].answered == small.at
    assert [a for a in awaiting.awaits(small.state, miller, small.at) if a.task != "meeting"] == []


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
    assert [a.until for a in awaiting.awaits(small.state, mover.member, small.at) if a.task == "division"] == [closes]
    vote = acts.VoteCast(
        at=small.at, by=mover.member, body="committees-house", motion="levy", seat=mover.seat, choice="for"
    )
    small.do(vote)

    assert [a for a in awaiting.awaits(small.state, mover.member, small.at) if a.task != "meeting"] == []
    other = standing.filled(small.state, "unions-house", small.at)[0]
    stolen = acts.VoteCast(
        at=small.at, by=mover.member, body="unions-house", motion="levy", seat=other.seat, choice="for"
    )
    assert "may not do vote_cast" in refused(small, stolen) or "does not hold the seat" in refused(small, stolen)


def dissolved(small: Small, body: str, decision: str, *, by: str = "m-0005") -> acts.BodyDissolved:
    return acts.BodyDissolved(at=small.at, by=by, dissolves=body, decision=decision)


def test_a_body_is_dissolved_by_its_own_base_and_by_nobody_above() -> None:
    small = begun()
    elected(small, "committee/farm", "assembly/farm", ["m-0005", "m-0006"])
    carried(small, "above", "dissolution", "everybody", subject="committee/farm")
    carried(small, "others", "dissolution", "assembly/mill", subject="committee/farm")
    carried(small, "else", "dissolution", "assembly/farm", subject="committee/mill")
    for decision in ("above", "others", "else"):
        found = refusal(small, dissolved(small, "committee/farm", decision))
        assert (found.article, "dissolved by its own base alone" in found.reason) == ("9", True)
    assert refusal(small, dissolved(small, "committee/farm", "else", by="m-0001")).article == "9"
    assert "there is no motion" in refused(small, dissolved(small, "committee/farm", "none"))

    carried(small, "own", "dissolution", "assembly/farm", subject="committee/farm")
    small.do(dissolved(small, "committee/farm", "own"))
    assert standing.find_body(small.state, "committee/farm") is None
    assert small.state.dissolved == {"committee/farm": "own"}
    assert [t.ended_by for ts in small.state.terms.values() for t in ts] == ["dissolved", "dissolved"]
    assert "there is no body" in refused(small, dissolved(small, "committee/farm", "own"))


def test_a_decision_to_merge_with_one_body_is_no_consent_to_be_merged_into_another() -> None:
    small = begun()
    elected(small, "committee/mill", "assembly/mill", ["m-0008"])
    carried_merger(small, "merge", ("assembly/bakery", "assembly/farm"))

    def merge(*bodies: str, into: str) -> acts.BodyMerged:
        return acts.BodyMerged(
            at=small.at, by="m-0008", body="committee/mill", bodies=bodies, into=into, decisions=("merge",)
        )

    for act in (
        merge("committee/bakery", into="committee/mill"),
        merge("committee/bakery", "committee/farm", into="committee/mill"),
        merge("committee/mill", "committee/farm", into="committee/bakery"),
    ):
        assert "without its own consent" in refused(small, act)
    small.do(merge("committee/bakery", "committee/farm", into="committee/farm"))
    assert small.state.merged == {"committee/bakery": "committee/farm"}


def carried_merger(small: Small, motion: str, bodies: tuple[str, ...]) -> None:
    mover = min(standing.sitting(small.state, bodies[0], small.at))
    text = small.blob("We merge.\n")
    small.do(
        acts.MotionMoved(
            at=small.at,
            by=mover,
            body=bodies[0],
            motion=motion,
            matter="merger",
            title="Merge",
            text=text,
            subject=" ".join(bodies),
        )
    )
    small.do(acts.DivisionOpened(at=small.at, by=mover, motion=motion, closes_at=moment.after(small.at, days=3)))
    running = small.state.motions[motion].divisions[-1]
    for ballot in running.ballots.values():
        for member in sorted(small.state.ballots[ballot].electorate):
            small.do(acts.VoteTaken(at=small.at, by=member, ballot=ballot, member=member))
    small.at = running.closes_at
    for ballot in running.ballots.values():
        publish(small, ballot, ['"for"'] * len(small.state.ballots[ballot].voted))
    small.do(acts.DivisionClosed(at=small.at, by="clerk", motion=motion))


def test_whose_consent_counts_is_the_base_behind_a_body_or_the_body_itself() -> None:
    small = begun()
    bases = {b: rights.base_of(small.state, b) for b in ("committee/farm", "house", "bureau", "board", "assembly/farm")}

    assert bases == {
        "committee/farm": "assembly/farm",
        "house": "house",
        "bureau": "bureau",
        "board": "everybody",
        "assembly/farm": "assembly/farm",
    }


def test_bodies_that_elect_each_other_have_no_base_but_themselves() -> None:
    circle = CHARTER.replace(
        'electors = "everybody"\nconstituencies = false\noffice = true',
        'electors = "delegation"\nconstituencies = false\noffice = true',
    )
    circle = circle.replace(
        'electors = "everybody"\nconstituencies = false\noffice = false\nseats = 1',
        'electors = "screeners"\nconstituencies = false\noffice = false\nseats = 1',
    )
    small = begun(circle)

    assert rights.base_of(small.state, "screeners") in ("screeners", "delegation")


def test_a_report_is_the_holders_and_its_text_is_given(small: Small) -> None:
    term = standing.filled(small.state, "committees-house", small.at)[0]
    other = standing.filled(small.state, "committees-house", small.at)[1].member
    stolen = acts.ReportGiven(
        at=small.at, by=other, body="committees-house", seat=term.seat, text=small.blob("I did well.\n")
    )
    assert "does not hold the seat" in refused(small, stolen)
    empty = acts.ReportGiven(at=small.at, by=term.member, body="committees-house", seat=term.seat, text="0" * 64)
    assert "the text is missing" in refused(small, empty)
    vacant = next(s for s in standing.seats(small.state, "councils-conference"))
    nobody = acts.ReportGiven(at=small.at, by=other, body="committees-house", seat=vacant.id, text="0" * 64)
    assert "does not hold the seat" in refused(small, nobody)


def test_an_inspection_asks_something_once_and_is_answered_once_with_a_text(small: Small) -> None:
    def demand(question: str = "Where?") -> acts.InspectionDemanded:
        return acts.InspectionDemanded(
            at=small.at, by="m-0001", inspection="i", subject="committee/mill", question=question
        )

    miller = standing.filled(small.state, "committee/mill", small.at)[0].member

    def answer(text: str) -> acts.InspectionAnswered:
        return acts.InspectionAnswered(at=small.at, by=miller, body="committee/mill", inspection="i", answer=text)

    assert "there is no inspection" in refused(small, answer("0" * 64))
    assert "says what is to be shown" in refused(small, demand(" "))
    small.do(demand())
    assert "there is an inspection 'i' already" in refused(small, demand())
    assert "the answer is missing" in refused(small, answer("0" * 64))
    small.do(answer(small.blob("Here.\n")))
    assert "was answered at" in refused(small, answer(small.blob("There.\n")))
