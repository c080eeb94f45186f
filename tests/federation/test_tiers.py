"""Nothing assumes two houses or two tiers: one house, three houses, and boards over five tiers of groups."""

from itertools import pairwise

from people import CHARTER, begun, carried, joined
from small import Small, elect, refused

from comitia.charter import faults, parse
from comitia.federation import acts, moment, standing

TIERS = ("workplace", "district", "region", "country", "continent")

WAY = """
way = "plain"
base = "filled"
quorum = "1/2"
quorum_base = "filled"
abstentions = "counted"
effect = "none"
article = "10"
"""


def seated(name: str, *, each: str, electors: str, seats: str) -> str:
    """Return a kind of body whose seats are filled by delegates of each electing body."""
    return f"""
[kind.{name}]
name = "{name}"
plural = "{name}s"
form = "elected"
each = "{each}"
electors = "{electors}"
constituencies = true
office = false
{seats}
election = "plain"
term_days = 360
term_limit = 0
incompatible = []
mandate = "imperative"
report_days = 90
recall = "ordinary"
weights = "equal"
article = "2"
"""


def tiers() -> str:
    """Return the people's charter with boards over five tiers, an assembly of the region, and appeals upwards."""
    text = CHARTER
    for below, roll in pairwise(TIERS):
        text += (
            f'\n[roll.{roll}]\nname = "{roll}"\nplural = "{roll}s"\ngathers = ["{below}"]\nrequired = false\n'
            'article = "1"\n'
        )
        electors = "committee" if below == "workplace" else f"{below}-board"
        text += seated(f"{roll}-board", each=roll, electors=electors, seats="seats = 1")
    text += seated("continent-house", each="continent", electors="assembly", seats="seats_per_members = 3")
    text += '\n[kind.region-assembly]\nname = "r"\nplural = "r"\nform = "all"\neach = "region"\narticle = "2"\n'
    for at, roll in enumerate(TIERS[1:], start=1):
        above = f'appeal = "on-{TIERS[at + 1]}"\nappeal_days = 5\n' if at + 1 < len(TIERS) else ""
        text += (
            f'\n[matter.on-{roll}]\nname = "on-{roll}"\nmovers = ["member", "{roll}-board"]\n'
            f'decided_by = ["{roll}-board"]\naffects = "workplace"\n{above}{WAY}'
        )
    acting = ", ".join(f'"{roll}-board"' for roll in TIERS[1:])
    return text + f'\n[[permission]]\nacts = ["vote_cast"]\nby = [{acting}, "continent-house"]\narticle = "10"\n'


def raised() -> Small:
    """Return a federation of two workplaces in each of two districts of two regions, under five tiers."""
    small = Small()
    small.do(
        acts.FederationFounded(
            at=small.at, by="m-0001", name="Five", zone="UTC", charter=small.blob(tiers()), vkey="five+0+0",
            founders=("m-0001", "m-0002"),
        )
    )  # fmt: skip
    groups = [("continent", "c", ""), ("country", "k", "continent/c")]
    groups += [("region", r, "country/k") for r in ("east", "west")]
    groups += [("district", f"{r}-{d}", f"region/{r}") for r in ("east", "west") for d in "ab"]
    groups += [("workplace", f"{d}{n}", f"district/{d}") for _, d, _ in groups[4:] for n in "12"]
    for roll, group, within in groups:
        small.do(acts.GroupRegistered(at=small.at, by="m-0001", roll=roll, group=group, name=group, within=within))
    number = 0
    for roll, group, _ in groups:
        for _ in range(2 if roll == "workplace" else 0):
            number += 1
            small.do(joined(small, f"m-{number:04}", {"workplace": group}))
    return small


def elected_upwards(small: Small) -> None:
    """Elect the committees, and each board by the boards below it; everywhere the first who may stand."""
    for kind in ("committee", *(f"{roll}-board" for roll in TIERS[1:])):
        for body in [b for b in standing.bodies(small.state) if b.kind.id == kind]:
            for constituency in dict.fromkeys(seat.constituency for seat in standing.seats(small.state, body.id)):
                elect(small, body.id, constituency, sorted(standing.electors(small.state, constituency, small.at))[:1])


def test_the_checker_finds_no_body_out_of_reach_over_five_tiers_and_names_the_single_delegates() -> None:
    names = {fault.name for fault in faults.find_faults(parse.parse(tiers(), file="five"))}
    before = {fault.name for fault in faults.find_faults(parse.parse(CHARTER, file="people"))}

    # The committees of the people's charter have two seats: an equal vote of theirs protects a delegate.
    assert names - before == {"delegates-in-tiers", "tie-protects"}


def test_members_of_a_group_are_those_of_all_tiers_below_it() -> None:
    small = raised()
    sizes = {g: len(standing.members_of_group(small.state, *g)) for g in small.state.groups}

    assert sizes[("continent", "c")] == sizes[("country", "k")] == 16
    assert (sizes[("region", "east")], sizes[("district", "west-b")], sizes[("workplace", "west-b1")]) == (8, 4, 2)
    assert standing.sitting(small.state, "region-assembly/west", small.at) == {f"m-{n:04}" for n in range(9, 17)}


