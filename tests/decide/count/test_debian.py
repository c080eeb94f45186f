"""Debian's A.6, clause by clause."""

from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

from comitia.decide import pairwise, ties
from comitia.decide.count import debian, schulze
from comitia.decide.profile import Profile

LOT = ties.Lot(b"x")


def ranked(options: str, *papers: tuple[int, str]) -> Profile:
    return Profile(tuple(options), tuple((w, tuple(options.index(c) for c in r)) for w, r in papers))


def winner(profile: Profile, **terms: object) -> str:
    asked = debian.Terms(len(profile.candidates) - 1, **terms)  # type: ignore[arg-type]
    return profile.candidates[debian.count(profile, terms=asked, lot=LOT).winners[0]]


def test_an_option_below_its_quorum_is_dropped() -> None:
    # A.6.2: "at least R votes ranking that option above the default option".
    profile = ranked("ABD", (5, "A"), (4, "B"), (1, "D"))
    assert winner(profile, quorum=5) == "A"
    assert winner(profile, quorum=6) == "D"
    found = debian.count(profile, terms=debian.Terms(2, quorum=5), lot=LOT)
    assert found.stages[0].sentence == (
        "Stage 1: 10 valid papers are compared pair by pair; B is dropped, ranked above D by 4, fewer than 5."
    )
    assert (found.stages[0].excluded, found.stages[0].totals) == ((1,), (5, 4, 0))
    assert found.stages[1].sentence == "Stage 2: A wins: 5 to 1 over D."


def test_a_supermajority_is_reached_at_its_ratio_and_a_majority_must_exceed() -> None:
    # A.6.3.2: greater or equal to N * V(D, A), and strictly greater than V(D, A).
    assert winner(ranked("AD", (3, "A"), (1, "D")), ratios={0: Fraction(3)}) == "A"
    assert winner(ranked("AD", (5, "A"), (2, "D")), ratios={0: Fraction(3)}) == "D"
    assert winner(ranked("AD", (2, "A"), (2, "D"))) == "D"
    assert winner(ranked("AD", (3, "A"), (2, "D"))) == "A"
    assert winner(ranked("AD", (3, "AD"))) == "A"
    assert winner(ranked("AD", (1, ""))) == "D"


def test_the_weakest_defeat_of_a_circle_is_dropped() -> None:
    # A.6.7: A beats B 8 to 5, B beats C 9 to 4, C beats A 7 to 6: the last is dropped.
    profile = ranked("ABCD", (4, "ABCD"), (2, "ABCD"), (5, "BCAD"), (2, "CABD"))
    found = debian.count(profile, terms=debian.Terms(3), lot=LOT)
    assert found.stages[1].sentence == (
        "Stage 2: A, B and C defeat one another in a circle; the weakest defeat, 7 to 6 over A, is dropped."
    )
    assert found.winners == (0,)


def test_of_equal_defeats_the_one_with_more_against_it_is_weaker() -> None:
    # A.6.7.1: A beats B 8 to 4, B beats C 8 to 6, C beats A 10 to 4; B over C alone is dropped.
    profile = ranked("ABCD", (2, "ABCD"), (4, "BCAD"), (4, "CABD"), (2, "CD"), (2, "ABD"))
    found = debian.count(profile, terms=debian.Terms(3), lot=ties.Hand(()))
    assert found.stages[1].sentence == (
        "Stage 2: A, B and C defeat one another in a circle; the weakest defeat, 8 to 6 over C, is dropped."
    )
    assert found.winners == (2,)


def test_all_weakest_defeats_are_dropped_together_and_a_casting_vote_ends_it() -> None:
    # A.6.7.2 and A.6.8: three equal defeats in a circle.
    profile = ranked("ABCD", (1, "ABCD"), (1, "BCAD"), (1, "CABD"))
    found = debian.count(profile, terms=debian.Terms(3), lot=ties.Hand((1,)))
    assert found.winners == (1,)
    assert found.stages[-1].tie == ties.Tie("election", (0, 1, 2), (1,), "hand", None, "choice 1 by hand")
    assert found.stages[-2].sentence.count("the weakest defeat, 2 to 1 over") == 3


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        (debian.Terms(5), "the default option 6 is not one of the options that stand"),
        (debian.Terms(1, quorum=-1), "a quorum of -1 papers, expected 0 or more"),
        (debian.Terms(1, ratios={0: Fraction(1, 2)}), "option 1 needs a ratio of 1/2, expected 1 or more"),
        (debian.Terms(1, ratios={1: Fraction(2)}), "the default option 2 needs no ratio"),
    ],
)
def test_terms_that_mean_nothing_are_refused(terms: debian.Terms, said: str) -> None:
    with pytest.raises(debian.TermsWrong, match=said):
        debian.count(ranked("AD", (1, "A")), terms=terms, lot=LOT)


