"""Published tables of capture by the drill's own solver: pyramids, delegates by transferable vote, a college."""

import dataclasses
from collections.abc import Iterable

import pytest
from voters import CENSUS_2010, ELECTORS_2010

from comitia.charter.structure import Charter, Seats
from comitia.drill import capture, circuit, lagrange
from comitia.drill.capture import Capture
from comitia.drill.cells import Cells
from comitia.drill.circuit import Assembly, Circuit, Demand, House, Part

PEOPLE = 308_745_538


def pyramid(shipped: Charter, districts: int, workplaces: int, people: int, *, seats: int) -> Capture:
    """Return the capture of a board that districts elect, whose boards workplaces elect, with so many seats each."""
    kinds = dict(shipped.kinds)
    one = dataclasses.replace(
        kinds["district"],
        electors="assembly",
        rule="plurality" if seats == 1 else "scottish",
        seats=Seats(fixed=seats, per_members=None),
    )
    kinds["district"] = one
    kinds["board"] = dataclasses.replace(one, id="board", each="", electors="district")
    charter = dataclasses.replace(shipped, kinds=kinds)
    places = {f"w{d}-{w}": f"district/d{d}" for d in range(districts) for w in range(workplaces)}
    members = Cells(("workplace",), {(w,): people for w in places}, {f"workplace/{w}": d for w, d in places.items()})
    return capture.capture(charter, charter.matters["resolution-board"], members, seconds=60)


@pytest.mark.parametrize(
    ("districts", "workplaces", "people", "captured"),
    [(5, 5, 5, 27), (3, 3, 3, 8), (11, 11, 21, 396), (101, 101, 101, 132_651)],
)
def test_single_delegates_halve_the_majority_at_every_tier(
    shipped: Charter, districts: int, workplaces: int, people: int, captured: int
) -> None:
    found = pyramid(shipped, districts, workplaces, people, seats=1)

    assert (found.people, found.bound, found.members) == (captured, captured, districts * workplaces * people)


@pytest.mark.parametrize(
    ("seats", "captured", "percent"),
    [(1, 133_926, 12.94), (3, 302_328, 29.20), (5, 369_886, 35.73), (9, 439_530, 42.45)],
)
def test_p23_more_delegates_by_transferable_vote_take_more_people(
    shipped: Charter, seats: int, captured: int, percent: float
) -> None:
    found = pyramid(shipped, 101, 51, 201, seats=seats)

    assert (found.people, found.bound, found.members) == (captured, captured, 1_035_351)
    assert round(found.percent, 2) == percent


def college(needed: int) -> Circuit:
    """Return the electoral college of 2010: more than half of a state's people win all its electors."""
    states = tuple(CENSUS_2010)
    takes = {state: (CENSUS_2010[state] // 2 + 1,) * ELECTORS_2010[state] for state in states}
    found: dict[str, Assembly | House] = {state: Assembly((at,)) for at, state in enumerate(states)}
    found["college"] = House(tuple(Part((state,), takes[state]) for state in states))
    way = (Demand(1, (("college", needed),)),)
    return Circuit(tuple((state,) for state in states), tuple(CENSUS_2010.values()), found, (way,))


def taken_in(order: Iterable[str]) -> int:
    """Return how many people win 270 electors, taking states in an order until it is enough."""
    electors = people = 0
    for state in order:
        if electors < 270:
            electors, people = electors + ELECTORS_2010[state], people + CENSUS_2010[state] // 2 + 1
    return people


@pytest.mark.parametrize(("needed", "people", "percent"), [(270, 67_366_470, 21.8194), (269, 66_994_676, 21.6990)])
def test_p24_the_electoral_college_of_2010_falls_to_the_people_of_forty_states(
    needed: int, people: int, percent: float
) -> None:
    of = college(needed)
    assert circuit.is_tree(of, of.ways[0])
    found = lagrange.bounded(of, of.ways[0], rounds=1)

    assert (found.people, found.bound) == (people, people)
    assert (sum(CENSUS_2010.values()), round(100 * people / PEOPLE, 4)) == (PEOPLE, percent)
    if needed == 270:
        won = {lot[0] for lot, number in zip(of.lots, found.coalition, strict=True) if number}
        assert (len(won), sum(ELECTORS_2010[state] for state in won)) == (40, 270)
        assert set(CENSUS_2010) - won == {"CA", "TX", "NY", "FL", "IL", "PA", "OH", "MI", "GA", "NJ", "VA"}


def test_p24_taking_the_biggest_states_or_the_cheapest_electors_first_is_no_proof() -> None:
    biggest = taken_in(sorted(CENSUS_2010, key=lambda s: -ELECTORS_2010[s]))
    cheapest = taken_in(sorted(CENSUS_2010, key=lambda s: CENSUS_2010[s] / ELECTORS_2010[s]))

    assert round(100 * biggest / PEOPLE, 2) == 28.43
    assert round(100 * cheapest / PEOPLE, 2) == 21.84
    assert min(biggest, cheapest) > lagrange.bounded(college(270), college(270).ways[0], rounds=1).people
