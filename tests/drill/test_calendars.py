import dataclasses
from math import inf

from comitia.charter.structure import Charter
from comitia.drill import calendars, cells, hold
from comitia.drill.bodies import Federation
from comitia.drill.hold import Base, Clause, Post


def test_a_house_is_filled_by_its_assemblies_and_recalled_by_them(shipped: Charter) -> None:
    calendar = calendars.of(Federation(shipped, cells.invented(shipped)))
    posts = {post.id: post for post in calendar.posts}
    assemblies = {f"assembly/workplace-{n}": 1 for n in range(1, 13)}
    house = posts["committees-house"]

    assert Base("assembly/workplace-1", 1, 11) in calendar.bases
    assert (house.majority, house.filled, house.recall) == (
        7,
        (Clause(7, assemblies),),
        Clause(7, assemblies),
    )


def test_who_holds_an_elected_house_is_its_base_and_the_base_takes_it_back(shipped: Charter) -> None:
    calendar = calendars.of(Federation(shipped, cells.invented(shipped)))

    assert hold.hold(calendar, "committees-house", mode="open", seconds=30).people == 7 * 11
    assert hold.recover(calendar, "committees-house", seconds=30).people == 7 * 11


def test_a_house_whose_candidates_its_own_board_admits_is_not_taken_back(shipped: Charter) -> None:
    # A nomination gate of five who are appointed by the house that they guard.
    candidacy = shipped.kinds["committees-house"].candidacy
    assert candidacy is not None
    gated = dataclasses.replace(candidacy, gate="screening")
    kinds = dict(shipped.kinds)
    kinds["committees-house"] = dataclasses.replace(kinds["committees-house"], candidacy=gated)
    kinds["screening"] = dataclasses.replace(
        shipped.kinds["board"], id="screening", form="appointed", electors="", appointed_by=("committees-house",)
    )
    calendar = calendars.of(Federation(dataclasses.replace(shipped, kinds=kinds), cells.invented(shipped)))

    assert hold.recover(calendar, "committees-house", seconds=30).people == inf


def test_a_post_that_nobody_can_fill_is_left_out(shipped: Charter) -> None:
    kinds = dict(shipped.kinds)
    kinds["ghost"] = dataclasses.replace(shipped.kinds["board"], id="ghost", form="appointed", appointed_by=("nobody",))
    calendar = calendars.of(Federation(dataclasses.replace(shipped, kinds=kinds), cells.invented(shipped)))

    assert "ghost" not in {post.id for post in calendar.posts}
    assert all(isinstance(post, Post) for post in calendar.posts)
