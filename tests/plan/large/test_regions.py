import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from comitia.plan import highs
from comitia.plan.labour import NotProductive
from comitia.plan.large import regions, solver
from comitia.plan.large.regions import Table

# Ochoa's three sectors (acceptance A5).
OCHOA = Table(
    np.array([[0.265, 0.968, 0.00681], [0.0121, 0.391, 0.0169], [0.0408, 0.808, 0.165]]),
    np.array([0.193, 3.562, 0.616]),
    np.array([26530.0, 18168.0, 73840.0]),
)


@settings(max_examples=20, deadline=None, derandomize=True)
@given(st.integers(0, 10**6), st.integers(1, 12))
def test_a_table_times_regions_is_planned_to_the_value_of_the_simplex_method(seed: int, count: int) -> None:
    of = regions.regional_economy(OCHOA, count, seed)

    found = solver.solve(of, tolerance=1e-6)

    z, _ = highs.least(highs.Programme(of.cost, of.matrix, of.right, of.upper))
    assert found.proof.gap <= 1e-6
    assert found.proof.value == pytest.approx(float(of.cost @ z), rel=2e-6)


def test_rows_are_products_of_the_regions_and_the_pool_hours_and_cash() -> None:
    of = regions.regional_economy(OCHOA, 5, 1)

    assert of.products == 3 * 5 + 3
    assert of.matrix.shape == (18 + 5 * regions.TRADES + 1, 2 * 15 + 2 * 15 + 15 + 2 * 3)
    joint = (of.matrix[:18, :30].toarray() > 0).sum(axis=0)
    assert set(joint.tolist()) == {1, 2}


def test_an_unproductive_table_is_refused() -> None:
    with pytest.raises(NotProductive):
        regions.regional_economy(Table(np.array([[1.5]]), np.ones(1), np.ones(1)), 3, 1)
