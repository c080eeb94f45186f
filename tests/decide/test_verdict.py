"""Verdicts: every base, every tie rule, quorums, silence, and the sentence with the whole sum."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from comitia.decide import verdict
from comitia.decide.verdict import Base, Rule, Tally, TallyContradicts

HALF = Fraction(1, 2)
RULE = Rule(
    article="14", base="cast", threshold=HALF, strict=True, quorum=HALF, quorum_base="filled", abstentions="counted",
    tie="fails", silence="absent", against_counts=True, abstaining_counts=True,
)  # fmt: skip
HOUSE = Tally(members=240, seats=52, filled=52, for_=31, against=12, abstaining=4)


def test_a_house_carries_and_the_sentence_gives_the_whole_sum() -> None:
    found = verdict.verdict("committees' house", HOUSE, RULE)
    assert found.sentence == (
        "carried: committees' house 31 for, 12 against, 4 abstaining of 52 seats filled; more than 1/2 of votes cast "
        "needed (article 14), quorum 26 present 47"
    )
    assert (found.carried, found.base, found.needed, found.quorum_needed, found.quorum_present) == (
        True,
        47,
        24,
        26,
        47,
    )


@pytest.mark.parametrize(
    ("base", "number", "needed"),
    [
        ("members", 240, 121),
        ("seats", 60, 31),
        ("filled", 52, 27),
        ("present", 50, 26),
        ("cast", 47, 24),
        ("for_against", 43, 22),
    ],
)
def test_each_base_is_its_own_number(base: Base, number: int, needed: int) -> None:
    tally = replace(HOUSE, seats=60, present=50)
    found = verdict.verdict("house", tally, replace(RULE, base=base))
    assert (found.base, found.needed, found.carried) == (number, needed, needed <= 31)


def test_abstentions_stay_out_of_the_votes_cast_where_the_rule_says_so() -> None:
    tally = replace(HOUSE, for_=22, against=20, abstaining=5)
    assert verdict.verdict("house", tally, RULE).carried is False
    assert verdict.verdict("house", tally, replace(RULE, abstentions="not_counted")).carried is True


def test_exactly_two_thirds_carry_at_least_two_thirds_but_not_more_than_two_thirds() -> None:
    tally = replace(HOUSE, for_=20, against=10, abstaining=0)
    rule = replace(RULE, threshold=Fraction(2, 3))
    assert verdict.verdict("house", tally, replace(rule, strict=False)).carried is True
    assert verdict.verdict("house", tally, rule).carried is False


def test_a_missed_quorum_carries_nothing() -> None:
    found = verdict.verdict("house", replace(HOUSE, for_=25, against=0, abstaining=0), RULE)
    assert found.sentence == (
        "not carried: house 25 for, 0 against, 0 abstaining of 52 seats filled; more than 1/2 of votes cast needed "
        "(article 14), quorum 26 present 25; no quorum"
    )


def test_votes_against_do_not_help_to_a_quorum_that_leaves_them_out() -> None:
    tally = replace(HOUSE, for_=20, against=8, abstaining=3)
    found = verdict.verdict("house", tally, replace(RULE, against_counts=False))
    assert (found.quorum_needed, found.quorum_present, found.quorum_met, found.carried) == (26, 23, False, False)
    assert "quorum 26 for or abstaining 23; no quorum" in found.sentence


def test_who_abstains_does_not_help_to_a_quorum_that_leaves_abstentions_out() -> None:
    tally = replace(HOUSE, for_=20, against=5, abstaining=8)
    without = replace(RULE, abstaining_counts=False)
    found = verdict.verdict("house", tally, without)
    assert (found.quorum_needed, found.quorum_present, found.quorum_met, found.carried) == (26, 25, False, False)
    assert "quorum 26 for or against 25; no quorum" in found.sentence
    assert verdict.verdict("house", replace(tally, against=6, abstaining=7), without).carried
    # Whoever is there and says nothing abstains without saying so.
    assert verdict.verdict("house", replace(tally, present=40), without).quorum_present == 25


def test_a_quorum_may_be_of_those_for_it_alone() -> None:
    found = verdict.verdict("house", HOUSE, replace(RULE, against_counts=False, abstaining_counts=False))
    assert (found.quorum_present, found.carried) == (31, True)
    assert found.sentence.endswith("quorum 26 for 31")


def test_a_quorum_may_be_a_number_or_none() -> None:
    assert verdict.verdict("house", HOUSE, replace(RULE, quorum=48)).quorum_met is False
    found = verdict.verdict("house", HOUSE, replace(RULE, quorum=None))
    assert (found.quorum_needed, found.carried) == (None, True)
    assert found.sentence.endswith("more than 1/2 of votes cast needed (article 14)")


def test_a_quorum_share_is_rounded_up() -> None:
    assert verdict.verdict("house", replace(HOUSE, filled=51), RULE).quorum_needed == 26


def test_silence_counts_as_abstaining_where_the_rule_says_so() -> None:
    found = verdict.verdict("house", HOUSE, replace(RULE, silence="abstains"))
    assert (found.tally.abstaining, found.base, found.quorum_present) == (9, 52, 52)


TIED = replace(HOUSE, for_=20, against=20, abstaining=0)


@pytest.mark.parametrize(
    ("rule", "tally", "carried", "said"),
    [
        (RULE, TIED, False, "a tie, and a tie fails (article 14)"),
        (replace(RULE, tie="stands"), TIED, False, "a tie, and what was decided before stands (article 14)"),
        (replace(RULE, tie="carries"), TIED, True, "a tie, and a tie carries (article 14)"),
        (replace(RULE, tie="carries", threshold=Fraction(2, 3)), TIED, False,
         "a tie, and a tie below the threshold fails (article 14)"),
        (replace(RULE, tie="carries", base="members"), TIED, False,
         "a tie, and a tie below the threshold fails (article 14)"),
        (replace(RULE, tie="chair"), TIED, False, "a tie, and the chair gave no casting vote (article 14)"),
        (replace(RULE, tie="chair"), replace(TIED, chair="against"), False,
         "a tie, and the chair's casting vote was against (article 14)"),
        (replace(RULE, tie="chair"), replace(TIED, chair="for"), True,
         "a tie, and the chair's casting vote was for (article 14)"),
        (replace(RULE, tie="chair", base="filled"), replace(TIED, chair="for"), False,
         "a tie, and the chair's casting vote was for (article 14)"),
    ],
)  # fmt: skip
def test_a_tie_means_what_the_article_says(rule: Rule, tally: Tally, carried: bool, said: str) -> None:
    found = verdict.verdict("house", tally, rule)
    assert (found.carried, found.tied, found.sentence.rpartition("; ")[2]) == (carried, True, said)


def test_nothing_is_carried_without_a_vote_for_it() -> None:
    nobody = Tally(members=10, seats=0, filled=10, for_=0, against=0, abstaining=0)
    rule = replace(RULE, quorum=None, strict=False, tie="carries")
    assert verdict.verdict("assembly", nobody, rule).carried is False


def test_an_assembly_speaks_of_members() -> None:
    found = verdict.verdict("assembly of the mill", Tally(20, 0, 20, 12, 3, 0), replace(RULE, base="filled"))
    assert found.sentence == (
        "carried: assembly of the mill 12 for, 3 against, 0 abstaining of 20 members; more than 1/2 of all members "
        "needed (article 14), quorum 10 present 15"
    )


def test_several_houses_carry_only_together() -> None:
    committees = verdict.verdict("committees' house", HOUSE, RULE)
    unions = verdict.verdict("unions' house", Tally(240, 30, 30, 5, 20, 0), RULE)
    both = verdict.joint([committees, committees])
    assert (both.carried, both.divided) == (True, False)
    assert both.sentence == f"{committees.sentence}; {committees.sentence.removeprefix('carried: ')}"
    one = verdict.joint([committees, unions])
    assert (one.carried, one.divided) == (False, True)
    assert one.sentence == (
        "not carried: committees' house 31 for, 12 against, 4 abstaining of 52 seats filled; more than 1/2 of votes "
        "cast needed (article 14), quorum 26 present 47 [carried]; unions' house 5 for, 20 against, 0 abstaining of 30 "
        "seats filled; more than 1/2 of votes cast needed (article 14), quorum 15 present 25 [not carried]"
    )
    neither = verdict.joint([unions, unions])
    assert (neither.carried, neither.divided) == (False, False)


@pytest.mark.parametrize(
    ("tally", "said"),
    [
        (replace(HOUSE, filled=40), "47 votes of 40 who may vote"),
        (replace(HOUSE, present=46), "46 present, 47 votes, 52 who may vote"),
        (replace(HOUSE, present=53), "53 present, 47 votes, 52 who may vote"),
        (replace(HOUSE, seats=51), "52 seats filled of 51"),
        (replace(HOUSE, against=-1), "a number below 0"),
    ],
)
def test_a_tally_that_contradicts_itself_is_refused(tally: Tally, said: str) -> None:
    with pytest.raises(TallyContradicts) as refused:
        verdict.verdict("house", tally, RULE)
    assert str(refused.value) == f"the tally of house contradicts itself: {said}; correct the numbers"


VOTES = st.integers(0, 40)


@given(VOTES, VOTES, VOTES, st.fractions(Fraction(1, 2), 1), st.booleans())
def test_one_more_vote_for_never_undoes_a_decision(
    for_: int, against: int, abstaining: int, threshold: Fraction, strict: bool
) -> None:
    tally = Tally(130, 130, 130, for_, against, abstaining)
    rule = replace(RULE, threshold=threshold, strict=strict, quorum=None)
    if verdict.verdict("house", tally, rule).carried:
        assert verdict.verdict("house", replace(tally, for_=for_ + 1), rule).carried


@given(VOTES, VOTES, st.fractions(Fraction(1, 2), 1), st.booleans())
def test_the_votes_needed_are_the_least_that_carry(for_: int, against: int, threshold: Fraction, strict: bool) -> None:
    rule = replace(RULE, base="filled", threshold=threshold, strict=strict, quorum=None)
    found = verdict.verdict("house", Tally(90, 90, 90, for_, against, 0), rule)
    assert found.carried == (for_ >= found.needed)
