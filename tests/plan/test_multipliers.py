import doctest

import numpy as np
import pytest
from hypothesis import given, strategies as st

from comitia.plan import multipliers
from comitia.plan.labour import NotProductive

# Leontief's wheat and cloth: outputs 100 and 50 for a final use of 55 and 30.
A = np.array([[0.25, 0.4], [0.14, 0.12]])


def test_the_example_in_the_docstring_runs() -> None:
    assert doctest.testmod(multipliers).failed == 0


def test_leontiefs_wheat_and_cloth_have_their_outputs_values_and_labour() -> None:
    L = multipliers.leontief_inverse(A)
    ell = np.array([0.8, 3.6])

    assert np.array([55, 30]) @ L.T == pytest.approx([100, 50])
    assert multipliers.effects(L, ell) == pytest.approx([2, 5])
    assert multipliers.effects(L, ell) @ np.array([55, 30]) == pytest.approx(260)


def test_linkages_are_shares_of_the_mean() -> None:
    found = multipliers.linkages(A, np.array([100.0, 50.0]))

    # B = x^-1 A x: wheat hands .25 to itself and .2 to cloth, cloth .28 and .12.
    G = np.linalg.inv(np.eye(2) - np.array([[0.25, 0.2], [0.28, 0.12]])).sum(axis=1)
    assert found.forward == pytest.approx(G / G.mean())
    assert found.backward == pytest.approx([0.94009, 1.05991], abs=1e-5)
    assert found.sensitivity.mean() == pytest.approx(1)
    assert multipliers.linkages(A, None).forward is None


def test_a_multiplier_of_nothing_is_not_a_number() -> None:
    assert np.isnan(multipliers.multipliers(np.eye(1), np.zeros(1))).all()


@pytest.mark.parametrize("bad", [np.array([[0.1, -0.1], [0, 0]]), np.zeros((2, 3)), np.array([[np.inf]])])
def test_what_is_no_table_of_coefficients_is_refused(bad: multipliers.Matrix) -> None:
    with pytest.raises(ValueError, match="square and not negative"):
        multipliers.leontief_inverse(bad)


def test_an_unproductive_table_has_no_inverse() -> None:
    with pytest.raises(NotProductive):
        multipliers.leontief_inverse(np.array([[1.0]]))


@given(st.integers(0, 2**32 - 1), st.integers(1, 6))
def test_the_inverse_is_the_sum_of_all_rounds(seed: int, n: int) -> None:
    B = np.random.default_rng(seed).random((n, n)) / (2 * n)
    rounds = sum((np.linalg.matrix_power(B, k) for k in range(80)), np.zeros((n, n)))

    assert multipliers.leontief_inverse(B) == pytest.approx(rounds)
