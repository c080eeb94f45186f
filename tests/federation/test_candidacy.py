import pytest
from people import CHARTER, begun, elected, opened, published, vote
from small import Small, refusal, refused

from comitia.federation import acts, candidacy, moment, standing


def stands(small: Small, election: str, candidate: str, *, by: str = "", body: str = "") -> acts.CandidateNominated:
    """Return the act by which a candidate stands, or by which another puts her up."""
    return acts.CandidateNominated(at=small.at, by=by or candidate, body=body, election=election, candidate=candidate)


def screened(small: Small, election: str, candidate: str, *, admitted: bool = True, reason: str = "fit") -> acts.AnyAct:
    """Return the act by which the first screener admits a candidate or does not."""
    by = standing.filled(small.state, "screeners", small.at)[0].member
    return acts.CandidateScreened(
        at=small.at, by=by, body="screeners", election=election, candidate=candidate, admitted=admitted, reason=reason
    )


@pytest.fixture
def with_screeners() -> Small:
    """A federation in which the screeners sit and an election of the board is open."""
    small = begun()
    elected(small, "screeners", "everybody", ["m-0014", "m-0015"])
    small.do(opened(small, "board", "everybody"))
    return small


def board(small: Small) -> str:
    """Return the id of the board's election."""
    return next(e.id for e in small.state.elections.values() if e.body == "board")


def test_a_candidate_needs_the_number_of_electors_that_the_charter_asks(with_screeners: Small) -> None:
    small, election = with_screeners, board(with_screeners)
    small.do(stands(small, election, "m-0001"))
    small.do(screened(small, election, "m-0001"))
    of_board = small.state.elections[election]

    assert candidacy.missing(small.state, of_board, "m-0001") == "is nominated by 1 electors of the 2 needed"
    small.do(stands(small, election, "m-0001", by="m-0002"))
    assert candidacy.candidates(small.state, of_board) == ("m-0001",)


def test_who_must_be_supported_says_first_that_she_stands(with_screeners: Small) -> None:
    small, election = with_screeners, board(with_screeners)

    assert "must say herself that she stands" in refused(small, stands(small, election, "m-0001", by="m-0002"))


def test_others_than_electors_nominate_nobody() -> None:
    small = begun(
        CHARTER.replace(
            'nomination = 1\ncandidates = "electors"\nrenewal', 'nomination = 2\ncandidates = "electors"\nrenewal'
        )
    )
    small.do(opened(small, "committee/farm", "assembly/farm"))
    small.do(stands(small, "e-1", "m-0005"))

    assert "is no elector of committee/farm" in refused(small, stands(small, "e-1", "m-0005", by="m-0001"))
    small.do(stands(small, "e-1", "m-0005", by="m-0006"))
    assert candidacy.supporters(small.state, small.state.elections["e-1"], "m-0005") == 2


def test_only_names_that_the_gate_admits_stand_on_the_ballot(with_screeners: Small) -> None:
    small, election = with_screeners, board(with_screeners)
    for candidate in ("m-0001", "m-0002", "m-0003"):
        small.do(stands(small, election, candidate))
        small.do(stands(small, election, candidate, by="m-0004"))
    small.do(screened(small, election, "m-0001"))
    small.do(screened(small, election, "m-0002", admitted=False, reason="sat on the last board"))
    of_board = small.state.elections[election]

    assert candidacy.candidates(small.state, of_board) == ("m-0001",)
    assert (
        candidacy.missing(small.state, of_board, "m-0002") == "was not admitted by the screeners: sat on the last board"
    )
    assert candidacy.missing(small.state, of_board, "m-0003") == "was not seen by the screeners"
    small.at = of_board.nominations_until
    assert "does not stand" in _choice_refused(small, election, '["m-0002"]')


def _choice_refused(small: Small, election: str, choice: str) -> str:
    ballot = small.state.ballots[election]
    small.do(acts.VoteTaken(at=small.at, by="m-0001", ballot=election, member="m-0001"))
    small.at = ballot.closes_at
    return refused(small, published(small, election, [choice]))


def test_the_gate_speaks_once_with_a_reason_and_before_nominations_close(with_screeners: Small) -> None:
    small, election = with_screeners, board(with_screeners)
    assert "does not stand" in refused(small, screened(small, election, "m-0001"))
    small.do(stands(small, election, "m-0001"))
    assert "says why" in refused(small, screened(small, election, "m-0001", reason=" "))
    small.do(screened(small, election, "m-0001"))
    assert "was screened in act" in refused(small, screened(small, election, "m-0001", admitted=False))
    small.do(stands(small, election, "m-0002"))
    small.do(acts.CandidacyWithdrawn(at=small.at, by="m-0002", election=election))
    assert "does not stand" in refused(small, screened(small, election, "m-0002"))
    small.do(stands(small, election, "m-0003"))
    small.at = small.state.elections[election].nominations_until
    assert "nominations for" in refused(small, screened(small, election, "m-0003"))


