"""Solve a programme of many thousand products: values whose rows hold, prices, and what they prove together.

The way: ``limits`` takes out what cannot run, ``interior`` comes near, ``repair`` makes rows hold, ``bound`` proves.
With an old plan at hand the way begins there (``warm``).
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array, eye_array, hstack

from comitia.plan.large import basis, bound, interior, limits, repair, start, substitution, warm
from comitia.plan.large.bound import Proof
from comitia.plan.large.interior import Asked, Progress
from comitia.plan.large.limits import Reduced
from comitia.plan.large.programme import Programme, Vector, check
from comitia.plan.large.warm import Old

NAME = "Comitia interior point 1"
# The method aims at this share of the gap asked for; and again, closer, if the proof falls short.
SHARE = 0.5
TRIES = 4
CLOSER = 0.2
NEARLY_NOTHING = 1e-6
# What a way out of a row costs, in the prices at which the method begins.
DEAR = 1e4


class NotReached(Exception):
    """The gap asked for, or rows that hold, was not reached; says what was."""

    def __init__(self, proof: Proof, asked: float) -> None:
        self.proof, self.asked = proof, asked
        super().__init__(
            f"a gap of {asked:g} was asked for; reached is {proof.gap:.2g}, row {proof.row} missing "
            f"{proof.violation:.2g} of its unit; ask for a wider gap"
        )


@dataclass(frozen=True)
class Answer:
    """Values, (variables,); prices, (rows,), 0 or more; what they prove; iterations and conjugate gradient steps."""

    values: Vector
    prices: Vector
    proof: Proof
    iterations: int
    steps: int


@dataclass(frozen=True)
class Published:
    """How values will be rounded and prices judged.

    ``steps``, (variables,), is by how much rounding moves each variable at most, beside a billionth of itself; rows are
    given the room for it where they can have it. ``upper`` are the limits on which a bound may rest.
    """

    steps: Vector
    upper: Vector


def solve(of: Programme, *, tolerance: float, progress: Progress | None = None) -> Answer:
    """Return values whose rows all hold, with prices that prove a relative gap within the tolerance.

    Args:
        of: the programme.
        tolerance: the relative gap to reach, for instance 1e-4.
        progress: called with the iteration and the gap.

    Raises:
        BadFigure: a figure that is infinite, missing or absurd.
        NotReached: the method came to rest before.
    """
    found = best(of, tolerance=tolerance, progress=progress)
    if not _reached(of, found, tolerance):
        raise NotReached(found.proof, tolerance)
    return found


def best(
    of: Programme,
    *,
    tolerance: float,
    publish: Published | None = None,
    old: Old | None = None,
    progress: Progress | None = None,
) -> Answer:
    """Return the best values and prices that are found, whatever gap they prove.

    Args:
        of: the programme.
        tolerance: the relative gap at which to stop.
        publish: how the values will be rounded, and what the prices may rest on; None: neither matters.
        old: a plan for other figures of the same variables and rows, to go on from.
        progress: called with the iteration and the gap.

    Raises:
        BadFigure: a figure that is infinite, missing or absurd.
    """
    check(of)
    easy = _idle(of) or _unlimited(of, tolerance, publish)
    if easy is not None:
        return easy
    reduced = limits.reduce(of)
    whole = replace(of, upper=reduced.upper if publish is None else publish.upper)
    if not len(reduced.columns):
        values, prices = reduced.fixed, _completed(of, whole, reduced, np.zeros(len(of.right)))
        return Answer(values, prices, bound.prove(whole, values, prices), 0, 0)
    to = _To(tolerance, None if publish is None else publish.steps[reduced.columns], old, progress)
    found = _approached(of, whole, reduced, to)
    if not _reached(of, found, tolerance):
        found = min(found, _approached(of, whole, _eased(reduced), replace(to, old=None)), key=_rank)
    return found


@dataclass(frozen=True)
class _To:
    """What is asked: the gap, the steps to which what is left will be rounded, an old plan, and whom to tell."""

    gap: float
    steps: Vector | None
    old: Old | None
    progress: Progress | None


def _unlimited(of: Programme, tolerance: float, publish: Published | None) -> Answer | None:
    """Return the plan that labour alone chooses, if no limit is in its way and it reaches the gap."""
    found = substitution.find(of, tolerance, None if publish is None else publish.steps)
    if found is None:
        return None
    answer = Answer(*found, bound.prove(of, *found), 0, 0)
    return answer if _reached(of, answer, tolerance) else None


def _completed(of: Programme, whole: Programme, reduced: Reduced, prices: Vector) -> Vector:
    """Return prices with those of the rows that were taken out, and under which nothing without a limit pays."""
    found = limits.blocked_prices(whole, reduced, limits.tight_prices(of, reduced, prices))
    return repair.fit_prices(whole, found)


def _rank(answer: Answer) -> tuple[bool, float]:
    return answer.proof.relative > bound.CRUMB, answer.proof.value - answer.proof.bound


def _approached(of: Programme, whole: Programme, reduced: Reduced, to: _To) -> Answer:
    """Return the best answer of several tries, each going on from the last towards a smaller gap."""
    small = reduced.programme
    network = basis.network(small)
    fixed, size = float(of.cost @ reduced.fixed), max(NEARLY_NOTHING * _doing_nothing(of), 1e-300)
    aim, point, iterations, steps = SHARE * to.gap, None, 0, 0
    nearest: Answer | None = None
    if to.old is not None:
        old = Old(to.old.values[reduced.columns], to.old.prices[reduced.rows])
        point = warm.point(small, network, old)
    for _ in range(TRIES):
        found = interior.solve(small, network, Asked(aim, fixed, size), begin=point, progress=to.progress)
        point, iterations, steps = found.point, iterations + found.iterations, steps + found.steps
        held = repair.hold(repair.roomy(small, found.point.x, to.steps), network, found)
        values, prices = reduced.fixed.copy(), np.zeros(len(of.right))
        values[reduced.columns] = held[: len(reduced.columns)]
        prices[reduced.rows] = repair.fit_prices(small, found.point.y)
        prices = _completed(of, whole, reduced, prices)
        answer = Answer(values, prices, bound.prove(whole, values, prices), iterations, steps)
        nearest = answer if nearest is None else min(nearest, answer, key=_rank)
        if found.stalled or _reached(of, nearest, to.gap):
            break
        aim *= CLOSER
    assert nearest is not None
    return nearest


def _eased(reduced: Reduced) -> Reduced:
    """Return the programme with a dear way out of every row, so that there is an interior where rows leave none."""
    small = reduced.programme
    rows = len(small.right)
    dear = DEAR * start.prices(small, basis.network(small))
    eased = Programme(
        np.concatenate([small.cost, dear]),
        csr_array(hstack([small.matrix, eye_array(rows)])),
        small.right,
        np.concatenate([small.upper, np.full(rows, np.inf)]),
        small.products,
    )
    return replace(reduced, programme=eased)


def _idle(of: Programme) -> Answer | None:
    """Return the plan in which nobody works, whatever only helps a row (needs unmet) at its limit, if it is best."""
    harms = np.bincount(of.matrix.indices[of.matrix.data < 0], minlength=len(of.cost)) > 0
    values = np.where(harms | np.isinf(of.upper), 0.0, of.upper)
    if (of.cost * values).any():
        return None
    prices = np.zeros(len(of.right))
    proof = bound.prove(of, values, prices)
    return Answer(values, prices, proof, 0, 0) if proof.relative <= bound.CRUMB and not proof.variable else None


def _reached(of: Programme, answer: Answer, tolerance: float) -> bool:
    """Say whether rows hold as far as floats can tell, and the gap is within the tolerance.

    Where nearly nothing need be done, the gap is measured by a millionth of what doing nothing would cost.
    """
    proof = answer.proof
    return (
        proof.relative <= bound.CRUMB
        and proof.variable == 0
        and proof.value - proof.bound <= tolerance * max(abs(proof.value), NEARLY_NOTHING * _doing_nothing(of))
    )


def _doing_nothing(of: Programme) -> float:
    limited = np.isfinite(of.upper)
    return float(of.cost[limited] @ of.upper[limited])
