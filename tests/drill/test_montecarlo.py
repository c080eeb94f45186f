"""Draws against exact values: power, turnout, drift, terms; and the same bytes from any number of workers."""

import dataclasses
import pickle
from collections.abc import Callable
from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given, strategies as st
from test_hold import party
from voters import ELECTORS_2010

from comitia.charter.structure import Charter, Matter, Seats
from comitia.decide import verdict
from comitia.drill import capture, drift, game as games, montecarlo, power, pyramids, terms, turnout
from comitia.drill.bodies import Federation
from comitia.drill.cells import Cells
from comitia.drill.coalitions import Coalitions
from comitia.drill.game import Threshold
from comitia.drill.hold import Base, Calendar, Clause, Post
from comitia.drill.montecarlo import Estimate, WrongQuestion
from comitia.drill.turnout import Assembly, House, Part, Turnout
from comitia.watch.indicator import wilson

SEED = "drawn in the open, 2026"


def within(found: Estimate, exact: float, z: float = 3.9) -> bool:
    """Return whether an exact value lies within the interval; that of z = 3.9 misses one in ten thousand."""
    low, high = wilson(found.count, found.draws, z=z)
    return low <= exact <= high


def test_the_power_of_every_member_lies_within_its_interval_but_for_one_in_twenty() -> None:
    weights = tuple(ELECTORS_2010.values())
    exact = power.power(weights, 270)
    winning, *swings = montecarlo.estimates(Coalitions(games.weighted(weights, 270)), draws=20_000, seed=SEED)

    assert within(winning, float(exact.act))
    missed = [s for s, m in zip(swings, exact.members, strict=True) if not within(s, float(m.banzhaf_absolute), 1.96)]
    assert len(missed) <= 6


def test_a_vote_with_several_ways_and_quotas_is_drawn_too() -> None:
    voted = games.game([[Threshold(5, (3, 2, 1, 1)), Threshold(2, (1, 1, 1, 1))], [Threshold(4, (1, 1, 1, 1))]])
    exact = power.power_in(voted)
    winning, *swings = montecarlo.estimates(Coalitions(voted), draws=40_000, seed=SEED)

    assert within(winning, float(exact.act))
    assert [within(s, float(m.banzhaf_absolute)) for s, m in zip(swings, exact.members, strict=True)] == [True] * 4


def test_the_same_seed_gives_the_same_counts_and_another_seed_others() -> None:
    question = Coalitions(games.weighted((3, 2, 1, 1), 4))
    one, again = (montecarlo.estimates(question, draws=2500, seed=SEED) for _ in range(2))

    assert one == again != montecarlo.estimates(question, draws=2500, seed=SEED + "!")
    assert [block.draws for block in montecarlo.blocks(question, draws=2500, seed=SEED)] == [1000, 1000, 500]


def test_it_does_not_matter_in_which_order_blocks_are_done_and_where() -> None:
    question = Coalitions(games.weighted((3, 2, 1, 1), 4))
    told: list[tuple[int, int]] = []

    def elsewhere(work: Callable[[montecarlo.Block], montecarlo.Whole], of: object) -> list[montecarlo.Whole]:
        assert isinstance(of, tuple)
        return [work(pickle.loads(pickle.dumps(block))) for block in reversed(of)]

    found = montecarlo.estimates(
        question, draws=2500, seed=SEED, workers=elsewhere, told=lambda done, whole: told.append((done, whole))
    )

    assert found == montecarlo.estimates(question, draws=2500, seed=SEED)
    assert told == [(500, 2500), (1500, 2500), (2500, 2500)]


@given(st.integers(1, 5000), st.text())
def test_every_draw_is_in_one_block(draws: int, seed: str) -> None:
    found = montecarlo.blocks(Coalitions(games.weighted((1,), 1)), draws=draws, seed=seed)

    assert sum(block.draws for block in found) == draws
    assert [block.number for block in found] == list(range(len(found)))


def test_no_draws_are_no_question() -> None:
    with pytest.raises(WrongQuestion) as caught:
        montecarlo.estimates(Coalitions(games.weighted((1,), 1)), draws=0, seed=SEED)

    assert str(caught.value) == "found 0 draws, expected 1 or more"


# Turnout and slates -------------------------------------------------------------------------------------------------