@st.composite
def papers(draw: st.DrawFn) -> Profile:
    size = draw(st.integers(2, 5))
    ranking = st.permutations(range(size)).flatmap(
        lambda order: st.integers(0, size).map(lambda depth: tuple(order[:depth]))
    )
    drawn = draw(st.lists(st.tuples(st.integers(1, 9), ranking), min_size=1, max_size=8))
    return Profile(tuple("ABCDE"[:size]), tuple(drawn))


@settings(max_examples=200)
@given(papers())
def test_among_options_that_stay_it_is_the_schulze_rule_with_winning_votes(profile: Profile) -> None:
    # Schulze 2011 says so of A.6.6 to A.6.8, up to the measure of equal winning votes.
    default = len(profile.candidates) - 1
    found = debian.count(profile, terms=debian.Terms(default), lot=LOT)
    stay = set(range(default + 1)) - set(found.stages[0].excluded)
    assert found.winners[0] in stay
    preferred = pairwise.preferences(profile)
    assert all(preferred[a][default] > preferred[default][a] for a in stay - {default})
    kept = Profile(profile.candidates, profile.ballots, frozenset(found.stages[0].excluded))
    by_schulze = schulze.count(kept, seats=1, lot=LOT)
    if by_schulze.stages[0].tie is None and found.stages[-1].tie is None:
        strengths = [max(preferred[a][b], preferred[b][a]) for a in stay for b in stay if a < b]
        if len(set(strengths)) == len(strengths):
            assert found.winners == by_schulze.winners


def test_no_quorum_is_asked_for_without_one_and_the_default_option_may_come_first() -> None:
    found = debian.count(ranked("DA", (1, "D")), terms=debian.Terms(0), lot=LOT)
    assert found.stages[0].sentence == (
        "Stage 1: 1 valid papers are compared pair by pair; A is dropped, 0 to 1 over D, 1:1 being needed."
    )
    assert (found.winners, found.seats, {stage.lost for stage in found.stages}) == ((0,), 1, {0})


def test_two_who_are_left_are_parted_by_the_casting_vote() -> None:
    profile = ranked("ABD", (1, "ABD"), (1, "BAD"))
    found = debian.count(profile, terms=debian.Terms(2), lot=ties.Hand((1,)))
    assert (found.winners, found.stages[-1].tie) == (
        (1,),
        ties.Tie("election", (0, 1), (1,), "hand", None, "choice 1 by hand"),
    )


def test_a_ratio_of_one_and_of_one_and_a_half_may_be_asked_for() -> None:
    assert winner(ranked("AD", (3, "A"), (2, "D")), ratios={0: Fraction(1)}) == "A"
    assert winner(ranked("AD", (3, "A"), (2, "D")), ratios={0: Fraction(3, 2)}) == "A"


@settings(max_examples=60)
@given(papers(), st.data())
def test_order_and_splitting_of_papers_change_nothing(profile: Profile, data: st.DataObject) -> None:
    terms = debian.Terms(len(profile.candidates) - 1, quorum=2)
    single = [(1, ranking) for weight, ranking in profile.ballots for _ in range(weight)]
    other = Profile(profile.candidates, tuple(data.draw(st.permutations(single))))
    assert debian.count(other, terms=terms, lot=LOT) == debian.count(profile, terms=terms, lot=LOT)


@settings(max_examples=60)
@given(papers(), st.data())
def test_the_order_of_options_and_one_whom_nobody_ranks_change_no_winner(profile: Profile, data: st.DataObject) -> None:
    found = debian.count(profile, terms=debian.Terms(0), lot=LOT)
    order = data.draw(st.permutations(range(len(profile.candidates))))
    place = {c: n for n, c in enumerate(order)}
    other = Profile(
        tuple(profile.candidates[c] for c in order),
        tuple((weight, tuple(place[c] for c in ranking)) for weight, ranking in profile.ballots),
    )
    permuted = debian.count(other, terms=debian.Terms(place[0]), lot=LOT)
    more = debian.count(Profile((*profile.candidates, "nobody"), profile.ballots), terms=debian.Terms(0), lot=LOT)
    if found.stages[-1].tie is None:
        assert order[permuted.winners[0]] == found.winners[0] == more.winners[0]
