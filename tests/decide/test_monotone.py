"""One more vote for never turns carried into lost, nor recalled into kept; whatever the rule."""

from dataclasses import replace
from fractions import Fraction
from itertools import product

from hypothesis import given, settings, strategies as st

from comitia.decide import consensus, consent, gradients, groups, recall, verdict
from comitia.decide.verdict import Rule, Tally, Verdict

SHARES = st.sampled_from([Fraction(n, d) for d in (1, 2, 3, 4, 5) for n in range(d + 1)])


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    quorum = draw(st.one_of(st.none(), st.integers(0, 12), SHARES))
    return Rule(
        article="1",
        base=draw(st.sampled_from(["members", "seats", "filled", "present", "cast", "for_against"])),
        threshold=draw(SHARES),
        strict=draw(st.booleans()),
        quorum=quorum,
        quorum_base=draw(st.sampled_from(["members", "seats", "filled"])),
        abstentions=draw(st.sampled_from(["counted", "not_counted"])),
        tie=draw(st.sampled_from(["fails", "chair", "carries", "stands"])),
        silence=draw(st.sampled_from(["absent", "abstains", "consents"])),
        against_counts=draw(st.booleans()),
        abstaining_counts=draw(st.booleans()),
    )


@st.composite
def tallies(draw: st.DrawFn) -> Tally:
    for_, against, abstaining, silent = (draw(st.integers(0, 8)) for _ in range(4))
    filled = for_ + against + abstaining + silent
    vacant, more = draw(st.integers(0, 3)), draw(st.integers(0, 9))
    chair = draw(st.sampled_from([None, "for", "against"]))
    # An assembly has no seats, and where hands are shown those who are there are counted too.
    seats = draw(st.sampled_from([0, filled + vacant]))
    present = draw(st.one_of(st.none(), st.integers(filled - silent, filled)))
    return Tally(filled + more, seats, filled, for_, against, abstaining, present, chair)


def one_more_for(tally: Tally) -> list[Tally]:
    """Return the tallies in which one who voted against, abstained, was silent or was not there is for it instead."""
    found = []
    if tally.against:
        found.append(replace(tally, for_=tally.for_ + 1, against=tally.against - 1))
    if tally.abstaining:
        found.append(replace(tally, for_=tally.for_ + 1, abstaining=tally.abstaining - 1))
    return [*found, *one_newcomer(tally, "for_")]


def one_newcomer(tally: Tally, side: str) -> list[Tally]:
    """Return the tallies in which one who had not voted, there already or coming now, votes on a side."""
    spoken = tally.for_ + tally.against + tally.abstaining
    more = {side: getattr(tally, side) + 1}
    found = []
    if spoken < tally.filled if tally.present is None else spoken < tally.present:
        found.append(replace(tally, **more))  # type: ignore[arg-type]
    if tally.present is not None and tally.present < tally.filled:
        found.append(replace(tally, present=tally.present + 1, **more))  # type: ignore[arg-type]
    return found


def one_more_against(tally: Tally) -> list[Tally]:
    """Return the tallies in which one who was for it, abstained, was silent or was not there is against it instead."""
    found = []
    if tally.for_:
        found.append(replace(tally, for_=tally.for_ - 1, against=tally.against + 1))
    if tally.abstaining:
        found.append(replace(tally, abstaining=tally.abstaining - 1, against=tally.against + 1))
    return [*found, *one_newcomer(tally, "against")]


def stays_carried(before: Verdict, after: list[Verdict]) -> bool:
    return not before.carried or all(one.carried for one in after)


@settings(max_examples=600, deadline=None)
@given(rules(), tallies())
def test_in_a_division_one_more_vote_for_never_loses_it(rule: Rule, tally: Tally) -> None:
    before = verdict.verdict("b", tally, rule)

    assert stays_carried(before, [verdict.verdict("b", one, rule) for one in one_more_for(tally)])


@settings(max_examples=300, deadline=None)
@given(rules(), tallies(), st.integers(1, 7))
def test_in_a_recall_one_more_vote_for_it_never_keeps_the_holder(rule: Rule, tally: Tally, seats: int) -> None:
    recalled = recall.recall_verdict("s", tally, rule)
    assert stays_carried(recalled, [recall.recall_verdict("s", one, rule) for one in one_more_for(tally)])

    by_quota = recall.own_quota_verdict("s", tally, rule, seats=seats)
    after = [recall.own_quota_verdict("s", one, rule, seats=seats) for one in one_more_for(tally)]
    assert stays_carried(by_quota, after)

    # In a vote of confidence against is for her to go, and counts to the quorum (``recalls.py``).
    counted = replace(rule, against_counts=True, silence="absent", tie="fails")
    gone = recall.confidence_verdict("s", tally, counted)
    assert stays_carried(gone, [recall.confidence_verdict("s", one, counted) for one in one_more_against(tally)])
    kept = recall.own_quota_verdict("s", tally, counted, seats=seats)
    assert stays_carried(
        kept, [recall.own_quota_verdict("s", one, counted, seats=seats) for one in one_more_for(tally)]
    )


