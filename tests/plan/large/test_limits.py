import numpy as np
from scipy.sparse import csr_array

from comitia.plan.large import limits
from comitia.plan.large.programme import Programme


def programme(matrix: list[list[float]], right: list[float], upper: list[float]) -> Programme:
    return Programme(np.ones(len(upper)), csr_array(np.array(matrix)), np.array(right), np.array(upper), len(right))


def test_a_variable_without_limit_takes_the_one_that_its_row_implies() -> None:
    # Ten hours at two a run.
    found, room = limits.implied(programme([[-2.0]], [-10.0], [np.inf]))

    assert (found.tolist(), room.tolist()) == ([5.0], [10.0])


def test_what_needs_a_product_that_nobody_makes_stands_still() -> None:
    of = programme([[-1.0, 0.0], [1.0, 1.0]], [0.0, 3.0], [7.0, 3.0])

    reduced = limits.reduce(of)

    # Activity 0 lacks its input; the need of 3 is then unmet as a whole, and the row says at which price.
    assert reduced.columns.tolist() == []
    assert reduced.fixed.tolist() == [0.0, 3.0]
    assert limits.tight_prices(of, reduced, np.zeros(2)).tolist() == [0.0, 1.0]


def test_what_nothing_limits_keeps_no_limit() -> None:
    found, _ = limits.implied(programme([[1.0, -1.0]], [0.0], [np.inf, np.inf]))

    assert found.tolist() == [np.inf, np.inf]
