"""Consent, consensus, gradients, sense checks, advice and groups: each a verdict with its whole sum."""

from dataclasses import replace
from fractions import Fraction

import pytest

from comitia.decide import advice, consensus, consent, gradients, groups, sense_check, verdict
from comitia.decide.verdict import Rule, Tally

HALF = Fraction(1, 2)
THIRD = Fraction(1, 3)
RULE = Rule(
    article="12", base="for_against", threshold=HALF, strict=True, quorum=HALF, quorum_base="filled",
    abstentions="counted", tie="fails", silence="absent", against_counts=True, abstaining_counts=True,
)  # fmt: skip


@pytest.mark.parametrize(
    ("tally", "objections", "sentence"),
    [
        (
            Tally(20, 5, 5, 4, 0, 0), 0,
            "carried: the committee 4 consenting, 0 abstaining of 5 seats filled; consent asks that no objection "
            "stand: no objection stands (article 12); quorum 3 present 4",
        ),
        (
            Tally(20, 5, 5, 4, 0, 1), 1,
            "not carried: the committee 4 consenting, 1 abstaining of 5 seats filled; consent asks that no "
            "objection stand: 1 objection stands (article 12); quorum 3 present 5",
        ),
        (
            Tally(20, 5, 5, 4, 0, 1), 2,
            "not carried: the committee 4 consenting, 1 abstaining of 5 seats filled; consent asks that no "
            "objection stand: 2 objections stand (article 12); quorum 3 present 5",
        ),
        (
            Tally(20, 5, 5, 2, 0, 0), 0,
            "not carried: the committee 2 consenting, 0 abstaining of 5 seats filled; consent asks that no "
            "objection stand: no objection stands (article 12); quorum 3 present 2; no quorum",
        ),
    ],
)  # fmt: skip
def test_a_body_consents_when_no_objection_stands(tally: Tally, objections: int, sentence: str) -> None:
    found = consent.consent_verdict("the committee", tally, RULE, objections=objections)

    assert (found.carried, found.sentence) == (sentence.startswith("carried"), sentence)


@pytest.mark.parametrize(
    ("for_", "blocking", "aside", "carried"),
    [(4, 0, 1, True), (4, 1, 0, False), (3, 0, 2, False), (0, 0, 3, False), (2, 0, 0, False)],
)
def test_a_consensus_survives_no_block_and_few_who_stand_aside(
    for_: int, blocking: int, aside: int, carried: bool
) -> None:
    tally = Tally(20, 5, 5, for_, blocking, 0)

    found = consensus.consensus_verdict("the committee", tally, RULE, aside=aside, demand=(0, THIRD))

    assert found.carried is carried
    assert found.sentence == (
        f"{'carried' if carried else 'not carried'}: the committee {for_} agreeing, {aside} standing aside, {blocking} "
        f"blocking, 0 abstaining of 5 seats filled; at most 0 may block, and at most 1/3 of the "
        f"{for_ + blocking + aside} taking part may stand aside (article 12); quorum 3 present "
        f"{for_ + blocking + aside}" + ("; no quorum" if for_ + blocking + aside < 3 else "")
    )


@pytest.mark.parametrize(
    ("positions", "carried"),
    [
        ({1: 3, 2: 1, 5: 1}, True),
        ({1: 3, 8: 1, 5: 1}, False),
        ({1: 2, 5: 3}, False),
        ({5: 5}, False),
        ({1: 2}, False),
    ],
)
def test_a_body_agrees_far_enough_when_enough_stand_well_and_few_badly(
    positions: dict[int, int], carried: bool
) -> None:
    demand = gradients.Demand(level=3, share=Fraction(3, 5), bad=7, opposed=Fraction(1, 10))

    found = gradients.gradients_verdict("the council", positions, Tally(9, 5, 5, 0, 0, 0), rule=RULE, demand=demand)

    assert found.carried is carried
    good, taking = sum(n for level, n in positions.items() if level <= 3), sum(positions.values())
    assert f"{good} of {taking} at level 3 or better, at least 3/5 needed" in found.sentence
    assert f"{positions.get(8, 0)} at level 7 or worse, at most 1/10 may be (article 12)" in found.sentence


def test_a_sense_check_is_counted_and_decides_nothing() -> None:
    found = sense_check.sense_verdict("the assembly", Tally(20, 0, 20, 15, 0, 1), RULE)

    assert found.carried is False
    assert found.sentence == (
        "heard: the assembly 15 for, 0 against, 1 abstaining of 20 members; a sense check decides nothing "
        "(article 12); quorum 10 present 16"
    )


@pytest.mark.parametrize(("given", "carried"), [(1, False), (2, True)])
def test_the_mover_decides_once_enough_advice_is_given(given: int, carried: bool) -> None:
    rule = Rule(
        article="12", base="for_against", threshold=HALF, strict=True, quorum=None, quorum_base="filled",
        abstentions="counted", tie="fails", silence="absent", against_counts=True, abstaining_counts=True,
    )  # fmt: skip

    found = advice.advice_verdict("the committee", 5, rule, given=given, pieces=2)

    assert found.carried is carried
    assert found.sentence == (
        f"{'carried' if carried else 'not carried'}: the committee {given} advising of 5 members; the mover decides "
        "after advice from 2 (article 12)"
    )


