import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy.sparse import csr_array, diags_array, hstack
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from comitia.plan.large import kernels, pivots


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_the_product_of_the_pivots_is_the_largest_there_is(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows, columns = 12, 20
    dense = np.where(rng.random((rows, columns)) < 0.25, rng.lognormal(0, 3, (rows, columns)), 0.0)
    matrix = csr_array(dense)
    theta, slack = rng.lognormal(0, 3, columns), rng.lognormal(-3, 3, rows)
    lines = kernels.lines(matrix)

    chosen = pivots.choose(lines.starts, lines.at, np.log(lines.value), (np.log(theta), np.log(slack)))

    # The peer minimises costs above 0: logarithms turned round and lifted, which changes no choice.
    whole = csr_array(hstack([matrix @ diags_array(theta), diags_array(slack)]))
    costs = whole.copy()
    costs.data = 100.0 - np.log(whole.data)
    _, best = min_weight_full_bipartite_matching(costs)
    weighed = whole.toarray()
    assert len(set(chosen.tolist())) == rows
    assert np.log(weighed[np.arange(rows), chosen]).sum() == pytest.approx(np.log(weighed[np.arange(rows), best]).sum())
