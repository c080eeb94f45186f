"""Whose orders change from one large plan to another: workplaces whose runs differ, the largest change first."""

from dataclasses import dataclass

import numpy as np

from comitia.plan.arrays.figures import Figures, Vector
from comitia.plan.arrays.model import Declared, Index


@dataclass(frozen=True)
class Changed:
    """A workplace and the hours by which its runs change: the sum over its activities, each counted as above 0.

    ``share`` is by which part of its hours in the busier of the two plans.
    """

    workplace: str
    hours: float
    share: float


class OtherActivities(Exception):
    """Two plans whose runs are not of the same activities; says how many each has."""

    def __init__(self, economy: int, one: int, other: int) -> None:
        self.economy, self.one, self.other = economy, one, other
        super().__init__(
            f"the economy has {economy} activities, the plans give runs of {one} and of {other}; "
            "compare plans of the same activities"
        )


def workplaces(of: Declared, before: Figures, after: Figures, *, share: float = 0.0) -> tuple[Changed, ...]:
    """Return the workplaces whose orders change by more than a share of their hours, the most hours first.

    Args:
        of: the economy of both plans; its capacities, needs and stocks may have changed between them.
        before: runs of every activity in the first plan.
        after: runs of every activity in the second.
        share: of a workplace's hours; smaller changes are left out. 0: every change of a figure counts.

    Raises:
        OtherActivities: runs of other activities than the economy's.
    """
    count = len(of.ids["activities"])
    if not len(before) == len(after) == count:
        raise OtherActivities(count, len(before), len(after))
    same = (before.whole == after.whole) & (before.places == after.places)
    one, other = before.floats(), after.floats()
    hours = _sums(of.labour.activity, of.labour.amount.floats(), count)
    places = len(of.ids["workplaces"])
    moved = np.bincount(of.workplace[~same], minlength=places) > 0
    more = _sums(of.workplace, hours * np.abs(other - one), places)
    whole = np.maximum(_sums(of.workplace, hours * one, places), _sums(of.workplace, hours * other, places))
    part = np.where(whole > 0, more / np.where(whole > 0, whole, 1.0), np.where(moved, 1.0, 0.0))
    found = np.flatnonzero(moved & (part > share))
    found = found[np.lexsort((found, -more[found]))]
    names = of.ids["workplaces"]
    return tuple(Changed(str(names[w]), float(more[w]), float(part[w])) for w in found.tolist())


def _sums(of: Index, figures: Vector, count: int) -> Vector:
    return np.bincount(of, figures, count).astype(np.float64)
