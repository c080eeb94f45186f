import numpy as np
import pytest
from hypothesis import given, strategies as st

from comitia.plan import unproductive
from comitia.plan.labour import NotProductive
from comitia.plan.unproductive import Group


def test_a_productive_table_has_no_such_group() -> None:
    assert unproductive.smallest_group(np.array([[0.25, 0.4], [0.14, 0.12]])) is None
    assert unproductive.smallest_group(np.zeros((3, 3))) is None
    assert unproductive.smallest_group(np.zeros((0, 0))) is None


def test_the_cycle_is_named_and_what_merely_leans_on_it_is_not() -> None:
    # coal needs 2 iron, iron needs 0.6 coal; bread needs coal, wheat needs nothing of them.
    A = np.zeros((4, 4))
    A[1, 0], A[0, 1], A[0, 2], A[3, 2] = 2.0, 0.6, 0.5, 0.3

    found = unproductive.smallest_group(A)

    assert found is not None
    assert (set(found.members), len(found.cycle)) == ({0, 1}, 2)
    assert found.round == pytest.approx(1.2)
    assert str(NotProductive.of_group(found, ("coal", "iron", "bread", "wheat"))) == (
        "coal needs iron needs coal: going round once, one unit of coal uses up 1.2 of itself; "
        "correct a quantity in one of these recipes"
    )


def test_a_product_that_eats_itself_is_a_cycle_of_one() -> None:
    assert unproductive.smallest_group(np.array([[1.25]])) == Group((0,), (0,), 1.25, 1.25)


def test_products_that_only_together_use_up_too_much_are_named_as_such() -> None:
    found = unproductive.smallest_group(np.array([[0.5, 0.5], [0.6, 0.5]]))

    assert found is not None
    assert found.round < 1 <= found.radius
    assert "use each other up (spectral radius 1.04772" in str(NotProductive.of_group(found, ("coal", "iron")))


@given(st.integers(0, 2**32 - 1), st.integers(1, 7))
def test_the_group_is_unproductive_and_no_part_of_it_is(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    A = rng.random((n, n)) * (rng.random((n, n)) < 0.5) * 1.5
    whole = float(np.abs(np.linalg.eigvals(A)).max())

    found = unproductive.smallest_group(A)

    assert (found is None) == (whole < 1)
    assert unproductive.spectral_radius(A) == pytest.approx(whole, abs=1e-9)
    if found is None:
        return
    inside = A[np.ix_(found.members, found.members)]
    assert float(np.abs(np.linalg.eigvals(inside)).max()) == pytest.approx(found.radius)
    for one in found.members:
        rest = [m for m in found.members if m != one]
        assert not rest or unproductive.spectral_radius(A[np.ix_(rest, rest)]) < 1
    cycle = zip(found.cycle, (*found.cycle[1:], found.cycle[0]), strict=True)
    assert np.prod([A[i, j] for j, i in cycle]) == pytest.approx(found.round)
    assert found.round > 0
