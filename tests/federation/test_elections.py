import pytest
from people import CHARTER, begun, elected, of, opened, published, vote
from small import Small, refusal, refused
from test_candidacy import screened, stands

from comitia.federation import acts, ballots, candidacy, moment, standing


def terms(small: Small, body: str) -> list[tuple[str, str, str]]:
    """Return seat, member and end of the running terms of a body."""
    return [(t.seat, t.member, t.until) for t in standing.filled(small.state, body, small.at)]


def formed(small: Small, current: str, members: tuple[str, ...]) -> None:
    small.do(acts.CurrentFormed(at=small.at, by=members[0], current=current, name=current.title(), members=members))


def listed(small: Small, candidate: str, current: str, *, by: str = "") -> acts.CandidateNominated:
    return acts.CandidateNominated(
        at=small.at, by=by or candidate, election="e-1", candidate=candidate, current=current
    )


def test_an_election_goes_by_the_charter_under_which_it_was_opened() -> None:
    small = begun()
    small.do(opened(small, "committee/farm", "assembly/farm"))
    kind = standing.body(small.state, "committee/farm").kind

    assert small.state.elections["e-1"].kind is kind


def test_an_instant_runoff_fills_one_seat() -> None:
    small = begun(
        CHARTER.replace(
            'rule = "scottish"\nnomination_days = 3\nvoting_days = 3\nnomination = 1',
            'rule = "instant_runoff"\nnomination_days = 3\nvoting_days = 3\nnomination = 1',
        )
    )
    small.do(opened(small, "house", "assembly/farm"))
    small.do(stands(small, "e-1", "m-0005"))
    vote(small, "e-1", ['["m-0005"]', "[]"])

    assert small.state.elections["e-1"].elected == ("m-0005",)
    assert "instant runoff fills one seat; here 2" in refused(small, opened(small, "committee/farm", "assembly/farm"))


def test_seats_of_a_list_election_go_to_currents_in_proportion() -> None:
    small = begun()
    formed(small, "north", ("m-0001", "m-0002", "m-0003"))
    formed(small, "south", ("m-0008", "m-0009"))
    small.do(opened(small, "conference", "everybody"))
    for candidate, current in (("m-0001", "north"), ("m-0008", "south"), ("m-0002", "north"), ("m-0009", "south")):
        small.do(listed(small, candidate, current))
    small.do(stands(small, "e-1", "m-0004"))
    small.do(listed(small, "m-0004", "north", by="m-0003"))
    election = small.state.elections["e-1"]

    assert candidacy.lists(small.state, election) == {
        "north": ("m-0001", "m-0002", "m-0004"),
        "south": ("m-0008", "m-0009"),
    }
    assert ballots.names(small.state, small.state.ballots["e-1"]) == ("north", "south")
    vote(small, "e-1", ['["north"]'] * 6 + ['["south"]'] * 4 + ["[]"])
    assert election.elected == ("m-0001", "m-0002", "m-0004", "m-0008", "m-0009")
    assert election.verdict is not None and election.verdict.carried


def test_who_withdraws_leaves_her_list() -> None:
    small = begun()
    formed(small, "north", ("m-0001", "m-0002"))
    small.do(opened(small, "conference", "everybody"))
    for candidate in ("m-0001", "m-0002"):
        small.do(listed(small, candidate, "north"))
    small.do(acts.CandidacyWithdrawn(at=small.at, by="m-0001", election="e-1"))

    assert candidacy.lists(small.state, small.state.elections["e-1"]) == {"north": ("m-0002",)}


def test_who_stands_on_no_list_does_not_stand_in_a_list_election() -> None:
    small = begun()
    small.do(opened(small, "conference", "everybody"))
    small.do(stands(small, "e-1", "m-0001"))

    assert candidacy.missing(small.state, small.state.elections["e-1"], "m-0001") == "stands on no list"


def test_a_list_is_filled_by_members_of_its_current_and_a_candidate_stands_on_one() -> None:
    small = begun()
    formed(small, "north", ("m-0001", "m-0002"))
    formed(small, "south", ("m-0008", "m-0002"))
    small.do(opened(small, "conference", "everybody"))
    small.do(listed(small, "m-0002", "north"))

    assert "no current 'west'" in refused(small, listed(small, "m-0003", "west"))
    assert "not known as a member of North" in refused(small, listed(small, "m-0003", "north"))
    assert "stands on the list of north already" in refused(small, listed(small, "m-0002", "south", by="m-0008"))
    small.do(listed(small, "m-0002", ""))
    assert small.state.elections["e-1"].currents == {"m-0002": "north"}


