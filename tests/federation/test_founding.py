import dataclasses

from people import CHARTER, START, begun, elected, joined
from small import Small, refusal, refused

from comitia.federation import acts, standing


def founded(
    small: Small, charter: str, founders: tuple[str, ...] = ("m-0001", "m-0002"), by: str = "m-0001"
) -> acts.AnyAct:
    return acts.FederationFounded(
        at=small.at, by=by, name="P", zone="UTC", charter=charter, vkey="p", founders=founders
    )


def group(small: Small, roll: str, name: str, *, by: str = "m-0001", within: str = "") -> acts.GroupRegistered:
    return acts.GroupRegistered(at=small.at, by=by, roll=roll, group=name, name=name, within=within)


def test_a_charter_that_cannot_be_carried_out_founds_nothing() -> None:
    small = Small(at=START)

    assert "is missing" in refused(small, founded(small, "0" * 64))
    assert "cannot be carried out" in refused(small, founded(small, small.blob("name = 1")))
    undeclared = CHARTER.replace('electors = "assembly"', 'electors = "nobody"')
    assert "cannot be carried out: line" in refused(small, founded(small, small.blob(undeclared)))
    good = small.blob(CHARTER)
    assert "1 founders signed" in refused(small, founded(small, good, ("m-0001", "m-0001")))
    assert "is not among the founders" in refused(small, founded(small, good, by="m-0003"))
    small.do(founded(small, good))
    assert small.state.charters == [(good, START, 0)]


def test_every_member_stands_on_the_rolls_that_the_charter_requires() -> None:
    small = begun()
    small.do(group(small, "trade", "bakers"))

    assert "every member stands on the roll of workplaces" in refused(
        small, joined(small, "m-0100", {"trade": "bakers"})
    )
    assert "there is no workplace 'moon'" in refused(small, joined(small, "m-0100", {"workplace": "moon"}))
    assert "every member stands on the roll of workplaces" in refused(small, joined(small, "m-0100", {}))
    assert "stands on rolls trade, workplace" in refused(small, joined(small, "m-0100", {"moon": "mill"}))
    small.do(joined(small, "m-0100", {"workplace": "mill", "trade": "bakers"}))
    assert small.state.members["m-0100"].groups == {"workplace": "mill", "trade": "bakers"}
    assert "there is a member 'm-0100' already" in refused(small, joined(small, "m-0100", {"workplace": "mill"}))


def test_groups_are_registered_on_a_roll_and_lie_in_a_group_that_gathers_them() -> None:
    small = begun()
    small.do(group(small, "branch", "north"))

    assert "the charter has no roll 'moon'" in refused(small, group(small, "moon", "x"))
    assert "no registered group that gathers" in refused(small, group(small, "workplace", "x", within="branch/south"))
    assert "no registered group that gathers" in refused(small, group(small, "trade", "x", within="branch/north"))
    assert "no registered group that gathers" in refused(small, group(small, "trade", "x", within="moon/north"))
    assert "cannot name" in refused(small, group(small, "trade", "X y"))
    small.do(group(small, "workplace", "x", within="branch/north"))
    assert small.state.groups["workplace", "x"].within == "branch/north"
    small.do(joined(small, "m-0100", {"workplace": "x"}))
    assert standing.members_of_group(small.state, "branch", "north") == {"m-0100"}


def test_after_the_first_election_only_whom_the_charter_names_enters_members() -> None:
    by_members, by_committees = '"member_joined", "group_registered", ', '["member_joined", "group_registered"]'
    own = f'[[permission]]\nacts = {by_committees}\nby = ["committee"]\narticle = "10"\n'
    small = begun(CHARTER.replace(by_members, "").replace("[currents]", f"{own}[currents]"))
    elected(small, "committee/mill", "assembly/mill", ["m-0008"])

    assert refusal(small, joined(small, "m-0100", {"workplace": "mill"})).article == "10"
    act = acts.MemberJoined(
        at=small.at,
        by="m-0008",
        body="committee/mill",
        member="m-0100",
        commitment="0" * 64,
        groups={"workplace": "mill"},
    )
    small.do(act)


def test_members_leave_themselves() -> None:
    small = begun()

    other = acts.MemberLeft(at=small.at, by="m-0001", member="m-0002")
    assert "members leave themselves" in refused(small, other)


def test_a_key_is_32_bytes_in_base64() -> None:
    small = begun(CHARTER.replace('acts = ["candidate_nominated",', 'acts = ["key_registered", "candidate_nominated",'))
    for wrong in ("x", "AAAA", "!"):
        assert "32 bytes" in refused(small, acts.KeyRegistered(at=small.at, by="m-0001", public_key=wrong))
    key = "A" * 43 + "="
    small.do(acts.KeyRegistered(at=small.at, by="m-0001", public_key=key))
    assert small.state.members["m-0001"].public_key == key


def test_a_correction_names_an_earlier_act() -> None:
    small = begun(
        CHARTER.replace('acts = ["candidate_nominated",', 'acts = ["correction_made", "candidate_nominated",')
    )
    later = acts.CorrectionMade(at=small.at, by="m-0001", corrects=small.state.size, reason="x")

    assert "there is no act" in refused(small, later)
    small.do(acts.CorrectionMade(at=small.at, by="m-0001", corrects=0, reason="x"))
    assert list(small.state.corrections) == [0]


def test_where_no_roll_is_required_a_member_may_stand_on_none() -> None:
    free = CHARTER.replace("required = true", "required = false")
    small = begun(free)
    small.do(joined(small, "m-0100", {}))

    assert small.state.members["m-0100"].groups == {}
    assert "m-0100" in standing.sitting(small.state, "everybody", small.at)
    assert small.state.charter is not None
    # In language 1 no roll said so, and a member stood on one of them at least.
    small.state.charter = dataclasses.replace(small.state.charter, language=1)
    assert "this act names none" in refused(small, joined(small, "m-0101", {}))
