import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy.sparse import csr_array

from comitia.plan import highs
from comitia.plan.large import bound, solver, substitution, techniques
from comitia.plan.large.programme import Programme
from comitia.plan.large.random_economy import random_economy
from comitia.plan.large.random_labour import labour_economy


def optimum(of: Programme) -> float:
    z, _ = highs.least(highs.Programme(of.cost, of.matrix, of.right, of.upper))
    return float(of.cost @ z)


def wheat_and_cloth(needs: tuple[float, float], worth: tuple[float, float]) -> Programme:
    # Leontief's wheat and cloth (acceptance A6): labour values 2 and 5.
    matrix = [[0.75, -0.4, 1.0, 0.0], [-0.14, 0.88, 0.0, 1.0]]
    return Programme(
        cost=np.array([0.8, 3.6, *worth]),
        matrix=csr_array(np.array(matrix)),
        right=np.array(needs),
        upper=np.array([np.inf, np.inf, *needs]),
        products=2,
    )


def test_prices_are_labour_values_and_outputs_those_of_leontief() -> None:
    # Net of what cloth-making and wheat-growing use up of 100 wheat and 50 cloth: 55 and 30, made with 260 hours.
    found = substitution.find(wheat_and_cloth((55.0, 30.0), (9.0, 9.0)), 1e-10)

    assert found is not None
    values, prices = found
    assert values.tolist() == pytest.approx([100.0, 50.0, 0.0, 0.0], rel=1e-9)
    assert prices.tolist() == pytest.approx([2.0, 5.0], rel=1e-9)


def test_a_need_worth_less_than_its_labour_goes_unmet() -> None:
    found = substitution.find(wheat_and_cloth((55.0, 30.0), (9.0, 4.0)), 1e-10)

    assert found is not None
    assert found[0][2:].tolist() == [0.0, 30.0]


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.integers(0, 10**6), st.integers(20, 200))
def test_the_value_is_that_of_the_simplex_method(seed: int, products: int) -> None:
    of = labour_economy(products, seed)

    found = substitution.find(of, 1e-9)

    assert found is not None
    proof = bound.prove(of, *found)
    assert proof.gap <= 1e-9
    assert (proof.violation, proof.variable) == (0.0, 0.0)
    assert proof.value == pytest.approx(optimum(of), rel=1e-8)


def test_where_capacities_bind_nothing_is_claimed() -> None:
    assert substitution.find(random_economy(100, 1), 1e-4) is None


def test_an_unproductive_economy_has_no_prices() -> None:
    of = Programme(
        cost=np.array([1.0, 1.0, 50.0]),
        matrix=csr_array(np.array([[1.0, -1.0, 1.0], [-1.0, 1.0, 0.0]])),
        right=np.array([3.0, 0.0]),
        upper=np.array([np.inf, np.inf, 3.0]),
        products=2,
    )

    assert substitution.find(of, 1e-6) is None
    assert solver.solve(of, tolerance=1e-6).proof.value == pytest.approx(150.0)


def test_two_cores_count_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    of = labour_economy(300, 4)
    alone = substitution.find(of, 1e-9)
    monkeypatch.setattr(techniques, "WORTH_A_THREAD", 0)
    shared = substitution.find(of, 1e-9)

    assert alone is not None and shared is not None
    assert shared[0] == pytest.approx(alone[0], rel=1e-8)
    assert shared[1] == pytest.approx(alone[1], rel=1e-8)


def test_a_product_that_nobody_makes_leaves_its_need_unmet() -> None:
    whole = labour_economy(50, 2)
    upper = whole.upper.copy()
    unused = int(np.flatnonzero(np.diff(whole.matrix[:50].maximum(0.0).tocsr().indptr) > 0)[0])
    upper[2 * unused : 2 * unused + 2] = 0.0
    of = Programme(whole.cost, whole.matrix, whole.right, upper, whole.products)

    found = solver.solve(of, tolerance=1e-6)

    assert found.values[100 + unused] == of.upper[100 + unused]
    assert found.proof.value == pytest.approx(optimum(of), rel=1e-6)
