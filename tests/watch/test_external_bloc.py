import lived
from small import Small

from comitia.federation import acts
from comitia.watch import external_bloc

HOUSES = ("committees-house:bakery:1", "committees-house:farm:1", "committees-house:mill:1",
          "unions-house:bakers:1", "unions-house:drivers:1", "unions-house:growers:1")  # fmt: skip


def test_a_current_with_two_of_three_seats_settles_what_it_votes_for_as_one() -> None:
    small: Small = lived.free()
    seated = [small.state.terms[seat][-1].member for seat in HOUSES]
    bloc = (seated[0], seated[1], seated[3], *(m for m in sorted(small.state.members) if m not in seated))[:8]
    small.do(acts.CurrentFormed(at=small.at, by=bloc[0], current="party", name="Party", members=bloc))
    board = small.state.terms["board:1"][-1].member
    first = dict(zip(HOUSES, ("for", "for", "against", "for", "for", "for"), strict=True))
    second = dict(zip(HOUSES, ("for", "against", "for", "for", "against", "for"), strict=True))
    lived.decide(small, "first", board, "board", "levies", first)
    lived.decide(small, "second", board, "board", "levies", second)
    found = {(r.figure.name, r.body): (r.count, r.of) for r in external_bloc.readings(lived.view(small))}

    assert found == {
        ("largest bloc", "committees-house"): (2, 3),
        ("predetermined outcomes", "committees-house"): (1, 2),
        ("largest bloc", "unions-house"): (1, 3),
        ("predetermined outcomes", "unions-house"): (0, 2),
    }
    assert external_bloc.readings(lived.view(small))[0].sentence == (
        "2 of 3 filled seats of the committees' house are held by members of party."
    )


def test_a_register_of_interests_is_a_roll_on_which_no_body_stands() -> None:
    small = lived.registered()
    (bloc, _) = external_bloc.readings(lived.view(small))

    assert (bloc.body, bloc.count, bloc.of) == ("congress", 1, 1)
    assert bloc.sentence == "1 of 1 filled seats of the congress are held by members of interest/bank."


def test_without_declared_organisations_nobody_holds_a_seat(free: Small) -> None:
    bloc, settled, *_ = external_bloc.readings(lived.view(free))

    assert (bloc.count, bloc.of, settled.of) == (0, 3, 0)
    assert bloc.sentence == "No declared organisation holds a seat of the committees' house."
