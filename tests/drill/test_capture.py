import dataclasses
import itertools
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

from comitia.charter.structure import Charter, Matter, Seats
from comitia.drill import capture, cells, certificate, check, circuit, overlap
from comitia.drill.bodies import Body, Federation
from comitia.drill.capture import Capture, Place
from comitia.drill.cells import Cells
from comitia.drill.check import NotCaptured, Won
from comitia.drill.cost import Others

Mix = Callable[[int, int], Cells]


def captured(charter: Charter, matter: str, members: Cells) -> Capture:
    return capture.capture(charter, charter.matters[matter], members, seconds=60)


def people(charter: Charter, matter: str, members: Cells) -> int:
    return captured(charter, matter, members).people


def even(workplaces: int, size: int) -> Cells:
    """Return workplaces of one size, each with its own trade and locality: nobody overlaps."""
    return Cells(("workplace", "trade", "locality"), {(f"w{w}", f"t{w}", f"l{w}"): size for w in range(workplaces)})


def test_an_assembly_is_carried_by_more_than_half_of_the_smallest(shipped: Charter) -> None:
    members = Cells(
        ("workplace", "trade", "locality"),
        {("mill", "millers", "hill"): 9, ("mill", "bakers", "hill"): 11, ("farm", "growers", "dale"): 31},
    )

    assert captured(shipped, "resolution-assembly", members) == Capture(
        matter="resolution-assembly",
        name="resolution of an assembly",
        article="23",
        people=11,
        bound=11,
        members=51,
        rolls=("workplace",),
        coalition={("mill",): 11},
        by=(Won(Body("assembly", "mill"), 11, 11, 20),),
        places=(Place("assembly/mill", "assembly/mill", 11, 20, 0, 0),),
        arithmetic="assembly mill: 11 of 20: 11 of 51 members = 21.6 %.",
        circuit=circuit.Circuit((), (), {}, ()),
    )


def test_a_merger_takes_both_of_the_assemblies_that_merge(shipped: Charter) -> None:
    found = captured(shipped, "merger", even(3, 20))

    assert [(won.body.id, won.has) for won in found.by] == [("assembly/w0", 11), ("assembly/w1", 11)]
    assert found.arithmetic == "assembly w0: 11 of 20; assembly w1: 11 of 20: 22 of 60 members = 36.7 %."
    answer = overlap.decide(Federation(shipped, even(3, 20)), shipped.matters["merger"], seconds=60)
    assert sum(answer.coalition.values()) == answer.bound == 22


def test_a_house_of_delegates_is_reckoned_with_a_pencil(shipped: Charter) -> None:
    # Nine workplaces of 40: two seats each, 18 in all; ten are needed; a seat costs a quota of 14, two cost 28.
    found = captured(shipped, "resolution-committees-house", even(9, 40))

    assert (found.people, found.bound, found.members) == (10 * 14, 140, 360)
    assert found.by == (Won(Body("committees-house", ""), 10, 10, 18),)
    assert sum(place.seats for place in found.places) == 10
    assert found.arithmetic == (
        "committees' house: 28 of 40 in w0, w1, w2, w3, w4 (2 of 2 seats each), 10 of 18 seats, 10 needed: "
        "140 of 360 members = 38.9 %."
    )


def test_every_tier_of_single_delegates_multiplies_the_halves(shipped: Charter) -> None:
    # Eleven districts of 11 workplaces of 21 members: 6 x 6 x 11 = 396 of 2,541, as the folk theorem says.
    kinds = dict(shipped.kinds)
    one = dataclasses.replace(kinds["district"], electors="assembly", rule="plurality")
    kinds["district"] = one
    kinds["board"] = dataclasses.replace(one, id="board", each="", electors="district")
    charter = dataclasses.replace(shipped, kinds=kinds)
    members = Cells(
        ("workplace",),
        {(f"w{d}-{w}",): 21 for d in range(11) for w in range(11)},
        {f"workplace/w{d}-{w}": f"district/d{d}" for d in range(11) for w in range(11)},
    )

    assert people(charter, "resolution-board", members) == 6 * 6 * 11


def test_two_houses_are_not_twice_as_safe(shipped: Charter, mixed: Mix) -> None:
    # Single delegates, so that the halves multiply: one person counts in both houses.
    single = {h: dataclasses.replace(shipped.kinds[h], seats=Seats(fixed=1, per_members=None)) for h in shipped.houses}
    charter = dataclasses.replace(shipped, kinds={**shipped.kinds, **single})
    members = mixed(20, 7)
    both = captured(charter, "plan", members)
    committees = people(charter, "resolution-committees-house", members)
    unions = people(charter, "resolution-unions-house", members)

    assert (members.members, committees, unions) == (406, 69, 110)
    assert (both.people, both.bound, both.is_smallest) == (117, 117, True)


@pytest.mark.parametrize("seed", range(4))
def test_the_programme_finds_on_a_tree_what_the_table_finds(shipped: Charter, mixed: Mix, seed: int) -> None:
    members = mixed(8, seed)
    federation = Federation(shipped, members)
    for name in ("resolution-committees-house", "resolution-unions-house", "resolution-district", "resolution-union"):
        matter = shipped.matters[name]
        answer = overlap.decide(federation, matter, seconds=60)

        assert sum(answer.coalition.values()) == answer.bound == people(shipped, name, members)


