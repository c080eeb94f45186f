import dataclasses
from pathlib import Path

import pytest
from people import CHARTER, START, begun, carried, elected, joined
from small import Small, founded, refusal, refused
from test_elections import board_elected
from test_refounding import NEW

from comitia.federation import acts, moment, seating, standing


@pytest.fixture
def vacant() -> Small:
    """A federation in which the board's first seat fell vacant a moment ago, and the mill has a committee."""
    small = begun()
    elected(small, "screeners", "everybody", ["m-0014", "m-0015"])
    elected(small, "committee/mill", "assembly/mill", ["m-0008", "m-0009"])
    board_elected(small, ["m-0001", "m-0002"])
    small.do(acts.SeatResigned(at=small.at, by="m-0001", seat="board:1"))
    return small


def acting(small: Small, member: str, *, by: str = "m-0008", body: str = "committee/mill") -> acts.ActingNamed:
    return acts.ActingNamed(at=small.at, by=by, body=body, seat="board:1", member=member)


def test_somebody_acts_in_a_vacant_seat_until_the_by_election_seats_another(vacant: Small) -> None:
    small = vacant
    small.do(acting(small, "m-0003"))
    found = standing.term(small.state, "board:1", small.at)

    assert found is not None
    assert (found.member, found.origin, found.until) == ("m-0003", "acting", moment.after(small.at, days=20))
    assert standing.lawful_term(small.state, "board:1", small.at) is None
    board_elected(small, ["m-0004"])
    held = [(t.member, t.origin, t.ended_by) for t in small.state.terms["board:1"]]
    assert held == [("m-0001", "elected", "resigned"), ("m-0003", "acting", "replaced"), ("m-0004", "elected", "")]


def test_a_vacancy_is_not_filled_by_a_row_of_people_who_act(vacant: Small) -> None:
    small = vacant
    since = small.at
    small.do(acting(small, "m-0003"))
    assert "is held by m-0003" in refused(small, acting(small, "m-0004"))
    small.wait(5)
    small.do(acts.SeatResigned(at=small.at, by="m-0003", seat="board:1"))
    small.do(acting(small, "m-0004"))

    assert seating.acting_since(small.state, "board:1") == since
    small.at = moment.after(since, days=20)
    assert standing.term(small.state, "board:1", small.at) is None
    assert "20 days at most; now it is for the electors" in refused(small, acting(small, "m-0005"))


def test_somebody_may_act_in_a_seat_that_nobody_held_yet(vacant: Small) -> None:
    small = vacant
    act = acts.ActingNamed(at=small.at, by="m-0008", body="committee/mill", seat="board:3", member="m-0003")
    small.do(act)

    assert seating.acting_since(small.state, "board:3") == small.at


def test_only_the_kind_that_the_charter_names_says_who_acts(vacant: Small) -> None:
    small = vacant

    assert "named by those who sit in the committee" in refused(
        small, acting(small, "m-0003", by="m-0014", body="screeners")
    )
    assert refusal(small, acting(small, "m-0003", by="m-0001")).article == "2"
    assert "is not a member" in refused(small, acting(small, "m-0099"))
    empty = acts.ActingNamed(at=small.at, by="m-0008", body="committee/mill", seat="house:mill:1", member="m-0010")
    assert "nobody acts in a vacant seat of house" in refused(small, empty)
    appointed = acts.ActingNamed(at=small.at, by="m-0008", body="committee/mill", seat="bureau:1", member="m-0010")
    assert "nobody acts in a vacant seat of bureau" in refused(small, appointed)
    nowhere = acts.ActingNamed(at=small.at, by="m-0008", body="committee/mill", seat="board:9", member="m-0010")
    assert "there is no seat 'board:9'" in refused(small, nowhere)


def appointment(small: Small, member: str, *, by: str, body: str, seat: str = "bureau:1") -> acts.SeatAppointed:
    return acts.SeatAppointed(at=small.at, by=by, body=body, seat=seat, member=member)


def test_seats_of_an_appointed_kind_are_filled_by_those_whom_the_charter_names_and_lapse() -> None:
    small = begun()
    elected(small, "house", "assembly/farm", ["m-0005"])
    small.do(appointment(small, "m-0001", by="m-0005", body="house"))
    found = standing.term(small.state, "bureau:1", small.at)

    assert found is not None
    assert (found.origin, found.until) == ("appointed", moment.after(small.at, days=100))
    small.do(appointment(small, "m-0002", by="m-0001", body="bureau", seat="bureau:2"))
    assert standing.term(small.state, "bureau:2", found.until) is None
    assert "is held by m-0001" in refused(small, appointment(small, "m-0003", by="m-0005", body="house"))