def tiers(shipped: Charter, workplaces: int, people: int, *, seats: int) -> tuple[Federation, Matter]:
    """Return a board with so many delegates of each of these workplaces, and its resolution."""
    kinds = dict(shipped.kinds)
    candidacy = kinds["board"].candidacy
    assert candidacy is not None
    kinds["board"] = dataclasses.replace(
        kinds["district"], id="board", each="", electors="assembly", rule="scottish", constituencies=True,
        seats=Seats(fixed=seats, per_members=None), candidacy=dataclasses.replace(candidacy, turnout=Fraction(0)),
    )  # fmt: skip
    charter = dataclasses.replace(shipped, kinds=kinds)
    matter = dataclasses.replace(
        charter.matters["resolution-board"], base="for_against", threshold=Fraction(1, 2), strict=True,
        quorum=0, silence="absent", tie="fails",
    )  # fmt: skip
    members = Cells(("workplace",), {(f"w{w}",): people for w in range(workplaces)}, {})
    return Federation(charter, members), matter


def seats_by_chance(people: int, seats: int, *, support: float, coming: float) -> dict[tuple[int, int, int], float]:
    """Return the chance of (seats surely for, at best for, all filled) in one workplace, by adding up all cases."""
    found: dict[tuple[int, int, int], float] = {}
    for yes in range(people + 1):
        for no in range(people + 1 - yes):
            away = people - yes - no
            chance = (
                comb(people, yes) * comb(people - yes, no)
                * (support * coming) ** yes * ((1 - support) * coming) ** no * (1 - coming) ** away
            )  # fmt: skip
            quota = (yes + no) // (seats + 1) + 1
            ours, theirs = (max(j for j in range(seats + 1) if min(yes + no, j * quota) <= v) for v in (yes, no))
            key = (ours, seats - theirs, seats) if yes + no else (0, 0, 0)
            found[key] = found.get(key, 0.0) + chance
    return found


@pytest.mark.parametrize(("seats", "support", "coming"), [(1, 0.5, 1.0), (1, 0.45, 0.4), (3, 0.5, 0.7), (2, 0.6, 0.3)])
def test_how_often_a_board_carries_is_what_adding_up_all_cases_gives(
    shipped: Charter, seats: int, support: float, coming: float
) -> None:
    federation, matter = tiers(shipped, 5, 7, seats=seats)
    one = seats_by_chance(7, seats, support=support, coming=coming)
    whole = {(0, 0, 0): 1.0}
    for _ in range(5):
        added: dict[tuple[int, int, int], float] = {}
        for (a, b, c), p in whole.items():
            for (x, y, z), q in one.items():
                added[a + x, b + y, c + z] = added.get((a + x, b + y, c + z), 0.0) + p * q
        whole = added
    surely = sum(p for (a, _, c), p in whole.items() if 2 * a > c)
    best = sum(p for (_, b, c), p in whole.items() if 2 * b > c)

    question = turnout.of(federation, matter, support=support, coming=coming)
    found = montecarlo.estimates(question, draws=20_000, seed=SEED)

    assert [one.name for one in found] == list(turnout.NAMES)
    assert (within(found[0], surely), within(found[1], best)) == (True, True)


def test_p30_one_election_in_five_of_51_districts_is_won_with_fewer_votes(shipped: Charter) -> None:
    matter = tiers(shipped, 1, 1, seats=1)[1]
    assemblies = tuple(Assembly((at,)) for at in range(51))
    house = House(tuple(Part((at,), 1, "plurality") for at in range(51)))
    question = Turnout(
        (*assemblies, house), (10_001,) * 51, tuple(range(51)), matter, ((1, ((51, 51),)),), None, 0.5, 1.0
    )
    _, _, against, stopped = montecarlo.estimates(question, draws=20_000, seed=SEED)

    assert within(Estimate("inverted", against.count + stopped.count, 20_000), pyramids.inversion(51))


def test_a_matter_is_carried_when_everybody_is_for_it_and_never_when_nobody_is(shipped: Charter, mixed: object) -> None:
    members = mixed(8, 3)  # type: ignore[operator]
    federation = Federation(shipped, members)
    for matter in shipped.matters.values():
        if matter.procedure != "vote" or matter.groups is not None:
            continue
        for support, carried in ((1.0, 100), (0.0, 0)):
            question = turnout.of(federation, matter, support=support, coming=1.0)
            found = montecarlo.estimates(question, draws=100, seed=SEED)
            assert [one.count for one in found] == [carried, carried, 0, 0]