@settings(max_examples=300, deadline=None)
@given(rules(), tallies(), st.integers(0, 3), st.integers(0, 2), SHARES)
def test_consent_and_consensus_are_never_lost_by_one_more_who_agrees(
    rule: Rule, tally: Tally, aside: int, blocks: int, most: Fraction
) -> None:
    agreed = consent.consent_verdict("b", tally, rule, objections=0)
    assert stays_carried(agreed, [consent.consent_verdict("b", one, rule, objections=0) for one in one_more_for(tally)])

    def reached(one: Tally) -> Verdict:
        seats = one.seats + aside if one.seats else 0
        wide = Tally(one.members + aside, seats, one.filled + aside, one.for_, one.against, one.abstaining)
        return consensus.consensus_verdict("b", wide, rule, aside=aside, demand=(blocks, most))

    assert stays_carried(reached(tally), [reached(one) for one in one_more_for(tally)])


@settings(max_examples=300, deadline=None)
@given(rules(), st.lists(st.integers(0, 4), min_size=9, max_size=9), st.integers(1, 7), SHARES, SHARES)
def test_a_step_up_the_gradients_never_loses_it(
    rule: Rule, counts: list[int], level: int, share: Fraction, opposed: Fraction
) -> None:
    *counts, silent = counts
    number = sum(counts) + silent
    empty, demand = Tally(number, number, number, 0, 0, 0), gradients.Demand(level, share, 8, opposed)
    positions = dict(enumerate(counts, start=1))
    before = gradients.gradients_verdict("b", positions, empty, rule=rule, demand=demand)
    for worse in range(2, 9):
        if positions[worse]:
            up = {**positions, worse: positions[worse] - 1, worse - 1: positions[worse - 1] + 1}
            after = gradients.gradients_verdict("b", up, empty, rule=rule, demand=demand)
            assert not before.carried or after.carried
    if silent:
        spoken = {**positions, 1: positions[1] + 1}
        assert stays_carried(before, [gradients.gradients_verdict("b", spoken, empty, rule=rule, demand=demand)])


@settings(max_examples=300, deadline=None)
@given(rules(), st.lists(tallies(), min_size=1, max_size=4), SHARES, SHARES, st.booleans())
def test_members_and_groups_never_lose_it_by_one_more_vote_for(
    rule: Rule, all_: list[Tally], approval: Fraction, share: Fraction, strict: bool
) -> None:
    demand = groups.Demand(Fraction(1, 4), approval, strict, share, strict)
    named = {str(n): replace(tally, chair=None) for n, tally in enumerate(all_)}
    before = groups.groups_verdict("all", named, rule, demand=demand)
    for name, tally in named.items():
        for one in one_more_for(tally):
            after = groups.groups_verdict("all", {**named, name: one}, rule, demand=demand)
            assert not before.carried or after.carried


def test_only_the_simple_majority_treats_voters_and_sides_alike_and_answers_to_each_vote() -> None:
    # May's theorem (K. O. May, Econometrica 20, 1952), tried exhaustively for up to 7 voters: of all rules that look at
    # nothing but the numbers for and against, one is neutral and answers to each vote.
    for voters in range(1, 8):
        pairs = [(f, a) for f, a in product(range(voters + 1), repeat=2) if f + a <= voters]
        simple = {(f, a): (f > a) - (f < a) for f, a in pairs}
        rule = Rule(
            article="1", base="for_against", threshold=Fraction(1, 2), strict=True, quorum=None, quorum_base="members",
            abstentions="not_counted", tie="fails", silence="absent", against_counts=True, abstaining_counts=True,
        )  # fmt: skip
        for f, a in pairs:
            carried = verdict.verdict("b", Tally(voters, 0, voters, f, a, 0), rule).carried
            other = verdict.verdict("b", Tally(voters, 0, voters, a, f, 0), rule).carried
            # Neutral: at most one side wins; answering: a single vote from a tie decides.
            assert (carried, other) == (simple[f, a] > 0, simple[f, a] < 0)


def test_with_one_more_vote_for_no_base_grows_by_more_than_one() -> None:
    # That, and a threshold that is never above 1, is why one more vote for cannot harm whatever the base is.
    for rule_base, grows in (("members", 0), ("filled", 0), ("present", 1), ("cast", 1), ("for_against", 1)):
        rule = Rule(
            article="1", base=rule_base, threshold=Fraction(1), strict=False, quorum=None, quorum_base="members",
            abstentions="counted", tie="fails", silence="absent", against_counts=True, abstaining_counts=True,
        )  # fmt: skip
        one, two = (verdict.verdict("b", Tally(9, 9, 9, votes, 1, 0), rule) for votes in (1, 2))

        assert two.base - one.base == grows
