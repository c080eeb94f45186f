import numpy as np
import pytest

from comitia.plan.large import basis, incomplete
from comitia.plan.large.random_economy import random_economy


def test_with_nothing_dropped_the_factors_are_those_of_the_pivot_columns() -> None:
    network = basis.network(random_economy(40, 3))
    rows, columns = network.shape
    rng = np.random.default_rng(1)
    # One technique of each product weighs, the rest next to nothing: the pivots are then a basis.
    theta = np.where(np.arange(columns) % 3 == 0, 1.0, 1e-30) * rng.lognormal(0, 1, columns)
    theta[120:] = 1e-30
    slack = np.where(np.arange(rows) < 40, 1e-30, 1.0)
    factors = basis.factors(network, theta, slack, drop=0.0)
    y = rng.normal(size=rows)
    b = network.times(theta * network.transposed_times(y)) + slack * y
    found = np.empty(rows)

    incomplete.precondition(factors, b, found)

    assert found == pytest.approx(y, rel=1e-6)


def test_what_stands_alone_in_its_row_or_column_goes_first_then_the_least_used() -> None:
    # Columns (pivots left out): 0 uses 1 and 2, 1 uses 2, 2 uses 1, 3 uses nothing.
    starts, index = np.array([0, 2, 3, 4, 4], np.uint64), np.array([1, 2, 2, 1], np.uint32)

    assert incomplete.order(starts, index).tolist() == [0, 3, 1, 2]