def test_where_groups_lean_their_own_way_outcomes_spread_and_the_mean_stays(shipped: Charter) -> None:
    federation, matter = tiers(shipped, 9, 21, seats=1)
    alike, apart = (
        montecarlo.estimates(
            turnout.of(federation, matter, support=0.4, coming=1.0, spread=spread), draws=5000, seed=SEED
        )[0]
        for spread in (0.0, 0.2)
    )
    drawn = turnout.of(federation, matter, support=0.4, coming=1.0, spread=0.2)._supports(
        20_000, np.random.default_rng(1)
    )

    assert alike.interval[1] < apart.interval[0]
    assert isinstance(drawn, np.ndarray)
    assert (round(float(drawn.mean()), 2), round(float(drawn.std()), 2)) == (0.40, 0.20)


BASES: tuple[verdict.Base, ...] = ("members", "seats", "filled", "present", "cast", "for_against")


@given(
    st.sampled_from(BASES), st.sampled_from([Fraction(1, 2), Fraction(2, 3), Fraction(1)]), st.booleans(),
    st.sampled_from([0, 2, Fraction(1, 2)]), st.booleans(), st.sampled_from(["absent", "abstains", "consents"]),
    st.sampled_from([None, True, False]), st.sampled_from(["counted", "not_counted"]),
    st.sampled_from(["fails", "carries", "chair", "stands"]),
)  # fmt: skip
def test_a_body_carries_what_the_verdict_says_it_carries(
    base: verdict.Base, share: Fraction, strict: bool, quorum: Fraction | int, no_counts: bool, silence: str,
    abstaining: bool | None, counted: str, tie: str,
) -> None:  # fmt: skip
    matter = dataclasses.replace(
        MATTER, base=base, threshold=share, strict=strict, quorum=quorum, no_counts_to_quorum=no_counts,
        silence=silence, abstentions_count_to_quorum=abstaining, abstentions=counted, tie=tie,
    )  # fmt: skip
    rule = verdict.Rule(
        "1", base, share, strict, quorum, "filled", counted, tie, silence, no_counts, abstaining is not False  # type: ignore[arg-type]
    )  # fmt: skip
    voters = 5
    for yes in range(voters + 1):
        for no in range(voters + 1 - yes):
            sides = turnout.Sides(*(np.array([n]) for n in (yes, yes, yes + no)))
            for best, chair in ((False, None), (True, "for")):
                tally = verdict.Tally(voters, 0, voters, yes, no, 0, None, chair)  # type: ignore[arg-type]
                said = verdict.verdict("the body", tally, rule).carried
                assert bool(turnout._carries(matter, sides, voters, best=best)[0]) == said, (yes, no, best)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"support": 1.5}, "found support 1.5, expected a chance from 0 to 1"),
        ({"coming": -1.0}, "found turnout -1, expected a chance from 0 to 1"),
        ({"spread": 0.6}, "found spread 0.6, expected 0, or less than 0.5 with this support"),
    ],
)
def test_what_is_no_chance_is_refused(shipped: Charter, changes: dict[str, float], said: str) -> None:
    federation, matter = tiers(shipped, 3, 3, seats=1)
    with pytest.raises(WrongQuestion) as caught:
        turnout.of(federation, matter, **{"support": 0.5, "coming": 1.0, **changes})

    assert str(caught.value) == said


def test_a_matter_that_is_put_to_no_vote_is_refused(shipped: Charter) -> None:
    federation, _ = tiers(shipped, 3, 3, seats=1)
    matter = shipped.matters["consent-committee"]
    with pytest.raises(WrongQuestion) as caught:
        turnout.of(federation, matter, support=0.5, coming=1.0)

    assert "the procedure consent" in str(caught.value)


def test_a_body_that_does_not_exist_among_the_members_is_named(shipped: Charter) -> None:
    members = Cells(("workplace", "trade", "locality"), {("mill", "", ""): 9}, {})
    with pytest.raises(capture.NoBody):
        turnout.of(Federation(shipped, members), shipped.matters["plan"], support=0.5, coming=1.0)


# Drift --------------------------------------------------------------------------------------------------------------