def test_there_are_no_lists_where_the_charter_elects_persons() -> None:
    small = begun()
    formed(small, "north", ("m-0005", "m-0006"))
    small.do(opened(small, "committee/farm", "assembly/farm"))

    assert "is no election of lists" in refused(small, listed(small, "m-0005", "north"))


def test_a_paper_names_one_list() -> None:
    small = begun()
    formed(small, "north", ("m-0001", "m-0002"))
    formed(small, "south", ("m-0008", "m-0009"))
    small.do(opened(small, "conference", "everybody"))
    small.do(listed(small, "m-0001", "north"))
    small.do(listed(small, "m-0008", "south"))
    small.at = small.state.ballots["e-1"].opens_at
    small.do(acts.VoteTaken(at=small.at, by="m-0001", ballot="e-1", member="m-0001"))
    small.at = small.state.ballots["e-1"].closes_at

    assert "this vote is for one list" in refused(small, published(small, "e-1", ['["north","south"]']))


@pytest.fixture
def staggered() -> Small:
    """A federation whose board, of four renewed in two parts, has been elected for the first time."""
    small = begun()
    elected(small, "screeners", "everybody", ["m-0014", "m-0015"])
    board_elected(small, ["m-0001", "m-0002", "m-0003", "m-0004"])
    return small


def board_elected(small: Small, candidates: list[str], votes: int = 15) -> str:
    opening = opened(small, "board", "everybody")
    small.do(opening)
    for candidate in candidates:
        small.do(stands(small, opening.election, candidate))
        small.do(stands(small, opening.election, candidate, by="m-0006"))
        small.do(screened(small, opening.election, candidate))
    vote(small, opening.election, ["[" + ",".join(f'"{c}"' for c in candidates) + "]"] * votes)
    return opening.election


def test_first_terms_are_staggered_and_a_vacancy_is_filled_for_the_rest_of_the_term(staggered: Small) -> None:
    small, first = staggered, staggered.at
    whole, half = moment.after(first, days=360), moment.after(first, days=180)

    assert terms(small, "board") == [
        ("board:1", "m-0001", whole),
        ("board:2", "m-0002", half),
        ("board:3", "m-0003", whole),
        ("board:4", "m-0004", half),
    ]
    small.do(acts.SeatResigned(at=small.at, by="m-0003", seat="board:3"))
    small.at = half
    election = board_elected(small, ["m-0005", "m-0007", "m-0008"])
    assert small.state.elections[election].seats == ("board:2", "board:3", "board:4")
    again = moment.after(small.at, days=360)
    assert terms(small, "board") == [
        ("board:1", "m-0001", whole),
        ("board:2", "m-0005", again),
        ("board:3", "m-0007", whole),
        ("board:4", "m-0008", again),
    ]


def test_where_too_few_vote_nobody_is_elected_and_the_verdict_says_so() -> None:
    small = begun()
    elected(small, "screeners", "everybody", ["m-0014", "m-0015"])
    election = board_elected(small, ["m-0001"], votes=4)
    found = small.state.elections[election]

    assert (found.elected, terms(small, "board")) == ((), [])
    assert found.verdict is not None
    assert found.verdict.verdicts[0].quorum_met is False
    assert "quorum 5 present 4" in found.verdict.sentence
    small.do(opened(small, "board", "everybody"))


def test_who_left_before_the_count_takes_no_seat() -> None:
    small = begun()
    small.do(opened(small, "committee/farm", "assembly/farm"))
    for candidate in ("m-0005", "m-0006"):
        small.do(stands(small, "e-1", candidate))
    small.do(acts.MemberLeft(at=small.at, by="m-0005", member="m-0005"))
    vote_by(small, "e-1", ["m-0006", "m-0007"], ['["m-0005","m-0006"]'] * 2)

    assert [t[:2] for t in terms(small, "committee/farm")] == [("committee/farm:2", "m-0006")]


def vote_by(small: Small, ballot: str, members: list[str], choices: list[str]) -> None:
    small.at = small.state.ballots[ballot].opens_at
    for member in members:
        small.do(acts.VoteTaken(at=small.at, by=member, ballot=ballot, member=member))
    small.at = small.state.ballots[ballot].closes_at
    small.do(published(small, ballot, choices))