def test_a_body_may_be_elected_by_groups_several_tiers_below() -> None:
    small = raised()
    seats = standing.seats(small.state, "continent-house/c")

    assert len(seats) == 8
    assert [s.constituency for s in seats][:2] == ["assembly/east-a1", "assembly/east-a2"]
    assert standing.find_seat(small.state, seats[0].id) == seats[0]


def test_each_tier_elects_the_next_and_the_last_decides() -> None:
    small = raised()
    elected_upwards(small)
    found = {b.id: sorted(standing.sitting(small.state, b.id, small.at)) for b in standing.bodies(small.state)
             if b.kind.id.endswith("-board")}  # fmt: skip

    assert found["continent-board/c"] == ["m-0001"]
    assert found["region-board/west"] == ["m-0009", "m-0013"]


def test_a_matter_belongs_to_the_lowest_of_five_tiers_and_is_appealed_tier_by_tier() -> None:
    small = raised()
    elected_upwards(small)

    def motion(name: str, roll: str, group: str, *affects: str, by: str = "m-0001", **more: str) -> acts.MotionMoved:
        return acts.MotionMoved(
            at=small.at, by=by, body=f"{roll}-board/{group}", motion=name, matter=f"on-{roll}", title=name,
            text=small.blob("x\n"), affects=affects, **more,
        )  # fmt: skip

    near, far = ("workplace/east-a1", "workplace/east-a2"), ("workplace/east-a1", "workplace/east-b2")
    assert "belongs to district-board/east-a" in refused(small, motion("m", "country", "k", *near))
    assert "belongs to region-board/east" in refused(small, motion("m", "continent", "c", *far))
    assert "which region-board/east does not hold" in refused(
        small, motion("m", "region", "east", *far, "workplace/west-a1")
    )
    small.do(motion("low", "region", "east", *far))
    small.do(acts.DivisionOpened(at=small.at, by="m-0001", motion="low", closes_at=moment.after(small.at, days=3)))
    for term in standing.filled(small.state, "region-board/east", small.at):
        small.do(
            acts.VoteCast(at=small.at, by=term.member, body="region-board/east", motion="low", seat=term.seat,
                          choice="for")
        )  # fmt: skip
    small.wait(3)
    small.do(acts.DivisionClosed(at=small.at, by="clerk", motion="low"))
    assert small.state.motions["low"].outcome == "carried"
    small.do(motion("high", "country", "k", appeals="low"))

    assert small.state.motions["high"].affects == far


def houses(number: int) -> str:
    """Return the people's charter with so many houses that must all carry a joint resolution."""
    names = [f"house-{n}" for n in range(1, number + 1)]
    text = CHARTER
    for name in names:
        text += seated(name, each="", electors="assembly", seats="seats = 1")
    listed = ", ".join(f'"{name}"' for name in names)
    text += f'\n[matter.joint]\nname = "joint"\nmovers = ["member"]\ndecided_by = [{listed}]\n{WAY}'
    return text + f'\n[[permission]]\nacts = ["vote_cast"]\nby = [{listed}]\narticle = "10"\n'


def decided(number: int, *, against: int = 0) -> Small:
    """Return a federation in which so many houses have voted on a motion, the last of them against it."""
    small = begun(houses(number))
    for n in range(1, number + 1):
        for place, group in enumerate(("bakery", "farm", "mill")):
            first = {"bakery": 1, "farm": 5, "mill": 8}[group]
            elect(small, f"house-{n}", f"assembly/{group}", [f"m-{first + (n + place) % 3:04}"])
    small.do(acts.MotionMoved(at=small.at, by="m-0001", motion="m", matter="joint", title="m", text=small.blob("x\n")))
    small.do(acts.DivisionOpened(at=small.at, by="m-0001", motion="m", closes_at=moment.after(small.at, days=3)))
    for n in range(1, number + 1):
        for term in standing.filled(small.state, f"house-{n}", small.at):
            choice = "against" if n > number - against else "for"
            small.do(
                acts.VoteCast(at=small.at, by=term.member, body=f"house-{n}", motion="m", seat=term.seat,
                              choice=choice)
            )  # fmt: skip
    small.wait(3)
    small.do(acts.DivisionClosed(at=small.at, by="clerk", motion="m"))
    return small


def test_one_house_decides_alone() -> None:
    small = decided(1)
    verdict = small.state.motions["m"].divisions[-1].verdict

    assert small.state.motions["m"].outcome == "carried"
    assert verdict is not None
    assert len(verdict.verdicts) == 1


def test_three_houses_must_all_carry_and_one_that_does_not_stops_it() -> None:
    assert decided(3).state.motions["m"].outcome == "carried"
    assert decided(3, against=1).state.motions["m"].outcome == "lost"


def test_a_federation_without_any_house_decides_in_its_assembly() -> None:
    small = begun(CHARTER.replace('houses = ["house"]', "houses = []"))
    carried(small, "m", "resolution", "everybody")

    assert small.state.motions["m"].outcome == "carried"