# Double majority of people and cantons, Swiss Federal Constitution, article 142: more votes for than against, and more
# than half of the groups, a group's own majority being its vote.
DEMAND = groups.Demand(
    turnout=Fraction(0), approval=HALF, approval_strict=True, groups=HALF, groups_strict=True
)  # fmt: skip


@pytest.mark.parametrize(
    ("votes", "demand", "carried", "said"),
    [
        (((60, 10), (5, 6), (5, 6)), DEMAND, False, "1 of 3 groups approve, more than 1/2 of them needed"),
        (((60, 10), (6, 5), (5, 6)), DEMAND, True, "2 of 3 groups approve, more than 1/2 of them needed"),
        (((10, 60), (6, 5), (6, 5)), DEMAND, False, "2 of 3 groups approve, more than 1/2 of them needed"),
        (
            ((50, 10), (1, 0), (1, 0)),
            groups.Demand(Fraction(1, 10), HALF, False, Fraction(2, 3), False),
            False,
            "1 of 3 groups approve, at least 2/3 of them needed (a group approves with at least 1/2 of its votes for "
            "and against when 1/10 of it take part)",
        ),
    ],
)
def test_the_members_and_their_groups_must_both_carry_it(
    votes: tuple[tuple[int, int], ...], demand: groups.Demand, carried: bool, said: str
) -> None:
    rule = Rule(
        article="12", base="for_against", threshold=HALF, strict=True, quorum=None, quorum_base="members",
        abstentions="counted", tie="fails", silence="absent", against_counts=True, abstaining_counts=True,
    )  # fmt: skip
    tallies = {f"g{n}": Tally(100, 0, 100, for_, against, 0) for n, (for_, against) in enumerate(votes)}

    found = groups.groups_verdict("all members", tallies, rule, demand=demand)

    assert found.carried is carried
    assert said in found.sentence
    assert found.tally.filled == 300


def test_the_silent_consent_where_the_article_says_so_and_the_sentence_says_how_many() -> None:
    rule = Rule(
        article="3", base="filled", threshold=HALF, strict=True, quorum=None, quorum_base="filled",
        abstentions="counted", tie="fails", silence="consents", against_counts=True, abstaining_counts=True,
    )  # fmt: skip

    found = verdict.verdict("the circle", Tally(9, 9, 9, 1, 2, 0), rule)

    assert found.sentence == (
        "carried: the circle 7 for, 2 against, 0 abstaining of 9 seats filled; more than 1/2 of seats filled needed "
        "(article 3); 6 of those for it were silent, and silence consents"
    )


def test_a_group_that_is_silent_approves_where_silence_consents() -> None:
    rule = Rule(
        article="12", base="filled", threshold=HALF, strict=True, quorum=None, quorum_base="members",
        abstentions="counted", tie="fails", silence="consents", against_counts=True, abstaining_counts=True,
    )  # fmt: skip
    tallies = {"north": Tally(10, 0, 10, 0, 0, 0), "south": Tally(10, 0, 10, 0, 9, 0)}

    found = groups.groups_verdict("all members", tallies, rule, demand=DEMAND)

    assert "1 of 2 groups approve" in found.sentence


def test_a_group_approves_with_its_own_sum_and_sentence() -> None:
    demand = groups.Demand(Fraction(1, 2), HALF, True, Fraction(2, 3), False)
    rule = replace(RULE, quorum=None)

    few = groups.group_verdict("north", Tally(10, 0, 10, 4, 0, 0), rule, demand=demand)
    split = groups.group_verdict("south", Tally(10, 0, 10, 3, 3, 0), rule, demand=demand)
    well = groups.group_verdict("west", Tally(10, 0, 10, 4, 1, 0), rule, demand=demand)

    assert [(one.carried, one.sentence) for one in (few, split, well)] == [
        (False, "does not approve: north 4 for, 0 against, 0 abstaining of 10 members; more than 1/2 of votes for and "
                "against needed (article 12), quorum 5 present 4; no quorum"),
        (False, "does not approve: south 3 for, 3 against, 0 abstaining of 10 members; more than 1/2 of votes for and "
                "against needed (article 12), quorum 5 present 6; a tie, and a tie fails (article 12)"),
        (True, "approves: west 4 for, 1 against, 0 abstaining of 10 members; more than 1/2 of votes for and against "
               "needed (article 12), quorum 5 present 5"),
    ]  # fmt: skip


def test_groups_that_show_hands_count_those_who_were_there() -> None:
    tallies = {"north": Tally(10, 0, 10, 2, 0, 0, present=9), "south": Tally(10, 0, 10, 3, 0, 0)}

    assert groups.total(tallies) == Tally(20, 0, 20, 5, 0, 0, present=12)
