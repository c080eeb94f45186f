from dataclasses import replace

import numpy as np
from hypothesis import given, settings, strategies as st

from comitia.plan.large import basis, bound, solver, warm
from comitia.plan.large.programme import Programme
from comitia.plan.large.random_economy import random_economy
from comitia.plan.large.random_mixed import mixed_economy
from comitia.plan.large.warm import Old

TOLERANCE = 1e-4


def with_other_capacities(of: Programme, *, share: float, by: float, seed: int) -> Programme:
    """What uses nothing (needs unmet) keeps its limits, or the economy could not even stand still."""
    rng = np.random.default_rng(seed)
    upper = of.upper.copy()
    uses = np.unique(of.matrix.indices[of.matrix.data < 0])
    some = rng.choice(uses, max(1, int(share * len(uses))), replace=False)
    upper[some] *= rng.uniform(1 - by, 1 + by, len(some))
    return replace(of, upper=upper)


def test_a_plan_is_found_in_half_the_steps_from_that_of_last_week() -> None:
    of = random_economy(1000, 1)
    last = solver.best(of, tolerance=TOLERANCE)
    now = with_other_capacities(of, share=0.01, by=0.1, seed=5)

    cold = solver.best(now, tolerance=TOLERANCE)
    warmed = solver.best(now, tolerance=TOLERANCE, old=Old(last.values, last.prices))

    assert warmed.proof.gap <= TOLERANCE
    assert warmed.proof.relative <= bound.CRUMB
    assert warmed.steps < cold.steps / 2
    assert warmed.iterations < cold.iterations / 2


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.integers(0, 10**6), st.floats(0.01, 1.0), st.floats(0.0, 0.9))
def test_wherever_the_method_begins_it_proves_the_same_optimum(seed: int, share: float, by: float) -> None:
    of = (random_economy if seed % 2 else mixed_economy)(60, seed)
    last = solver.best(of, tolerance=TOLERANCE)
    now = with_other_capacities(of, share=share, by=by, seed=seed)

    cold = solver.best(now, tolerance=TOLERANCE)
    warmed = solver.best(now, tolerance=TOLERANCE, old=Old(last.values, last.prices))

    for found in (cold, warmed):
        assert found.proof.gap <= TOLERANCE
        assert found.proof.relative <= bound.CRUMB
    assert max(cold.proof.bound, warmed.proof.bound) <= min(cold.proof.value, warmed.proof.value)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.integers(0, 10**6), st.floats(0.0, 2.0))
def test_the_point_it_begins_at_lies_inside_every_limit_whatever_the_old_plan_was(seed: int, size: float) -> None:
    of = mixed_economy(30, seed)
    rng = np.random.default_rng(seed)
    old = Old(
        size * rng.uniform(0, 1, len(of.cost)) * np.where(np.isfinite(of.upper), of.upper, 1.0),
        size * rng.exponential(1.0, len(of.right)) * rng.integers(0, 2, len(of.right)),
    )
    limited = np.isfinite(of.upper)

    at = warm.point(of, basis.network(of), old)

    assert (at.x > 0).all()
    assert (at.x[limited] < of.upper[limited]).all()
    assert (at.s > 0).all()
    assert (at.y > 0).all()
    assert (at.low > 0).all()
    assert (at.high[limited] > 0).all()
    assert (at.high[~limited] == 0).all()