def test_an_election_in_which_nobody_stood_leaves_the_seats_free_for_another() -> None:
    small = begun()
    small.do(opened(small, "committee/farm", "assembly/farm"))
    vote(small, "e-1", ["[]"])

    assert small.state.elections == {}
    assert ballots.article(small.state, small.state.ballots["e-1"]) == "2"
    small.do(opened(small, "committee/farm", "assembly/farm"))


def test_an_election_is_opened_by_its_electors_for_seats_to_fill_and_with_time_enough() -> None:
    small = begun()
    right = opened(small, "committee/farm", "assembly/farm")

    def wrong(**changes: object) -> acts.AnyAct:
        fields = {f: getattr(right, f) for f in right.__struct_fields__} | changes
        return acts.ElectionOpened(**fields)  # type: ignore[arg-type]

    assert refusal(small, wrong(by="m-0001")).article == "2"
    assert "elects no seats of committee/farm" in refused(small, wrong(constituency="assembly/mill"))
    assert "elects no seats of bureau; its electing bodies are house, bureau" in refused(small, wrong(body="bureau"))
    assert "elects no seats of everybody; its electing bodies are none" in refused(small, wrong(body="everybody"))
    assert "nominations stay open 3 days" in refused(small, wrong(nominations_until=small.at))
    assert "voting lasts 3 days" in refused(small, wrong(closes_at=right.nominations_until))
    small.do(right)
    assert "there is a ballot 'e-1' already" in refused(small, right)
    assert "for the same seats is still running" in refused(small, wrong(election="e-2"))
    small.do(stands(small, "e-1", "m-0005"))
    small.do(stands(small, "e-1", "m-0006"))
    vote(small, "e-1", ['["m-0005","m-0006"]'] * 3)
    assert "no seat of committee/farm is vacant or due" in refused(
        small, opened(small, "committee/farm", "assembly/farm")
    )
    small.wait(340)
    late = opened(small, "committee/farm", "assembly/farm", vacant_only=True)
    assert "no seat of committee/farm is vacant or due" in refused(small, late)
    small.do(opened(small, "committee/farm", "assembly/farm"))


def test_a_body_without_electors_elects_nobody() -> None:
    small = begun(
        CHARTER.replace(
            'electors = "everybody"\nconstituencies = false\noffice = true',
            'electors = "committee"\nconstituencies = false\noffice = true',
        ).replace(
            'by = ["elector"]\narticle = "2"\n[[permission]]\nacts = ["candidate_nom',
            'by = ["member"]\narticle = "2"\n[[permission]]\nacts = ["candidate_nom',
        )
    )
    constituency = ",".join(standing.electing_bodies(small.state, "screeners"))

    assert "has no electors at present" in refused(small, opened(small, "screeners", constituency))


def test_a_candidate_withdraws_herself_until_nominations_close() -> None:
    small = begun()
    small.do(opened(small, "committee/farm", "assembly/farm"))
    small.do(stands(small, "e-1", "m-0005"))
    other = acts.CandidacyWithdrawn(at=small.at, by="m-0006", election="e-1")
    assert "does not stand" in refused(small, other)
    small.do(acts.CandidacyWithdrawn(at=small.at, by="m-0005", election="e-1"))
    assert "she alone" in refused(small, stands(small, "e-1", "m-0005", by="m-0006"))
    small.do(stands(small, "e-1", "m-0005"))
    assert ballots.candidates(small.state, "e-1") == ("m-0005",)
    small.wait(3)
    late = acts.CandidacyWithdrawn(at=small.at, by="m-0005", election="e-1")
    assert "nominations for e-1 closed" in refused(small, late)
    assert "nominations for e-1 closed" in refused(small, stands(small, "e-1", "m-0006"))


def test_nobody_is_seated_in_a_body_that_is_gone_at_the_close() -> None:
    small = begun()
    small.do(opened(small, "committee/farm", "assembly/farm"))
    small.do(stands(small, "e-1", "m-0005"))
    small.at = small.state.ballots["e-1"].opens_at
    small.do(acts.VoteTaken(at=small.at, by="m-0005", ballot="e-1", member="m-0005"))
    small.state.dissolved["committee/farm"] = "m"
    small.at = small.state.ballots["e-1"].closes_at
    small.do(published(small, "e-1", ['["m-0005"]']))

    assert small.state.elections["e-1"].elected == ("m-0005",)
    assert small.state.terms == {}


def test_members_of_a_workplace_alone_fill_its_seats() -> None:
    small = begun()
    elected(small, "house", "assembly/mill", of("mill")[:4])

    assert {t.member for t in standing.filled(small.state, "house", small.at)} == set(of("mill")[:4])
