"""Hahnel's board on economies of linear recipes: first prices, the first moves by hand, bounds that hold."""

from collections.abc import Callable
from fractions import Fraction
from itertools import islice

import pytest
from hypothesis import given, settings, strategies as st

from comitia.plan import certificate, economy as economies, rounds
from comitia.plan.board import FacilitationBoard, OnePeriod

Rows = dict[str, list[dict[str, str]]]


def board(rows: Rows) -> tuple[FacilitationBoard, rounds.Division, list[rounds.Committee]]:
    economy = economies.from_rows(rows)
    division, committees = rounds.divided(economy)
    return FacilitationBoard(economy, division), division, committees


def told(of: FacilitationBoard, division: rounds.Division) -> dict[str, float]:
    """Return the prices by row."""
    names = [division.posed.built.rows[r] for r in division.common]
    return {f"{row.kind} {row.key}".strip(): float(p) for row, p in zip(names, of.prices, strict=True)}


def test_prices_begin_at_labour_values_and_move_against_excess(wheat_and_cloth: Rows) -> None:
    found, division, committees = board(wheat_and_cloth)
    assert told(found, division) == pytest.approx({"product wheat": 2, "product cloth": 5, "hours people": 1})

    # At these prices nobody earns the hour's price on top of the hour: nothing is made, all is asked for.
    worst = found.moved([c.answer(found.prices) for c in committees])

    assert worst == pytest.approx(2)
    # 0.25 (1.05 - 0.5^2) is a fifth.
    assert told(found, division) == pytest.approx({"product wheat": 2.4, "product cloth": 6, "hours people": 0.8})


def test_what_is_traded_outside_costs_no_more_than_there(village: Rows) -> None:
    village["products"][3]["sell_price"] = "0.4"
    found, division, committees = board(village)
    assert told(found, division)["product salt"] == pytest.approx(0.5)

    for _ in range(20):
        found.moved([c.answer(found.prices) for c in committees])
        now = told(found, division)
        assert 0.4 * now["cash"] <= now["product salt"] * (1 + 1e-9)
        assert now["product salt"] <= 0.5 * now["cash"] * (1 + 1e-9)


def test_several_periods_are_refused(village: Rows) -> None:
    village["needs"][0]["period"] = "2"

    with pytest.raises(OnePeriod):
        board(village)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_the_bound_holds_at_any_prices_and_the_value_is_that_of_a_plan(
    workplaces: Callable[[int], Rows], seed: int
) -> None:
    economy = economies.from_rows(workplaces(seed))
    *_, best = rounds.rounds(economy)

    found = list(islice(rounds.rounds(economy, tolerance=1e-4, board=FacilitationBoard), 25))

    assert [r.value for r in found] == sorted(r.value for r in found)
    assert [r.bound for r in found] == sorted((r.bound for r in found), reverse=True)
    assert all(r.value <= best.bound and r.bound >= best.value for r in found)
    assert all(r.imbalance is not None and 0 <= r.imbalance <= 2 * (1 + 1e-9) for r in found)
    certificate.check(economy, found[-1].plan)
    assert found[-1].value <= found[-1].bound + Fraction(1, 10**9)
