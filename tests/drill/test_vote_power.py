from fractions import Fraction

import lived

from comitia.drill import concentration, vote_power


def test_three_assemblies_with_one_delegate_each_have_a_third_of_the_power() -> None:
    view = lived.view(lived.free())
    committees = [r for r in vote_power.readings(view) if r.body == "committees-house"]

    # Three of weight one, two of three carry: each is decisive in two of the four coalitions of the others.
    assert [(r.figure.name, r.value, r.count, r.of) for r in committees] == [
        ("strongest absolute power", Fraction(1, 2), 1, 3),
        ("strongest Shapley-Shubik share", Fraction(1, 3), 1, 3),
        ("power to act", Fraction(1, 2), 3, 3),
    ]
    assert committees[0].sentence == (
        "assembly/bakery filled 1 of 3 seats of the committees' house; decisive in 50 % of coalitions."
    )
    shares = [r for r in concentration.readings(view) if r.body == "committees-house"]
    assert [(r.figure.name, r.value) for r in shares] == [
        ("concentration of power", Fraction(1, 3)),
        ("effective number of power holders", 3),
        ("inequality of power", 0),
        ("largest share of power", Fraction(1, 3)),
    ]


def test_whoever_put_up_the_only_delegate_has_all_of_the_power() -> None:
    view = lived.view(lived.party())
    absolute, *_ = vote_power.readings(view)
    hhi, effective, _, largest = concentration.readings(view)

    assert (absolute.value, absolute.acts) == (1, (107,))
    assert (hhi.value, effective.value, largest.value) == (1, 1, 1)
    assert largest.sentence == "provincial-secretary/tula has 100 % of the power in the congress."


def test_the_gini_coefficient_of_51_seats_of_100_is_not_that_of_their_power() -> None:
    assert concentration.gini([Fraction(1), Fraction(0)]) == Fraction(1, 2)
    assert concentration.gini([Fraction(1, 3)] * 3) == 0
