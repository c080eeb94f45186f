"""Sraffa's examples: every figure stands in his text and its arithmetic is done again here."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from comitia.plan import labour, production_prices as prices
from comitia.plan.labour import NotProductive

NOTHING = np.zeros(3)
FIRST = np.array([1.0, 0.0, 0.0])


def test_ochoas_three_sectors_have_the_published_rate_and_prices() -> None:
    A = np.array([[0.265, 0.968, 0.00681], [0.0121, 0.391, 0.0169], [0.0408, 0.808, 0.165]])
    ell, b = np.array([0.193, 3.562, 0.616]), np.array([0.0109, 0.0275, 0.296])
    Q = np.array([26530.0, 18168.0, 73840.0])

    # Prices such that the year's output costs what it did in market prices, which are 1 each.
    found = prices.of_wage_bundle(A, ell, b, scale=Q / Q.sum())

    assert found.rate == pytest.approx(0.3877843, abs=5e-8)
    assert found.prices == pytest.approx([0.2606593, 4.4614969, 0.4139522], abs=5e-8)


def test_sraffa_1_two_commodities_that_just_reproduce_themselves() -> None:
    # 280 wheat + 12 iron make 400 wheat, 120 wheat + 8 iron make 20 iron: 10 wheat exchange for 1 iron.
    A = np.array([[280 / 400, 120 / 20], [12 / 400, 8 / 20]])

    found = prices.of_wage_bundle(A, NOTHING[:2], NOTHING[:2], scale=FIRST[:2])

    assert found.rate == pytest.approx(0, abs=1e-12)
    assert found.prices == pytest.approx([1, 10])


def test_sraffa_2_three_commodities_exchange_at_10_wheat_1_iron_2_pigs() -> None:
    A = np.array([[240 / 450, 90 / 21, 120 / 60], [12 / 450, 6 / 21, 3 / 60], [18 / 450, 12 / 21, 30 / 60]])

    found = prices.of_wage_bundle(A, NOTHING, NOTHING, scale=FIRST)

    assert found.rate == pytest.approx(0, abs=1e-12)
    assert found.prices == pytest.approx([1, 10, 5])


def test_sraffa_5_with_a_surplus_the_rate_of_profit_is_a_quarter_and_iron_costs_15_wheat() -> None:
    A = np.array([[280 / 575, 120 / 20], [12 / 575, 8 / 20]])

    found = prices.of_wage_bundle(A, NOTHING[:2], NOTHING[:2], scale=FIRST[:2])

    assert found.rate == pytest.approx(0.25)
    assert found.prices == pytest.approx([1, 15])
    # By hand: (280 + 12 x 15) x 1.25 = 575 and (120 + 8 x 15) x 1.25 = 20 x 15.
    assert ((280 + 12 * 15) * 1.25, (120 + 8 * 15) * 1.25) == (575, 300)


def test_sraffa_25_the_standard_ratio_is_a_fifth() -> None:
    # Iron, coal, wheat: 180, 450, 480 made; standard commodity 1 iron, 1.5 coal, 2 wheat.
    A = np.array([[90 / 180, 50 / 450, 40 / 480], [120 / 180, 125 / 450, 40 / 480], [60 / 180, 150 / 450, 200 / 480]])

    standard = prices.standard_commodity(A)

    assert prices.largest_rate(A) == pytest.approx(0.2)
    assert standard / standard[0] == pytest.approx([1, 1.5, 2])
    assert A @ standard * 1.2 == pytest.approx(standard)
    # r = R (1 - w), a straight line, with the standard net product as numeraire (Sraffa, section 30).
    ell = np.array([3 / 16 / 180, 5 / 16 / 450, 8 / 16 / 480])
    net = standard / 6 / (ell @ standard)
    for rate in (0.0, 0.05, 0.1, 0.15):
        wage, _ = prices.at_rate(A, ell, rate, scale=net)
        assert wage == pytest.approx(1 - rate / 0.2)


def test_at_a_rate_of_nothing_prices_are_labour_values() -> None:
    A, ell = np.array([[0.25, 0.4], [0.14, 0.12]]), np.array([0.8, 3.6])

    wage, found = prices.at_rate(A, ell, 0.0, scale=FIRST[:2])

    assert (wage, *found) == pytest.approx((0.5, 1.0, 2.5))


@pytest.mark.parametrize("rate", [-0.1, 0.2, 0.3])
def test_a_rate_that_no_wage_bears_is_refused(rate: float) -> None:
    with pytest.raises(ValueError, match="rate of profit"):
        prices.at_rate(np.array([[1 / 1.2]]), np.ones(1), rate, scale=np.ones(1))


def test_wages_that_eat_more_than_there_is_are_refused() -> None:
    with pytest.raises(NotProductive):
        prices.of_wage_bundle(np.array([[0.5]]), np.ones(1), np.array([0.6]), scale=np.ones(1))


def test_where_nothing_is_used_up_no_rate_is_the_largest() -> None:
    assert prices.largest_rate(np.zeros((2, 2))) == np.inf
    assert prices.of_wage_bundle(np.zeros((0, 0)), np.zeros(0), np.zeros(0), scale=np.zeros(0)).rate == 0


@given(st.integers(0, 2**32 - 1), st.integers(1, 6))
def test_each_branch_earns_the_same_rate_and_values_exploit_where_prices_profit(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    A, ell = rng.random((n, n)) / (2 * n) + 1e-3, rng.random(n) + 0.1
    bundle = rng.random(n)
    # A bundle that costs half an hour of the hour that it is for.
    bundle /= 2 * float(labour.labour_values(A, ell) @ bundle)

    found = prices.of_wage_bundle(A, ell, bundle, scale=np.ones(n))

    assert found.rate > 0
    assert found.prices == pytest.approx((1 + found.rate) * found.prices @ (A + np.outer(bundle, ell)))
