from fractions import Fraction

import pytest
from people import CHARTER, begun, elected, of
from small import Small, refusal, refused

from comitia.federation import acts, standing
from comitia.federation.refusal import Refused
from comitia.federation.state import State


def test_before_the_founding_there_is_no_charter() -> None:
    with pytest.raises(Refused, match="no federation has been founded"):
        standing.charter(State({}))


def test_every_seat_is_found_by_its_id_and_nothing_else_is() -> None:
    small = begun()
    all_seats = [s for b in standing.bodies(small.state) for s in standing.seats(small.state, b.id)]

    assert [standing.find_seat(small.state, s.id) for s in all_seats] == all_seats
    for wrong in (
        *("", "house", "house:1", "house:mill:0", "house:mill:5", "house:mill:01", "house:mill:x", "house:moon:1"),
        *("board:mill:1", "board:5", "everybody:1", "moon:1", "committee/moon:1", "house:mill:²"),
    ):
        assert standing.find_seat(small.state, wrong) is None


def test_a_seat_weighs_the_members_behind_it_where_the_charter_says_so() -> None:
    small = begun()
    house, board = standing.seats(small.state, "house"), standing.seats(small.state, "board")

    assert {s.id: standing.weight(small.state, s) for s in house if s.number == 1} == {
        "house:bakery:1": Fraction(2),
        "house:farm:1": Fraction(3),
        "house:mill:1": Fraction(2),
    }
    assert standing.weight(small.state, board[0]) == 1


def test_one_body_may_be_the_whole_electorate_of_constituencies() -> None:
    small = begun(
        CHARTER.replace(
            'electors = "everybody"\nconstituencies = false\noffice = true',
            'electors = "everybody"\nconstituencies = true\noffice = true',
        )
    )

    assert [s.id for s in standing.seats(small.state, "screeners")] == [
        "screeners:everybody:1",
        "screeners:everybody:2",
    ]
    assert standing.find_seat(small.state, "screeners:everybody:2") is not None
    assert standing.find_seat(small.state, "screeners:mill:1") is None


def test_who_appoints_may_be_of_the_tier_above_or_of_the_same_group() -> None:
    tier = CHARTER.replace(
        'form = "appointed"\neach = ""\nappointed_by = ["house", "bureau"]',
        'form = "appointed"\neach = "workplace"\nappointed_by = ["regional", "assembly", "house"]',
    )
    tier = tier.replace(
        "[kind.bureau]",
        '[kind.regional]\nname = "regional board"\nplural = "regional boards"\nform = "all"\neach = "branch"\n'
        'article = "2"\n[kind.bureau]',
    )
    small = Small()
    small = begun(tier, sizes={"bakery": 2})
    for roll, name, within in (
        ("branch", "north", ""),
        ("branch", "south", ""),
        ("workplace", "works", "branch/north"),
    ):
        small.do(
            acts.GroupRegistered(at=small.at, by="m-0001", roll=roll, group=name, name=name.title(), within=within)
        )

    assert standing.electing_bodies(small.state, "bureau/works") == ("regional/north", "assembly/works", "house")
    assert standing.electing_bodies(small.state, "bureau/bakery") == ("assembly/bakery", "house")


def test_a_body_of_a_tier_is_filled_by_the_bodies_that_lie_in_it() -> None:
    tier = CHARTER.replace(
        'each = ""\nelectors = "assembly"\nconstituencies = true',
        'each = "branch"\nelectors = "assembly"\nconstituencies = true',
    ).replace('["house", "bureau"]', '["bureau"]')
    small = begun(tier, sizes={"bakery": 2})
    for roll, name, within in (
        ("branch", "north", ""),
        ("branch", "south", ""),
        ("workplace", "works", "branch/north"),
    ):
        small.do(
            acts.GroupRegistered(at=small.at, by="m-0001", roll=roll, group=name, name=name.title(), within=within)
        )

    assert standing.electing_bodies(small.state, "house/north") == ("assembly/works",)
    assert standing.electing_bodies(small.state, "house/south") == ()
    assert standing.find_seat(small.state, "house/north:bakery:1") is None


