import pytest
from small import START, founded, seated

from comitia.federation import acts, moment
from comitia.watch import appointment_share, last_refusal, terms_overdue
from comitia.watch.indicator import wilson


def test_wilsons_interval_of_six_in_eight() -> None:
    low, high = wilson(6, 8)

    assert (round(low, 3), round(high, 3)) == (0.409, 0.929)


def test_a_share_of_nothing_has_no_interval() -> None:
    with pytest.raises(ValueError, match="share of nothing"):
        wilson(0, 0)


def test_a_carried_over_officer_counts_as_not_elected() -> None:
    small = founded()
    small.do(acts.OfficerCarriedOver(at=small.at, by="m-0001", seat="secretary:1", member="m-0002"))
    whole, secretary = appointment_share.readings(small.state, small.at)

    assert (whole.count, whole.of, secretary.body, secretary.count) == (1, 1, "secretary", 1)
    assert secretary.acts == (len(small.done) - 1,)


def test_all_seats_elected_give_a_share_of_nought() -> None:
    small = seated()
    (whole,) = appointment_share.readings(small.state, small.at)

    assert (whole.count, whole.share) == (0, 0)


def test_seats_whose_terms_lapsed_are_overdue_until_somebody_is_elected() -> None:
    small = seated()
    later = moment.after(START, days=1000)
    whole = terms_overdue.readings(small.state, later)[0]
    filled = sum(len(terms) > 0 for terms in small.state.terms.values())

    assert whole.count == filled
    assert terms_overdue.readings(small.state, small.at)[0].count == 0


def test_a_house_that_has_not_voted_says_so() -> None:
    small = seated()
    committees, unions = last_refusal.readings(small.state, small.at)

    assert committees.sentence == "committees' house has not yet voted on anything that the board moved."
    assert (unions.body, unions.of) == ("unions-house", 0)
