"""Exact WIGM against a reading paper by paper, and countback from the papers that elected."""

from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

from comitia.decide import packed, papers as piles, sheet, ties
from comitia.decide.count import countback, stv_scottish, wigm
from comitia.decide.profile import Profile

LOT = ties.Lot(b"x")


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    size = draw(st.integers(1, 6))
    ranking = st.permutations(range(size)).flatmap(
        lambda order: st.integers(0, size).map(lambda depth: tuple(order[:depth]))
    )
    papers = draw(st.lists(st.tuples(st.integers(1, 9), ranking), max_size=10))
    return Profile(tuple("ABCDEF"[:size]), tuple(papers))


@settings(max_examples=200)
@given(profiles(), st.integers(1, 4))
def test_the_count_is_what_a_slow_reading_of_the_text_finds(profile: Profile, seats: int) -> None:
    found = wigm.count(profile, seats=seats, lot=LOT)
    papers = [[Fraction(w), r] for w, r in profile.ballots]
    quota = Fraction(sum(w for w, r in profile.ballots if r), seats + 1)
    hopeful, pending, elected = set(range(len(profile.candidates))), [], []  # type: ignore[var-annotated]
    at: list[int | None] = [None] * len(papers)

    def move(source: int | None) -> None:
        for n, (_, ranking) in enumerate(papers):
            if at[n] == source and ranking:
                at[n] = next((c for c in ranking if c in hopeful), -1)

    def votes(c: int) -> Fraction:
        return sum((w for n, (w, _) in enumerate(papers) if at[n] == c), Fraction(0))

    kept: dict[int, Fraction] = {}
    move(None)
    for number, stage in enumerate(found.stages):
        if number:
            largest = max((votes(c) for c in pending), default=None)
            if largest is not None:
                (source,) = {t.source for t in stage.transfers} or {min(pending)}
                assert votes(source) == largest
                for n, paper in enumerate(papers):
                    if at[n] == source:
                        paper[0] *= (largest - quota) / largest
                pending.remove(source)
                kept[source] = quota
            else:
                (source,) = stage.excluded
                assert votes(source) == min(votes(c) for c in hopeful)
                hopeful.discard(source)
            if len(elected) < seats and len(elected) + len(hopeful) > seats:
                move(source)
        over = sorted((c for c in hopeful if votes(c) > quota), key=lambda c: (-votes(c), c))
        elected += over
        pending += over
        hopeful -= set(over)
        if len(elected) < seats and len(elected) + len(hopeful) <= seats:
            elected += sorted(hopeful, key=lambda c: (-votes(c), c))
            hopeful = set()
        for c, total in enumerate(stage.totals):
            assert total == kept.get(c, votes(c))
    assert list(found.winners) == elected


@settings(max_examples=60)
@given(profiles(), st.integers(1, 3))
def test_the_packed_papers_give_the_same_sheet(profile: Profile, seats: int) -> None:
    assert wigm.count(packed.pack(profile), seats=seats, lot=LOT) == wigm.count(profile, seats=seats, lot=LOT)


@pytest.mark.parametrize("rule", [stv_scottish, wigm])
@settings(max_examples=80)
@given(profiles(), st.integers(1, 3))
def test_the_papers_that_elected_somebody_are_worth_her_votes_up_to_the_quota(
    rule: object, profile: Profile, seats: int
) -> None:
    found = rule.count(profile, seats=seats, lot=LOT)  # type: ignore[attr-defined]
    for c in found.winners:
        papers = rule.papers_electing(packed.pack(profile), c, seats=seats, lot=LOT)  # type: ignore[attr-defined]
        at = next(stage for stage in found.stages if c in stage.elected)
        assert sum((p.value * p.number for p in papers), Fraction(0)) == min(at.totals[c], found.quota)
        assert all(c in p.ranking for p in papers)
        free = [x for x in range(len(profile.candidates)) if x not in found.winners]
        if free:
            counted = countback.count(profile.candidates, papers, vacating=c, consenting=free, lot=LOT)
            total = sum((p.value * p.number for p in papers), Fraction(0))
            gone = Fraction(0)
            for stage in counted.stages:
                gone += stage.nontransferable
                assert sum(stage.totals) + gone == total
            assert set(counted.winners) <= set(free) and len(counted.winners) <= 1
            named = any(x in p.ranking for p in papers for x in free)
            assert (len(counted.winners) == 1) == named
            assert counted.valid + counted.blank == sum(p.number for p in papers)