def test_a_member_sits_in_her_assemblies_and_where_she_holds_a_seat() -> None:
    small = begun()
    elected(small, "committee/mill", "assembly/mill", ["m-0008"])

    assert standing.bodies_of(small.state, "m-0008", small.at) == ("assembly/mill", "everybody", "committee/mill")
    assert standing.bodies_of(small.state, "m-0099", small.at) == ()
    assert not standing.sits_in(small.state, "m-0008", "moon", small.at)
    assert standing.seats(small.state, "everybody") == ()
    with pytest.raises(Refused, match="there is no body 'moon'"):
        standing.body(small.state, "moon")
    small.state.dissolved["assembly/mill"] = "m"
    assert standing.bodies_of(small.state, "m-0009", small.at) == ("everybody",)
    small.do(acts.MemberLeft(at=small.at, by="m-0008", member="m-0008"))
    assert standing.bodies_of(small.state, "m-0008", small.at) == ()


def test_a_joint_body_has_the_seats_of_its_houses(small: Small) -> None:
    houses = ("committees-house", "unions-house")
    found = standing.seats(small.state, "congress")

    assert found == tuple(s for h in houses for s in standing.seats(small.state, h))
    holder = standing.filled(small.state, "unions-house", small.at)[0].member
    assert "congress" in standing.bodies_of(small.state, holder, small.at)


def test_a_seat_is_for_its_own_body_only_and_what_the_charter_does_not_name_nobody_does() -> None:
    small = begun()
    elected(small, "committee/mill", "assembly/mill", ["m-0008"])
    elected(small, "committee/farm", "assembly/farm", ["m-0005"])
    text = small.blob("x\n")
    said = "it is for those who sit in the board or a committee"
    for by, body, why in (
        ("m-0008", "committee/farm", f"{said}; she speaks for committee/mill alone"),
        ("m-0001", "committee/mill", said),
    ):
        act = acts.EmergencyDeclared(at=small.at, by=by, body=body, emergency="x", text=text, until=small.at)
        found = refusal(small, act)
        assert (found.article, found.reason) == ("8", f"{by} may not do emergency_declared for {body}; {why}")
    declared = acts.EmergencyDeclared(at=small.at, by="m-0001", body="", emergency="x", text=text, until=small.at)
    nobody = begun(CHARTER.replace('by = ["board", "committee"]', "by = []"))
    assert refusal(nobody, declared).reason.endswith("it is for nobody")
    away = begun(CHARTER.replace('by = ["board", "committee"]', 'by = ["screeners"]'))
    assert refusal(away, declared).reason.endswith("it is for those who sit in the bench of screeners")


def test_whoever_is_of_an_assembly_speaks_for_it_where_the_charter_names_it() -> None:
    small = begun(CHARTER.replace('by = ["board", "committee"]', 'by = ["assembly"]'))
    text = small.blob("x\n")

    def declared(by: str, body: str) -> acts.EmergencyDeclared:
        return acts.EmergencyDeclared(at=small.at, by=by, body=body, emergency="x", text=text, until=small.at)

    # She may do the act; its own rule then asks for a body that has the power.
    assert "speaks for no body that has an emergency power" in refused(small, declared("m-0008", "assembly/mill"))
    assert refusal(small, declared("m-0008", "assembly/farm")).reason == (
        "m-0008 may not do emergency_declared for assembly/farm; it is for those who sit in an assembly; she speaks "
        "for assembly/mill alone"
    )
    report = acts.ReportGiven(at=small.at, by="m-0008", seat="committee/mill:1", text=text)
    assert "the charter permits nobody" in refused(small, report)
    forged = acts.MemberLeft(at=small.at, by="clerk", member="m-0001")
    assert "the clerk may not do member_left; it is for any member" in refused(small, forged)
    assert of("bakery")[0] == "m-0001"
