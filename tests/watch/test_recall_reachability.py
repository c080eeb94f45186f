from math import inf

import lived
from small import Small

from comitia.federation import acts
from comitia.watch import recall_reachability
from comitia.watch.view import View


def test_in_a_party_without_recall_every_seat_is_beyond_it(above: View) -> None:
    beyond, *days, used = recall_reachability.readings(above)

    assert (beyond.count, beyond.of, beyond.articles) == (18, 18, ("10",))
    assert {r.value for r in days} == {inf}
    assert days[0].sentence == "No article lets anybody recall who sits in the secretariat."
    assert (used.value, used.of) == (0, 18)


def test_everybody_can_be_recalled_and_replaced_in_three_weeks() -> None:
    small: Small = lived.free()
    elector = "m-0004"
    assert small.state.members[elector].groups["workplace"] == "bakery"
    small.do(
        acts.RecallPetitioned(
            at=small.at, by=elector, body="assembly/bakery", recall="r", seat="committee/bakery:1", reason="Absent."
        )
    )
    beyond, *days, used = recall_reachability.readings(lived.view(small))

    assert (beyond.count, beyond.of) == (0, 54)
    assert beyond.sentence == "0 of 54 filled seats are beyond recall by the members."
    assert {(r.body, r.value) for r in days} == {
        (kind, 21)
        for kind in ("committee", "union", "council", "committees-house", "unions-house", "board", "secretary")
    }
    assert (used.count, used.of, used.acts) == (1, 54, (len(small.done) - 1,))
    assert used.sentence == "1 recalls were petitioned for in the last 365 days, on 54 filled seats."