def test_a_vacancy_goes_to_whom_the_holders_papers_prefer_next() -> None:
    papers = (
        piles.Valued(Fraction(1, 2), 6, (0, 1)), piles.Valued(Fraction(1), 2, (0, 2, 3)),
        piles.Valued(Fraction(1), 2, (0, 3, 2)), piles.Valued(Fraction(1), 1, (0,)),
    )  # fmt: skip
    found = countback.count("ABCD", papers, vacating=0, consenting=(1, 2, 3), lot=ties.Hand((2,)))
    # B 3, C 2, D 2: C goes by hand, D has 4 of 7.
    assert [[int(total) for total in stage.totals] for stage in found.stages] == [[0, 3, 2, 2], [0, 3, 0, 4]]
    assert (found.winners, found.valid, found.blank) == ((3,), 10, 1)
    assert found.stages[0].sentence == "Stage 1: the 11 papers that elected A are counted again for the vacancy."
    assert found.stages[1].sentence == (
        "Stage 2: C and D tied; the lot drawn by hand falls on C (choice 1 by hand); C has the fewest votes, 2, and is "
        "excluded; D is elected with 4 of 7 that count."
    )


def test_papers_of_several_values_move_together_at_their_mean() -> None:
    one, half = Fraction(1), Fraction(1, 2)
    papers = (
        piles.Valued(half, 2, (0, 1)), piles.Valued(one, 1, (0, 1)), piles.Valued(one, 1, (0, 2)),
        piles.Valued(one, 3, (0,)),
    )  # fmt: skip
    found = countback.count("ABC", papers, vacating=0, consenting=(1, 2), lot=LOT)
    assert found.stages[0].transfers == (
        sheet.Transfer(0, 1, 3, Fraction(2, 3), Fraction(2)), sheet.Transfer(0, 2, 1, one, one),
        sheet.Transfer(0, None, 3, one, 3 * one),
    )  # fmt: skip
    assert (found.winners, found.seats, found.stages[0].lost) == ((1,), 1, 0)


def test_who_has_the_fewest_alone_is_excluded_without_a_tie() -> None:
    one = Fraction(1)
    papers = (piles.Valued(one, 3, (0, 1)), piles.Valued(one, 2, (0, 2)), piles.Valued(one, 1, (0, 3, 2)))
    found = countback.count("ABCD", papers, vacating=0, consenting=(1, 2, 3), lot=LOT)
    assert (found.stages[1].excluded, found.stages[1].tie) == ((3,), None)


def test_transfers_stand_by_receiver_then_by_falling_value_and_what_is_spent_last() -> None:
    # A's surplus reaches C and D at a lower value; then D goes out with papers of two values.
    papers = ((10, (0, 3, 1)), (7, (1,)), (8, (2,)), (2, (3, 1)), (1, (3, 2)), (1, (3,)))
    found = wigm.count(Profile(tuple("ABCD"), papers), seats=2, lot=LOT)
    moved = [(t.source, t.to, t.papers, t.value) for stage in found.stages for t in stage.transfers]
    low = Fraction(1, 30)
    assert moved == [(0, 3, 10, low), (3, 1, 2, 1), (3, 1, 10, low), (3, 2, 1, 1), (3, None, 1, 1)]
    assert found.stages[3].sentence == (
        "Stage 4: C has the lowest vote, 9, and is defeated; B is elected to the seats that are left."
    )


def test_two_are_elected_to_the_seats_that_are_left() -> None:
    found = wigm.count(Profile(tuple("ABC"), ((5, (0,)), (1, (1,)))), seats=3, lot=LOT)
    assert found.stages[0].sentence.endswith(
        "A exceeds the quota with 5; B and C are elected to the seats that are left."
    )


@settings(max_examples=60)
@given(profiles(), st.data())
def test_order_and_splitting_of_papers_change_no_countback(profile: Profile, data: st.DataObject) -> None:
    papers = [
        piles.Valued(Fraction(1, 2) if len(ranking) % 2 else Fraction(1), weight, ranking)
        for weight, ranking in profile.ballots
    ]
    single = [piles.Valued(one.value, 1, one.ranking) for one in papers for _ in range(one.number)]
    free = range(1, len(profile.candidates))
    if not free:
        return
    found = countback.count(profile.candidates, papers, vacating=0, consenting=free, lot=LOT)
    drawn = data.draw(st.permutations(single))
    assert countback.count(profile.candidates, drawn, vacating=0, consenting=free, lot=LOT) == found


def test_half_is_no_majority_and_a_tie_is_first_looked_up_in_earlier_stages() -> None:
    one = Fraction(1)
    papers = (piles.Valued(one, 4, (0, 1)), piles.Valued(one, 3, (0, 2)), piles.Valued(one, 1, (0, 3, 2)))
    found = countback.count("ABCD", papers, vacating=0, consenting=(1, 2, 3), lot=ties.Hand(()))
    assert found.winners == (1,)
    assert found.stages[2].tie == ties.Tie("exclusion", (1, 2), (2,), "stage", 1, "")


def test_without_anybody_who_consents_there_is_no_countback() -> None:
    with pytest.raises(countback.NobodyConsents, match="hold a by-election"):
        countback.count("AB", (), vacating=0, consenting=(), lot=LOT)
    assert countback.count("AB", (), vacating=0, consenting=(1,), lot=LOT).winners == ()
