"""Meek's rule against a second reading of its text, paper by paper, and under what must not matter."""

import gzip
import json
from fractions import Fraction
from itertools import permutations
from math import ceil, factorial, floor
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from comitia.decide import ballot_file, sheet, ties
from comitia.decide.constraints import Dimension, Group
from comitia.decide.count import meek, stv_scottish
from comitia.decide.profile import Profile

SCOTLAND = Path(__file__).parents[3] / ".." / "shared" / "data" / "count" / "scotland"
LOT = ties.Lot(bytes.fromhex("00ff17"))
UNIT = Fraction(1, 10**9)


def up(number: Fraction) -> Fraction:
    """Return a number rounded up to nine decimals."""
    return -(-number // UNIT) * UNIT


def by_the_text(profile: Profile, seats: int) -> tuple[list[int], list[Fraction]]:
    """Return who is elected and the last votes: the reference rule read sentence by sentence, slowly."""
    hopeful = [c for c in range(len(profile.candidates)) if c not in profile.withdrawn]
    keep = {c: Fraction(c in hopeful) for c in range(len(profile.candidates))}
    elected: list[int] = []
    draws = 0
    votes: dict[int, Fraction] = {}
    while len(elected) < seats and len(elected) + len(hopeful) > seats:
        previous = None
        while True:
            votes = dict.fromkeys(keep, Fraction(0))
            for number, ranking in profile.ballots:
                weight = Fraction(1)
                for c in ranking:
                    part = up(weight * keep[c])
                    votes[c] += number * part
                    weight -= part
            quota = sum(votes.values()) / (seats + 1) // UNIT * UNIT + UNIT
            reached = sorted((c for c in hopeful if votes[c] >= quota), key=lambda c: -votes[c])
            surplus = max(Fraction(0), sum((votes[c] - quota for c in elected + reached), Fraction(0)))
            if reached or surplus < Fraction(1, 10**6) or (previous is not None and surplus >= previous):
                break
            previous = surplus
            for c in elected:
                keep[c] = up(up(keep[c] * quota) / votes[c])
        if reached:
            elected += reached
            hopeful = [c for c in hopeful if c not in reached]
            for c in elected:
                keep[c] = up(up(keep[c] * quota) / votes[c])
            continue
        least = min(votes[c] for c in hopeful)
        tied = [c for c in hopeful if votes[c] <= least + surplus]
        out = tied[0]
        if len(tied) > 1:
            drawn = ties.draw(LOT, tied, number=draws)
            out, draws = drawn.chosen, drawn.next_draw
        hopeful.remove(out)
        keep[out] = Fraction(0)
    if len(elected) < seats:
        elected += hopeful
    return sorted(elected), [votes.get(c, Fraction(0)) for c in sorted(keep)]


def ranked(candidates: str, *papers: tuple[int, str]) -> Profile:
    """Return a profile of candidates named by letters, with rankings as words of those letters."""
    ballots = tuple((weight, tuple(candidates.index(name) for name in ranking)) for weight, ranking in papers)
    return Profile(tuple(candidates), ballots)


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    number = draw(st.integers(1, 6))
    ranking = st.permutations(range(number)).flatmap(
        lambda order: st.integers(0, number).map(lambda depth: tuple(order[:depth]))
    )
    papers = draw(st.lists(st.tuples(st.integers(1, 9), ranking), max_size=12))
    withdrawn = draw(st.frozensets(st.integers(0, number - 1), max_size=1))
    return Profile(tuple("ABCDEF"[:number]), tuple(papers), withdrawn)


@settings(max_examples=300, deadline=None)
@given(profiles(), st.integers(1, 4))
def test_the_count_is_what_a_slow_reading_of_the_text_finds(profile: Profile, seats: int) -> None:
    counted = meek.count(profile, seats=seats, lot=LOT)

    assert sorted(counted.winners) == by_the_text(profile, seats)[0]
    for number, stage in enumerate(counted.stages, start=1):
        spent = sum((s.nontransferable for s in counted.stages[:number]), Fraction(0))
        # What is kept is taken from the paper's weight: nothing is lost to rounding.
        assert sum(stage.totals, spent) == counted.valid
        assert stage.nontransferable >= 0


def test_a_surplus_flows_on_and_the_quota_falls_with_what_is_spent() -> None:
    # Seven for A alone give two votes more than a quota to nobody; the quota shrinks with them.
    counted = meek.count(ranked("ABC", (7, "AB"), (3, "B"), (2, "C")), seats=2, lot=LOT)

    assert [counted.candidates[c] for c in counted.winners] == ["A", "B"]
    assert counted.stages[0].sentence == ("Stage 1: the quota is 4.000000001; A reaches it with 7 and is elected.")
    assert counted.stages[1].totals == (
        Fraction("4.000000004"), Fraction("5.999999996"), Fraction(2)
    )  # fmt: skip


def test_a_tie_within_the_surplus_is_broken_by_a_lot_that_anyone_can_draw_again() -> None:
    counted = meek.count(ranked("ABC", (2, "A"), (1, "B"), (1, "C")), seats=1, lot=LOT)

    tie = next(stage.tie for stage in counted.stages if stage.tie)
    assert (tie.over, tie.candidates, tie.broken_by) == ("exclusion", (1, 2), "lot")
    assert tie.chosen == (ties.draw(LOT, [1, 2], number=0).chosen,)


def test_nobody_stands_and_no_seat_is_filled() -> None:
    counted = meek.count(Profile((), ()), seats=2, lot=LOT)

    assert (counted.winners, counted.stages, counted.quota) == ((), (), None)


def test_no_seat_cannot_be_filled() -> None:
    with pytest.raises(sheet.SeatsWrong, match="1 or more"):
        meek.count(ranked("A", (1, "A")), seats=0, lot=LOT)


@pytest.mark.skipif(not SCOTLAND.exists(), reason="shared/data/count/scotland is absent")
def test_of_112_scottish_wards_meek_would_seat_others_in_a_few() -> None:
    others = []
    for number, line in enumerate((SCOTLAND / "official.jsonl").read_text(encoding="utf-8").splitlines()):
        ward = json.loads(line, parse_float=str)
        found = ballot_file.parse(gzip.decompress((SCOTLAND / ward["ballots"]).read_bytes()))
        counted = meek.count(found.profile, seats=ward["seats"], lot=LOT)
        if number == 0:
            assert sorted(counted.winners) == by_the_text(found.profile, ward["seats"])[0], ward["ward"]
        scottish = stv_scottish.count(found.profile, seats=ward["seats"], lot=LOT)
        if set(counted.winners) != set(scottish.winners):
            others.append(ward["ward"])
    # The wards of the shared data; on all real elections it is about one in fourteen.
    assert len(others) == 12


def test_the_sheet_tells_what_ends_a_count() -> None:
    counted = meek.count(Profile(tuple("ABC"), ((5, (0,)), (2, (1,)), (1, (2,)))), seats=1, lot=LOT)
    assert [stage.sentence for stage in counted.stages] == [
        "Stage 1: the quota is 4.000000001; A reaches it with 5 and is elected.",
        "Stage 2: all seats are filled, B and C not among them.",
    ]
    assert [stage.excluded for stage in counted.stages] == [(), (2, 1)]
    freed = 1 - UNIT * 5
    assert counted.stages[1].transfers == (sheet.Transfer(0, None, 0, Fraction(0), freed),)


def test_the_seats_that_are_left_go_by_votes() -> None:
    counted = meek.count(Profile(tuple("ABC"), ((5, (0,)), (1, (1,)), (2, (2,)))), seats=3, lot=LOT)
    assert (counted.winners, counted.quota, counted.stages[0].sentence) == (
        (0, 2, 1), None, "Stage 1: A, C and B are elected to the seats that are left.",
    )  # fmt: skip
    alone = meek.count(Profile(("A",), ()), seats=1, lot=LOT)
    assert alone.stages[0].sentence == "Stage 1: A is elected to the seats that are left."


def test_omega_is_a_millionth_of_a_vote() -> None:
    assert Fraction(meek.OMEGA, meek.ONE) == Fraction(1, 10**6)


@settings(max_examples=200)
@given(
    st.integers(1, meek.ONE),
    st.lists(st.one_of(st.just(0), st.just(meek.ONE), st.integers(1, meek.ONE)), min_size=1, max_size=5),
)
def test_equal_shares_are_the_mean_over_all_orders_cut_at_nine_decimals(weight: int, keep: list[int]) -> None:
    keepers = [c for c, factor in enumerate(keep) if factor]
    taken = dict.fromkeys(range(len(keep)), Fraction(0))
    for order in permutations(keepers):
        left = Fraction(weight)
        for c in order:
            part = left * keep[c] / meek.ONE
            taken[c] += part / factorial(len(keepers))
            left -= part
    cut = ceil if len(keepers) == 1 else floor
    assert meek.equal_shares(weight, keep) == [cut(taken[c]) for c in range(len(keep))]


def test_what_three_who_keep_everything_leave_is_lost_and_goes_to_nobody_behind() -> None:
    profile = Profile(tuple("ABCD"), ((2, (3,)),), equal=((3, ((0, 1, 2), (3,))),))
    counted = meek.count(profile, seats=1, lot=ties.Hand((2, 0)))
    assert [stage.totals for stage in counted.stages[:3]] == [
        (1 - UNIT, 1 - UNIT, 1 - UNIT, 2), (Fraction(3, 2), Fraction(3, 2), 0, 2), (0, 3, 0, 2),
    ]  # fmt: skip
    assert [stage.transfers for stage in counted.stages[:2]] == [
        (sheet.Transfer(0, None, 0, Fraction(0), 3 * UNIT),), (sheet.Transfer(2, None, 0, Fraction(0), -3 * UNIT),),
    ]  # fmt: skip
    # B keeps a third of the quota of each of three papers, rounded up; the rest of each goes on to D.
    assert counted.quota is not None
    kept = 3 * up(counted.quota / 3)
    assert counted.stages[3].totals == (0, kept, 0, 5 - kept)


@settings(max_examples=80)
@given(st.data(), st.integers(1, 3))
def test_papers_with_equal_ranks_add_up_at_every_stage(data: st.DataObject, seats: int) -> None:
    size = data.draw(st.integers(2, 5))
    cut = st.tuples(st.permutations(range(size)), st.integers(1, size), st.integers(1, size)).map(
        lambda given: tuple(tuple(rank) for rank in (given[0][: given[1]], given[0][given[1] :][: given[2]]) if rank)
    )
    equal = data.draw(st.lists(st.tuples(st.integers(1, 9), cut), min_size=1, max_size=5))
    counted = meek.count(Profile(tuple("ABCDE"[:size]), ((3, (0,)),), equal=tuple(equal)), seats=seats, lot=LOT)
    gone = Fraction(0)
    for stage in counted.stages:
        gone += stage.nontransferable
        assert sum(stage.totals, gone) == counted.valid
        assert gone >= 0 and min(stage.totals) >= 0


def test_exactly_the_quota_is_enough() -> None:
    # Three papers that rank three equally leave each of them a billionth short of a vote, and the quota is one vote.
    counted = meek.count(Profile(tuple("ABCD"), ((1, (0,)),), equal=((3, ((1, 2, 3),)),)), seats=3, lot=LOT)
    assert counted.stages[0].totals == (1, 1 - UNIT, 1 - UNIT, 1 - UNIT)
    assert counted.stages[0].sentence == "Stage 1: the quota is 1; A reaches it with 1 and is elected."


def test_a_billionth_more_is_no_tie_while_there_is_no_surplus() -> None:
    profile = Profile(tuple("ABCDE"), ((1, (3,)), (3, (4,))), equal=((3, ((0, 1, 2),)),))
    counted = meek.count(profile, seats=1, lot=LOT)
    first = counted.stages[0]
    assert first.totals == (1 - UNIT, 1 - UNIT, 1 - UNIT, 1, 3)
    assert first.tie is not None
    assert first.tie.candidates == (0, 1, 2)


def test_who_is_doomed_keeps_nothing_of_a_paper_with_equal_ranks() -> None:
    # One seat, and it is to be a woman's: the men are doomed once the count looks at them.
    women = Dimension("gender", (Group("women", frozenset({2, 3}), 1, 1),))
    profile = Profile(tuple("ABCD"), ((5, (2,)), (4, (3,))), equal=((3, ((0, 1, 2),)),))
    counted = meek.count(profile, seats=1, lot=LOT, within=(women,))
    out = next(n for n, stage in enumerate(counted.stages) if 0 in stage.excluded)
    assert [stage.totals[0] for stage in counted.stages[out + 1 :]] == [0] * (len(counted.stages) - out - 1)
    assert counted.stages[out + 1].totals[2] == 8
    assert counted.winners == (2,)