def small_cells() -> st.SearchStrategy[Cells]:
    places = [(f"w{w}", f"t{t}", "l0") for w in range(3) for t in range(2)]
    sizes = st.tuples(*(st.integers(0, 3) for _ in places))
    kept = sizes.map(lambda s: {place: size for place, size in zip(places, s, strict=True) if size})
    return kept.filter(bool).map(lambda s: Cells(("workplace", "trade", "locality"), s))


def by_trying_all(federation: Federation, matter: Matter) -> int:
    sizes = federation.cells.sizes
    best = federation.cells.members
    for chosen in itertools.product(*(range(size + 1) for size in sizes.values())):
        if sum(chosen) >= best:
            continue
        try:
            check.check_capture(federation, matter, dict(zip(sizes, chosen, strict=True)))
        except NotCaptured:
            continue
        best = sum(chosen)
    return best


@settings(max_examples=25, deadline=None)
@given(
    members=small_cells(),
    threshold=st.sampled_from(["1/2", "2/3"]),
    per=st.sampled_from([2, 3]),
    turnout=st.sampled_from(["0", "1/2"]),
    others=st.sampled_from(["against", "absent"]),
)
def test_no_smaller_coalition_decides_when_all_are_tried(
    shipped: Charter, members: Cells, threshold: str, per: int, turnout: str, others: Others
) -> None:
    seats = dataclasses.replace(shipped.kinds["committees-house"].seats, per_members=per)  # type: ignore[type-var]
    turnouts = dataclasses.replace(shipped.kinds["board"].candidacy, turnout=Fraction(turnout))  # type: ignore[type-var]
    houses = {
        h: dataclasses.replace(shipped.kinds[h], seats=seats, candidacy=turnouts)
        for h in ("committees-house", "unions-house")
    }
    charter = dataclasses.replace(shipped, kinds={**shipped.kinds, **houses})
    matter = _easier(dataclasses.replace(shipped.matters["plan"], threshold=Fraction(threshold)))
    found = capture.capture(charter, matter, members, seconds=60, others=others)

    smallest = by_trying_all(Federation(charter, members, others), matter)
    proven = certificate.check(capture.proof(found))

    assert found.people == found.bound == smallest
    assert proven[0] == smallest >= proven[1]


def _easier(matter: Matter) -> Matter:
    """Return a matter whose way out of a deadlock asks for half the seats."""
    exits = (dataclasses.replace(e, threshold=Fraction(1, 2)) if e.way == "joint" else e for e in matter.exits)
    return dataclasses.replace(matter, exits=tuple(exits))


def test_the_way_out_of_a_deadlock_is_taken_where_it_is_cheaper(shipped: Charter) -> None:
    # One house of two large trades, one of ten small workplaces: with the way out at half, the committees decide nearly
    # alone.
    members = Cells(
        ("workplace", "trade", "locality"),
        {(f"w{w}", f"t{w % 2}", "l0"): 4 for w in range(10)},
    )
    plan = shipped.matters["plan"]
    easy = _easier(plan)
    found = capture.capture(shipped, easy, members, seconds=60)

    assert [won.body.id for won in found.by] == ["committees-house", "congress"]
    assert found.people < people(shipped, "plan", members)


def test_a_coalition_with_one_person_fewer_does_not_decide(shipped: Charter, mixed: Mix) -> None:
    members = mixed(10, 3)
    matter = shipped.matters["plan-cut"]
    found = captured(shipped, "plan-cut", members)
    federation = Federation(shipped, cells.project(members, frozenset(found.rolls)))

    assert check.check_capture(federation, matter, found.coalition) == found.by
    for cell in found.coalition:
        fewer = {**found.coalition, cell: found.coalition[cell] - 1}
        with pytest.raises(NotCaptured):
            check.check_capture(federation, matter, fewer)


def test_a_coalition_of_more_people_than_there_are_is_refused(shipped: Charter) -> None:
    members = even(2, 20)
    matter = shipped.matters["resolution-general"]
    with pytest.raises(NotCaptured) as caught:
        check.check_capture(Federation(shipped, members), matter, {("w0", "t0", "l0"): 41})

    assert caught.value.reason == "it counts 41 of 20 people in w0 / t0 / l0"


def test_every_matter_of_the_shipped_charter_has_a_number_on_invented_members(shipped: Charter) -> None:
    members = cells.invented(shipped)
    found = {name: captured(shipped, name, members) for name in shipped.matters}

    assert members.members == 240
    assert all(one.is_smallest and 0 < one.people <= 240 for one in found.values())
    assert found["resolution-general"].people == 121
    assert found["amend-entrenched"].people == 180
    assert found["plan"].people <= found["plan-cut"].people <= found["amend-entrenched"].people


def test_a_body_that_does_not_exist_among_the_members_is_named(shipped: Charter) -> None:
    with pytest.raises(capture.NoBody) as caught:
        captured(shipped, "resolution-district", even(3, 10))

    assert caught.value.kind == "district"