def test_p35_the_base_loses_the_party_when_half_of_the_provinces_have_drifted() -> None:
    chance = 0.1
    question = drift.of(
        party(0), "secretariat", appointed=chance, half_years=10, drifts=lambda post: post.id == "free delegations"
    )
    found = montecarlo.estimates(question, draws=5000, seed=SEED)
    # A delegation is renewed at each tick; 45 or more of 90 appointed, and the base can no longer take it back.
    exact = []
    for tick in range(1, 11):
        lost = 1 - (1 - chance) ** tick
        exact.append(sum(comb(90, k) * lost**k * (1 - lost) ** (90 - k) for k in range(45)))

    assert [one.name for one in found][:2] == ["after 1 half-year", "after 2 half-years"]
    assert [within(one, p) for one, p in zip(found, exact, strict=True)] == [True] * 10
    assert (found[0].share, found[-1].share < 0.05) == (1.0, True)


def test_once_most_of_a_circle_is_filled_from_above_nobody_below_reaches_it() -> None:
    question = drift.of(party(46), "secretariat", appointed=0.0, half_years=2)

    assert [one.count for one in montecarlo.estimates(question, draws=10, seed=SEED)] == [0, 0]


@pytest.mark.parametrize(
    ("target", "appointed", "half_years", "found"),
    [
        ("nobody", 0.5, 2, "the body “nobody”"),
        ("secretariat", 2.0, 2, "appointed 2"),
        ("secretariat", 0.5, 0, "0 half-years"),
    ],
)
def test_what_cannot_drift_is_refused(target: str, appointed: float, half_years: int, found: str) -> None:
    with pytest.raises(WrongQuestion) as caught:
        drift.of(party(0), target, appointed=appointed, half_years=half_years)

    assert caught.value.found == found


def test_a_body_with_nothing_below_that_may_drift_is_refused() -> None:
    calendar = Calendar((Base("all", 1, 3),), (Post("board", 1, 2, (Clause(1, {"all": 1}),)),))
    with pytest.raises(WrongQuestion):
        drift.of(calendar, "board", appointed=0.5, half_years=2)


# Terms --------------------------------------------------------------------------------------------------------------


def test_a_board_follows_its_electors_when_it_is_renewed_and_with_recall_at_once() -> None:
    three = tuple(Base(f"assembly-{n}", 1, 6) for n in range(3))
    most = Clause(2, {base.id: 1 for base in three})
    calendar = Calendar(three, (Post("board", 1, 2, (most,), period=4, phase=0, recall=most),))
    chance = 0.7
    both = 3 * chance**2 * (1 - chance) + chance**3
    found = montecarlo.estimates(terms.of(calendar, "board", won=chance, half_years=5), draws=20_000, seed=SEED)

    assert [one.name for one in found][:2] == ["held after 1 half-year", "held after 2 half-years"]
    # Without recall nobody of the current sits before the fourth half-year.
    assert [one.count for one in found[:3]] == [0, 0, 0]
    assert found[3].count == found[4].count
    assert [within(one, both) for one in (*found[3:5], *found[5:])] == [True] * 7


def test_whoever_can_fill_but_not_recall_waits_for_the_term() -> None:
    base = Base("all", 1, 6)
    post = Post("board", 1, 2, (Clause(1, {"all": 1}),), period=3, phase=0, recall=None)
    found = montecarlo.estimates(
        terms.of(Calendar((base,), (post,)), "board", won=1.0, half_years=4), draws=10, seed=SEED
    )

    assert [one.count for one in found] == [0, 0, 10, 10] * 2


@pytest.mark.parametrize(
    ("target", "won", "half_years"), [("nobody", 0.5, 2), ("secretariat", -1.0, 2), ("secretariat", 0.5, 0)]
)
def test_no_such_body_or_chance_is_refused(target: str, won: float, half_years: int) -> None:
    with pytest.raises(WrongQuestion):
        terms.of(party(0), target, won=won, half_years=half_years)


MATTER = Matter(
    id="m", name="m", movers=("member",), decided_by=("all",), notice_days=0, voting_days=1, base="members",
    threshold=Fraction(1, 2), strict=True, abstentions="counted", quorum=0, quorum_base="filled",
    no_counts_to_quorum=True, tie="fails", silence="absent", exits=(), delay_days=0, effect="none", article="1", line=1,
)  # fmt: skip
