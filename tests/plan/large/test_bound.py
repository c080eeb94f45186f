import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy.sparse import csr_array

from comitia.plan import highs
from comitia.plan.large import bound
from comitia.plan.large.programme import Programme
from comitia.plan.large.random_economy import random_economy


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10**6), st.floats(0, 5))
def test_no_prices_prove_a_bound_above_the_optimum(seed: int, spread: float) -> None:
    of = random_economy(20, 1)
    z, y = highs.least(highs.Programme(of.cost, of.matrix, of.right, of.upper))
    prices = y * np.random.default_rng(seed).lognormal(0, spread, len(y))

    assert bound.dual_bound(of, prices) <= float(of.cost @ z) * (1 + 1e-9)


def test_prices_under_which_something_without_limit_pays_prove_nothing() -> None:
    of = Programme(np.array([1.0]), csr_array(np.array([[1.0]])), np.array([2.0]), np.array([np.inf]), 1)

    assert bound.dual_bound(of, np.array([1.5])) == -np.inf
    assert bound.dual_bound(of, np.array([0.5])) == pytest.approx(1.0)


def test_the_largest_violation_is_given_with_its_row() -> None:
    of = Programme(np.array([1.0, 1.0]), csr_array(np.eye(2)), np.array([2.0, 3.0]), np.array([5.0, 5.0]), 2)

    proof = bound.prove(of, np.array([2.0, 1.0]), np.array([1.0, 1.0]))

    assert proof.row == 1
    assert proof.violation == pytest.approx(2.0)
    assert proof.relative == pytest.approx(0.5)
    assert proof.value == pytest.approx(3.0)
    assert proof.bound == pytest.approx(5.0)
    assert bound.prove(of, np.array([2.0, 6.0]), np.array([1.0, 1.0])).variable == 1.0
