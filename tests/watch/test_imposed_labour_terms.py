import lived
from small import Small

from comitia.federation import acts, moment
from comitia.watch import imposed_labour_terms
from comitia.watch.view import View

HOUSES = ("committees-house:bakery:1", "committees-house:farm:1", "committees-house:mill:1",
          "unions-house:bakers:1", "unions-house:drivers:1", "unions-house:growers:1")  # fmt: skip


def test_hours_that_a_union_declares_are_its_own() -> None:
    small: Small = lived.free()
    board, baker = (small.state.terms[seat][-1].member for seat in ("board:1", "union/bakers:1"))
    small.do(
        acts.SeasonOpened(
            at=small.at, by=board, body="board", season="s", name="S",
            declarations_until=moment.after(small.at, days=30), ends_at=moment.after(small.at, days=120),
        )
    )  # fmt: skip
    small.do(
        acts.FiguresDeclared(
            at=small.at, by=baker, body="union/bakers", season="s", file="hours",
            rows=(("bakers", "bakery", "1000", "0"),),
        )
    )  # fmt: skip
    (found,) = imposed_labour_terms.readings(lived.view(small))

    assert (found.count, found.of, found.acts) == (0, 1, ())
    assert found.sentence == "0 of 1 labour terms of the last 365 days were set without a body of the trades."
    assert found.articles == ("25",)


def test_the_bodies_behind_which_the_trades_stand(freely: View, above: View) -> None:
    assert imposed_labour_terms.of_the_trades(freely.rules) == {"trade-assembly", "union", "unions-house"}
    assert imposed_labour_terms.of_the_trades(above.rules) == frozenset()


def test_a_congress_that_decides_on_a_trade_imposes_where_no_union_decides_too() -> None:
    small = lived.militarised()
    (found,) = imposed_labour_terms.readings(lived.view(small))

    assert (found.count, found.of, found.acts) == (1, 1, (small.state.size - 1,))