def test_an_appointed_holder_is_recalled_by_those_who_appoint() -> None:
    small = begun()
    elected(small, "house", "assembly/farm", ["m-0005"])
    small.do(appointment(small, "m-0001", by="m-0005", body="house"))
    stranger = acts.RecallPetitioned(at=small.at, by="m-0002", recall="r", seat="bureau:1", reason="x")

    assert refusal(small, stranger).article == "4"
    small.do(acts.RecallPetitioned(at=small.at, by="m-0005", recall="r", seat="bureau:1", reason="x"))
    assert small.state.recalls["r"].electorate == {"m-0005", "m-0001"}


def test_nobody_else_appoints_and_an_elected_kind_can_never_be_appointed() -> None:
    small = begun()
    elected(small, "committee/mill", "assembly/mill", ["m-0008"])
    elected(small, "house", "assembly/farm", ["m-0005"])

    wrong = appointment(small, "m-0001", by="m-0008", body="committee/mill")
    assert "bureau is appointed by house, bureau" in refused(small, wrong)
    assert "does not speak for it" in refused(small, appointment(small, "m-0001", by="m-0005", body=""))
    board = appointment(small, "m-0001", by="m-0005", body="house", seat="board:1")
    assert "seats of board are elected; nobody can be appointed" in refused(small, board)
    assert refusal(small, board).article == "2"


def test_under_language_1_whom_the_charter_permits_appoints_to_any_seat() -> None:
    old = Path(__file__).parents[1] / "charter" / "fixtures" / "co-op-federation-1.toml"
    text = old.read_text(encoding="utf-8").replace('acts = ["seat_appointed"]', "acts = []")
    text = text.replace("founders = 3", "founders = 2")
    text += '\n[[permission]]\nacts = ["seat_appointed"]\nby = ["member"]\narticle = "16"\n'
    small = begun(text)
    small.do(appointment(small, "m-0002", by="m-0001", body="", seat="secretary:1"))

    found = standing.term(small.state, "secretary:1", small.at)
    assert found is not None and found.origin == "appointed"


def test_the_holder_alone_gives_a_seat_up() -> None:
    small = begun()
    elected(small, "committee/mill", "assembly/mill", ["m-0008"])

    assert "does not hold the seat" in refused(
        small, acts.SeatResigned(at=small.at, by="m-0009", seat="committee/mill:1")
    )
    assert "does not hold the seat" in refused(
        small, acts.SeatResigned(at=small.at, by="m-0009", seat="committee/mill:2")
    )


def test_who_takes_a_seat_leaves_those_that_exclude_it() -> None:
    small = begun()
    elected(small, "house", "assembly/farm", ["m-0005"])
    small.do(appointment(small, "m-0001", by="m-0005", body="house"))
    elected(small, "house", "assembly/bakery", ["m-0001"])

    assert [t.ended_by for t in small.state.terms["bureau:1"]] == ["resigned"]
    elected(small, "committee/farm", "assembly/farm", ["m-0005"])
    assert len(standing.seats_of(small.state, "m-0005", small.at)) == 2


def test_officers_are_carried_over_by_a_founder_at_the_founding_only() -> None:
    small = founded()
    by_another = acts.OfficerCarriedOver(at=small.at, by="m-0004", seat="secretary:1", member="m-0002")

    assert "only a founder" in refused(small, by_another)
    small.do(acts.OfficerCarriedOver(at=small.at, by="m-0001", seat="secretary:1", member="m-0002"))
    assert standing.term(small.state, "secretary:1", small.at) is not None


def test_seats_end_with_their_body_when_a_change_of_the_charter_takes_effect() -> None:
    small = begun()
    elected(small, "screeners", "everybody", ["m-0014", "m-0015"])
    elected(small, "committee/mill", "assembly/mill", ["m-0008"])
    carried(small, "no-screeners", "charter", "everybody", figures=small.blob(NEW))
    small.wait(29)
    small.do(joined(small, "m-0100", {"workplace": "mill"}))
    assert [t.ended_by for t in small.state.terms["screeners:1"]] == [""]
    small.wait(1)
    small.do(joined(small, "m-0101", {"workplace": "mill"}))

    assert [t.ended_by for t in small.state.terms["screeners:1"]] == ["dissolved"]
    assert [t.ended_by for t in small.state.terms["committee/mill:1"]] == [""]
    assert [since for _, since, _ in small.state.charters] == [START, small.at]
    by = acts.CurrentFormed(at=small.at, by="m-0014", current="c", name="C", members=("m-0014", "m-0015"))
    small.do(by)