def test_only_the_gate_screens_and_only_where_there_is_one(with_screeners: Small) -> None:
    small, election = with_screeners, board(with_screeners)
    small.do(stands(small, election, "m-0001"))
    for by, body in (("m-0014", ""), ("m-0014", "committee/mill"), ("m-0001", "screeners")):
        act = acts.CandidateScreened(
            at=small.at, by=by, body=body, election=election, candidate="m-0001", admitted=True, reason="fit"
        )
        assert refusal(small, act).article == "2"
    small.do(opened(small, "committee/farm", "assembly/farm"))
    other = next(e for e in small.state.elections if e != election and small.state.elections[e].sheet is None)
    small.do(stands(small, other, "m-0005"))
    assert "nobody screens" in refused(small, screened(small, other, "m-0005"))


def test_a_body_puts_candidates_up_where_the_charter_says_so_and_nobody_else() -> None:
    small = begun()
    elected(small, "committee/mill", "assembly/mill", ["m-0008", "m-0009"])
    elected(small, "house", "assembly/mill", ["m-0010"])
    small.do(opened(small, "delegation", "everybody"))
    election = next(e.id for e in small.state.elections.values() if e.body == "delegation")

    assert "put up by those who sit in the house" in refused(small, stands(small, election, "m-0008"))
    assert "sits in no committee" in refused(small, stands(small, election, "m-0001", by="m-0010", body="house"))
    assert "m-0099 is not a member" in refused(small, stands(small, election, "m-0099", by="m-0010", body="house"))
    small.do(acts.MemberLeft(at=small.at, by="m-0009", member="m-0009"))
    assert "m-0009 is not a member" in refused(small, stands(small, election, "m-0009", by="m-0010", body="house"))
    small.do(stands(small, election, "m-0008", by="m-0010", body="house"))
    assert candidacy.candidates(small.state, small.state.elections[election]) == ("m-0008",)
    small.do(acts.CandidacyWithdrawn(at=small.at, by="m-0008", election=election))
    assert candidacy.missing(small.state, small.state.elections[election], "m-0008") == "has withdrawn"
    again = stands(small, election, "m-0008", by="m-0010", body="house")
    assert "she alone can say that she stands again" in refused(small, again)


def test_candidates_are_electors_or_members_as_the_charter_says() -> None:
    small = begun()
    small.do(opened(small, "committee/farm", "assembly/farm"))

    assert "is not among the electors" in refused(small, stands(small, "e-1", "m-0001"))
    assert "there is no election" in refused(small, stands(small, "e-9", "m-0005"))


def test_after_two_terms_in_a_row_she_stands_back_for_the_pause_and_may_then_stand_again() -> None:
    small = begun()
    for _ in range(2):
        elected(small, "committee/farm", "assembly/farm", ["m-0005", "m-0006"])
        small.at = standing.filled(small.state, "committee/farm", small.at)[0].until
    small.do(opened(small, "committee/farm", "assembly/farm"))
    again = moment.after(small.at, days=100)

    assert (
        f"served 2 terms in a row in committee/farm; the limit is 2, and she may stand again from {again}"
        in refused(small, stands(small, "e-3", "m-0005"))
    )
    small.do(stands(small, "e-3", "m-0007"))
    vote(small, "e-3", ['["m-0007"]'])
    small.at = again
    small.do(opened(small, "committee/farm", "assembly/farm"))
    small.do(stands(small, "e-4", "m-0005"))
    vote(small, "e-4", ['["m-0005"]'])
    small.wait(360)
    small.do(opened(small, "committee/farm", "assembly/farm"))
    small.do(stands(small, "e-5", "m-0005"))
    assert candidacy.candidates(small.state, small.state.elections["e-5"]) == ("m-0005",)


def test_without_a_pause_in_the_charter_the_limit_is_for_ever() -> None:
    small = begun(CHARTER.replace("pause_days = 100", "pause_days = 0"))
    for _ in range(2):
        elected(small, "committee/farm", "assembly/farm", ["m-0005", "m-0006"])
        small.at = standing.filled(small.state, "committee/farm", small.at)[0].until
    small.wait(3000)
    small.do(opened(small, "committee/farm", "assembly/farm"))

    assert "has served 2 terms in committee/farm; the limit is 2" in refused(small, stands(small, "e-3", "m-0005"))
