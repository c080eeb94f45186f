"""Each example charter is lived: a federation is founded under it, seats are filled, a decision is taken, or refused.

What happens is told in tests/scenarios/charters/; COMITIA_TRANSCRIPTS=write writes what happens now.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from life import EXAMPLES, Life, number

from comitia.federation import acts

HERE = Path(__file__).parent / "charters"


def colab() -> Life:
    life = Life("colab", founders=3)
    life.join(1, 9)
    life.elect("guiding-council", "member-body", (1, 2, 3, 4, 5, 6, 7), by=number(1))
    life.move("new-website", "proposal", by=1, body="member-body")
    life.say("All nine vote, one of them aside:")
    assert life.divide("new-website", by=1, member_body=(8, 0, 1)) == "carried"
    life.move("new-office", "proposal", by=1, body="member-body")
    life.say("Nobody is against it; one of nine is on holiday:")
    assert life.divide("new-office", by=1, member_body=(8, 0, 0)) == "lost"
    life.move("new-office-again", "members-vote", by=1, body="member-body")
    life.say("The same nine, by the other rule: two vote, seven are silent:")
    assert life.divide("new-office-again", by=1, member_body=(1, 1, 0)) == "carried"
    return life


def cotech() -> Life:
    groups = tuple(("co-op", group, "") for group in ("animorph", "outlandish", "wave"))
    life = Life("cotech", founders=3, groups=groups)
    for at, (_, group, _) in enumerate(groups):
        life.join(3 * at + 1, 3 * at + 3, **{"co-op": group})
    for at, (_, group, _) in enumerate(groups):
        life.elect("network", f"co-op/{group}", (3 * at + 1,), by=number(3 * at + 1))
    life.move("shared-stand", "proposal", by=1, body="network")
    assert life.divide("shared-stand", by=1, network=(3, 0, 0)) == "carried"
    life.move("shared-office", "proposal", by=1, body="network")
    life.say("One of three co-ops says no:")
    assert life.divide("shared-office", by=1, network=(2, 1, 0)) == "lost"
    return life


def debian() -> Life:
    life = Life("debian", founders=3)
    life.join(1, 60)
    life.say("Nobody opens an election but the secretary, and the leader, who would appoint one, is to be elected:")
    life.elect("leader", "developers", (5, 6), by=number(1))
    life.carry_over("secretary:1", 2)
    life.elect("leader", "developers", (5, 6), by=number(2))
    life.appoint("technical-committee:1", 7, by=5, body="leader")
    life.appoint("technical-committee:2", 8, by=7, body="technical-committee")
    life.move("init-systems", "resolution", by=9, body="developers")
    life.say("The mover cannot open the vote, the secretary does:")
    assert life.divide("init-systems", by=9) == ""
    assert life.divide("init-systems", by=2, closing=2, developers=(50, 6, 2)) == "carried"
    return life


def joint_management_1921() -> Life:
    groups = (("region", "urals", ""), ("enterprise", "mine", "region/urals"), ("enterprise", "works", "region/urals"),
              ("trade", "miners", ""), ("trade", "metal", ""))  # fmt: skip
    life = Life("joint-management-1921", founders=3, groups=groups)
    life.join(1, 12, enterprise="mine", trade="miners")
    life.join(13, 24, enterprise="works", trade="metal")
    for first, enterprise, trade in ((1, "mine", "miners"), (13, "works", "metal")):
        five = tuple(range(first, first + 5))
        life.elect(f"committee/{enterprise}", f"assembly/{enterprise}", five, by=number(first))
        life.elect(f"union/{trade}", f"trade-assembly/{trade}", five, by=number(first))
        life.elect("producers-congress", f"trade-assembly/{trade}", (first + 5,), by=number(first))
        life.elect("regional-congress/urals", f"assembly/{enterprise}", (first + 6,), by=number(first))
    life.elect("central-board", "producers-congress", (8, 9, 10, 11, 20, 21, 22), by=number(6))
    life.say("A union puts whom it chooses into an economic post; a board does not:")
    life.appoint("administration/miners:1", 12, by=1, body="union/miners")
    life.appoint("administration/metal:1", 23, by=20, body="central-board")
    life.move("eight-hours", "resolution", by=6, body="producers-congress")
    assert life.divide("eight-hours", by=6, producers_congress=(2, 0, 0)) == "carried"
    return life


def nixos() -> Life:
    life = Life("nixos", founders=3)
    life.join(1, 20)
    life.say("The election committee opens elections, and the steering committee that names it is to be elected:")
    life.carry_over("steering-committee:1", 1)
    for at, member in enumerate((2, 3, 4), start=1):
        life.appoint(f"election-committee:{at}", member, by=1, body="steering-committee")
    life.elect("steering-committee", "voters", (5, 6, 7, 8, 9, 10, 11), by=number(2), admits=1)
    life.do("m-0011 resigns", acts.SeatResigned(at=life.at, by=number(11), seat="steering-committee:1"))
    life.move("ordinary-business", "ordinary", by=5, body="steering-committee")
    assert life.divide("ordinary-business", by=5, steering_committee=(4, 2, 0)) == "carried"
    life.move("no-confidence", "reelection", by=5, body="steering-committee")
    life.say("One seat is vacant; three of the six who sit have lost confidence:")
    assert life.divide("no-confidence", by=5, steering_committee=(3, 3, 0)) == "lost"
    life.say("The voters would recall them:")
    life.do(
        "m-0012 asks for a recall",
        acts.RecallPetitioned(at=life.at, by=number(12), recall="r", seat="steering-committee:1", reason="3 to 3"),
    )
    return life


def optimism_two_houses() -> Life:
    groups = (("token", "holders", ""), ("citizenship", "citizens", ""))
    life = Life("optimism-two-houses", founders=3, groups=groups)
    life.join(1, 5)
    life.join(6, 15, token="holders")
    life.join(16, 25, citizenship="citizens")
    for seat in (1, 2, 3):
        life.carry_over(f"foundation:{seat}", seat)
    life.say("The foundation fills its own seats:")
    life.appoint("foundation:4", 4, by=1, body="foundation")
    life.say("A holder moves to remove a director, and cannot open the vote:")
    life.move("director-out", "director", by=6, body="token-house/holders")
    assert life.divide("director-out", by=6) == ""
    life.say("The foundation opens it; the house is of one mind, the foundation is not:")
    outcome = life.divide("director-out", by=1, token_house__holders=(10, 0, 0), foundation=(0, 4, 0))
    assert outcome == "lost"
    return life


FOUNDING = """
founding_article = "10"
founders = 3
carried_over_days = 365
"""
"""What lets the practice of 1922 begin: three secretaries who sit there already."""


def party_statutes_1922() -> Life:
    groups = (("province", "tula", ""), ("district", "north", "province/tula"), ("cell", "arms", "district/north"),
              ("cell", "rail", "district/north"))  # fmt: skip
    life = Life("party-statutes-1922", founders=3, groups=groups)
    life.join(1, 10, cell="arms")
    life.say("The charter has no founding: nobody is carried over, and the circle is nowhere entered.")
    life.carry_over("secretariat:1", 1)
    life.appoint("provincial-secretary/tula:1", 4, by=1, body="secretariat")
    before = life.told
    life = Life("party-statutes-1922", founders=3, groups=groups, added=FOUNDING)
    life.told = [*before, "", *life.told]
    life.join(1, 10, cell="arms")
    life.join(11, 40, cell="rail")
    for seat in (1, 2, 3):
        life.carry_over(f"secretariat:{seat}", seat)
    life.say("The secretariat “recommends”, its secretaries put up, and conferences elect whom they put up:")
    life.appoint("provincial-secretary/tula:1", 4, by=1, body="secretariat")
    life.appoint("district-secretary/north:1", 5, by=4, body="provincial-secretary/tula")
    for cell, member in (("arms", 6), ("rail", 7)):
        life.elect("district-conference/north", f"cell/{cell}", (member,), by=number(5))
    life.elect("provincial-conference/tula", "district-conference/north", (8,), by=number(4))
    life.elect("congress", "provincial-conference/tula", (9,), by=number(4))
    life.say("What members would do about it:")
    life.do(
        "twenty form a current",
        acts.CurrentFormed(
            at=life.at, by=number(20), current="opposition", name="Opposition",
            members=tuple(number(n) for n in range(20, 40)),
        ),
    )  # fmt: skip
    life.do(
        "m-0020 asks for a recall",
        acts.RecallPetitioned(at=life.at, by=number(20), recall="r", seat="district-secretary/north:1", reason="named"),
    )
    life.do(
        "m-0020 asks to see the books",
        acts.InspectionDemanded(at=life.at, by=number(20), inspection="i", subject="secretariat", question="all"),
    )
    life.do("m-0020 leaves", acts.MemberLeft(at=life.at, by=number(20), member=number(20)))
    life.move("the-line", "line", by=9, body="congress")
    life.say("The congress of one delegate carries what is put to it:")
    assert life.divide("the-line", by=9, congress=(1, 0, 0)) == "carried"
    return life


LIVED: dict[str, Callable[[], Life]] = {
    "colab": colab,
    "cotech": cotech,
    "debian": debian,
    "joint-management-1921": joint_management_1921,
    "nixos": nixos,
    "optimism-two-houses": optimism_two_houses,
    "party-statutes-1922": party_statutes_1922,
}


def test_every_example_charter_is_lived() -> None:
    assert sorted(LIVED) == sorted(path.stem for path in EXAMPLES.glob("*.toml"))


@pytest.mark.parametrize("name", sorted(LIVED))
def test_a_federation_is_founded_under_it_and_decides_or_is_refused_with_the_article(name: str) -> None:
    told = "\n".join(LIVED[name]().told) + "\n"
    page = HERE / f"{name}.txt"
    if os.environ.get("COMITIA_TRANSCRIPTS") == "write":
        page.write_text(told, encoding="utf-8")

    assert told == page.read_text(encoding="utf-8")