APART = CHARTER.replace('incompatible = ["bureau"]', "incompatible = []", 1).replace(
    "term_days = 100\nterm_limit = 0\nincompatible = []", 'term_days = 100\nterm_limit = 2\nincompatible = ["house"]'
)


def test_two_bodies_exclude_each_other_whichever_article_says_so() -> None:
    small = begun(APART)
    elected(small, "house", "assembly/farm", ["m-0005"])
    small.do(appointment(small, "m-0001", by="m-0005", body="house"))
    # The bureau excludes the house; the article on the house says nothing.
    elected(small, "house", "assembly/bakery", ["m-0001"])
    bureau = small.state.terms["bureau:1"][-1]

    assert (bureau.ended, bureau.ended_by) == (small.at, "resigned")
    assert [t.seat for t in standing.seats_of(small.state, "m-0001", small.at)] == ["house:bakery:1"]


def test_nobody_is_promoted_out_of_her_seat_by_being_named_to_another() -> None:
    for charter in (CHARTER, APART):
        small = begun(charter)
        elected(small, "house", "assembly/farm", ["m-0005"])
        elected(small, "house", "assembly/bakery", ["m-0001"])
        found = refusal(small, appointment(small, "m-0001", by="m-0005", body="house"))

        assert found.reason == (
            "m-0001 holds house:bakery:1, and nobody sits there and in bureau at the same time; only she herself can "
            "give a seat up"
        )
        small.do(acts.SeatResigned(at=small.at, by="m-0001", seat="house:bakery:1"))
        small.do(appointment(small, "m-0001", by="m-0005", body="house"))


def test_nobody_is_made_to_act_or_carried_over_where_she_would_lose_a_seat() -> None:
    head, board, rest = CHARTER.partition("[kind.board]\n")
    small = begun(head + board + rest.replace("incompatible = []", 'incompatible = ["screeners", "committee"]', 1))
    carried = acts.OfficerCarriedOver(at=small.at, by="m-0001", seat="board:2", member="m-0003")
    small.do(acts.OfficerCarriedOver(at=small.at, by="m-0001", seat="screeners:1", member="m-0003"))
    assert "m-0003 holds screeners:1" in refused(small, carried)

    elected(small, "committee/mill", "assembly/mill", ["m-0008", "m-0009"])
    assert "m-0009 holds committee/mill:2" in refused(small, acting(small, "m-0009"))
    small.do(acting(small, "m-0010"))


def test_a_charter_without_days_for_it_carries_nobody_over() -> None:
    small = begun(CHARTER.replace("carried_over_days = 60", "carried_over_days = 0"))
    act = acts.OfficerCarriedOver(at=small.at, by="m-0001", seat="board:1", member="m-0003")

    assert refusal(small, act).article == "10"
    assert "carries nobody over" in refused(small, act)


def test_an_appointed_holder_serves_no_more_terms_than_the_article_allows() -> None:
    small = begun(APART)
    elected(small, "house", "assembly/farm", ["m-0005"])
    for _ in range(2):
        small.do(appointment(small, "m-0001", by="m-0005", body="house"))
        small.wait(100)
    third = appointment(small, "m-0001", by="m-0005", body="house", seat="bureau:2")

    assert "m-0001 has served 2 terms in bureau; the limit is 2" in refused(small, third)
    small.do(appointment(small, "m-0002", by="m-0005", body="house"))


def test_under_language_1_a_seat_ends_only_where_the_article_of_the_new_one_says_so() -> None:
    small = begun(APART)
    elected(small, "house", "assembly/farm", ["m-0005"])
    small.do(appointment(small, "m-0001", by="m-0005", body="house"))
    assert small.state.charter is not None
    small.state.charter = dataclasses.replace(small.state.charter, language=1)
    elected(small, "house", "assembly/bakery", ["m-0001"])

    assert {t.seat for t in standing.seats_of(small.state, "m-0001", small.at)} == {"bureau:1", "house:bakery:1"}
