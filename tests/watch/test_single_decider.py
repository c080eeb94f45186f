from fractions import Fraction

import lived

from comitia.watch import single_decider
from comitia.watch.view import View


def test_a_matter_given_to_one_secretary_is_seen_with_the_change_that_gave_it() -> None:
    small = lived.party(closed=False)
    lived.change_charter(
        small, "one-man", 'decided_by = ["district-conference"]', 'decided_by = ["district-secretary"]'
    )
    voters = 'acts = ["vote_cast"]\nby = ['
    lived.change_charter(small, "he-votes", voters, f'{voters}"district-secretary",')
    matters, taken = single_decider.readings(lived.view(small))

    assert (matters.count, matters.of, matters.value) == (1, 10, Fraction(1, 10))
    assert matters.sentence == ("1 of 10 matters are decided by one person: resolution of a district conference.")
    assert (matters.acts, matters.articles) == ((small.state.charters[1][2],), ("8",))
    assert (taken.count, taken.of) == (0, 2)

    seats = {"district-secretary/north:1": "for"}
    lived.decide(small, "alone", "m-0005", "district-secretary/north", "district", seats)
    taken = single_decider.readings(lived.view(small))[1]
    assert (taken.count, taken.of, taken.acts) == (1, 3, (len(small.done) - 1,))
    assert taken.sentence == "1 of 3 decisions in the last 365 days were taken by one person."


def test_advice_is_the_only_matter_of_one_person_in_the_shipped_charter(freely: View) -> None:
    matters, _ = single_decider.readings(freely)

    assert (matters.sentence, matters.acts) == (
        "1 of 52 matters are decided by one person: advice to a committee.",
        (),
    )
